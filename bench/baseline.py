"""What the figures are compared with: the least that any program must do with the same files.

`python -m bench.baseline scan FOLDER`: DuckDB decodes every column of every Parquet file.
`python -m bench.baseline calamine FOLDER PROCESSES`: python_calamine opens every workbook and reads every cell.
Each prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook


def scan(folder: Path) -> dict[str, float]:
    """Seconds in which DuckDB reads all columns of all feeds, the second time, when the files lie in memory.

    Of a text its length, of the rest the value behind a filter: a bare max() is answered from the files' statistics.
    """
    with duckdb.connect() as connection:
        queries = [_query(connection, feed) for feed in sorted((folder / "raw").iterdir())]
        for _ in range(2):
            begun, cpu = time.perf_counter(), time.process_time()
            for query in queries:
                connection.execute(query).fetchall()
            cost = {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - cpu}
    return cost


def _query(connection: duckdb.DuckDBPyConnection, feed: Path) -> str:
    source = f"read_parquet('{feed}/*/*.parquet')"
    columns = connection.execute(f"describe select * from {source}").fetchall()
    touched = [
        f'max(strlen("{name}"))' if dtype == "VARCHAR" else f'max("{name}") filter (file_row_number >= 0)'
        for name, dtype, *_ in columns
    ]
    return f"select {', '.join(touched)} from read_parquet('{feed}/*/*.parquet', file_row_number = true)"


def calamine(folder: Path, processes: int) -> dict[str, float]:
    """Seconds in which so many processes, their start included, open every workbook and read every cell."""
    paths = sorted((folder / "raw").glob("*/*/*.xlsx"))
    begun = time.perf_counter()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        cells = sum(pool.map(_read_all, paths, chunksize=8))
    return {"seconds": time.perf_counter() - begun, "cells": cells}


def _read_all(path: Path) -> int:
    book = CalamineWorkbook.from_path(path)
    return sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def main() -> None:
    """Carry out what the command line asks for."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(scan(folder) if what == "scan" else calamine(folder, int(sys.argv[3]))))


if __name__ == "__main__":
    main()
