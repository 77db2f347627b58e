"""Publishing: what readers see, before, while and after a version is swapped in."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project import publish
from dagster_project.build import Silent, failed_folder, open_build
from dagster_project.fingerprint import Inputs
from dagster_project.paths import DataPaths


def candidate(marts: Path, version: str, tables: dict[str, str]) -> Path:
    path = publish.candidate_path(marts, version)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as mart (storage_version 'v1.4.0')")
        connection.execute("create schema mart.marts")
        for name, query in tables.items():
            connection.execute(f"create table mart.marts.{name} as {query}")
    return path


def published(marts: Path, version: str, tables: dict[str, str], umask: int = 0o022) -> None:
    path = candidate(marts, version, tables)
    publish.write_parquet(path, {"unit": ["uscc"]})
    publish.publish(marts, version, {"made_from": {}}, umask)


def whole(marts: Path) -> list[tuple[int]]:
    """What a reader sees, through both ways in; they must agree."""
    with duckdb.connect(str(marts / "integrity.duckdb"), read_only=True) as connection:
        in_database = connection.execute("select n from marts.unit order by n").fetchall()
    in_file = duckdb.execute(f"select n from '{marts}/unit.parquet' order by n").fetchall()
    assert in_database == in_file
    return in_database


UNITS = {"unit": "select n, 'u' || n as uscc from (values (3), (1), (2)) as t (n)"}
FEWER = {"unit": "select 9 as n, 'u9' as uscc"}


def test_readers_see_the_new_version_in_database_and_parquet(tmp_path: Path) -> None:
    published(tmp_path, "1", UNITS)
    assert whole(tmp_path) == [(1,), (2,), (3,)]
    published(tmp_path, "2", FEWER)
    assert whole(tmp_path) == [(9,)]


def test_parquet_of_a_large_table_keeps_the_order_of_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "SORTED_ROWS", 2)
    path = publish.candidate_path(tmp_path / "marts", "1")
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.large as select unnest([3, 1, 2]) as a")
        connection.execute("create table marts.small as select unnest([3, 1]) as a")
    assert publish.write_parquet(path, {"large": ["a"], "small": ["a"]}) == {"large": 3, "small": 2}
    large, small = (
        duckdb.execute(f"select a from '{path.with_name(name)}.parquet'").fetchall() for name in ("large", "small")
    )
    assert (large, small) == ([(3,), (1,), (2,)], [(1,), (3,)])


def test_parquet_rows_stand_in_the_order_of_the_key(tmp_path: Path) -> None:
    published(tmp_path, "1", UNITS)
    assert duckdb.execute(f"select uscc from '{tmp_path}/unit.parquet'").fetchall() == [("u1",), ("u2",), ("u3",)]


def test_a_reader_keeps_the_version_it_has_open(tmp_path: Path) -> None:
    published(tmp_path, "1", UNITS)
    with duckdb.connect(str(tmp_path / "integrity.duckdb"), read_only=True) as reader:
        assert reader.execute("select count(*) from marts.unit").fetchone() == (3,)
        published(tmp_path, "2", FEWER)
        assert reader.execute("select count(*) from marts.unit").fetchone() == (3,)
        seen = subprocess.run(
            [
                sys.executable,
                "-c",
                "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True);"
                " print(c.execute('select count(*) from marts.unit').fetchone()[0])",
                str(tmp_path / "integrity.duckdb"),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert seen.stdout.strip() == "1"


def test_the_link_of_a_table_that_is_no_more_goes(tmp_path: Path) -> None:
    published(tmp_path, "1", {**UNITS, "gone": "select 1 as x"})
    assert (tmp_path / "gone.parquet").exists()
    published(tmp_path, "2", UNITS)
    assert not (tmp_path / "gone.parquet").is_symlink()


def test_two_versions_are_kept_and_older_ones_go(tmp_path: Path) -> None:
    for version in ("1", "2", "3"):
        published(tmp_path, version, UNITS)
    assert sorted(path.name for path in (tmp_path / ".versions").iterdir()) == ["2", "3"]


def test_published_files_are_readable_by_others_and_writable_by_nobody(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        published(tmp_path / "marts", "1", UNITS)
    finally:
        os.umask(before)
    for name in ("integrity.duckdb", "unit.parquet", ".current/manifest.json"):
        assert stat.S_IMODE((tmp_path / "marts" / name).stat().st_mode) == 0o444
    for folder in ("marts", "marts/.versions", "marts/.current"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o755


def test_the_published_database_can_be_read_by_older_engines(tmp_path: Path) -> None:
    published(tmp_path, "1", UNITS)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path}/integrity.duckdb' as mart (read_only)")
        tags = connection.execute("select tags from duckdb_databases() where database_name = 'mart'").fetchone()
    assert tags is not None
    assert tags[0]["storage_version"] == "v1.4.0+"
    assert not list(tmp_path.rglob("*.wal"))


def test_a_candidate_without_tables_is_not_published(tmp_path: Path) -> None:
    path = candidate(tmp_path, "1", {})
    with pytest.raises(publish.PublishError, match="no marts"):
        publish.write_parquet(path, {})


def test_the_manifest_is_that_of_whole_files_only(tmp_path: Path) -> None:
    assert publish.read_manifest(tmp_path) is None
    published(tmp_path, "1", UNITS)
    manifest = publish.read_manifest(tmp_path)
    assert manifest is not None
    assert manifest["version"] == "1"
    (tmp_path / "unit.parquet").unlink()
    assert publish.read_manifest(tmp_path) is None


def test_a_copied_folder_counts_as_not_published(tmp_path: Path) -> None:
    published(tmp_path / "marts", "1", UNITS)
    shutil.copytree(tmp_path / "marts", tmp_path / "copy")
    assert publish.read_manifest(tmp_path / "copy") is None


def test_what_a_killed_run_left_is_swept_and_readers_never_notice(tmp_path: Path) -> None:
    published(tmp_path, "1", UNITS)
    candidate(tmp_path, "2", FEWER)
    assert publish.sweep(tmp_path) == ["2"]
    assert whole(tmp_path) == [(1,), (2,), (3,)]


def test_the_published_version_cannot_be_discarded(tmp_path: Path) -> None:
    published(tmp_path, "1", UNITS)
    publish.discard(tmp_path, "1")
    assert whole(tmp_path) == [(1,), (2,), (3,)]


class Killed(BaseException):
    """Stands for a kill: nothing that follows is carried out."""


@pytest.mark.parametrize("step", range(1, 40))
def test_killed_at_any_step_readers_see_one_whole_version_and_the_next_run_is_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    published(tmp_path, "1", UNITS)
    path = candidate(tmp_path, "2", {**FEWER, "more": "select 1 as x"})
    publish.write_parquet(path, {})
    steps = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == step:
                raise Killed
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for owner, name in (
            (Path, "replace"),
            (Path, "symlink_to"),
            (Path, "unlink"),
            (Path, "chmod"),
            (os, "fsync"),
            (shutil, "rmtree"),
        ):
            patch.setattr(owner, name, counted(getattr(owner, name)))
        with contextlib.suppress(Killed):
            publish.publish(tmp_path, "2", {"made_from": {}}, 0o022)
    assert whole(tmp_path) in ([(1,), (2,), (3,)], [(9,)])
    assert publish.read_manifest(tmp_path) is not None
    publish.sweep(tmp_path)
    published(tmp_path, "3", {**UNITS, "more": "select 1 as x"})
    assert whole(tmp_path) == [(1,), (2,), (3,)]
    assert (tmp_path / "more.parquet").exists()
    assert not list(tmp_path.glob(".*.link"))


@pytest.mark.parametrize("error", [KeyboardInterrupt, Killed, OSError])
def test_what_goes_wrong_after_the_swap_leaves_the_published_version_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    paths = DataPaths(tmp_path)
    inputs = Inputs("2024-12-31", "2023-01-01", "d", "p", "c")

    def fail(_marts: Path) -> list[str]:
        raise error

    with contextlib.suppress(KeyboardInterrupt, Killed), open_build(paths, inputs, Silent()) as build:
        with duckdb.connect(str(build.candidate)) as connection:
            connection.execute("create schema marts; create table marts.unit as select 7 as x")
        publish.write_parquet(build.candidate, {})
        monkeypatch.setattr(publish, "sweep", fail)
        publish.publish(paths.marts, build.version, {"made_from": {}}, 0o022)
        assert error is OSError
    assert build.is_published
    assert not failed_folder(paths).exists()
    with duckdb.connect(str(paths.marts / publish.DATABASE), read_only=True) as connection:
        assert connection.execute("from marts.unit").fetchall() == [(7,)]


def test_a_version_is_made_from_inputs_of_which_every_file_was_read() -> None:
    inputs = {"deliveries": "d", "policies": "p"}
    made = {"made_from": {**inputs, "as_of": "2024-12-31"}}
    assert publish.is_made_from(made, inputs)
    assert publish.is_made_from({**made, "files_to_read_again": 0}, inputs)
    assert not publish.is_made_from({**made, "files_to_read_again": 1}, inputs)
    assert not publish.is_made_from(made, {**inputs, "deliveries": "e"})


def test_placing_the_warehouse_leaves_it_to_its_owner_and_drops_the_old_log(tmp_path: Path) -> None:
    built, warehouse = tmp_path / "built", tmp_path / "warehouse.duckdb"
    built.write_bytes(b"new")
    warehouse.write_bytes(b"old")
    warehouse.with_name("warehouse.duckdb.wal").write_bytes(b"log of the old one")
    publish.place_warehouse(built, warehouse)
    assert warehouse.read_bytes() == b"new"
    assert stat.S_IMODE(warehouse.stat().st_mode) == 0o600
    assert not warehouse.with_name("warehouse.duckdb.wal").exists()
