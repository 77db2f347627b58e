"""The samples' papers call every place by a name: where the roster has no units of it, by that of the office."""

from __future__ import annotations

from pathlib import Path

from bench.samples.roster import annex_units, units
from dagster_project.reports.office import read_office

DATA = Path(__file__).parents[3] / "data"


def test_the_places_above_the_roster_s_have_invented_names_of_their_own():
    regions = {unit.region.code: unit.region.name for unit in (*units(), *annex_units())}
    above = {f"{code[:digits]:0<6}" for code in regions for digits in (2, 4)}
    named = read_office(DATA).regions
    assert set(named) == above - set(regions) == {"360000", "410000", "410400"}
    assert all(name.startswith("示例") for name in named.values())
    assert not set(named.values()) & set(regions.values())
