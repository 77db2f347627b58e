"""The half-year report adds up months, tells complaints by channel, and how what was found is put right."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document

from dagster_project.reports import halfyear, word
from dagster_project.reports.figures import read_figures
from dagster_project.reports.making import make_report
from dagster_project.reports.office import SHIPPED, Office
from dagster_project.reports.period import PeriodError, read_period
from tests.unit.reports import marts

AS_OF = dt.date(2024, 3, 31)


def content() -> dict[str, marts.Rows]:
    """By 31 March: in January 1 complaint in time, in March 2 of 3; a half-year before 1 of 2. Two were found true."""
    rows = marts.content()
    day = dt.date.fromisoformat
    in_time = {"complaints_accept_due": 1, "complaints_accepted_on_time": 1, "complaints_resolved_on_time": 1}
    rows["region_monthly"] += [
        marts.region(marts.CITY, "all", day("2024-01-01"), complaints_received=1, complaints_due=1, **in_time),
        marts.region(
            marts.CITY, "all", day("2023-07-01"), complaints_received=2, complaints_due=2, complaints_resolved_on_time=1
        ),
    ]
    for row in rows["region_monthly"]:
        if row["month"] == marts.MARCH and row["reach"] == "all" and row["region_code"] in (marts.CITY, marts.EAST):
            row["complaints_substantiated"] = 2
    found: dict[str, dict[str, Any]] = {
        "T1": {"finding": "substantiated"},
        "T2": {"finding": "partly", "rectify_due_on": day("2024-03-25")},
        "T3": {"finding": "substantiated", "rectify_due_on": day("2024-04-10"), "rectified_on": day("2024-03-31")},
    }
    tickets = rows["fct_complaint"]
    for row in tickets:
        row.update(found.get(row["ticket_no"], {}))
    none = {"accept_due_on": None, "resolve_due_on": None, "resolve_state": "none", "finding": "substantiated"}
    tickets.append(tickets[1] | none | {"ticket_no": "T5", "excluded_reason": "内容不清"})
    tickets.append(tickets[1] | none | {"ticket_no": "T6", "is_duplicate": True})
    rows["region_policy"].append(rows["region_policy"][0] | {"region_code": marts.EAST})
    passed_on = {"ticket_no": "T1", "uscc": marts.HOUSING}
    rows["transfer"] = [
        passed_on | {"transfer_no": number, "transferred_on": day(on)}
        for number, on in ((1, "2024-03-02"), (2, "2024-03-05"), (3, "2023-12-31"))
    ]
    return rows


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return marts.publish_marts(tmp_path_factory.mktemp("half"), "v1", content(), AS_OF)


@pytest.fixture(scope="module")
def half(paths):
    return read_figures(paths.published_db, AS_OF, read_period("halfyear", "2024H1"), "3607")


@pytest.fixture(scope="module")
def city(half):
    return half.place(marts.CITY)


def test_months_add_up_and_rates_are_of_the_sums(half, city):
    assert [city[name] for name, _ in halfyear.COUNTS] == [6, 4, 4, 4, 3, 2]
    assert (city["acceptance_rate"], city["resolution_rate"], city["complaints_open_overdue"]) == (1.0, 0.75, 1)
    said = halfyear.fields(half, city, Office(SHIPPED))["complaints_text"]
    assert said.startswith("上半年收到投诉6件，比上年下半年增加4件，另有重复投诉1件不计。应受理4件，全部按时受理")
    assert "按时办结率75.0%，比上年下半年提高25.0个百分点" in said


def test_a_half_year_of_which_the_first_month_is_not_held_is_none(paths):
    rows = content()
    rows["region_monthly"] = [row for row in rows["region_monthly"] if row["month"] != dt.date(2023, 7, 1)]
    rows["region_monthly"].append(marts.region(marts.CITY, "all", dt.date(2023, 8, 1), complaints_received=2))
    later = marts.publish_marts(paths.root / "later", "v1", rows, AS_OF)
    figures = read_figures(later.published_db, AS_OF, read_period("halfyear", "2024H1"), "3607")
    assert figures.place(marts.CITY)["complaints_received_change"] is None


def test_complaints_are_told_by_channel_without_duplicates_and_in_time_without_the_excluded(half, city):
    rows = [
        [row[name] for name in ("channel", *dict(halfyear.COUNTS))] for row in half.rows("handling_channel", "360700")
    ]
    assert rows == [["hotline", 3, 2, 2, 2, 1, 1], ["petition", 2, 1, 1, 1, 1, 1]]
    assert halfyear.channels(half, city) == (
        "从来源看，12345热线3件、信访2件。分渠道看，按时办结率由低到高为12345热线50.0%、信访100.0%。"
    )
    assert halfyear.channels(half, half.place(marts.WEST)) == "上半年没有收到投诉。"


def test_what_was_substantiated_is_told_with_its_rectification(half, city):
    assert halfyear.rectifications(half, city) == (
        "上半年办结的投诉中，经核查属实或部分属实2件，下达限期整改2件，已整改1件，整改逾期1件。"
    )
    assert halfyear.rectifications(half, half.place(marts.WEST)) == "上半年办结的投诉中，没有经核查属实或部分属实的。"


def test_transfers_are_those_of_the_period(half, city):
    assert halfyear.transfers(half, city) == "上半年转办投诉1件，共2次，其中再次转办1次。"
    assert halfyear.transfers(half, half.place(marts.WEST)) == "上半年没有转办记录。"


def test_a_target_of_the_policy_stands_beside_its_figure(half, city):
    said = halfyear.fields(half, city, Office(SHIPPED))["complaints_text"]
    assert "按时办结率75.0%，比上年下半年提高25.0个百分点，距95.0%的目标还差20.0个百分点。" in said
    assert "目标" not in halfyear.fields(half, half.place(marts.WEST), Office(SHIPPED))["complaints_text"]


def test_the_paper_keeps_its_form(half, city):
    office = Office(SHIPPED)
    said = halfyear.fields(half, city, office)
    assert said["title"] == "关于示例市2024年上半年\n政务诚信投诉办理情况的报告（截至3月31日）"
    assert said["document_no"] == "信用办报告〔2024〕1号"
    document = Document(BytesIO(word.render(office.template("halfyear"), said, {}, AS_OF)))
    assert not [one.text for one in document.paragraphs if "{" in one.text or "None" in one.text]
    heads = [cell.text for cell in document.tables[1].rows[0].cells]
    assert "较上年下半年（百分点）" in heads
    assert [annex.title for annex in said["annexes"]][:3] == ["分渠道办理情况表", "各地办理情况表", "各单位办理情况表"]


def test_a_count_of_complaints_that_did_not_come_carries_its_mark(paths):
    rows = content()
    rows["alert"].append({"alert_id": "feed_missing:complaints:2024-03"})
    for row in rows["feed_monthly"]:
        row["reported"] = row["feed"] != "complaints"
    unreported = marts.publish_marts(paths.root / "unreported", "v1", rows, AS_OF)
    figures = read_figures(unreported.published_db, AS_OF, read_period("halfyear", "2024H1"), "3607")
    place = figures.place(marts.CITY)
    assert halfyear.channels(figures, place).startswith("从来源看，12345热线3件（未报）、信访2件（未报）。")
    sheet = openpyxl.load_workbook(BytesIO(halfyear.book(figures, place, [], None)))["分渠道"]
    assert (sheet["B3"].value, sheet["B3"].number_format) == (3, '0"（未报）"')


def test_it_is_frozen_with_its_book_and_restated_where_a_figure_changed(tmp_path, monkeypatch):
    paths = marts.publish_marts(tmp_path, "v1", content(), AS_OF)
    monkeypatch.setattr("dagster_project.reports.making.picture_font", lambda: None)
    first = make_report(paths, "halfyear", "2024H1", "3607", wants_pdf=False).revision
    assert first.folder == paths.marts / "reports" / "halfyear" / "2024H1" / "r1"
    book = openpyxl.load_workbook(first.folder / "360700" / "halfyear.xlsx")
    assert book.sheetnames == ["各地", "分渠道", "单位", "逾期事项", "数据说明"]
    rows = content()
    rows["transfer"] = rows["transfer"][:1]
    marts.publish_marts(paths.root, "v2", rows, AS_OF)
    again = make_report(paths, "halfyear", "2024H1", "3607", wants_pdf=False).revision
    changed = openpyxl.load_workbook(again.folder / "360702" / "halfyear.xlsx")["更正情况"]
    assert [[cell.value for cell in row] for row in changed.iter_rows(min_row=3)] == [
        ["示例东区", "转办", "2", "1"],
        ["示例东区", "再次转办", "1", "0"],
    ]


@pytest.mark.parametrize("text", ["2024H3", "2024Q1", "H1", "2024h1"])
def test_what_is_no_half_year_is_refused(text):
    with pytest.raises(PeriodError):
        read_period("halfyear", text)


def test_what_is_overdue_stands_with_the_unit_that_answers_at_the_end(tmp_path):
    rows = content()
    day = dt.date.fromisoformat
    rows["dim_organization"].append(
        {"uscc": "OLD", "name": "示例东区旧局", "region_code": marts.EAST, "level": "county"}
        | {"org_type": "department", "abolished_on": day("2024-03-10")}
    )
    rows["succession"] = [{"uscc": "OLD", "valid_from": day("2024-03-10"), "answerable_uscc": marts.HOUSING}]
    rows["org_monthly"].append(
        marts.unit("OLD", marts.EAST, marts.FEBRUARY, complaints_substantiated=1, complaints_open_overdue=1)
    )
    found = {"resolved_on": day("2024-02-20"), "finding": "substantiated", "rectify_due_on": day("2024-03-01")}
    rows["fct_complaint"].append(
        {"ticket_no": "T9", "channel": "hotline", "uscc": "OLD", "received_on": day("2024-02-01")}
        | {"is_duplicate": False, "accept_state": "none", "resolve_state": "none"}
        | found
    )
    paths = marts.publish_marts(tmp_path, "v1", rows, AS_OF)
    half = read_figures(paths.published_db, AS_OF, read_period("halfyear", "2024H1"), "3607")
    told = ("complaints_open_overdue", "rectifications_ordered", "rectifications_overdue")
    units = {unit["uscc"]: [unit[name] for name in told] for unit in half.handling_units}
    # Ordered while the old one stood; T2 and T9 are overdue on 31 March, when housing answers for both.
    assert units["OLD"] == [0, 1, 0]
    assert units[marts.HOUSING] == [1, 2, 2]
    (east,) = half.rows("handling_count", marts.EAST)
    assert (east["rectifications_ordered"], east["rectifications_overdue"]) == (3, 2)
