"""feeds.md, "File types": workbooks; and files made to harm (they cost themselves, and nothing else)."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from dagster_project import contracts
from dagster_project.intake import workbook_reader
from dagster_project.intake.cells import CUT, Rejected, Unread
from dagster_project.intake.layouts import layout_of
from dagster_project.intake.workbook_pool import WorkbookPool
from tests.unit.intake.office import HEADER, ROW, Office, csv, workbook

HEAD = HEADER.split(",")
CELLS = ROW.split(",")


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with something replaced inside one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for item in given.infolist():
            body = given.read(item.filename)
            changed.writestr(item.filename, body.replace(old, new) if item.filename == part else body)
    return made.getvalue()


def test_every_sheet_with_a_header_is_read_hidden_ones_too_and_others_are_not(office: Office) -> None:
    content = workbook(
        [["填表说明"], ["本表由样本人员填写"]],
        [HEAD, [*CELLS]],
        [HEAD, ["T-2", *CELLS[1:]]],
        names=("说明", "乙", "甲"),
        hidden=("甲",),
    )
    office.put(content, "a.xlsx")
    reading = office.read()
    assert [(row["sheet"], row["ticket_no"], row["row_no"]) for row in reading.rows()] == [
        ("乙", "T-1", 2),
        ("甲", "T-2", 2),
    ]
    assert reading.delivery()["rows_read"] == 2


def test_sheets_stand_in_the_order_of_their_names_by_code_point(office: Office) -> None:
    office.put(workbook([HEAD, CELLS], [HEAD, CELLS], names=("b", "C")), "a.xlsx")
    assert [(row["line_no"], row["sheet"]) for row in office.read().rows()] == [(1, "C"), (2, "b")]


def test_numbers_dates_and_booleans_of_cells_are_read(office: Office) -> None:
    head = ["承诺编号", "单位", "年度", "承诺类别", "承诺事项", "承诺日期", "履行状态", "涉及金额", "到期日期"]
    cells = ["C-1", "样本局", 2024, "合同履约", "事项", dt.date(2024, 3, 5), "履行中", 0.1 + 0.2, 45357]
    office.put(workbook([head, cells]), "a.xlsx", "commitments")
    (row,) = office.read().rows("commitments")
    assert (row["year"], row["made_on"], row["due_on"]) == (2024, dt.date(2024, 3, 5), dt.date(2024, 3, 6))
    assert str(row["amount_yuan"]) == "0.30"


def test_a_number_of_16_digits_as_a_key_is_unreadable_and_one_of_15_is_not(office: Office) -> None:
    rows: list[list[object]] = [[*HEAD], [2024031500001234, *CELLS[1:]], [202403150000123, *CELLS[1:]]]
    office.put(workbook(rows), "a.xlsx")
    reading = office.read()
    assert [row["ticket_no"] for row in reading.rows()] == ["202403150000123"]
    (held,) = reading.quarantined()
    assert held["reasons"] == ["unreadable:ticket_no"]
    assert held["row"] == {"ticket_no": "2024031500001234"}
    assert (held["sheet"], held["row_no"]) == ("表1", 2)


def test_a_merged_range_holds_its_value_in_every_row_that_it_spans(office: Office) -> None:
    rows = [
        HEAD,
        ["T-1", "问政", "样本局", "2024-03-01"],
        ["T-2", "问政", "", "2024-03-02"],
        ["T-3", "问政", "样本委", "2024-03-03"],
    ]
    office.put(workbook(rows, merged=[(1, 2, 2, 2)]), "a.xlsx")
    assert [row["unit_name"] for row in office.read().rows()] == ["样本局", "样本局", "样本委"]


def test_what_a_merged_range_hides_is_no_value(office: Office) -> None:
    rows = [[*HEAD, "承办单位", "办结日期"], [*CELLS, "样本办", "2024-03-09"], ["T-2", *CELLS[1:], "藏", "2024-03-09"]]
    content = workbook(rows)
    # The library writes no values under a range: it is added to the sheet as it stands.
    hiding = replaced(
        content,
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'</sheetData><mergeCells count="2"><mergeCell ref="E2:E3"/><mergeCell ref="C2:D2"/></mergeCells>',
    )
    office.put(hiding, "a.xlsx")
    reading = office.read()
    assert [(row["ticket_no"], row["handler_name"]) for row in reading.rows()] == [("T-2", "样本办")]
    assert [held["reasons"] for held in reading.quarantined()] == [["missing:received_on"]]


def test_a_merged_range_that_goes_on_below_the_last_filled_cell_makes_rows_of_its_own(office: Office) -> None:
    office.put(workbook([HEAD, CELLS], merged=[(1, 3, 2, 2)]), "a.xlsx")
    reading = office.read()
    assert [row["row_no"] for row in reading.rows()] == [2]
    assert [(held["row_no"], held["reasons"]) for held in reading.quarantined()] == [
        (3, ["missing:ticket_no", "missing:channel", "missing:received_on"]),
        (4, ["missing:ticket_no", "missing:channel", "missing:received_on"]),
    ]


def test_an_empty_range_below_the_last_row_makes_no_rows(office: Office) -> None:
    office.put(workbook([[*HEAD, ""], [*CELLS, ""]], merged=[(1, 3, 4, 4)]), "a.xlsx")
    assert office.read().delivery()["rows_read"] == 1


def test_a_plain_number_is_a_day_of_the_system_in_which_the_workbook_counts(office: Office) -> None:
    # 45356 days after the start of 1900's count: 2024-03-05; in 1904's count that day is 43894.
    rows: list[list[object]] = [[*HEAD, "承办单位"], [*CELLS[:3], 43894, 43894]]
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "date_1904": True})
    sheet = book.add_worksheet()
    old_book = xlwt.Workbook()
    old_book.dates_1904 = True
    old_sheet = old_book.add_sheet("投诉")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
            old_sheet.write(at, column, cell)
    book.close()
    old_content = io.BytesIO()
    old_book.save(old_content)
    office.put(content.getvalue(), "1.xlsx")
    office.put(old_content.getvalue(), "2.xls")
    office.put(workbook([HEAD, [*CELLS[:3], 45356]]), "3.xlsx")
    landed = office.read().rows()
    assert [row["received_on"] for row in landed] == [dt.date(2024, 3, 5)] * 3
    assert [row["handler_name"] for row in landed] == ["43894", "43894", None]


def test_a_range_across_columns_holds_its_value_in_the_first_column_alone(office: Office) -> None:
    rows = [[*HEAD, "承办单位"], ["T-1", "问政", "样本局", "2024-03-01", "样本办"]]
    office.put(workbook([["标题", "", "", "", ""], *rows], merged=[(0, 0, 0, 4)]), "a.xlsx")
    assert [row["handler_name"] for row in office.read().rows()] == ["样本办"]


def test_errors_of_excel_are_no_value(office: Office) -> None:
    content = workbook([[*HEAD, "满意度"], [*CELLS, "x"]])
    broken = replaced(
        content, "xl/worksheets/sheet1.xml", b'<c r="E2" t="s"><v>9</v></c>', b'<c r="E2" t="e"><v>#N/A</v></c>'
    )
    assert broken != content
    office.put(broken, "a.xlsx")
    (row,) = office.read().rows()
    assert (row["satisfaction"], row["warnings"]) == (None, None)


def test_an_old_workbook_is_read_whatever_its_ending(office: Office) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("投诉")
    rows: list[list[object]] = [[*HEAD], [*CELLS], ["T-2", "问政", "样本局", 45352]]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    content = io.BytesIO()
    book.save(content)
    office.put(content.getvalue(), "old.csv")
    office.put(workbook([HEAD, ["T-3", *CELLS[1:]]]), "new.xls")
    landed = office.read().rows()
    assert [row["ticket_no"] for row in landed] == ["T-3", "T-1", "T-2"]
    assert landed[2]["received_on"] == dt.date(2024, 3, 1)


def test_a_text_that_holds_what_stands_between_texts_stays_one_text(office: Office) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("投诉")
    for at, row in enumerate([[*HEAD, "承办单位"], [*CELLS, f"甲{CUT}乙"], ["T-2", *CELLS[1:], "丙"]]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    content = io.BytesIO()
    book.save(content)
    office.put(content.getvalue(), "a.xls")
    # With others, whose texts travel joined.
    office.put(workbook([[*HEAD, "承办单位"], ["T-3", *CELLS[1:], "丁"]]), "b.xlsx")
    landed = [(row["ticket_no"], row["handler_name"]) for row in office.read().rows()]
    assert landed == [("T-1", "甲 乙"), ("T-2", "丙"), ("T-3", "丁")]


def test_a_workbook_without_rows_is_a_nil_report_and_one_without_header_is_rejected(office: Office) -> None:
    office.put(workbook([HEAD]), "nil.xlsx")
    office.put(workbook([["甲", "乙"]]), "none.xlsx")
    office.put(workbook([]), "empty.xlsx")
    reading = office.read()
    assert reading.delivery("nil.xlsx")["status"] == "loaded"
    assert "没有找到表头" in reading.reason("none.xlsx")
    assert "没有找到表头" in reading.reason("empty.xlsx")


def test_nil_reports_and_rows_are_read_together_each_in_its_place(office: Office) -> None:
    office.put(workbook([HEAD]), "1.xlsx")
    office.put(workbook([HEAD, CELLS, ["T-2", *CELLS[1:]]]), "2.xlsx")
    office.put(workbook([HEAD], [HEAD, ["T-3", *CELLS[1:]]], names=("空", "表")), "3.xlsx")
    office.put(csv(), "4.csv")
    office.put(csv("T-4,问政,样本局,2024-03-01"), "5.csv")
    reading = office.read()
    landed = [(row["file"], row["sheet"], row["row_no"], row["line_no"], row["ticket_no"]) for row in reading.rows()]
    assert landed == [
        ("2.xlsx", "表1", 2, 1, "T-1"),
        ("2.xlsx", "表1", 3, 2, "T-2"),
        ("3.xlsx", "表", 2, 1, "T-3"),
        ("5.csv", None, 2, 1, "T-4"),
    ]
    assert reading.result.deliveries["rows_read"].to_list() == [0, 2, 1, 0, 1]


def test_a_workbook_that_names_a_column_twice_in_one_sheet_is_rejected_whole(office: Office) -> None:
    office.put(workbook([HEAD, CELLS], [[*HEAD, "收到日期"], [*CELLS, "2024-03-01"]]), "a.xlsx")
    reading = office.read()
    assert reading.reason()
    assert reading.rows() == []


BAD = workbook([HEAD, CELLS])


def archive(*parts: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, body in parts:
            made.writestr(name, body)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("truncated.xlsx", BAD[: len(BAD) // 2]),
        ("random.xlsx", b"PK\x03\x04" + bytes(range(256)) * 8),
        ("not-ole.xls", b"\xd0\xcf\x11\xe0not a workbook"),
        ("letter.docx", archive(("word/document.xml", b"<w/>"))),
        ("other.zip", archive(("a.csv", csv(ROW).encode()))),
        ("no-sheets.xlsx", archive(("xl/workbook.xml", b"<x/>"))),
        ("cut-sheet.xlsx", replaced(BAD, "xl/worksheets/sheet1.xml", b"</row></sheetData>", b"")),
        ("garbled.xlsx", replaced(BAD, "xl/workbook.xml", b"<sheets>", b"<<sheets")),
    ],
)
def test_a_broken_workbook_is_rejected_and_the_others_are_read(office: Office, name: str, content: bytes) -> None:
    office.put(content, name)
    office.put(csv(ROW), "good.csv")
    reading = office.read()
    assert reading.reason(name)
    assert [row["ticket_no"] for row in reading.rows()] == ["T-1"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_workbook_with_two_parts_of_one_name_is_rejected(office: Office) -> None:
    content = io.BytesIO(BAD)
    with zipfile.ZipFile(content, "a") as made:
        made.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    office.put(content.getvalue(), "a.xlsx")
    assert "重名" in office.read().reason()


def test_a_cell_in_the_far_corner_costs_only_its_own_file(office: Office) -> None:
    corner = replaced(BAD, "xl/worksheets/sheet1.xml", b'r="D2"', b'r="XFD1048576"')
    office.put(corner, "corner.xlsx")
    office.put(BAD, "good.xlsx")
    reading = office.read()
    assert reading.reason("corner.xlsx")
    assert [row["ticket_no"] for row in reading.rows()] == ["T-1"]


def test_a_workbook_that_unpacks_beyond_the_limit_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(BAD)).infolist())
    monkeypatch.setattr(workbook_reader, "MAX_UNPACKED_BYTES", unpacked)
    workbook_reader.check_archive(BAD)
    monkeypatch.setattr(workbook_reader, "MAX_UNPACKED_BYTES", unpacked - 1)
    with pytest.raises(Rejected, match="解压"):
        workbook_reader.check_archive(BAD)


def test_processes_started_beforehand_are_those_that_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([HEAD, CELLS]))
    begun: list[object] = []
    popen = subprocess.Popen

    def counted(*given: Any, **named: Any) -> Any:
        begun.append(given)
        return popen(*given, **named)

    monkeypatch.setattr(subprocess, "Popen", counted)
    plan = layout_of(contracts.load()["complaints"]).plan
    with WorkbookPool(2) as pool:
        pool.start()
        pool.start()
        assert len(begun) == 2
        assert all(len(pool.read(path, plan)) == 1 for _ in range(3))
    assert len(begun) == 2


def test_a_file_that_no_process_can_finish_is_given_up_in_time_and_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(BAD)
    plan = layout_of(contracts.load()["complaints"]).plan
    with WorkbookPool(1, seconds_a_file=-1) as pool, pytest.raises(Unread):
        pool.read(path, plan)
    with WorkbookPool(1) as pool:
        assert len(pool.read(path, plan)) == 1
