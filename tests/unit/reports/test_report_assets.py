"""The papers as Dagster's assets: a partition is what `jiannuo report` makes, and what fails says so in Chinese."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from docx import Document

from dagster_project import automation, modelling, publish
from dagster_project.assets import reports
from dagster_project.assets.reports import REPORTS, Report, report_asset
from dagster_project.definitions import defs
from dagster_project.paths import DataPaths
from dagster_project.policies import policy_tables, read_policies
from dagster_project.reports import annual, figures, making
from dagster_project.reports.making import make_report
from dagster_project.reports.period import period_of, read_period
from tests.unit.reports import marts

BY_NAME = {report.name: report for report in REPORTS}


@pytest.fixture(autouse=True)
def quick(data: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the tiny city, without pictures."""
    monkeypatch.setenv("JIANNUO_DATA", str(data.root))
    monkeypatch.setattr(making, "picture_font", lambda: None)


def made(name: str, partition: str, **config: object) -> dict[str, Any]:
    """What an asset's partition tells of itself."""
    report = BY_NAME[name]
    said = {"region": marts.EAST, "pdf": False, **config}
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [report_asset(report)],
            partition_key=partition,
            run_config={"ops": {report.key.to_python_identifier(): {"config": said}}},
            instance=instance,
        )
        (event,) = result.asset_materializations_for_node(report.key.to_python_identifier())
    return {name: value.value for name, value in event.metadata.items()}


def refusal(name: str, partition: str, **config: object) -> str:
    with pytest.raises(dg.Failure) as refused:
        made(name, partition, **config)
    return refused.value.description or ""


@pytest.mark.parametrize(
    ("name", "partition", "kind", "key"),
    [
        ("monthly", "2024-03", "monthly", "2024-03"),
        ("quarterly", "2024-01", "quarterly", "2024Q1"),
        ("annual_preliminary", "2024", "annual", "2024"),
    ],
)
def test_a_partition_is_the_same_revision_that_the_command_makes(
    data: DataPaths, name: str, partition: str, kind: str, key: str
) -> None:
    told = made(name, partition)
    assert (told["period"], told["revision"], told["is_new"], told["papers"]) == (key, "r1", True, 1)
    assert told["folder"] == str(data.marts / "reports" / kind / key / "r1")
    again = make_report(data, kind, key, marts.EAST, stage=BY_NAME[name].stage, wants_pdf=False)
    assert (again.revision.name, again.revision.is_new) == ("r1", False)
    assert made(name, partition)["is_new"] is False


def test_what_a_new_revision_restates_is_told(data: DataPaths) -> None:
    made("monthly", "2024-03")
    rows = marts.content()
    rows["delivery"].append(rows["delivery"][0] | {"file": "补报.csv", "sha256": "b"})
    marts.publish_marts(data.root, "v2", rows)
    told = made("monthly", "2024-03")
    assert (told["revision"], told["restates"]) == ("r2", {marts.EAST: "r1"})


def test_the_stages_of_a_year_are_two_assets_whose_revisions_count_on(data: DataPaths) -> None:
    assert made("annual_preliminary", "2024")["revision"] == "r1"
    told = made("annual_final", "2024")
    assert (told["revision"], told["restates"]) == ("r2", {})


def test_what_cannot_be_made_is_a_failure_that_says_why(data: DataPaths) -> None:
    assert "晚于" in refusal("monthly", "2024-05")
    assert "2023-03" in refusal("monthly", "2023-01")
    assert "4101" in refusal("monthly", "2024-03", region="4101")
    # By hand the paper of a year that runs can be made; a schedule asks for whole ones.
    assert "还没有结束" in refusal("annual_preliminary", "2024", only_ended=True)
    own = data.root / "templates"
    own.mkdir()
    document = Document()
    document.add_paragraph("{{ region_nmae }}")
    document.save(str(own / "monthly.docx"))
    assert "region_nmae" in refusal("monthly", "2024-03")
    assert "字段写错" in refusal("monthly", "2024-03")
    (data.marts / publish.CURRENT).unlink()
    assert "publish_marts" in refusal("monthly", "2024-03")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_report_rests_on_the_marts_that_its_queries_read(
    report: Report, data: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {model.key[1] for model in modelling.load_graph().models if model.key[0] == "marts"}
    read: set[str] = set()
    sql = figures._sql

    def seen(name: str) -> str:
        read.update(known & set(re.findall(r"(?:from|join)\s+(\w+)", sql(name))))
        return sql(name)

    monkeypatch.setattr(figures, "_sql", seen)
    # The tiny city knows one month of a half-year: what is read is asked, not what comes of it.
    monkeypatch.setattr(figures, "_check", lambda *_: None)
    period = period_of(report.kind, marts.MARCH)
    if report.stage:
        annual.read_scores(data.published_db, marts.AS_OF, period, "3607", report.stage)
    else:
        figures.read_figures(data.published_db, marts.AS_OF, period, "3607")
    assert set(report.marts) == read
    parents = defs.resolve_asset_graph().get(report.key).parent_keys
    assert {tuple(key.path) for key in parents} == {("marts", name) for name in read} | {("published", "integrity")}


def test_partitions_begin_with_the_span_and_end_with_the_period_that_holds_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def keys(name: str, moment: dt.datetime) -> list[str]:
        return list(BY_NAME[name].partitions().get_partition_keys(current_time=moment))

    shanghai = ZoneInfo("Asia/Shanghai")
    new_year = dt.datetime(2025, 1, 1, 0, 1, tzinfo=shanghai)
    old_year = dt.datetime(2024, 12, 31, 23, 59, tzinfo=shanghai)
    assert (keys("monthly", old_year)[0], keys("monthly", old_year)[-1]) == ("2020-01", "2024-12")
    assert [keys(name, old_year)[-1] for name in BY_NAME] == ["2024-12", "2024-10", "2024-07", "2024", "2024"]
    assert [keys(name, new_year)[-1] for name in BY_NAME] == ["2025-01", "2025-01", "2025-01", "2025", "2025"]
    monkeypatch.setenv("JIANNUO_SPAN_FROM", "2023-05")
    assert [keys(name, new_year)[0] for name in BY_NAME] == ["2023-05", "2023-04", "2023-01", "2023", "2023"]


def test_no_policy_that_comes_with_the_program_holds_before_the_first_partition() -> None:
    tables = policy_tables(read_policies())
    began = min(row["effective_from"] for row in tables["policy"].to_dicts() if row["policy_id"])
    assert (began >= reports.EARLIEST, reports.EARLIEST.year) == (True, began.year)


@pytest.mark.parametrize(
    ("name", "moment", "partition"),
    [
        ("monthly", "2024-03-05T08:00", "2024-02"),
        ("monthly", "2024-01-05T08:00", "2023-12"),
        ("quarterly", "2024-04-05T08:30", "2024-01"),
        ("halfyear", "2024-01-05T09:00", "2023-07"),
        ("annual_preliminary", "2024-01-05T09:30", "2023"),
        ("annual_final", "2024-03-05T09:30", "2023"),
    ],
)
def test_a_schedule_makes_the_period_that_ended_last_after_the_marts_of_that_morning(
    name: str, moment: str, partition: str
) -> None:
    from dagster._utils.schedules import schedule_execution_time_iterator

    shanghai = ZoneInfo("Asia/Shanghai")
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=shanghai)
    schedule = defs.get_repository_def().get_schedule_def(f"report_{name}")
    job = defs.get_repository_def().get_schedule_def("monthly")
    before = (at - dt.timedelta(hours=6)).timestamp()
    run_at, made_at = (
        next(schedule_execution_time_iterator(before, str(one.cron_schedule), one.execution_timezone))
        for one in (job, schedule)
    )
    assert (made_at, run_at.date()) == (at, at.date())
    assert run_at < made_at
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(
            instance=instance, scheduled_execution_time=at, repository_def=defs.get_repository_def()
        )
        (request,) = schedule.evaluate_tick(context).run_requests or ()
    assert request.partition_key == partition
    (op,) = request.run_config["ops"].values()
    assert op["config"] == {"only_ended": True}


def test_each_report_has_a_job_of_its_own_and_is_no_part_of_the_one_that_publishes() -> None:
    def made_by(job: str) -> set[tuple[str, ...]]:
        return {tuple(key.path) for key in defs.resolve_job_def(job).asset_layer.executable_asset_keys}

    assert not {key for key in made_by(automation.publish_marts.name) if key[0] == "reports"}
    assert set(automation.REPORT_CRONS) == set(BY_NAME)
    for name in BY_NAME:
        assert made_by(f"report_{name}") == {("reports", name)}


def test_looking_at_the_definitions_imports_nothing_that_papers_are_made_with() -> None:
    code = (
        "import sys, dagster_project.definitions\n"
        "print([name for name in ('docx', 'docxtpl', 'xlsxwriter', 'vl_convert', 'polars') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_a_partition_is_named_by_the_first_day_of_its_period() -> None:
    assert BY_NAME["quarterly"].partition_key(read_period("quarterly", "2024Q2")) == "2024-04"
    assert BY_NAME["halfyear"].partition_key(read_period("halfyear", "2024H2")) == "2024-07"
