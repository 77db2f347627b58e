"""Great Expectations on DuckDB: the one data source that the checks use.

Great Expectations does not know DuckDB. Three things are needed so that its queries are answered at all:

* `isolation_level="AUTOCOMMIT"` and `skip_autocommit_rollback`: it reads results after the connection went back to
  the pool, and a ROLLBACK on the way would leave every result empty (the checks would fail as if the data were bad);
* one engine for the data source and its execution engine, since what is attached is attached to an engine;
* the regular expressions, which the metrics refuse for dialects they do not know.

Importing this module imports Great Expectations (seconds of CPU): import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from great_expectations.compatibility import pydantic
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics.map_metric_provider import ColumnMapMetricProvider, column_condition_partial

ENGINE_OPTIONS: dict[str, Any] = {
    "isolation_level": "AUTOCOMMIT",
    "skip_autocommit_rollback": True,
    # No check groups a table of millions of rows: what needs more is a mistake in a suite, not a reason to spill.
    "connect_args": {"config": {"memory_limit": "2GB", "temp_directory": ""}},
}


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """The execution engine by whose class the metrics below are found."""


class DuckDBDatasource(SQLDatasource):
    """A data source that runs `on_connect` on every new connection of its one engine."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]
    _on_connect: Callable[[Any], None] | None = pydantic.PrivateAttr(None)

    @property
    def execution_engine_type(self) -> type[SqlAlchemyExecutionEngine]:
        return DuckDBExecutionEngine

    def call_on_connect(self, on_connect: Callable[[Any], None]) -> None:
        self._on_connect = on_connect
        self.close()

    def close(self) -> None:
        """Closes every connection, and with the last one the files attached."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = None
        self._execution_engine = None

    def _create_engine(self) -> sa.Engine:
        engine = super()._create_engine()

        def connected(connection: Any, _record: Any) -> None:
            if self._on_connect is not None:
                self._on_connect(connection)

        sa.event.listen(engine, "connect", connected)
        return engine

    def get_execution_engine(self) -> SqlAlchemyExecutionEngine:
        if self._execution_engine is None:
            self._execution_engine = DuckDBExecutionEngine(engine=self.get_engine(), create_temp_table=False)
        return self._execution_engine


class _MatchRegex(ColumnMapMetricProvider):
    condition_metric_name = "column_values.match_regex"
    condition_value_keys: ClassVar[tuple[str, ...]] = ("regex",)

    @column_condition_partial(engine=DuckDBExecutionEngine)
    def _duckdb(cls, column: Any, regex: str, **kwargs: Any) -> Any:  # noqa: N805
        return sa.func.regexp_matches(column, regex)
