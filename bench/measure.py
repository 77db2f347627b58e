"""Runs a command and tells what it cost: wall seconds, CPU seconds, peak memory, all with its children."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: So often the memory of the process and its children is looked at.
EVERY_SECONDS = 0.2
ROOT = Path(__file__).resolve().parents[1]


class RunFailedError(RuntimeError):
    """The command ended with another code than 0; the message holds the end of its standard error."""


@dataclass(frozen=True)
class Cost:
    """What a command cost. `said`: the JSON object it printed.

    `peak_bytes`: the larger of the largest process (ru_maxrss) and the largest sum of resident sizes over the process
    and its children, as seen five times a second; pages that several share count for each of them. To ask for the
    proportional sizes would stop a large process for a third of its time.
    """

    wall: float
    cpu: float
    peak_bytes: int
    said: dict[str, Any]


def run(command: list[str]) -> Cost:
    """Run a command that prints one JSON object. Raises RunFailedError."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        begun = time.perf_counter()
        # Untouched by the figures: nothing of the child's output passes through this process.
        child = subprocess.Popen(command, stdout=out, stderr=err, cwd=ROOT)
        watch = _Watch(child.pid)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        out.seek(0)
        err.seek(0)
        if child.returncode != 0:
            raise RunFailedError(f"{' '.join(command)}: {child.returncode}\n{err.read()[-3000:]}{out.read()[-3000:]}")
        said = json.loads(out.read())
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss * 1024, watch.peak), said)


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs one of this project's modules."""
    return [sys.executable, "-m", module, *arguments]


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self._ended = pid, 0, threading.Event()

    def run(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            self.peak = max(self.peak, sum(_resident_bytes(pid) for pid in _family(self.pid)))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _resident_bytes(pid: int) -> int:
    """Memory of a process that lies in RAM; 0 where it has ended or the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
