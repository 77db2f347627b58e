"""An office with deliveries in a folder, for tests: files in, and what the landing then holds."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from dagster_project.intake import IntakeResult, read_deliveries

DAY = "2024-04-02"
HEADER = "工单编号,来源渠道,单位,投诉日期"
ROW = "T-1,问政,样本局,2024-03-01"


class Reading:
    """The result of a run, read back."""

    def __init__(self, result: IntakeResult) -> None:
        self.result = result

    def rows(self, feed: str = "complaints") -> list[dict[str, Any]]:
        """The landed rows of the deliveries seen, in their order."""
        if not self.result.packs[feed]:
            return []
        frame = pl.concat([pl.read_parquet(path) for path in self.result.packs[feed]])
        live = self.result.deliveries.select("delivery_id", "file")
        return frame.join(live, on="delivery_id").sort("file", "line_no").to_dicts()

    def quarantined(self) -> list[dict[str, Any]]:
        """The quarantined rows of the deliveries seen, their `row` parsed."""
        if not self.result.quarantine_packs:
            return []
        frame = pl.concat([pl.read_parquet(path) for path in self.result.quarantine_packs])
        frame = frame.join(self.result.deliveries.select("delivery_id", "file"), on="delivery_id")
        rows = frame.sort("file", "sheet", "row_no").to_dicts()
        return [{**row, "row": json.loads(row["row"])} for row in rows]

    def mentions(self) -> list[dict[str, Any]]:
        """The mentions of all packs."""
        return pl.concat([pl.read_parquet(path) for path in self.result.mention_packs]).to_dicts()

    def delivery(self, file: str | None = None) -> dict[str, Any]:
        """The entry of a delivery; without a name, of the only one."""
        entries = [entry for entry in self.result.deliveries.to_dicts() if file in (None, entry["file"])]
        assert len(entries) == 1
        return entries[0]

    def reason(self, file: str | None = None) -> str:
        """Why a delivery was rejected."""
        entry = self.delivery(file)
        assert entry["status"] == "rejected"
        assert (entry["rows_read"], entry["rows_quarantined"], entry["rows_ignored"]) == (0, 0, 0)
        return str(entry["reason"])


class Office:
    """A data folder. Files go to complaints, received on DAY, unless said otherwise."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(
        self, content: str | bytes, name: str = "a.csv", feed: str = "complaints", day: str = DAY, reporter: str = ""
    ) -> Path:
        path = self.root / "raw" / feed / day / reporter / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def mapping(self, text: str, name: str = "own.yaml") -> None:
        path = self.root / "mappings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def read(self, as_of: str = "2024-12-31") -> Reading:
        return Reading(read_deliveries(self.root, dt.date.fromisoformat(as_of)))


def csv(*lines: str, header: str = HEADER) -> str:
    return "\n".join((header, *lines)) + "\n"


def workbook(
    *sheets: Sequence[Sequence[Any]],
    names: Sequence[str] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    """An .xlsx of sheets of rows; `merged`: first and last row, first and last column, in every sheet."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[at] if names else f"表{at + 1}")
        if sheet.name in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for top, bottom, left, right in merged:
            cells = rows[top]
            sheet.merge_range(top, left, bottom, right, cells[left] if left < len(cells) else "")
    book.close()
    return content.getvalue()
