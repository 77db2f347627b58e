"""What is found out once for each step, on jobs of three assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest

from dagster_project import execution


def run(order: list[str]) -> bool:
    """Carry out one step that yields `a` and `b`, which hangs on it, in this order, then another that yields `c`."""

    @dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b", deps=["a"])])
    def both() -> Iterator[dg.MaterializeResult[Any]]:
        for key in order:
            yield dg.MaterializeResult(asset_key=key)

    @dg.asset(deps=["b"])
    def c() -> None:
        pass

    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize([both, c], instance=instance).success


def test_what_a_step_yields_is_looked_up_once_for_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[set[str]] = []
    look_up = execution._OUTPUT_KEYS.look_up

    def and_tell(step: Any) -> Any:
        found = look_up(step)
        looked_up.append({key.to_user_string() for key in found})
        return found

    monkeypatch.setattr(execution._OUTPUT_KEYS, "look_up", and_tell)
    assert run(["a", "b"])
    assert looked_up == [{"a", "b"}, {"c"}]


def test_an_asset_before_the_one_it_hangs_on_is_refused_as_ever() -> None:
    with pytest.raises(dg.DagsterInvariantViolationError, match="topological"):
        run(["b", "a"])
