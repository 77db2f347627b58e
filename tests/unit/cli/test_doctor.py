"""`jiannuo doctor` finds what is wrong, says how to mend it, and changes nothing."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dagster_project import publish
from dagster_project.health import data as data_health
from dagster_project.health import program
from dagster_project.health.finding import shown_size, size_of
from dagster_project.lock import run_lock
from dagster_project.notices.register import Notice, opened
from dagster_project.paths import DataPaths
from dagster_project.reports.freeze import freeze


@pytest.fixture(autouse=True)
def equipped(monkeypatch):
    """A machine with what papers are made with, whichever the tests run on."""
    monkeypatch.setattr("dagster_project.reports.fonts.picture_font", lambda: "Noto Sans CJK SC")
    monkeypatch.setattr("dagster_project.reports.pdf.converter", lambda: "soffice")
    monkeypatch.setattr("dagster_project.reports.pdf.chinese_families", lambda: ("Noto Serif CJK SC",))


@pytest.fixture
def found(jiannuo, data):
    """The findings on DATA by check, with the exit code under `exit`."""

    def examined(**options):
        result = jiannuo("doctor", "--data", data, "--json", **options)
        told = json.loads(result.stdout)
        assert told["fine"] is (result.exit_code == 0)
        by_check = {finding["check"]: finding for finding in told["findings"]}
        return by_check | {"exit": result.exit_code}

    return examined


@pytest.fixture
def delivered(data):
    day = data / "raw" / "complaints" / "2024-04-02"
    day.mkdir(parents=True)
    (day / "3月台账.csv").write_text("工单编号\n", encoding="utf-8")
    return data


@pytest.fixture
def version(published):
    """A version with its manifest, as a run publishes it."""
    folder = published / "marts" / ".versions" / "v1"
    size = (folder / "integrity.duckdb").stat().st_size
    manifest = {"version": "v1", "files": {"integrity.duckdb": size}, "summary": {"as_of": "2024-04-30"}}
    (folder / publish.MANIFEST).write_text(json.dumps(manifest))
    return folder


def status(found: Callable[[], dict[str, Any]], check: str) -> str:
    return str(found()[check]["status"])


def test_all_is_well_where_nothing_is_wrong(jiannuo, delivered, version):
    result = jiannuo("doctor", "--data", delivered)
    assert result.exit_code == 0, result.stdout
    assert "1 类报送共 1 个文件，最近一次收到于 2024-04-02" in result.stdout
    assert "已发布版本 v1，观测日 2024-04-30" in result.stdout
    assert "发布的数据库有 2 张表" in result.stdout
    assert result.stdout.endswith("一切正常。\n")


def test_it_speaks_english_too(jiannuo, delivered):
    result = jiannuo("doctor", "--data", delivered, "--lang", "en")
    assert "1 files of 1 feeds, the last one received on 2024-04-02" in result.stdout
    assert result.stdout.endswith("All is well.\n")


def test_a_folder_that_is_not_there_is_broken(jiannuo, tmp_path):
    result = jiannuo("doctor", "--data", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "✗ 数据目录不存在" in result.stdout
    assert "→ 用 --data 或 JIANNUO_DATA 指明数据目录" in result.stdout


def test_wrong_use_exits_with_2(jiannuo, data):
    assert jiannuo("doctor", "--data", data, "--what").exit_code == 2


def test_looking_changes_nothing(jiannuo, delivered, version):
    def everything() -> list[tuple[Path, int, int]]:
        return sorted((path, path.lstat().st_mtime_ns, path.lstat().st_mode) for path in delivered.rglob("*"))

    before = everything()
    jiannuo("doctor", "--data", delivered)
    assert everything() == before


def test_a_package_of_another_version_is_broken(found, monkeypatch):
    monkeypatch.setattr(program, "pins", lambda: {"duckdb": "0.1", "no-such-package": "1.0"})
    told = found()
    assert (told["exit"], told["packages"]["status"]) == (1, "broken")
    assert "no-such-package – ≠ 1.0" in told["packages"]["found"]
    assert told["packages"]["mend"] == "install anew: make clean env"


def test_pins_are_those_of_the_lock_or_else_of_the_program(monkeypatch, tmp_path):
    (tmp_path / "lock").write_text(
        "a==1.0 \\\n    --hash=sha256:00\nb==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\nc==3.0\n"
    )
    monkeypatch.setattr(program, "LOCK", tmp_path / "lock")
    assert program.pins() == {"a": "1.0", "c": "3.0"}
    monkeypatch.setattr(program, "LOCK", tmp_path / "nothing")
    assert program.pins()["duckdb"] == "2.0.0"


@pytest.mark.parametrize(
    ("version", "wanted"), [((3, 11, 0), True), ((3, 12, 9), True), ((3, 10, 14), False), ((3, 13, 0), False)]
)
def test_the_python_wanted_is_311_or_312(version, wanted):
    assert program.is_wanted(version, "<3.13,>=3.11") is wanted


def test_another_python_is_broken(found, monkeypatch):
    monkeypatch.setattr(program, "is_wanted", lambda version, wanted: False)
    assert status(found, "python") == "broken"


@pytest.mark.parametrize(("name", "mode", "right"), [("warehouse.duckdb", 0o644, 0o600), ("landing", 0o755, 0o700)])
def test_what_others_can_read_is_broken_and_mended_by_chmod(found, data, name, mode, right):
    path = data / name
    path.mkdir() if name == "landing" else path.touch()
    path.chmod(mode)
    told = found()
    assert (told["exit"], told["permissions"]["status"]) == (1, "broken")
    assert told["permissions"]["mend"] == f"chmod {right:o} {path}"
    path.chmod(right)
    told = found()
    assert (told["exit"], told["permissions"]["status"]) == (0, "fine")


def test_what_belongs_to_another_account_is_broken(found, data, monkeypatch):
    (data / "warehouse.duckdb").touch(mode=0o600)
    # Who runs the tests may be allowed everything.
    monkeypatch.setattr(os, "access", lambda path, mode: "warehouse" not in str(path))
    assert status(found, "permissions") == "broken"


def test_a_folder_that_cannot_be_written_is_broken(found, data, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == data and mode & os.W_OK))
    assert status(found, "data") == "broken"


def test_a_delivery_that_cannot_be_read_is_broken(found, delivered, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith(".csv"))
    told = found()
    assert told["deliveries_readable"]["status"] == "broken"
    assert "complaints/2024-04-02/3月台账.csv" in told["deliveries_readable"]["found"]


def test_a_run_at_work_is_told_with_its_process(found, data):
    with run_lock(DataPaths(data).lock):
        told = found()
        assert (told["exit"], told["lock"]["status"]) == (0, "fine")
        assert f"process {os.getpid()}" in told["lock"]["found"]
    assert found()["lock"]["found"] == "no run is at work"


def test_no_deliveries_and_misplaced_ones_are_warnings(found, delivered):
    assert "deliveries_misplaced" not in found()
    (delivered / "raw" / "投诉").mkdir()
    told = found()
    assert (told["exit"], told["deliveries_misplaced"]["status"]) == (0, "warning")
    assert "raw/投诉" in told["deliveries_misplaced"]["found"]


def test_an_empty_folder_is_a_warning(found):
    assert status(found, "deliveries") == "warning"


def test_a_wrong_policy_is_broken_and_named_by_file_line_and_key(found, data):
    (data / "policies").mkdir()
    (data / "policies" / "own.yaml").write_text("id: own\nname: 试点\nlettr: {}\n", encoding="utf-8")
    told = found()
    assert (told["exit"], told["policies"]["status"]) == (1, "broken")
    assert "policies/own.yaml:3: lettr: there is no such key" in told["policies"]["found"]


def test_a_policy_file_of_another_ending_is_a_warning(found, data):
    (data / "policies").mkdir()
    (data / "policies" / "own.yml").write_text("id: own\nname: 试点\n", encoding="utf-8")
    assert status(found, "policies_unread") == "warning"


def test_a_wrong_layout_is_broken(found, data):
    (data / "mappings").mkdir()
    (data / "mappings" / "some.yaml").write_text("feed: nothing\nfiles: ['*']\n", encoding="utf-8")
    assert status(found, "mappings") == "broken"


def test_published_files_that_are_not_whole_are_broken(found, version):
    assert status(found, "published") == "fine"
    (version / publish.MANIFEST).unlink()
    told = found()
    assert (told["exit"], told["published"]["status"]) == (1, "broken")
    assert told["published"]["mend"] == "run again: jiannuo run --force"


def test_a_published_database_that_does_not_open_is_broken(found, version):
    path = version / "integrity.duckdb"
    path.chmod(0o644)
    path.write_bytes(b"x" * path.stat().st_size)
    assert status(found, "published_readable") == "broken"


def test_what_a_killed_run_left_is_a_warning_unless_a_run_is_at_work(found, data):
    for folder in ("state/build/v2", "marts/.versions/v2"):
        (data / folder).mkdir(parents=True)
    (data / "state" / "build").chmod(0o700)
    (data / "warehouse.duckdb.wal").touch()
    told = found()
    assert (told["exit"], told["leftovers"]["status"]) == (0, "warning")
    assert "left 3 things" in told["leftovers"]["found"]
    with run_lock(DataPaths(data).lock):
        assert "leftovers" not in found()


def test_a_run_that_was_not_published_is_told_with_its_log(found, data):
    (data / "state" / "failed").mkdir(parents=True, mode=0o700)
    (data / "state" / "logs").mkdir()
    (data / "state" / "logs" / "20240430T101500-1.log").touch()
    told = found()
    assert told["last_run"]["status"] == "warning"
    assert told["last_run"]["mend"].endswith("20240430T101500-1.log")


def test_a_full_disk_is_broken_and_a_scarce_one_a_warning(found, monkeypatch):
    def with_free(free: int) -> str:
        monkeypatch.setattr(data_health, "free_bytes", lambda path: free)
        return status(found, "disk")

    assert [with_free(free) for free in (50 * 1024**2, 200 * 1024**2, 10 * 1024**3)] == ["broken", "warning", "fine"]


def test_a_network_file_system_is_a_warning(found, monkeypatch):
    monkeypatch.setattr(data_health, "file_system", lambda path: "nfs4")
    assert status(found, "file_system") == "warning"


def test_the_file_system_is_that_of_the_closest_mount(tmp_path):
    assert data_health.file_system(tmp_path) not in (None, *data_health.NETWORK)


def test_sizes_are_summed_and_shown(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1000)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c").write_bytes(b"x" * 536)
    assert (size_of(tmp_path), size_of(tmp_path / "a"), size_of(tmp_path / "no")) == (1536, 1000, 0)
    assert [shown_size(size) for size in (0, 1023, 1536, 5 * 1024**3)] == ["0 B", "1023 B", "1.5 KB", "5.0 GB"]


def test_what_papers_are_made_with_is_a_warning_where_it_is_absent(found, monkeypatch):
    assert (status(found, "fonts"), status(found, "pdf")) == ("fine", "fine")
    monkeypatch.setattr("dagster_project.reports.fonts.picture_font", lambda: None)
    monkeypatch.setattr("dagster_project.reports.pdf.converter", lambda: None)
    told = found()
    assert (told["fonts"]["status"], told["pdf"]["status"]) == ("warning", "warning")
    assert "apt-get install --no-install-recommends fontconfig fonts-noto-cjk" in told["fonts"]["mend"]
    assert "apt-get install --no-install-recommends libreoffice-writer fonts-liberation" in told["pdf"]["mend"]


def test_without_a_font_for_chinese_there_is_no_pdf_either_and_the_packages_are_named(found, monkeypatch):
    monkeypatch.setattr("dagster_project.reports.pdf.chinese_families", lambda: ())
    told = found()["pdf"]
    assert (told["status"], "fonts-noto-cjk" in told["mend"], "libreoffice" in told["mend"]) == ("warning", True, False)


def test_the_fonts_that_stand_in_for_official_ones_are_told(found, monkeypatch):
    monkeypatch.setattr(
        "dagster_project.reports.fonts.stand_ins", lambda: {"黑体": "黑体", "宋体": "SimSun", "仿宋": None}
    )
    assert found()["pdf"]["found"].endswith("fonts that stand in: 宋体 → SimSun, 仿宋 → ?")


def test_a_frozen_report_that_was_altered_is_broken(found, data):
    paths = DataPaths(data)

    def write(folder, _number, _previous):
        (folder / "figures.json").write_text("{}")
        return {}

    revision = freeze(paths, "monthly", "2024-03", ["360700"], {}, write)
    assert status(found, "reports") == "fine"
    (revision.folder / "figures.json").chmod(0o644)
    (revision.folder / "figures.json").write_text("{ }")
    told = found()["reports"]
    assert (told["status"], "monthly/2024-03/r1/figures.json" in told["found"]) == ("broken", True)


@pytest.mark.parametrize("said", ["{", "[]", '{"regions": []}'])
def test_a_frozen_report_whose_manifest_says_nothing_is_broken(found, data, said):
    revision = freeze(DataPaths(data), "monthly", "2024-03", ["360700"], {}, lambda *_: {})
    manifest = revision.folder / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text(said)
    told = found()
    assert (told["exit"], told["reports"]["status"]) == (1, "broken")
    assert "monthly/2024-03/r1/manifest.json" in told["reports"]["found"]


def numbered(paths: DataPaths) -> Path:
    """One notice with a number; its Word file."""
    name = "2024/360700/tip_sheet-1.docx"
    with opened(paths) as register:
        sha256 = register.write_paper(name, b"a paper")
        notice = Notice("tip_sheet", "360700", 2024, 1, "U1", "2024-03", "2024-04-02", ["due:T1"], name, sha256)
        register.save([notice])
    return register.folder / name


def test_a_numbered_notice_that_was_altered_or_is_gone_is_broken(found, data):
    assert "notices" not in found()
    paper = numbered(DataPaths(data))
    assert status(found, "notices") == "fine"
    paper.chmod(0o644)
    paper.write_bytes(b"another paper")
    told = found()["notices"]
    assert (told["status"], paper.name in told["found"]) == ("broken", True)
    paper.unlink()
    told = found()
    assert (told["exit"], told["notices"]["status"]) == (1, "broken")


def test_a_register_of_notices_that_cannot_be_read_is_broken(found, data):
    register = numbered(DataPaths(data)).parents[2] / "register.json"
    for said in ("{", '{"notices": [{"kind": "tip_sheet"}]}', "[]"):
        register.write_text(said, encoding="utf-8")
        assert status(found, "notices") == "broken"


def test_numbered_notices_without_their_register_are_broken(found, data):
    paper = numbered(DataPaths(data))
    (paper.parents[2] / "register.json").unlink()
    told = found()
    assert (told["exit"], told["notices"]["status"]) == (1, "broken")
    assert "restore register.json from a backup" in told["notices"]["mend"]
