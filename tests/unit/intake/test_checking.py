"""interface.md, `jiannuo add`: one file is checked before it is filed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dagster_project.intake.checking import check_file
from tests.unit.intake.office import DAY, HEADER, ROW, csv, workbook


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_check_shows_what_a_run_would_make_of_a_file(tmp_path: Path, kind: str) -> None:
    lines = [HEADER + ",办结日期,备注", ROW + ",2030-01-01,x", "T-2,电话,样本局,2024-03-01,,", "合计,,,,,"]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(
        workbook([line.split(",") for line in lines]) if kind == "xlsx" else csv(*lines[1:], header=lines[0]).encode()
    )
    check = check_file(path, "complaints", dt.date.fromisoformat(DAY))
    assert (check.reason, check.rows_read, check.rows_landed, check.rows_ignored) == (None, 3, 1, 1)
    assert check.unknown_columns == ["备注"]
    assert check.warned.select("row_no", "warnings").rows() == [(2, "future_date:resolved_on")]
    assert check.quarantined.select("row_no", "reasons").rows() == [(3, ["unreadable:channel"])]


def test_a_check_says_why_a_file_would_be_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n")
    assert "没有找到表头" in str(check_file(path, "complaints", dt.date.fromisoformat(DAY)).reason)
    assert check_file(tmp_path / "gone.csv", "complaints", dt.date.fromisoformat(DAY)).reason == "文件打不开"
