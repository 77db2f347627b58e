"""The workplace of one run: what it builds, where, and what it has to tell in the end. Knows no dagster.

The warehouse too is built under a new name and put in place only when the marts are published, so that both always
show one and the same run.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dagster_project import modelling, publish
from dagster_project.fingerprint import Inputs
from dagster_project.lock import SHANGHAI
from dagster_project.modelling import compiled
from dagster_project.paths import DataPaths

if TYPE_CHECKING:
    from dagster_project.intake import IntakeResult

#: The stages of a run, in order.
STAGES = ("read", "model", "check", "publish")


class Listener(Protocol):
    """Who is told how far a run is."""

    def stage(self, name: str) -> None:
        """A stage (`STAGES`) begins; each may come more than once."""

    def progress(self, done: int, total: int) -> None:
        """So many of the stage's things (files, models and tests, checks) are done."""


class Silent:
    """A listener for runs that nobody watches."""

    def stage(self, name: str) -> None:
        pass

    def progress(self, done: int, total: int) -> None:
        pass


@dataclass(frozen=True)
class Finding:
    """One check of a run. `rows`: how many rows failed it, none where that cannot be said; `examples`: a few by their
    keys, without personal data."""

    check: str
    table: str
    passed: bool
    blocking: bool
    note: str = ""
    rows: int | None = None
    observed: str = ""
    examples: tuple[dict[str, str], ...] = ()
    error: str | None = None


class CheckBlockedError(RuntimeError):
    """Checks that keep the marts from being published have failed; `Build.blocking` holds them."""


@dataclass
class Build:
    """One run. Made by `open_build`, which cleans up behind it."""

    paths: DataPaths
    inputs: Inputs
    version: str
    umask: int
    listener: Listener
    findings: list[Finding] = field(default_factory=list)
    outcomes: list[modelling.Outcome] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    cpu_seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    intake: IntakeResult | None = None
    summary: dict[str, Any] = field(default_factory=dict)
    error: BaseException | None = None

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.inputs.as_of)

    @property
    def folder(self) -> Path:
        return build_folder(self.paths) / self.version

    @property
    def warehouse(self) -> Path:
        return self.folder / compiled.WAREHOUSE_NAME

    @property
    def candidate(self) -> Path:
        return self.paths.marts / publish.VERSIONS / self.version / publish.DATABASE

    @property
    def is_published(self) -> bool:
        """Whether readers see this run's version, whatever went wrong after it was put in place."""
        return publish.current(self.paths.marts) == self.version

    @property
    def blocking(self) -> list[Finding]:
        """The failures for which nothing may be published."""
        return [finding for finding in self.findings if finding.blocking and not finding.passed]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage and keep what went wrong in it; whoever carries the stages out may wrap the error."""
        self.listener.stage(name)
        begun, cpu_begun = time.monotonic(), _cpu_now()
        try:
            yield
        except CheckBlockedError:
            raise
        except BaseException as error:
            self.error = self.error or error
            raise
        finally:
            self.seconds[name] += time.monotonic() - begun
            self.cpu_seconds[name] += _cpu_now() - cpu_begun

    def raise_if_blocked(self) -> None:
        if self.blocking:
            raise CheckBlockedError(", ".join(finding.check for finding in self.blocking))


def _cpu_now() -> float:
    """CPU seconds of this process and of the children that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def build_folder(paths: DataPaths) -> Path:
    return paths.state / "build"


def failed_folder(paths: DataPaths) -> Path:
    """The warehouse and the candidate of the last run that was not published, to look into."""
    return paths.state / "failed"


@contextmanager
def open_build(paths: DataPaths, inputs: Inputs, listener: Listener) -> Iterator[Build]:
    """A workplace for one run; the caller holds the run lock.

    What killed runs left is swept first. In the end the workplace goes; of a run that was not published the databases
    stay under `state/failed`, until the next run is published.
    """
    umask = os.umask(0o077)
    try:
        shutil.rmtree(build_folder(paths), ignore_errors=True)
        publish.sweep(paths.marts)
        # Names sort by time; the process makes them one of a kind.
        version = f"{datetime.now(SHANGHAI):%Y%m%dT%H%M%S}-{os.getpid()}"
        build = Build(paths, inputs, version, umask, listener)
        build.folder.mkdir(parents=True)
        publish.candidate_path(paths.marts, version)
        try:
            yield build
        finally:
            _close(build)
    finally:
        os.umask(umask)


def _close(build: Build) -> None:
    failed = failed_folder(build.paths)
    shutil.rmtree(failed, ignore_errors=True)
    if not build.is_published:
        failed.mkdir()
        for path in (build.warehouse, build.candidate):
            if path.exists():
                shutil.move(path, failed / path.name)
        publish.discard(build.paths.marts, build.version)
    shutil.rmtree(build.folder, ignore_errors=True)
