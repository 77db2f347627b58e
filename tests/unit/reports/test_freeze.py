"""A frozen report never changes; what changed since makes the next revision, whole and with its number."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import stat
import threading
from pathlib import Path

import pytest

from dagster_project import publish
from dagster_project.paths import DataPaths
from dagster_project.reports import freeze, making
from dagster_project.reports.figures import NothingPublishedError
from dagster_project.reports.making import Made, make_report
from dagster_project.reports.period import PeriodError, period_of
from dagster_project.reports.published import latest_period
from tests.unit.reports import marts


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Without pictures: they are drawn in their own tests."""
    monkeypatch.setattr(making, "picture_font", lambda: None)


def make(paths: DataPaths, region: str | None = marts.EAST, period: str = "2024-03") -> Made:
    return make_report(paths, "monthly", period, region, wants_pdf=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def restated(paths: DataPaths) -> DataPaths:
    """Two days later a letter is found: the east has both."""
    rows = marts.content()
    for row in rows["region_monthly"]:
        if (row["region_code"], row["reach"], row["month"]) == (marts.EAST, "all", marts.MARCH):
            row.update(units_with_letter=2, units_late=0, coverage_rate=1.0)
    for row in rows["org_monthly"]:
        if row["uscc"] == marts.EDUCATION:
            row.update(has_letter=True, letter_complete=True, is_late=False)
    rows["delivery"].append(rows["delivery"][0] | {"file": "补报.csv", "sha256": "b"})
    return marts.publish_marts(paths.root, "v2", rows)


@pytest.mark.parametrize(
    ("kind", "day", "key"),
    [
        ("monthly", dt.date(2024, 3, 31), "2024-03"),
        ("quarterly", dt.date(2024, 3, 31), "2024Q1"),
        ("quarterly", dt.date(2024, 4, 1), "2024Q2"),
        ("halfyear", dt.date(2024, 6, 30), "2024H1"),
        ("halfyear", dt.date(2024, 7, 1), "2024H2"),
        ("annual", dt.date(2024, 12, 31), "2024"),
    ],
)
def test_a_period_holds_its_days(kind: str, day: dt.date, key: str):
    assert period_of(kind, day).key == key


def test_the_latest_period_is_the_last_that_has_ended_and_of_which_a_core_feed_came(data):
    def latest(kind: str, as_of: dt.date) -> str:
        return latest_period(kind, data.published_db, as_of).key

    # Of this city, March alone was reported; of April there are tasks, on which no figure of a report rests.
    assert latest("monthly", dt.date(2024, 4, 30)) == "2024-03"
    assert latest("monthly", dt.date(2024, 3, 31)) == "2024-03"
    assert latest("quarterly", dt.date(2024, 3, 31)) == "2024Q1"
    assert latest("halfyear", dt.date(2024, 6, 30)) == "2024H1"
    assert latest("annual", dt.date(2024, 12, 31)) == "2024"
    with pytest.raises(PeriodError) as none:
        latest("monthly", dt.date(2024, 3, 30))
    assert "2024-03" in none.value.zh
    assert make(data, period="latest").figures.period.key == "2024-03"


def test_a_report_is_kept_with_all_its_papers_and_says_what_it_was_made_from(data):
    revision = make(data, "3607").revision
    assert revision.folder == data.marts / "reports" / "monthly" / "2024-03" / "r1"
    assert sorted(contents(revision.folder)) == [
        "360700/monthly.docx",
        "360700/monthly.xlsx",
        "360702/monthly.docx",
        "360702/monthly.xlsx",
        "360703/monthly.docx",
        "360703/monthly.xlsx",
        "deliveries.json",
        "figures.json",
        "manifest.json",
    ]
    said = revision.read("manifest.json")
    assert (said["revision"], said["as_of"], said["marts_version"]) == (1, "2024-04-30", "v1")
    assert said["made_from"]["deliveries"] == "v1"
    paper = (revision.folder / "360700" / "monthly.docx").read_bytes()
    assert said["files"]["360700/monthly.docx"]["sha256"] == hashlib.sha256(paper).hexdigest()
    assert freeze.altered(revision) == []


def test_nobody_writes_a_frozen_file_and_what_is_altered_is_found(data):
    revision = make(data).revision
    paper = revision.folder / marts.EAST / "monthly.docx"
    assert stat.S_IMODE(paper.stat().st_mode) & 0o222 == 0
    paper.chmod(0o644)
    paper.write_bytes(b"other")
    (revision.folder / "figures.json").unlink()
    assert freeze.altered(revision) == ["360702/monthly.docx", "figures.json"]


def test_the_same_marts_give_the_same_revision(data):
    first = make(data).revision
    again = make(data).revision
    assert (first.is_new, again.is_new, again.folder) == (True, False, first.folder)
    assert [path.name for path in first.folder.parent.iterdir()] == ["r1"]


def test_the_same_deliveries_published_anew_elsewhere_give_the_same_bytes(data, tmp_path):
    other = marts.publish_marts(tmp_path / "other", "v1", marts.content())
    assert contents(make(data).revision.folder) == contents(make(other).revision.folder)


def test_changed_marts_give_a_restatement_that_lists_old_and_new(data):
    first = make(data, "3607").revision
    before = contents(first.folder)
    second = make(restated(data), "3607").revision
    assert (second.name, second.manifest["restates"]["360700"]) == ("r2", "r1")
    assert contents(first.folder) == before
    said = second.read("360700/restatement.json")
    assert said["restates"] == "r1"
    changed = {(one["subject"], one["label"]): (one["old"], one["new"]) for one in said["changes"]}
    assert changed == {
        ("示例东区", "units_with_letter 标签"): ("1", "2"),
        ("示例东区", "units_late 标签"): ("1", "0"),
        ("示例东区", "coverage_rate 标签"): ("50.0%", "100.0%"),
        ("示例东区教育局", "承诺书"): ("逾期未签署", "已签署"),
        ("示例东区教育局", "公示"): ("—", "未公示"),
    }
    assert second.read("360703/restatement.json")["changes"] == []
    assert second.manifest["deliveries_since"] == {"360700": ["complaints/2024-04-02/补报.csv"]}
    assert second.read("360703/restatement.json")["deliveries_since"] == ["complaints/2024-04-02/补报.csv"]


def test_what_only_a_row_of_own_units_or_the_electronic_table_shows_is_restated_too(data):
    make(data, "3607")
    rows = marts.content()
    for row in rows["region_monthly"]:
        if (row["region_code"], row["reach"]) == (marts.CITY, "own"):
            row["complaints_received"] = 1
        if (row["region_code"], row["reach"], row["month"]) == (marts.CITY, "all", marts.FEBRUARY):
            # 75.0 % in March are 20.0 points more than 55 %, and were 25.0 more than 50 %.
            row["coverage_rate"] = 0.55
    for row in rows["org_monthly"]:
        if (row["uscc"], row["month"]) == (marts.FINANCE, marts.MARCH):
            row["commitments_made"] = 2
    second = make(marts.publish_marts(data.root, "v2", rows), "3607").revision
    listed = second.read("360700/restatement.json")["changes"]
    assert [(one["subject"], one["label"], one["old"], one["new"]) for one in listed] == [
        ("示例市", "覆盖率较上期（百分点）", "+25.0", "+20.0"),
        ("市本级", "complaints_received 标签", "0", "1"),
        ("示例市财政局", "commitments_made 标签", "0", "2"),
    ]


def test_another_template_makes_another_revision(data):
    make(data)
    (data.root / "templates").mkdir()
    (data.root / "templates" / "office.yaml").write_text("issuer: 某办", encoding="utf-8")
    assert make(data).revision.name == "r2"


def test_another_region_takes_the_next_number_and_restates_nothing(data):
    make(data, "360702")
    other = make(data, "360703").revision
    assert (other.name, other.manifest["restates"]) == ("r2", {})
    assert make(data, "360702").revision.name == "r1"
    # Both in one paper now: what each said before is what it restates.
    assert make(data, "3607").revision.manifest["restates"] == {"360702": "r1", "360703": "r2"}


def test_reports_stay_where_they_are_when_marts_are_published_and_old_ones_swept(data):
    first = make(data).revision
    before = contents(first.folder)
    for version in ("v2", "v3", "v4"):
        marts.publish_marts(data.root, version, marts.content())
    publish.sweep(data.marts)
    assert contents(first.folder) == before
    assert not (data.marts / ".versions" / "v1").exists()


def test_a_maker_that_fails_leaves_nothing_and_takes_no_number(data, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError("no more")

    with monkeypatch.context() as broken:
        broken.setattr(making, "workbook", fail)
        with pytest.raises(RuntimeError):
            make(data)
    assert list((data.marts / "reports" / "monthly" / "2024-03").iterdir()) == []
    assert make(data).revision.name == "r1"


def test_what_a_killed_maker_left_is_swept_and_is_no_revision(data):
    place = data.marts / "reports" / "monthly" / "2024-03"
    (place / ".partial" / "360700").mkdir(parents=True)
    (place / ".partial" / "figures.json").write_text("{")
    (place / "r7").mkdir()
    assert freeze.revisions(place) == []
    assert make(data).revision.name == "r1"
    assert not (place / ".partial").exists()


def test_a_revision_whose_manifest_cannot_be_read_keeps_its_number(data):
    first = make(data).revision
    manifest = first.folder / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text("{")
    before = contents(first.folder)
    second = make(data).revision
    assert (second.name, second.is_new, second.manifest["restates"]) == ("r2", True, {})
    assert contents(first.folder) == before
    assert freeze.unreadable(first.folder.parent) == [manifest]


def test_two_makers_at_once_leave_whole_reports_without_a_gap(data):
    made = []

    def one(number):
        def write(folder, revision, _previous):
            (folder / "figures.json").write_text(json.dumps({"places": {}, "units": {}}))
            return {"said": revision}

        made.append(freeze.freeze(data, "monthly", "2024-03", ["360700"], {"deliveries": number % 3}, write))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = freeze.revisions(freeze.place_of(data, "monthly", "2024-03"))
    assert [revision.number for revision in kept] == list(range(1, len(kept) + 1))
    assert len(made) == 6
    assert all(revision.manifest["said"] == revision.number for revision in kept)
    assert sum(revision.is_new for revision in made) == len(kept) >= 3


@pytest.mark.parametrize(
    ("period", "region", "word"),
    [
        ("2024-05", "3607", "晚于"),
        ("2024-3", "3607", "2024-03"),
        ("2024-13", None, "2024-03"),
        ("2024-03", "360799", "360799"),
        ("2024-03", "367", "2、4 或 6 位"),
        ("2024-03", "36070", "2、4 或 6 位"),
    ],
)
def test_a_wrong_period_or_region_is_refused_in_words(data, period, region, word):
    with pytest.raises(PeriodError) as refused:
        make(data, region, period)
    assert word in refused.value.zh
    assert not (data.marts / "reports").exists()


def test_without_marts_it_is_said(tmp_path):
    with pytest.raises(NothingPublishedError):
        make(DataPaths(tmp_path))


def test_without_a_region_every_region_with_a_policy_has_its_papers(data):
    assert make(data, None).revision.regions == ["360700", "360702", "360703"]


def test_a_paper_without_pictures_says_so(data):
    assert make(data).left_out == ["pictures"]
