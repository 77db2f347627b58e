"""One run at a time: a lock of our own on `DATA/state/run.lock`.

DuckDB's lock is dropped by any second opening of the file within the process, and Dagster's limits start the next run
while the killed run's step may still work. `flock` holds until the last descriptor of its holder closes.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class RunLockedError(RuntimeError):
    """Another run holds the warehouse (interface.md: exit 75). `pid` and `since` are its own words, if it left any."""

    def __init__(self, pid: int | None, since: str | None) -> None:
        super().__init__(f"another run holds the warehouse: pid {pid or 'unknown'}, since {since or 'unknown'}")
        self.pid = pid
        self.since = since


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Hold the lock for the time of a run, without waiting for it.

    Raises RunLockedError where another process, or another run of this process, holds it; OSError on a file system that
    has no locks.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Never unlinked: a lock on a file that has lost its name excludes nobody.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunLockedError(*_holder(descriptor)) from None
        note = {"pid": os.getpid(), "since": datetime.now(SHANGHAI).isoformat(timespec="seconds")}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> tuple[int | None, str | None]:
    try:
        note = json.loads(os.pread(descriptor, 4096, 0))
        return int(note["pid"]), str(note["since"])
    except (ValueError, KeyError, TypeError):
        return None, None
