"""feeds.md, "Where files lie"."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from dagster_project import contracts
from dagster_project.intake import feed_reader, workbook_pool, workbook_reader
from dagster_project.intake.cells import Unread
from dagster_project.intake.layouts import layout_of
from tests.unit.intake.office import ROW, Office, csv


def test_a_file_may_lie_in_the_folder_of_its_sender(office: Office) -> None:
    office.put(csv(ROW), reporter="样本市人民政府")
    entry = office.read().delivery()
    assert (entry["file"], entry["reporter"]) == ("样本市人民政府/a.csv", "样本市人民政府")
    assert (entry["feed"], str(entry["received_on"])) == ("complaints", "2024-04-02")


@pytest.mark.parametrize("name", [".hidden.csv", "~$台账.xlsx", "Thumbs.db", ".DS_Store"])
def test_hidden_files_and_lock_files_are_no_deliveries(office: Office, name: str) -> None:
    office.put("x", name)
    office.put("x", name, reporter="样本局")
    result = office.read().result
    assert (len(result.deliveries), result.problems) == (0, [])


def test_files_beside_the_date_folders_are_no_deliveries(office: Office) -> None:
    (office.root / "raw" / "complaints").mkdir(parents=True)
    (office.root / "raw" / "complaints" / "README.md").write_text("x")
    (office.root / "raw" / "complaints" / "台账.csv").write_text(csv(ROW))
    result = office.read().result
    assert len(result.deliveries) == 0
    assert [problem.path for problem in result.problems] == ["raw/complaints/台账.csv"]


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("临时/2024-04-02/a.csv", "raw/临时"),
        ("complaints/3月/a.csv", "raw/complaints/3月"),
        ("complaints/2024-13-01/a.csv", "raw/complaints/2024-13-01"),
        ("complaints/20240402/a.csv", "raw/complaints/20240402"),
        ("complaints/2024-04-02/甲/乙/a.csv", "raw/complaints/2024-04-02/甲/乙"),
    ],
)
def test_what_lies_strangely_is_reported_and_nothing_else_stops(office: Office, place: str, named: str) -> None:
    path = office.root / "raw" / place
    path.parent.mkdir(parents=True)
    path.write_text(csv(ROW))
    office.put(csv(ROW), "good.csv")
    reading = office.read()
    (problem,) = reading.result.problems
    assert problem.path == named
    assert problem.message
    assert [entry["file"] for entry in reading.result.deliveries.to_dicts()] == ["good.csv"]


def test_without_a_raw_folder_nothing_is_seen(office: Office) -> None:
    result = office.read().result
    assert (len(result.deliveries), result.files_read, result.problems) == (0, 0, [])


def test_what_is_no_plain_file_is_reported_and_never_opened(office: Office) -> None:
    path = office.put(csv(ROW), "good.csv").with_name("pipe.csv")
    os.mkfifo(path)
    reading = office.read()
    assert [problem.path for problem in reading.result.problems] == ["raw/complaints/2024-04-02/pipe.csv"]
    assert len(reading.rows()) == 1


def test_a_file_that_cannot_be_opened_is_rejected_and_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put(csv(ROW))
    office.put(csv(ROW.replace("T-1", "T-2")), "b.csv")
    plainly = Path.open

    def refused(path: Path, *how: Any, **options: Any) -> Any:
        # Whoever is allowed everything may open any file; so nobody may open this one.
        if path.name == "b.csv":
            raise PermissionError(path)
        return plainly(path, *how, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refused)
        closed = office.read()
    assert closed.reason("b.csv").startswith("文件打不开")
    assert closed.result.files_to_read_again == 1
    (entry,) = [entry for entry in closed.result.deliveries.to_dicts() if entry["file"] == "b.csv"]
    assert (entry["status"], entry["sha256"], entry["rows_read"]) == ("rejected", "", 0)
    assert [row["ticket_no"] for row in closed.rows()] == ["T-1"]
    opened = office.read()
    assert opened.result.files_to_read_again == 0
    assert [row["ticket_no"] for row in opened.rows()] == ["T-1", "T-2"]


def test_names_that_are_no_text_are_shown_escaped(office: Office) -> None:
    folder = office.put(csv(ROW)).parent
    with open(os.fsencode(folder) + b"/\xb1\xed.csv", "wb") as file:  # noqa: PTH123 (a name in GBK)
        file.write(csv(ROW).encode())
    assert sorted(entry["file"] for entry in office.read().result.deliveries.to_dicts()) == ["\\xb1\\xed.csv", "a.csv"]


def test_deliveries_stand_in_the_order_of_feed_day_and_file(office: Office) -> None:
    for feed, day, name in (
        ("complaints", "2024-04-02", "b.csv"),
        ("complaints", "2024-04-02", "B.csv"),
        ("arrears", "2024-05-02", "z.csv"),
        ("complaints", "2024-04-01", "z.csv"),
    ):
        office.put(csv(ROW), name, feed, day)
    entries = office.read().result.deliveries.to_dicts()
    assert [(entry["feed"], str(entry["received_on"]), entry["file"]) for entry in entries] == [
        ("arrears", "2024-05-02", "z.csv"),
        ("complaints", "2024-04-01", "z.csv"),
        ("complaints", "2024-04-02", "B.csv"),
        ("complaints", "2024-04-02", "b.csv"),
    ]


def test_a_folder_that_cannot_be_looked_into_is_reported_and_nothing_else_stops(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put(csv(ROW))
    closed = office.put(csv(ROW), reporter="样本局").parent
    plainly = os.scandir

    def refused(folder: Any) -> Any:
        if Path(folder) == closed:
            raise PermissionError(folder)
        return plainly(folder)

    monkeypatch.setattr(os, "scandir", refused)
    reading = office.read()
    assert [problem.path for problem in reading.result.problems] == ["raw/complaints/2024-04-02/样本局"]
    assert [entry["file"] for entry in reading.result.deliveries.to_dicts()] == ["a.csv"]


def test_a_workbook_that_went_away_before_it_was_opened_is_read_again(tmp_path: Path) -> None:
    plan = layout_of(contracts.load()["complaints"]).plan
    assert list(workbook_reader._answers(str(tmp_path / "gone.xlsx"), plan)) == [{"unread": "文件打不开"}]
    with pytest.raises(Unread, match="文件打不开"):
        workbook_pool._tables([{"unread": "文件打不开"}])


def test_a_text_that_is_of_another_encoding_than_was_found_is_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put(csv(ROW))

    def other(_path: Path, _plan: object) -> Any:
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")

    with monkeypatch.context() as patch:
        patch.setattr(feed_reader, "read_text", other)
        reading = office.read()
    assert "下次运行再读" in reading.reason()
    assert reading.result.files_to_read_again == 1
    assert len(office.read().rows()) == 1
