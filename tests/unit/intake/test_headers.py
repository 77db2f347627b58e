"""feeds.md, "Header"."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dagster_project.intake.headers import UNREADABLE_UNIT, bracket_unit, header_name, stated_unit
from tests.unit.intake.office import HEADER, ROW, Office, csv, workbook

ARREARS = "编号,欠款单位,{amount},到期日期\nQ-1,样本局,{value},2024-01-31\n"


@pytest.mark.parametrize(
    "cell",
    [
        "投诉日期",
        "投诉 日期",
        "投诉\n日期",
        "投诉日期（必填）",
        "投诉日期(年月日)",
        "投诉日期【选填】",
        "投诉日期〔注〕",
        "投诉日期[x]",
    ],
)
def test_a_header_cell_is_compared_without_white_space_and_one_trailing_bracket(cell: str) -> None:
    assert header_name(cell) == "投诉日期"


def test_only_one_bracket_is_taken_off_and_case_is_ignored() -> None:
    assert header_name("金额（万元）（含税）") == "金额(万元)"
    assert header_name("Ticket_NO（必填）") == header_name("ticket_no")


def test_rows_of_titles_stand_before_the_header_and_row_numbers_count_them(office: Office) -> None:
    office.put(f"政务诚信台账（示例）,,,\n,,\n\n{HEADER}\n{ROW}\n")
    (row,) = office.read().rows()
    assert (row["row_no"], row["ticket_no"], row["sheet"]) == (5, "T-1", None)


def test_the_header_may_stand_in_the_20th_row_and_not_in_the_21st(office: Office) -> None:
    office.put("标题\n" * 19 + csv(ROW), "20.csv")
    office.put("标题\n" * 20 + csv(ROW), "21.csv")
    reading = office.read()
    assert reading.delivery("20.csv")["status"] == "loaded"
    assert "没有找到表头" in reading.reason("21.csv")


def test_columns_are_known_by_english_names_in_any_case_and_any_order(office: Office) -> None:
    office.put("RECEIVED_ON,Unit_Name,channel,ticket_no\n2024-03-01,样本局,hotline,T-1\n")
    (row,) = office.read().rows()
    assert (row["ticket_no"], row["unit_name"], row["received_on"]) == ("T-1", "样本局", dt.date(2024, 3, 1))


def test_a_unit_may_be_given_by_code_or_by_name_alone(office: Office) -> None:
    office.put("工单编号,来源渠道,信用代码,投诉日期\nT-1,问政,11360700070146777W,2024-03-01\n", "code.csv")
    office.put("工单编号,来源渠道,被诉单位,投诉日期\nT-2,问政,样本局,2024-03-01\n", "name.csv")
    assert [(row["uscc"], row["unit_name"]) for row in office.read().rows()] == [
        ("11360700070146777W", None),
        (None, "样本局"),
    ]


def test_a_file_without_a_required_column_is_rejected(office: Office) -> None:
    office.put("工单编号,来源渠道,单位\nT-1,问政,样本局\n")
    assert "没有找到表头" in office.read().reason()


def test_a_list_of_what_is_withdrawn_needs_only_the_key_and_retracted(office: Office) -> None:
    office.put("工单编号,作废\nT-1,是\nT-2,否\n")
    reading = office.read()
    (row,) = reading.rows()
    assert (row["ticket_no"], row["retracted"], row["channel"]) == ("T-1", True, None)
    (held,) = reading.quarantined()
    assert set(held["reasons"]) == {"missing:channel", "missing:uscc|unit_name", "missing:received_on"}


def test_two_header_cells_for_one_column_reject_the_file(office: Office) -> None:
    office.put("工单编号,来源渠道,单位,投诉日期,收到日期\nT-1,问政,样本局,2024-03-01,2024-03-02\n")
    assert "投诉日期" in office.read().reason()


def test_unknown_columns_are_named_and_kept_nowhere(office: Office) -> None:
    office.put("序号,工单编号,来源渠道,单位,投诉日期,填表人 意见,\n1,T-1,问政,样本局,2024-03-01,无异议,\n")
    reading = office.read()
    assert reading.delivery()["unknown_columns"] == ["序号", "填表人 意见"]
    assert "无异议" not in str(reading.rows())


def test_every_feed_accepts_a_division_code_and_retracted(office: Office) -> None:
    office.put("任务编号,牵头单位,区划代码,撤销\nR-1,样本局、样本委,360702,\n", feed="tasks")
    reading = office.read()
    assert reading.delivery()["unknown_columns"] == []
    assert [(row["lead"], row["retracted"]) for row in reading.rows("tasks")] == [(["样本局", "样本委"], False)]


@pytest.mark.parametrize(
    ("cell", "power"),
    [
        ("金额（万元）", 4),
        ("金额（单位：万元）", 4),
        ("金额(万)", 4),
        ("金额【亿元】", 8),
        ("金额（千元）", 3),
        ("金额（百万元）", 6),
        ("金额（人民币万元）", 4),
        ("金额（万元，含税）", 4),
        ("金额（元）", 0),
        ("金额（单位元）", 0),
        ("金额（单位 万元）", 4),
        ("金额（计量单位：亿元）", 8),
        ("金额（RMB万元）", 4),
        ("金额（以万元计）", 4),
        ("金额（人民币：元）", 0),
        ("金额（RMB：元）", 0),
        ("金额（金额：元）", 0),
        ("金额（金额：万元）", 4),
        ("金额（单位为万元）", 4),
        ("金额（币种：人民币，单位：万元）", 4),
        ("金额（币种：美元）", UNREADABLE_UNIT),
        ("金额（￥）", None),
        ("金额（含税）", None),
        ("金额（不超过500万元）", None),
        ("金额", None),
        ("金额（万美元）", UNREADABLE_UNIT),
        ("金额（USD）", UNREADABLE_UNIT),
        ("金额（港币）", UNREADABLE_UNIT),
        ("金额（千万元）", UNREADABLE_UNIT),
    ],
)
def test_the_bracket_of_a_header_cell_may_name_the_unit_of_money(cell: str, power: int | None) -> None:
    assert bracket_unit(cell) == power


@pytest.mark.parametrize(
    ("cell", "power"),
    [
        ("单位：万元", 4),
        ("（金额单位：千元）", 3),
        (" 单位： 万元 ", 4),
        ("单位:亿", 8),
        ("单位：样本局", None),
        ("单位：万美元", None),
        ("填报单位：万元", None),
        ("单位", None),
        (4, None),
    ],
)
def test_a_cell_before_the_header_may_state_the_unit_of_money(cell: object, power: int | None) -> None:
    assert stated_unit(cell) == power


@pytest.mark.parametrize(
    ("before", "header", "value", "yuan"),
    [
        ("", "欠款金额", "5", 5),
        ("单位：万元\n", "欠款金额", "5", 50_000),
        ("单位：万元\n（单位：千元）\n", "欠款金额", "5", 5_000),
        ("单位：万元,单位：亿元\n", "欠款金额（含税）", "5", 500_000_000),
        ("单位：万元\n", "欠款金额（元）", "5", 5),
        ("单位：万元\n", "欠款金额（亿元）", "5元", 5),
    ],
)
def test_a_unit_is_taken_from_the_value_then_the_bracket_then_the_last_cell_before(
    office: Office, before: str, header: str, value: str, yuan: int
) -> None:
    office.put(before + ARREARS.format(amount=header, value=value), feed="arrears")
    (row,) = office.read().rows("arrears")
    assert row["amount_yuan"] == Decimal(yuan)


def test_files_of_different_units_are_read_together_each_by_its_own(office: Office) -> None:
    for name, header in (("a.csv", "欠款金额（万元）"), ("b.csv", "欠款金额"), ("c.csv", "欠款金额（美元）")):
        office.put(ARREARS.format(amount=header, value="5"), name, "arrears")
    reading = office.read()
    assert [row["amount_yuan"] for row in reading.rows("arrears")] == [Decimal(50_000), Decimal(5)]
    (held,) = reading.quarantined()
    assert (held["reasons"], held["row"]) == (["unreadable:amount_yuan"], {"arrear_no": "Q-1", "amount_yuan": "5"})


def test_rows_that_a_range_of_the_header_reaches_into_belong_to_the_header(office: Office) -> None:
    rows = [HEADER.split(","), ["小标题", "", "", ""], ROW.split(",")]
    office.put(workbook(rows, merged=[(0, 1, 1, 1)]), "a.xlsx")
    reading = office.read()
    assert [(row["row_no"], row["ticket_no"]) for row in reading.rows()] == [(3, "T-1")]
    assert reading.delivery()["rows_read"] == 1


def two_rows(*below: tuple[str, str]) -> bytes:
    """A sheet whose first names span two rows, and 办理情况 two columns; under it the given names."""
    rows = [[*HEADER.split(","), "办理情况", ""]] + [["", "", "", "", *names] for names in below]
    merged = [(0, 1, column, column) for column in range(4)] + [(0, 0, 4, 5)]
    return workbook([*rows, [*ROW.split(","), "2024-03-05", "满意"]], merged=merged)


def test_names_under_a_range_of_the_header_name_columns(office: Office) -> None:
    office.put(two_rows(("办结日期", "满意度")), "a.xlsx")
    reading = office.read()
    (row,) = reading.rows()
    assert (row["row_no"], row["resolved_on"], row["satisfaction"]) == (3, dt.date(2024, 3, 5), "satisfied")
    assert reading.delivery()["unknown_columns"] == []


def test_what_the_first_row_of_the_header_names_stands_whatever_is_below(office: Office) -> None:
    office.put(two_rows(("单位", "来源渠道")), "a.xlsx")
    reading = office.read()
    assert [row["unit_name"] for row in reading.rows()] == ["样本局"]
    assert reading.delivery()["unknown_columns"] == ["办理情况"]


def test_two_names_for_one_column_under_the_header_reject_the_file(office: Office) -> None:
    office.put(two_rows(("办结日期", "办结时间")), "a.xlsx")
    assert "两列" in office.read().reason()
