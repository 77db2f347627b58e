"""feeds.md, "Header" (ignored rows) and "What happens to a row": ignored, quarantined, retracted; rows add up."""

from __future__ import annotations

import json

import pytest

from tests.unit.intake.office import HEADER, ROW, Office, csv

CASE = "案号,被告,案件类型,立案日期,裁判日期,裁判结果"


@pytest.mark.parametrize(
    "first",
    [
        "合计",
        "总 计",
        "小计（样本）",
        "注：样本",
        "备注",
        "说明：",
        "填报单位：样本",
        "制表人",
        "审核：",
        "单位负责人：",
        "以上无误",
        "※ 样本",
    ],
)
def test_a_total_or_a_note_is_ignored_and_counted(office: Office, first: str) -> None:
    office.put(csv(ROW, f"{first},,,", f"　,{first},,"))
    entry = office.read().delivery()
    assert (entry["rows_read"], entry["rows_ignored"], entry["rows_quarantined"]) == (3, 2, 0)


def test_a_note_s_word_in_a_full_row_is_a_value(office: Office) -> None:
    office.put(csv("注2024-1,问政,样本局,2024-03-01"))
    assert [row["ticket_no"] for row in office.read().rows()] == ["注2024-1"]


def test_an_unreadable_required_value_is_a_value_and_makes_no_note(office: Office) -> None:
    office.put(csv("注2024-1,电话,样本局,2024-03-01"))
    reading = office.read()
    assert reading.delivery()["rows_ignored"] == 0
    assert reading.quarantined()[0]["reasons"] == ["unreadable:channel"]


def test_a_note_s_word_that_is_not_in_the_first_filled_cell_is_none(office: Office) -> None:
    office.put(csv("T-1,合计,,"))
    assert office.read().delivery()["rows_quarantined"] == 1


def test_numbers_down_the_side_of_an_empty_form_are_ignored(office: Office) -> None:
    office.put(csv("1,,,,", "2,-,无,/,暂无", "3,T-1,问政,样本局,2024-03-01", header="序号," + HEADER))
    entry = office.read().delivery()
    assert (entry["rows_read"], entry["rows_ignored"], entry["rows_quarantined"]) == (3, 2, 0)


def test_a_row_that_says_only_no_in_a_boolean_column_has_no_value(office: Office) -> None:
    office.put("序号,承诺单位,年度,签署日期,含信用代码\n1,,,,无\n2,,,,否\n", feed="commitment_letters")
    entry = office.read().delivery()
    assert (entry["rows_read"], entry["rows_ignored"], entry["rows_quarantined"]) == (2, 1, 1)


def test_a_row_without_any_value_is_not_counted(office: Office) -> None:
    office.put(csv(ROW, ",,,", "-, ,/,无", "\u3000"))
    assert office.read().delivery()["rows_read"] == 1


@pytest.mark.parametrize(
    ("row", "reasons", "shown"),
    [
        (",问政,样本局,2024-03-01", ["missing:ticket_no"], {}),
        ("T-1,电话,样本局,2024-03-01", ["unreadable:channel"], {"ticket_no": "T-1", "channel": "电话"}),
        ("T-1,问政,,2024-03-01", ["missing:uscc|unit_name"], {"ticket_no": "T-1"}),
        ("T-1,问政,样本局,NaN", ["missing:received_on"], {"ticket_no": "T-1", "received_on": "NaN"}),
        (
            " T-1　,电话,暂无,2023-13-01",
            ["unreadable:channel", "unreadable:received_on", "missing:uscc|unit_name"],
            {"ticket_no": " T-1　", "channel": "电话", "received_on": "2023-13-01", "unit_name": "暂无"},
        ),
    ],
)
def test_a_missing_or_unreadable_key_or_required_value_quarantines_with_every_reason(
    office: Office, row: str, reasons: list[str], shown: dict[str, str]
) -> None:
    office.put(csv(row))
    reading = office.read()
    assert reading.rows() == []
    (held,) = reading.quarantined()
    assert sorted(held["reasons"]) == sorted(reasons)
    assert held["row"] == shown
    assert (held["feed"], held["row_no"], held["sheet"]) == ("complaints", 2, None)


def test_a_quarantined_row_is_kept_without_the_unit_s_name_too(office: Office) -> None:
    office.put(csv("T-1,电话,样本局,2024-03-01"))
    office.put("单位,年度,公示渠道,公示日期\n样本局,2024,官网,三月\n", "a.csv", "publications")
    of_complaints, of_publications = sorted(office.read().quarantined(), key=lambda held: held["feed"])
    assert json.loads(of_complaints["row_unnamed"]) == of_complaints["row"] == {"ticket_no": "T-1", "channel": "电话"}
    assert of_publications["row"]["unit_name"] == "样本局"
    assert json.loads(of_publications["row_unnamed"]) == {**of_publications["row"], "unit_name": "***"}


def test_a_broken_code_that_stands_alone_quarantines_and_beside_a_name_warns(office: Office) -> None:
    office.put("工单编号,来源渠道,信用代码,单位,投诉日期\nT-1,问政,1234,,2024-03-01\nT-2,问政,1234,样本局,2024-03-01\n")
    reading = office.read()
    (held,) = reading.quarantined()
    assert (held["reasons"], held["row"]) == (["unreadable:uscc"], {"ticket_no": "T-1", "uscc": "1234"})
    (row,) = reading.rows()
    assert (row["uscc"], row["unit_name"], row["warnings"]) == (None, "样本局", "bad_value:uscc")


def test_a_unit_that_need_not_be_given_never_quarantines(office: Office) -> None:
    header = "编号,记录类型,记录编号,申请类型,申请日期,信用代码"
    office.put(
        csv("A-1,问责,w,信用修复,2024-01-01,1234", "A-2,问责,w,信用修复,2024-01-01,", header=header),
        feed="record_actions",
    )
    rows = office.read().rows("record_actions")
    assert [(row["warnings"], row["mention_id"]) for row in rows] == [("bad_value:uscc", None), (None, None)]


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        ("（2024）赣0702民初1号,样本局,民事,2024-01-02,月底,", ["unreadable:decided_on"]),
        ("（2024）赣0702民初1号,样本局,民事,2024-01-02,,大体胜诉", ["unreadable:outcome"]),
        ("（2024）赣0702民初*号,样本局,民事,2024-01-02,,", ["unreadable:case_no"]),
    ],
)
def test_an_outcome_a_decision_s_day_and_a_masked_number_quarantine_a_case(
    office: Office, row: str, reasons: list[str]
) -> None:
    office.put(csv(row, header=CASE), feed="court_cases")
    (held,) = office.read().quarantined()
    assert held["reasons"] == reasons
    assert held["row"]["unit_name"] == "***"


@pytest.mark.parametrize(
    ("decided_on", "result", "reasons", "warnings"),
    [
        ("", "同意", ["missing:decided_on"], None),
        ("近日", "驳回", ["unreadable:decided_on"], None),
        ("近日", "", None, "bad_value:decided_on"),
        ("", "", None, None),
        ("", "再议", None, "bad_value:result"),
    ],
)
def test_a_result_without_its_day_quarantines_an_action(
    office: Office, decided_on: str, result: str, reasons: list[str] | None, warnings: str | None
) -> None:
    header = "编号,记录类型,记录编号,申请类型,申请日期,决定日期,处理结果"
    office.put(csv(f"A-1,问责,w,信用修复,2024-01-01,{decided_on},{result}", header=header), feed="record_actions")
    reading = office.read()
    assert [held["reasons"] for held in reading.quarantined()] == ([reasons] if reasons else [])
    assert [row["warnings"] for row in reading.rows("record_actions")] == ([] if reasons else [warnings])


def test_a_retracted_row_is_quarantined_by_its_key_alone(office: Office) -> None:
    office.put(
        csv("T-1,电话,,三月,是", ",问政,样本局,2024-03-01,是", "T-3,电话,样本局,2024-03-01,否", header=HEADER + ",撤销")
    )
    reading = office.read()
    (row,) = reading.rows()
    assert (row["ticket_no"], row["channel"], row["received_on"], row["warnings"]) == ("T-1", None, None, None)
    assert [held["reasons"] for held in reading.quarantined()] == [["missing:ticket_no"], ["unreadable:channel"]]


def test_a_retracted_case_with_an_unreadable_outcome_lands_with_a_warning(office: Office) -> None:
    row = "（2024）赣0702民初1号,样本局,民事,2024-01-02,,大体胜诉,是"
    office.put(csv(row, header=CASE + ",作废"), feed="court_cases")
    assert [row["warnings"] for row in office.read().rows("court_cases")] == ["bad_value:outcome"]


def test_the_unit_is_part_of_a_retracted_row_s_key_where_it_is_of_the_feed_s(office: Office) -> None:
    office.put("承诺单位,年度,撤销\n,2024,是\n样本局,2024,是\n", feed="commitment_letters")
    reading = office.read()
    assert [held["reasons"] for held in reading.quarantined()] == [["missing:uscc|unit_name"]]
    assert len(reading.rows("commitment_letters")) == 1


def test_personal_columns_and_names_of_persons_never_stand_in_quarantine(office: Office) -> None:
    office.put(
        csv(
            "T-1,电话,样本局,2024-03-01,张样本,13800000000,110101190001010000,样本诉求",
            header=HEADER + ",投诉人,联系电话,身份证号,投诉内容",
        )
    )
    office.put(
        csv("（2024）赣0702执1号,张样本,三月", header="案号,被执行人姓名/名称,发布时间"), "b.csv", "dishonest_debtors"
    )
    held = office.read().quarantined()
    assert held[0]["row"] == {"ticket_no": "T-1", "channel": "电话"}
    assert held[1]["row"] == {"case_no": "（2024）赣0702执1号", "unit_name": "***", "published_on": "三月"}


def test_a_classified_unit_s_own_quarantined_row_says_so(office: Office) -> None:
    header = "统一社会信用代码,单位名称,区划代码,层级,机构类型,是否涉密"
    rows = [
        "11360700070146777W,样本局,,市级,政府部门,是",
        "x,样本委,360700,市级,政府部门,不明",
        "y,样本办,360700,市级,政府部门,",
    ]
    office.put(csv(*rows, header=header), feed="organizations")
    held = office.read().quarantined()
    assert [one["is_classified"] for one in held] == [True, True, False]
    assert held[0]["reasons"] == ["missing:region_code"]


def test_read_rows_are_the_landed_the_quarantined_and_the_ignored(office: Office) -> None:
    office.put(csv(ROW, ROW, "T-2,电话,样本局,2024-03-01", "合计,,,3", ",,,"))
    reading = office.read()
    entry = reading.delivery()
    assert (entry["rows_read"], entry["rows_quarantined"], entry["rows_ignored"]) == (4, 1, 1)
    assert len(reading.rows()) == 2
