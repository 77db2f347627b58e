"""Where the checks on arrivals begin to speak, worked by hand: the feed has four days of ten rows each."""

from __future__ import annotations

import pytest

from tests.unit.checks.checks_world import World

DELIVERY = "warehouse.raw.delivery"
NEWEST = "WHERE feed = 'complaints' AND received_on = '2024-02-25'"


@pytest.mark.parametrize(("rows", "passes"), [(1, False), (2, True), (50, True), (51, False)])
def test_volume_may_be_a_fifth_to_five_times_the_median(world: World, rows: int, passes: bool) -> None:
    world.change(DELIVERY, f"UPDATE {{}} SET rows_read = {rows} {NEWEST}")
    assert world.outcome("complaints_volume_is_near_its_median").passed == passes


def test_volume_of_a_nil_report_is_not_compared(world: World) -> None:
    world.change(DELIVERY, f"UPDATE {{}} SET rows_read = 0 {NEWEST}")
    assert world.outcome("complaints_volume_is_near_its_median").passed


def test_volume_with_two_earlier_days_is_not_compared(world: World) -> None:
    world.change(DELIVERY, "DELETE FROM {} WHERE feed = 'complaints' AND received_on = '2024-01-05'")
    world.change(DELIVERY, f"UPDATE {{}} SET rows_read = 1000 {NEWEST}")
    assert world.outcome("complaints_volume_is_near_its_median").passed


def test_files_of_one_day_are_one_arrival(world: World) -> None:
    # 30 + 30 rows on the newest day against a median of ten: each alone would pass.
    world.change(DELIVERY, f"UPDATE {{}} SET rows_read = 30 {NEWEST}")
    world.change(
        DELIVERY,
        f"INSERT INTO {{}} SELECT * REPLACE (999 AS delivery_id, 'complaints-2.csv' AS file) FROM {{}} {NEWEST}",
    )
    assert not world.outcome("complaints_volume_is_near_its_median").passed


@pytest.mark.parametrize(("rows", "passes"), [(4, True), (5, False)])
def test_a_tenth_of_forty_rows_in_quarantine_is_four(world: World, rows: int, passes: bool) -> None:
    world.change(DELIVERY, f"UPDATE {{}} SET rows_quarantined = {rows} {NEWEST}")
    assert world.outcome("complaints_quarantine_is_below_a_tenth").passed == passes


@pytest.mark.parametrize(("newest", "passes"), [("2024-01-15", True), ("2024-01-14", False)])
def test_a_core_feed_may_be_45_days_old(world: World, newest: str, passes: bool) -> None:
    world.change(DELIVERY, "DELETE FROM {} WHERE feed = 'complaints' AND received_on > '2024-01-05'")
    world.change(DELIVERY, f"UPDATE {{}} SET received_on = DATE '{newest}' WHERE feed = 'complaints'")
    assert world.outcome("complaints_arrived_within_45_days").passed == passes


def test_a_feed_never_sent_blocks_nothing(world: World) -> None:
    world.change(DELIVERY, "DELETE FROM {} WHERE feed = 'complaints'")
    world.change("warehouse.raw.complaints", "DELETE FROM {}")
    outcomes = {o.check: o for o in world.outcomes(world.suite("raw/complaints"))}
    failed = [name for name, outcome in outcomes.items() if not outcome.passed]
    assert failed == ["complaints_arrived_within_45_days"]
    assert not outcomes["complaints_arrived_within_45_days"].blocking


def test_rows_of_a_delivery_that_vanished_are_not_looked_at(world: World) -> None:
    world.change("warehouse.raw.complaints", "UPDATE {} SET received_on = NULL, delivery_id = -1 WHERE row_no < 9")
    assert world.outcome("complaints_received_on_is_mostly_filled").passed


@pytest.mark.parametrize(("empty", "passes"), [(4, True), (5, False)])
def test_nine_of_ten_rows_filled_is_enough(world: World, empty: int, passes: bool) -> None:
    world.change(
        "warehouse.raw.complaints",
        "UPDATE {} SET received_on = NULL WHERE rowid IN"
        f" (SELECT rowid FROM {{}} ORDER BY delivery_id, row_no LIMIT {empty})",
    )
    assert world.outcome("complaints_received_on_is_mostly_filled").passed == passes
