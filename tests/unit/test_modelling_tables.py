"""Compiled models, carried out on databases of two or three tables."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import yaml

from dagster_project.modelling import PROJECT, building, data_tests, tables
from dagster_project.modelling.compiled import PLACEHOLDERS, Graph, Model
from dagster_project.modelling.tables import Made, Step


def step(statement: str, *after: str) -> Step:
    return Step(statement, '"mart"."marts"', frozenset(after))


def make(folder: Path, steps: dict[str, Step]) -> tuple[dict[str, Made], list[str]]:
    heard: list[str] = []
    return tables.make(steps, folder / "warehouse.duckdb", folder / "integrity.duckdb", heard.append), heard


def test_a_model_is_made_after_those_that_it_reads_and_of_the_others_first_the_one_most_hang_on(tmp_path: Path) -> None:
    steps = {
        "alone": step("create table mart.marts.alone as select 1 as a"),
        "third": step("create table mart.marts.third as from mart.marts.second", "second"),
        "second": step("create table mart.marts.second as from mart.marts.first", "first"),
        "first": step("create table mart.marts.first as select 2 as a"),
    }
    turns = tables._Turns(steps)
    assert [turns.next(), turns.next(), turns.next()] == ["first", "alone", None]
    made, heard = make(tmp_path, steps)
    assert {name: done.status for name, done in made.items()} == dict.fromkeys(steps, "success")
    assert [name for name in heard if name != "alone"] == ["first", "second", "third"]
    with duckdb.connect(str(tmp_path / "integrity.duckdb"), read_only=True) as connection:
        assert connection.execute("select a from marts.third").fetchall() == [(2,)]


def test_what_hangs_on_a_model_that_failed_is_skipped_and_the_rest_is_made(tmp_path: Path) -> None:
    made, heard = make(
        tmp_path,
        {
            "bad": step("create table mart.marts.bad as select nothing_of_the_kind"),
            "good": step("create table mart.marts.good as select 1 as a"),
            "below": step("create table mart.marts.below as from mart.marts.bad", "bad", "good"),
            "deeper": step("create table mart.marts.deeper as from mart.marts.below", "below"),
        },
    )
    told = {name: done.status for name, done in made.items()}
    assert told == {"bad": "error", "good": "success", "below": "skipped", "deeper": "skipped"}
    assert "nothing_of_the_kind" in str(made["bad"].error)
    assert sorted(heard) == ["bad", "good"]


def test_models_that_wait_for_each_other_are_an_error_and_leave_both_files_free(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="chicken"):
        make(tmp_path, {"chicken": step("select 1", "egg"), "egg": step("select 1", "chicken")})
    duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True).close()
    duckdb.connect(str(tmp_path / "integrity.duckdb"), read_only=True).close()


def test_who_listens_can_stop_the_run(tmp_path: Path) -> None:
    def stop(_name: str) -> None:
        raise KeyboardInterrupt

    steps = {
        "quick": step("create table mart.marts.quick as select 1 as a"),
        # Hours, if nobody stopped it.
        "endless": step(
            "create table mart.marts.endless as select sum(a.range ^ b.range) from range(9999999) a, range(9999999) b"
        ),
    }
    with pytest.raises(KeyboardInterrupt):
        tables.make(steps, tmp_path / "warehouse.duckdb", tmp_path / "integrity.duckdb", stop)
    duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True).close()


def model(columns: dict[str, str], materialized: str = "table", compression: dict[str, str] | None = None) -> Model:
    return Model(
        unique_id="model.jiannuo.thing",
        key=("marts", "thing"),
        upstream=(),
        description="事物 · the clerk's things",
        columns=columns,
        path="models/marts/thing.sql",
        relation=("mart", "marts", "thing"),
        materialized=materialized,
        sql=f"select 1 as id, date '{PLACEHOLDERS['as_of']}' as day -- what there is",
        is_documented=True,
        compression=compression or {},
    )


def made_of(folder: Path, one: Model) -> Made:
    step = building._step(one, Graph((one,), ()), {"as_of": "2024-02-29", "span_start": "2023-01-01"})
    return make(folder, {"thing": step})[0]["thing"]


@pytest.mark.parametrize(
    ("materialized", "compression"), [("table", {}), ("view", {}), ("table", {"id": "uncompressed"})]
)
def test_descriptions_become_comments_and_placeholders_the_days_of_the_run(
    tmp_path: Path, materialized: str, compression: dict[str, str]
) -> None:
    assert made_of(tmp_path, model({"id": "编号 · it's a number"}, materialized, compression)).error is None
    with duckdb.connect(str(tmp_path / "integrity.duckdb"), read_only=True) as connection:
        comments = connection.execute("select comment from duckdb_columns() where table_name = 'thing'").fetchall()
        whole = connection.execute(f"select comment from duckdb_{materialized}s() where not internal").fetchall()
        day = connection.execute("select cast(day as varchar) from marts.thing").fetchall()
    assert comments == [("编号 · it's a number",), (None,)]
    assert (whole, day) == ([("事物 · the clerk's things",)], [("2024-02-29",)])


def test_a_column_that_is_described_and_not_there_stops_the_run(tmp_path: Path) -> None:
    made = made_of(tmp_path, model({"lost": "失去 · lost"}))
    assert made.status == "error"
    assert "lost" in str(made.error)


def test_a_column_is_stored_as_its_model_says_and_the_others_as_the_database_likes(tmp_path: Path) -> None:
    one = replace(
        model({}, compression={"code": "zstd"}),
        sql="select 'U' || i as code, 'U' || i as name from range(9999) as t (i)",
    )
    assert made_of(tmp_path, one).error is None
    with duckdb.connect(str(tmp_path / "integrity.duckdb"), read_only=True) as connection:
        stored = connection.execute(
            "select distinct column_name, compression from pragma_storage_info('marts.thing')"
            " where segment_type = 'VARCHAR' order by all"
        ).fetchall()
        rows = connection.execute("select count(*), count(distinct code) from marts.thing").fetchall()
    assert stored == [("code", "ZSTD"), ("name", "DICT_FSST")]
    assert rows == [(9999, 9999)]


@pytest.mark.parametrize(("column", "method"), [("lost", "zstd"), ("id", "magic")])
def test_a_compression_that_can_not_be_is_an_error_of_its_model(tmp_path: Path, column: str, method: str) -> None:
    made = made_of(tmp_path, model({}, compression={column: method}))
    assert made.status == "error"
    assert (column if column == "lost" else method) in str(made.error).lower()


def test_who_builds_with_dbt_by_hand_has_the_settings_of_a_run() -> None:
    profile = yaml.safe_load((PROJECT / "profiles.yml").read_text("utf-8"))["jiannuo"]["outputs"]["duckdb"]
    assert profile["settings"] == data_tests.SETTINGS
    assert profile["threads"] == tables.THREADS
    assert profile["attach"][0]["alias"] == "mart"
    assert profile["attach"][0]["options"] == {"storage_version": tables.STORAGE_VERSION}
    assert profile["config_options"]["memory_limit"] == "{{ env_var('JIANNUO_MEMORY_LIMIT', '8GB') }}"


def test_only_the_days_of_a_run_are_asked_for_and_only_where_they_are_written() -> None:
    sources = [path for room in ("models", "macros", "tests") for path in (PROJECT / room).rglob("*.sql")]
    asking = {
        str(path.relative_to(PROJECT)): found
        for path in sources
        if (
            found := re.findall(
                r"\b(?:var|env_var|run_query|invocation_id|run_started_at)\b\W*\w*", path.read_text("utf-8")
            )
        )
    }
    assert asking == {"macros/time.sql": ['var("as_of', 'var("span_start']}
