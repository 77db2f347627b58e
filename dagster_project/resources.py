"""The workplace of a run that Dagster starts by itself (schedule, sensor, page)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from dagster_project.build import Build, Silent, open_build
from dagster_project.fingerprint import inputs_now
from dagster_project.lock import run_lock
from dagster_project.paths import DataPaths
from dagster_project.settings import as_of_of, span_start_of


@dg.resource(
    config_schema={
        "data": dg.Field(str, is_required=False, description="DATA; else JIANNUO_DATA, else ./data"),
        "as_of": dg.Field(str, is_required=False, description="Day of observation, ISO; else today in the office"),
        "span_from": dg.Field(
            str,
            is_required=False,
            description="First month (YYYY-MM); else JIANNUO_SPAN_FROM, else January of last year",
        ),
    },
    description="One run: where it builds, under the lock that every run takes.",
)
def build_resource(context: dg.InitResourceContext) -> Iterator[Build]:
    """Raises RunLockedError where another run, however it was started, holds the warehouse."""
    config = context.resource_config or {}
    paths = DataPaths.resolve(Path(config["data"]) if "data" in config else None)
    as_of = as_of_of(config.get("as_of"))
    span_start = span_start_of(config.get("span_from"), as_of)
    with run_lock(paths.lock), open_build(paths, inputs_now(paths, as_of, span_start), Silent()) as build:
        yield build
