"""The figures of a month are those of the marts at its end, place by place."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from dagster_project.reports.figures import NothingPublishedError, read_figures
from dagster_project.reports.period import PeriodError, read_period
from dagster_project.reports.words import percent, points, rounded, signed
from tests.conventions import tree
from tests.unit.reports import marts


def test_places_are_named_by_their_governments_and_stand_under_their_city(march):
    assert [(place["region_code"], place["name"], place["parent_code"]) for place in march.places] == [
        ("360700", "示例市", "360000"),
        ("360702", "示例东区", "360700"),
        ("360703", "示例西县", "360700"),
    ]
    assert [place["region_code"] for place in march.below("360700")] == ["360702", "360703"]


def test_changes_are_those_of_exact_values_in_percentage_points(march):
    city = march.place("360700")
    # 0.75 - 0.5, 0.625 - 0.65, 2/3 - 2/3; a year ago 0.75 and 0.5.
    assert [rounded(city[f"{name}_change"]) for name in ("coverage", "fulfilment", "resolution")] == [
        Decimal("25.0"),
        Decimal("-2.5"),
        Decimal("0.0"),
    ]
    assert rounded(city["coverage_change_year"]) == 0
    assert rounded(city["fulfilment_change_year"]) == Decimal("12.5")
    assert city["resolution_change_year"] is None
    assert rounded(city["coverage_gap"]) == Decimal("5.0")
    assert march.place("360702")["coverage_change"] is None


def test_what_is_late_and_what_falls_due_is_judged_at_the_end_of_the_month(march):
    # C1 is fulfilled in April only, T1 resolved on 1 April; C2 falls due on 5 April, C3 is done by 31 March.
    found = [(row["standing"], row["number"], row["days_late"]) for row in march.items]
    assert sorted(found, key=str) == sorted(
        [
            ("late", "C1", 10),
            ("next", "C2", None),
            ("late", "T1", 11),
            ("next", "T4", None),
            ("next", f"{marts.FINANCE}:2024Q1", None),
        ],
        key=str,
    )
    assert march.counted("360702", "commitment", "late") | {"region_code": ""} == {
        "region_code": "",
        "kind": "commitment",
        "standing": "late",
        "things": 1,
        "units": 1,
    }
    assert march.counted("360703", "commitment", "late") == {"things": 0, "units": 0}


def test_a_promise_that_is_broken_before_it_is_due_is_no_day_late(tmp_path):
    rows = marts.content()
    rows["overdue_period"][0]["state"] = "breached"
    rows["fct_commitment"][0]["due_on"] = dt.date(2024, 9, 30)
    paths = marts.publish_marts(tmp_path, "v1", rows)
    figures = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")
    assert [(row["standing"], row["days_late"]) for row in figures.items if row["number"] == "C1"] == [("late", 0)]


def test_a_listing_stands_where_it_stood_at_the_end_of_the_month(march):
    # The feedback of 2 April and the listing of 1 April are not of March.
    assert [(row["stage"], row["is_new"], row["days_listed"], row["feedback_on"]) for row in march.listings] == [
        ("warned", True, 22, None)
    ]
    assert [row["case_no"] for row in march.planned] == ["（2024）赣07执7号"]


def test_channels_add_up_to_the_place(march):
    rows = march.rows("channel", "360700")
    assert [(row["channel"], row["complaints_due"], row["complaints_resolved_on_time"]) for row in rows] == [
        ("hotline", 2, 1),
        ("petition", 1, 1),
    ]
    assert sum(row["complaints_accept_due"] for row in rows) == march.place("360700")["complaints_accept_due"]


def test_a_ticket_of_a_channel_without_a_term_to_resolve_is_still_to_be_accepted_in_time(tmp_path):
    rows, day = marts.content(), dt.date.fromisoformat
    ticket = rows["fct_complaint"][0] | {"channel": "credit_office", "resolve_due_on": None, "resolve_state": "none"}
    due = {"accept_due_on": day("2024-03-31")}
    rows["fct_complaint"] += [
        ticket | due | {"ticket_no": "T5"},
        ticket | due | {"ticket_no": "T6", "accept_state": "late"},
        # A duplicate has days, but no state.
        ticket | due | {"ticket_no": "T7", "accept_state": "none", "is_duplicate": True},
    ]
    city = next(row for row in rows["region_monthly"] if row["region_code"] == marts.CITY)
    city |= {"complaints_accept_due": 5, "complaints_accepted_on_time": 4}
    paths = marts.publish_marts(tmp_path, "v1", rows)
    march = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")
    found, place = march.rows("channel", "360700"), march.place("360700")
    for figure in ("complaints_accept_due", "complaints_accepted_on_time", "complaints_due"):
        assert sum(row[figure] for row in found) == place[figure]
    assert [(row["channel"], row["complaints_accept_due"], row["acceptance_rate"]) for row in found] == [
        ("credit_office", 2, 0.5),
        ("hotline", 2, 1.0),
        ("petition", 1, 1.0),
    ]
    assert found[0]["resolution_rate"] is None


def test_a_province_with_a_policy_of_its_own_is_an_office_and_one_without_is_not(published):
    everywhere = read_figures(published.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "")
    assert everywhere.offices == ["360700"]


def test_a_month_after_the_day_of_the_marts_or_before_them_is_refused(published):
    for month, word in (("2024-05", "晚于"), ("2022-01", "最早为 2023-03")):
        with pytest.raises(PeriodError) as refused:
            read_figures(published.published_db, marts.AS_OF, read_period("monthly", month), "36")
        assert word in refused.value.zh
    with pytest.raises(PeriodError):
        read_figures(published.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "41")


def test_where_nothing_is_published_it_is_said(tmp_path):
    with pytest.raises(NothingPublishedError):
        read_figures(tmp_path / "integrity.duckdb", marts.AS_OF, read_period("monthly", "2024-03"), "")


@pytest.mark.parametrize(
    ("rate", "shown"), [(0.0785, "7.9%"), (0.0005, "0.1%"), (2 / 3, "66.7%"), (1.0, "100.0%"), (None, "—")]
)
def test_rates_are_shown_with_one_decimal_half_up(rate, shown):
    assert percent(rate) == shown


def test_a_change_that_rounds_to_nothing_is_no_change():
    assert points(Decimal("-0.04"), "上月") == "与上月持平"
    assert points(Decimal("-0.05"), "上月") == "比上月下降0.1个百分点"
    assert (signed(Decimal("-0.04")), signed(Decimal("2.25")), signed(None)) == ("0.0", "+2.3", "—")


def test_the_tiny_marts_have_no_column_that_the_real_ones_have_not():
    described = {
        name: {column["name"] for column in model["columns"]} for name, model in tree.described_models().items()
    }
    for table, columns in marts.TABLES.items():
        named = {column.split()[0] for column in re.sub(r"\([^)]*\)", "", columns).split(", ")}
        assert named <= described[table], table


def test_own_units_are_compared_with_the_month_before_as_places_are(tmp_path):
    rows = marts.content()
    rows["region_monthly"].append(marts.region(marts.CITY, "own", marts.FEBRUARY, coverage_rate=0.545))
    paths = marts.publish_marts(tmp_path, "v1", rows)
    month = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")
    own = month.own(marts.CITY)
    # All of them signed: 100 % against 54.5 %; the city as a whole 75 % against 50 %.
    assert own and float(own["coverage_change"]) == 45.5
    assert float(month.place(marts.CITY)["coverage_change"]) == 25
