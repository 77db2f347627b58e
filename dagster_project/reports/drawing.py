"""The pictures of many places, drawn by processes of their own while papers are written: drawing takes longest.

As a program (`python -m dagster_project.reports.drawing`) it is such a process: a line of JSON in for each picture,
with its specification and font, a line of JSON out with both its forms or the error. It ends when its input does.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

from dagster_project.reports.pictures import Picture, drawn

Specs = Mapping[str, dict[str, Any]]

#: Each holds some 200 MB.
MOST_PROCESSES = 3
#: For fewer papers a process is not worth its start.
FEWEST_PAPERS = 8


class DrawingError(RuntimeError):
    """A process that draws has ended, or refused a picture."""


class Drawings:
    """The pictures of places by their codes. A context manager; without processes each is drawn when asked for."""

    def __init__(self, specs: Mapping[str, Specs], font: str, processes: int) -> None:
        self._specs, self._font = specs, font
        self._size = processes
        self._own = threading.local()
        self._started: list[subprocess.Popen[str]] = []
        self._asked: dict[str, dict[str, Future[Picture]]] = {}

    def __enter__(self) -> Self:
        if self._size:
            self._pool = ThreadPoolExecutor(self._size)
            for code, specs in self._specs.items():
                self._asked[code] = {name: self._pool.submit(self._draw, spec) for name, spec in specs.items()}
        return self

    def __exit__(self, *_: object) -> None:
        if self._size:
            # A thread that waits for an answer is let go by the end of its process.
            for process in self._started:
                process.kill()
            self._pool.shutdown(cancel_futures=True)
            for process in self._started:
                process.communicate()

    def of(self, code: str) -> dict[str, Picture]:
        """The pictures of a place, by their names. Raises DrawingError."""
        if self._size:
            return {name: picture.result() for name, picture in self._asked.pop(code, {}).items()}
        return {name: drawn(spec, self._font) for name, spec in self._specs.get(code, {}).items()}

    def _draw(self, spec: dict[str, Any]) -> Picture:
        process = self._process()
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps({"spec": spec, "font": self._font}) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
        except (OSError, ValueError) as error:
            raise DrawingError("the process that draws has ended") from error
        if "error" in answer:
            raise DrawingError(answer["error"])
        return Picture(base64.b64decode(answer["png"]), answer["svg"])

    def _process(self) -> subprocess.Popen[str]:
        """The process of this thread."""
        if not hasattr(self._own, "process"):
            self._own.process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            )
            self._started.append(self._own.process)
        return self._own.process  # type: ignore[no-any-return]


def processes_for(papers: int) -> int:
    """How many processes are to draw beside the one that writes so many papers."""
    spare = len(os.sched_getaffinity(0)) - 1
    return min(spare, MOST_PROCESSES) if papers >= FEWEST_PAPERS else 0


def main() -> None:
    """Draw what is asked on standard input, until it ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            picture = drawn(asked["spec"], asked["font"])
            answer = {"svg": picture.svg, "png": base64.b64encode(picture.png).decode("ascii")}
        except Exception as error:  # whatever the drawing library raises, the one who asked is told
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
