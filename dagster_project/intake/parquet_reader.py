"""Parquet as frames: flat columns, a bounded number of rows at a time (feeds.md, "File types")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dagster_project.intake.cells import Rejected, survey
from dagster_project.intake.coded import Coded, texts_of
from dagster_project.intake.headers import Header, HeaderPlan, find_header
from dagster_project.intake.stored import as_texts
from dagster_project.intake.text import put

ROWS_A_FRAME = 245_760
# What the footer may promise; columns of one repeated value shrink without bounds.
MAX_UNPACKED_BYTES = 128 << 30
MAX_ROWS = 2_000_000_000
# A column that takes no more than this in the file is stored by few distinct values.
FEW_BYTES_A_ROW = 8
# Between these, counted from 1970, a day is written with four digits of the year; none beyond them is readable.
FIRST_DAY, LAST_DAY = (
    dt.date(*day).toordinal() - dt.date(1970, 1, 1).toordinal() for day in ((1, 1, 1), (9999, 12, 31))
)
# Nanoseconds reach from 1677 to 2262 and no further.
_UNITS_A_DAY: dict[str, int | None] = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": None}
_BROKEN = "Parquet 文件打不开：不完整或已损坏"


@dataclass
class FrameTable:
    """Some rows of a Parquet file. `columns`: the known ones by their English names; `others`: the rest.

    `names`: all columns of the file, in their order.
    """

    columns: dict[str, pl.Series | Coded]
    others: dict[str, pl.Series]
    names: list[str]
    rows: int
    first_row: int
    header: Header
    sheet: str | None = None

    def __len__(self) -> int:
        return self.rows

    @property
    def units(self) -> dict[str, int]:
        """Powers of ten of the money columns."""
        return self.header.units

    @property
    def unknown(self) -> list[str]:
        """Names of the columns that are none of the feed's."""
        return self.header.unknown

    def cells(self, places: pl.Series | None = None) -> Iterator[tuple[str | None, ...]]:
        """The rows, or those at some places, as texts in the order of the file's columns."""
        known = {position: self.columns[column] for column, position in self.header.positions.items()}
        columns = [known[at] if at in known else self.others[name] for at, name in enumerate(self.names)]
        texts = [texts_of(column) if places is None else column.gather(places) for column in columns]
        return zip(*(as_texts(column).to_list() for column in texts), strict=True)

    def survey(self, places: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Of the rows at `places`: which begin as a note does, and which have no value at all."""
        notes, blanks = survey(self.cells(places))
        nowhere = pl.repeat(False, len(places), dtype=pl.Boolean, eager=True)
        return put(nowhere, notes, True), put(nowhere, blanks, True)


def _stored_as(kind: pa.DataType) -> pa.DataType:
    """The type beneath that of an extension (UUID, JSON)."""
    return kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind


def _check_flat(schema: pa.Schema, positions: dict[str, int]) -> None:
    for position in positions.values():
        kind = _stored_as(schema.field(position).type)
        is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
        if pa.types.is_nested(kind) and not (is_list and not pa.types.is_nested(kind.value_type)):
            raise Rejected(f"Parquet 的列“{schema.field(position).name}”不是平的列，读不出")


def _within_years(array: pa.Array) -> pa.Array:
    """Days or moments, those outside the years that can be written moved to the nearest that can."""
    kind = array.type
    a_day = _UNITS_A_DAY[kind.unit] if pa.types.is_timestamp(kind) else 1 if pa.types.is_date32(kind) else 86_400_000
    if a_day is None or array.null_count == len(array):
        return array
    counted = array.cast(pa.int32() if pa.types.is_date32(kind) else pa.int64())
    first, last = (pa.scalar(day * a_day, counted.type) for day in (FIRST_DAY, LAST_DAY))
    found = pc.min_max(counted)
    if found["min"].as_py() >= first.as_py() and found["max"].as_py() <= last.as_py():
        return array
    moved = pc.min_element_wise(pc.max_element_wise(counted, first, skip_nulls=False), last, skip_nulls=False)
    return moved.cast(kind)


def _uuid_texts(array: pa.Array) -> pa.Array:
    """Identifiers of 16 bytes as they are written: 8, 4, 4, 4 and 12 digits."""
    digits = pl.Series(array.cast(pa.binary())).bin.encode("hex")
    parts = [digits.str.slice(at, size) for at, size in ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12))]
    return pl.select(pl.concat_str(parts, separator="-")).to_series().to_arrow()


def _flat(array: pa.Array) -> pa.Array:
    """A column as an array of a type that polars knows. Raises ArrowException where bytes are no text."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if isinstance(array.type, pa.UuidType):
        return _uuid_texts(array.storage)
    if isinstance(array.type, pa.BaseExtensionType):
        return _flat(array.storage)
    kind = array.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        sizes = pc.fill_null(pc.list_value_length(array), 0).cast(pa.int64())
        ends = pa.concat_arrays([pa.array([0], pa.int64()), pc.cumulative_sum(sizes)])
        return pa.LargeListArray.from_arrays(ends, _flat(pc.list_flatten(array)), mask=array.is_null())
    if pa.types.is_fixed_size_binary(kind):
        array, kind = array.cast(pa.binary()), pa.binary()
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return array.cast(pa.large_string())
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        # A moment is the same in every zone; nanoseconds end so early that some have no other zone's time.
        return _within_years(array.cast(pa.timestamp("us" if kind.unit == "ns" else kind.unit, "UTC"), safe=False))
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _within_years(array)
    if pa.types.is_duration(kind) or pa.types.is_decimal256(kind):
        return array.cast(pa.string())
    return array


def _known(table: pa.RecordBatch, header: Header) -> dict[str, pl.Series | Coded]:
    columns: dict[str, pl.Series | Coded] = {}
    for name, position in header.positions.items():
        array = table.column(position)
        kind = array.type
        is_coded = pa.types.is_dictionary(kind) and (
            pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type)
        )
        columns[name] = Coded.of_arrow(name, array) if is_coded else pl.Series(name, _flat(array))
    return columns


def open_parquet(path: Path) -> pq.ParquetFile:
    """The file, its footer read. Raises Rejected where it is broken or promises too much."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Rejected(_BROKEN) from error
    groups = [file.metadata.row_group(at) for at in range(file.metadata.num_row_groups)]
    if file.metadata.num_rows > MAX_ROWS or sum(group.total_byte_size for group in groups) > MAX_UNPACKED_BYTES:
        raise Rejected("Parquet 文件解压后太大；请拆分后报送")
    few = _of_few_values(file)
    return pq.ParquetFile(path, read_dictionary=few) if few else file


def _of_few_values(file: pq.ParquetFile) -> list[str]:
    """The columns of text that are stored by their distinct values, these being few."""
    if not file.metadata.num_row_groups:
        return []
    group = file.metadata.row_group(0)
    few = []
    for at, field in enumerate(file.schema_arrow):
        is_text = pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        if is_text and file.metadata.num_columns == len(file.schema_arrow):
            column = group.column(at)
            if column.total_uncompressed_size < FEW_BYTES_A_ROW * max(1, column.num_values):
                few.append(field.name)
    return few


def _together(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows in as few batches as ROWS_A_FRAME allows: as they are read, none reaches beyond its group of rows."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        if rows + len(batch) > ROWS_A_FRAME:
            yield from _joined(held)
            held, rows = [], 0
        held.append(batch)
        rows += len(batch)
    yield from _joined(held)


def _joined(batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    """Batches as one; as several where their texts are too long for that."""
    if len(batches) < 2:
        return batches
    joined: list[pa.RecordBatch] = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks().to_batches()
    return joined


def read_parquet(file: pq.ParquetFile, plan: HeaderPlan) -> Iterator[FrameTable]:
    """The rows of a Parquet file, ROWS_A_FRAME at a time; one frame without rows for a nil report.

    Raises Rejected where no header is found, a known column is nested, or the content can't be decoded.
    """
    schema = file.schema_arrow
    header = find_header([schema.names], plan._replace(header_row=None))
    if header is None:
        raise Rejected("没有找到表头：Parquet 的列名里缺少必填列")
    _check_flat(schema, header.positions)
    first_row = 1
    try:
        for batch in _together(file.iter_batches(batch_size=ROWS_A_FRAME)):
            yield _frame(batch, header, first_row)
            first_row += len(batch)
        if first_row == 1:
            yield _frame(pa.RecordBatch.from_pylist([], schema), header, first_row)
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise Rejected(_BROKEN) from error


def _held(array: pa.Array) -> pa.Array:
    """Of a column that is none of the feed's, what tells whether a row has a value and begins as a note does."""
    if isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if pa.types.is_nested(kind):
        return pa.nulls(len(array))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _flat(array)
    # What is no text begins no note: that there is something is all that counts.
    return pc.if_else(array.is_null(nan_is_null=True), pa.scalar(None, pa.string()), pa.scalar("1"))


def _frame(table: pa.RecordBatch, header: Header, first_row: int) -> FrameTable:
    others = {}
    taken = set(header.positions.values())
    for position, name in enumerate(table.schema.names):
        if position not in taken:
            array = table.column(position)
            others[name] = pl.Series(name, _held(array))
    return FrameTable(_known(table, header), others, table.schema.names, len(table), first_row, header)
