"""Carry out data tests that dbt has compiled: statements that select the rows that are wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

#: As in dbt/profiles.yml.
SETTINGS = {"TimeZone": "Asia/Shanghai", "default_null_order": "nulls_first_on_asc_last_on_desc"}


@dataclass(frozen=True)
class Answer:
    """What a test found: so many rows, or why it could not be carried out."""

    failures: int
    seconds: float
    error: str | None = None


def set_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the settings under which models and tests mean what dbt means by them."""
    for name, value in SETTINGS.items():
        connection.execute(f"set {name} = '{value}'")


@contextmanager
def opened(warehouse: Path, candidate: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both databases read-only, under the names that models and tests know. Nobody may hold them for writing."""
    with duckdb.connect() as connection:
        for path, name in ((warehouse, "warehouse"), (candidate, "mart")):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
        connection.execute("use warehouse")
        set_up(connection)
        yield connection


def carry_out(
    statements: Mapping[str, str], warehouse: Path, candidate: Path, on_finished: Callable[[str], None]
) -> dict[str, Answer]:
    """The answer to each statement, by its name; `on_finished` hears the names as they are done."""
    answers: dict[str, Answer] = {}
    with opened(warehouse, candidate) as connection:
        for name, statement in statements.items():
            begun = time.monotonic()
            failures, error = 0, None
            try:
                found = connection.execute(f"select count(*) from (\n{statement}\n) as failing").fetchone()
                failures = int(found[0]) if found else 0
            except duckdb.Error as problem:
                error = str(problem)
            answers[name] = Answer(failures, time.monotonic() - begun, error)
            on_finished(name)
    return answers
