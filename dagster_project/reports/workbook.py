"""The tables of a report as a workbook: every place and every unit, with filters, frozen heads and native charts.

Figures are numbers; what rests on a feed that did not come carries its mark in the number's format, so that it still
adds up and never looks like a clean zero. Text of feeds stays text, also where it begins as a formula does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from dagster_project.reports import wording
from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.paper import Change, item_row, listing_row, unit_row
from dagster_project.reports.words import NONE, clean, place_name

#: Columns of `region_monthly` and `org_monthly`, in the order of the sheets.
PLACE_COLUMNS = (
    *("units_in_scope", "units_with_letter", "units_letter_complete", "units_published", "units_late"),
    *("coverage_rate", "coverage_target", "publicity_rate", "publicity_target"),
    *("commitments_made", "commitments_due", "commitments_fulfilled", "commitments_on_time", "commitments_overdue"),
    *("fulfilment_ratio", "on_time_ratio", "amount_due_yuan", "amount_fulfilled_yuan", "amount_fulfilment_ratio"),
    *("complaints_received", "complaints_duplicate", "complaints_excluded", "complaints_accept_due"),
    *("complaints_accepted_on_time", "acceptance_rate", "complaints_due", "complaints_resolved_on_time"),
    *("resolution_rate", "complaints_open_overdue", "complaints_substantiated", "complaints_rated"),
    *("complaints_satisfied", "satisfaction_rate", "listings_active", "listings_new", "listings_exited"),
    *("judgments_lost", "records_new"),
)
PLACE_CHANGES = (
    ("coverage_change", "覆盖率较{before}（百分点）"),
    ("coverage_change_year", "覆盖率较上年同期（百分点）"),
    ("fulfilment_change", "兑现率较{before}（百分点）"),
    ("fulfilment_change_year", "兑现率较上年同期（百分点）"),
    ("resolution_change", "按时办结率较{before}（百分点）"),
    ("resolution_change_year", "按时办结率较上年同期（百分点）"),
)
UNIT_COLUMNS = (
    *("commitments_made", "commitments_due", "commitments_fulfilled", "commitments_on_time", "commitments_overdue"),
    *("complaints_received", "complaints_due", "complaints_resolved_on_time", "complaints_open_overdue"),
    *("complaints_substantiated", "listings_active", "listings_new", "listings_exited", "judgments_lost"),
    "records_new",
)
ITEM_HEADS = (("kind", "类别"), ("unit", "责任单位"), ("number", "编号"), ("title", "事项"))
FEWEST_BARS = 2


def workbook(figures: Figures, place: Row, notes: Sequence[str], changes: Sequence[Change] | None) -> bytes:
    """The workbook of one place and all below it; the same bytes each time. `changes`: none in a first revision."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    made = datetime(figures.as_of.year, figures.as_of.month, figures.as_of.day)
    title = f"{place_name(place)}{figures.period.label}政务诚信{figures.period.what}"
    book.set_properties({"title": title, "created": made})
    sheets = _Sheets(book, figures, title)
    code = place["region_code"]
    places = figures.within(figures.places, code)
    sheets.places(places)
    sheets.charts(figures.below(code))
    sheets.units(figures.within(figures.units, code), {row["region_code"]: place_name(row) for row in places})
    items = figures.within(figures.items, code)
    for standing, name in (("late", "逾期事项"), ("next", "近期到期事项")):
        sheets.items(name, [row for row in items if row["standing"] == standing])
    sheets.listings(figures.within(figures.listings, code))
    if changes is not None:
        heads = ("对象", "指标", "原数据", "更正后")
        sheets.texts("更正情况", heads, ((one.subject, one.label, one.old, one.new) for one in changes))
    sheets.texts("数据说明", ("说明",), ((note,) for note in notes))
    book.close()
    return out.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, figures: Figures, title: str) -> None:
        self._book = book
        self._figures = figures
        self._title = title
        font = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
        self._heading = book.add_format({"font_name": "黑体", "font_size": 14, "valign": "vcenter"})
        self._head = book.add_format(
            {**font, "font_name": "黑体", "text_wrap": True, "align": "center", "bg_color": "#DCE6F1"}
        )
        self._text = book.add_format({**font, "text_wrap": True})
        self._none = book.add_format({**font, "align": "center"})
        self._font = font
        self._formats: dict[str, Any] = {}

    def places(self, places: list[Row]) -> None:
        """A row for each place, the first one the sum of those below."""
        label = self._figures.labels
        heads = ["行政区划代码", "地区", *(label[f"region_monthly.{name}"] for name in PLACE_COLUMNS)]
        heads += [word.format(before=self._figures.period.before) for _, word in PLACE_CHANGES]
        if self._figures.period.kind == "quarterly":
            heads.append("名次")
        sheet = self._sheet("各地指标", heads, [11, 22], len(places))
        # Too wide for one page that can be read.
        sheet.set_paper(8)
        sheet.repeat_columns(0, 1)
        sheet.fit_to_pages(2, 0)
        for line, place in enumerate(places, start=2):
            self._put(sheet, line, 0, place["region_code"])
            depth = (len(place["prefix"]) - len(places[0]["prefix"])) // 2
            self._put(sheet, line, 1, "　" * depth + place_name(place))
            for column, name in enumerate(PLACE_COLUMNS, start=2):
                self._figure(sheet, line, column, name, place[name])
            for column, (name, _) in enumerate(PLACE_CHANGES, start=2 + len(PLACE_COLUMNS)):
                self._figure(sheet, line, column, name, place[name])
            if self._figures.period.kind == "quarterly":
                self._figure(sheet, line, len(heads) - 1, "rank", place["rank"])

    def charts(self, below: list[Row]) -> None:
        """Two charts of the places straight below, on a sheet with the figures that they show."""
        if len(below) < FEWEST_BARS:
            return
        shown = (("coverage_rate", "承诺覆盖率"), ("fulfilment_ratio", "兑现率"), ("resolution_rate", "按时办结率"))
        sheet = self._sheet("图表", ["地区", *(word for _, word in shown)], [22], len(below))
        for line, place in enumerate(below, start=2):
            self._put(sheet, line, 0, place_name(place))
            for column, (name, _) in enumerate(shown, start=1):
                self._figure(sheet, line, column, name, place[name])
        last = 1 + len(below)
        for number, (series, word) in enumerate((((1, 2), "承诺覆盖率与兑现率"), ((3,), "投诉按时办结率"))):
            chart = self._book.add_chart({"type": "column"})
            for column in series:
                chart.add_series(
                    {
                        "name": ["图表", 1, column],
                        "categories": ["图表", 2, 0, last, 0],
                        "values": ["图表", 2, column, last, column],
                    }
                )
            chart.set_title({"name": word, "name_font": {"size": 12}})
            chart.set_y_axis({"num_format": "0%", "min": 0, "max": 1})
            chart.set_legend({"position": "bottom"})
            chart.set_size({"width": 900, "height": 320})
            sheet.insert_chart(1 + number * 17, 6, chart)

    def units(self, units: list[Row], places: dict[str, str]) -> None:
        """A row for each unit, in the order of the roster."""
        label = self._figures.labels
        heads = ["统一社会信用代码", "单位", "地区", "承诺书", "公示"]
        heads += [label[f"org_monthly.{name}"] for name in UNIT_COLUMNS]
        sheet = self._sheet("单位", heads, [21, 34, 16, 15], len(units))
        for line, unit in enumerate(units, start=2):
            shown = unit_row(self._figures, unit)
            texts = (unit["uscc"], shown["name"], places.get(unit["region_code"], unit["region_code"]))
            for column, text in enumerate((*texts, shown["letter"], shown["publicity"])):
                self._put(sheet, line, column, text)
            for column, name in enumerate(UNIT_COLUMNS, start=5):
                self._figure(sheet, line, column, name, unit[name])

    def items(self, name: str, rows: list[Row]) -> None:
        """A row for each thing that is owed."""
        sheet = self._sheet(
            name, [*(word for _, word in ITEM_HEADS), "期限", "逾期天数"], [14, 34, 26, 36, 14], len(rows)
        )
        for line, row in enumerate(rows, start=2):
            shown = item_row(row)
            for column, (key, _) in enumerate(ITEM_HEADS):
                self._put(sheet, line, column, shown[key])
            self._day(sheet, line, 4, row["due_on"])
            self._figure(sheet, line, 5, "days", row["days_late"])

    def listings(self, rows: list[Row]) -> None:
        """A row for each listing that was active in the month."""
        heads = ["单位", "案号", "法院", "发布日期", "预警日期", "反馈日期", "退出日期", "环节", "在列天数"]
        sheet = self._sheet("失信被执行人", heads, [34, 28, 24, 14, 14, 14, 14, 18], len(rows))
        for line, row in enumerate(rows, start=2):
            shown = listing_row(row)
            for column, key in enumerate(("unit", "case_no", "court")):
                self._put(sheet, line, column, shown[key])
            for column, key in enumerate(("published_on", "warned_on", "feedback_on", "removed_on"), start=3):
                self._day(sheet, line, column, row[key])
            self._put(sheet, line, 7, shown["stage"])
            self._figure(sheet, line, 8, "days", row["days_listed"])

    def texts(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A sheet of texts alone."""
        listed = list(rows)
        sheet = self._sheet(name, heads, [60 if len(heads) == 1 else 34] * len(heads), len(listed))
        for line, row in enumerate(listed, start=2):
            for column, text in enumerate(row):
                self._put(sheet, line, column, text)

    def _sheet(self, name: str, heads: Sequence[str], widths: Sequence[int], rows: int) -> Any:
        sheet = self._book.add_worksheet(name)
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

    def _put(self, sheet: Any, line: int, column: int, text: str) -> None:
        sheet.write_string(line, column, clean(text) if not text.startswith("　") else text, self._text)

    def _day(self, sheet: Any, line: int, column: int, value: date | None) -> None:
        if value is None:
            sheet.write_string(line, column, NONE, self._none)
        else:
            sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), self._format("yyyy-mm-dd"))

    def _figure(self, sheet: Any, line: int, column: int, name: str, value: Any) -> None:
        if value is None:
            sheet.write_string(line, column, NONE, self._none)
            return
        if name.endswith(("_rate", "_ratio", "_target")):
            form = "0.0%"
        elif "_change" in name:
            form = "+0.0;-0.0;0.0"
        else:
            form = "#,##0.00" if name.endswith("_yuan") else "0"
        mark = wording.unreported(self._figures, name) if name in wording.RESTS_ON else ""
        sheet.write_number(line, column, value, self._format(f'{form}"{mark}"' if mark else form))

    def _format(self, form: str) -> Any:
        if form not in self._formats:
            self._formats[form] = self._book.add_format({**self._font, "num_format": form})
        return self._formats[form]
