"""A sheet for each unit in the score book of a year: its rules, deductions, evidence, exemptions and repairs.

A book holds the sheets of all units of its place up to MOST_SHEETS; beyond, those of the place's own units, and the
index leads to the books of the places below, which are frozen beside it. Points are formulas on the sheet of all
deductions, so that a sheet adds up to what the totals say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from dagster_project.reports import scoring
from dagster_project.reports.annual import Scores
from dagster_project.reports.figures import Row
from dagster_project.reports.marks import change
from dagster_project.reports.sheets import Sheets, column_of
from dagster_project.reports.words import NONE, clean, place_name

INDEX, FILE = "单位目录", "annual.xlsx"
TOTALS, DEDUCTIONS, EVIDENCE, SUMMARY = "得分排名", "扣分明细", "扣分证据", "等次与地区"
RULES, MITIGATIONS, STAGES, CHANGES, NOTES = "考评办法", "免责与修复", "两阶段变化", "更正情况", "数据说明"
#: Names that no unit's sheet may have: those of the book, and one that Excel keeps for itself.
TAKEN = (TOTALS, INDEX, DEDUCTIONS, EVIDENCE, SUMMARY, RULES, MITIGATIONS, STAGES, CHANGES, NOTES, "History")
#: More sheets than a reader finds the way among, and than a book opens with at once.
MOST_SHEETS = 250
POINTS, CHANGE = "0.00", "+0.00;-0.00;0.00"
#: Excel's bound of a name, and what Excel or a link within a book takes for something else.
LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'#]")
#: The parts of a unit's sheet with their heads, and the widths of its columns.
OF_RULES = (
    "一、各规则扣分",
    ("规则", "累计上限", "扣分标准", "依据", "项数", "超上限未扣", "应扣分", "实扣分"),
)
OF_DEDUCTIONS = (
    "二、扣分项",
    ("扣分编号", "规则", "扣分情形", "编号", "发生日期", "数量", "应扣分", "实扣分", "证据", "依据"),
)
OF_EVIDENCE = ("三、扣分所依据的报送", ("扣分编号", "数据类别", "文件", "工作表", "接收日期", "行号"))
OF_MITIGATIONS = ("四、撤销、免责、修复和异议", ("计分", "记录种类", "处理结果", "编号", "发生日期"))
WIDTHS = (22, 18, 44, 34, 13, 11, 10, 10, 12, 34)


def in_book(scores: Scores, region_code: str) -> list[Row]:
    """The units that have their sheets in the book of a place, in the order of the ranking."""
    units = scores.within(scores.units, region_code)
    return units if len(units) <= MOST_SHEETS else [row for row in units if row["region_code"] == region_code]


def names(units: Iterable[Row], taken: Collection[str] = TAKEN) -> dict[str, str]:
    """A name for the sheet of each unit by its code: legal, as long as may be, and no two alike but for case."""
    used = {name.casefold() for name in taken}
    found = {}
    for unit in units:
        whole = " ".join(_FORBIDDEN.sub(" ", clean(unit["unit_name"])).split()) or "单位"
        name, number = _cut(whole), 1
        while name.casefold() in used:
            number += 1
            name = _cut(whole, f"（{number}）")
        used.add(name.casefold())
        found[unit["uscc"]] = name
    return found


def _cut(name: str, end: str = "") -> str:
    """As much of a name as fits, as Excel counts: a character beyond the first plane is two."""
    while len((name + end).encode("utf-16-le")) > 2 * LONGEST:
        name = name[:-1].rstrip()
    return name + end


class UnitSheets:
    """Writes the index and the sheets of units into one book. `names`: of the sheets in it, by the code of the unit."""

    def __init__(self, sheets: Sheets, scores: Scores, place: Row) -> None:
        code = place["region_code"]
        self._sheets, self._scores = sheets, scores
        self._all = scores.within(scores.units, code)
        self._here = in_book(scores, code)
        self.names = names(self._here)
        self._places = {row["region_code"]: place_name(row) for row in scores.places}
        deductions, evidence = scores.within(scores.deductions, code), scores.within(scores.evidence, code)
        self._deductions, self._evidence = _by_unit(deductions), _by_unit(evidence)
        self._mitigations = _by_unit(scores.within(scores.mitigations, code))
        # Columns of the sheets of all units, as formulas name them.
        self._listed, self._sheet_names = (column_of(INDEX, column, len(self._all)) for column in "BD")
        self._totals = column_of(TOTALS, "D", len(self._all))
        self._numbers, self._raw, self._applied = (
            column_of(DEDUCTIONS, column, len(deductions)) for column in ("A", "J", "K")
        )
        self._proved = column_of(EVIDENCE, "A", len(evidence))

    def link(self, sheet: Any, line: int, column: int, uscc: str) -> None:
        """A link to the sheet of the unit whose code stands in column D, or to where the index says that it is."""
        found = f"MATCH(D{line + 1},{self._listed},0)"
        if uscc in self.names:
            self._sheets.link(sheet, line, column, f'"#\'"&INDEX({self._sheet_names},{found})&"\'!A1"', "计分表")
        else:
            self._sheets.link(sheet, line, column, f"\"#'{INDEX}'!A\"&({found}+2)", "目录")

    def index(self) -> None:
        """A row for each unit in the order of the roster: which sheet of which book is its own."""
        heads = ["单位", "统一社会信用代码", "地区", "计分表", "所在文件", "打开"]
        sheet = self._sheets.sheet(INDEX, heads, [36, 22, 18, 36, 26, 10], len(self._all))
        elsewhere: dict[str, dict[str, str]] = {}
        for line, row in enumerate(sorted(self._all, key=lambda one: one["roster_no"]), start=2):
            file, name = NONE, self.names.get(row["uscc"])
            if name is None:
                own = row["region_code"]
                if own not in elsewhere:
                    elsewhere[own] = names(in_book(self._scores, own))
                file, name = f"../{own}/{FILE}", elsewhere[own][row["uscc"]]
            for column, text in enumerate((clean(row["unit_name"]), row["uscc"], self._place_of(row), name, file)):
                self._sheets.put(sheet, line, column, text)
            # The name is read from its cell: no text of a feed stands in a formula.
            book = "" if file == NONE else f"E{line + 1}&"
            self._sheets.link(sheet, line, 5, f'{book}"#\'"&D{line + 1}&"\'!A1"', "打开")

    def write(self) -> None:
        """The sheets, in the order of the ranking."""
        for unit in self._here:
            self._unit(unit)

    def _unit(self, unit: Row) -> None:
        sheets, uscc = self._sheets, unit["uscc"]
        taken, proofs = self._deductions.get(uscc, []), self._evidence.get(uscc, [])
        rules = [row for row in self._scores.rules if row["policy_id"] == unit["policy_id"]]
        title = f"{clean(unit['unit_name'])}{self._scores.period.label}政务诚信考评{self._scores.stage_word}计分表"
        sheet = sheets.page(self.names[uscc], title, WIDTHS)
        sheets.link(sheet, 1, 0, f"\"#'{TOTALS}'!C\"&(MATCH(A4,{self._totals},0)+2)", TOTALS)
        sheets.link(sheet, 1, 1, f"\"#'{INDEX}'!A\"&(MATCH(A4,{self._listed},0)+2)", INDEX)
        # Below the summary: two lines before the rules, three before the deductions.
        begin = 6 + len(rules) + 3
        rows = (begin + 1, begin + len(taken)) if taken else None
        self._summary(sheet, unit, rows)
        line = self._head(sheet, 4, *OF_RULES)
        for rule in rules:
            self._rule(sheet, line, rule, [row for row in taken if row["rule_id"] == rule["rule_id"]], rows)
            line += 1
        line = self._head(sheet, line + 1, *OF_DEDUCTIONS)
        for row in taken:
            self._deduction(sheet, line, row)
            line += 1
        line = self._end(sheet, line, taken)
        line = self._head(sheet, line, *OF_EVIDENCE)
        for row in proofs:
            sheets.number(sheet, line, 0, row["deduction_no"], "0")
            told = (scoring.feed(row["feed"]), row["file"], row["sheet"] or NONE)
            sheets.fit(sheet, line, told, WIDTHS[1:4])
            for column, text in enumerate(told, start=1):
                sheets.put(sheet, line, column, text)
            sheets.day(sheet, line, 4, row["received_on"])
            sheets.number(sheet, line, 5, row["row_no"], "0")
            line += 1
        line = self._end(sheet, line, proofs)
        milder = self._mitigations.get(uscc, [])
        line = self._head(sheet, line, *OF_MITIGATIONS)
        for row in milder:
            texts = (scoring.weight(row), scoring.record(row["kind"]), scoring.STATUSES[row["status"]])
            for column, text in enumerate((*texts, scoring.record_number(row["record_id"]))):
                sheets.put(sheet, line, column, text)
            sheets.day(sheet, line, 4, row["occurred_on"])
            line += 1
        self._end(sheet, line, milder)

    def _summary(self, sheet: Any, unit: Row, rows: tuple[int, int] | None) -> None:
        """The unit in one line. `rows`: the first and the last row of its deductions, as Excel counts."""
        sheets, mark = self._sheets, self._scores.mark
        heads = (
            "统一社会信用代码",
            "地区",
            "类别",
            "名次（同类单位数）",
            "等次",
            "基准分",
            f"扣分{mark}",
            f"得分{mark}",
        )
        sheets.heads(sheet, 2, (*heads, "较上年（分）"))
        rank = f"{unit['rank']}（{unit['peers']}）"
        texts = (unit["uscc"], self._place_of(unit), scoring.group(unit), rank, clean(unit["band"]) or NONE)
        for column, text in enumerate(texts):
            sheets.put(sheet, 3, column, text)
        sheets.number(sheet, 3, 5, unit["base"], POINTS)
        if rows:
            sheets.formula(sheet, 3, 6, f"=ROUND(SUM($H${rows[0]}:$H${rows[1]}),4)", unit["deducted"], POINTS)
        else:
            sheets.number(sheet, 3, 6, unit["deducted"], POINTS)
        sheets.formula(sheet, 3, 7, "=MAX(0,F4-G4)", unit["score"], POINTS)
        sheets.number(sheet, 3, 8, change(self._scores, unit, "score_change"), CHANGE)

    def _rule(self, sheet: Any, line: int, rule: Row, taken: Sequence[Row], rows: tuple[int, int] | None) -> None:
        """A rule and what it cost the unit, added up from the deductions below."""
        sheets, at = self._sheets, line + 1
        sheets.put(sheet, line, 0, rule["rule_id"])
        sheets.number(sheet, line, 1, None if rule["cap"] is None else Decimal(rule["cap"]), POINTS)
        told = (scoring.rule(rule), scoring.clause(rule))
        sheets.fit(sheet, line, told, WIDTHS[2:4])
        for column, text in enumerate(told, start=2):
            sheets.put(sheet, line, column, text)
        raw, applied = (sum(row[name] for row in taken) for name in ("points_raw", "points_applied"))
        if rows is None:
            for column, form in ((4, "0"), (5, POINTS), (6, POINTS), (7, POINTS)):
                sheets.number(sheet, line, column, 0, form)
            return
        # Compared as it is: the name of a rule may read as a number or a pattern.
        same = f"--EXACT($B${rows[0]}:$B${rows[1]},$A{at})"
        sheets.formula(sheet, line, 4, f"=SUMPRODUCT({same})", len(taken), "0")
        sheets.formula(sheet, line, 5, f"=ROUND(G{at}-H{at},4)", raw - applied, POINTS)
        for column, name, points in ((6, "G", raw), (7, "H", applied)):
            summed = f"=ROUND(SUMPRODUCT({same},${name}${rows[0]}:${name}${rows[1]}),4)"
            sheets.formula(sheet, line, column, summed, points, POINTS)

    def _deduction(self, sheet: Any, line: int, row: Row) -> None:
        """A deduction: its points are those of its row on the sheet of all of them."""
        sheets, at = self._sheets, line + 1
        sheets.number(sheet, line, 0, row["deduction_no"], "0")
        told = (row["rule_id"], scoring.cause(row), scoring.number(row["evidence_kind"], row["evidence_id"]))
        sheets.fit(sheet, line, (*told, scoring.clause(row)), (*WIDTHS[1:4], WIDTHS[9]))
        for column, text in enumerate(told, start=1):
            sheets.put(sheet, line, column, text)
        sheets.day(sheet, line, 4, row["occurred_on"])
        sheets.number(sheet, line, 5, row["quantity"], "0.0000")
        for column, held, points in ((6, self._raw, row["points_raw"]), (7, self._applied, row["points_applied"])):
            sheets.formula(sheet, line, column, f"=INDEX({held},MATCH($A{at},{self._numbers},0))", points, POINTS)
        if row["evidence_rows"]:
            target = f"\"#'{EVIDENCE}'!A\"&(MATCH(A{at},{self._proved},0)+2)"
            sheets.link(sheet, line, 8, target, f"{row['evidence_rows']}行")
        else:
            sheets.number(sheet, line, 8, None, "0")
        sheets.put(sheet, line, 9, scoring.clause(row))

    def _head(self, sheet: Any, line: int, title: str, heads: Sequence[str]) -> int:
        """The title and the heads of a part; the line below them."""
        self._sheets.part(sheet, line, title)
        self._sheets.heads(sheet, line + 1, heads)
        return line + 2

    def _end(self, sheet: Any, line: int, rows: Sequence[Row]) -> int:
        """The line at which the next part begins, with a word where this one has no rows."""
        if not rows:
            self._sheets.put(sheet, line, 0, "无")
        return line + (1 if rows else 2)

    def _place_of(self, row: Row) -> str:
        return self._places.get(row["region_code"]) or str(row["region_code"])


def _by_unit(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["uscc"], []).append(row)
    return found
