"""What a file is, by its content first and its ending second (feeds.md, "File types")."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from dagster_project.intake.cells import Rejected

Format = Literal["workbook", "parquet", "json", "text"]

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0"
PARQUET_START = b"PAR1"
JSON_ENDINGS = frozenset((".json", ".jsonl", ".ndjson"))
TEXT_ENDINGS = frozenset((".csv", ".tsv", ".txt", ".xls", ".xlsx", ".parquet"))
WORKBOOK_ENDINGS = frozenset((".xlsx", ".xls"))


def is_named_as_workbook(path: Path) -> bool:
    """Whether a file's name says that it is a workbook, whatever it holds."""
    return path.suffix.lower() in WORKBOOK_ENDINGS


def format_of(path: Path) -> Format:
    """The format of a file. Raises Rejected for one that is not accepted, with the reason for people."""
    with path.open("rb") as file:
        start = file.read(8)
    ending = path.suffix.lower()
    if not start:
        raise Rejected("文件里没有内容")
    if start.startswith((ZIP_START, OLE_START)):
        return "workbook"
    if start.startswith(PARQUET_START):
        return "parquet"
    if ending in JSON_ENDINGS:
        return "json"
    if ending in TEXT_ENDINGS:
        return "text"
    if ending == ".docx":
        raise Rejected("暂不读取 Word 文件（.docx）；请把内容录入表格后报送")
    raise Rejected(f"不接受“{ending or path.name}”这种文件；请报送 .xlsx、.xls、.csv、.json 或 .parquet")
