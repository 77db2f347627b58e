"""Columns of text as dates, booleans, codes, lists and plain texts (feeds.md, "Values")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from dagster_project.intake.cells import SERIALS
from dagster_project.intake.text import Parsed, clean, normalised, squeezed, unmarked

EARLIEST = dt.date(1949, 10, 1)
LATEST = dt.date(2100, 1, 1)
EXCEL_EPOCH = dt.date(1899, 12, 30)

_D = "[0-9]{1,2}"
_TIME = (
    rf"(?:[ T]{_D}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]+)?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{{2}}(?::?[0-9]{{2}})?))?"
    rf"|[ T]?{_D} ?[时点](?: ?{_D} ?分(?: ?{_D} ?秒)?)?)?"
)
_YEAR_FIRST = (
    "^(?:"
    + "|".join(rf"([0-9]{{4}}){mark}({_D}){mark}({_D})" for mark in ("-", "/", r"\."))
    + r"|([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?"
    + rf"|([0-9]{{4}}) ?年 ?({_D}) ?月 ?({_D}) ?日"
    + rf"){_TIME}$"
)
_DAY_FIRST = "^(?:" + "|".join(rf"({_D}){mark}({_D}){mark}([0-9]{{4}})" for mark in ("-", "/", r"\.")) + rf"){_TIME}$"

TRUE = ("是", "有", "y", "true", "1", "√")
FALSE = ("否", "无", "n", "false", "0", "×")


def within_bounds(dates: pl.Series) -> pl.Series:
    """Dates, null where they lie before EARLIEST or after LATEST."""
    return pl.select(pl.when(dates.is_between(EARLIEST, LATEST)).then(dates).alias(dates.name)).to_series()


def _matched(texts: pl.Series, pattern: str, *, is_day_first: bool) -> pl.Series:
    groups = texts.str.extract_groups(pattern).struct.unnest()
    first, second, third = (pl.coalesce(groups.columns[place::3]) for place in range(3))
    year, month, day = (third, second, first) if is_day_first else (first, second, third)
    iso = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-")
    return groups.select(iso.str.to_date("%Y-%m-%d", strict=False)).to_series()


def _serials(texts: pl.Series, is_number: pl.Series) -> pl.Series:
    number = pl.when(is_number & texts.str.contains(r"^[0-9]{5}(?:\.[0-9]+)?$")).then(
        texts.cast(pl.Float64, strict=False)
    )
    days = pl.when(number.is_between(*SERIALS)).then(number.floor().cast(pl.Int64))
    return pl.select(pl.lit(EXCEL_EPOCH) + pl.duration(days=days)).to_series().cast(pl.Date)


def parse_date(raw: pl.Series, *, is_day_first: bool = False) -> Parsed:
    """Texts as DATE. `is_day_first`: 05/03/2024 is 5 March. A marked number may be Excel's serial number of a day."""
    texts, is_number = unmarked(raw)
    texts = clean(texts)
    dates = _matched(texts, _YEAR_FIRST, is_day_first=False)
    if is_day_first:
        dates = dates.zip_with(dates.is_not_null(), _matched(texts, _DAY_FIRST, is_day_first=True))
    if is_number is not None:
        dates = dates.zip_with(dates.is_not_null(), _serials(texts, is_number))
    return Parsed(within_bounds(dates), texts.is_not_null())


def parse_boolean(raw: pl.Series) -> Parsed:
    """Texts as BOOLEAN; 无 is false here, though it is no value elsewhere."""
    texts = normalised(unmarked(raw)[0]).str.strip_chars().str.to_lowercase()
    value = texts.replace_strict(
        [*TRUE, *FALSE], [True] * len(TRUE) + [False] * len(FALSE), default=None, return_dtype=pl.Boolean
    )
    return Parsed(value, clean(texts).is_not_null() | value.is_not_null())


def parse_code(raw: pl.Series, names: Mapping[str, str]) -> Parsed:
    """Texts as English codes. `names`: code by every name it has, normalised, in lower case."""
    texts = clean(unmarked(raw)[0])
    value = texts.str.to_lowercase().replace_strict(
        list(names), list(names.values()), default=None, return_dtype=pl.String
    )
    return Parsed(value, texts.is_not_null())


def parse_text(raw: pl.Series) -> Parsed:
    """Texts as VARCHAR: no text is unreadable."""
    texts = clean(unmarked(raw)[0])
    return Parsed(texts, texts.is_not_null())


def parse_list(raw: pl.Series) -> Parsed:
    """Texts as VARCHAR[], split at 、 ; ； , ， or a line break; an empty list is no value."""
    pieces = normalised(unmarked(raw)[0]).str.replace_all(r"[、;,\r\n\u2028\u2029]", "\n").str.split("\n")
    frame = pl.DataFrame({"row": pl.int_range(len(pieces), dtype=pl.UInt32, eager=True), "piece": pieces})
    flat = frame.explode("piece").with_columns(clean_piece=pl.col("piece").map_batches(clean, return_dtype=pl.String))
    lists = flat.drop_nulls("clean_piece").group_by("row", maintain_order=True).agg("clean_piece")
    value = frame.join(lists, on="row", how="left", maintain_order="left")["clean_piece"].alias(raw.name)
    return Parsed(value, value.is_not_null())


def is_lost(raw: pl.Series) -> pl.Series | None:
    """Where a sheet holds a number of 16 digits or more, which has lost its end; None where it nowhere does."""
    texts, is_number = unmarked(raw)
    if is_number is None:
        return None
    lost = is_number & (squeezed(texts).str.replace_all("[^0-9]", "").str.len_bytes() >= 16)
    return lost if lost.any() else None
