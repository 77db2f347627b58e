"""The samples: the same bytes each time, valid codes, nobody real but the 33 names, and times as they are."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from stdnum.cn import uscc as real_uscc

from bench.codes import made_up_uscc, with_wrong_check
from bench.samples import rosters, write
from bench.samples.plan import deliveries as planned
from bench.samples.roster import NAMED_IN_ANNEX, annex_units, units
from bench.samples.sources import SOURCES
from bench.samples.world import versions
from dagster_project import contracts

RAW = Path(__file__).parents[3] / "data" / "raw"


@pytest.fixture(scope="module")
def all_files() -> dict[str, bytes]:
    return dict(write.deliveries())


def test_the_same_deliveries_come_out_byte_for_byte(all_files):
    kinds = [source for source in SOURCES if source.feed in ("complaints", "court_cases", "arrears")]
    again = dict(planned(tuple(kinds))) | dict(rosters.deliveries())
    assert {path.rsplit(".", 1)[1] for path in again} >= {"xls", "xlsx", "csv", "json", "jsonl", "parquet", "tsv"}
    assert again == {path: all_files[path] for path in again}


def test_what_lies_under_data_raw_is_what_the_generator_writes(all_files):
    lying = {path.relative_to(RAW).as_posix(): path for path in RAW.rglob("*") if path.is_file()}
    assert set(lying) == set(all_files)
    # Workbooks and Parquet are packed by libraries, whose next version may pack them otherwise.
    plain = [path for path in all_files if path.endswith((".csv", ".tsv", ".json", ".jsonl"))]
    assert [path for path in plain if lying[path].read_bytes() != all_files[path]] == []


def test_all_samples_together_stay_under_five_megabytes(all_files):
    assert 2_000_000 < sum(map(len, all_files.values())) < 5_000_000


def test_every_feed_has_samples_and_every_core_feed_has_one_each_month_but_the_one_left_out(all_files):
    feeds = Counter(path.split("/")[0] for path in all_files)
    assert set(contracts.load()) <= set(feeds)
    months = {f"{2023 + n // 12}-{n % 12 + 1:02d}" for n in range(24)}
    for feed, contract in contracts.load().items():
        if contract.is_core:
            sent = {path.split("/")[1][:7] for path in all_files if path.startswith(f"{feed}/")}
            assert months - sent == ({"2023-09"} if feed == "accountability" else set())


def test_every_code_of_the_roster_is_valid_and_marked_as_made_up():
    codes = [unit.uscc for unit in (*units(), *annex_units())]
    assert len(set(codes)) == len(codes)
    assert all(real_uscc.is_valid(code) and code[8:10] == "EX" for code in codes)


def test_a_code_with_another_last_character_is_not_valid():
    code = made_up_uscc("department", "360702", 7)
    assert real_uscc.is_valid(code)
    assert not real_uscc.is_valid(with_wrong_check(code))


def test_names_begin_with_example_except_the_33_of_the_annex():
    assert len(NAMED_IN_ANNEX) == 33
    assert [unit.name for unit in annex_units()] == list(NAMED_IN_ANNEX)
    names = [name for unit in units() for name in (unit.name, *unit.former_names)]
    assert [name for name in names if not name.startswith("示例")] == []
    assert not set(names) & set(NAMED_IN_ANNEX)


def test_the_33_stand_in_no_feed_but_the_roster():
    real = {*NAMED_IN_ANNEX, *(unit.uscc for unit in annex_units())}
    for version in versions():
        said: set[str] = set()
        for value in version.row.values():
            said |= set(value) if isinstance(value, list) else {str(value)}
        assert not real & said


def test_no_text_file_of_another_feed_holds_a_code_of_the_33(all_files):
    codes = [unit.uscc.encode() for unit in annex_units()]
    others = [content for path, content in all_files.items() if not path.startswith("organizations/")]
    assert not any(code in content for content in others for code in codes)


def test_telephone_numbers_and_identity_numbers_can_be_nobodys():
    for version in versions():
        phone, number = version.row.get("complainant_phone"), version.row.get("complainant_id_no")
        # No mobile number begins with 100; no day is 30 February.
        assert phone is None or str(phone).startswith("100")
        assert number is None or str(number)[10:14] == "0230"


@pytest.mark.parametrize(("within", "share"), [(5, 0.38), (10, 0.62), (15, 0.75), (30, 0.91)])
def test_complaints_take_as_long_as_a_real_service_shows(within, share, handling_times):
    measured = sum(1 for days in handling_times if days is not None and days <= within) / len(handling_times)
    assert measured == pytest.approx(share, abs=0.02)


@pytest.fixture(scope="module")
def handling_times() -> list[int | None]:
    """Of each ticket received long enough before the end, its workdays from receipt to resolution."""
    first, last = date(2022, 12, 1), date(2026, 1, 31)
    counts: dict[date, int] = {}
    number = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(offset)
        number += chinese_calendar.is_workday(day)
        counts[day] = number
    ended: dict[str, int | None] = {}
    for version in versions():
        received, resolved = version.row.get("received_on"), version.row.get("resolved_on")
        if version.feed == "complaints" and isinstance(received, date) and received < date(2024, 10, 1):
            ended[version.key] = counts[resolved] - counts[received] if isinstance(resolved, date) else None
    assert len(ended) > 2000
    return list(ended.values())
