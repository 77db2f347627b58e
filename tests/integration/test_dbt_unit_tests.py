"""dbt's unit tests: every rule at its edges, on rows given with the test."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from dagster_project import modelling, warehouse
from dagster_project.intake import read_deliveries
from dagster_project.modelling import compiled, compiling

DAYS = {"as_of": "2024-12-31", "span_start": "2023-01-01"}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every model stands without a row: a unit test takes the columns of what it reads from there."""
    raw, candidate = tmp_path / compiled.WAREHOUSE_NAME, tmp_path / "integrity.duckdb"
    warehouse.fill_raw(raw, read_deliveries(tmp_path, dt.date.fromisoformat(DAYS["as_of"])))
    warehouse.fill_policy(raw, tmp_path)
    modelling.build_models(modelling.load_graph(), raw, candidate, DAYS, lambda _: None)
    monkeypatch.setenv("JIANNUO_WAREHOUSE", str(raw))
    monkeypatch.setenv("JIANNUO_MART_BUILD", str(candidate))
    return tmp_path


def written() -> set[str]:
    """The names of the unit tests in the project's files."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in (modelling.PROJECT / "models").rglob("*.yml")]
    return {test["name"] for file in files for test in (file or {}).get("unit_tests", [])}


def test_every_unit_test_of_the_models_passes(built: Path) -> None:
    command = ["test", "--select", "test_type:unit", "--vars", json.dumps(DAYS)]
    try:
        answer = dbtRunner().invoke([*command, *compiling._flags(modelling.PROJECT, built / "target")])
    finally:
        DuckDBConnectionManager.close_all_connections()
    assert answer.exception is None
    results = list(answer.result)
    assert {result.node.name: result.message for result in results if result.status != "pass"} == {}
    assert Counter(result.node.name for result in results) == Counter(written())
    assert results
