"""Intake: files in, typed rows out (docs/architecture.md, 1). It knows polars, no dagster and no duckdb.

Importing this package is cheap: polars is imported when something is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.intake.discovery import Problem, contract_version, fingerprint

if TYPE_CHECKING:
    from dagster_project.intake.reading import IntakeResult

__all__ = ["IntakeResult", "Problem", "contract_version", "fingerprint", "read_deliveries"]


def read_deliveries(
    data_dir: Path, as_of: dt.date, progress: Callable[[int, int, str], None] | None = None
) -> IntakeResult:
    """Reads what is new under `data_dir` and lands it; see `reading.read_deliveries`."""
    from dagster_project.intake.reading import read_deliveries as read

    return read(data_dir, as_of, progress)


def __getattr__(name: str) -> object:
    if name == "IntakeResult":
        from dagster_project.intake.reading import IntakeResult

        return IntakeResult
    raise AttributeError(name)
