"""The rows of large Parquet feeds once more, as small workbooks: what an office with many senders gets."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import polars as pl
import xlsxwriter

from bench.large.sizes import WORKBOOKS
from dagster_project import contracts

VERSION = 1
PROCESSES = 2


@dataclass(frozen=True)
class _Part:
    """One delivery to be split: where its Parquet lies, where the workbooks go, and how many there are to be."""

    feed: str
    source: Path
    folder: Path
    files: int


def write_workbooks(source: Path, folder: Path, number: int = WORKBOOKS) -> dict[str, int]:
    """Write exactly `number` workbooks with the rows of the Parquet deliveries under `source`; the rows of each feed.

    Every delivery becomes at least one workbook, so `number` must not be less than they are. Nothing is done twice.
    """
    manifest = folder / "manifest.json"
    rows: dict[str, int] = json.loads((source / "manifest.json").read_text("utf-8"))["rows"]
    told = json.dumps({"version": VERSION, "workbooks": number, "rows": rows}, indent=1) + "\n"
    if manifest.is_file() and manifest.read_text("utf-8") == told:
        return rows
    if folder.exists():
        shutil.rmtree(folder)
    paths = sorted((source / "raw").glob("*/*/*.parquet"))
    sizes = [pl.scan_parquet(path).select(pl.len()).collect().item() for path in paths]
    parts = [
        _Part(path.parts[-3], path, folder / "raw" / path.parts[-3] / path.parts[-2], files)
        for path, files in zip(paths, _shares(sizes, number), strict=True)
    ]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        list(pool.map(_write_part, parts, chunksize=4))
    manifest.write_text(told, "utf-8")
    return rows


def _shares(sizes: list[int], number: int) -> list[int]:
    """How many files each delivery gets: one, and of the rest what its rows ask for (largest remainder)."""
    rest = number - len(sizes)
    exact = [rest * size / sum(sizes) for size in sizes]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda place: shares[place] - exact[place])
    for place in by_remainder[: rest - sum(shares)]:
        shares[place] += 1
    return [share + 1 for share in shares]


def _write_part(part: _Part) -> None:
    frame = _in_chinese(part.feed, pl.read_parquet(part.source))
    part.folder.mkdir(parents=True)
    for number in range(part.files):
        first, last = (len(frame) * place // part.files for place in (number, number + 1))
        _write_book(part.folder / f"{number + 1:03d}.xlsx", frame[first:last])


def _in_chinese(feed: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns by their first Chinese names, codes by theirs."""
    accepted = contracts.load()[feed].accepted
    spoken = [
        pl.col(name).replace({code: words[0] for code, words in accepted[name].codes.items()})
        for name in frame.columns
        if accepted[name].codes
    ]
    return frame.with_columns(spoken).rename({name: accepted[name].names[0] for name in frame.columns})


def _write_book(path: Path, rows: pl.DataFrame) -> None:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime(2024, 12, 31)})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet("台账")
    page.write_row(0, 0, ["政务诚信台账（示例）"])
    page.write_row(1, 0, rows.columns)
    for place, (name, dtype) in enumerate(rows.schema.items()):
        column = rows[name]
        if dtype == pl.Date:
            for number, value in enumerate(column.to_list(), 2):
                if value is not None:
                    page.write_datetime(number, place, datetime(value.year, value.month, value.day), day)
        elif dtype == pl.String:
            for number, value in enumerate(column.to_list(), 2):
                if value is not None:
                    page.write_string(number, place, value)
        elif dtype == pl.Boolean:
            page.write_column(2, place, ["是" if value else "否" for value in column.to_list()])
        else:
            page.write_column(2, place, column.cast(pl.Float64).to_list())
    book.close()
