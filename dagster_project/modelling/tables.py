"""Carry out models that dbt has compiled: statements that each make one table or view, out of those made before."""

from __future__ import annotations

import heapq
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dagster_project.modelling.compiled import quoted
from dagster_project.modelling.data_tests import set_up

#: Models that are made at one time; a small model occupies one processor.
THREADS = 2
#: Readers with an older DuckDB, and the one in a browser, can open what is published.
STORAGE_VERSION = "v1.4.0"


@dataclass(frozen=True)
class Stored:
    """A table with columns that are stored in a way of their own: `relation` (quoted) holds what `query` selects.

    `compression` names for such a column the method by which DuckDB is to store it, without looking for a better one.
    """

    relation: str
    query: str
    compression: Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """What makes one model in `schema` (quoted, with its database), after the models named in `after`.

    Where it is `stored`, the table is there, empty, before the statement, which fills it.
    """

    statement: str
    schema: str
    after: frozenset[str]
    stored: Stored | None = None


class UnknownColumnError(ValueError):
    """A model says how a column is to be stored that it does not select."""


@dataclass(frozen=True)
class Made:
    """What became of a model. `status`: success, error (with what DuckDB said) or skipped."""

    status: str
    seconds: float = 0.0
    error: str | None = None


def make(
    steps: Mapping[str, Step], warehouse: Path, candidate: Path, on_finished: Callable[[str], None]
) -> dict[str, Made]:
    """What became of each model, by name; `on_finished` hears the names as they are done.

    The candidate is made where there is none. Both files are free again afterwards. What hangs on a model that failed
    is skipped. Raises duckdb.Error where a database cannot be opened, ValueError where models wait for each other.
    """
    # A province's tables are larger than this; what does not fit goes to disk beside the warehouse.
    limit = os.environ.get("JIANNUO_MEMORY_LIMIT", "8GB")
    with duckdb.connect(str(warehouse), config={"memory_limit": limit}) as connection:
        place = str(candidate).replace("'", "''")
        connection.execute(f"attach '{place}' as mart (storage_version '{STORAGE_VERSION}')")
        for schema in sorted({step.schema for step in steps.values()}):
            connection.execute(f"create schema if not exists {schema}")
        cursors = [_cursor(connection) for _ in range(THREADS)]
        try:
            return _make_in_turn(steps, cursors, on_finished)
        finally:
            for cursor in cursors:
                cursor.close()


def _cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    cursor = connection.cursor()
    set_up(cursor)
    return cursor


def _make_in_turn(
    steps: Mapping[str, Step], cursors: list[duckdb.DuckDBPyConnection], on_finished: Callable[[str], None]
) -> dict[str, Made]:
    turns = _Turns(steps)
    made: dict[str, Made] = {}
    free, running = list(cursors), dict[Future[Made], tuple[str, duckdb.DuckDBPyConnection]]()
    with ThreadPoolExecutor(len(cursors)) as pool:
        try:
            while len(made) < len(steps):
                while free and (name := turns.next()) is not None:
                    cursor = free.pop()
                    running[pool.submit(_make, cursor, steps[name])] = (name, cursor)
                if not running:
                    raise ValueError(f"models that wait for each other: {sorted(set(steps) - set(made))}")
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    name, cursor = running.pop(done)
                    free.append(cursor)
                    made[name] = done.result()
                    made |= turns.done(name, made[name].status == "success")
                    on_finished(name)
        except BaseException:
            # Whoever stops a run does not wait for a query of minutes. One that is just about to begin does not hear.
            while running:
                for cursor in cursors:
                    cursor.interrupt()
                if not wait(running, timeout=0.1).not_done:
                    break
            raise
    return made


def _make(cursor: duckdb.DuckDBPyConnection, step: Step) -> Made:
    begun = time.monotonic()
    try:
        if step.stored:
            _define(cursor, step.stored)
        cursor.execute(step.statement)
    except (duckdb.Error, UnknownColumnError) as problem:
        return Made("error", time.monotonic() - begun, str(problem))
    return Made("success", time.monotonic() - begun)


def _define(cursor: duckdb.DuckDBPyConnection, stored: Stored) -> None:
    types = {name: kind for name, kind, *_ in cursor.execute(f"describe {stored.query}").fetchall()}
    if unknown := sorted(set(stored.compression) - set(types)):
        raise UnknownColumnError(f"a compression is given for columns that are not there: {', '.join(unknown)}")
    columns = [
        f"{quoted(name)} {kind}"
        + (f" using compression {stored.compression[name]}" if name in stored.compression else "")
        for name, kind in types.items()
    ]
    cursor.execute(f"create table {stored.relation} ({', '.join(columns)})")


class _Turns:
    """Which model comes next: of those that can be made the one on which most others hang, then by name."""

    def __init__(self, steps: Mapping[str, Step]) -> None:
        self._missing = {name: set(step.after) for name, step in steps.items()}
        self._readers: dict[str, list[str]] = {name: [] for name in steps}
        for name, step in steps.items():
            for other in step.after:
                self._readers[other].append(name)
        self._ready: list[tuple[int, str]] = []
        for name in steps:
            self._offer(name)

    def next(self) -> str | None:
        """None where all that can be made by now is being made."""
        return heapq.heappop(self._ready)[1] if self._ready else None

    def done(self, name: str, succeeded: bool) -> dict[str, Made]:
        """Lets those come that waited for `name` alone; where it failed, all that hang on it are skipped."""
        if not succeeded:
            lost = self._hanging_on(name)
            return {other: Made("skipped") for other in lost}
        for reader in self._readers[name]:
            self._missing[reader].discard(name)
            self._offer(reader)
        return {}

    def _offer(self, name: str) -> None:
        if not self._missing[name]:
            heapq.heappush(self._ready, (-len(self._hanging_on(name)), name))

    def _hanging_on(self, name: str) -> set[str]:
        found: set[str] = set()
        looked_at = [name]
        while looked_at:
            fresh = set(self._readers[looked_at.pop()]) - found
            found |= fresh
            looked_at += fresh
        return found
