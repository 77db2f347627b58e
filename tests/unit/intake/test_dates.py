"""feeds.md, "Values", date."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from dagster_project.intake.cells import NUMBER_MARK
from dagster_project.intake.values import parse_date


def read(text: str | None, *, is_day_first: bool = False) -> tuple[dt.date | None, bool]:
    parsed = parse_date(pl.Series([text], dtype=pl.String), is_day_first=is_day_first)
    return parsed.value[0], parsed.given[0]


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024/03/05",
        "2024.3.5",
        "20240305",
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "20240305143000",
        "２０２４－０３－０５",
        "２０２４年３月５日",
        "  2024-03-05\u3000",
        "2024-03-05 9:07",
        "2024-03-05 14:30",
        "2024-03-05T14:30:00",
        "2024-03-05 14:30:00.123",
        "2024-03-05T14:30:00Z",
        "2024-03-05T14:30:00+08:00",
        "2024-3-5 18:22:07.25+08:00",
        "2024/3/5 99:99",
        "20240305 08:00",
        "2024年3月5日 14:30",
        "2024年3月5日 14时",
        "2024年3月5日14时30分",
        "2024年3月5日 14时30分05秒",
        "2024年3月5日 14点30分",
        "2024-03-05 7时19分",
    ],
)
def test_every_form_of_a_date_is_read_and_its_time_dropped(text: str) -> None:
    assert read(text) == (dt.date(2024, 3, 5), True)


@pytest.mark.parametrize(
    "text",
    [
        "2024-13-01",
        "2024-02-30",
        "2023-02-29",
        "2024-03/05",
        "2024-03",
        "2024年3月",
        "三月",
        "待定",
        "45000",
        "2024-03-05 下午",
        "2024-03-05 14:3",
        "05/03/2024",
        "240305",
        "2024030514",
        "1949-09-30",
        "2100-01-02",
        "1900-01-01",
    ],
)
def test_what_is_no_date_or_out_of_bounds_is_unreadable(text: str) -> None:
    assert read(text) == (None, True)


@pytest.mark.parametrize("text", ["1949-10-01", "2100-01-01"])
def test_the_first_and_the_last_day_are_readable(text: str) -> None:
    assert read(text) == (dt.date.fromisoformat(text), True)


@pytest.mark.parametrize(
    "text", [None, "", " ", "-", "--", "—", "——", "/", "无", "暂无", "N/A", "NULL", "none", "NaN", "#N/A"]
)
def test_words_for_nothing_are_no_value(text: str | None) -> None:
    assert read(text) == (None, False)


def test_a_number_of_a_sheet_from_20000_to_80000_is_excel_s_day() -> None:
    assert read(NUMBER_MARK + "45356") == (dt.date(2024, 3, 5), True)
    assert read(NUMBER_MARK + "45356.75") == (dt.date(2024, 3, 5), True)
    assert read(NUMBER_MARK + "20000") == (dt.date(1954, 10, 3), True)
    assert read(NUMBER_MARK + "19999") == (None, True)
    assert read(NUMBER_MARK + "80001") == (None, True)


def test_a_number_of_a_sheet_may_be_a_date_of_eight_digits() -> None:
    assert read(NUMBER_MARK + "20240305") == (dt.date(2024, 3, 5), True)


def test_day_first_is_read_only_where_a_mapping_says_so() -> None:
    assert read("05/03/2024", is_day_first=True) == (dt.date(2024, 3, 5), True)
    assert read("5.3.2024 10:00", is_day_first=True) == (dt.date(2024, 3, 5), True)
    assert read("2024-03-05", is_day_first=True) == (dt.date(2024, 3, 5), True)
    assert read("13/13/2024", is_day_first=True) == (None, True)
