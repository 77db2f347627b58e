"""Parquet as frames: flat columns, a bounded number of rows at a time (feeds.md, "File types")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from dagster_project.intake.cells import Rejected, survey
from dagster_project.intake.headers import Header, HeaderPlan, find_header
from dagster_project.intake.text import put

ROWS_A_FRAME = 245_760
# What the footer may promise; columns of one repeated value shrink without bounds.
MAX_UNPACKED_BYTES = 128 << 30
MAX_ROWS = 2_000_000_000
_BROKEN = "Parquet 文件打不开：不完整或已损坏"


@dataclass
class FrameTable:
    """Some rows of a Parquet file. `frame`: known columns by their English names, DATE or text; `others`: the rest."""

    frame: pl.DataFrame
    others: pl.DataFrame
    names: list[str]
    first_row: int
    header: Header
    sheet: str | None = None

    @property
    def columns(self) -> list[str]:
        """The known columns, by their English names."""
        return self.frame.columns

    @property
    def units(self) -> dict[str, int]:
        """Powers of ten of the money columns."""
        return self.header.units

    @property
    def unknown(self) -> list[str]:
        """Names of the columns that are none of the feed's."""
        return self.header.unknown

    def survey(self, places: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Of the rows at `places`: which begin as a note does, and which have no value at all."""
        by_position = {position: column for column, position in self.header.positions.items()}
        cells = [
            (self.frame[by_position[at]] if at in by_position else self.others[name]).gather(places).cast(pl.String)
            for at, name in enumerate(self.names)
        ]
        notes, blanks = survey(zip(*(column.to_list() for column in cells), strict=True))
        nowhere = pl.repeat(False, len(places), dtype=pl.Boolean, eager=True)
        return put(nowhere, notes, True), put(nowhere, blanks, True)


def _float_texts(series: pl.Series) -> pl.Series:
    """Floating numbers in their shortest decimal form; null for NaN and infinities."""
    finite = pl.select(pl.when(series.is_finite()).then(series).alias(series.name)).to_series()
    texts = finite.cast(pl.String).str.strip_suffix(".0")
    far = texts.str.contains("e", literal=True).fill_null(False).arg_true()
    if len(far):
        distinct = texts.gather(far).unique()
        plain = [format(Decimal(text), "f") for text in distinct.to_list()]
        texts = put(texts, far, texts.gather(far).replace_strict(distinct, plain))
    return texts


def _as_text_or_date(series: pl.Series, *, is_date: bool) -> pl.Series:
    dtype = series.dtype
    if dtype == pl.String or (is_date and dtype == pl.Date):
        return series
    if isinstance(dtype, pl.Datetime):
        if is_date:
            return series.dt.date()
        texts = series.dt.replace_time_zone(None).dt.to_string("%Y-%m-%d %H:%M:%S")
        return texts.str.strip_suffix(" 00:00:00")
    if dtype.is_float():
        return _float_texts(series)
    if dtype.is_decimal():
        texts = series.cast(pl.String)
        return texts.str.replace(r"(\.[0-9]*?)0+$", "$1").str.strip_suffix(".")
    if isinstance(dtype, pl.List):
        return series.list.eval(pl.element().cast(pl.String)).list.join("、", ignore_nulls=True)
    return series.cast(pl.String)


def _check_flat(schema: pa.Schema, positions: dict[str, int]) -> None:
    for position in positions.values():
        kind = schema.field(position).type
        is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
        if pa.types.is_nested(kind) and not (is_list and not pa.types.is_nested(kind.value_type)):
            raise Rejected(f"Parquet 的列“{schema.field(position).name}”不是平的列，读不出")


def _known(table: pa.Table, header: Header, plan: HeaderPlan) -> pl.DataFrame:
    columns = []
    for column, position in header.positions.items():
        chunk = table.column(position)
        kind = chunk.type.value_type if pa.types.is_dictionary(chunk.type) else chunk.type
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            chunk = chunk.cast(pa.large_string())
        series = pl.Series(column, chunk)
        if series.dtype in (pl.Categorical, pl.Enum):
            series = series.cast(pl.String)
        columns.append(_as_text_or_date(series, is_date=column in plan.dates))
    return pl.DataFrame(columns)


def open_parquet(path: Path) -> pq.ParquetFile:
    """The file, its footer read. Raises Rejected where it is broken or promises too much."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Rejected(_BROKEN) from error
    groups = (file.metadata.row_group(at) for at in range(file.metadata.num_row_groups))
    if file.metadata.num_rows > MAX_ROWS or sum(group.total_byte_size for group in groups) > MAX_UNPACKED_BYTES:
        raise Rejected("Parquet 文件解压后太大；请拆分后报送")
    return file


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
        for batch in file.iter_batches(batch_size=ROWS_A_FRAME):
            table = pa.Table.from_batches([batch])
            yield _frame(table, header, plan, first_row)
            first_row += len(batch)
        if first_row == 1:
            yield _frame(schema.empty_table(), header, plan, first_row)
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError) as error:
        raise Rejected(_BROKEN) from error


def _frame(table: pa.Table, header: Header, plan: HeaderPlan, first_row: int) -> FrameTable:
    others = {}
    taken = set(header.positions.values())
    for position, name in enumerate(table.column_names):
        if position not in taken:
            kind = table.column(position).type
            others[name] = table.column(position) if not pa.types.is_nested(kind) else pa.nulls(len(table))
    return FrameTable(_known(table, header, plan), pl.DataFrame(others), table.column_names, first_row, header)
