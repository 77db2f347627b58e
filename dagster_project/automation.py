"""When a run starts without anybody: on the fifth of each month, and when a delivery arrives."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator

import dagster as dg

from dagster_project.fingerprint import inputs_now
from dagster_project.paths import DataPaths
from dagster_project.settings import span_start_of, today

publish_marts = dg.define_asset_job(
    "publish_marts",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Deliveries → warehouse → models → checks → published marts; all or nothing.",
)

# On the fifth the month's reports are due and its deliveries have arrived.
monthly_schedule = dg.ScheduleDefinition(
    name="monthly",
    job=publish_marts,
    cron_schedule="0 6 5 * *",
    execution_timezone="Asia/Shanghai",
    description="At six in the morning of the fifth.",
)

#: A delivery that is still being copied changes; it is read when it has stood still this long.
STILL_SECONDS = 60


@dg.sensor(
    name="deliveries",
    job=publish_marts,
    minimum_interval_seconds=60,
    description="Starts a run when what lies in DATA/raw, DATA/mappings or DATA/policies has changed and stands still.",
)
def deliveries_sensor(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    paths = DataPaths.resolve()
    as_of = today()
    inputs = inputs_now(paths, as_of, span_start_of(None, as_of))
    # The day and the program are the schedule's business.
    arrived = hashlib.sha256(f"{inputs.deliveries} {inputs.policies}".encode()).hexdigest()
    cursor = json.loads(context.cursor or "{}")
    if arrived == cursor.get("started"):
        yield dg.SkipReason("nothing new")
    elif arrived != cursor.get("seen"):
        context.update_cursor(json.dumps({**cursor, "seen": arrived, "since": time.time()}))
        yield dg.SkipReason("something arrives")
    elif time.time() - cursor["since"] < STILL_SECONDS:
        yield dg.SkipReason("waiting until it stands still")
    else:
        context.update_cursor(json.dumps({**cursor, "started": arrived}))
        yield dg.RunRequest()
