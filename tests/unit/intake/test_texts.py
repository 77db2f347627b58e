"""feeds.md, "File types": separated text."""

from __future__ import annotations

import pytest

from tests.unit.intake.office import HEADER, ROW, Office, csv


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("ending", [".csv", ".tsv", ".txt", ".xls", ".XLSX"])
def test_separators_are_found_whatever_the_ending(office: Office, separator: str, ending: str) -> None:
    office.put(csv(ROW).replace(",", separator), f"a{ending}")
    assert [row["ticket_no"] for row in office.read().rows()] == ["T-1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_every_encoding_is_read(office: Office, encoding: str, line_break: str) -> None:
    office.put(csv(ROW, "T-2,信访,样本委,2024-03-02").replace("\n", line_break).encode(encoding))
    assert [(row["ticket_no"], row["unit_name"]) for row in office.read().rows()] == [
        ("T-1", "样本局"),
        ("T-2", "样本委"),
    ]


def test_rare_characters_of_gb18030_are_read(office: Office) -> None:
    office.put(csv("T-1,问政,㐂𠮷局,2024-03-01").encode("gb18030"))
    assert office.read().rows()[0]["unit_name"] == "㐂𠮷局"


def test_bytes_of_no_encoding_reject_the_file(office: Office) -> None:
    office.put(csv(ROW).encode() + b"\xff\xfe\xff\x80\x80")
    assert "编码" in office.read().reason()


def test_quoted_fields_hold_line_breaks_separators_and_quotes(office: Office) -> None:
    office.put(
        f'{HEADER},投诉内容\r\nT-1,问政,"样本,局",2024-03-01,"第一行\r\n他说""好"""\r\nT-2,问政,样本委,2024-03-02,\r\n'
    )
    rows = office.read().rows()
    assert [(row["row_no"], row["unit_name"]) for row in rows] == [(2, "样本,局"), (3, "样本委")]
    assert rows[0]["content"] == '第一行 他说"好"'


def test_records_are_counted_with_titles_and_blank_ones(office: Office) -> None:
    office.put(f"标题\n\n{HEADER}\n\n{ROW}\n,,,\nT-2,问政,样本局,2024-03-01\n")
    reading = office.read()
    assert [row["row_no"] for row in reading.rows()] == [5, 7]
    assert reading.delivery()["rows_read"] == 2


def test_an_unclosed_quote_rejects_the_file(office: Office) -> None:
    office.put(f'{HEADER}\nT-1,问政,"样本局,2024-03-01\nT-2,问政,样本局,2024-03-01\n')
    assert "引号" in office.read().reason()


def test_an_unclosed_quote_that_swallowed_records_rejects_the_file(office: Office) -> None:
    office.put(f'{HEADER}\nT-1,问政,"样本局,2024-03-01\nT-2,问政,"样本局",2024-03-01\nT-3,问政,样本局,2024-03-01\n')
    assert "引号" in office.read().reason()


def test_odd_quotes_that_swallow_nothing_are_read(office: Office) -> None:
    office.put(f'{HEADER}\nT-1,问政,样本"老"局,2024-03-01\nT-2,问政,"样本"局,2024-03-01\n')
    assert [row["unit_name"] for row in office.read().rows()] == ['样本"老"局', "样本局"]


def test_a_value_beyond_the_header_quarantines_the_row_and_empty_cells_do_not(office: Office) -> None:
    office.put(
        csv(
            "T-1,问政,样本,局,2024-03-01", ROW.replace("T-1", "T-2") + ",,", "合计,,,,3", "T-3,问政,样本局,2024-03-01,x"
        )
    )
    reading = office.read()
    assert [row["ticket_no"] for row in reading.rows()] == ["T-2"]
    assert [(held["row_no"], held["reasons"]) for held in reading.quarantined()] == [
        (2, ["unreadable:row", "unreadable:received_on"]),
        (5, ["unreadable:row"]),
    ]
    assert reading.delivery()["rows_ignored"] == 1


def test_an_empty_cell_of_the_header_counts_as_a_cell(office: Office) -> None:
    office.put(csv(f"{ROW},x", header=HEADER + ","))
    reading = office.read()
    assert [row["ticket_no"] for row in reading.rows()] == ["T-1"]
    assert reading.quarantined() == []


def test_a_short_row_lacks_its_last_values(office: Office) -> None:
    office.put(csv("T-1,问政,样本局"))
    assert office.read().quarantined()[0]["reasons"] == ["missing:received_on"]


def test_a_header_without_rows_is_a_nil_report(office: Office) -> None:
    office.put(csv())
    entry = office.read().delivery()
    assert (entry["status"], entry["rows_read"], entry["reason"]) == ("loaded", 0, None)


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", "\u3000\n".encode()])
def test_a_file_without_content_is_rejected(office: Office, content: bytes) -> None:
    office.put(content)
    assert "没有内容" in office.read().reason()


def test_a_web_page_is_rejected_with_advice(office: Office) -> None:
    office.put("<html><table><tr><td>工单编号</td></tr></table></html>", "a.xls")
    assert ".xlsx" in office.read().reason()


def test_a_title_that_begins_with_a_bracket_is_no_web_page(office: Office) -> None:
    office.put("<2024年3月>台账\n" + csv(ROW), "a.csv")
    assert [row["row_no"] for row in office.read().rows()] == [3]


@pytest.mark.parametrize("name", ["a.pdf", "a.html", "a.doc", "a", "a.docx"])
def test_other_endings_are_rejected(office: Office, name: str) -> None:
    office.put(csv(ROW), name)
    office.put(csv(ROW), "good.csv")
    reading = office.read()
    assert reading.reason(name)
    assert len(reading.rows()) == 1


def test_a_letter_in_word_is_rejected_with_a_clear_word(office: Office) -> None:
    office.put("…", "承诺书.docx", "commitment_letters")
    assert "Word" in office.read().reason()


def test_one_file_split_into_several_gives_the_same_typed_rows(office: Office) -> None:
    lines = [f"T-{at:03},问政,样本{at % 7}局,2024-03-{at % 28 + 1:02}" for at in range(60)]
    office.put(csv(*lines), "whole.csv", day="2024-04-02")
    for at in range(3):
        office.put(csv(*lines[at * 20 : at * 20 + 20]), f"part{at}.csv", day="2024-05-02")
    rows = office.read().rows()
    own = ("delivery_id", "row_no", "line_no", "file")
    typed = [{name: value for name, value in row.items() if name not in own} for row in rows]
    assert typed[:60] == typed[60:]
