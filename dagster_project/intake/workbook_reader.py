"""Reads one workbook at a time, in a process of its own: a hostile file kills this process and nothing else.

Run as a program it answers requests on standard input with tables on standard output (see `workbook_pool`).
It imports neither polars nor the contracts.
"""

from __future__ import annotations

import gc
import io
import marshal
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from dagster_project.intake.cells import Joined, RawTable, Rejected
from dagster_project.intake.headers import HEADER_WITHIN, HeaderPlan, find_header, name_from_below, tabulate
from dagster_project.intake.plain_workbook import plain_tables

# A workbook unpacks to this much XML at most: about two million rows of a ledger.
MAX_UNPACKED_BYTES = 1 << 30
# What a reader may take up in memory, so that a lying file stops it and not the machine.
MAX_MEMORY_BYTES = 6 << 30
# A reader that grew beyond this is replaced: the allocator keeps what a large workbook took.
WORN_OUT_KIB = 1 << 20
ROWS_A_TABLE = 100_000

ZIP_START = b"PK\x03\x04"
_DATE_1904 = re.compile(rb"date1904\s*=\s*[\"'](?:1|true|on)[\"']")
# Records of the old format: the one that begins a workbook, the one that says from when days count, the last one.
_OLD_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_OLD_DATE_1904 = 0x22
_OLD_END = 0x0A


def check_archive(content: bytes) -> zipfile.ZipFile:
    """The archive. Raises Rejected unless it is a workbook of sane size whose parts have names of their own."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Rejected("工作簿打不开：文件不完整或已损坏") from error
    names = [part.filename for part in parts]
    if any(name.startswith("word/") for name in names):
        raise Rejected("这是 Word 文件，目前不读取；请把内容录入表格后报送")
    if "xl/workbook.xml" not in names:
        raise Rejected("压缩包里没有 Excel 工作簿；请另存为 .xlsx")
    if len(names) != len(set(names)):
        raise Rejected("工作簿内部有重名的部分，内容不可信；请重新另存为 .xlsx")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Rejected(f"工作簿解压后超过 {MAX_UNPACKED_BYTES >> 20} MiB；请拆分后报送")
    return archive


def counts_from_1904(content: bytes) -> bool:
    """Whether a workbook counts the days of its dates from 1904 on (Excel for Mac), not from 1900."""
    if content.startswith(ZIP_START):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(_DATE_1904.search(archive.read("xl/workbook.xml")))
    # The old format is a row of records (kind, length, body); those of the workbook itself come first.
    at = content.find(_OLD_START)
    while at >= 0 and at + 6 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _OLD_DATE_1904:
            return content[at + 4] == 1
        if kind == _OLD_END:
            break
        at += 4 + length
    return False


def _filled(sheet: CalamineSheet) -> tuple[list[list[Any]], list[tuple[tuple[int, int], tuple[int, int]]]]:
    """The rows of a sheet, a merged range's value in the first column of every row that it spans, and nowhere else."""
    rows = sheet.to_python(skip_empty_area=False)
    merged = sheet.merged_cell_ranges or []
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        if value != "":
            # What is read ends with the last filled cell; a range may go on below it.
            rows.extend([""] * len(rows[top]) for _ in range(len(rows), bottom + 1))
        for row in rows[top : bottom + 1]:
            # What other cells of the range still hold, nobody sees.
            row[left : right + 1] = [value, *[""] * (min(right + 1, len(row)) - left - 1)]
    return rows, merged


def read_workbook(content: bytes, plan: HeaderPlan) -> Iterator[RawTable]:
    """The tables of every sheet whose header is found, in the order of the sheets' names by code point.

    Raises Rejected where the file is no workbook, a header names a column twice, or no sheet has a header.
    """
    if content.startswith(ZIP_START):
        plain = plain_tables(content, check_archive(content), plan, ROWS_A_TABLE)
        if plain is not None:
            yield from plain
            return
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        kinds = {sheet.name: sheet.typ for sheet in workbook.sheets_metadata}
        names = sorted(name for name in workbook.sheet_names if kinds.get(name) == SheetTypeEnum.WorkSheet)
        if plan.sheet is not None and plan.sheet not in names:
            raise Rejected(f"工作簿里没有工作表“{plan.sheet}”")
        is_found = False
        for name in names:
            if plan.sheet is None or name == plan.sheet:
                for table in _tables(workbook.get_sheet_by_name(name), name, plan, partial(counts_from_1904, content)):
                    is_found = True
                    yield table
    except CalamineError as error:
        raise Rejected("工作簿打不开：不是 Excel 文件、已加密或已损坏；请另存为 .xlsx") from error
    if not is_found:
        raise Rejected("没有找到表头：前 20 行里没有一行含有全部必填列")


def _tables(
    sheet: CalamineSheet, name: str, plan: HeaderPlan, counts_from_1904: Callable[[], bool]
) -> Iterator[RawTable]:
    rows, merged = _filled(sheet)
    header = find_header(rows[: max(HEADER_WITHIN, plan.header_row or 0)], plan)
    if header is None:
        return
    # Rows that a range of the header row reaches into belong to the header.
    last = max((bottom for (top, _), (bottom, _) in merged if top <= header.at <= bottom), default=header.at)
    name_from_below(header, rows, last, plan)
    begin = last + 1
    for start in range(begin, max(len(rows), begin + 1), ROWS_A_TABLE):
        part = rows[start : start + ROWS_A_TABLE]
        yield tabulate(part, header, plan, range(start + 1, start + 1 + len(part)), name, counts_from_1904)


def _send(stream: BinaryIO, answer: dict[str, Any]) -> None:
    body = marshal.dumps(answer)
    stream.write(struct.pack("<Q", len(body)))
    stream.write(body)
    stream.flush()


def _told(table: RawTable) -> dict[str, Any]:
    numbers = table.row_nos
    assert isinstance(numbers, range)
    columns = {
        name: joined.text if (joined := Joined.of(values)) else values
        for name, values in table.columns.items()
        if not isinstance(values, Joined)
    }
    packed = table.packed and (table.packed.names, table.packed.schema, table.packed.body)
    return {**table.__dict__, "columns": columns, "packed": packed, "row_nos": (numbers.start, numbers.stop)}


@lru_cache(maxsize=64)
def _plan(told: bytes) -> HeaderPlan:
    return HeaderPlan(*marshal.loads(told))


def _answers(path: str, plan: HeaderPlan) -> Iterator[dict[str, Any]]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (pathlib is slower to import than all of this)
            content = file.read()
    except OSError:
        yield {"unread": "文件打不开"}
        return
    try:
        for table in read_workbook(content, plan):
            yield _told(table)
    except Rejected as rejection:
        yield {"rejected": str(rejection)}
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # A panic in the reader's own code is no Exception; what it says is not for people.
        yield {"rejected": "工作簿读不出：内容已损坏；请另存为 .xlsx"}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers each request (paths, plan).

    Of one file each table is an answer, `rejected` (the reason) another, and `is_worn_out` the last one; of several
    files all that is in one.
    """
    while header := requests.read(8):
        paths, told = marshal.loads(requests.read(struct.unpack("<Q", header)[0]))
        plan = _plan(told)
        last: dict[str, Any] = {}
        if len(paths) == 1:
            for answer in _answers(paths[0], plan):
                _send(answers, answer)
        else:
            last["files"] = [list(_answers(path, plan)) for path in paths]
        last["is_worn_out"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > WORN_OUT_KIB
        _send(answers, last)


def main() -> None:
    """Serves requests until there are no more."""
    gc.disable()
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)
