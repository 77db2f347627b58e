"""Reads a plain workbook column by column: one sheet, no merged ranges, cells of one kind in each column.

Such are the ledgers that programs write, and most that people keep. Here no cell becomes an object of Python's.
What is not plain, or might be read otherwise than cell by cell, is left to `workbook_reader`; this runs where it runs.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import fastexcel
import pyarrow as pa

from dagster_project.intake.cells import RawTable, survey_columns
from dagster_project.intake.headers import HEADER_WITHIN, Header, HeaderPlan, find_header
from dagster_project.intake.packing import packed

# The sheet is held a second time as XML: beyond this it is read by one reader only.
MOST_BYTES = 256 << 20
SHEETS = "xl/worksheets/"
TEXTS = "xl/sharedStrings.xml"
# So much of the texts holds those of the header, in the files of most programs.
FIRST_TEXTS = 1 << 14

_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*?(/?)>')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"([^>]*?)(?:/>|>(?:<v>([^<]*)</v>)?</c>)')
_TEXT = re.compile(rb'<t(?: xml:space="preserve")?>([^<&\r]*)</t></si>')
_MOMENT = pa.timestamp("ms")
_KINDS = frozenset((pa.string(), pa.float64(), _MOMENT, pa.null()))
MOST_FOUND = 64
# Characters written by their numbers (_x000D_): the two readers do not read them alike.
_BY_NUMBER = re.compile(rb"_x[0-9A-Fa-f]{4}_")

logging.disable(logging.WARNING)


class _NotPlainError(Exception):
    """The workbook is to be read cell by cell."""


def plain_tables(
    content: bytes, archive: zipfile.ZipFile, plan: HeaderPlan, rows_a_table: int
) -> list[RawTable] | None:
    """The tables of the one sheet of a plain workbook, `rows_a_table` rows in each; None where it is not plain.

    Their columns hold texts, numbers, moments (where the plan says dates), or nothing.
    """
    try:
        return list(_tables(content, archive, plan, rows_a_table))
    except MemoryError:
        raise
    except Exception:
        # Whatever is wrong with it, the other reader says it.
        return None


def _tables(content: bytes, archive: zipfile.ZipFile, plan: HeaderPlan, rows_a_table: int) -> Iterator[RawTable]:
    parts = [info for info in archive.infolist() if info.filename.startswith(SHEETS)]
    sheets = [info for info in parts if info.filename.endswith(".xml") and "/" not in info.filename[len(SHEETS) :]]
    if len(sheets) != 1 or sheets[0].file_size > MOST_BYTES or b"1904" in archive.read("xl/workbook.xml"):
        raise _NotPlainError
    reader = fastexcel.read_excel(content)
    if len(reader.sheet_names) != 1 or plan.sheet not in (None, reader.sheet_names[0]):
        raise _NotPlainError
    xml = archive.read(sheets[0])
    if b"<mergeCell" in xml[xml.rfind(b"</sheetData>") :]:
        raise _NotPlainError
    head, begin = _head(xml, archive, plan)
    header, row = head.header, head.row
    values = xml.count(b"<v>", begin)
    del xml
    others: fastexcel.DTypeMap = {
        place: "string" for place in range(len(row)) if place not in header.positions.values()
    }
    batch = reader.load_sheet_eager(
        0, header_row=header.at, schema_sample_rows=None, dtype_coercion="strict", dtypes=others
    )
    known = _known(batch, header, row, plan, values)
    whole = packed(known)
    if b"_x" in whole.body and _BY_NUMBER.search(whole.body):
        raise _NotPlainError
    notes, blanks = survey_columns(batch.num_rows, (column.to_pylist for column in batch.columns))
    first = header.at + 2
    for start in range(0, max(batch.num_rows, 1), rows_a_table):
        size = min(rows_a_table, batch.num_rows - start)
        yield RawTable(
            reader.sheet_names[0],
            {},
            range(first + start, first + start + size),
            [place - start for place in notes if start <= place < start + size],
            [place - start for place in blanks if start <= place < start + size],
            [],
            header.units,
            header.unknown,
            packed(known.slice(start, size)) if len(known) > size else whole,
        )


@dataclass(frozen=True)
class _Head:
    """A header that was found: its cells, the XML of the rows down to it, and of the texts they may hold."""

    plan: HeaderPlan
    header: Header
    row: list[Any]
    rows: bytes
    texts: bytes


# The files of a feed are mostly alike: what was found in the last one, by the plan it was sought with.
_found: dict[int, _Head] = {}


def _head(xml: bytes, archive: zipfile.ZipFile, plan: HeaderPlan) -> tuple[_Head, int]:
    """The header, and where in the sheet's XML the rows under it begin."""
    start = xml.index(b"<sheetData>") + len(b"<sheetData>")
    texts = _Texts(archive)
    last = _found.get(id(plan))
    is_like_last = last and last.plan is plan and last.texts and texts.told.startswith(last.texts)
    if last and is_like_last and xml.startswith(last.rows, start):
        return last, start + len(last.rows)
    header, row, end = _sought(xml, start, texts, plan)
    head = _Head(plan, header, row, xml[start:end], texts.used())
    if len(_found) >= MOST_FOUND:
        _found.clear()
    _found[id(plan)] = head
    return head, end


def _sought(xml: bytes, at: int, texts: _Texts, plan: HeaderPlan) -> tuple[Header, list[Any], int]:
    rows: list[list[Any]] = []
    while found := _ROW.match(xml, at):
        number = int(found[1])
        end = found.end() if found[2] else xml.index(b"</row>", found.end())
        at = end if found[2] else end + len(b"</row>")
        if number <= len(rows) or number > (plan.header_row or HEADER_WITHIN):
            break
        row = _cells(xml, found.end(), end, texts)
        for cells in (*([] for _ in range(len(rows) + 1, number)), row):
            rows.append(cells)
            if plan.header_row in (None, len(rows)):
                header = find_header(rows, plan._replace(header_row=len(rows)))
                if header:
                    if cells is not row:
                        raise _NotPlainError
                    return header, row, at
    raise _NotPlainError


def _cells(xml: bytes, start: int, end: int, texts: _Texts) -> list[Any]:
    """The cells of one row: texts, "" for none, 0.0 for any number."""
    row: list[Any] = []
    for cell in _CELL.finditer(xml, start, end):
        place = 0
        for letter in cell[1]:
            place = place * 26 + letter - 64
        if cell.start() != start or place <= len(row):
            raise _NotPlainError
        start = cell.end()
        row.extend([""] * (place - 1 - len(row)))
        if cell[3] is None:
            row.append("")
        elif b' t="s"' in cell[2]:
            row.append(texts[int(cell[3])])
        elif b" t=" in cell[2]:
            raise _NotPlainError
        else:
            row.append(0.0)
    if start != end:
        raise _NotPlainError
    return row


class _Texts:
    """The texts that cells share, by their numbers. `told`: the beginning of their XML, or all of it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.is_whole = False
        self.highest = 0
        self._read(FIRST_TEXTS)

    def _read(self, size: int) -> None:
        with self.archive.open(TEXTS) as file:
            # Before the first one stands how many there are.
            self.told = b"<si>" + file.read(size).partition(b"<si>")[2]
        self.pieces: list[bytes] = []

    def __getitem__(self, number: int) -> str:
        self.pieces = self.pieces or self.told.split(b"<si>")
        # What stands last may be cut off.
        if number + 2 >= len(self.pieces) and not self.is_whole:
            self.is_whole = True
            self._read(-1)
            return self[number]
        self.highest = max(self.highest, number)
        piece = self.pieces[number + 1].removesuffix(b"</sst>")
        found = _TEXT.fullmatch(piece)
        if not found or _BY_NUMBER.search(piece):
            raise _NotPlainError
        return found[1].decode("utf-8")

    def used(self) -> bytes:
        """The XML of the texts that were asked for, with what begins the next one; none where none follows."""
        pieces = self.pieces[: self.highest + 3]
        return b"<si>".join([*pieces[:-1], b""]) if len(pieces) == self.highest + 3 else b""


def _known(batch: pa.RecordBatch, header: Header, row: Sequence[Any], plan: HeaderPlan, values: int) -> pa.RecordBatch:
    """The known columns. Raises where what was read in columns might not be what is read cell by cell."""
    names, columns, rows = batch.schema.names, batch.columns, batch.num_rows
    positions = header.positions
    if not row[0] or any(names[place] != row[place] for place in (0, *positions.values())):
        raise _NotPlainError
    filled = [rows - column.null_count for column in columns]
    # A value that a column of its kind can't hold would be none.
    if sum(filled) != values:
        raise _NotPlainError
    known = {name: columns[place] if filled[place] else pa.nulls(rows) for name, place in positions.items()}
    for name, column in known.items():
        kind = column.type
        if kind not in _KINDS or (kind == _MOMENT and name not in plan.dates):
            raise _NotPlainError
    return pa.RecordBatch.from_arrays(list(known.values()), list(known))
