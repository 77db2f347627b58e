"""When a run starts without anybody: on the fifth of each month, and when a delivery arrives; then the papers.

| at (Shanghai) | what | why then |
| --- | --- | --- |
| the fifth of each month, 6:00 | `publish_marts` | the month's reports are due and its deliveries have arrived |
| the fifth of each month, 8:00 | `reports/monthly` | two hours are enough for the largest run; the office opens |
| 5 January, April, July, October, 8:30 | `reports/quarterly` | with the marts of that morning, after the month's |
| 5 January, July, 9:00 | `reports/halfyear` | the same |
| 5 January, 9:30 | `reports/annual_preliminary` | the first marts that know the whole year |
| 5 March, 9:30 | `reports/annual_final` | two months are there for feedback and objections, and what came of them |

Each makes the papers of the period that ended last, for every region with a policy, and fails in words where the marts
of that morning were not published: run `publish_marts`, then the partition again. Dates of one's own are set by making
the partition by hand. Papers are no part of `publish_marts`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import dagster as dg

from dagster_project import publish
from dagster_project.assets.reports import GROUP, REPORTS, Report
from dagster_project.fingerprint import inputs_now
from dagster_project.lock import SHANGHAI
from dagster_project.paths import DataPaths
from dagster_project.reports.period import Period, period_of
from dagster_project.settings import span_start_of, today

publish_marts = dg.define_asset_job(
    "publish_marts",
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups(GROUP),
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

#: When the papers of the period that ended last are made, by the name of the report.
REPORT_CRONS = {
    "monthly": "0 8 5 * *",
    "quarterly": "30 8 5 1,4,7,10 *",
    "halfyear": "0 9 5 1,7 *",
    "annual_preliminary": "30 9 5 1 *",
    "annual_final": "30 9 5 3 *",
}

report_jobs = {
    report.name: dg.define_asset_job(
        f"report_{report.name}",
        selection=[report.key],
        executor_def=dg.in_process_executor,
        description=f"{report.label}: makes and freezes the papers of one period.",
    )
    for report in REPORTS
}


def _report_schedule(report: Report) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=f"report_{report.name}",
        job=report_jobs[report.name],
        cron_schedule=REPORT_CRONS[report.name],
        execution_timezone=str(SHANGHAI),
        description=f"{report.label} of the period that ended last.",
    )
    def schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        period = ended_before(report, context.scheduled_execution_time)
        op = report.key.to_python_identifier()
        return dg.RunRequest(
            run_key=period.key,
            partition_key=report.partition_key(period),
            run_config={"ops": {op: {"config": {"only_ended": True}}}},
        )

    return schedule


def ended_before(report: Report, moment: datetime) -> Period:
    """The last period of a report that had ended before the day of a moment."""
    day = moment.astimezone(SHANGHAI).date()
    return period_of(report.kind, period_of(report.kind, day).starts_on - timedelta(days=1))


report_schedules = [_report_schedule(report) for report in REPORTS]

#: A delivery that is still being copied changes; it is read when it has stood still this long.
STILL_SECONDS = 60
#: A run that published nothing (another held the lock, it failed, a check blocked it) is started again after this long.
AGAIN_SECONDS = 3600


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
    published = publish.read_manifest(paths.marts)
    told = {"deliveries": inputs.deliveries, "policies": inputs.policies}
    if published is not None and publish.is_made_from(published, told):
        yield dg.SkipReason("nothing new")
    elif arrived == cursor.get("started") and time.time() - cursor.get("at", 0) < AGAIN_SECONDS:
        yield dg.SkipReason("a run has been started")
    elif arrived != cursor.get("seen"):
        context.update_cursor(json.dumps({**cursor, "seen": arrived, "since": time.time()}))
        yield dg.SkipReason("something arrives")
    elif time.time() - cursor["since"] < STILL_SECONDS:
        yield dg.SkipReason("waiting until it stands still")
    else:
        context.update_cursor(json.dumps({**cursor, "started": arrived, "at": time.time()}))
        yield dg.RunRequest()
