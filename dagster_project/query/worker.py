"""The process in which one query runs. Started by `client` as a file, by itself: standard library and duckdb alone.

Standard input: one JSON object, as `client` makes it. Standard output: lines of a letter and
JSON. `+` the query begins; `c` the columns, [[name, type], …]; `r` a row, a list of texts and nulls or, with `as_json`,
an object; `.` the end, true where there are more rows; or at any point `!` [kind, detail], what went wrong.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

THREADS = 2
MEMORY = "1GB"
ADDRESS_SPACE = 3 * 1024**3
BATCH = 1000
# DuckDB's exceptions, by what they mean to whoever asked.
KINDS = {
    "OutOfMemoryException": "memory",
    "ParserException": "syntax",
    "CatalogException": "name",
    "BinderException": "name",
    "PermissionException": "forbidden",
    "ConversionException": "value",
    "OutOfRangeException": "value",
}


class Refused(Exception):
    """A query that is not carried out, or whose answer is not given; the message is its kind."""


def bound(seconds: float) -> None:
    """Bound the process: memory, processor time, files. It can write no file at all."""
    limits = {
        resource.RLIMIT_AS: ADDRESS_SPACE,
        # The watch of the client ends it earlier; this is for when the client is gone.
        resource.RLIMIT_CPU: math.ceil(seconds * THREADS) + 30,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def connect(database: str, schema: str) -> duckdb.DuckDBPyConnection:
    """The database, read-only, and nothing else of this machine; no query can change that."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": str(THREADS),
        "memory_limit": MEMORY,
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "allow_community_extensions": "false",
        "allow_persistent_secrets": "false",
    }
    connection = duckdb.connect(database, read_only=True, config=config)
    connection.execute("set schema = '" + schema.replace("'", "''") + "'")
    # In this order: once locked nothing can be set, without access not even an empty folder.
    connection.execute("set temp_directory = ''")
    connection.execute("set python_enable_replacements = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def the_select(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one statement of `sql`. Raises Refused where it is none, several, or another than SELECT."""
    import duckdb

    statements = connection.extract_statements(sql)
    if not statements:
        raise Refused("no_statement")
    if len(statements) > 1:
        raise Refused("several_statements")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise Refused("no_select")
    return statements[0]


def as_text(value: Any) -> str | None:
    """A value as it is shown in a cell."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list | tuple | dict):
        return as_json(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def as_json(value: Any) -> str:
    """A value as JSON; a decimal is a number with all its digits, what JSON has no number for is null."""
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() else "null"
    if isinstance(value, float):
        return json.dumps(value) if math.isfinite(value) else "null"
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(as_json(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {as_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, date | datetime | time):
        return json.dumps(value.isoformat())
    return json.dumps(as_text(value), ensure_ascii=False)


def _key(key: Any) -> str:
    return json.dumps(key if isinstance(key, str) else as_text(key), ensure_ascii=False)


def unlike(names: Iterable[str]) -> list[str]:
    """Names of which none comes twice: an object would lose the others."""
    found: list[str] = []
    for name in names:
        number, fresh = 1, name
        while fresh in found:
            number += 1
            fresh = f"{name}_{number}"
        found.append(fresh)
    return found


class Out:
    """Lines to the client, up to a bound."""

    def __init__(self, most_bytes: int) -> None:
        self.left = most_bytes

    def line(self, letter: str, text: str) -> None:
        data = f"{letter}{text}\n".encode("utf-8", "replace")
        self.left -= len(data)
        if self.left < 0:
            raise Refused("too_large")
        sys.stdout.buffer.write(data)


def answer(asked: dict[str, Any], out: Out) -> None:
    """Carry the query out and write its answer."""
    connection = connect(asked["database"], asked["schema"])
    out.line("+", "null")
    sys.stdout.buffer.flush()
    statement = the_select(connection, asked["sql"])
    connection.execute(statement)
    description = connection.description or []
    names = [column[0] for column in description]
    keys = [json.dumps(name, ensure_ascii=False) for name in unlike(names)]
    out.line("c", json.dumps([[column[0], str(column[1])] for column in description], ensure_ascii=False))
    left = asked["limit"]
    more = False
    while rows := connection.fetchmany(min(BATCH, left + 1)):
        for row in rows[:left]:
            if asked["as_json"]:
                pairs = zip(keys, row, strict=True)
                out.line("r", "{" + ", ".join(f"{key}: {as_json(value)}" for key, value in pairs) + "}")
            else:
                out.line("r", json.dumps([as_text(value) for value in row], ensure_ascii=False))
        more = len(rows) > left
        left -= len(rows)
        if more:
            break
    out.line(".", json.dumps(more))


def main() -> int:
    """Read what is asked, answer it."""
    asked = json.loads(sys.stdin.buffer.read())
    bound(asked["seconds"])
    fault: list[str] = []
    try:
        answer(asked, Out(asked["most_bytes"]))
    except Refused as error:
        fault = [str(error), ""]
    except MemoryError:
        fault = ["memory", ""]
    except Exception as error:
        kind = KINDS.get(type(error).__name__, "sql")
        # What DuckDB advises against a lack of memory cannot be done here.
        fault = [kind, "" if kind == "memory" else str(error)]
    if fault:
        sys.stdout.buffer.write(f"!{json.dumps(fault, ensure_ascii=False)}\n".encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
