"""The score book of a year: totals, each unit's sheet, deductions and evidence, each linked to the next.

Sums are formulas that carry the value of the marts. They and the links find their rows by code or number, not by place:
a sheet may be sorted and still adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from dagster_project.reports import scoring
from dagster_project.reports.annual import Scores
from dagster_project.reports.changes import Change
from dagster_project.reports.figures import Row
from dagster_project.reports.marks import change
from dagster_project.reports.sheets import FIRST, Sheets, begun, column_of
from dagster_project.reports.unit_sheets import (
    CHANGE,
    CHANGES,
    DEDUCTIONS,
    EVIDENCE,
    MITIGATIONS,
    NOTES,
    POINTS,
    RULES,
    STAGES,
    SUMMARY,
    TOTALS,
    UnitSheets,
)
from dagster_project.reports.words import NONE, clean, place_name


def score_book(
    scores: Scores,
    place: Row,
    notes: Sequence[str],
    changes: Sequence[Change] | None,
    stage_changes: Sequence[Change] | None,
) -> bytes:
    """The score book of one place and all below it; the same bytes each time.

    `changes`: none in a first revision; `stage_changes`: none where the other stage was not frozen before.
    """
    out = BytesIO()
    title = f"{place_name(place)}{scores.period.label}政务诚信考评{scores.stage_word}计分册"
    book = begun(out, title, scores.as_of)
    sheets = _Sheets(book, title, scores, place)
    of_units = UnitSheets(sheets, scores, place)
    totals = sheets.totals(of_units)
    of_units.index()
    sheets.deductions()
    sheets.evidence()
    sheets.summary(totals)
    code = place["region_code"]
    units = scores.within(scores.units, code)
    sheets.texts(
        RULES,
        ("办法", "规则", "扣分标准", "依据"),
        (
            (clean(row["policy_name"]), row["rule_id"], scoring.rule(row), scoring.clause(row))
            for row in scores.rules_of(units)
        ),
        (34, 16, 80, 50),
    )
    sheets.mitigations(scores.within(scores.mitigations, code))
    heads = ("对象", "项目", "原结果", "现结果")
    for name, found in ((STAGES, stage_changes), (CHANGES, changes)):
        if found is not None:
            sheets.texts(name, heads, ((one.subject, one.label, one.old, one.new) for one in found), (34, 50, 16, 16))
    sheets.texts(NOTES, ("说明",), ((note,) for note in notes), (110,))
    of_units.write()
    book.close()
    return out.getvalue()


class _Sheets(Sheets):
    """Writes the sheets of one score book."""

    def __init__(self, book: Any, title: str, scores: Scores, place: Row) -> None:
        super().__init__(book, title)
        code = place["region_code"]
        self._scores = scores
        self._place = place
        self._units = scores.within(scores.units, code)
        self._deductions = scores.within(scores.deductions, code)
        self._evidence = scores.within(scores.evidence, code)
        self._places = {row["region_code"]: place_name(row) for row in scores.places}

    def totals(self, of_units: UnitSheets) -> Any:
        """A row for each unit, the best of those that are compared first: what it lost is the sum of its deductions."""
        mark = self._scores.mark
        heads = ["名次", "同类单位数", "单位", "统一社会信用代码", "地区", "类别", "基准分", f"扣分{mark}"]
        heads += [f"得分{mark}", "等次", "较上年（分）", "扣分项", "计分表"]
        sheet = self.sheet(TOTALS, heads, [8, 10, 36, 22, 18, 14, 9, 10, 10, 10, 10, 10, 10], len(self._units))
        sheet.print_area(0, 0, 1 + max(1, len(self._units)), len(heads) - 1)
        codes, points = (column_of(DEDUCTIONS, column, len(self._deductions)) for column in "CK")
        for line, row in enumerate(self._units, start=2):
            at = line + 1
            self.number(sheet, line, 0, row["rank"], "0")
            self.number(sheet, line, 1, row["peers"], "0")
            texts = (clean(row["unit_name"]), row["uscc"], self._place_of(row), scoring.group(row))
            for column, text in enumerate(texts, start=2):
                self.put(sheet, line, column, text)
            self.number(sheet, line, 6, row["base"], POINTS)
            if row["deductions"]:
                # A code of digits alone is matched as a number, which has but 15 of them, unless it is a pattern.
                lost = f'=ROUND(SUMIFS({points},{codes},D{at}&"*"),4)'
                self.formula(sheet, line, 7, lost, row["deducted"], POINTS)
                target = f"\"#'{DEDUCTIONS}'!A\"&(MATCH(D{at},{codes},0)+{FIRST - 1})"
                self.link(sheet, line, 11, target, f"{row['deductions']}项")
            else:
                self.number(sheet, line, 7, row["deducted"], POINTS)
                self.number(sheet, line, 11, None, "0")
            self.formula(sheet, line, 8, f"=MAX(0,G{at}-H{at})", row["score"], POINTS)
            self.put(sheet, line, 9, clean(row["band"]) or NONE)
            self.number(sheet, line, 10, change(self._scores, row, "score_change"), CHANGE)
            of_units.link(sheet, line, 12, row["uscc"])
        return sheet

    def deductions(self) -> None:
        """A row for each deduction, in the order of the totals."""
        heads = ["扣分编号", "单位", "统一社会信用代码", "地区", "规则", "扣分情形", "编号", "发生日期", "数量"]
        heads += ["应扣分", "实扣分", "依据", "证据"]
        widths = [10, 34, 22, 18, 16, 24, 30, 13, 10, 10, 10, 34, 9]
        sheet = self.sheet(DEDUCTIONS, heads, widths, len(self._deductions))
        # Too wide for a page of the usual size.
        sheet.set_paper(8)
        numbers = column_of(EVIDENCE, "A", len(self._evidence))
        for line, row in enumerate(self._deductions, start=2):
            self.number(sheet, line, 0, row["deduction_no"], "0")
            number = scoring.number(row["evidence_kind"], row["evidence_id"])
            texts = (
                clean(row["unit_name"]),
                row["uscc"],
                self._place_of(row),
                row["rule_id"],
                scoring.cause(row),
                number,
            )
            for column, text in enumerate(texts, start=1):
                self.put(sheet, line, column, text)
            self.day(sheet, line, 7, row["occurred_on"])
            self.number(sheet, line, 8, row["quantity"], "0.0000")
            self.number(sheet, line, 9, row["points_raw"], POINTS)
            self.number(sheet, line, 10, row["points_applied"], POINTS)
            self.put(sheet, line, 11, scoring.clause(row))
            if row["evidence_rows"]:
                target = f"\"#'{EVIDENCE}'!A\"&(MATCH(A{line + 1},{numbers},0)+{FIRST - 1})"
                self.link(sheet, line, 12, target, f"{row['evidence_rows']}行")
            else:
                self.number(sheet, line, 12, None, "0")

    def evidence(self) -> None:
        """A row for each row of a delivery: where it is, and nothing of what it says."""
        heads = ["扣分编号", "单位", "统一社会信用代码", "数据类别", "接收日期", "文件", "工作表", "行号"]
        sheet = self.sheet(EVIDENCE, heads, [10, 34, 22, 18, 13, 50, 20, 10], len(self._evidence))
        for line, row in enumerate(self._evidence, start=2):
            self.number(sheet, line, 0, row["deduction_no"], "0")
            for column, text in enumerate((clean(row["unit_name"]), row["uscc"], scoring.feed(row["feed"])), start=1):
                self.put(sheet, line, column, text)
            self.day(sheet, line, 4, row["received_on"])
            self.put(sheet, line, 5, row["file"])
            self.put(sheet, line, 6, row["sheet"] or NONE)
            self.number(sheet, line, 7, row["row_no"], "0")

    def summary(self, totals: Any) -> None:
        """How many units have which band, the mean score of each place, and a chart of each: one beside the totals."""
        code = self._place["region_code"]
        bands = self._scores.rows("band_count", code)
        below = [row for row in self._scores.below(code) if row["mean_score"] is not None]
        heads = ["等次", "单位数", "", "地区", "单位数", f"平均得分{self._scores.mark}", "名次"]
        sheet = self.sheet(SUMMARY, heads, [14, 10, 4, 26, 10, 12, 8], 0)
        held = column_of(TOTALS, "J", len(self._units))
        for line, row in enumerate(bands, start=2):
            self.put(sheet, line, 0, clean(row["band"]))
            # Compared as it is: a name of a band may read as a condition.
            self.formula(sheet, line, 1, f"=SUMPRODUCT(--({held}=A{line + 1}))", row["units"], "0")
        for line, row in enumerate(below, start=2):
            self.put(sheet, line, 3, place_name(row))
            self.number(sheet, line, 4, row["units"], "0")
            self.number(sheet, line, 5, row["mean_score"], POINTS)
            self.number(sheet, line, 6, row["rank"], "0")
        if bands:
            totals.insert_chart(1, 14, self._chart("各等次单位数", 0, 1, len(bands), 520))
        if len(below) > 1:
            sheet.insert_chart(1, 8, self._chart("各地平均得分", 3, 5, len(below), 720))

    def mitigations(self, rows: list[Row]) -> None:
        """A row for each record that does not count whole."""
        if not rows:
            return
        heads = ["单位", "统一社会信用代码", "记录种类", "编号", "发生日期", "处理结果", "计分"]
        sheet = self.sheet(MITIGATIONS, heads, [34, 22, 20, 32, 13, 18, 12], len(rows))
        for line, row in enumerate(rows, start=2):
            kind, number = scoring.record(row["kind"]), scoring.record_number(row["record_id"])
            for column, text in enumerate((clean(row["unit_name"]), row["uscc"], kind, number)):
                self.put(sheet, line, column, text)
            self.day(sheet, line, 4, row["occurred_on"])
            self.put(sheet, line, 5, scoring.STATUSES[row["status"]])
            self.put(sheet, line, 6, scoring.weight(row))

    def _chart(self, name: str, categories: int, values: int, rows: int, width: int) -> Any:
        chart = self.book.add_chart({"type": "column"})
        last = 1 + rows
        chart.add_series(
            {
                "name": name,
                "categories": [SUMMARY, 2, categories, last, categories],
                "values": [SUMMARY, 2, values, last, values],
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": name, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        chart.set_size({"width": width, "height": 320})
        return chart

    def _place_of(self, row: Row) -> str:
        return self._places.get(row["region_code"]) or str(row["region_code"])
