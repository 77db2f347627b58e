"""Every suite, on data in which nothing is wrong, and on nothing."""

from __future__ import annotations

import pytest

from dagster_project.checks import Suite, load_suites
from tests.unit.checks.checks_world import World

SUITES = load_suites()


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.asset)
def test_good_data_passes_every_check(world: World, suite: Suite) -> None:
    outcomes = world.outcomes(suite)
    assert [(o.check, o.observed, o.rows, o.error) for o in outcomes if not o.passed] == []
    assert [o.check for o in outcomes] == [check.name for check in suite.checks]
