"""What Dagster sees: one graph, its checks, and when a run starts by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from dagster_project import automation, checks, contracts, modelling, publish
from dagster_project.build import Build
from dagster_project.definitions import defs
from dagster_project.fingerprint import inputs_now
from dagster_project.lock import RunLockedError, run_lock
from dagster_project.paths import DataPaths
from dagster_project.resources import build_resource
from dagster_project.settings import span_start_of, today


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JIANNUO_DATA", str(tmp_path))
    return tmp_path


def test_everything_loads_and_nothing_hangs_in_the_air() -> None:
    dg.Definitions.validate_loadable(defs)
    graph = defs.resolve_asset_graph()
    assert all(graph.get(key).is_materializable for key in graph.get_all_asset_keys())


def test_each_feed_model_and_policy_is_an_asset_named_and_grouped_by_its_layer() -> None:
    graph = defs.resolve_asset_graph()
    keys = {tuple(key.path) for key in graph.get_all_asset_keys()}
    assert {("raw", feed) for feed in contracts.feed_names()} < keys
    assert {model.key for model in modelling.load_graph().models} < keys
    assert {("policy", "parameters"), ("published", "integrity")} < keys
    assert all(graph.get(dg.AssetKey(key)).group_name == key[0] for key in keys)


def test_what_is_published_rests_on_every_mart_and_every_mart_on_a_delivery() -> None:
    graph = defs.resolve_asset_graph()
    marts = {model.key for model in modelling.load_graph().models if model.key[0] == "marts"}
    published = graph.get(dg.AssetKey(["published", "integrity"]))
    assert {tuple(key.path) for key in published.parent_keys} == marts
    for mart in marts:
        roots = {key.path[0] for key in _ancestors(graph, dg.AssetKey(mart))}
        assert "raw" in roots, mart


def _ancestors(graph: dg.BaseAssetGraph, key: dg.AssetKey) -> set[dg.AssetKey]:
    found: set[dg.AssetKey] = set()
    left = [key]
    while left:
        for parent in graph.get(left.pop()).parent_keys:
            if parent not in found:
                found.add(parent)
                left.append(parent)
    return found


def test_each_data_test_and_each_expectation_is_a_check_on_its_asset() -> None:
    shown = {(tuple(key.asset_key.path), key.name) for key in defs.resolve_asset_graph().asset_check_keys}
    tests = {(test.about, test.name) for test in modelling.load_graph().tests}
    expected = {(tuple(suite.asset.split("/")), check.name) for suite in checks.load_suites() for check in suite.checks}
    assert shown == tests | expected


def test_the_schedule_starts_at_six_in_the_morning_of_the_fifth_in_shanghai() -> None:
    schedule = defs.get_repository_def().get_schedule_def("monthly")
    from dagster._utils.schedules import schedule_execution_time_iterator

    after = datetime(2024, 2, 5, 6, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    times = schedule_execution_time_iterator(
        after.timestamp(), str(schedule.cron_schedule), schedule.execution_timezone
    )
    assert next(times) == datetime(2024, 3, 5, 6, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def sensor(cursor: str | None) -> tuple[dg.SensorEvaluationContext, list[object]]:
    context = dg.build_sensor_context(cursor=cursor)
    told = automation.deliveries_sensor(context)
    assert isinstance(told, Iterator)
    return context, list(told)


def test_a_delivery_starts_one_run_when_it_has_stood_still(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC).timestamp()
    monkeypatch.setattr("time.time", lambda: now)
    file = data / "raw" / "complaints" / "2024-06-05" / "a.csv"
    file.parent.mkdir(parents=True)
    file.write_text("工单编号\n", encoding="utf-8")

    context, told = sensor(None)
    assert isinstance(told[0], dg.SkipReason)
    # It grew meanwhile: the waiting begins again.
    file.write_text("工单编号\n1\n", encoding="utf-8")
    now += automation.STILL_SECONDS
    context, told = sensor(context.cursor)
    assert isinstance(told[0], dg.SkipReason)
    now += automation.STILL_SECONDS - 1
    context, told = sensor(context.cursor)
    assert isinstance(told[0], dg.SkipReason)
    now += 1
    context, told = sensor(context.cursor)
    assert isinstance(told[0], dg.RunRequest)
    now += automation.AGAIN_SECONDS - 1
    context, told = sensor(context.cursor)
    assert isinstance(told[0], dg.SkipReason)
    assert json.loads(context.cursor or "")["started"]
    # That run published nothing: it is started again.
    now += 1
    context, told = sensor(context.cursor)
    assert isinstance(told[0], dg.RunRequest)
    # That one did.
    paths = DataPaths(data)
    inputs = inputs_now(paths, today(), span_start_of(None, today()))
    monkeypatch.setattr(publish, "read_manifest", lambda _: {"made_from": inputs.as_dict()})
    now += 2 * automation.AGAIN_SECONDS
    context, told = sensor(context.cursor)
    assert isinstance(told[0], dg.SkipReason)


def test_a_run_that_dagster_starts_takes_the_same_lock(data: Path) -> None:
    with run_lock(DataPaths(data).lock), pytest.raises(dg.DagsterResourceFunctionError) as refused:
        dg.build_resources({"build": build_resource}).__enter__()
    assert isinstance(refused.value.user_exception, RunLockedError)


def test_a_run_that_dagster_starts_is_about_the_day_and_span_it_is_given(data: Path) -> None:
    config = {"as_of": "2024-06-30", "span_from": "2024-02"}
    with dg.build_resources({"build": build_resource}, resource_config={"build": {"config": config}}) as resources:
        build: Build = resources.build
        assert (build.inputs.as_of, build.inputs.span_start) == ("2024-06-30", "2024-02-01")
        assert build.candidate.parent.is_dir()
    assert not build.candidate.parent.exists()
