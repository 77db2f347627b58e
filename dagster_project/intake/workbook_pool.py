"""A few processes that read workbooks. One that dies or hangs costs only the file it had in hand."""

from __future__ import annotations

import fcntl
import marshal
import os
import queue
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from dagster_project.intake.cells import Joined, Packed, RawTable, Rejected, Unread
from dagster_project.intake.headers import HeaderPlan

SIZE = 2
PIPE_BYTES = 1 << 20
# Reading takes about a second for 3 MB of workbook; beyond this the file is at fault.
SECONDS_A_FILE = 60
SECONDS_A_MEGABYTE = 5
# Arrow finds numpy where it is and takes three times as long to start; here nobody needs it.
_START = "import sys; sys.modules['numpy'] = None; from dagster_project.intake.workbook_reader import main; main()"
# What one workbook took is there for the next: to ask the system for it anew each time costs a tenth of the reading.
_KEPT_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 25), "MALLOC_TRIM_THRESHOLD_": str(1 << 28)}


class _Died(Exception):
    """The reading process ended, or was ended, before it had answered."""


def _tables(answers: Sequence[dict[str, Any]]) -> list[RawTable]:
    tables = []
    for answer in answers:
        if "rejected" in answer:
            raise Rejected(answer["rejected"])
        if "unread" in answer:
            raise Unread(answer["unread"])
        answer["row_nos"] = range(*answer["row_nos"])
        for name, values in answer["columns"].items():
            if isinstance(values, str):
                answer["columns"][name] = Joined(values)
        if answer["packed"]:
            answer["packed"] = Packed(*answer["packed"])
        tables.append(RawTable(**answer))
    return tables


def _tables_or_reason(answers: Sequence[dict[str, Any]]) -> list[RawTable] | Rejected:
    try:
        return _tables(answers)
    except Rejected as rejection:
        return rejection


class _Reader:
    """One reading process."""

    def __init__(self) -> None:
        package_root = str(Path(__file__).resolve().parents[2])
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_KEPT_MEMORY, "PYTHONPATH": package_root},
        )
        self.has_served = False
        assert self.process.stdout
        # A workbook's tables go through in a few pieces, not in dozens; where so much is not allowed, in dozens.
        with suppress(OSError):
            fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def _ask(self, paths: Sequence[Path], plan: HeaderPlan) -> None:
        self.has_served = True
        body = marshal.dumps(([str(path) for path in paths], marshal.dumps(tuple(plan))))
        assert self.process.stdin
        try:
            self.process.stdin.write(struct.pack("<Q", len(body)) + body)
        except OSError as error:
            raise _Died from error

    def tables(self, path: Path, plan: HeaderPlan, seconds: float) -> list[RawTable]:
        """The tables of one file, each waited for so long. Raises Rejected, _Died."""
        self._ask([path], plan)
        told = []
        while "is_worn_out" not in (answer := self._answer(seconds)):
            told.append(answer)
        self._end_if(answer)
        return _tables(told)

    def files(self, paths: Sequence[Path], plan: HeaderPlan, seconds: float) -> list[list[RawTable] | Rejected]:
        """The tables of several files, or why there are none. Raises _Died."""
        self._ask(paths, plan)
        answer = self._answer(seconds)
        self._end_if(answer)
        return [_tables_or_reason(told) for told in answer["files"]]

    def _end_if(self, answer: dict[str, Any]) -> None:
        if answer["is_worn_out"]:
            self.end()

    def _answer(self, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        (size,) = struct.unpack("<Q", self._read(8, deadline))
        answer: dict[str, Any] = marshal.loads(self._read(size, deadline))
        return answer

    def _read(self, size: int, deadline: float) -> bytearray:
        assert self.process.stdout
        pipe = self.process.stdout.fileno()
        found = bytearray(size)
        left = memoryview(found)
        while left:
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise _Died
            got = os.readv(pipe, [left])
            if not got:
                raise _Died
            left = left[got:]
        return found

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()


class _Held:
    """A place of the pool while it is in use, and the process in it, if there is one."""

    def __init__(self, reader: _Reader | None) -> None:
        self.reader = reader

    def alive(self) -> _Reader:
        if self.reader is None or not self.reader.is_alive:
            self.reader = _Reader()
        return self.reader


class WorkbookPool:
    """Reads workbooks in child processes. Use it as a context manager; `read` may be called from several threads."""

    def __init__(self, size: int = SIZE, seconds_a_file: float = SECONDS_A_FILE) -> None:
        self.size = size
        self.seconds_a_file = seconds_a_file
        self._idle: queue.SimpleQueue[_Reader | None] = queue.SimpleQueue()
        for _ in range(size):
            self._idle.put(None)

    def __enter__(self) -> WorkbookPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in range(self.size):
            if reader := self._idle.get():
                reader.end()

    def start(self) -> None:
        """Starts its processes before there is anything to read; else each is started when it is needed."""
        for _ in range(self.size):
            self._idle.put(self._idle.get() or _Reader())

    def read(self, path: Path, plan: HeaderPlan) -> list[RawTable]:
        """The tables of a workbook. Raises Rejected; Unread where no process got to its end."""
        seconds = self._seconds([path])
        with self._reader() as held:
            while True:
                reader = held.alive()
                was_used = reader.has_served
                try:
                    return reader.tables(path, plan, seconds)
                except _Died:
                    reader.end()
                    # A process that had read other files may have been worn out by them: once more, alone.
                    if not was_used:
                        raise Unread("工作簿读不完：太大、太复杂或已损坏；请另存为 .xlsx 或拆分后报送") from None

    def read_together(self, paths: Sequence[Path], plan: HeaderPlan) -> Sequence[list[RawTable] | Rejected | OSError]:
        """The tables of small workbooks, or what `read` raises for one: less is said between the processes."""
        try:
            seconds = self._seconds(paths)
        except OSError:
            # One that went away meanwhile is no reason for the others.
            return self._one_by_one(paths, plan)
        with self._reader() as held:
            reader = held.alive()
            try:
                return reader.files(paths, plan, seconds)
            except _Died:
                reader.end()
        return self._one_by_one(paths, plan)

    def _one_by_one(self, paths: Sequence[Path], plan: HeaderPlan) -> list[list[RawTable] | Rejected | OSError]:
        return [self._read_or_reason(path, plan) for path in paths]

    def _read_or_reason(self, path: Path, plan: HeaderPlan) -> list[RawTable] | Rejected | OSError:
        try:
            return self.read(path, plan)
        except (Rejected, OSError) as reason:
            return reason

    def _seconds(self, paths: Sequence[Path]) -> float:
        return self.seconds_a_file + sum(path.stat().st_size for path in paths) / 1e6 * SECONDS_A_MEGABYTE

    @contextmanager
    def _reader(self) -> Iterator[_Held]:
        held = _Held(self._idle.get())
        try:
            yield held
        finally:
            self._idle.put(held.reader)
