"""Tables of many files put together into one frame of texts, to be typed in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain, groupby, repeat

import polars as pl

from dagster_project.contracts.model import Contract
from dagster_project.intake.arrays import columns_of, moment_texts
from dagster_project.intake.cells import CUT, Joined, RawTable, survey
from dagster_project.intake.coded import Coded, texts_of
from dagster_project.intake.packing import unpacked
from dagster_project.intake.parquet_reader import FrameTable
from dagster_project.intake.rows import Batch, TableInfo
from dagster_project.intake.stored import as_texts
from dagster_project.intake.text import put


def _mask(places: list[int], rows: int) -> pl.Series | None:
    if not places:
        return None
    return put(pl.repeat(False, rows, dtype=pl.Boolean, eager=True), places, True)


def _repeated(sizes: Sequence[int]) -> pl.Series:
    """The place of each table, once for each of its rows."""
    filled = [(place, size) for place, size in enumerate(sizes) if size]
    places, times = (pl.Series([pair[at] for pair in filled], dtype=pl.UInt32) for at in (0, 1))
    return places.repeat_by(times).explode()


def _numbers(parts: Sequence[Sequence[int]]) -> pl.Series:
    """The numbers of several tables, one below the other."""
    if not all(isinstance(part, range) and part.step == 1 for part in parts):
        return pl.Series(chain.from_iterable(parts), dtype=pl.Int64)
    filled = [part for part in parts if part]
    begins, ends = (
        pl.Series(bounds, dtype=pl.Int64) for bounds in ([p[0] for p in filled], [p[-1] + 1 for p in filled])
    )
    return pl.int_ranges(begins, ends, eager=True).explode()


def _column(name: str, parts: Sequence[tuple[Sequence[str | None] | Joined | None, int]]) -> pl.Series:
    """A column of several tables, one below the other. `parts`: what each has of it, and its rows."""
    if all(part is None or isinstance(part, Joined) for part, _ in parts):
        # An empty text is no value, as is a column that is not there.
        texts = [part.text if isinstance(part, Joined) else CUT * (size - 1) for part, size in parts]
        return pl.Series(name, texts, dtype=pl.String).str.split(CUT).explode()
    lists = (part.text.split(CUT) if isinstance(part, Joined) else part or repeat(None, size) for part, size in parts)
    return pl.Series(name, list(chain.from_iterable(lists)), dtype=pl.String)


def _columns(contract: Contract, tables: Sequence[RawTable]) -> dict[str, pl.Series | Coded]:
    """The columns of tables that have rows, one below the other."""
    parts: list[tuple[int, dict[str, pl.Series | Coded]]] = []
    for is_packed, alike in groupby(tables, key=lambda table: table.packed is not None):
        group = list(alike)
        if is_packed:
            parts += columns_of(contract.accepted, [unpacked(table.packed) for table in group if table.packed])
            continue
        sizes = [len(table.row_nos) for table in group]
        names = dict.fromkeys(name for table in group for name in table.columns)
        columns: dict[str, pl.Series | Coded] = {
            name: _column(name, [(table.columns.get(name), size) for table, size in zip(group, sizes, strict=True)])
            for name in names
        }
        parts.append((sum(sizes), columns))
    if len(parts) == 1:
        return parts[0][1]
    return {name: _below(name, parts) for name in dict.fromkeys(name for _, columns in parts for name in columns)}


def _below(name: str, parts: Sequence[tuple[int, dict[str, pl.Series | Coded]]]) -> pl.Series:
    """One column of several parts; as moments where it is so in all that have it."""
    pieces = [texts_of(columns[name]) if name in columns else None for _, columns in parts]
    dtypes = {piece.dtype for piece in pieces if piece is not None}
    dtype = dtypes.pop() if len(dtypes) == 1 else pl.String()
    return pl.concat(
        pl.repeat(None, size, dtype=dtype, eager=True).alias(name)
        if piece is None
        else moment_texts(piece)
        if piece.dtype != dtype
        else piece
        for piece, (size, _) in zip(pieces, parts, strict=True)
    )


def batch_of(contract: Contract, tables: Sequence[tuple[TableInfo, RawTable]], first_line: int = 1) -> Batch:
    """One batch of tables, in their order. Lines count on through the tables of one delivery, from `first_line`."""
    sizes = [len(table.row_nos) for _, table in tables]
    rows = sum(sizes)
    lines: list[range] = []
    notes: list[int] = []
    blanks: list[int] = []
    ragged: list[int] = []
    offset, line, before = 0, first_line, None
    for (info, table), size in zip(tables, sizes, strict=True):
        if before is not None and info.delivery_id != before:
            line = 1
        before = info.delivery_id
        lines.append(range(line, line + size))
        for found, places in ((notes, table.notes), (blanks, table.blanks), (ragged, table.ragged)):
            found.extend(offset + place for place in places)
        line += size
        offset += size
    numbers = pl.DataFrame(
        {
            "table": _repeated(sizes),
            "row_no": _numbers([table.row_nos for _, table in tables]),
            "line_no": _numbers(lines),
        }
    )
    read = _columns(contract, [table for (_, table), size in zip(tables, sizes, strict=True) if size])
    named = {name for _, table in tables for name in table.names}
    columns: dict[str, pl.Series | Coded] = {
        name: read[name] if name in read else _column(name, [(None, rows)])
        for name in contract.accepted
        if name in named
    }
    return Batch(
        numbers,
        columns,
        [info for info, _ in tables],
        _mask(notes, rows),
        _mask(blanks, rows),
        _mask(ragged, rows),
    )


def info_of(delivery_id: int, received_on: dt.date, reporter: str | None, table: RawTable | FrameTable) -> TableInfo:
    """What holds for every row of a table of a delivery."""
    return TableInfo(delivery_id, received_on, reporter, table.sheet, table.units, frozenset(table.names))


def batch_of_part(contract: Contract, info: TableInfo, part: RawTable | FrameTable, first_line: int) -> Batch:
    """One batch of a part of a large file, whose first row is line `first_line` of the delivery."""
    if isinstance(part, RawTable):
        return batch_of(contract, [(info, part)], first_line)
    return batch_of_frame(info, part)


def batch_of_frame(info: TableInfo, table: FrameTable) -> Batch:
    """One batch of some rows of a Parquet file."""
    position = pl.int_range(table.first_row, table.first_row + len(table), dtype=pl.Int64, eager=True)
    table_no = pl.repeat(0, len(table), dtype=pl.UInt32, eager=True)
    places = pl.DataFrame({"table": table_no, "row_no": position, "line_no": position})
    return Batch(places, table.columns, [info], survey=table.survey)


def as_raw(table: FrameTable) -> RawTable:
    """A small part of a Parquet file as texts, to be typed with others."""
    columns: dict[str, Sequence[str | None] | Joined] = {
        name: as_texts(texts_of(column)).to_list() for name, column in table.columns.items()
    }
    notes, blanks = survey(table.cells())
    row_nos = range(table.first_row, table.first_row + len(table))
    return RawTable(None, columns, row_nos, notes, blanks, [], table.units, table.unknown)
