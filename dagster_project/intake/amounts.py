"""Columns of text as money, decimals and integers, exactly (feeds.md, "Values")."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from dagster_project.intake.headers import UNREADABLE_UNIT
from dagster_project.intake.text import Parsed, clean, unmarked

YEARS = (1949, 2100)
MONEY = pl.Decimal(18, 2)
NUMBER = pl.Decimal(18, 6)
# Ten times what a whole country makes in a year: one slip beyond it would burst the sums of a region.
MOST_YUAN = 10**15
_DIGITS = 18

_AMOUNT = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?"
_MONEY = rf"^¥? ?(-?) ?¥? ?{_AMOUNT} ?(亿元|亿|百万元|万元|万|千元|元)?$"
_NUMBER = rf"^(-?){_AMOUNT} ?(%?)$"
_INTEGER = r"^([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+) ?(?:年度|年|个|件|项|条)?$"
_UNITS = {"元": 0, "千元": 3, "万元": 4, "万": 4, "百万元": 6, "亿元": 8, "亿": 8}


def _scaled(whole: pl.Expr, fraction: pl.Expr, power: int) -> pl.Expr:
    """whole.fraction × 10^power, rounded half up to an integer; null beyond what 18 digits hold."""
    digits = whole.str.replace_all(",", "").str.strip_chars_start("0")
    tail = (fraction.fill_null("") + "0" * (power + 1)).str.slice(0, power + 1)
    exact = (digits + tail.str.slice(0, power)).str.strip_chars_start("0")
    rounded_up = (tail.str.slice(power, 1) >= "5").cast(pl.Int64)
    value = pl.when(exact == "").then(pl.lit("0")).otherwise(exact).cast(pl.Int64, strict=False) + rounded_up
    return pl.when((exact.str.len_bytes() <= _DIGITS) & (value < 10**_DIGITS)).then(value)


def _decimal(scaled: pl.Expr, places: int, dtype: pl.Decimal) -> pl.Expr:
    return (scaled.cast(pl.Decimal(38, places)) * pl.lit(Decimal(1).scaleb(-places))).cast(dtype)


def _by_power(frame: pl.DataFrame, powers: Sequence[int], value: str, places: int, dtype: pl.Decimal) -> pl.Series:
    """The decimals of a frame of (whole, fraction, power): one expression for each power that occurs."""
    result = pl.lit(None, pl.Int64)
    for power in powers:
        scaled = _scaled(pl.col("whole"), pl.col("fraction"), power)
        result = pl.when(pl.col("power") == power).then(scaled).otherwise(result)
    return frame.select(_decimal(result, places, dtype).alias(value)).to_series()


def parse_money(raw: pl.Series, unit: int = 0) -> Parsed:
    """Texts as DECIMAL(18,2) yuan. `unit`: power of ten of the column's unit, which a unit in the value overrides.

    Negative amounts and amounts beyond MOST_YUAN are unreadable; so is all under UNREADABLE_UNIT.
    """
    texts = clean(unmarked(raw)[0])
    given = texts.is_not_null()
    if unit == UNREADABLE_UNIT:
        return Parsed(pl.repeat(None, len(raw), dtype=MONEY, eager=True).alias(raw.name), given)
    parts = texts.str.extract_groups(_MONEY).struct.unnest()
    parts.columns = ["sign", "whole", "fraction", "unit"]
    power = pl.col("unit").replace_strict(list(_UNITS), list(_UNITS.values()), default=unit, return_dtype=pl.Int64) + 2
    frame = parts.with_columns(power=power)
    value = _by_power(frame, frame["power"].unique().to_list(), raw.name, 2, MONEY)
    # Judged before it is rounded: a thousandth of a yuan below nothing is negative too.
    digits = parts["whole"] + parts["fraction"].fill_null("")
    is_negative = (parts["sign"] == "-") & digits.str.contains("[1-9]")
    is_out_of_range = (is_negative | (value > MOST_YUAN)).fill_null(False)
    return Parsed(value.set(is_out_of_range, None) if is_out_of_range.any() else value, given)


def parse_number(raw: pl.Series) -> Parsed:
    """Texts as DECIMAL(18,6); with a percent sign divided by 100."""
    texts = clean(unmarked(raw)[0])
    parts = texts.str.extract_groups(_NUMBER).struct.unnest()
    parts.columns = ["sign", "whole", "fraction", "percent"]
    frame = parts.with_columns(power=pl.when(pl.col("percent") == "%").then(4).otherwise(6))
    value = _by_power(frame, (4, 6), raw.name, 6, NUMBER)
    signed = pl.select(pl.when(parts["sign"] == "-").then(-value).otherwise(value).cast(NUMBER).alias(raw.name))
    return Parsed(signed.to_series(), texts.is_not_null())


def parse_integer(raw: pl.Series, *, is_year: bool = False) -> Parsed:
    """Texts as BIGINT; a year outside YEARS is unreadable."""
    texts = clean(unmarked(raw)[0])
    value = texts.str.extract(_INTEGER).str.replace_all(",", "").cast(pl.Int64, strict=False)
    if is_year:
        value = pl.select(pl.when(value.is_between(*YEARS)).then(value).alias(raw.name)).to_series()
    return Parsed(value, texts.is_not_null())
