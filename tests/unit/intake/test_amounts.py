"""feeds.md, "Values": money, number, integer."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from dagster_project.intake.amounts import parse_integer, parse_money, parse_number
from dagster_project.intake.headers import UNREADABLE_UNIT


def money(text: str | None, unit: int = 0) -> Decimal | None:
    value: Decimal | None = parse_money(pl.Series([text], dtype=pl.String), unit).value[0]
    return value


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1,234.50", "1234.50"),
        ("1234.5", "1234.50"),
        ("￥1,234", "1234.00"),
        ("¥ 5", "5.00"),
        ("5元", "5.00"),
        ("3.5万元", "35000.00"),
        ("３１５万", "3150000.00"),
        ("0.472811054亿", "47281105.40"),
        ("2亿元", "200000000.00"),
        ("4千元", "4000.00"),
        ("1.5百万元", "1500000.00"),
        ("0", "0.00"),
        ("-0", "0.00"),
        ("-0.00", "0.00"),
        ("0.005", "0.01"),
        ("0.0049999999999999999999", "0.00"),
        ("2.675", "2.68"),
        ("1.005", "1.01"),
        ("1000000000000000.00", "1000000000000000.00"),
    ],
)
def test_money_is_read_exactly_and_rounded_half_up(text: str, yuan: str) -> None:
    assert money(text) == Decimal(yuan)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,34.5",
        "1,234,56",
        "-5",
        "-0.001",
        "-¥0.004元",
        "1e5",
        "约5万",
        "5美元",
        "五万",
        "5万万",
        "1000000000000000.01",
        "10000001亿",
        "99999999999999999",
        ".",
        "5.",
    ],
)
def test_money_that_is_not_written_so_is_unreadable(text: str) -> None:
    parsed = parse_money(pl.Series([text]), 0)
    assert (parsed.value[0], parsed.given[0]) == (None, True)


def test_a_unit_in_the_value_goes_before_the_column_s() -> None:
    assert money("5", unit=4) == Decimal(50000)
    assert money("5元", unit=4) == Decimal(5)
    assert money("5千元", unit=8) == Decimal(5000)


def test_the_sign_of_yuan_is_no_unit() -> None:
    assert money("￥5", unit=4) == Decimal(50000)


def test_all_is_unreadable_under_another_currency() -> None:
    assert money("5", unit=UNREADABLE_UNIT) is None
    assert money("5元", unit=UNREADABLE_UNIT) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("95.5%", "0.955"), ("1,234.5", "1234.5"), ("-3", "-3"), ("0.1234565", "0.123457"), ("８８", "88"), ("x", None)],
)
def test_a_number_is_a_decimal_and_a_percent_is_divided_by_100(text: str, value: str | None) -> None:
    read = parse_number(pl.Series([text])).value[0]
    assert read == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024", 2024),
        ("２０２４", 2024),
        ("2024年", 2024),
        ("2024年度", 2024),
        ("1,234件", 1234),
        ("12 项", 12),
        ("3个", 3),
        ("4条", 4),
        ("1,23", None),
        ("2024.0", None),
        ("-5", None),
        ("二〇二四", None),
        ("12台", None),
        ("99999999999999999999", None),
    ],
)
def test_an_integer_is_digits_with_or_without_a_counting_word(text: str, value: int | None) -> None:
    parsed = parse_integer(pl.Series([text]))
    assert (parsed.value[0], parsed.given[0]) == (value, True)


def test_a_year_outside_1949_to_2100_is_unreadable() -> None:
    years = parse_integer(pl.Series(["1948", "1949", "2100", "2101"]), is_year=True)
    assert years.value.to_list() == [None, 1949, 2100, None]
