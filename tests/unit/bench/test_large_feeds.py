"""The large feeds in small: the same rows each time, and no delivery that knows the future."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc as real_uscc

from bench.baseline import scan
from bench.cases import Figure
from bench.codes import made_up_uscc, made_up_usccs
from bench.handling import handling_workdays, workday_after
from bench.large.generate import FEEDS, generate
from bench.large.sizes import Size
from bench.large.workbooks import write_workbooks
from bench.measure import RunFailedError, python, run
from dagster_project import contracts

TINY = Size("tiny", units=600, commitments=400, complaints=4_000, cases=240, listings=72)


@pytest.fixture(scope="module")
def feeds(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("feeds") / "tiny"
    generate(TINY, folder)
    return folder


def _rows(feeds: Path, feed: str) -> pl.DataFrame:
    paths = sorted((feeds / "raw" / feed).glob("*/*.parquet"))
    days = [date.fromisoformat(path.parent.name) for path in paths]
    return pl.concat(
        [pl.read_parquet(path).with_columns(pl.lit(day).alias("day")) for path, day in zip(paths, days, strict=True)],
        how="diagonal",
    )


def test_the_same_size_gives_the_same_bytes(feeds, tmp_path):
    generate(TINY, tmp_path / "again")
    files = sorted(path.relative_to(feeds) for path in feeds.rglob("*.parquet"))
    assert len(files) > 200
    assert [path for path in files if (feeds / path).read_bytes() != (tmp_path / "again" / path).read_bytes()] == []


def test_columns_are_those_of_the_contracts_and_dates_are_dates(feeds):
    for feed in FEEDS:
        schema = _rows(feeds, feed.name).drop("day").schema
        accepted = contracts.load()[feed.name].accepted
        assert set(schema) <= set(accepted)
        assert all(schema[name] == pl.Date for name in schema if accepted[name].type == "date")


def test_no_delivery_knows_what_lies_after_its_day(feeds):
    for feed in FEEDS:
        rows = _rows(feeds, feed.name)
        for event in feed.events:
            assert rows.filter(pl.col(event) > pl.col("day")).is_empty(), f"{feed.name}.{event}"


def test_a_ticket_stands_in_about_one_and_a_half_rows(feeds):
    tickets = _rows(feeds, "complaints")
    assert tickets["ticket_no"].n_unique() == TINY.complaints
    assert len(tickets) / TINY.complaints == pytest.approx(1.55, abs=0.07)


def test_two_rows_in_a_hundred_stand_in_a_delivery_twice(feeds):
    tickets = _rows(feeds, "complaints")
    assert tickets.is_duplicated().sum() / 2 / len(tickets) == pytest.approx(0.02, abs=0.007)


def test_one_row_in_twenty_gives_a_unit_by_name_alone(feeds):
    assert _rows(feeds, "complaints")["uscc"].is_null().mean() == pytest.approx(0.05, abs=0.015)


def test_codes_made_at_once_are_those_made_one_by_one_and_valid(feeds):
    regions, numbers = np.array(["360702", "410422", "230403"]), np.array([0, 17, 999_999])
    at_once = made_up_usccs(np.array(["11", "12", "91"]), regions, numbers)
    kinds = ("department", "institution", "enterprise")
    assert at_once == [made_up_uscc(k, r, int(n)) for k, r, n in zip(kinds, regions, numbers, strict=True)]
    assert all(real_uscc.is_valid(code) for code in _rows(feeds, "organizations")["uscc"])


def test_what_was_made_before_is_not_made_again(feeds):
    before = {path: path.stat().st_mtime_ns for path in feeds.rglob("*.parquet")}
    generate(TINY, feeds)
    assert before == {path: path.stat().st_mtime_ns for path in feeds.rglob("*.parquet")}


def test_so_many_workbooks_hold_all_rows(feeds, tmp_path):
    part = tmp_path / "part"
    for feed in ("arrears", "court_cases"):
        (part / "raw" / feed).parent.mkdir(parents=True, exist_ok=True)
        (part / "raw" / feed).symlink_to(feeds / "raw" / feed)
    (part / "manifest.json").write_bytes((feeds / "manifest.json").read_bytes())
    write_workbooks(part, tmp_path / "books", number=60)
    books = sorted((tmp_path / "books").rglob("*.xlsx"))
    sheets = [CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python() for book in books]
    assert len(books) == 60
    # A title and a header stand above the rows.
    assert sum(len(sheet) - 2 for sheet in sheets) == sum(len(_rows(feeds, f)) for f in ("arrears", "court_cases"))


def test_the_scan_reads_every_feed(feeds):
    assert scan(feeds).keys() == {"seconds", "cpu"}


def test_a_command_is_measured_with_its_children():
    grandchild = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b = bytearray(300_000_000)']); print('{}')"
    )
    cost = run([sys.executable, "-c", grandchild])
    assert cost.peak_bytes > 300_000_000
    assert cost.cpu > 0
    assert cost.wall > 0


def test_a_command_that_fails_is_no_figure():
    with pytest.raises(RunFailedError, match="no such module|No module"):
        run(python("bench.nothing_of_the_kind"))


def test_a_figure_above_its_target_is_missed_and_one_without_target_is_neither():
    assert Figure("city", "ratio", 3.1, "×", 3).is_met is False
    assert Figure("city", "ratio", 3.0, "×", 3).is_met is True
    assert Figure("city", "ratio", 3.0, "×").is_met is None


def test_handling_takes_whole_workdays_and_some_never_end():
    assert handling_workdays(np.array([0.0, 0.38, 0.62, 0.75, 0.91, 0.99])).tolist() == [1, 5, 10, 15, 30, -1]


def test_a_workday_after_a_friday_before_a_working_sunday_is_that_sunday():
    # 2024-02-04 and 2024-02-18 were working Sundays around the spring festival.
    assert workday_after(date(2024, 2, 2), 1) == date(2024, 2, 4)
    assert workday_after(date(2024, 2, 9), 1) == date(2024, 2, 18)
