"""Columns that come typed, from Parquet: taken as they are where the contract has that type, else as texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import polars as pl
import pyarrow as pa

from dagster_project.contracts.model import Column
from dagster_project.intake.amounts import MONEY, MOST_YUAN, YEARS
from dagster_project.intake.cells import Rejected
from dagster_project.intake.headers import UNREADABLE_UNIT
from dagster_project.intake.text import Parsed, put
from dagster_project.intake.values import within_bounds

# Where the offices are; a moment with a zone is one of these days there.
ZONE = "Asia/Shanghai"


@contextmanager
def typing_of_one_file() -> Iterator[None]:
    """What the engines can't convert is the file's own fault: raises Rejected in their place."""
    try:
        yield
    except (pa.ArrowException, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise Rejected("文件读不出：有一列的类型或值不能转换；请改为文字、数字或日期后重报") from error


def _local(moments: pl.Series) -> pl.Series:
    """Moments as a clock in the office showed them; those without a zone as they are."""
    if not isinstance(moments.dtype, pl.Datetime) or moments.dtype.time_zone is None:
        return moments
    return moments.dt.convert_time_zone(ZONE).dt.replace_time_zone(None)


def _float_texts(series: pl.Series) -> pl.Series:
    """Floating numbers in their shortest decimal form, infinities as `inf`; null for NaN."""
    numbers = pl.select(pl.when(series.is_not_nan()).then(series).alias(series.name)).to_series()
    texts = numbers.cast(pl.String).str.strip_suffix(".0")
    far = texts.str.contains("e", literal=True).fill_null(False).arg_true()
    if len(far):
        distinct = texts.gather(far).unique()
        plain = [format(Decimal(text), "f") for text in distinct.to_list()]
        texts = put(texts, far, texts.gather(far).replace_strict(distinct, plain))
    return texts


def as_texts(series: pl.Series) -> pl.Series:
    """Values of any type as a clerk would write them: numbers in their shortest decimal form, lists with 、 between."""
    dtype = series.dtype
    if dtype == pl.String:
        return series
    if isinstance(dtype, pl.Datetime):
        texts = _local(series).dt.to_string("%Y-%m-%d %H:%M:%S")
        return texts.str.strip_suffix(" 00:00:00")
    if dtype.is_float():
        return _float_texts(series)
    if dtype.is_decimal():
        texts = series.cast(pl.String)
        return texts.str.replace(r"(\.[0-9]*?)0+$", "$1").str.strip_suffix(".")
    if isinstance(dtype, pl.List):
        return _list_texts(series)
    return series.cast(pl.String)


def _list_texts(lists: pl.Series) -> pl.Series:
    members = pl.DataFrame({"at": pl.int_range(len(lists), eager=True), "text": lists}).explode("text")
    texts = members.with_columns(as_texts(members["text"])).drop_nulls("text")
    joined = texts.group_by("at", maintain_order=True).agg(pl.col("text").str.join("、"))
    # A list without a value is an empty text, no list is none.
    empty = pl.select(pl.when(lists.is_not_null()).then(pl.lit("")).alias(lists.name)).to_series()
    return put(empty, joined["at"], joined["text"])


def taken(column: Column, raw: pl.Series, unit: int) -> Parsed | None:
    """A typed column as it is, within the bounds of its kind; None where it must be read as text."""
    dtype = raw.dtype
    value: pl.Series | None = None
    if column.type == "date" and dtype in (pl.Date, pl.Datetime):
        value = within_bounds(_local(raw).dt.date() if isinstance(dtype, pl.Datetime) else raw)
    elif column.type == "boolean" and dtype == pl.Boolean:
        value = raw
    elif column.type == "integer" and dtype.is_integer():
        whole = raw.cast(pl.Int64, strict=False)
        within = whole.is_between(*YEARS) if column.name == "year" else whole >= 0
        value = pl.select(pl.when(within).then(whole).alias(raw.name)).to_series()
    elif column.type == "money" and isinstance(dtype, pl.Decimal) and dtype.scale <= 2 and unit != UNREADABLE_UNIT:
        amounts = raw.cast(pl.Decimal(38, 2), strict=False)
        # Looked at before they are multiplied: a product beyond what the type holds fails for the whole column.
        within = amounts.is_between(Decimal(0), Decimal(MOST_YUAN // 10**unit)).fill_null(False)
        kept = pl.select(pl.when(within).then(amounts).alias(raw.name)).to_series()
        value = (kept * Decimal(10**unit)).cast(MONEY)
    return None if value is None else Parsed(value, raw.is_not_null())
