"""What is kept of an error names no person."""

from __future__ import annotations

import stat
from importlib import import_module
from pathlib import Path

from dagster_project.paths import DataPaths
from dagster_project.run import Result
from dagster_project.run_log import first_line, redact, write_log

PERSON = "Conversion Error: Could not convert string '张三 13800138000' of 11010519491231002X to INT32"


def test_texts_and_long_numbers_are_taken_out_of_a_message() -> None:
    assert redact(PERSON) == "Conversion Error: Could not convert string '***' of *** to INT32"


def test_names_of_tables_columns_and_short_numbers_stay() -> None:
    message = 'Binder Error: Referenced column "reporter_norm" not found, line 19 of 2024-12-31'
    assert redact(message) == message


def test_the_log_holds_the_place_in_the_code_and_no_person(tmp_path: Path) -> None:
    try:
        raise ValueError(PERSON)
    except ValueError as error:
        path = write_log(tmp_path / "logs", "1", error)
        assert first_line(error) == redact(PERSON)
    text = path.read_text(encoding="utf-8")
    assert "test_run_log.py" in text
    assert "张三" not in text
    assert "13800138000" not in text
    assert "11010519491231002X" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_error_that_says_nothing_is_told_by_its_kind() -> None:
    assert first_line(KeyError()) == "KeyError"


def test_where_no_log_can_be_written_the_run_is_told_without_one(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    told = import_module("dagster_project.cli.run")._log(
        DataPaths(tmp_path), Result("failed", None, {}, ValueError("x"))
    )
    assert told is None
