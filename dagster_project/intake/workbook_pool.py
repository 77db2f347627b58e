"""A few processes that read workbooks. One that dies or hangs costs only the file it had in hand."""

from __future__ import annotations

import marshal
import os
import queue
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from dagster_project.intake.cells import Joined, RawTable, Rejected, Unread
from dagster_project.intake.headers import HeaderPlan

SIZE = 2
# Reading takes about a second for 3 MB of workbook; beyond this the file is at fault.
SECONDS_A_FILE = 60
SECONDS_A_MEGABYTE = 5


class _Died(Exception):
    """The reading process ended, or was ended, before it had answered."""


class _Reader:
    """One reading process."""

    def __init__(self) -> None:
        package_root = str(Path(__file__).resolve().parents[2])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dagster_project.intake.workbook_reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": package_root},
        )
        self.has_served = False
        # What was read ahead of the answer in hand.
        self.held = bytearray()

    def tables(self, path: Path, plan: HeaderPlan, seconds: float) -> Iterator[RawTable]:
        self.has_served = True
        body = marshal.dumps((str(path), tuple(plan)))
        assert self.process.stdin
        try:
            self.process.stdin.write(struct.pack("<Q", len(body)) + body)
        except OSError as error:
            raise _Died from error
        while True:
            answer = self._answer(seconds)
            if "rejected" in answer:
                raise Rejected(answer["rejected"])
            table = answer["table"]
            table["row_nos"] = range(*table["row_nos"])
            for name, values in table["columns"].items():
                if isinstance(values, str):
                    table["columns"][name] = Joined(values)
            yield RawTable(**table)
            if "is_worn_out" in answer:
                if answer["is_worn_out"]:
                    self.end()
                return

    def _answer(self, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        (size,) = struct.unpack("<Q", self._read(8, deadline))
        body = self._read(size, deadline)
        answer: dict[str, Any] = marshal.loads(body)
        return answer

    def _read(self, size: int, deadline: float) -> bytes:
        assert self.process.stdout
        pipe = self.process.stdout.fileno()
        while len(self.held) < size:
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise _Died
            part = os.read(pipe, 1 << 20)
            if not part:
                raise _Died
            self.held += part
        found = bytes(memoryview(self.held)[:size])
        del self.held[:size]
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

    def read(self, path: Path, plan: HeaderPlan) -> list[RawTable]:
        """The tables of a workbook. Raises Rejected; Unread where no process got to its end."""
        seconds = self.seconds_a_file + path.stat().st_size / 1e6 * SECONDS_A_MEGABYTE
        reader = self._idle.get()
        try:
            while True:
                if reader is None or not reader.is_alive:
                    reader = _Reader()
                was_used = reader.has_served
                try:
                    return list(reader.tables(path, plan, seconds))
                except _Died:
                    reader.end()
                    reader = None
                    # A process that had read other files may have been worn out by them: once more, alone.
                    if not was_used:
                        raise Unread("工作簿读不完：太大、太复杂或已损坏；请另存为 .xlsx 或拆分后报送") from None
        finally:
            self._idle.put(reader)
