"""`jiannuo report` as it is typed, on the marts that a run has published for a small city."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project.cli import messages
from dagster_project.cli.app import make_app
from dagster_project.paths import DataPaths
from dagster_project.reports.figures import read_figures
from dagster_project.reports.halfyear import COUNTS
from dagster_project.reports.period import read_period
from tests.integration import small_city
from tests.integration.test_run import jiannuo, run_in_json

PERIOD = "2024-05"


@pytest.fixture(scope="module")
def city(new_city: Callable[[str], Path]) -> DataPaths:
    data = new_city("reported")
    ended = jiannuo("report", "monthly", PERIOD, "--region", "3607", "--data", str(data), "--no-pdf", "--json")
    assert ended.returncode == 0, ended.stderr
    (data / "made.json").write_text(ended.stdout, encoding="utf-8")
    return DataPaths(data)


def words(paths: DataPaths) -> str:
    """Everything that the report's files say."""
    said = ""
    for path in sorted((paths.marts / "reports").rglob("*")):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as package:
                said += "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
        elif path.suffix in (".json", ".svg"):
            said += path.read_text(encoding="utf-8")
    return said


def test_the_papers_of_a_city_and_of_all_below_it_are_kept(city: DataPaths) -> None:
    made = json.loads((city.root / "made.json").read_text(encoding="utf-8"))
    assert (made["revision"], made["is_new"], made["regions"]) == (1, True, ["360700", "360701", "360702"])
    folder = Path(made["folder"])
    assert folder == city.marts / "reports" / "monthly" / PERIOD / "r1"
    assert (folder / "360701" / "monthly.docx").is_file()
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["as_of"] == small_city.AS_OF.isoformat()


def test_made_again_it_is_the_same_revision_and_a_run_leaves_it_alone(city: DataPaths) -> None:
    before = words(city)
    code, summary = run_in_json(city.root)
    assert (code, summary["status"]) == (0, "unchanged")
    ended = jiannuo("report", "monthly", PERIOD, "--region", "360700", "--data", str(city.root))
    assert (ended.returncode, "已有 r1" in ended.stdout) == (0, True), ended.stderr
    assert words(city) == before


def test_the_latest_month_is_the_last_that_has_ended_and_was_reported(city: DataPaths) -> None:
    # As of 30 June, with the deliveries of June.
    ended = jiannuo("report", "monthly", "latest", "--region", "360702", "--data", str(city.root), "--no-pdf", "--json")
    assert (ended.returncode, json.loads(ended.stdout)["period"]) == (0, "2024-06"), ended.stderr


def test_what_is_listed_adds_up_to_what_the_marts_say_of_each_place(city: DataPaths) -> None:
    periods = [("monthly", "2024-03"), ("monthly", "2024-06"), ("quarterly", "2024Q1"), ("quarterly", "2024Q2")]
    for kind, key in periods:
        figures = read_figures(city.published_db, small_city.AS_OF, read_period(kind, key), "36")
        for place in figures.places:
            code = place["region_code"]
            channels = figures.rows("channel", code)
            listed = (
                figures.counted(code, "commitment", "late")["things"],
                figures.counted(code, "complaint", "late")["things"],
                sum(row["complaints_due"] for row in channels),
                sum(row["complaints_resolved_on_time"] for row in channels),
                sum(row["complaints_accept_due"] for row in channels),
            )
            assert listed == (
                place["commitments_overdue"],
                place["complaints_open_overdue"],
                place["complaints_due"],
                place["complaints_resolved_on_time"],
                place["complaints_accept_due"],
            )
        assert figures.place("360700")["commitments_overdue"] > 0


def test_a_half_year_is_the_sum_of_its_months_of_its_channels_and_of_its_units(city: DataPaths) -> None:
    half = read_figures(city.published_db, small_city.AS_OF, read_period("halfyear", "2024H1"), "36")
    months = [
        read_figures(city.published_db, small_city.AS_OF, read_period("monthly", f"2024-0{number}"), "36")
        for number in range(1, 7)
    ]
    for place in half.places:
        code = place["region_code"]
        for name, _ in COUNTS:
            whole = place[name]
            assert whole == sum(month.place(code)[name] for month in months), (code, name)
            # What is excluded came by a channel too, and a duplicate by none.
            assert whole == sum(row[name] for row in half.rows("handling_channel", code)), (code, name)
            assert whole == sum(row[name] for row in half.within(half.handling_units, code)), (code, name)
        assert place["complaints_open_overdue"] == months[-1].place(code)["complaints_open_overdue"]
    assert half.place("360700")["complaints_received"] > 100
    assert len(half.rows("handling_channel", "360700")) == 3


def test_no_classified_unit_is_named(city: DataPaths) -> None:
    said = words(city)
    assert "示例市第4局" in said
    assert "示例市第5局" not in said
    assert small_city.uscc(6) not in said


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("monthly", "2024-07"), 2, "晚于"),
        (("monthly", "2022-12"), 2, "2023-08"),
        (("monthly", "May"), 2, "2024-03"),
        (("monthly", PERIOD, "--region", "4101"), 2, "4101"),
        (("weekly", PERIOD), 2, "weekly"),
    ],
)
def test_a_wrong_command_line_is_refused(city: DataPaths, arguments: tuple[str, ...], code: int, word: str) -> None:
    messages.use(None)
    ended = CliRunner().invoke(make_app(["report"]), ["report", *arguments, "--data", str(city.root)])
    assert (ended.exit_code, word in ended.stderr) == (code, True), ended.stderr


def test_where_nothing_is_published_it_fails_with_a_word(tmp_path: Path) -> None:
    ended = jiannuo("report", "monthly", PERIOD, "--data", str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "jiannuo run" in ended.stderr
