"""What a run tells of rows that failed a test of dbt: nothing that can name or quote a person."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dagster_project import contracts
from dagster_project.build import Finding
from dagster_project.modelling import Outcome, compiled
from dagster_project.modelling.findings import Findings

#: Texts and lists that name units, courts, places, documents or laws, and no person. Numbers of things aside (`_no`,
#: `_key`, `duplicate_of`), every other text may.
NO_PERSON = {
    "name", "short_names", "former_names", "region_name", "lead", "cooperating", "court", "evaluator", "basis",
    "change_basis", "url",
}  # fmt: skip
#: What staging makes of texts that may.
MADE = {"name_norm", "seen_norm", "to_name_norm", "unit_key", "row", "row_unnamed"}
TEXTS = {
    column.name
    for contract in contracts.load().values()
    for column in contract.accepted.values()
    if column.type in ("text", "list") and not column.name.endswith(("_no", "_key", "duplicate_of"))
}
NAMING = sorted((TEXTS - NO_PERSON) | MADE)


def told(folder: Path, kind: str | None, column: str | None, statement: str) -> Finding:
    """What is told of a failed test about `staging.thing`, whose one row speaks of a person in every such column."""
    warehouse, candidate = folder / compiled.WAREHOUSE_NAME, folder / "integrity.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        words = ", ".join(f"'张三 {name}' as \"{name}\"" for name in NAMING)
        connection.execute("create schema staging")
        connection.execute(f"create table staging.thing as select 7 as thing_no, null as due_on, {words}")
    duckdb.connect(str(candidate)).close()
    test = compiled.Test("test.t", "t", ("staging", "thing"), True, "t", "t.sql", kind, column, (), statement)
    with Findings(warehouse, candidate) as found:
        return found.of_test(test, Outcome(test.unique_id, "fail", 0.0, 1, "", statement))


def test_the_columns_that_can_name_a_person_are_those_that_the_texts_say() -> None:
    assert TEXTS >= NO_PERSON
    assert set(NAMING) >= {
        "unit_name", "seen_name", "to_name", "counterparty", "creditor", "decided_by", "person_post", "handler_name",
        "complainant_name", "complainant_phone", "content", "title",
    }  # fmt: skip


def test_a_failing_row_is_told_without_any_column_that_can_name_a_person(tmp_path: Path) -> None:
    finding = told(tmp_path, "filled", None, "select * from warehouse.staging.thing where due_on is null")
    assert finding.examples == ({"thing_no": "7"},)


def test_a_row_without_a_value_is_told_without_any_column_that_can_name_a_person(tmp_path: Path) -> None:
    finding = told(tmp_path, "not_null", "due_on", "select due_on from warehouse.staging.thing where due_on is null")
    assert finding.examples == ({"thing_no": "7"},)


@pytest.mark.parametrize("value", ["unique_field", "value_field", "from_field"])
def test_a_test_of_a_column_that_can_name_a_person_tells_no_value_of_it(tmp_path: Path, value: str) -> None:
    statement = f'select "{{}}" as {value}, 2 as n_records from warehouse.staging.thing'
    assert told(tmp_path, "unique", "creditor", statement.format("creditor")).examples == ({"n_records": "2"},)
    (tmp_path / compiled.WAREHOUSE_NAME).unlink()
    finding = told(tmp_path, "unique", "thing_no", statement.format("thing_no"))
    assert finding.examples == ({value: "7", "n_records": "2"},)


def test_a_failing_row_names_no_classified_unit(tmp_path: Path) -> None:
    warehouse, candidate = tmp_path / compiled.WAREHOUSE_NAME, tmp_path / "integrity.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema staging")
        connection.execute(
            "create table staging.stg_unit as from (values (1, 'U1', '密（局）', true), (2, 'U2', '甲局', false))"
            " as unit (unit_no, uscc, name, is_classified)"
        )
        connection.execute(
            "create table staging.stg_classified_name as from (values ('密局', false), ('甲局', true))"
            " as named (name_norm, is_of_another_unit)"
        )
    duckdb.connect(str(candidate)).close()
    statement = "select *, 'about ' || uscc as subject, case unit_no when 1 then '密局' end as borne_norm"
    statement += " from warehouse.staging.stg_unit"
    test = compiled.Test("test.t", "t", ("staging", "stg_unit"), True, "t", "t.sql", None, None, (), statement)
    with Findings(warehouse, candidate) as found:
        finding = found.of_test(test, Outcome(test.unique_id, "fail", 0.0, 2, "", statement))
    hidden = dict.fromkeys(("uscc", "name", "subject", "borne_norm"), "***")
    assert finding.examples == (
        {"unit_no": "1", "is_classified": "True"} | hidden,
        {"unit_no": "2", "uscc": "U2", "name": "甲局", "is_classified": "False", "subject": "about U2"},
    )
