"""Writes tables as the files that offices send. The same table gives the same bytes: no clock, no chance."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import polars as pl
import xlsxwriter
import xlwt

Cell = str | int | float | bool | Decimal | date | None
#: What the files say of when they were made.
MADE = datetime(2023, 1, 1)


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells, and ranges (first row and column, last row and column) that are merged."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_hidden: bool = False


def text(rows: list[list[Cell]], delimiter: str, encoding: str, line_end: str = "\r\n") -> bytes:
    """Separated text; cells with the delimiter, a quote or a line break stand in quotes."""
    lines = [delimiter.join(_quoted(_as_text(cell), delimiter) for cell in row) for row in rows]
    return (line_end.join(lines) + line_end).encode(encoding)


def _as_text(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _quoted(value: str, delimiter: str) -> str:
    return '"' + value.replace('"', '""') + '"' if any(c in value for c in (delimiter, '"', "\n")) else value


def xlsx(sheets: list[Sheet]) -> bytes:
    """A workbook of today."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE, "author": "示例信用办"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    plain = book.add_format({"valign": "vcenter"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for number, row in enumerate(sheet.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), day)
                elif isinstance(cell, bool):
                    page.write_boolean(number, place, cell)
                elif isinstance(cell, int | float | Decimal):
                    page.write_number(number, place, float(cell))
                elif cell is not None:
                    page.write_string(number, place, cell)
        for first_row, first, last_row, last in sheet.merged:
            page.merge_range(first_row, first, last_row, last, sheet.rows[first_row][first], plain)
        if sheet.is_hidden:
            page.hide()
    book.close()
    return buffer.getvalue()


def xls(sheets: list[Sheet]) -> bytes:
    """A workbook of the last century."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        covered = {
            (row, column)
            for first_row, first, last_row, last in sheet.merged
            for row in range(first_row, last_row + 1)
            for column in range(first, last + 1)
        }
        for number, row in enumerate(sheet.rows):
            for place, cell in enumerate(row):
                if cell is None or (number, place) in covered:
                    continue
                if isinstance(cell, date):
                    page.write(number, place, datetime(cell.year, cell.month, cell.day), day)
                else:
                    page.write(number, place, float(cell) if isinstance(cell, Decimal) else cell)
        for first_row, first, last_row, last in sheet.merged:
            page.write_merge(first_row, last_row, first, last, sheet.rows[first_row][first])
        if sheet.is_hidden:
            page.visibility = 1
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def objects(header: list[str], rows: list[list[Cell]], one_a_line: bool) -> bytes:
    """JSON: an array of objects, or one object a line; what has no value is left out."""
    records = [
        {
            name: cell.isoformat() if isinstance(cell, date) else float(cell) if isinstance(cell, Decimal) else cell
            for name, cell in zip(header, row, strict=True)
            if cell is not None
        }
        for row in rows
    ]
    if one_a_line:
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def parquet(header: list[str], rows: list[list[Cell]]) -> bytes:
    """Typed columns: DATE, BOOLEAN, DECIMAL(18,2), BIGINT, text."""
    columns = {}
    for place, name in enumerate(header):
        values = [row[place] for row in rows]
        columns[name] = pl.Series(name, values, dtype=_type(values))
    buffer = BytesIO()
    pl.DataFrame(columns).write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _type(values: list[Cell]) -> pl.DataType:
    first = next((value for value in values if value is not None), None)
    if isinstance(first, bool):
        return pl.Boolean()
    if isinstance(first, Decimal):
        return pl.Decimal(18, 2)
    if isinstance(first, date):
        return pl.Date()
    return pl.Int64() if isinstance(first, int) else pl.String()


def put(path: Path, content: bytes) -> None:
    """Write a file, with the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
