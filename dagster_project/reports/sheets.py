"""Sheets of workbooks as an office wants them: a title, a frozen and repeated head, filters, ruled cells.

Text of feeds stays text, also where it begins as a formula does or reads as an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from dagster_project.reports.words import NONE, clean

#: Where the rows of a sheet begin, as Excel counts.
FIRST = 3
#: Points that a line of a cell's text takes.
LINE_HEIGHT = 13.5


def column_of(sheet: str, column: str, rows: int) -> str:
    """The column of a sheet with so many rows, as formulas name it."""
    return f"'{sheet}'!${column}${FIRST}:${column}${max(FIRST, FIRST - 1 + rows)}"


def begun(out: BytesIO, title: str, as_of: date) -> Any:
    """A workbook that turns no text into anything else, dated to `as_of`."""
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": datetime(as_of.year, as_of.month, as_of.day)})
    return book


class Sheets:
    """Writes sheets of one workbook. Rows and columns are counted from 0; a sheet's rows begin at 2."""

    def __init__(self, book: Any, title: str) -> None:
        self.book = book
        self._title = title
        self._font = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
        self._heading = book.add_format({"font_name": "黑体", "font_size": 14, "valign": "vcenter"})
        self._head = book.add_format(
            {**self._font, "font_name": "黑体", "text_wrap": True, "align": "center", "bg_color": "#DCE6F1"}
        )
        self._text = book.add_format({**self._font, "text_wrap": True})
        self._none = book.add_format({**self._font, "align": "center"})
        self._link = book.add_format({**self._font, "align": "center", "font_color": "#0563C1", "underline": 1})
        self._formats: dict[str, Any] = {}

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[int], rows: int) -> Any:
        """A new sheet with its title and its heads, ready for so many rows."""
        sheet = self.book.add_worksheet(name)
        sheet.set_row(0, 26)
        sheet.set_row(1, 44)
        sheet.write_string(0, 0, f"{self._title}·{name}", self._heading)
        for column, head in enumerate(heads):
            sheet.write_string(1, column, head, self._head)
            sheet.set_column(column, column, widths[column] if column < len(widths) else 11)
        sheet.freeze_panes(2, min(2, len(heads) - 1))
        if rows:
            sheet.autofilter(1, 0, 1 + rows, len(heads) - 1)
        sheet.repeat_rows(0, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def page(self, name: str, title: str, widths: Sequence[int]) -> Any:
        """A new sheet with a title, for tables one below the other."""
        sheet = self.book.add_worksheet(name)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, clean(title), self._heading)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def part(self, sheet: Any, line: int, title: str) -> None:
        """The title of a table on a page."""
        sheet.write_string(line, 0, title, self._heading)

    def heads(self, sheet: Any, line: int, heads: Sequence[str]) -> None:
        """The heads of a table on a page."""
        for column, head in enumerate(heads):
            sheet.write_string(line, column, head, self._head)

    def texts(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int] = ()) -> None:
        """A sheet of texts alone."""
        listed = list(rows)
        widths = widths or [60 if len(heads) == 1 else 34] * len(heads)
        sheet = self.sheet(name, heads, widths, len(listed))
        for line, row in enumerate(listed, start=2):
            self.fit(sheet, line, row, widths)
            for column, text in enumerate(row):
                self.put(sheet, line, column, text)

    def fit(self, sheet: Any, line: int, texts: Sequence[str], widths: Sequence[int]) -> None:
        """Make a row as high as its texts need: not every reader does so by itself."""
        # A Chinese character is as wide as two others.
        wide = (sum(1 if character.isascii() else 2 for character in text) for text in texts)
        lines = max((-(-each // max(1, width - 1)) for each, width in zip(wide, widths, strict=False)), default=1)
        if lines > 1:
            sheet.set_row(line, LINE_HEIGHT * lines)

    def put(self, sheet: Any, line: int, column: int, text: str) -> None:
        """A text, which stays one."""
        sheet.write_string(line, column, clean(text) if not text.startswith("　") else text, self._text)

    def day(self, sheet: Any, line: int, column: int, value: date | None) -> None:
        """A day, or a dash."""
        if value is None:
            sheet.write_string(line, column, NONE, self._none)
        else:
            sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), self.form("yyyy-mm-dd"))

    def number(self, sheet: Any, line: int, column: int, value: float | Decimal | None, form: str) -> None:
        """A number shown by a number format, or a dash."""
        if value is None:
            sheet.write_string(line, column, NONE, self._none)
        else:
            sheet.write_number(line, column, value, self.form(form))

    def formula(self, sheet: Any, line: int, column: int, formula: str, value: float | Decimal, form: str) -> None:
        """A formula with the value that it has, for readers that do not reckon."""
        sheet.write_formula(line, column, formula, self.form(form), float(value))

    def link(self, sheet: Any, line: int, column: int, target: str, shown: str) -> None:
        """A link within the workbook: `target` is a formula's text for the place, `shown` our own words."""
        sheet.write_formula(line, column, f'=HYPERLINK({target},"{shown}")', self._link, shown)

    def form(self, form: str) -> Any:
        """A cell with this number format."""
        if form not in self._formats:
            self._formats[form] = self.book.add_format({**self._font, "num_format": form})
        return self._formats[form]
