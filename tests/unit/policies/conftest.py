"""A folder DATA to write policy files into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.policies import PolicyError, Problem, read_policies

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write one policy file of DATA and give DATA."""

    def written(text: str, name: str = "own.yaml") -> Path:
        folder = tmp_path / "policies"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[], list[Problem]]:
    """What is wrong with the files of DATA."""

    def found() -> list[Problem]:
        with pytest.raises(PolicyError) as caught:
            read_policies(tmp_path)
        return list(caught.value.problems)

    return found
