"""The papers of each month, quarter, half-year and year: what `jiannuo report` makes, by the same code.

A partition is one period, so that Dagster shows which papers there are and makes those of any period again. What was
frozen is never changed (docs/reports.md): from the same marts it is the same revision, from others the next one.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import dagster as dg

from dagster_project.assets.marts import PUBLISHED
from dagster_project.lock import SHANGHAI
from dagster_project.paths import DataPaths
from dagster_project.reports.period import Period, period_of
from dagster_project.settings import SPAN_VARIABLE, span_start_of

GROUP = "reports"
#: Where the span may begin if JIANNUO_SPAN_FROM says nothing: no policy that comes with the program holds before.
EARLIEST = date(2020, 1, 1)

_EACH_PERIOD = (
    *("alert", "delivery", "dim_organization", "fct_commitment", "fct_complaint", "fct_listing", "feed_monthly"),
    *("inventory", "listing_notice", "org_monthly", "overdue_period", "policy_parameter", "rectification"),
    *("region_monthly", "succession"),
)
_YEAR = (
    *("alert", "annual_assessment", "annual_deduction", "delivery", "dim_organization", "evidence", "feed_monthly"),
    *("policy_parameter", "record_period", "region_assessment", "region_policy", "succession"),
)


@dataclass(frozen=True)
class Report:
    """A report as an asset. `marts`: those it reads. `form`, `cron`: how a partition, which is named by the first day
    of its period, is written, and when one begins.
    """

    name: str
    kind: str
    label: str
    form: str
    cron: str
    marts: Sequence[str]
    stage: str | None = None

    @property
    def key(self) -> dg.AssetKey:
        return dg.AssetKey([GROUP, self.name])

    def partitions(self) -> dg.TimeWindowPartitionsDefinition:
        """Every period from the one in which the span may begin to the one that holds today.

        The year is named as `jiannuo report` takes it, and so is the month; a quarter and a half-year by their first
        month, for Dagster knows no other names of them.
        """
        return dg.TimeWindowPartitionsDefinition(
            start=period_of(self.kind, _first_day()).starts_on.strftime(self.form),
            fmt=self.form,
            cron_schedule=self.cron,
            timezone=str(SHANGHAI),
            # The one that holds today has not ended.
            end_offset=1,
        )

    def partition_key(self, period: Period) -> str:
        """The name of a period's partition."""
        return period.starts_on.strftime(self.form)


REPORTS = (
    Report("monthly", "monthly", "月调度", "%Y-%m", "0 0 1 * *", _EACH_PERIOD),
    Report("quarterly", "quarterly", "季通报", "%Y-%m", "0 0 1 1,4,7,10 *", (*_EACH_PERIOD, "region_quarterly")),
    Report(
        *("halfyear", "halfyear", "投诉办理半年报告", "%Y-%m", "0 0 1 1,7 *"),
        (*_EACH_PERIOD, "region_policy", "transfer"),
    ),
    Report("annual_preliminary", "annual", "年考评（初评）", "%Y", "0 0 1 1 *", _YEAR, "preliminary"),
    Report("annual_final", "annual", "年考评（复评）", "%Y", "0 0 1 1 *", _YEAR, "final"),
)


class ReportConfig(dg.Config):
    """How papers are made: `region` as `--region` of the command; `only_ended` refuses a period that had not ended by
    the day of the marts, as the schedules ask, while by hand it is made with its mark."""

    region: str | None = None
    pdf: bool = True
    only_ended: bool = False


def report_asset(report: Report) -> dg.AssetsDefinition:
    """A report: one partition is its papers of one period, of every region with a policy and of all below it."""

    @dg.asset(
        key=report.key,
        deps=[PUBLISHED, *(dg.AssetKey(["marts", name]) for name in report.marts)],
        partitions_def=report.partitions(),
        group_name=GROUP,
        kinds={"word", "excel", "pdf"},
        description=f"{report.label}: the frozen papers of a period, in DATA/marts/reports/{report.kind}.",
    )
    def papers(context: dg.AssetExecutionContext, config: ReportConfig) -> dg.MaterializeResult[Any]:
        period = period_of(report.kind, context.partition_time_window.start.date())
        return _make(report, period, config)

    return papers


def _make(report: Report, period: Period, config: ReportConfig) -> dg.MaterializeResult[Any]:
    # Word, Excel, pictures and the database: not for whoever only looks at the definitions.
    from dagster_project.reports.figures import NothingPublishedError
    from dagster_project.reports.making import make_report
    from dagster_project.reports.office import OfficeError
    from dagster_project.reports.period import PeriodError

    try:
        made = make_report(
            DataPaths.resolve(),
            report.kind,
            period.key,
            config.region,
            stage=report.stage,
            wants_pdf=config.pdf,
            only_ended=config.only_ended,
        )
    except NothingPublishedError:
        raise _failure(
            period, "还没有发布过数据：先运行 publish_marts（jiannuo run）", "nothing is published: run publish_marts"
        ) from None
    except (PeriodError, OfficeError) as error:
        raise _failure(period, error.zh, error.en) from None
    revision = made.revision
    return dg.MaterializeResult(
        metadata={
            "period": period.key,
            "revision": revision.name,
            "is_new": revision.is_new,
            "papers": len(revision.regions),
            "restates": dict(revision.manifest["restates"]),
            "left_out": made.left_out,
            "as_of": str(revision.manifest["as_of"]),
            "folder": dg.MetadataValue.path(revision.folder),
        }
    )


def _failure(period: Period, zh: str, en: str) -> dg.Failure:
    # The same inputs fail in the same way.
    return dg.Failure(description=zh, metadata={"period": period.key, "in_english": en}, allow_retries=False)


def _first_day() -> date:
    return span_start_of(None, date.max) if os.environ.get(SPAN_VARIABLE) else EARLIEST


def report_assets() -> list[dg.AssetsDefinition]:
    """Every report."""
    return [report_asset(report) for report in REPORTS]
