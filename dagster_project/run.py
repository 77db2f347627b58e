"""The whole pipeline, once: under the lock, only where something is new, all or nothing.

Nothing heavy is imported before it is known that there is something to do.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from dagster_project import publish
from dagster_project.build import Listener, open_build
from dagster_project.fingerprint import inputs_now
from dagster_project.lock import run_lock
from dagster_project.paths import DataPaths


class Exit(IntEnum):
    """How a run ends (interface.md)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    BLOCKED = 3
    LOSSES = 4
    LOCKED = 75


@dataclass(frozen=True)
class Result:
    """What became of a run. `status`: published, unchanged, blocked or failed; `error` of a failed one."""

    status: str
    version: str | None
    summary: dict[str, Any]
    error: BaseException | None = None

    def exit_code(self, strict: bool) -> Exit:
        if self.status == "failed":
            return Exit.FAILED
        if self.status == "blocked":
            return Exit.BLOCKED
        losses = self.summary["deliveries"]["rejected"] or self.summary["rows"]["quarantined"]
        return Exit.LOSSES if strict and losses else Exit.DONE


def run_pipeline(paths: DataPaths, as_of: date, span_start: date, listener: Listener, force: bool = False) -> Result:
    """Build and publish the marts as at `as_of`; where the published ones are made from the same inputs, say so.

    Raises RunLockedError where another run holds the warehouse. Everything else that goes wrong is in the result.
    """
    begun = time.monotonic()
    with run_lock(paths.lock):
        inputs = inputs_now(paths, as_of, span_start)
        published = None if force else publish.read_manifest(paths.marts)
        if published is not None and paths.warehouse.is_file() and publish.is_made_from(published, inputs.as_dict()):
            summary = published["summary"]
            summary["deliveries"]["new"] = 0
            summary["seconds"] = {"total": round(time.monotonic() - begun, 3)}
            return Result("unchanged", published["version"], summary)

        with open_build(paths, inputs, listener) as build:
            # Dagster, dbt and polars come with this.
            from dagster_project import summary as telling
            from dagster_project.execution import execute

            execute(build)
            if build.is_published:
                result = Result("published", build.version, build.summary)
            elif build.error is None:
                result = Result("blocked", None, telling.describe_failure(build))
            else:
                result = Result("failed", None, telling.describe_failure(build), build.error)
        result.summary["seconds"] = _timed(build.seconds, time.monotonic() - begun)
        result.summary["cpu_seconds"] = _timed(build.cpu_seconds, time.process_time())
        return result


def _timed(stages: dict[str, float], total: float) -> dict[str, float]:
    return {name: round(value, 3) for name, value in {**stages, "total": total}.items()}
