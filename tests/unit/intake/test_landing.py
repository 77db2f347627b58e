"""docs/architecture.md, 1: packs, the index, and what is read again."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dagster_project import contracts, intake
from dagster_project.contracts.model import Contract
from dagster_project.intake import discovery, feed_reader, hands
from dagster_project.intake.frames import MENTION_SCHEMA, QUARANTINE_SCHEMA, landing_schema
from dagster_project.intake.landing import Pack
from dagster_project.intake.rows import Typed, type_rows
from dagster_project.intake.text_reader import read_text
from dagster_project.intake.workbook_pool import WorkbookPool
from tests.unit.intake.office import HEADER, ROW, Office, csv, workbook

AS_OF = dt.date(2024, 12, 31)


def settle(path: Path) -> None:
    """Lets a file look as if it had been written long ago."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_second_run_reads_nothing_and_gives_the_same(office: Office) -> None:
    office.put(csv(ROW))
    office.put("x", "bad.pdf")
    office.put(workbook([HEADER.split(","), ROW.split(",")]), "a.xlsx")
    first, second = office.read(), office.read()
    assert (first.result.files_read, second.result.files_read) == (3, 0)
    assert first.result.deliveries.equals(second.result.deliveries)
    assert first.result.packs == second.result.packs
    assert first.rows() == second.rows()


def test_only_what_is_new_is_read(office: Office) -> None:
    office.put(csv(ROW))
    office.read()
    office.put(csv(ROW.replace("T-1", "T-2")), "b.csv")
    reading = office.read()
    assert reading.result.files_read == 1
    assert [row["ticket_no"] for row in reading.rows()] == ["T-1", "T-2"]


def test_a_file_that_vanished_is_seen_no_more_and_found_again_when_it_returns(office: Office) -> None:
    path = office.put(csv(ROW))
    office.put(csv(ROW.replace("T-1", "T-2")), "b.csv")
    office.read()
    content = path.read_bytes()
    path.unlink()
    reading = office.read()
    assert [row["ticket_no"] for row in reading.rows()] == ["T-2"]
    assert len(reading.result.deliveries) == 1
    path.write_bytes(content)
    reading = office.read()
    assert reading.result.files_read == 0
    assert len(reading.rows()) == 2


def test_a_changed_file_is_read_again_in_place_of_what_it_was(office: Office) -> None:
    office.put(csv(ROW))
    office.read()
    office.put(csv(ROW.replace("T-1", "T-9")))
    reading = office.read()
    assert reading.result.files_read == 1
    assert [row["ticket_no"] for row in reading.rows()] == ["T-9"]


def test_a_file_touched_just_before_it_was_hashed_is_hashed_again(office: Office) -> None:
    path = office.put(csv(ROW))
    office.read()
    was = path.stat()
    path.write_bytes(csv(ROW.replace("T-1", "T-9")).encode())
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert [row["ticket_no"] for row in office.read().rows()] == ["T-9"]


def test_a_settled_file_is_known_by_its_times_without_being_opened(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(office.put(csv(ROW)))
    monkeypatch.setattr(discovery, "SETTLED_NS", -(10**12))
    office.read()
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("the file was opened"))
    assert office.read().result.files_read == 0


def test_deliveries_received_after_the_day_of_view_are_not_seen(office: Office) -> None:
    office.put(csv(ROW), day="2024-04-02")
    office.put(csv(ROW), day="2024-04-03")
    assert len(office.read("2024-04-01").result.deliveries) == 0
    assert len(office.read("2024-04-02").result.deliveries) == 1
    assert len(office.read("2024-04-03").result.deliveries) == 2


def test_a_rejected_file_is_a_delivery_with_its_reason_and_without_rows(office: Office) -> None:
    office.put("甲,乙\n1,2\n")
    entry = office.read().delivery()
    assert (entry["status"], len(entry["sha256"])) == ("rejected", 64)
    assert entry["reason"]


def test_the_landing_is_its_owner_s_alone_and_the_deliveries_stay_as_they_are(office: Office) -> None:
    path = office.put(csv(ROW))
    was = (path.read_bytes(), path.stat().st_mtime_ns)
    office.read()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == was
    assert [one.name for one in path.parent.iterdir()] == ["a.csv"]
    for folder in ("landing", "landing/complaints", "landing/_mention"):
        assert stat.S_IMODE((office.root / folder).stat().st_mode) == 0o700


@pytest.mark.parametrize("feed", contracts.feed_names())
def test_the_rows_of_every_feed_land_in_the_columns_and_types_that_are_promised(office: Office, feed: str) -> None:
    contract = contracts.load()[feed]
    samples = {
        "date": "2024-01-02", "money": "5", "number": "5", "integer": "2024", "boolean": "是", "list": "甲、乙",
        "uscc": "11360700070146777W", "region": "360702", "case_no": "（2024）赣0702民初1号", "quarter": "2024Q1",
        "text": "样本",
    }  # fmt: skip
    columns = contract.accepted
    cells = {
        c.names[0]: next(iter(c.codes)) if c.codes else samples[c.type]
        for c in columns.values()
        if c.name != "retracted"
    }
    office.put(csv(",".join(cells.values()), header=",".join(cells)), feed=feed)
    reading = office.read()
    (path,) = reading.result.packs[feed]
    frame = pl.read_parquet(path)
    assert dict(frame.schema) == dict(pl.Schema(landing_schema(contract)))
    (row,) = frame.to_dicts()
    empty = {name for name, value in row.items() if value is None}
    assert empty <= {"sheet", "warnings"}, "every column that the file names has a value"


def test_mentions_and_quarantine_have_the_columns_that_are_promised(office: Office) -> None:
    office.put(csv(ROW, ROW.replace("问政", "电话")))
    result = office.read().result
    assert dict(pl.read_parquet_schema(result.mention_packs[0])) == dict(pl.Schema(MENTION_SCHEMA))
    assert dict(pl.read_parquet_schema(result.quarantine_packs[0])) == dict(pl.Schema(QUARANTINE_SCHEMA))


def test_large_files_are_read_part_by_part_to_the_same_rows(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"T-{at:04},问政,样本{at % 7}局,2024-03-{at % 28 + 1:02}" for at in range(500)]
    office.put(csv(*lines, "T-x,电话,样本局,2024-03-01", "合计,,,500"))
    whole = office.read()
    monkeypatch.setattr(feed_reader, "LARGE_BYTES", -1)
    monkeypatch.setattr("dagster_project.intake.text_reader.ROWS_A_TABLE", 64)
    other = Office(office.root / "other")
    other.put(csv(*lines, "T-x,电话,样本局,2024-03-01", "合计,,,500"))
    parts = other.read()
    assert parts.rows() == whole.rows()
    assert parts.quarantined() == whole.quarantined()
    assert parts.result.deliveries.equals(whole.result.deliveries)


def test_packs_that_are_lost_are_read_again_and_leftovers_are_swept(office: Office) -> None:
    office.put(csv(ROW))
    (pack,) = office.read().result.packs["complaints"]
    pack.unlink()
    leftover = pack.with_name("123.tmp")
    leftover.write_bytes(b"half")
    reading = office.read()
    assert reading.result.files_read == 1
    assert len(reading.rows()) == 1
    assert not leftover.exists()


def test_what_a_killed_run_left_of_its_hashes_is_swept_and_no_other_is(office: Office) -> None:
    office.put(csv(ROW))
    office.read()
    old, young = (office.root / "landing" / f"hashes.{number}.tmp" for number in (1, 2))
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    office.put(csv(ROW), name="另一份.csv")
    office.read()
    assert (old.exists(), young.exists()) == (False, True)


def test_a_broken_index_or_hash_cache_costs_only_time(office: Office) -> None:
    office.put(csv(ROW))
    office.read()
    for name in ("index.parquet", "hashes.json"):
        (office.root / "landing" / name).write_bytes(b"broken")
    reading = office.read()
    assert (reading.result.files_read, len(reading.rows())) == (1, 1)


def test_two_may_save_what_they_hashed_at_the_same_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put(csv(ROW))
    real = Path.replace

    def meanwhile(path: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", real)
        intake.fingerprint(office.root, AS_OF)
        return real(path, target)

    monkeypatch.setattr(Path, "replace", meanwhile)
    intake.fingerprint(office.root, AS_OF)
    assert [path.name for path in (office.root / "landing").iterdir()] == ["hashes.json"]


def test_another_version_of_the_program_reads_all_again_and_drops_the_old_packs(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put(csv(ROW))
    (old,) = office.read().result.packs["complaints"]
    monkeypatch.setattr("dagster_project.intake.reading.contract_version", lambda: "f" * 64)
    reading = office.read()
    assert reading.result.files_read == 1
    assert not old.exists()
    assert len(reading.rows()) == 1


def test_a_file_changed_while_it_is_read_waits_for_the_next_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.put(csv(ROW))
    real = read_text

    def disturbed(*args: object) -> object:
        tables = list(real(*args))  # type: ignore[arg-type]
        path.write_bytes(csv(ROW.replace("T-1", "T-99")).encode())
        return iter(tables)

    monkeypatch.setattr(feed_reader, "read_text", disturbed)
    assert "下次" in office.read().reason()
    monkeypatch.undo()
    assert [row["ticket_no"] for row in office.read().rows()] == ["T-99"]


@pytest.mark.parametrize("large_bytes", [-1, 1 << 20])
def test_a_file_changed_while_it_is_read_is_not_rejected_for_good(
    office: Office, monkeypatch: pytest.MonkeyPatch, large_bytes: int
) -> None:
    content = csv(ROW)
    path = office.put(content)

    def disturbed(*args: object) -> object:
        path.write_bytes(b"half")
        yield from read_text(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(feed_reader, "LARGE_BYTES", large_bytes)
    with monkeypatch.context() as patched:
        patched.setattr(feed_reader, "read_text", disturbed)
        assert "下次" in office.read().reason()
    path.write_text(content)
    assert [row["ticket_no"] for row in office.read().rows()] == ["T-1"]


@pytest.mark.parametrize("most_waiting", [0, 400_000])
def test_many_batches_of_many_feeds_land_every_row_in_its_order(
    office: Office, monkeypatch: pytest.MonkeyPatch, most_waiting: int
) -> None:
    monkeypatch.setattr(feed_reader, "ROWS_A_BATCH", 2)
    monkeypatch.setattr(hands, "MOST_WAITING_ROWS", most_waiting)
    for number in range(20):
        office.put(csv(*(f"T-{number:02d}-{row},问政,样本局,2024-03-01" for row in range(3)), ""), f"{number:02d}.csv")
    office.put("任务编号,牵头单位\nR-1,样本局\n", "a.csv", "tasks")
    reading = office.read()
    landed = [(row["file"], row["line_no"], row["ticket_no"]) for row in reading.rows()]
    assert landed == [(f"{n:02d}.csv", row + 1, f"T-{n:02d}-{row}") for n in range(20) for row in range(3)]
    assert len(reading.rows("tasks")) == 1
    assert set(reading.result.deliveries["rows_read"].to_list()) == {3, 1}


def test_a_failure_while_rows_are_typed_ends_the_reading_and_keeps_what_was_landed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("编号,欠款单位,欠款金额,应付日期\nA-1,样本局,1,2024-01-01\n", "a.csv", "arrears")
    office.put(csv(ROW))

    def broken(contract: Contract, *rest: Any) -> Typed:
        if contract.feed == "complaints":
            raise MemoryError
        return type_rows(contract, *rest)

    monkeypatch.setattr(feed_reader, "type_rows", broken)
    with pytest.raises(MemoryError):
        office.read()
    monkeypatch.undo()
    reading = office.read()
    assert reading.result.files_read == 1
    assert [len(reading.rows(feed)) for feed in ("arrears", "complaints")] == [1, 1]


@pytest.mark.parametrize("large_bytes", [-1, 1 << 20])
@pytest.mark.parametrize("step", ["add", "close"])
def test_a_full_disk_ends_the_reading_and_is_no_file_s_fault(
    office: Office, monkeypatch: pytest.MonkeyPatch, large_bytes: int, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(feed_reader, "LARGE_BYTES", large_bytes)
    monkeypatch.setattr(feed_reader, "ROWS_A_BATCH", 0)
    for name in ("a.csv", "b.csv", "c.csv"):
        office.put(csv(ROW), name)
    monkeypatch.setattr(Pack, step, full)
    with pytest.raises(OSError, match="No space"):
        office.read()


def test_a_large_file_that_can_t_be_read_to_its_end_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*args: object) -> object:
        yield from read_text(*args)  # type: ignore[arg-type]
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(feed_reader, "LARGE_BYTES", -1)
    office.put(csv(ROW))
    with monkeypatch.context() as patched:
        patched.setattr(feed_reader, "read_text", torn)
        assert office.read().reason() == "文件打不开"
    assert len(office.read().rows()) == 1


def test_the_same_files_give_the_same_identities_and_hashes_anywhere(office: Office, tmp_path: Path) -> None:
    office.put(csv(ROW))
    other = Office(tmp_path / "elsewhere")
    other.put(csv(ROW))
    assert office.read().rows() == other.read().rows()


def test_a_run_is_told_of_each_file_that_was_read(office: Office) -> None:
    office.put(csv(ROW))
    office.put(csv(ROW), "b.csv")
    told: list[tuple[int, int, str]] = []
    intake.read_deliveries(office.root, AS_OF, lambda done, total, file: told.append((done, total, file)))
    assert told == [(1, 2, "complaints/2024-04-02/a.csv"), (2, 2, "complaints/2024-04-02/b.csv")]


def test_what_came_after_rows_last_landed_is_known_before_anything_is_opened(office: Office) -> None:
    office.put(csv(ROW))
    found, _ = discovery.find_deliveries(office.root, AS_OF)
    assert list(discovery.changed_since_landing(office.root, found)) == found
    office.read()
    index = office.root / discovery.INDEX
    for landed_at, changed in ((0, found), (2**62, [])):
        os.utime(index, ns=(landed_at, landed_at))
        assert list(discovery.changed_since_landing(office.root, found)) == changed
    found[0].path.unlink()
    os.utime(index, ns=(0, 0))
    assert list(discovery.changed_since_landing(office.root, found)) == []


def test_reading_processes_are_started_beforehand_for_new_workbooks_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[WorkbookPool] = []
    monkeypatch.setattr(WorkbookPool, "start", lambda pool: started.append(pool))
    office.put(csv(ROW))
    office.read()
    assert not started
    office.put(workbook([HEADER.split(","), ROW.split(",")]), "b.xlsx")
    office.read()
    assert len(started) == 1
    os.utime(office.root / discovery.INDEX, ns=(2**62, 2**62))
    assert len(office.read().rows()) == 2
    assert len(started) == 1


def test_a_fingerprint_changes_with_deliveries_mappings_and_the_day_of_view(office: Office) -> None:
    office.put(csv(ROW))
    prints = [intake.fingerprint(office.root, AS_OF)]
    assert intake.fingerprint(office.root, AS_OF) == prints[0]
    office.put(csv(ROW), "b.csv")
    prints.append(intake.fingerprint(office.root, AS_OF))
    office.mapping('feed: complaints\nfiles: ["x"]\n')
    prints.append(intake.fingerprint(office.root, AS_OF))
    office.put(csv(ROW.replace("T-1", "T-2")), "b.csv")
    prints.append(intake.fingerprint(office.root, AS_OF))
    prints.append(intake.fingerprint(office.root, dt.date(2024, 1, 1)))
    assert len(set(prints)) == 5


def test_asking_for_a_fingerprint_imports_nothing_heavy(office: Office) -> None:
    office.put(csv(ROW))
    code = (
        "import sys, datetime, pathlib; from dagster_project import intake;"
        f"intake.fingerprint(pathlib.Path({str(office.root)!r}), datetime.date(2024, 12, 31));"
        "print([name for name in ('polars', 'pyarrow', 'pydantic', 'ruamel.yaml', 'numpy') if name in sys.modules])"
    )
    began = time.process_time()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert time.process_time() - began < 1
