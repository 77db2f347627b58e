"""What must always hold: the same deliveries give the same marts, however they came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dagster_project.paths import DataPaths
from tests.integration.small_city import Table, build, deliveries, differing, marts_in, read, split, write

# These name files and rows, which a split file has others of.
OF_FILES = ("delivery", "evidence", "evidence_row", "feed_monthly", "quarantine")


@pytest.fixture(scope="module")
def marts(ran: Path) -> Mapping[str, Table]:
    """What the first run has published."""
    return marts_in(DataPaths(ran).published_db)


def test_the_small_city_has_figures_of_every_kind(marts: Mapping[str, Table]) -> None:
    empty = {name for name, rows in marts.items() if not rows}
    assert empty & {"org_monthly", "region_quarterly", "fct_commitment", "fct_complaint", "quarantine"} == set()
    assert empty & {"fct_integrity_record", "annual_assessment", "annual_deduction", "alert"} == set()


def test_a_second_run_changes_nothing(new_city: Callable[[str], Path], marts: Mapping[str, Table]) -> None:
    assert differing(marts, build(new_city("again"), "second")) == []


def test_files_split_in_two_give_the_same_figures(tmp_path: Path, marts: Mapping[str, Table]) -> None:
    write(tmp_path, split(deliveries()))
    assert sorted(differing(marts, build(tmp_path, "split"))) == sorted(OF_FILES)


def test_a_file_that_comes_late_under_an_earlier_day_gives_what_reading_all_at_once_gives(
    tmp_path: Path, marts: Mapping[str, Table]
) -> None:
    everything = deliveries()
    late = ("complaints", "2024-03-05", "台账.csv")
    gone = {("complaints", "2024-04-05", "多余.csv"): everything["complaints", "2024-05-05", "台账.csv"]}
    write(tmp_path, {key: lines for key, lines in everything.items() if key != late} | gone)
    read(tmp_path)
    (tmp_path / "raw" / "complaints" / "2024-04-05" / "多余.csv").unlink()
    write(tmp_path, {late: everything[late]})
    assert differing(marts, build(tmp_path, "late")) == []


def test_a_changed_value_is_noticed_as_a_difference(marts: Mapping[str, Table]) -> None:
    first, *rest = marts["fct_commitment"]
    changed = {**marts, "fct_commitment": [(*first[:-1], "another"), *rest]}
    assert (differing(marts, dict(marts)), differing(marts, changed)) == ([], ["fct_commitment"])
