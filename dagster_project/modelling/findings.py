"""What stands in the databases that dbt has just written: rows, columns, and the rows that failed a test."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from dagster_project import contracts
from dagster_project.build import Finding
from dagster_project.modelling import data_tests
from dagster_project.modelling.building import Outcome
from dagster_project.modelling.compiled import Model, Test

ROWS_SHOWN = 5
LONGEST_VALUE = 80
#: In place of a value that holds the name or the code of a classified unit (marts.md: none is named).
MASKED = "***"
#: What the warehouse makes of columns that can name a person: names as they are compared, the key of a row in which one
#: can stand for the unit, a quarantined row. Of court cases and debtors the names are mostly those of persons.
MADE_OF_NAMES = frozenset({"name_norm", "seen_norm", "to_name_norm", "unit_key", "row", "row_unnamed"})
#: How dbt's own tests of a column call its value.
VALUES = frozenset({"unique_field", "value_field", "from_field"})


class Findings:
    """Both databases, read-only. Nobody may hold them open for writing."""

    def __init__(self, warehouse: Path, candidate: Path) -> None:
        self._stack = ExitStack()
        self._connection = self._stack.enter_context(data_tests.opened(warehouse, candidate))
        self._columns: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        for schema, table, column, kind, label in self._connection.execute(
            "select schema_name, table_name, column_name, data_type, comment from duckdb_columns()"
            " where database_name in ('warehouse', 'mart') and not internal order by column_index"
        ).fetchall():
            self._columns.setdefault((schema, table), []).append((column, kind, label or ""))

    def __enter__(self) -> Findings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._stack.close()

    def row_counts(self) -> dict[tuple[str, str], int]:
        """Rows of each table by schema and name; views have none."""
        rows = self._connection.execute(
            "select schema_name, table_name, estimated_size from duckdb_tables()"
            " where database_name in ('warehouse', 'mart') and not internal"
        ).fetchall()
        return {(schema, table): int(size) for schema, table, size in rows}

    def columns(self, model: Model) -> list[tuple[str, str, str]]:
        """Name, type and label of each column of a mart; of other layers nothing, they are for their own authors."""
        return self._columns.get(model.key, []) if model.key[0] == "marts" else []

    def of_test(self, test: Test, outcome: Outcome) -> Finding:
        """A test's outcome, with a few of the rows that failed it."""
        passed = outcome.status == "pass"
        return Finding(
            check=test.name,
            table=".".join(test.about),
            passed=passed,
            blocking=outcome.status == "fail",
            note=test.description,
            rows=outcome.failures,
            examples=() if passed else self._failing_rows(test, outcome),
        )

    def _failing_rows(self, test: Test, outcome: Outcome) -> tuple[dict[str, str], ...]:
        if test.kind == "not_null" and test.column:
            # The test itself selects nothing but the missing value.
            schema, table = test.about
            database = "mart" if schema == "marts" else "warehouse"
            query = f'select * from {database}.{schema}."{table}" where "{test.column}" is null'
        else:
            query = str(outcome.statement)
        try:
            cursor = self._connection.execute(f"select * from (\n{query}\n) as failing order by all limit {ROWS_SHOWN}")
        except duckdb.Error:
            # Rows are a help to whoever mends it; that the test failed is known without them.
            return ()
        names = [column[0] for column in cursor.description or []]
        hidden = untold_columns() | (VALUES if test.column in untold_columns() else frozenset())
        return tuple(
            {
                name: self._text(value)
                for name, value in zip(names, row, strict=True)
                if value is not None and name not in hidden
            }
            for row in cursor.fetchall()
        )

    @cached_property
    def _classified(self) -> list[str]:
        """Names and codes of the classified units; none are known before the models that know them are built."""
        known = "select unnest([uscc, name]) from warehouse.staging.stg_unit where is_classified"
        compared = "select name_norm from warehouse.staging.stg_classified_name where not is_of_another_unit"
        try:
            return [name for (name,) in self._connection.execute(f"{known} union {compared}").fetchall() if name]
        except duckdb.Error:
            return []

    def _text(self, value: Any) -> str:
        text = str(value)
        if any(name in text for name in self._classified):
            return MASKED
        return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


@cache
def untold_columns() -> frozenset[str]:
    """Columns that can name or quote a person, wherever they stand: no failing row is shown with one."""
    return contracts.naming_columns() | MADE_OF_NAMES
