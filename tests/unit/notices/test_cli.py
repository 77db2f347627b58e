"""`jiannuo notice` says what it did, and leaves as interface.md has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dagster_project.cli.app import make_app
from dagster_project.paths import DataPaths


def called(paths: DataPaths, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(make_app([command, "doctor"]), [command, *arguments, "--data", str(paths.root)])


def test_notice_lists_what_it_made_and_then_has_nothing_new(data: DataPaths) -> None:
    first, second = (called(data, "notice", "--month", "2024-03", "--region", "3607") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "已生成 4 份" in first.stdout and "信用办整改〔2024〕2号" in first.stdout
    assert "没有新的" in second.stdout


def test_notice_prints_json_and_takes_back_a_number(data: DataPaths) -> None:
    made = json.loads(called(data, "notice", "--month", "2024-03", "--region", "3607", "--json").stdout)
    assert [notice["number"] for notice in made["notices"]] == [1, 1, 2, 2]
    voided = called(data, "notice", "--void", "整改〔2024〕2号", "--reason", "重复", "--json")
    assert json.loads(voided.stdout)["notices"][0]["status"] == "void"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--month", "2024-03", "--void", "提示〔2024〕1号", "--reason", "重复"),
        ("--void", "提示〔2024〕1号"),
        ("--void", "提示〔2024〕1号", "--reason", " "),
        ("--month", "2024-03", "--reason", "重复"),
        ("--void", "提示〔2024〕1号", "--reason", "没有发过"),
        ("--month", "2024-13"),
    ],
)
def test_a_wrong_line_leaves_with_two(data: DataPaths, arguments: tuple[str, ...]) -> None:
    assert called(data, "notice", *arguments).exit_code == 2


def test_without_marts_it_leaves_with_one(tmp_path: Path) -> None:
    found = called(DataPaths(tmp_path), "notice", "--month", "2024-03")
    assert (found.exit_code, "jiannuo run" in found.stderr) == (1, True)


@pytest.mark.parametrize("said", [None, "{", "[]"])
def test_without_a_register_that_can_be_read_it_leaves_with_one(data: DataPaths, said: str | None) -> None:
    called(data, "notice", "--month", "2024-03", "--region", "3607")
    register = data.marts / "reports" / "notices" / "register.json"
    register.unlink()
    if said is not None:
        register.write_text(said, encoding="utf-8")
    found = called(data, "notice", "--month", "2024-03", "--region", "3607")
    assert (found.exit_code, "从备份恢复" in found.stderr, "Traceback" in found.stderr) == (1, True, False)
