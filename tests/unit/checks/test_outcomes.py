"""What an outcome says: which rows, why it could not be run, and nothing about a person."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dagster_project import checks
from dagster_project.checks import Check, Suite, load_suites, run_suites
from tests.unit.checks.checks_world import AS_OF, World, build


def _query(sql: str, severity: str = "warning") -> Suite:
    expectation = {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": sql},
        "severity": severity,
        "meta": {"check": "probe", "notes": "试"},
    }
    check = Check("probe", "试", severity, expectation)
    return Suite("marts/fct_commitment", "marts.fct_commitment", ("commitment_no",), "试", (check,))


def test_a_query_shows_five_offending_rows_in_order(world: World) -> None:
    (outcome,) = world.outcomes(_query("SELECT commitment_no, due_on FROM {batch}"))
    assert outcome.observed == "7"
    assert [row["commitment_no"] for row in outcome.rows] == ["C-1", "C-2", "C-3", "C-4", "C-5"]
    assert outcome.rows[0] == {"commitment_no": "C-1", "due_on": "2024-02-01"}


def test_a_column_shows_the_keys_of_offending_rows(world: World) -> None:
    world.change("mart.marts.fct_commitment", "UPDATE {} SET field = 'roads' WHERE commitment_no = 'C-2'")
    outcome = world.outcome("fct_commitment_field_is_a_known_code")
    assert outcome.observed == "1 of 7"
    assert outcome.rows == ({"commitment_no": "C-2"},)


def test_a_check_that_passes_shows_no_rows(world: World) -> None:
    assert world.outcome("fct_commitment_field_is_a_known_code").rows == ()


def test_a_warning_that_can_not_be_run_blocks(world: World) -> None:
    (outcome,) = world.outcomes(_query("SELECT no_such_column FROM {batch}"))
    assert (outcome.passed, outcome.blocking, outcome.severity) == (False, True, "critical")
    assert outcome.error is not None and "no_such_column" in outcome.error


def test_an_error_that_may_quote_a_value_is_not_repeated(world: World) -> None:
    (outcome,) = world.outcomes(_query("SELECT commitment_no FROM {batch} WHERE CAST(title AS INTEGER) > 0"))
    assert outcome.blocking and not outcome.passed
    assert outcome.error == "the query failed"


def test_a_suite_without_its_table_passes_in_no_check(world: World) -> None:
    world.change("mart.marts.fct_listing", "DROP TABLE {}")
    outcomes = world.outcomes(world.suite("marts/fct_listing"))
    assert all(o.blocking and not o.passed for o in outcomes)
    # What is missing can be said of the columns; nothing else can be run.
    assert [o.check for o in outcomes if not o.error] == ["fct_listing_has_the_promised_columns"]


def test_a_check_that_can_not_be_run_leaves_the_others_their_verdicts(world: World) -> None:
    world.change("mart.marts.fct_listing", "ALTER TABLE {} DROP COLUMN days_listed")
    outcomes = {o.check: o for o in world.outcomes(world.suite("marts/fct_listing"))}
    assert [name for name, o in outcomes.items() if o.error] == ["fct_listing_days_run_from_publication"]
    failed = [name for name, o in outcomes.items() if not o.passed and not o.error]
    assert failed == ["fct_listing_has_the_promised_columns"]
    assert outcomes["fct_listing_names_no_classified_unit"].passed


def test_a_complaint_is_shown_by_its_number_alone(world: World) -> None:
    world.change("warehouse.raw.complaints", "UPDATE {} SET accepted_on = NULL")
    outcome = world.outcome("complaints_accepted_on_is_mostly_filled")
    assert outcome.observed == "40 of 40"
    assert [set(row) for row in outcome.rows] == [{"ticket_no"}] * 5


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    directory = tmp_path_factory.mktemp("databases")
    warehouse, candidate = directory / "it's.duckdb", directory / "candidate.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{str(warehouse).replace(chr(39), chr(39) * 2)}' AS warehouse")
        connection.execute(f"ATTACH '{candidate}' AS mart")
        build(connection.execute)
    return warehouse, candidate


def test_suites_run_on_two_files_and_let_go_of_them(files: tuple[Path, Path]) -> None:
    warehouse, candidate = files
    suites = [suite for suite in load_suites() if suite.asset in ("raw/delivery", "marts/delivery")]
    outcomes = run_suites(warehouse, candidate, AS_OF, suites)
    assert [o.check for o in outcomes if not o.passed] == []
    assert len(outcomes) == sum(len(suite.checks) for suite in suites)
    for path in files:
        with duckdb.connect(str(path)) as connection:
            connection.execute("CREATE OR REPLACE TABLE written AS SELECT 1 AS one")


def test_suites_of_arrivals_need_no_candidate(files: tuple[Path, Path]) -> None:
    outcomes = run_suites(files[0], None, AS_OF, load_suites("raw")[:2])
    assert all(outcome.passed for outcome in outcomes)


def test_marts_without_a_candidate_do_not_pass(files: tuple[Path, Path]) -> None:
    outcomes = run_suites(files[0], None, AS_OF, load_suites("marts")[:1])
    assert all(o.blocking and not o.passed for o in outcomes)


def test_a_warehouse_that_is_not_there_does_not_pass(tmp_path: Path) -> None:
    outcomes = run_suites(tmp_path / "warehouse.duckdb", None, AS_OF, load_suites("policy"))
    assert outcomes and all(o.blocking and not o.passed for o in outcomes)
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_the_observation_day_comes_in_from_outside(files: tuple[Path, Path]) -> None:
    (suite,) = [suite for suite in load_suites("raw") if suite.asset == "raw/delivery"]
    failed = [o.check for o in run_suites(files[0], None, AS_OF.replace(day=24), [suite]) if not o.passed]
    assert failed == ["delivery_was_received_by_as_of"]


def test_nothing_is_written_to_standard_output(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    run_suites(files[0], None, AS_OF, load_suites("policy"))
    assert capsys.readouterr().out == ""


def test_each_check_is_an_asset_check_of_its_table() -> None:
    import dagster as dg

    suites = load_suites()
    specs = {spec.name: spec for spec in checks.check_specs(suites)}
    assert len(specs) == sum(len(suite.checks) for suite in suites)
    spec = specs["fct_complaint_names_no_classified_unit"]
    assert spec.asset_key == dg.AssetKey(["marts", "fct_complaint"])
    assert spec.blocking
    assert not specs["complaints_arrived_within_45_days"].blocking


def test_dagster_is_told_the_verdict_its_weight_and_the_rows(world: World) -> None:
    import dagster as dg

    world.change("mart.marts.fct_commitment", "UPDATE {} SET field = 'roads' WHERE commitment_no = 'C-2'")
    (result,) = checks.check_results([world.outcome("fct_commitment_field_is_a_known_code")])
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert result.metadata["rows"].value == [{"commitment_no": "C-2"}]


def test_dagster_is_warned_of_what_does_not_block(world: World) -> None:
    import dagster as dg

    world.change("mart.marts.fct_listing", "UPDATE {} SET court = NULL")
    (result,) = checks.check_results([world.outcome("fct_listing_court_is_mostly_filled")])
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
