"""Great Expectations on DuckDB: the one data source that the checks use.

Great Expectations does not know DuckDB. Two things are needed so that its queries are answered at all:

* `isolation_level="AUTOCOMMIT"` and `skip_autocommit_rollback`: it reads results after the connection went back to
  the pool, and a ROLLBACK on the way would leave every result empty (the checks would fail as if the data were bad);
* one engine for the data source and its execution engine, since files are attached to an engine's database.

Patterns are written in SQL (`regexp_full_match`): the expectations on regular expressions refuse this dialect.

Importing this module imports Great Expectations (seconds of CPU): import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import sqlalchemy as sa
from great_expectations.compatibility import pydantic
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.datasource.fluent.sql_datasource import QueryAsset
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.validator.validator import ValidationDependencies

ENGINE_OPTIONS: dict[str, Any] = {
    "isolation_level": "AUTOCOMMIT",
    "skip_autocommit_rollback": True,
    # No check groups a table of millions of rows: what needs more is a mistake in a suite, not a reason to spill.
    "connect_args": {"config": {"memory_limit": "2GB", "temp_directory": ""}},
}


class DuckDBDatasource(SQLDatasource):
    """A data source that calls `on_connect` with every new connection of its one engine."""

    type: Literal["duckdb"] = "duckdb"
    _on_connect: Callable[[Any], None] | None = pydantic.PrivateAttr(None)
    _shared: SqlAlchemyExecutionEngine | None = pydantic.PrivateAttr(None)

    def call_on_connect(self, on_connect: Callable[[Any], None]) -> None:
        self._on_connect = on_connect
        self.close()

    def close(self) -> None:
        """Closes every connection, and with the last one the files attached."""
        self.get_engine().dispose()

    def batch_of(self, name: str, query: str) -> Any:
        """What a query selects, as a batch; the one before is forgotten.

        No context is told: for each asset that is added it would write down anew all that it has.
        """
        asset = QueryAsset(name=name, query=query)
        asset._datasource = self
        self.assets = [asset]
        definition: BatchDefinition[Any] = BatchDefinition(name="all", partitioner=None)
        definition.set_data_asset(asset)
        asset.batch_definitions = [definition]
        return definition.get_batch()

    def get_execution_engine(self) -> SqlAlchemyExecutionEngine:
        if self._shared is None:
            self._shared = SqlAlchemyExecutionEngine(engine=self.get_engine(), create_temp_table=False)
        return self._shared

    def _create_engine(self) -> sa.Engine:
        engine = super()._create_engine()
        sa.event.listen(engine, "connect", self._connected)
        return engine

    def _connected(self, connection: Any, _record: Any) -> None:
        if self._on_connect is not None:
            self._on_connect(connection)


class _Configurations:
    """What an expectation is configured to, written out once and not for each of its values.

    Great Expectations asks an expectation some fifty times in a row, and has it write out all its fields each time:
    two fifths of a validation's time. Only the last answer is kept, and only as long as no field has been given another
    value.
    """

    def __init__(self, write_out: Callable[[Any], ExpectationConfiguration]) -> None:
        self.write_out = write_out
        self._last: tuple[Any, dict[str, Any], ExpectationConfiguration] | None = None

    def of(self, expectation: Any) -> ExpectationConfiguration:
        last = self._last
        if last is None or last[0] is not expectation or last[1] != vars(expectation):
            self._last = last = (expectation, dict(vars(expectation)), self.write_out(expectation))
        return last[2]


_CONFIGURATIONS = _Configurations(Expectation.configuration.fget)
Expectation.configuration = property(_CONFIGURATIONS.of)

# Rows that should not be there are counted, and fetched only where a validation shows them: Great Expectations carries
# the query out a second time for rows that it leaves out of the result.
_ROWS = "unexpected_rows_query.table"
_ask, _judge = UnexpectedRowsExpectation.get_validation_dependencies, UnexpectedRowsExpectation._validate


def _ask_for_what_is_shown(
    expectation: UnexpectedRowsExpectation,
    execution_engine: Any = None,
    runtime_configuration: dict[str, Any] | None = None,
) -> ValidationDependencies:
    needed = _ask(expectation, execution_engine, runtime_configuration)
    if needed.result_format["result_format"] == "BASIC":
        needed.remove_metric_configuration(_ROWS)
    return needed


def _judge_by_number(expectation: UnexpectedRowsExpectation, metrics: dict[str, Any], *told: Any, **named: Any) -> Any:
    return _judge(expectation, {_ROWS: [], **metrics}, *told, **named)


UnexpectedRowsExpectation.get_validation_dependencies = _ask_for_what_is_shown
UnexpectedRowsExpectation._validate = _judge_by_number
