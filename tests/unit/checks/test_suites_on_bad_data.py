"""Each check fails where what it is for goes wrong, and by its verdict: not because it could not be run."""

from __future__ import annotations

import pytest

from dagster_project.checks import Check, Suite, load_suites
from tests.unit.checks.breakages import BREAKAGES, Breakage
from tests.unit.checks.checks_world import World

SUITES = load_suites()
DELIVERY = "warehouse.raw.delivery"


def _of_feed(suite: Suite, check: Check) -> Breakage | None:
    """The breakage of a check that every feed has, under its own name."""
    feed, landed = suite.asset.partition("/")[2], f"warehouse.{suite.table}"
    column = check.expectation["kwargs"].get("column")
    newest = f"WHERE feed = '{feed}' AND received_on = '2024-02-25'"
    return {
        f"{feed}_landed_what_was_delivered": (landed, "DELETE FROM {}"),
        f"{feed}_{column}_is_mostly_filled": (landed, f"UPDATE {{}} SET {column} = NULL"),
        f"{feed}_volume_is_near_its_median": (DELIVERY, f"UPDATE {{}} SET rows_read = 51 {newest}"),
        f"{feed}_quarantine_is_below_a_tenth": (DELIVERY, f"UPDATE {{}} SET rows_quarantined = 5 {newest}"),
        f"{feed}_arrived_within_45_days": (
            DELIVERY,
            f"UPDATE {{}} SET received_on = received_on - 42 WHERE feed = '{feed}'",
        ),
    }.get(check.name)


def _breakage(suite: Suite, check: Check) -> Breakage:
    found = BREAKAGES.get(check.name) or _of_feed(suite, check)
    assert found is not None, f"no test makes {check.name} fail"
    return found


@pytest.mark.parametrize(
    ("suite", "check"),
    [pytest.param(suite, check, id=check.name) for suite in SUITES for check in suite.checks],
)
def test_the_check_fails_on_what_it_is_for(world: World, suite: Suite, check: Check) -> None:
    world.change(*_breakage(suite, check))
    (outcome,) = world.outcomes(suite, check.name)
    assert outcome.error is None
    assert not outcome.passed
    assert outcome.blocking == (check.severity == "critical")


def test_no_breakage_is_left_over_from_a_check_that_is_gone() -> None:
    assert sorted(set(BREAKAGES) - {check.name for suite in SUITES for check in suite.checks}) == []
