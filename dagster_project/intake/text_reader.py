"""Separated text (CSV and its kin) as tables (feeds.md, "File types")."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from dagster_project.intake.cells import RawTable, Rejected
from dagster_project.intake.headers import HEADER_WITHIN, Header, HeaderPlan, find_header, tabulate

SEPARATORS = (",", "\t", ";")
ROWS_A_TABLE = 100_000
# No cell of a ledger is longer; a longer one is a quote that swallowed the file.
MAX_CELL_CHARACTERS = 16 << 20
MAX_TEXT_BYTES = 8 << 30
BLOCK_BYTES = 4 << 20
# Appended as a record of its own: it comes back as such unless a quote before it was never closed.
SENTINEL = "\x03end of file\x03"

# A tag, a declaration or a comment: not each text that begins with a bracket is one.
_MARKUP = re.compile(r"\s*<[!?/A-Za-z]")
UNCLOSED = "有一个引号没有关上，后面的内容分不清；请改正后重报"

csv.field_size_limit(MAX_CELL_CHARACTERS)


def encoding_of(path: Path) -> str:
    """The encoding of a text: UTF-16 by its BOM, else UTF-8 where every byte fits, else GB18030. Raises Rejected."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            candidates: tuple[str, ...] = ("utf-16",)
        else:
            candidates = ("utf-8-sig", "gb18030")
        for encoding in candidates:
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)("strict")
            try:
                while block := file.read(BLOCK_BYTES):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeError:
                continue
            return encoding
    raise Rejected("文字编码认不出：不是 UTF-8、UTF-16 或 GB18030；请另存为 UTF-8 或 .xlsx")


def refuse_web_page(start: str) -> None:
    """Raises Rejected where a text is HTML or XML in the dress of a workbook."""
    if _MARKUP.match(start):
        raise Rejected("这是网页格式（HTML），不是工作簿；请用 Excel 打开后另存为 .xlsx")


def _records(text: io.TextIOBase, separator: str) -> Iterator[list[str]]:
    """Every record. Raises Rejected where a quote is not closed."""
    records = csv.reader(chain(text, ("\n", SENTINEL)), delimiter=separator)
    held: list[str] | None = None
    for record in records:
        if held is not None:
            yield held
        held = record
    if held != [SENTINEL]:
        raise Rejected(UNCLOSED)


def refuse_swallowed_records(path: Path, encoding: str, separator: str) -> None:
    """Raises Rejected where an unclosed quote ran over line breaks into the next quoted cell.

    Such a quote is closed by the one that opens another cell: text then follows the closing quote, and the records
    between have become one cell. Where no cell holds a line break, odd quotes swallow nothing, and pass.
    """
    with path.open(encoding=encoding, newline="") as text:
        try:
            for _ in csv.reader(text, delimiter=separator, strict=True):
                pass
        except csv.Error as error:
            text.seek(0)
            if any("\n" in cell for record in csv.reader(text, delimiter=separator) for cell in record):
                raise Rejected(UNCLOSED) from error


def _head(path: Path, encoding: str, separator: str, rows: int) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as text:
        return list(islice(csv.reader(text, delimiter=separator), rows))


def _header(path: Path, encoding: str, plan: HeaderPlan) -> tuple[str, Header]:
    for separator in SEPARATORS:
        rows = _head(path, encoding, separator, max(HEADER_WITHIN, plan.header_row or 0))
        if header := find_header(rows, plan):
            return separator, header
    raise Rejected("没有找到表头：前 20 行里没有一行含有全部必填列")


def read_text(path: Path, plan: HeaderPlan) -> Iterator[RawTable]:
    """The tables of a separated text, ROWS_A_TABLE records each; one without rows for a nil report.

    Raises Rejected where the text has no content or no header, or a quote is not closed.
    """
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise Rejected(f"文件超过 {MAX_TEXT_BYTES >> 30} GiB；请拆分后报送")
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as text:
        start = text.read(4096)
    refuse_web_page(start)
    try:
        if not _has_content(path, encoding):
            raise Rejected("文件里没有内容")
        separator, header = _header(path, encoding, plan)
        if has_quotes(path):
            refuse_swallowed_records(path, encoding, separator)
        with path.open(encoding=encoding, newline="") as text:
            records = _records(text, separator)
            number = header.at + 2
            rows: Sequence[list[str]] = list(islice(records, header.at + 1, header.at + 1 + ROWS_A_TABLE))
            while True:
                yield tabulate(rows, header, plan, range(number, number + len(rows)), is_text=True)
                number += len(rows)
                rows = list(islice(records, ROWS_A_TABLE))
                if not rows:
                    return
    except csv.Error as error:
        raise Rejected("文件不是规整的表格文本：有一个单元格过长，或引号没有关上") from error


def has_quotes(path: Path) -> bool:
    """Whether a quotation mark stands anywhere in a file; the byte is the same in every encoding that is read."""
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            if b'"' in block:
                return True
    return False


def _has_content(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, newline="") as text:
        return any(line.strip() for line in text)
