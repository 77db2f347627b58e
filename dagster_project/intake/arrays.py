"""Arrow columns of plain workbooks as columns of a batch: texts and moments stay such, numbers become texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby

import polars as pl
import pyarrow as pa

from dagster_project.contracts.model import Column
from dagster_project.intake.cells import NUMBER_MARK
from dagster_project.intake.coded import Coded
from dagster_project.intake.stored import as_texts

# Below so many rows the distinct values are not worth looking for; of more, so many are looked at.
FEW = 2048
SAMPLE = 1024
# What lies before this day is a time of day.
FIRST_DAY = dt.datetime(1900, 1, 1)


Columns = dict[str, "pl.Series | Coded"]


def columns_of(accepted: Mapping[str, Column], batches: Sequence[pa.RecordBatch]) -> list[tuple[int, Columns]]:
    """Batches, one below the other, in parts: their rows and their columns.

    One part, where no column is of one kind here and of another there; else those batches go together that are alike.
    """
    try:
        tables = [pa.concat_tables(map(_table, batches), promote_options="default")]
    except pa.ArrowTypeError:
        alike = (list(group) for _, group in groupby(batches, key=lambda batch: batch.schema))
        tables = [pa.Table.from_batches(group) for group in alike]
    return [
        (len(table), {name: _column(accepted[name], table[name]) for name in table.schema.names})
        for table in (table.combine_chunks() for table in tables)
    ]


def _table(batch: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches([batch])


def _column(column: Column, array: pa.ChunkedArray) -> pl.Series | Coded:
    if array.type == pa.null():
        return pl.repeat(None, len(array), dtype=pl.String, eager=True).alias(column.name)
    is_many = array.type == pa.string() and array.num_chunks == 1 and len(array) >= FEW
    if is_many and len(array.slice(0, SAMPLE).unique()) <= SAMPLE // 2:
        return Coded.of_arrow(column.name, array.chunk(0).dictionary_encode())
    series = pl.Series(column.name, array).rechunk()
    if series.dtype == pl.Float64:
        texts = _numbers(series)
        is_marked = column.type == "date" or column.loses_its_end
        return NUMBER_MARK + texts if is_marked else texts
    if isinstance(series.dtype, pl.Datetime) and (series < FIRST_DAY).any():
        return moment_texts(series)
    return series


def _numbers(numbers: pl.Series) -> pl.Series:
    """As `number_text`, for a whole column."""
    # Of two noughts the one below nothing would be written as such.
    numbers = pl.select(pl.when(numbers == 0.0).then(0.0).otherwise(numbers).alias(numbers.name)).to_series()
    return as_texts(numbers)


def moment_texts(moments: pl.Series) -> pl.Series:
    """Moments as a cell of them is written: the day at midnight, the time of day before 1900, else both."""
    day, time = moments.dt.to_string("%Y-%m-%d "), moments.dt.to_string("%H:%M:%S")
    part = pl.when(moments.dt.millisecond() != 0).then(moments.dt.to_string("%.6f")).otherwise(pl.lit(""))
    whole = pl.when(moments < FIRST_DAY).then(time + part).otherwise((day + time + part).str.strip_suffix(" 00:00:00"))
    return pl.select(whole.alias(moments.name)).to_series()
