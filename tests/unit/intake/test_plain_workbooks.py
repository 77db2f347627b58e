"""Workbooks that are read column by column: the same comes of it as cell by cell; what is not plain is left alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from dagster_project import contracts
from dagster_project.intake import workbook_reader
from dagster_project.intake.batches import batch_of, info_of
from dagster_project.intake.cells import RawTable, Unread, survey, survey_columns
from dagster_project.intake.layouts import layout_of
from dagster_project.intake.plain_workbook import plain_tables
from dagster_project.intake.rows import Typed, type_rows
from dagster_project.intake.workbook_pool import WorkbookPool
from dagster_project.intake.workbook_reader import check_archive, read_workbook
from tests.unit.intake.office import HEADER, ROW, Office, workbook
from tests.unit.intake.test_workbooks import replaced

HEAD = HEADER.split(",")
CELLS = ROW.split(",")
DAY = dt.date(2024, 4, 2)
SHEET = "xl/worksheets/sheet1.xml"
COMPLAINTS = contracts.load()["complaints"]
COMMITMENTS = ["承诺编号", "单位", "年度", "承诺类别", "承诺事项", "承诺日期", "履行状态", "涉及金额", "到期日期"]
PROMISE = ["C-1", "样本局", 2024, "合同履约", "事项", dt.date(2024, 3, 5), "履行中", 0.5, dt.date(2024, 6, 1)]


def plain(content: bytes, feed: str = "complaints", rows_a_table: int = 100) -> list[RawTable] | None:
    """The tables of a workbook as it is read column by column, if it is plain."""
    plan = layout_of(contracts.load()[feed]).plan
    return plain_tables(content, check_archive(content), plan, rows_a_table)


def typed(tables: Sequence[RawTable], feed: str) -> Typed:
    """What becomes of the tables of one file."""
    contract = contracts.load()[feed]
    batch = batch_of(contract, [(info_of(1, DAY, None, table), table) for table in tables])
    return type_rows(contract, layout_of(contract), batch)


def changed(row: Sequence[Any], **cells: Any) -> list[Any]:
    """A promise with other cells, by the places named as p0, p1 …"""
    return [cells.get(f"p{place}", cell) for place, cell in enumerate(row)]


ALIKE: dict[str, tuple[str, list[list[Any]]]] = {
    "texts, a gap, a total and a note": (
        "complaints",
        [["台账"], HEAD, CELLS, ["", "", "", ""], ["合计", "3件"], ["-", "注：样本"], ["T-2", "", "无", "2024-03-02"]],
    ),
    "numbers of every size": (
        "commitments",
        [
            ["单位：万元"],
            COMMITMENTS,
            *(
                changed(PROMISE, p0=f"C-{n}", p7=number)
                for n, number in enumerate((0.1 + 0.2, -0.0, 1e16, 1e-7, 1e22, -3, 0.07))
            ),
        ],
    ),
    "a number as a key that has lost its end": ("complaints", [HEAD, [2024031500001234, *CELLS[1:]]]),
    "nought with a sign as a key": ("complaints", [HEAD, [-0.0, *CELLS[1:]], [7, *CELLS[1:]]]),
    "numbers that may be days": ("complaints", [HEAD, [*CELLS[:3], 45357], ["T-2", *CELLS[1:3], 7]]),
    "days that are none": (
        "commitments",
        [COMMITMENTS, changed(PROMISE, p5=dt.date(1900, 1, 5)), changed(PROMISE, p8=dt.date(2124, 1, 1))],
    ),
    "a column without any value": ("complaints", [[*HEAD, "受理日期"], [*CELLS, None]]),
}


def both(content: bytes, feed: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Typed, Typed]:
    """What becomes of a plain workbook, read column by column and cell by cell."""
    tables = plain(content, feed)
    assert tables
    monkeypatch.setattr(workbook_reader, "plain_tables", lambda *_: None)
    others = list(read_workbook(content, layout_of(contracts.load()[feed]).plan))
    assert all(table.packed is None for table in others)
    assert (tables[0].notes, tables[0].blanks) == (others[0].notes, others[0].blanks)
    return typed(tables, feed), typed(others, feed)


@pytest.mark.parametrize("name", ALIKE)
def test_a_plain_workbook_reads_as_it_does_cell_by_cell(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, rows = ALIKE[name]
    mine, theirs = both(workbook(rows), feed, monkeypatch)
    assert len(mine.landed) + len(mine.quarantined) > 0
    assert mine.counts.equals(theirs.counts)
    assert mine.quarantined.equals(theirs.quarantined)
    assert mine.landed.equals(theirs.landed)


def test_a_shared_text_with_a_character_written_by_its_number_reads_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([HEAD, [*CELLS[:2], "样本甲局", CELLS[3]]])
    escaped = replaced(content, "xl/sharedStrings.xml", "甲".encode(), b"_x000A_")
    mine, theirs = both(escaped, "complaints", monkeypatch)
    assert mine.landed["unit_name"].to_list() == ["样本 局"]
    assert mine.landed.equals(theirs.landed)


def moments(*cells: tuple[float, str]) -> bytes:
    """A workbook of complaints, each received at a number that is shown as a moment."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for row, (number, form) in enumerate(cells, 1):
        sheet.write_row(row, 0, [f"T-{row}", *CELLS[1:3]])
        sheet.write_number(row, 3, number, book.add_format({"num_format": form}))
    book.close()
    return made.getvalue()


def test_a_moment_is_its_day_and_a_time_alone_is_none_and_shown_as_the_clerk_sees_it() -> None:
    tables = plain(moments((45357.25, "yyyy-mm-dd hh:mm"), (0.5, "hh:mm"), (45357, "yyyy-mm-dd")))
    assert tables
    made = typed(tables, "complaints")
    assert made.landed["received_on"].to_list() == [dt.date(2024, 3, 6)] * 2
    assert made.quarantined["row"].to_list() == ['{"ticket_no":"T-2", "received_on":"12:00:00"}']


TWO: list[list[Any]] = [HEAD, CELLS, ["T-2", *CELLS[1:]]]
NUMBERED: list[list[Any]] = [[*HEAD, "整改措施"], [*CELLS, 1], ["T-2", *CELLS[1:], 2]]
NOT_PLAIN = {
    "a merged range": workbook(TWO, merged=[(1, 2, 2, 2)]),
    "two sheets": workbook(TWO, TWO, names=("a", "b")),
    "no header": workbook([["甲", "乙"], CELLS]),
    "a column of texts and numbers": workbook([*TWO, ["T-3", *CELLS[1:3], 45357]]),
    "a text among numbers that a program takes for none": workbook([*NUMBERED, ["T-3", *CELLS[1:], "NA"]]),
    "a truth": workbook([[*HEAD, "整改措施"], [*CELLS, True]]),
    "a moment in a column of texts": workbook([[*HEAD, "整改措施"], [*CELLS, dt.date(2024, 3, 1)]]),
    "a character written by its number in the result of a formula": replaced(
        workbook(TWO), SHEET, b'<c r="A2" t="s"><v>4</v>', b'<c r="A2" t="str"><v>T_x000D_1</v>'
    ),
    "an error": replaced(
        workbook([*NUMBERED, ["T-3", *CELLS[1:], 7]]), SHEET, b'<c r="E4"><v>7</v>', b'<c r="E4" t="e"><v>#N/A</v>'
    ),
    "a column before the header's first": workbook([["", *HEAD], ["1", *CELLS]]),
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_what_is_not_plain_is_left_to_be_read_cell_by_cell(name: str) -> None:
    assert plain(workbook(TWO))
    assert plain(NOT_PLAIN[name]) is None


def test_days_that_count_from_1904_are_left_to_be_read_cell_by_cell() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "date_1904": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate(TWO):
        sheet.write_row(row, 0, cells)
    book.close()
    assert plain(made.getvalue()) is None


def test_a_mapping_says_which_sheet_and_which_row_hold_a_plain_workbooks_header() -> None:
    plan = layout_of(COMPLAINTS).plan
    content = workbook([["说明"], *TWO], names=("留言",))
    for header_row, sheet, is_read in ((2, "留言", True), (None, "留言", True), (1, None, False), (2, "别的", False)):
        sought = plan._replace(header_row=header_row, sheet=sheet)
        tables = plain_tables(content, check_archive(content), sought, 100)
        assert (tables is not None) is is_read
    (table,) = plain_tables(content, check_archive(content), plan, 100) or []
    assert (table.sheet, table.row_nos) == ("留言", range(3, 5))


def test_a_long_sheet_comes_in_parts_whose_rows_go_on() -> None:
    rows = [HEAD, *([f"T-{n}", *CELLS[1:]] for n in range(3)), ["合计"], ["", "", "", ""], ["T-9", *CELLS[1:]]]
    tables = plain(workbook(rows), rows_a_table=2)
    assert tables
    assert [(table.row_nos, table.notes, table.blanks) for table in tables] == [
        (range(2, 4), [], []),
        (range(4, 6), [1], []),
        (range(6, 8), [], [0]),
    ]
    assert typed(tables, "complaints").landed["ticket_no"].to_list() == ["T-0", "T-1", "T-2", "T-9"]


def test_a_header_found_before_is_not_that_of_a_file_with_another_unit_of_money_above_it(office: Office) -> None:
    for place, unit in enumerate(("元", "万元", "元", "亿元")):
        office.put(workbook([[f"单位：{unit}"], COMMITMENTS, PROMISE]), f"{place}.xlsx", "commitments")
    amounts = [row["amount_yuan"] for row in office.read().rows("commitments")]
    assert amounts == [Decimal("0.50"), Decimal(5000), Decimal("0.50"), Decimal(50_000_000)]


def test_a_column_may_hold_days_in_one_file_and_texts_or_numbers_in_the_next(office: Office) -> None:
    day, number, text = dt.date(2024, 3, 6), 45357, "2024年3月6日"
    for place, cell in enumerate((day, number, text, day)):
        office.put(workbook([HEAD, [f"T-{place}", *CELLS[1:3], cell]]), f"{place}.xlsx")
    # One that is read cell by cell stands among them.
    office.put(workbook([HEAD, ["T-9", *CELLS[1:3], day], ["T-8", *CELLS[1:3], text]]), "2a.xlsx")
    landed = [(row["ticket_no"], row["received_on"]) for row in office.read().rows()]
    assert landed == [(f"T-{place}", day) for place in (0, 1, 2, 9, 8, 3)]


def test_a_file_that_ends_the_process_costs_none_of_those_read_together_with_it(tmp_path: Path) -> None:
    plan = layout_of(COMPLAINTS).plan
    paths = [tmp_path / f"{place}.xlsx" for place in range(3)]
    for path in paths:
        path.write_bytes(workbook(TWO))
    paths[1].write_bytes(replaced(workbook(TWO), SHEET, b'r="D2"', b'r="XFD1048576"'))
    with WorkbookPool(1) as pool:
        first, second, third = pool.read_together(paths, plan)
    assert isinstance(second, Unread)
    assert [len(tables) for tables in (first, third) if isinstance(tables, list)] == [1, 1]


def test_a_file_that_went_away_costs_none_of_those_read_together_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(TWO))
    with WorkbookPool(1) as pool:
        there, gone = pool.read_together([path, tmp_path / "b.xlsx"], layout_of(COMPLAINTS).plan)
    assert isinstance(there, list)
    assert isinstance(gone, FileNotFoundError)


def test_files_read_together_that_no_process_can_finish_are_given_up_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(TWO))
    with WorkbookPool(1, seconds_a_file=-1) as pool:
        assert [type(found) for found in pool.read_together([path, path], layout_of(COMPLAINTS).plan)] == [Unread] * 2


def test_notes_and_gaps_are_the_same_by_columns_as_by_rows() -> None:
    left = ["甲", None, "无", None, 3.0, "合计", "-", ""]
    right = [None, "合计", "小计：", "", "合计", "合计", "—", "乙"]
    found = survey_columns(len(left), (left.copy, right.copy))
    assert found == ([1, 2, 5], [3, 6])
    assert found == survey(zip(left, right, strict=True))
