"""`jiannuo run` as it is typed, on a small city: what is published, when, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project import publish
from dagster_project.build import Silent, open_build
from dagster_project.fingerprint import inputs_now
from dagster_project.lock import run_lock
from dagster_project.paths import DataPaths
from dagster_project.settings import span_start_of
from tests.integration import small_city

COMMAND = [sys.executable, "-c", "from dagster_project.cli.app import main; main()"]
AS_OF = small_city.AS_OF.isoformat()


def jiannuo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # From another folder: the command works from any.
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(publish.__file__).parents[1]), **environment},
    )


def run_in_json(data: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    ended = jiannuo("run", "--data", str(data), "--as-of", AS_OF, "--json", *arguments)
    assert ended.stdout.count("\n") == 1, ended.stderr
    return ended.returncode, json.loads(ended.stdout)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def tables(marts: Path) -> set[str]:
    return {path.stem for path in marts.glob("*.parquet")}


def deliveries_published(marts: Path) -> int:
    with duckdb.connect(str(marts / "integrity.duckdb"), read_only=True) as connection:
        found = connection.execute("select count(*) from marts.delivery").fetchone()
    assert found is not None
    return int(found[0])


@pytest.fixture(scope="module")
def city(new_city: Callable[[str], Path]) -> Path:
    """A city's data folder after its first run."""
    return new_city("city")


@pytest.fixture
def first(city: Path) -> dict[str, Any]:
    """What the first run told."""
    summary: dict[str, Any] = json.loads((city / "first.json").read_text(encoding="utf-8"))
    return summary


def test_each_mart_is_published_in_both_forms_with_the_same_rows(city: Path, first: dict[str, Any]) -> None:
    marts = city / "marts"
    assert tables(marts) == set(first["tables"])
    with duckdb.connect(str(marts / "integrity.duckdb"), read_only=True) as connection:
        for table, rows in first["tables"].items():
            assert connection.execute(f"select count(*) from marts.{table}").fetchone() == (rows,)
            differing = connection.execute(
                f"select count(*) from (select * from marts.{table} except all select * from '{marts}/{table}.parquet')"
            ).fetchone()
            assert differing == (0,), table
        unlabelled = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts' and comment is null"
        ).fetchall()
        assert unlabelled == []


def test_personal_data_is_its_owners_only_and_in_no_mart(city: Path) -> None:
    assert mode(city / "warehouse.duckdb") == 0o600
    assert mode(city / "landing") == 0o700
    assert mode(city / "state") == 0o700
    assert not list((city / "marts").rglob("*.wal"))
    assert not (city / "warehouse.duckdb.wal").exists()


def test_the_summary_accounts_for_every_row(first: dict[str, Any]) -> None:
    rows = first["rows"]
    assert first["deliveries"] == {"seen": 9, "rejected": 0, "new": 9}
    assert rows["read"] == rows["loaded"] + rows["quarantined"] + rows["duplicate"] + rows["ignored"]
    assert rows["quarantined"] > 0
    assert sum(feed["read"] for feed in first["feeds"].values()) == rows["read"]
    assert sum(sum(file["reasons"].values()) for file in first["quarantined"]) >= rows["quarantined"]
    assert first["models"]["failed"] == first["models"]["skipped"] == 0
    assert set(first["seconds"]) == {"read", "model", "check", "publish", "total"}


def test_a_run_without_news_says_so_and_keeps_the_version(city: Path, first: dict[str, Any]) -> None:
    ended = jiannuo("run", "--data", str(city), "--as-of", AS_OF)
    assert ended.returncode == 0
    assert ended.stdout.startswith("没有新内容")
    assert str(city / "marts" / "integrity.duckdb") in ended.stdout
    assert ended.stderr == ""
    code, summary = run_in_json(city, "--strict")
    assert (code, summary["status"], summary["version"]) == (4, "unchanged", first["version"])
    assert summary["deliveries"]["new"] == 0
    english = jiannuo("run", "--data", str(city), "--as-of", AS_OF, JIANNUO_LANG="en")
    assert english.stdout.startswith("Nothing new")


def test_a_run_without_news_imports_nothing_heavy(city: Path) -> None:
    code = (
        "import sys; sys.argv = ['jiannuo', 'run', '--data', sys.argv[1], '--as-of', sys.argv[2]]\n"
        "from dagster_project.cli.app import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "print([name for name in ('dagster', 'dbt', 'polars', 'duckdb', 'great_expectations') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(city), AS_OF], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_a_run_is_refused_while_another_holds_the_warehouse(city: Path) -> None:
    with run_lock(DataPaths(city).lock):
        ended = jiannuo("run", "--data", str(city), "--as-of", AS_OF, "--json")
    assert ended.returncode == 75
    told = json.loads(ended.stdout)
    assert (told["status"], told["pid"]) == ("locked", os.getpid())
    assert str(os.getpid()) in ended.stderr


def test_a_blocking_check_that_fails_publishes_nothing_and_names_check_and_table(
    city: Path, tmp_path: Path, first: dict[str, Any]
) -> None:
    data = tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    # What was published before: that of the city.
    (data / "marts").symlink_to(city / "marts")
    code, summary = run_in_json(data)
    assert (code, summary["status"], summary["version"]) == (3, "blocked", None)
    assert {(check["table"], check["check"]) for check in summary["checks"]["failed"]} == {
        ("raw.delivery", "delivery_has_arrived"),
        ("raw.organizations", "organizations_roster_is_there"),
    }
    manifest = publish.read_manifest(city / "marts")
    assert manifest is not None
    assert manifest["version"] == first["version"]
    assert (data / "state" / "failed" / "warehouse.duckdb").exists()
    assert not (data / "warehouse.duckdb").exists()


def test_a_mistake_in_a_policy_file_is_told_by_file_and_publishes_nothing(tmp_path: Path) -> None:
    small_city.write(tmp_path, {})
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "wrong.yaml").write_text("id: wrong\nno_such_key: 1\n", encoding="utf-8")
    ended = jiannuo("run", "--data", str(tmp_path), "--as-of", AS_OF)
    assert ended.returncode == 1
    assert "wrong.yaml" in ended.stdout
    assert "no_such_key" in ended.stdout
    logs = list((tmp_path / "state" / "logs").iterdir())
    assert [mode(log) for log in logs] == [0o600]
    assert str(logs[0]) in ended.stdout


def test_a_run_killed_at_work_leaves_readers_whole_and_the_next_one_free(city: Path, first: dict[str, Any]) -> None:
    marts = city / "marts"
    with duckdb.connect(str(marts / "integrity.duckdb"), read_only=True) as reader:
        run = subprocess.Popen(
            [*COMMAND, "run", "--data", str(city), "--as-of", AS_OF, "--force", "--lang", "en"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert run.stderr is not None
        for line in run.stderr:
            if line.startswith("check"):
                break
        refused = jiannuo("run", "--data", str(city), "--as-of", AS_OF)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        assert refused.returncode == 75
        assert reader.execute("select count(*) from marts.delivery").fetchone() == (9,)
    assert deliveries_published(marts) == 9
    left = {path.name for path in (marts / ".versions").iterdir()}
    assert len(left) == 2
    # The next run begins by clearing up; it need not be carried out to see that.
    paths = DataPaths(city)
    inputs = inputs_now(paths, small_city.AS_OF, span_start_of(None, small_city.AS_OF))
    with run_lock(paths.lock), open_build(paths, inputs, Silent()) as build:
        assert {path.name for path in (marts / ".versions").iterdir()} == {first["version"], build.version}
    assert {path.name for path in (marts / ".versions").iterdir()} == {first["version"]}
    assert deliveries_published(marts) == 9


def test_a_delivery_that_comes_later_is_read_alone_and_published_with_the_rest(city: Path) -> None:
    path = city / "raw" / "complaints" / "2024-06-20" / "补报.csv"
    path.parent.mkdir(parents=True)
    path.write_text("工单编号,来源渠道,单位,投诉日期\nT9-1,12345,示例市第1局,2024-06-19\n", encoding="utf-8")
    with duckdb.connect(str(city / "marts" / "integrity.duckdb"), read_only=True) as reader:
        code, summary = run_in_json(city)
        assert (code, summary["deliveries"]) == (0, {"seen": 10, "rejected": 0, "new": 1})
        assert reader.execute("select count(*) from marts.delivery").fetchone() == (9,)
    assert deliveries_published(city / "marts") == 10


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--as-of", "2024-02-30"],
        ["run", "--span-from", "2024"],
        ["run", "--data", "/no/such/folder"],
        ["run", "--lang", "fr"],
        ["run", "surplus"],
        ["run", "--no-such-option"],
        ["no-such-command"],
        [],
    ],
)
def test_a_wrong_command_line_exits_with_2(arguments: list[str], tmp_path: Path) -> None:
    ended = jiannuo(*arguments, JIANNUO_DATA=str(tmp_path))
    assert ended.returncode == 2
    assert not (tmp_path / "state").exists()


def test_the_version_is_told() -> None:
    ended = jiannuo("--version")
    assert (ended.returncode, ended.stdout.split()[0]) == (0, "jiannuo")
