"""dbt's singular tests on tables made by hand: `broken_rows` are those that a test finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import jinja2

DBT = Path(__file__).resolve().parents[3] / "dbt"


class _Return(Exception):
    """What dbt's `return` ends a macro with, from within."""


def _leave(value: Any) -> None:
    raise _Return(value)


def _answering(macro: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        try:
            return macro(*args)
        except _Return as answer:
            return answer.args[0]

    return call


def environment() -> jinja2.Environment:
    """dbt's templates as far as these tests use them: macros, `ref`, `var`, `return`."""
    loaded = jinja2.Environment(extensions=["jinja2.ext.do"])
    loaded.globals.update({"return": _leave, "ref": lambda name: name, "var": {"as_of": "2024-02-29"}.get})
    for name in ("figures", "time"):
        module = loaded.from_string((DBT / "macros" / f"{name}.sql").read_text("utf-8")).module
        macros = {key: value for key, value in vars(module).items() if isinstance(value, jinja2.runtime.Macro)}
        loaded.globals.update({key: _answering(macro) for key, macro in macros.items()})
    return loaded


JINJA = environment()
MACROS: dict[str, Any] = dict(JINJA.globals)
FIGURES: list[str] = [figure["name"] for figure in MACROS["monthly_figures"]()]


def broken_rows(database: duckdb.DuckDBPyConnection, test: str) -> list[Any]:
    template = (DBT / "tests" / "singular" / f"{test}.sql").read_text("utf-8")
    return database.execute(JINJA.from_string(template).render()).fetchall()


def table(database: duckdb.DuckDBPyConnection, name: str, columns: list[str], rows: list[dict[str, Any]]) -> None:
    """A table whose columns are BIGINT, or as `column type` says; what a row leaves out is 0 there, else null."""
    typed = [column if " " in column else f"{column} BIGINT" for column in columns]
    database.execute(f"create table {name} ({', '.join(typed)})")
    for row in rows:
        values = [row.get(column.split()[0], None if " " in column else 0) for column in columns]
        database.execute(f"insert into {name} values ({', '.join('?' * len(values))})", values)
