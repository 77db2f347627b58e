"""Each unit has a sheet of its own in the score book, found from the totals and the index, that adds up by itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dagster_project.reports import unit_sheets
from dagster_project.reports.annual import read_scores
from dagster_project.reports.period import read_period
from dagster_project.reports.score_book import score_book
from dagster_project.reports.unit_sheets import INDEX, TAKEN, TOTALS, in_book, names
from tests.unit.reports import marts, scores

TOWN_NAME, EDUCATION_NAME = "=示例西县<b>{{ 镇 }}&", "示例东区教育局"


@pytest.fixture(scope="module")
def year(published):
    return read_scores(published.published_db, marts.AS_OF, read_period("annual", "2024"), "3607", "final")


def made(year: Any, code: str = marts.CITY, **form: Any) -> Any:
    content = score_book(year, year.place(code), [], None, None)
    return openpyxl.load_workbook(BytesIO(content), **form)


def cells(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def below(sheet: Any, title: str) -> list[list[Any]]:
    """The rows of a part of a sheet, without its heads."""
    rows = cells(sheet)
    begin = next(number for number, row in enumerate(rows) if row[:1] == [title]) + 2
    end = next((number for number, row in enumerate(rows) if number >= begin and not row), len(rows))
    return rows[begin:end]


def recalculated(content: bytes, folder: Path, program: str) -> Any:
    """The book as LibreOffice reckons it, without the values that it came with."""
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(folder / "bare.xlsx", "w") as bare:
        for name in old.namelist():
            part = old.read(name).decode("utf-8", "surrogateescape")
            if "worksheets/sheet" in name:
                part = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", part)
            bare.writestr(name, part.encode("utf-8", "surrogateescape"))
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "out"), str(folder / "bare.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)


def named(*texts: str) -> list[dict[str, Any]]:
    return [{"uscc": str(number), "unit_name": text} for number, text in enumerate(texts)]


def test_each_unit_has_its_sheet_with_what_each_rule_cost_it(year):
    sheet = made(year, data_only=True)[EDUCATION_NAME]
    assert cells(sheet)[3][:8] == [marts.EDUCATION, "示例东区", "县级部门", "2（2）", "不合格", 100, 11.5, 88.5]
    # Kept, points, none beyond the cap: those of each rule, then the deductions in their order.
    assert [(row[0], *row[4:]) for row in below(sheet, "一、各规则扣分")] == [
        ("records", 0, 0, 0, 0),
        ("letter", 1, 0, 10.5, 10.5),
        ("complaints", 0, 0, 0, 0),
        ("late_items", 1, 0, 1, 1),
    ]
    assert [(row[1], row[3], row[7], row[8]) for row in below(sheet, "二、扣分项")] == [
        ("letter", "—", 10.5, "1行"),
        ("late_items", "C1", 1, "2行"),
    ]
    assert [row[2:] for row in below(sheet, "三、扣分所依据的报送")][1][0] == scores.FILE
    assert below(sheet, "四、撤销、免责、修复和异议") == [["无"]]


def test_what_was_mitigated_stands_on_the_unit_s_sheet(year):
    rows = below(made(year)["示例市财政局"], "四、撤销、免责、修复和异议")
    assert [row[:4] for row in rows] == [["不计", "行政处罚", "撤销", "示罚〔2024〕1号"]]
    town = below(made(year)[TOWN_NAME], "四、撤销、免责、修复和异议")
    assert [row[:4] for row in town] == [["按50%计", "失信被执行人", "从轻处理", "（2024）赣0703执5号"]]


def test_points_are_those_of_the_sheet_of_all_deductions_and_add_up_to_the_total(year):
    sheet = made(year)[EDUCATION_NAME]
    # Four rules from row 7 on; the deductions stand in rows 14 and 15.
    assert (sheet["G4"].value, sheet["H4"].value) == ("=ROUND(SUM($H$14:$H$15),4)", "=MAX(0,F4-G4)")
    assert sheet["H14"].value == "=INDEX('扣分明细'!$K$3:$K$5,MATCH($A14,'扣分明细'!$A$3:$A$5,0))"
    assert sheet["H8"].value == "=ROUND(SUMPRODUCT(--EXACT($B$14:$B$15,$A8),$H$14:$H$15),4)"
    assert sheet["I14"].value == "=HYPERLINK(\"#'扣分证据'!A\"&(MATCH(A14,'扣分证据'!$A$3:$A$6,0)+2),\"1行\")"


def test_a_cap_leaves_its_rest_beside_the_rule(year):
    capped = [row | {"points_applied": row["points_applied"] / 2} for row in year.deductions]
    sheet = openpyxl.load_workbook(
        BytesIO(score_book(replace(year, deductions=capped), year.place(marts.CITY), [], None, None)), data_only=True
    )[EDUCATION_NAME]
    assert [row[5:] for row in below(sheet, "一、各规则扣分")][1] == [5.25, 10.5, 5.25]


def test_sheets_are_found_from_the_totals_and_from_an_index_in_the_order_of_the_roster(year):
    book = made(year)
    assert book.sheetnames[:3] == [TOTALS, INDEX, "扣分明细"]
    index = cells(book[INDEX])[2:]
    assert [row[0] for row in index] == ["示例市财政局", EDUCATION_NAME, "示例东区住建局", TOWN_NAME]
    assert {row[3] for row in index} == set(book.sheetnames[-4:])
    # The name of a sheet, which comes from a feed, is read from its cell.
    assert book[INDEX]["F6"].value == '=HYPERLINK("#\'"&D6&"\'!A1","打开")'
    assert book[TOTALS]["M6"].value == (
        "=HYPERLINK(\"#'\"&INDEX('单位目录'!$D$3:$D$6,MATCH(D6,'单位目录'!$B$3:$B$6,0))&\"'!A1\",\"计分表\")"
    )
    back = "=HYPERLINK(\"#'得分排名'!C\"&(MATCH(A4,'得分排名'!$D$3:$D$6,0)+2),\"得分排名\")"
    assert book[TOWN_NAME]["A2"].value == back


def test_of_too_many_units_a_book_has_its_own_and_leads_to_the_books_below(year, monkeypatch):
    monkeypatch.setattr(unit_sheets, "MOST_SHEETS", 3)
    book = made(year)
    assert [row["unit_name"] for row in in_book(year, marts.CITY)] == ["示例市财政局"]
    assert EDUCATION_NAME not in book.sheetnames and book.sheetnames[-1] == "示例市财政局"
    assert [row[4] for row in cells(book[INDEX])[2:]] == [
        "—",
        "../360702/annual.xlsx",
        "../360702/annual.xlsx",
        "../360703/annual.xlsx",
    ]
    assert book[INDEX]["F4"].value == '=HYPERLINK(E4&"#\'"&D4&"\'!A1","打开")'
    assert book[TOTALS]["M5"].value.endswith('+2),"目录")')
    # What the index promises is there.
    other = made(year, marts.EAST).sheetnames
    assert {row[3] for row in cells(book[INDEX])[3:5]} <= set(other)


def test_a_county_s_book_has_a_sheet_for_each_of_its_units_however_many(year, monkeypatch):
    monkeypatch.setattr(unit_sheets, "MOST_SHEETS", 1)
    assert len(in_book(year, marts.EAST)) == 2


def test_names_of_sheets_are_legal_and_no_two_alike():
    whole = "示例市某某事业单位" * 5
    given = ["甲[1]:局?", "'甲 1 局'", "甲 1 局", "扣分明细", "history", "A局", "a局", "", whole, whole, "😀" * 20]
    found = list(names(named(*given)).values())
    assert found[:8] == [
        "甲 1 局",
        "甲 1 局（2）",
        "甲 1 局（3）",
        "扣分明细（2）",
        "history（2）",
        "A局",
        "a局（2）",
        "单位",
    ]
    assert found[9].endswith("（2）") and found[8][:28] == found[9][:28]
    every = [name.casefold() for name in (*found, *TAKEN)]
    assert len(set(every)) == len(every)
    assert [
        name for name in found if not 0 < len(name.encode("utf-16-le")) <= 62 or set(name) & set("[]:*?/\\'#")
    ] == []


def test_every_formula_carries_the_value_that_a_spreadsheet_reckons(year, tmp_path):
    content = score_book(year, year.place(marts.CITY), [], None, None)
    formulas, carried = (openpyxl.load_workbook(BytesIO(content), data_only=known) for known in (False, True))
    # LibreOffice's program for texts comes without this one.
    program = shutil.which("localc")
    reckoned = recalculated(content, tmp_path, program) if program else carried
    cells = [
        (sheet.title, cell.coordinate) for sheet in formulas for row in sheet for cell in row if cell.data_type == "f"
    ]
    assert len(cells) > 60
    differing = [
        (title, at, formulas[title][at].value)
        for title, at in cells
        if carried[title][at].value != reckoned[title][at].value or carried[title][at].value is None
    ]
    assert differing == []
