"""The workbook holds figures as numbers, texts as texts, and opens as an office wants it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from dagster_project.reports.changes import Change
from dagster_project.reports.workbook import workbook
from tests.unit.reports import marts


@pytest.fixture(scope="module")
def content(march):
    return workbook(march, march.place("360700"), ["一条说明"], None)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(BytesIO(content))


def column(sheet: Any, head: str) -> list[Any]:
    place = next(cell.column for cell in sheet[2] if cell.value == head)
    return [sheet.cell(row, place) for row in range(3, sheet.max_row + 1)]


def test_the_same_figures_give_the_same_bytes(march, content):
    assert content == workbook(march, march.place("360700"), ["一条说明"], None)


def test_every_place_and_every_unit_has_its_row(book):
    assert book.sheetnames == ["各地指标", "图表", "单位", "逾期事项", "近期到期事项", "失信被执行人", "数据说明"]
    assert [cell.value for cell in column(book["各地指标"], "地区")] == ["示例市", "　示例东区", "　示例西县"]
    units = [cell.value for cell in column(book["单位"], "单位")]
    assert units == ["示例市财政局", "示例东区教育局", "示例东区住建局", "=示例西县<b>{{ 镇 }}&"]
    assert [cell.value for cell in column(book["单位"], "承诺书")] == ["已签署", "逾期未签署", "已签署", "已签署"]


def test_rates_are_numbers_shown_as_percent_and_what_is_none_is_a_dash(book):
    rates = column(book["各地指标"], "coverage_rate 标签")
    assert [(cell.value, cell.number_format) for cell in rates] == [(0.75, "0.0%"), (0.5, "0.0%"), (1, "0.0%")]
    assert [cell.value for cell in column(book["各地指标"], "resolution_rate 标签")] == [2 / 3, "—", "—"]


def test_changes_stand_beside_figures_since_the_month_before_and_since_a_year_ago(book):
    sheet = book["各地指标"]
    shown = {
        "覆盖率较上月（百分点）": (25, "+0.0;-0.0;0.0"),
        "覆盖率较上年同期（百分点）": (0, "+0.0;-0.0;0.0"),
        "收到投诉较上月（件）": (3, "+0;-0;0"),
        "收到投诉较上年同期（件）": (-2, "+0;-0;0"),
    }
    found = {head: column(sheet, head)[0] for head in shown}
    assert {head: (cell.value, cell.number_format) for head, cell in found.items()} == shown
    # Of a place that was not there before nothing is said.
    assert [cell.value for cell in column(sheet, "收到投诉较上月（件）")[1:]] == ["—", "—"]


def test_a_figure_of_a_feed_that_did_not_come_carries_its_mark(book):
    assert {cell.number_format for cell in column(book["各地指标"], "records_new 标签")} == {'0"（未报）"'}
    assert {cell.number_format for cell in column(book["各地指标"], "listings_new 标签")} == {"0"}


def test_every_figure_of_complaints_that_did_not_come_carries_its_mark_and_no_change_of_it_is_shown(march):
    gap = [{"feed": "complaints", "month": marts.MARCH, "is_missing": True}]
    content = workbook(replace(march, feeds=gap), march.place("360700"), [], None)
    sheet = openpyxl.load_workbook(BytesIO(content))["各地指标"]
    forms = {
        "complaints_received": '0"（未报）"',
        "complaints_duplicate": '0"（未报）"',
        "complaints_substantiated": '0"（未报）"',
        "acceptance_rate": '0.0%"（未报）"',
        "resolution_rate": '0.0%"（未报）"',
        "fulfilment_ratio": '0.0%"（未报）"',
        "amount_fulfilled_yuan": '#,##0.00"（未报）"',
        "commitments_due": "0",
        "listings_active": "0",
    }
    assert {name: column(sheet, f"{name} 标签")[0].number_format for name in forms} == forms
    heads = ("收到投诉较上月（件）", "收到投诉较上年同期（件）", "按时办结率较上月（百分点）", "逾期投诉较上月（件）")
    assert [column(sheet, head)[0].value for head in heads] == ["—"] * 4
    assert column(sheet, "覆盖率较上月（百分点）")[0].value == 25


def test_nothing_is_compared_with_a_month_that_did_not_come(march):
    gap = [{"feed": "complaints", "month": marts.FEBRUARY, "is_missing": True}]
    content = workbook(replace(march, feeds=gap), march.place("360700"), [], None)
    sheet = openpyxl.load_workbook(BytesIO(content))["各地指标"]
    assert column(sheet, "complaints_received 标签")[0].number_format == "0"
    # Four now, six a year ago.
    heads = ("收到投诉较上月（件）", "收到投诉较上年同期（件）")
    assert [column(sheet, head)[0].value for head in heads] == ["—", -2]


def test_heads_are_frozen_repeated_and_filtered(book):
    for name in ("各地指标", "单位", "逾期事项"):
        sheet = book[name]
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("C3", "$1:$2")
        assert sheet.auto_filter.ref.startswith("A2:")


def test_text_of_feeds_is_never_a_formula(content, book):
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    assert sum(len(re.findall(r"<f[ >]", sheet)) for sheet in sheets) == 0
    assert {cell.data_type for cell in column(book["单位"], "单位")} == {"s"}


def test_charts_are_native_and_show_the_places_straight_below(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    assert len(charts) == 2
    assert all("$A$3:$A$4" in chart for chart in charts)


def test_a_restatement_has_its_sheet(march):
    changes = [Change("示例市", "承诺覆盖率", "50.0%", "75.0%")]
    sheet = openpyxl.load_workbook(BytesIO(workbook(march, march.place("360700"), [], changes)))["更正情况"]
    assert [cell.value for cell in sheet[3]] == ["示例市", "承诺覆盖率", "50.0%", "75.0%"]


def test_days_are_days(book):
    assert [cell.value.date() for cell in column(book["逾期事项"], "期限")] == [
        marts.MARCH.replace(day=21),
        marts.MARCH.replace(day=20),
    ]
