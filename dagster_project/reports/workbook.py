"""The tables of a report as a workbook: every place and every unit, with filters, frozen heads and native charts.

Figures are numbers; what rests on a feed that did not come carries its mark in the number's format, so that it still
adds up and never looks like a clean zero. Text of feeds stays text, also where it begins as a formula does.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from dagster_project.reports.changes import Change
from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.marks import change, unreported
from dagster_project.reports.paper import UNIT_COLUMNS, item_row, listing_row, unit_row
from dagster_project.reports.sheets import Sheets, begun
from dagster_project.reports.words import place_name

#: Columns of `region_monthly`, in the order of the sheets.
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
#: What is compared with the period before and with a year ago: the column, what it is called, its measure.
COMPARED = (
    ("coverage", "覆盖率", "百分点"),
    ("publicity", "公示率", "百分点"),
    ("fulfilment", "兑现率", "百分点"),
    ("on_time", "按期兑现率", "百分点"),
    ("commitments_overdue", "逾期承诺", "项"),
    ("complaints_received", "收到投诉", "件"),
    ("acceptance", "按时受理率", "百分点"),
    ("resolution", "按时办结率", "百分点"),
    ("satisfaction", "满意率", "百分点"),
    ("complaints_open_overdue", "逾期投诉", "件"),
    ("listings_active", "在列失信", "条"),
    ("records_new", "新增记录", "条"),
)
PLACE_CHANGES = tuple(
    (f"{name}_change{suffix}", f"{word}较{since}（{measure}）")
    for name, word, measure in COMPARED
    for suffix, since in (("", "{before}"), ("_year", "上年同期"))
)
ITEM_HEADS = (("kind", "类别"), ("unit", "责任单位"), ("number", "编号"), ("title", "事项"))
FEWEST_BARS = 2


def workbook(figures: Figures, place: Row, notes: Sequence[str], changes: Sequence[Change] | None) -> bytes:
    """The workbook of one place and all below it; the same bytes each time. `changes`: none in a first revision."""
    out = BytesIO()
    title = f"{place_name(place)}{figures.period.label}政务诚信{figures.period.what}"
    book = begun(out, title, figures.as_of)
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


class _Sheets(Sheets):
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, figures: Figures, title: str) -> None:
        super().__init__(book, title)
        self._figures = figures

    def places(self, places: list[Row]) -> None:
        """A row for each place, the first one the sum of those below."""
        label = self._figures.labels
        heads = ["行政区划代码", "地区", *(label[f"region_monthly.{name}"] for name in PLACE_COLUMNS)]
        heads += [word.format(before=self._figures.period.before) for _, word in PLACE_CHANGES]
        if self._figures.period.kind == "quarterly":
            heads.append("名次")
        sheet = self.sheet("各地指标", heads, [11, 22], len(places))
        # Too wide for one page that can be read.
        sheet.set_paper(8)
        sheet.repeat_columns(0, 1)
        sheet.fit_to_pages(2, 0)
        for line, place in enumerate(places, start=2):
            self.put(sheet, line, 0, place["region_code"])
            depth = (len(place["prefix"]) - len(places[0]["prefix"])) // 2
            self.put(sheet, line, 1, "　" * depth + place_name(place))
            for column, name in enumerate(PLACE_COLUMNS, start=2):
                self._figure(sheet, line, column, name, place[name])
            for column, (name, _) in enumerate(PLACE_CHANGES, start=2 + len(PLACE_COLUMNS)):
                self._figure(sheet, line, column, name, change(self._figures, place, name))
            if self._figures.period.kind == "quarterly":
                self._figure(sheet, line, len(heads) - 1, "rank", place["rank"])

    def charts(self, below: list[Row]) -> None:
        """Two charts of the places straight below, on a sheet with the figures that they show."""
        if len(below) < FEWEST_BARS:
            return
        shown = (("coverage_rate", "承诺覆盖率"), ("fulfilment_ratio", "兑现率"), ("resolution_rate", "按时办结率"))
        sheet = self.sheet("图表", ["地区", *(word for _, word in shown)], [22], len(below))
        for line, place in enumerate(below, start=2):
            self.put(sheet, line, 0, place_name(place))
            for column, (name, _) in enumerate(shown, start=1):
                self._figure(sheet, line, column, name, place[name])
        last = 1 + len(below)
        for number, (series, word) in enumerate((((1, 2), "承诺覆盖率与兑现率"), ((3,), "投诉按时办结率"))):
            chart = self.book.add_chart({"type": "column"})
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
        sheet = self.sheet("单位", heads, [21, 34, 16, 15], len(units))
        for line, unit in enumerate(units, start=2):
            shown = unit_row(self._figures, unit)
            texts = (unit["uscc"], shown["name"], places.get(unit["region_code"], unit["region_code"]))
            for column, text in enumerate((*texts, shown["letter"], shown["publicity"])):
                self.put(sheet, line, column, text)
            for column, name in enumerate(UNIT_COLUMNS, start=5):
                self._figure(sheet, line, column, name, unit[name])

    def items(self, name: str, rows: list[Row]) -> None:
        """A row for each thing that is owed."""
        sheet = self.sheet(
            name, [*(word for _, word in ITEM_HEADS), "期限", "逾期天数"], [14, 34, 26, 36, 14], len(rows)
        )
        for line, row in enumerate(rows, start=2):
            shown = item_row(row)
            for column, (key, _) in enumerate(ITEM_HEADS):
                self.put(sheet, line, column, shown[key])
            self.day(sheet, line, 4, row["due_on"])
            self._figure(sheet, line, 5, "days", row["days_late"])

    def listings(self, rows: list[Row]) -> None:
        """A row for each listing that was active in the month."""
        heads = ["单位", "案号", "法院", "发布日期", "预警日期", "反馈日期", "退出日期", "环节", "在列天数"]
        sheet = self.sheet("失信被执行人", heads, [34, 28, 24, 14, 14, 14, 14, 18], len(rows))
        for line, row in enumerate(rows, start=2):
            shown = listing_row(row)
            for column, key in enumerate(("unit", "case_no", "court")):
                self.put(sheet, line, column, shown[key])
            for column, key in enumerate(("published_on", "warned_on", "feedback_on", "removed_on"), start=3):
                self.day(sheet, line, column, row[key])
            self.put(sheet, line, 7, shown["stage"])
            self._figure(sheet, line, 8, "days", row["days_listed"])

    def _figure(self, sheet: Any, line: int, column: int, name: str, value: Any) -> None:
        if name.endswith(("_rate", "_ratio", "_target")):
            form = "0.0%"
        elif "_change" in name:
            form = "+0.0;-0.0;0.0" if isinstance(value, Decimal) else "+0;-0;0"
        else:
            form = "#,##0.00" if name.endswith("_yuan") else "0"
        mark = unreported(self._figures, name)
        self.number(sheet, line, column, value, f'{form}"{mark}"' if mark else form)
