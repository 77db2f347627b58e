"""No mart names a classified unit (marts.md): every column of every mart that holds a unit's code is looked at."""

from __future__ import annotations

import pytest

from tests.conventions.tree import described_models, layer_of, sql_files
from tests.unit.checks.checks_world import CITY, CLASSIFIED, World

#: A view shows tables that have their own checks.
MARTS = sorted(
    path.rpartition("/")[2].removesuffix(".sql")
    for path, sql in sql_files().items()
    if layer_of(path) == "marts" and "materialized='view'" not in sql
)
NAMING = [
    (mart, column["name"])
    for mart in MARTS
    for column in described_models()[mart]["columns"]
    if column["name"].endswith("uscc")
]

TITLED = [mart for mart in MARTS if any(column["name"] == "title" for column in described_models()[mart]["columns"])]


def test_marts_by_unit_are_there() -> None:
    assert len({mart for mart, _ in NAMING}) > 30


def assert_stopped(world: World, mart: str) -> None:
    """The check of a mart ran, found the unit, and keeps the marts from being published."""
    outcome = world.outcome(f"{mart}_names_no_classified_unit")
    assert outcome.error is None
    assert outcome.blocking and not outcome.passed


@pytest.mark.parametrize(("mart", "column"), NAMING)
def test_no_column_of_a_mart_may_hold_the_code_of_a_classified_unit(world: World, mart: str, column: str) -> None:
    world.change(f"mart.marts.{mart}", f"UPDATE {{}} SET {column} = '{CLASSIFIED}'")
    assert_stopped(world, mart)


@pytest.mark.parametrize("mart", TITLED)
@pytest.mark.parametrize("named", ["示例市保密单位", CLASSIFIED])
def test_no_title_may_hold_the_name_or_the_code_of_a_classified_unit(world: World, mart: str, named: str) -> None:
    world.change(f"mart.marts.{mart}", f"UPDATE {{}} SET title = '与{named}合作'")
    assert_stopped(world, mart)


@pytest.mark.parametrize("mart", TITLED)
def test_a_title_with_a_name_that_an_open_unit_bears_too_stops_nothing(world: World, mart: str) -> None:
    world.change("warehouse.intermediate.int_unit", f"UPDATE {{}} SET name_norm = '同名' WHERE uscc <> '{CITY}'")
    world.change(f"mart.marts.{mart}", "UPDATE {} SET title = '与示例市保密单位合作'")
    assert world.outcome(f"{mart}_names_no_classified_unit").passed


def test_evidence_that_never_came_is_proved_by_no_row_of_a_classified_unit(world: World) -> None:
    world.change("mart.marts.evidence_row", f"UPDATE {{}} SET feed = 'commitment_letters', key = '{CLASSIFIED}'")
    assert not world.outcome("evidence_row_names_no_classified_unit").passed


def test_a_number_of_evidence_that_reads_like_a_classified_code_stops_nothing(world: World) -> None:
    world.change("mart.marts.evidence_row", f"UPDATE {{}} SET feed = 'complaints', key = '{CLASSIFIED}'")
    assert world.outcome("evidence_row_names_no_classified_unit").passed
