"""`jiannuo pack` says where the files lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dagster_project.cli import messages
from dagster_project.cli.app import make_app
from dagster_project.paths import DataPaths


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """As on a machine where nobody asked for a language, whatever `--json` chose in the test before."""
    messages.use(None)
    yield
    messages.use(None)


def called(paths: DataPaths, *arguments: str) -> Result:
    return CliRunner().invoke(make_app(["pack", "doctor"]), ["pack", *arguments, "--data", str(paths.root)])


def test_pack_says_what_it_made_and_that_it_was_there(own_city: DataPaths) -> None:
    first, second = called(own_city, "2024-03"), called(own_city, "2024-03")
    assert "已生成 2024-03 公示数据 r1" in first.stdout
    assert "已有 r1" in second.stdout
    said = json.loads(called(own_city, "2024-03", "--json").stdout)
    assert (said["revision"], said["is_new"], said["regions"]) == (1, False, ["360700"])


def test_a_period_that_is_none_leaves_with_two(city: DataPaths) -> None:
    assert called(city, "2024-3").exit_code == 2
    assert called(city, "2024-03", "--region", "11").exit_code == 2


def test_without_marts_it_leaves_with_one(tmp_path: Path) -> None:
    found = called(DataPaths(tmp_path), "2024-03")
    assert (found.exit_code, "jiannuo run" in found.stderr) == (1, True)
