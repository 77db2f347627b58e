"""What is changed of Great Expectations: configurations are written out once, rows fetched where there are some."""

from __future__ import annotations

from typing import Any

import great_expectations as gx
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from dagster_project import gx_duckdb
from dagster_project.checks import load_suites
from tests.unit.checks.checks_world import World


def test_every_expectation_tells_what_great_expectations_itself_would_write_out() -> None:
    asked = [dict(check.expectation) for suite in load_suites() for check in suite.checks]
    assert len(asked) > 300
    for expectation in gx.ExpectationSuite(name="all", expectations=asked).expectations:
        own = gx_duckdb._CONFIGURATIONS.write_out(expectation)
        assert expectation.configuration.to_json_dict() == own.to_json_dict()
        assert expectation.configuration is expectation.configuration


def test_a_configuration_is_written_out_once_until_a_field_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write_out = gx_duckdb._CONFIGURATIONS.write_out

    def and_count(expectation: Any) -> Any:
        written.append(expectation.column)
        return write_out(expectation)

    monkeypatch.setattr(gx_duckdb._CONFIGURATIONS, "write_out", and_count)
    one, other = (gx.expectations.ExpectColumnValuesToNotBeNull(column=name) for name in ("one", "other"))
    domains = [one._get_domain_kwargs()["column"], one._get_domain_kwargs()["column"]]
    assert (domains, written) == (["one", "one"], ["one"])
    assert other.configuration.kwargs["column"] == "other"
    one.mostly = 0.5
    assert one.configuration.kwargs["mostly"] == 0.5
    assert written == ["one", "other", "one"]


def test_rows_are_fetched_only_where_there_are_some(world: World) -> None:
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        assert world.outcome("task_is_filled_where_it_must_be").passed
        looking = [statement for statement in asked if "coalesce(unit_name, '') = ''" in statement]
        assert [statement.partition(" FROM ")[0] for statement in looking] == [
            "SELECT COUNT(*) as unexpected_row_count"
        ]
        world.change("mart.marts.task", "UPDATE {} SET unit_name = ''")
        outcome = world.outcome("task_is_filled_where_it_must_be")
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert (outcome.passed, outcome.rows) == (False, ({"task_no": "K-1", "role": "lead"},))
