"""How the answer of a query is shown: as a table for people, as CSV or JSON for programs."""

from __future__ import annotations

import csv
import sys
import unicodedata
from typing import TextIO

from dagster_project.cli.messages import t
from dagster_project.query import Answer

NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL")
NOTHING = "–"
WIDEST = 10_000_000


def show(answer: Answer, form: str, out: TextIO, limit: int) -> None:
    """Write the answer on `out`, and on standard error that rows were left out."""
    if form == "json":
        out.write("[" + ",\n ".join(answer.objects) + "]\n")
    elif form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in answer.columns])
        # A null is an empty cell; an empty text is quoted by nobody, so that they look alike.
        writer.writerows(answer.rows)
    else:
        _show_table(answer, out)
    out.flush()
    if answer.more:
        told = t(
            f"结果不止这些，只显示前 {limit} 行；用 --limit 可以取更多。",
            f"There are more rows: these are the first {limit}. Ask for more with --limit.",
        )
        print(told, file=sys.stderr)
    elif form == "table":
        print(t(f"共 {len(answer.rows)} 行", f"{len(answer.rows)} rows"), file=sys.stderr)


def _show_table(answer: Answer, out: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, highlight=False)
    cells = [[NOTHING if value is None else visible(value) for value in row] for row in answer.rows]
    heads = [visible(column.name) for column in answer.columns]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head, column in zip(heads, answer.columns, strict=True):
        numeric = column.type.startswith(NUMBERS) and not column.type.endswith("]")
        table.add_column(Text(head), justify="right" if numeric else "left", no_wrap=True)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    # As wide as it wants to be: a narrower one would cut values.
    wanted = Measurement.get(console, console.options.update(max_width=WIDEST), table).maximum
    if console.is_terminal and wanted > console.width:
        _show_records(heads, cells, out)
    else:
        console.width = max(console.width, wanted)
        console.print(table)


def _show_records(heads: list[str], cells: list[list[str]], out: TextIO) -> None:
    """A line a value, where the table is wider than the screen."""
    from rich.cells import cell_len

    widest = max((cell_len(head) for head in heads), default=0)
    for number, row in enumerate(cells, start=1):
        out.write(f"—— {number} ——\n")
        for head, cell in zip(heads, row, strict=True):
            out.write(f"{head}{' ' * (widest - cell_len(head))}  {cell}\n")


def visible(text: str) -> str:
    """The text on one line, without what would move the cursor or turn the writing round."""
    # What was delivered is shown on a terminal: an escape in a name must not take it over.
    return "".join(
        "⏎" if sign == "\n" else "�" if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text
    )
