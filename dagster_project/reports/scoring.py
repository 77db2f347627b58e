"""What papers call rules, causes and points: the words of an annual assessment."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from dagster_project import contracts
from dagster_project.reports.figures import Row
from dagster_project.reports.words import NONE, clean, rounded
from dagster_project.terms import ITEMS, METRICS, RECORDS

STATUSES = {
    "revoked": "撤销",
    "exempt": "容错免责",
    "repaired": "信用修复",
    "lenient": "从轻处理",
    "under_objection": "异议处理中",
}
CAUSES = {
    "missing_letter": "逾期未签署承诺书",
    "incomplete_letter": "承诺书不齐全",
    "unpublished_letter": "承诺书逾期未公示",
    "missing_inventory": "季度梳理清单逾期未报",
}
LEVELS = {"province": "省级", "city": "市级", "county": "县级", "township": "乡级"}
TYPES = {
    "government": "政府",
    "department": "部门",
    "institution": "事业单位",
    "township": "乡镇（街道）",
    "enterprise": "国有企业",
    "other": "其他单位",
}
#: Records end in the unit of their row, so that one case about two units is two records.
OF_A_UNIT = ("judgment", "listing")


def score(value: Decimal | None) -> str:
    """Points with two decimals (rules.md)."""
    return NONE if value is None else str(rounded(value, 2))


def change(value: Decimal | None) -> str:
    """A difference of points in a table."""
    if value is None:
        return NONE
    shown = rounded(value, 2)
    return f"{shown:+}" if shown else "0.00"


def group(unit: Row) -> str:
    """With whom a unit is compared: its level and its type, as 市级部门."""
    kind = TYPES.get(unit["org_type"], "其他单位")
    return kind if unit["org_type"] == unit["level"] else LEVELS.get(unit["level"], "") + kind


def cause(row: Row) -> str:
    """What a deduction is for: `cause` and `subject` of deduction.sql."""
    subject = row["subject"]
    if row["cause"] == "record":
        return record(subject)
    if row["cause"] == "shortfall":
        return f"{METRICS.get(subject, subject)}未达标"
    if row["cause"] == "per_overdue":
        return ITEMS.get(subject, "逾期事项")
    return CAUSES.get(row["cause"], "其他")


def record(kind: str | None) -> str:
    """A kind of record."""
    return RECORDS.get(kind or "", "政务失信记录")


def number(kind: str, evidence_id: str) -> str:
    """The number by which people know a piece of evidence, or a dash where it has none of its own."""
    if kind in ("record", "rectification"):
        return record_number(evidence_id)
    if kind == "inventory":
        return f"{evidence_id[:4]}年第{'一二三四'[int(evidence_id[-1]) - 1]}季度"
    return clean(evidence_id) if kind in ("commitment", "complaint") else NONE


def record_number(record_id: str) -> str:
    """The number of a case, decision or ticket in the identifier of a record."""
    kind, _, key = record_id.partition(":")
    return clean(key.rpartition(":")[0] if kind in OF_A_UNIT else key)


def rule(row: Row) -> str:
    """A rule with its parameters, as a sentence of the assessment's method."""
    said = _condition(row)
    if row["cap"] is not None:
        said += f"，累计不超过{_plain(row['cap'])}分"
    return said + "。"


def clause(row: Row) -> str:
    """Where the numbers of a rule come from."""
    said = clean(row["set_by"])
    return "信用办设定" if said in ("", "office") else said


def weight(row: Row) -> str:
    """At what share a record counts."""
    if row["weight"] == 0:
        return "不计"
    return "全额计" if row["weight"] == 1 else f"按{_plain(str(row['weight'] * 100))}%计"


@cache
def feed(name: str) -> str:
    """What people call a kind of delivery."""
    return contracts.load()[name].label


def _condition(row: Row) -> str:
    points = _plain(row["points"])
    if row["type"] in ("per_record", "percent_per_record"):
        kinds = "、".join(record(kind) for kind in (row["kinds"] or "").split(","))
        cost = f"基准分的{_plain(row['percent'])}%" if row["type"] == "percent_per_record" else f"{points}分"
        return f"政务失信记录（{kinds}）每条扣{cost}，按记录所计权重折算"
    if row["type"] == "shortfall":
        target = f"{_plain(str(Decimal(row['target']) * 100))}%"
        return f"{METRICS.get(row['metric'], row['metric'])}低于{target}的，按所差比例扣分，全部未达到的扣{points}分"
    if row["type"] == "per_overdue":
        return f"{ITEMS.get(row['item'], '逾期事项')}的，每项扣{points}分"
    each = "每季度" if row["type"] == "missing_inventory" else ""
    return f"{CAUSES.get(row['type'], row['type'])}的，{each}扣{points}分"


def _plain(text: str | None) -> str:
    """A number of a policy without needless zeros."""
    return NONE if text is None else f"{Decimal(text).normalize():f}"
