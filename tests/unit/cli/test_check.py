"""`jiannuo check`: on any day up to that of the marts, with its reasons, as a table, JSON or a workbook."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.unit.cli.offices import GONE, OTHER, UNIT, make_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("office"))


def _checked(jiannuo: Any, office: Path, *arguments: str) -> list[dict[str, Any]]:
    result = jiannuo("check", *arguments, "--data", office, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def _unwrapped(text: str) -> str:
    """A message without the frame that it is shown in."""
    return "".join(text.replace("│", "").split())


@pytest.mark.parametrize(
    ("day", "clearance", "status"),
    [
        ("2024-04-30", "clear", None),
        ("2024-05-01", "barred", "active"),
        ("2024-05-09", "barred", "active"),
        ("2024-05-10", "attention", "under_objection"),
        ("2024-05-19", "attention", "under_objection"),
        ("2024-05-20", "clear", "revoked"),
        ("2024-10-08", "clear", "revoked"),
    ],
)
def test_a_record_counts_with_its_status_of_the_day(jiannuo, office, day, clearance, status):
    (answer,) = _checked(jiannuo, office, OTHER, "--on", day)
    assert answer["clearance"] == clearance
    assert [row["status"] for row in answer["records"]] == ([status] if status else [])


@pytest.mark.parametrize(("day", "clearance"), [("2023-12-31", "barred"), ("2024-01-01", "clear")])
def test_a_listing_counts_for_the_years_that_the_policy_of_the_day_looks_back(jiannuo, office, day, clearance):
    # clearance.years 2: the last of its days is in 2022, the year before 2023.
    (answer,) = _checked(jiannuo, office, UNIT, "--on", day)
    assert (answer["clearance"], [row["counts"] for row in answer["records"]]) == (clearance, [clearance == "barred"])


@pytest.mark.parametrize(
    ("unit", "day", "listings", "commitments"),
    [
        (GONE, "2024-02-29", ["C"], ["P-1"]),
        (GONE, "2024-03-01", [], []),
        (OTHER, "2024-02-29", [], []),
        (OTHER, "2024-03-01", ["C"], ["P-1"]),
        (OTHER, "2024-03-05", ["C"], []),
        (OTHER, "2024-04-01", [], []),
    ],
)
def test_a_successor_answers_from_the_day_of_the_abolition(jiannuo, office, unit, day, listings, commitments):
    (answer,) = _checked(jiannuo, office, unit, "--on", day)
    assert [row["case_no"] for row in answer["listings"]] == listings
    assert [row["commitment_no"] for row in answer["commitments_overdue"]] == commitments
    assert answer["clearance"] == ("barred" if listings else "clear")


def test_where_no_policy_holds_three_years_count(jiannuo, office):
    (answer,) = _checked(jiannuo, office, OTHER, "--on", "2024-06-01")
    assert answer["counted_from_year"] == 2022


def test_a_day_after_the_marts_is_refused(jiannuo, office):
    result = jiannuo("check", UNIT, "--on", "2024-10-09", "--data", office)
    assert result.exit_code == 2
    assert "2024-10-08" in result.stderr


def test_a_name_is_compared_without_brackets_and_white_space(jiannuo, office):
    assert _checked(jiannuo, office, " 示例县 住建局(本级)")[0]["uscc"] == OTHER


def test_who_is_not_found_is_said_and_the_others_are_answered(jiannuo, office):
    result = jiannuo("check", "无此单位", UNIT, "--data", office, "--lang", "en")
    assert result.exit_code == 1
    assert "not found" in result.stdout and UNIT in result.stdout
    assert "无此单位" in result.stderr


def test_a_list_is_read_from_a_text_and_from_a_workbook(jiannuo, office, tmp_path):
    text = tmp_path / "名单.csv"
    text.write_bytes("单位名称,备注\n示例市住建局,a\n示例县住建局,b\n".encode("gb18030"))
    assert [row["uscc"] for row in _checked(jiannuo, office, "--file", str(text))] == [UNIT, OTHER]
    text.write_bytes("单位名称,备注\n示例市住建局,a\n".encode("utf-16"))
    assert [row["uscc"] for row in _checked(jiannuo, office, "--file", str(text))] == [UNIT]
    book = tmp_path / "名单.xlsx"
    pl.DataFrame({"单位名称": ["示例市住建局", OTHER]}).write_excel(book)
    assert [row["uscc"] for row in _checked(jiannuo, office, "--file", str(book))] == [UNIT, OTHER]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 not an archive", "名单打不开"),
        (b"\xd0\xcf\x11\xe0 cut short", "名单打不开"),
        (b"PAR1\x15\x00\x15", "不是文本"),
        (b"\xff\xfe\x00\x00\x00", "不是文本"),
    ],
)
def test_a_list_that_is_no_list_is_refused_with_what_to_do(jiannuo, office, tmp_path, content, said):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    result = jiannuo("check", "--file", path, "--data", office)
    assert result.exit_code == 2 and "--file" in result.stderr
    assert said in _unwrapped(result.stderr) and "另存为" in _unwrapped(result.stderr)


def test_an_empty_workbook_names_no_unit(jiannuo, office, tmp_path):
    book = tmp_path / "名单.xlsx"
    pl.DataFrame().write_excel(book)
    result = jiannuo("check", "--file", book, "--data", office)
    assert result.exit_code == 2 and "请给出单位" in _unwrapped(result.stderr)


def test_a_workbook_holds_a_line_a_unit_and_a_line_a_reason(jiannuo, office, tmp_path):
    out = tmp_path / "核查.xlsx"
    assert jiannuo("check", UNIT, OTHER, "--data", office, "--format", "xlsx", "--out", out).exit_code == 0
    units, reasons = pl.read_excel(io.BytesIO(out.read_bytes()), sheet_id=[1, 2], engine="calamine").values()
    assert units["结论"].to_list() == ["无失信记录", "无失信记录"]
    assert reasons["编号"].to_list() == [f"listing:A:{UNIT}", "penalty:B"]


def test_nobody_named_is_a_wrong_command_line(jiannuo, office):
    assert jiannuo("check", "--data", office).exit_code == 2
