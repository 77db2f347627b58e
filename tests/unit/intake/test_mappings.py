"""feeds.md, "Layouts of one's own"."""

from __future__ import annotations

import datetime as dt

import pytest

from dagster_project.intake.mappings import MappingError, load_mappings, mapping_for
from tests.unit.intake.office import ROW, Office, csv, workbook

OWN = """feed: complaints
files: ["*问政导出*.xlsx", "own.csv"]
sheet: 留言
header_row: 3
columns: {留言编号: ticket_no, 留言时间: received_on, 答复时间: resolved_on, 承办: unit_name}
constants: {channel: inquiry}
values: {finding: {情况属实: substantiated}}
date_order: day_first
"""
ROWS = [
    ["问政平台导出"],
    ["留言编号", "x", "y", "z"],
    ["留言编号", "留言时间", "承办", "调查结果"],
    ["L-1", "05/03/2024", "样本局", "情况属实"],
    ["L-2", "2024-03-06", "样本局", "属实"],
]


def test_a_mapping_names_sheet_header_columns_constants_codes_and_the_order_of_dates(office: Office) -> None:
    office.mapping(OWN)
    office.put(
        workbook(ROWS, [["工单编号", "来源渠道", "单位", "投诉日期"], ROW.split(",")], names=("留言", "其他")),
        "3月问政导出1.xlsx",
    )
    rows = office.read().rows()
    assert [(row["ticket_no"], row["channel"], row["received_on"], row["finding"]) for row in rows] == [
        ("L-1", "inquiry", dt.date(2024, 3, 5), "substantiated"),
        ("L-2", "inquiry", dt.date(2024, 3, 6), "substantiated"),
    ]
    assert [(row["sheet"], row["row_no"]) for row in rows] == [("留言", 4), ("留言", 5)]


def test_a_mapping_holds_for_its_own_files_alone(office: Office) -> None:
    office.mapping(OWN)
    office.put(workbook(ROWS, names=("留言",)), "台账.xlsx")
    office.put(csv(ROW), "b.csv")
    reading = office.read()
    assert "没有找到表头" in reading.reason("台账.xlsx")
    assert len(reading.rows()) == 1


def test_a_workbook_without_the_mapping_s_sheet_is_rejected(office: Office) -> None:
    office.mapping(OWN)
    office.put(workbook(ROWS, names=("别的",)), "问政导出.xlsx")
    assert "留言" in office.read().reason()


def test_a_constant_stands_only_where_the_file_has_no_such_column(office: Office) -> None:
    office.mapping('feed: complaints\nfiles: ["*.csv"]\nconstants: {channel: inquiry}\n')
    office.put(csv(ROW.replace("问政", "信访")), "has.csv")
    office.put("工单编号,单位,投诉日期\nT-2,样本局,2024-03-01\n,,\n3,,\n", "lacks.csv")
    reading = office.read()
    assert [row["channel"] for row in reading.rows()] == ["petition", "inquiry"]
    assert reading.delivery("lacks.csv")["rows_read"] == 2


def test_a_constant_is_no_cell_of_the_clerk_s(office: Office) -> None:
    office.mapping('feed: publications\nfiles: ["*"]\nconstants: {channel: website, year: 2024}\n')
    office.put("单位,公示日期\n样本局,三月\n", feed="publications")
    (held,) = office.read().quarantined()
    assert held["row"] == {"unit_name": "样本局", "published_on": "三月"}


def test_a_mapping_s_name_of_a_column_goes_before_the_feed_s_own(office: Office) -> None:
    office.mapping('feed: complaints\nfiles: ["*"]\ncolumns: {受理时间: received_on}\n')
    office.put("工单编号,来源渠道,单位,受理时间\nT-1,问政,样本局,2024-03-01\n")
    (row,) = office.read().rows()
    assert (row["received_on"], row["accepted_on"]) == (dt.date(2024, 3, 1), None)


def test_the_glob_with_most_plain_characters_wins_and_a_star_matches_a_slash(office: Office) -> None:
    for name, glob in (("any", "*"), ("xlsx", "*.xlsx"), ("deep", "*局*.xls?"), ("other", "[1].csv")):
        office.mapping(f'feed: complaints\nfiles: ["{glob}"]\n', f"{name}.yaml")
    office.mapping('feed: arrears\nfiles: ["样本局/台账.xlsx"]\n', "arrears.yaml")
    mappings = load_mappings(office.root)
    chosen = {
        file: mapping_for(mappings, "complaints", file)
        for file in ("样本局/台账.xlsx", "台账.xlsx", "a.csv", "[1].csv", "1.csv")
    }
    assert {file: mapping.name if mapping else None for file, mapping in chosen.items()} == {
        "样本局/台账.xlsx": "deep",
        "台账.xlsx": "xlsx",
        "a.csv": "any",
        "[1].csv": "other",
        "1.csv": "any",
    }


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("feed: 投诉\nfiles: [a]\n", 1, "feed"),
        ("files: [a]\n", 1, "feed"),
        ("feed: complaints\n", 1, "files"),
        ("feed: complaints\nfiles: 3\n", 2, "files"),
        ("feed: complaints\nfiles: [a]\nsheets: x\n", 3, "sheets"),
        ("feed: complaints\nfiles: [a]\nheader_row: 0\n", 3, "header_row"),
        ("feed: complaints\nfiles: [a]\ndate_order: month_first\n", 3, "date_order"),
        ("feed: complaints\nfiles: [a]\ncolumns:\n  编号: ticket_no\n  局: unit\n", 5, "columns.局"),
        ("feed: complaints\nfiles: [a]\ncolumns: [a]\n", 3, "columns"),
        ("feed: complaints\nfiles: [a]\ncolumns: {编号: [ticket_no]}\n", 3, "columns.编号"),
        ("feed: complaints\nfiles: [a]\nvalues: {channel: {电话: [hotline]}}\n", 3, "values.channel.电话"),
        ("feed: complaints\nfiles: [a]\nconstants: {chanel: inquiry}\n", 3, "constants.chanel"),
        ("feed: complaints\nfiles: [a]\nconstants:\n  channel: 电话\n", 4, "constants.channel"),
        ("feed: complaints\nfiles: [a]\nconstants: {received_on: 某日}\n", 3, "constants.received_on"),
        ("feed: complaints\nfiles: [a]\nvalues:\n  finding:\n    对: yes\n", 5, "values.finding.对"),
        ("feed: complaints\nfiles: [a]\nvalues: {ticket_no: {a: b}}\n", 3, "values.ticket_no.a"),
        ("feed: complaints\nfiles: [a\n", 3, "YAML"),
        ("feed: complaints\nfeed: arrears\nfiles: [a]\n", 2, "YAML"),
        ("", 1, "feed"),
    ],
)
def test_a_wrong_mapping_names_file_line_and_key_and_nothing_runs(
    office: Office, text: str, line: int, key: str
) -> None:
    office.mapping(text, "wrong.yaml")
    office.put(csv(ROW))
    with pytest.raises(MappingError) as raised:
        office.read()
    assert (raised.value.file, raised.value.line, raised.value.key) == ("wrong.yaml", line, key)
    assert f"第 {line} 行" in str(raised.value)
    assert raised.value.english.startswith(f"mappings/wrong.yaml, line {line}, {key}: ")
    assert not (office.root / "landing" / "index.parquet").exists()


@pytest.mark.parametrize("code", ["hotline", "Hotline", "12345热线"])
def test_a_value_may_stand_for_a_code_under_any_of_its_names(office: Office, code: str) -> None:
    office.mapping(f'feed: complaints\nfiles: ["a.csv"]\nvalues: {{channel: {{电话: {code}}}}}\n')
    office.put(csv(ROW.replace("问政", "电话")), "a.csv")
    assert [row["channel"] for row in office.read().rows()] == ["hotline"]


def test_a_changed_mapping_reads_its_files_again_and_no_others(office: Office) -> None:
    office.mapping('feed: complaints\nfiles: ["a.csv"]\nvalues: {channel: {电话: hotline}}\n')
    office.put(csv(ROW.replace("问政", "电话")), "a.csv")
    office.put(csv(ROW), "b.csv")
    assert [row["channel"] for row in office.read().rows()] == ["hotline", "inquiry"]
    office.mapping('feed: complaints\nfiles: ["a.csv"]\nvalues: {channel: {电话: other}}\n')
    reading = office.read()
    assert [row["channel"] for row in reading.rows()] == ["other", "inquiry"]
    assert reading.result.files_read == 1
