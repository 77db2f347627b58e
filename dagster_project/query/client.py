"""Ask the published database: start a worker, watch it, take its answer."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

WORKER = Path(__file__).with_name("worker.py")
SCHEMA = "marts"
DEFAULT_LIMIT = 1000
DEFAULT_SECONDS = 10.0
# An answer that a program may want whole, and a process can hold.
MOST_BYTES = 256 * 1024**2
# To start the process and open the file, on a machine that is busy.
SECONDS_TO_START = 60.0

_SAID = {
    "no_statement": ("没有 SQL 语句", "there is no statement"),
    "several_statements": ("一次只能执行一条语句", "one statement at a time"),
    "no_select": ("只能查询（SELECT），不能修改", "queries (SELECT) only, nothing is changed here"),
    "timeout": ("超过了时限", "it took too long"),
    "memory": ("内存不足：请缩小查询范围", "out of memory: ask for less"),
    "too_large": ("结果过大：请减少列数或行数", "the answer is too large: ask for fewer columns or rows"),
    "crashed": ("查询进程意外结束", "the process of the query ended unexpectedly"),
    "syntax": ("SQL 语法有误", "the SQL cannot be understood"),
    "name": ("表、列或函数的名称或用法有误", "a table, column or function is unknown or wrongly used"),
    "forbidden": ("不允许", "not allowed"),
    "value": ("有值无法转换或超出范围", "a value cannot be converted, or is out of range"),
    "sql": ("SQL 无法执行", "the SQL cannot be carried out"),
}


class QueryError(RuntimeError):
    """A query that has no answer. `kind` is a key of `_SAID`; `detail` is DuckDB's own word, if it has one."""

    def __init__(self, kind: str, detail: str = "") -> None:
        self.kind = kind
        self.detail = detail
        super().__init__(self.text("en"))

    def text(self, language: str = "zh") -> str:
        """What went wrong, in `zh` or `en`, with DuckDB's word behind it."""
        zh, en = _SAID[self.kind]
        said = en if language == "en" else zh
        return said + (": " if language == "en" else "：") + self.detail if self.detail else said


@dataclass(frozen=True)
class Column:
    """A column of an answer, with its DuckDB type."""

    name: str
    type: str


@dataclass
class Answer:
    """What a query gives. `rows`: lists of texts and None; `objects`: the same as JSON objects, where asked for.

    `more`: there are rows beyond the limit.
    """

    columns: list[Column] = field(default_factory=list)
    rows: list[list[str | None]] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    more: bool = False


def ask(
    database: Path,
    sql: str,
    *,
    limit: int = DEFAULT_LIMIT,
    seconds: float = DEFAULT_SECONDS,
    as_json: bool = False,
) -> Answer:
    """The answer of one SELECT statement on `database`, of at most `limit` rows, within `seconds`.

    Raises QueryError where there is none, and FileNotFoundError where the database is not there.
    """
    # The link that names the version may change while the worker starts.
    asked = {
        "database": str(database.resolve(strict=True)),
        "schema": SCHEMA,
        "sql": sql,
        "limit": limit,
        "seconds": seconds,
        "as_json": as_json,
        "most_bytes": MOST_BYTES,
    }
    with _worker(asked, seconds) as (lines, watch):
        return _read(lines, watch, as_json)


class _Watch:
    """Ends a process when its time is over."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self.is_over = False
        self._timer = self._started(SECONDS_TO_START)

    def begin(self) -> None:
        """The query itself begins."""
        self._timer.cancel()
        self._timer = self._started(self._seconds)

    def stop(self) -> None:
        self._timer.cancel()

    def _started(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        return timer

    def _end(self) -> None:
        self.is_over = True
        self._process.kill()


@contextmanager
def _worker(asked: dict[str, Any], seconds: float) -> Iterator[tuple[IO[bytes], _Watch]]:
    process = subprocess.Popen(
        # Nothing of the caller's surroundings: no variables, no modules beside the installed ones.
        [sys.executable, "-I", str(WORKER)],
        env={"TZ": "Asia/Shanghai"},
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    watch = _Watch(process, seconds)
    try:
        try:
            process.stdin.write(json.dumps(asked).encode())
            process.stdin.close()
        except BrokenPipeError:
            # It has ended already; that it has said nothing is told below.
            pass
        yield process.stdout, watch
    finally:
        watch.stop()
        process.kill()
        process.stdout.close()
        process.wait()


def _read(lines: IO[bytes], watch: _Watch, as_json: bool) -> Answer:
    answer = Answer()
    for line in lines:
        letter, text = line[:1], line[1:].decode("utf-8")
        if letter == b"r" and as_json:
            answer.objects.append(text.rstrip("\n"))
            continue
        said = json.loads(text)
        if letter == b"r":
            answer.rows.append(said)
        elif letter == b"+":
            watch.begin()
        elif letter == b"c":
            answer.columns = [Column(name, kind) for name, kind in said]
        elif letter == b"!":
            raise QueryError(*said)
        else:
            answer.more = said
            return answer
    raise QueryError("timeout" if watch.is_over else "crashed")
