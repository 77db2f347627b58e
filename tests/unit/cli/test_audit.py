"""The log of look-ups: who, when and what was asked, in whole lines, and never in the way of an answer."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dagster_project import audit
from dagster_project.paths import DataPaths
from tests.unit.cli.offices import GONE, OTHER, UNIT, make_office

LINES, LONG = 200, 20_000
WRITER = """
import sys
from pathlib import Path
from dagster_project import audit
from dagster_project.paths import DataPaths

for number in range({lines}):
    assert audit.note(DataPaths(Path(sys.argv[1])), "sql", statement=sys.argv[2] * {long}, number=number)
"""


def logged(data: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in DataPaths(data).audit.read_text("utf-8").splitlines()]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "office")


def test_a_statement_is_kept_with_its_time_and_account_for_the_owner_alone(jiannuo, published, monkeypatch):
    monkeypatch.setattr(audit, "_account", lambda: "li")
    before = datetime.now(UTC)
    assert jiannuo("sql", "select '重点'  as a", "--data", published).exit_code == 0
    (entry,) = logged(published)
    at = datetime.fromisoformat(entry.pop("at"))
    assert before <= at <= datetime.now(UTC)
    assert at.utcoffset() == UTC.utcoffset(None)
    assert entry == {"user": "li", "command": "sql", "statement": "select '重点'  as a"}
    log = DataPaths(published).audit
    assert (stat.S_IMODE(log.stat().st_mode), stat.S_IMODE(log.parent.stat().st_mode)) == (0o600, 0o700)


def test_every_statement_is_kept_even_a_wrong_one_but_no_command_with_a_dot(jiannuo, published):
    jiannuo("sql", "--data", published, input="select 1;\n.tables\nselect x;\n")
    assert [entry["statement"] for entry in logged(published)] == ["select 1", "select x"]


def test_a_check_is_kept_by_the_codes_of_its_units_and_a_text_that_is_none_by_its_count(jiannuo, office):
    jiannuo("check", "示例市住建局", GONE, "张三", "--on", "2024-03-01", "--data", office)
    (entry,) = logged(office)
    assert {name: entry[name] for name in entry if name not in ("at", "user")} == {
        "command": "check",
        "units": sorted([UNIT, GONE]),
        "on": "2024-03-01",
        "not_found": 1,
    }
    assert "张三" not in DataPaths(office).audit.read_text("utf-8")


def test_an_explanation_is_kept_with_its_year(jiannuo, office):
    jiannuo("explain", UNIT, "2022", "--data", office)
    jiannuo("explain", "张三", "2022", "--data", office)
    assert [(entry["units"], entry["year"], entry["not_found"]) for entry in logged(office)] == [
        ([UNIT], 2022, 0),
        ([], 2022, 1),
    ]


def test_a_look_up_is_answered_though_its_line_cannot_be_written(jiannuo, office):
    (office / "state").write_text("no folder", "utf-8")
    result = jiannuo("check", OTHER, "--data", office, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)[0]["uscc"] == OTHER
    assert jiannuo("sql", "select 1", "--data", office).exit_code == 0
    assert not audit.note(DataPaths(office), "sql", statement="select 1")


def test_a_statement_that_is_no_utf_8_is_kept_as_json(data):
    assert audit.note(DataPaths(data), "sql", statement="select '\udc80'")
    assert logged(data)[0]["statement"] == "select '\udc80'"


def test_lines_of_two_processes_at_once_stand_whole(data):
    script = WRITER.format(lines=LINES, long=LONG)
    writers = [subprocess.Popen([sys.executable, "-c", script, str(data), letter]) for letter in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    found = logged(data)
    for letter in "ab":
        kept = [entry["number"] for entry in found if entry["statement"] == letter * LONG]
        assert kept == list(range(LINES))
    assert len(found) == 2 * LINES


def _finding(jiannuo: Any, data: Path) -> tuple[int, dict[str, Any]]:
    result = jiannuo("doctor", "--data", data, "--json")
    told = json.loads(result.stdout)["findings"]
    return result.exit_code, next(finding for finding in told if finding["check"] == "audit")


def test_the_doctor_warns_where_look_ups_leave_no_trace(jiannuo, data):
    assert _finding(jiannuo, data)[1]["status"] == "fine"
    (data / "state").write_text("no folder", "utf-8")
    code, finding = _finding(jiannuo, data)
    assert (code, finding["status"]) == (0, "warning")
    (data / "state").unlink()
    DataPaths(data).audit.mkdir(parents=True)
    assert _finding(jiannuo, data)[1]["status"] == "warning"


def test_a_log_that_others_can_read_is_broken_and_mended_by_chmod(jiannuo, data):
    log = DataPaths(data).audit
    audit.note(DataPaths(data), "sql", statement="select 1")
    log.chmod(0o644)
    code, finding = _finding(jiannuo, data)
    assert (code, finding["status"], finding["mend"]) == (1, "broken", f"chmod 600 {log}")
    log.chmod(0o600)
    assert _finding(jiannuo, data)[1]["status"] == "fine"
