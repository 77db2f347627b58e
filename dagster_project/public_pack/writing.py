"""The files of a public pack: a workbook, a CSV for each list, one JSON. The same content, the same bytes.

Text of feeds stays text: in Excel every text is written as a string, never as a formula or a link; in CSV, which knows
no types, a text that a spreadsheet would take for a formula gets an apostrophe before it (`csv_text`).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from dagster_project.public_pack.content import HIDDEN, LISTS, RATES
from dagster_project.public_pack.suppress import THRESHOLD
from dagster_project.reports.figures import Row
from dagster_project.reports.words import NONE

#: A text that begins so is a formula to some spreadsheet; the last four are the wide forms of the first.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NARROW, WIDE = 14, 34
_WIDE = ("region_name", "unit_name", "title", "number")


def csv_text(value: Any) -> str:
    """A cell of a CSV. What begins as a formula does, blanks aside, has an apostrophe before it; numbers never."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.lstrip(" 　").startswith(FORMULA) or text.startswith(FORMULA) else text


def as_csv(name: str, rows: Sequence[Row]) -> bytes:
    """One list: UTF-8 with BOM, so that Excel reads the Chinese, and line ends as RFC 4180 has them."""
    columns = LISTS[name][1]
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([head for _, head in columns])
    writer.writerows([csv_text(row[column]) for column, _ in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_json(about: Mapping[str, Any], lists: Mapping[str, Sequence[Row]]) -> bytes:
    """All lists: what is not shown is `"*"`, what is none is null, a rate is a number from 0 to 1."""
    said = {
        **about,
        "threshold": THRESHOLD,
        "hidden": HIDDEN,
        "lists": {
            name: {
                "title": title,
                "columns": dict(columns),
                "rows": [{column: _plain(row[column]) for column, _ in columns} for row in lists[name]],
            }
            for name, (title, columns) in LISTS.items()
        },
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def as_workbook(
    about: Mapping[str, Any], notes: Sequence[str], lists: Mapping[str, Sequence[Row]], as_of: date
) -> bytes:
    """A sheet for each list and one that explains; heads frozen, filtered and repeated on each page."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": about["title"], "created": datetime(as_of.year, as_of.month, as_of.day)})
    font = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
    forms = {
        "title": book.add_format({"font_name": "黑体", "font_size": 14}),
        "head": book.add_format(
            {**font, "font_name": "黑体", "text_wrap": True, "align": "center", "bg_color": "#DCE6F1"}
        ),
        "text": book.add_format({**font, "text_wrap": True}),
        "none": book.add_format({**font, "align": "center"}),
        "count": book.add_format({**font, "num_format": "0"}),
        "rate": book.add_format({**font, "num_format": "0.0%"}),
    }
    for name, (title, columns) in LISTS.items():
        sheet = book.add_worksheet(title)
        sheet.write_string(0, 0, f"{about['title']}：{title}", forms["title"])
        for place, (column, head) in enumerate(columns):
            sheet.set_column(place, place, WIDE if column in _WIDE else 22 if column == "uscc" else NARROW)
            sheet.write_string(1, place, head, forms["head"])
        for line, row in enumerate(lists[name], start=2):
            for place, (column, _) in enumerate(columns):
                _put(sheet, line, place, column, row[column], forms)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, max(1, len(lists[name]) + 1), len(columns) - 1)
        sheet.repeat_rows(0, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 100)
    for line, note in enumerate(notes):
        sheet.write_string(line, 0, note, forms["text"])
    book.close()
    return out.getvalue()


def _put(sheet: Any, line: int, place: int, column: str, value: Any, forms: Mapping[str, Any]) -> None:
    if isinstance(value, int | Decimal):
        sheet.write_number(line, place, value, forms["rate" if column in RATES else "count"])
    elif value is None or value == HIDDEN:
        sheet.write_string(line, place, value or NONE, forms["none"])
    else:
        sheet.write_string(line, place, value.isoformat() if isinstance(value, date) else value, forms["text"])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
