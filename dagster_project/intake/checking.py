"""Checks one file before it is filed: what a run would make of it (interface.md, `jiannuo add`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from dagster_project import contracts
from dagster_project.intake.batches import batch_of_part, info_of
from dagster_project.intake.cells import RawTable, Rejected
from dagster_project.intake.formats import format_of
from dagster_project.intake.json_reader import read_json
from dagster_project.intake.layouts import Mapping, layout_of
from dagster_project.intake.mappings import mapping_for
from dagster_project.intake.parquet_reader import FrameTable, open_parquet, read_parquet
from dagster_project.intake.rows import type_rows
from dagster_project.intake.stored import typing_of_one_file
from dagster_project.intake.text_reader import read_text
from dagster_project.intake.workbook_pool import WorkbookPool

_PROBLEMS: dict[str, pl.DataType | type[pl.DataType]] = {
    "sheet": pl.String,
    "row_no": pl.Int64,
    "reasons": pl.List(pl.String),
    "row": pl.String,
}
_WARNED = {"sheet": pl.String, "row_no": pl.Int64, "warnings": pl.String}


@dataclass
class FileCheck:
    """What a file would become. `reason`: why it would be rejected whole, or None.

    `quarantined`: sheet, row_no, reasons, row; `warned`: sheet, row_no, warnings; each in the order of the file.
    """

    reason: str | None = None
    rows_read: int = 0
    rows_landed: int = 0
    rows_ignored: int = 0
    unknown_columns: list[str] = field(default_factory=list)
    quarantined: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_PROBLEMS))
    warned: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_WARNED))


def check_file(path: Path, feed: str, received_on: dt.date, mappings: Sequence[Mapping] = ()) -> FileCheck:
    """Reads a file as a run would that received it on `received_on`; lands nothing. Raises KeyError for no feed."""
    contract = contracts.load()[feed]
    mapping = mapping_for(mappings, feed, path.name)
    layout = layout_of(contract, mapping)
    check = FileCheck()
    parts: list[RawTable | FrameTable] = []
    try:
        match format_of(path):
            case "workbook":
                with WorkbookPool(1) as pool:
                    parts.extend(pool.read(path, layout.plan))
            case "parquet":
                parts.extend(read_parquet(open_parquet(path), layout.plan))
            case "json":
                parts.extend(read_json(path, layout.plan))
            case "text":
                parts.extend(read_text(path, layout.plan))
    except (Rejected, OSError) as error:
        check.reason = str(error) if isinstance(error, Rejected) else "文件打不开"
        return check
    line = 1
    for part in parts:
        try:
            with typing_of_one_file():
                batch = batch_of_part(contract, info_of(0, received_on, None, part), part, line)
                typed = type_rows(contract, layout, batch) if len(batch) else None
        except Rejected as error:
            return FileCheck(str(error))
        line += len(batch)
        check.unknown_columns += [name for name in part.unknown if name not in check.unknown_columns]
        if not typed:
            continue
        check.rows_read += int(typed.counts["read"].sum())
        check.rows_ignored += int(typed.counts["ignored"].sum())
        check.rows_landed += len(typed.landed)
        check.quarantined = check.quarantined.vstack(typed.quarantined.select(list(_PROBLEMS)))
        check.warned = check.warned.vstack(typed.landed.drop_nulls("warnings").select(list(_WARNED)))
    return check
