"""What rests on a feed that did not wholly come is marked in every paper, and compared with nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from dagster_project import contracts
from dagster_project.paths import DataPaths
from dagster_project.reports import halfyear, paper, pictures, ranking
from dagster_project.reports.figures import Figures, read_figures
from dagster_project.reports.marks import RESTS_ON
from dagster_project.reports.office import SHIPPED, Office
from dagster_project.reports.period import read_period
from dagster_project.reports.words import FEEDS
from tests.unit.reports import marts

AS_OF = dt.date(2024, 3, 31)
BEFORE, LAST_YEAR = dt.date(2023, 9, 1), dt.date(2023, 2, 1)


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The half-year until March: 1 of 1 complaint in time in January, 2 of 3 in March; before that 1 of 2 twice."""
    rows = marts.content()
    earlier = {"complaints_due": 2, "complaints_resolved_on_time": 1}
    in_time = {"complaints_due": 1, "complaints_resolved_on_time": 1}
    rows["region_monthly"].append(marts.region(marts.CITY, "all", dt.date(2024, 1, 1), **in_time))
    for month in (dt.date(2023, 7, 1), dt.date(2023, 1, 1)):
        rows["region_monthly"].append(marts.region(marts.CITY, "all", month, **earlier))
    rows["feed_monthly"], rows["alert"] = [], []
    root = tmp_path_factory.mktemp("unreported")
    paths = marts.publish_marts(root, "v1", rows, AS_OF)
    return read_figures(paths.published_db, AS_OF, read_period("halfyear", "2024H1"), "3607")


def test_every_core_feed_has_its_name_in_papers_and_figures_that_rest_on_it():
    core = {feed for feed, contract in contracts.load().items() if contract.is_core}
    assert set(FEEDS) == core
    assert {feed for feeds in RESTS_ON.values() for feed in feeds} == core


def test_of_a_feed_on_which_no_figure_rests_no_month_is_missed(march):
    # Of March neither penalties nor tasks came.
    assert [(row["feed"], row["is_missing"]) for row in march.feeds] == [("accountability", True)]


def without_complaints(half: Figures, month: dt.date) -> Figures:
    return replace(half, feeds=[{"feed": "complaints", "month": month, "is_missing": True}])


def test_a_half_year_is_compared_with_none_in_which_complaints_did_not_come(half):
    def changes(figures: Figures) -> tuple[str, str]:
        said = halfyear.fields(figures, figures.place(marts.CITY), Office(SHIPPED))
        row = said["annex_places"].rows[0]
        return row["resolution_change"], row["resolution_change_year"]

    # 3 of 4, and 1 of 2: 25 percentage points more.
    assert changes(half) == ("+25.0", "+25.0")
    assert changes(without_complaints(half, BEFORE)) == ("—", "+25.0")
    assert changes(without_complaints(half, LAST_YEAR)) == ("+25.0", "—")
    assert changes(without_complaints(half, marts.MARCH)) == ("—", "—")


def test_rates_rectifications_and_transfers_of_complaints_that_did_not_come_are_marked(half):
    figures = without_complaints(half, marts.MARCH)
    place = figures.place(marts.CITY)
    row = halfyear.fields(figures, place, Office(SHIPPED))["annex_places"].rows[0]
    shown = {name: row[name] for name in ("resolution_rate", "rectifications_ordered", "transfers")}
    assert shown == {
        "resolution_rate": "75.0%（未报）",
        "rectifications_ordered": "0（未报）",
        "transfers": "0（未报）",
    }
    # Nobody rated anything: a rate of none.
    assert row["satisfaction_rate"] == "—"
    assert halfyear.transfers(figures, place) == "上半年没有转办记录（未报）。"
    sheet = openpyxl.load_workbook(BytesIO(halfyear.book(figures, place, [], None)))["各地"]
    forms = {sheet.cell(2, cell.column).value: cell.number_format for cell in sheet[3]}
    assert (forms["按时办结率"], forms["下达整改"], forms["转办"]) == ('0.0%"（未报）"', '0"（未报）"', '0"（未报）"')


def test_ranks_that_rest_on_what_did_not_come_are_marked_and_their_rise_is_not_told(published: DataPaths):
    quarter = read_figures(published.published_db, marts.AS_OF, read_period("quarterly", "2024Q1"), "3607")
    # Within a year, as ranks of another are not compared.
    second = replace(quarter, period=read_period("quarterly", "2024Q2"))
    city = second.place(marts.CITY)
    # The west was the fifth, and is the first.
    assert ranking.ranking(second, city)[-1] == "与上季度相比，名次上升较多的有示例西县（上升4位）。"
    now = ranking.ranking(without_complaints(second, marts.MARCH), city)
    assert now[0].endswith("，所辖各地名次（未报）如下：") and len(now) == 2
    assert "示例东区（覆盖率50.0%，兑现率50.0%（未报））" in now[1]


def test_the_loop_s_picture_is_marked_where_listings_of_any_month_did_not_come(march: Figures):
    city = march.place(marts.CITY)
    gap = [{"feed": "dishonest_debtors", "month": marts.LAST_MARCH, "is_missing": True}]
    titles = [
        pictures.specs(figures, city, ["loop_picture"])["loop_picture"]["title"]["text"]
        for figures in (march, replace(march, feeds=gap))
    ]
    assert titles == [f"失信联动各环节平均用时与停留情况（截至3月31日）{mark}" for mark in ("", "（未报）")]


def test_the_table_of_places_is_marked_as_the_text_is(march: Figures):
    def told(figures: Figures) -> dict[str, str]:
        row = paper.place_rows(figures, figures.place(marts.CITY))[0]
        names = ("complaints_received", "commitments_due", "fulfilment_ratio", "resolution_rate", "resolution_change")
        return {name: row[name] for name in (*names, "coverage_change", "satisfaction_rate")}

    whole = {"complaints_received": "4", "commitments_due": "8", "fulfilment_ratio": "62.5%"}
    whole |= {"resolution_rate": "66.7%", "resolution_change": "0.0"}
    # What is none has a dash, marked or not.
    whole |= {"coverage_change": "+25.0", "satisfaction_rate": "—"}
    assert told(march) == whole
    marked = {
        "complaints_received": "4（未报）",
        "fulfilment_ratio": "62.5%（未报）",
        "resolution_rate": "66.7%（未报）",
    }
    assert told(without_complaints(march, marts.MARCH)) == whole | marked | {"resolution_change": "—"}
