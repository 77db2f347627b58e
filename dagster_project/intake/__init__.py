"""Intake: files in, typed rows out (docs/architecture.md, 1). It knows polars, no dagster and no duckdb.

Importing this package is cheap: polars is imported when something is read.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.intake.discovery import (
    Problem,
    changed_since_landing,
    contract_version,
    find_deliveries,
    fingerprint,
)
from dagster_project.intake.formats import is_named_as_workbook
from dagster_project.intake.hands import Hands

if TYPE_CHECKING:
    from dagster_project.intake.reading import IntakeResult

__all__ = ["IntakeResult", "Problem", "contract_version", "fingerprint", "read_deliveries"]

# What a column of polars took up is there for the next, for ten seconds: to give it back to the system and ask for it
# anew takes a third of the system's time in reading. Its allocator looks here when polars is imported.
_KEPT_MEMORY = ("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000")


def read_deliveries(
    data_dir: Path, as_of: dt.date, progress: Callable[[int, int, str], None] | None = None
) -> IntakeResult:
    """Reads every delivery received by `as_of` that was not read before, and lands its rows under `DATA/landing`.

    A file that can't be read is rejected, and the others go on. Raises MappingError where a mapping is wrong: then
    nothing is read. `DATA/raw` is never written to.
    """
    found, problems = find_deliveries(data_dir, as_of)
    with Hands() as hands:
        if any(is_named_as_workbook(delivery.path) for delivery in changed_since_landing(data_dir, found)):
            # They take as long to be ready as polars to be imported.
            hands.pool.start()
        os.environ.setdefault(*_KEPT_MEMORY)

        from dagster_project.intake.reading import read_new

        return read_new(data_dir, found, problems, hands, progress)


def __getattr__(name: str) -> object:
    if name == "IntakeResult":
        from dagster_project.intake.reading import IntakeResult

        return IntakeResult
    raise AttributeError(name)
