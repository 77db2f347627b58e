"""feeds.md, "What happens to a row": warnings, and how the value is then read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.intake.office import DAY, HEADER, Office, csv

COMMITMENT = {
    "承诺编号": "C-1",
    "单位": "样本局",
    "年度": "2023",
    "承诺类别": "合同履约",
    "承诺事项": "事项",
    "承诺日期": "2023-06-01",
    "履行状态": "履行中",
}
COMPLAINT = {"工单编号": "T-1", "来源渠道": "问政", "单位": "样本局", "投诉日期": "2024-03-01"}
CASE = {"案号": "（2024）赣0702民初1号", "单位": "样本局", "案件类型": "民事", "立案日期": "2024-01-02"}
LISTING = {"案号": "（2024）赣0702执1号", "被执行人": "样本局", "发布日期": "2024-03-01"}
ORGANIZATION = {
    "统一社会信用代码": "11360700070146777W",
    "单位名称": "样本局",
    "区划代码": "360700",
    "层级": "市级",
    "机构类型": "政府部门",
}
REQUIRED = {
    "commitments": COMMITMENT,
    "complaints": COMPLAINT,
    "court_cases": CASE,
    "dishonest_debtors": LISTING,
    "organizations": ORGANIZATION,
    "publications": {"单位": "样本局", "年度": "2024", "公示渠道": "官网", "公示日期": "2024-02-01"},
}


def landed(office: Office, feed: str, **changes: str) -> dict[str, Any]:
    cells = {**REQUIRED[feed], **changes}
    office.put(csv(",".join(cells.values()), header=",".join(cells)), feed=feed)
    (row,) = office.read().rows(feed)
    return row


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_an_unreadable_optional_value_is_none_with_a_warning(office: Office) -> None:
    row = landed(office, "complaints", 投诉类别="样本", 办结日期="月底", 满意度="还行")
    assert (row["category"], row["resolved_on"], row["satisfaction"]) == (None, None, None)
    assert row["warnings"] == "bad_value:category,bad_value:resolved_on,bad_value:satisfaction"


def test_a_row_without_anything_odd_has_no_warning(office: Office) -> None:
    assert landed(office, "complaints", 办结日期="2024-03-09")["warnings"] is None


@pytest.mark.parametrize(
    ("feed", "changes", "column", "value", "warnings"),
    [
        # The day itself is in order; the day before is not.
        ("complaints", {"办结日期": "2024-03-01"}, "resolved_on", "2024-03-01", None),
        ("complaints", {"办结日期": "2024-02-29"}, "resolved_on", None, "bad_order:resolved_on"),
        ("complaints", {"受理日期": "2024-02-29"}, "accepted_on", None, "bad_order:accepted_on"),
        (
            "complaints",
            {"受理日期": "2024-03-05", "办结日期": "2024-03-04"},
            "resolved_on",
            None,
            "bad_order:resolved_on",
        ),
        ("complaints", {"办理期限": "2024-02-29"}, "due_on", None, "bad_order:due_on"),
        ("complaints", {"整改完成日期": "2024-02-29"}, "rectified_on", None, "bad_order:rectified_on"),
        ("commitments", {"兑现日期": "2023-05-31"}, "fulfilled_on", None, "bad_order:fulfilled_on"),
        ("commitments", {"违约日期": "2023-05-31"}, "breached_on", None, "bad_order:breached_on"),
        ("commitments", {"变更批准日期": "2023-05-31"}, "change_approved_on", None, "bad_order:change_approved_on"),
        ("court_cases", {"结案日期": "2024-01-01"}, "fulfilled_on", None, "bad_order:fulfilled_on"),
        ("dishonest_debtors", {"退出日期": "2024-02-29"}, "removed_on", None, "bad_order:removed_on"),
        ("dishonest_debtors", {"预警日期": "2024-02-29"}, "warned_on", None, "bad_order:warned_on"),
        (
            "organizations",
            {"成立日期": "2024-03-01", "撤销日期": "2024-02-29"},
            "abolished_on",
            None,
            "bad_order:abolished_on",
        ),
        # What is out of order is read otherwise where no value would flatter the unit.
        ("commitments", {"兑现期限": "2023-05-31"}, "due_on", "2023-06-01", "bad_order:due_on"),
        ("court_cases", {"裁判日期": "2024-01-01"}, "decided_on", "2024-01-02", "bad_order:decided_on"),
        ("dishonest_debtors", {"立案日期": "2024-03-02"}, "filed_on", None, "bad_order:published_on"),
        ("dishonest_debtors", {"立案日期": "2024-03-02"}, "published_on", "2024-03-01", "bad_order:published_on"),
    ],
)
def test_a_date_before_the_one_that_it_follows_is_not_yet_done(
    office: Office, feed: str, changes: dict[str, str], column: str, value: str | None, warnings: str | None
) -> None:
    row = landed(office, feed, **changes)
    assert (row[column], row["warnings"]) == (day(value) if value else None, warnings)


def test_a_date_after_the_delivery_came_is_no_value_and_that_day_is_good(office: Office) -> None:
    assert landed(office, "complaints", 反馈日期=DAY)["replied_on"] == day(DAY)
    row = landed(office, "complaints", 反馈日期="2024-04-03", 办结日期="2024-04-03")
    assert (row["replied_on"], row["resolved_on"]) == (None, None)
    assert row["warnings"] == "future_date:resolved_on,future_date:replied_on"


def test_a_date_that_is_not_checked_may_lie_in_the_future(office: Office) -> None:
    row = landed(office, "complaints", 延期至="2024-05-01")
    assert (row["extended_due_on"], row["warnings"]) == (day("2024-05-01"), None)


def test_all_checks_look_at_the_values_as_read(office: Office) -> None:
    row = landed(office, "complaints", 受理日期="2024-04-05", 办结日期="2024-04-04")
    assert (row["accepted_on"], row["resolved_on"]) == (None, None)
    assert row["warnings"] == "future_date:accepted_on,bad_order:resolved_on,future_date:resolved_on"


@pytest.mark.parametrize(
    ("year", "made_on", "due_on"),
    [("2023", "2023-06-01", "2023-12-31"), ("2023", "2024-02-01", "2024-02-01"), ("2024", "2023-06-01", "2024-12-31")],
)
def test_an_unreadable_due_date_is_the_later_of_the_year_s_end_and_the_promise(
    office: Office, year: str, made_on: str, due_on: str
) -> None:
    row = landed(office, "commitments", 年度=year, 承诺日期=made_on, 兑现期限="长期", 承诺类别="履职尽责")
    assert (row["due_on"], row["warnings"]) == (day(due_on), "bad_value:due_on")


def test_a_commitment_fulfilled_without_a_day_carries_a_warning(office: Office) -> None:
    assert landed(office, "commitments", 履行状态="已兑现")["warnings"] == "bad_value:fulfilled_on"
    assert landed(office, "commitments", 履行状态="已兑现", 兑现日期="2023-07-01")["warnings"] is None
    assert landed(office, "commitments", 履行状态="已兑现", 兑现日期="近日")["warnings"] == "bad_value:fulfilled_on"
    assert (
        landed(office, "commitments", 履行状态="已兑现", 兑现日期="2030-01-01")["warnings"]
        == "future_date:fulfilled_on"
    )


def test_an_unreadable_compensation_due_differs_from_none(office: Office) -> None:
    none = landed(office, "commitments", 应补偿金额="")
    unreadable = landed(office, "commitments", 应补偿金额="若干")
    assert (none["compensation_unreadable"], unreadable["compensation_unreadable"]) == (False, True)
    assert none["compensation_due_yuan"] is unreadable["compensation_due_yuan"] is None
    assert none["row_hash"] != unreadable["row_hash"]


def test_any_other_unreadable_value_equals_none(office: Office) -> None:
    assert landed(office, "commitments", 涉及金额="若干")["row_hash"] == landed(office, "commitments")["row_hash"]


@pytest.mark.parametrize(
    ("resolved_on", "rectify_due_on"),
    [("2024-03-09", "2024-03-09"), ("", "2024-03-01"), ("月底", "2024-03-01"), ("2024-04-03", "2024-03-01")],
)
def test_an_unreadable_rectification_date_is_the_day_of_resolution_or_of_receipt(
    office: Office, resolved_on: str, rectify_due_on: str
) -> None:
    row = landed(office, "complaints", 整改期限="尽快", 办结日期=resolved_on)
    assert row["rectify_due_on"] == day(rectify_due_on)


@pytest.mark.parametrize(("removed_on", "warning"), [("某日", "bad_value"), ("2024-04-03", "future_date")])
def test_a_publication_s_unreadable_or_future_removal_is_its_first_day(
    office: Office, removed_on: str, warning: str
) -> None:
    row = landed(office, "publications", 撤下日期=removed_on)
    assert (row["removed_on"], row["warnings"]) == (day("2024-02-01"), f"{warning}:removed_on")


@pytest.mark.parametrize(("word", "value"), [("也许", True), ("是", True), ("否", False), ("", False)])
def test_an_unreadable_classification_is_read_as_classified(office: Office, word: str, value: bool) -> None:
    assert landed(office, "organizations", 是否涉密=word)["is_classified"] is value


def test_no_classification_is_the_same_version_as_one_that_denies_it(office: Office) -> None:
    said, silent = (landed(office, "organizations", 是否涉密=word) for word in ("否", ""))
    assert said["row_hash"] == silent["row_hash"]
    assert landed(office, "organizations", 是否涉密="是")["row_hash"] != silent["row_hash"]


def test_an_unreadable_retraction_is_none(office: Office) -> None:
    row = landed(office, "complaints", 撤销="也许")
    assert (row["retracted"], row["warnings"]) == (False, "bad_value:retracted")


@pytest.mark.parametrize(
    ("case_type", "case_no", "basis_no", "warnings"),
    [
        ("民事", "（2024）赣0702民初1号", "", None),
        ("民事", "A-1", "", "bad_value:case_no"),
        ("仲裁", "示例仲裁字（2024）第1号", "", None),
        ("执行", "（2024）赣0702执1号", "示例仲裁字（2024）第1号", "bad_value:basis_no"),
        ("执行", "（2024）赣0702执1号", "（2024）****号", "bad_value:basis_no"),
    ],
)
def test_a_case_number_of_no_court_s_form_is_kept_with_a_warning_unless_it_is_an_arbitration_s(
    office: Office, case_type: str, case_no: str, basis_no: str, warnings: str | None
) -> None:
    row = landed(office, "court_cases", 案件类型=case_type, 案号=case_no, 依据案号=basis_no)
    assert (row["case_no"], row["warnings"]) == (case_no, warnings)


def test_a_money_column_s_warning_does_not_touch_the_others(office: Office) -> None:
    row = landed(office, "court_cases", 标的金额="-5", 已履行金额="3万")
    assert (row["amount_yuan"], row["paid_yuan"], row["warnings"]) == (None, Decimal(30_000), "bad_value:amount_yuan")


def test_equal_rows_have_one_hash_however_they_are_written(office: Office) -> None:
    office.put(csv("T-1,问政,样本局,2024-03-01", header=HEADER), "a.csv")
    office.put(
        csv(" T-1,INQUIRY,样本局　,2024年3月1日,,无", header=HEADER + ",受理日期,撤销"), "b.csv", day="2024-05-02"
    )
    office.put(csv("T-1,问政,样本委,2024-03-01"), "c.csv")
    office.put(csv("T-1,问政,样本局,2024-03-01,2024-03-02", header=HEADER + ",受理日期"), "d.csv")
    office.put(csv("T-1,问政,样本局,2024-03-01,2024-03-02", header=HEADER + ",办结日期"), "e.csv")
    office.put(csv("T-1,问政,样本局,2024-03-01,是", header=HEADER + ",撤销"), "f.csv")
    hashes = [row["row_hash"] for row in office.read().rows()]
    assert hashes[0] == hashes[1]
    assert len(set(hashes[1:])) == 5
