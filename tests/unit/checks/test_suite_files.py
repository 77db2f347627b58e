"""How a suite has to be written: with floors, plain names, notes for people, and no word about a person."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dagster_project import contracts
from dagster_project.checks import EXPECTATIONS, Suite, SuiteError, load_suites
from dagster_project.modelling.findings import untold_columns

SUITES = load_suites()
PERSONAL = {
    column.name for contract in contracts.load().values() for column in contract.columns.values() if column.personal
}


def test_every_feed_has_a_suite() -> None:
    assert {suite.asset for suite in SUITES if suite.layer == "raw"} == {
        f"raw/{name}" for name in (*contracts.feed_names(), "delivery")
    }


def test_every_mart_has_a_suite() -> None:
    models = EXPECTATIONS.parent / "dbt" / "models" / "marts"
    assert {suite.asset.partition("/")[2] for suite in SUITES if suite.layer == "marts"} == {
        path.stem
        for path in models.rglob("*.sql")
        # A view shows tables that have their own.
        if "materialized='view'" not in path.read_text("utf-8")
    }


@pytest.mark.parametrize("kind", ["rows", "fill"])
@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.asset)
def test_every_suite_has_a_floor(suite: Suite, kind: str) -> None:
    # An empty table, or a column without a value, passes nearly every other expectation.
    assert kind in {check.expectation["meta"].get("floor") for check in suite.checks}


def test_only_the_register_and_the_roster_demand_rows_of_what_arrives() -> None:
    demanded = [
        check.name
        for suite in SUITES
        if suite.layer == "raw"
        for check in suite.checks
        if check.blocking and check.expectation["type"] == "expect_table_row_count_to_be_between"
    ]
    assert sorted(demanded) == ["delivery_has_arrived", "organizations_roster_is_there"]


def test_check_names_are_plain_and_unique() -> None:
    names = [check.name for suite in SUITES for check in suite.checks]
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []
    assert len(set(names)) == len(names)


def test_every_note_is_chinese_and_every_severity_known() -> None:
    for suite in SUITES:
        assert re.search("[一-鿿]", suite.note), suite.asset
        for check in suite.checks:
            assert re.search("[一-鿿]", check.note), check.name
            assert check.severity in ("critical", "warning"), check.name


def test_files_are_readable_as_they_stand() -> None:
    for path in EXPECTATIONS.glob("*/*.json"):
        assert "\\u" not in path.read_text("utf-8"), path.name


def test_no_suite_judges_a_personal_column_or_shows_one_that_can_name_a_person() -> None:
    for suite in SUITES:
        assert not untold_columns() & set(suite.keys), suite.asset
        for check in suite.checks:
            column = check.expectation["kwargs"].get("column")
            assert column not in PERSONAL, check.name
            selected = check.expectation["kwargs"].get("unexpected_rows_query", "").partition(" FROM ")[0]
            assert not untold_columns() & set(re.findall(r"[a-z_]+", selected)), check.name
            assert "*" not in selected.replace("count(*)", ""), check.name


def test_no_suite_reads_a_clock() -> None:
    for suite in SUITES:
        for check in suite.checks:
            query = check.expectation["kwargs"].get("unexpected_rows_query", "").lower()
            assert not re.search(r"current_(date|timestamp)|\bnow\(|\btoday\(", query), check.name


def test_a_suite_for_another_asset_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    content = json.loads((EXPECTATIONS / "raw" / "tasks.json").read_text("utf-8"))
    (tmp_path / "raw" / "transfers.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(SuiteError, match="raw/transfers.json: meta.asset is raw/tasks"):
        load_suites(directory=tmp_path)


def test_a_suite_without_a_note_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    content = json.loads((EXPECTATIONS / "raw" / "tasks.json").read_text("utf-8"))
    del content["expectations"][0]["meta"]["notes"]
    (tmp_path / "raw" / "tasks.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(SuiteError, match="notes"):
        load_suites(directory=tmp_path)


def test_a_check_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    content = json.loads((EXPECTATIONS / "raw" / "tasks.json").read_text("utf-8"))
    content["expectations"].append(content["expectations"][0])
    (tmp_path / "raw" / "tasks.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(SuiteError, match="tasks_landed_what_was_delivered"):
        load_suites(directory=tmp_path)
