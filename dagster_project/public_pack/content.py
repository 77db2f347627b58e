"""What a public pack shows: lists of the marts, and counts and rates with what must not be shown hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.personal import masked
from dagster_project.public_pack.suppress import THRESHOLD, Tree, hidden_nodes, told_by_moves
from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.marks import unreported
from dagster_project.reports.words import clean, place_name, rounded
from dagster_project.terms import RECORDS

SQL = Path(__file__).with_name("sql")
MEASURES = ("complaints_accepted", "complaints_resolved", "complaints_rectified")
#: In place of a figure that is not shown.
HIDDEN = "*"
#: A rate, and the count under it: with fewer than the threshold there, the rate is not shown.
RATES = {
    "coverage_rate": "units_in_scope",
    "publicity_rate": "units_with_letter",
    "fulfilment_ratio": "commitments_due",
}
STATUSES = {"active": "有效", "lenient": "从轻", "removed": "已退出"}
_COMPLAINTS = (
    ("complaints_accepted", "受理投诉（件）"),
    ("complaints_resolved", "办结投诉（件）"),
    ("complaints_rectified", "完成整改（件）"),
    ("complaints_mark", "投诉数据说明"),
)
#: The lists of a pack: name, title, columns with their heads.
LISTS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "regions": (
        "各地情况",
        (
            ("region_code", "行政区划代码"),
            ("region_name", "地区"),
            ("coverage_rate", "承诺覆盖率"),
            ("publicity_rate", "公开公示率"),
            ("fulfilment_ratio", "兑现率"),
            ("fulfilment_mark", "兑现数据说明"),
            *_COMPLAINTS,
        ),
    ),
    "units": (
        "单位承诺书与投诉办理",
        (
            ("region_code", "行政区划代码"),
            ("uscc", "统一社会信用代码"),
            ("unit_name", "单位"),
            ("letter", "政务诚信承诺书"),
            ("publication", "公示"),
            *_COMPLAINTS,
        ),
    ),
    "service_commitments": (
        "政务服务承诺事项",
        (
            ("region_code", "行政区划代码"),
            ("uscc", "统一社会信用代码"),
            ("unit_name", "单位"),
            ("commitment_no", "承诺编号"),
            ("title", "承诺事项"),
            ("made_on", "承诺日期"),
            ("due_on", "兑现期限"),
        ),
    ),
    "records": (
        "政务失信记录",
        (
            ("region_code", "行政区划代码"),
            ("uscc", "统一社会信用代码"),
            ("unit_name", "单位"),
            ("kind", "记录类型"),
            ("number", "案号"),
            ("occurred_on", "发生日期"),
            ("status", "状态"),
        ),
    ),
}
#: Month (2024-03) to measure to the nodes hidden in it.
Hidden = dict[str, dict[str, list[str]]]
#: Month to unit to the nodes that it is counted in: the unit that answers for it, and the regions above that one.
Placed = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Told:
    """What a pack tells of counts: which of which month it does not show, and which units it counts where."""

    hidden: Hidden
    placed: Placed


@dataclass(frozen=True)
class Content:
    """`lists`: the rows of each of `LISTS`, in order, for all regions; a count or rate that is not shown is `HIDDEN`,
    one that is none None."""

    lists: Mapping[str, list[Row]]
    told: Told


def read_content(database: Path, figures: Figures, earlier: Sequence[Told]) -> Content:
    """What the pack of a period shows, for every region that the marts have, so that packs of single regions agree.

    `figures` are those of the period and of all regions. `earlier`: what packs of the same months told before. What
    they hid stays hidden, as do sums in which a unit with a hidden count is newly, or no longer, counted: what they
    showed and this one shows would together tell it.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set enable_external_access = false")
        connection.execute("use marts")
        variables = {
            "starts_on": figures.period.starts_on,
            "through_on": figures.through_on,
            "as_of": figures.as_of,
            "month": figures.month,
        }
        for name, value in variables.items():
            connection.execute(f"set variable {name} = ?", [value])
        connection.execute(f"create temp table complaint_count as {_sql('complaint_count')}")
        units, regions = _rows(connection, "from complaint_count"), _rows(connection, _sql("region_count"))
        predecessors = _rows(connection, _sql("predecessor"))
        commitments, records = (_rows(connection, _sql(name)) for name in ("service_commitment", "public_record"))
    told = _hide(figures, units, regions, predecessors, earlier)
    counts = _counts(units, regions, told.hidden)
    complaints_mark = _mark(figures, "complaints_received")
    return Content(
        {
            "regions": [
                {
                    "region_code": place["region_code"],
                    "region_name": place_name(place),
                    **{rate: _rate(place, rate) for rate in RATES},
                    "fulfilment_mark": _mark(figures, "fulfilment_ratio"),
                    **_of(counts, place["region_code"]),
                    "complaints_mark": complaints_mark,
                }
                for place in figures.places
            ],
            "units": [
                {
                    "region_code": unit["region_code"],
                    "uscc": unit["uscc"],
                    "unit_name": clean(unit["unit_name"]),
                    "letter": "已签署" if unit["has_letter"] else None,
                    "publication": "已公示" if unit["is_published"] else None,
                    **_of(counts, unit["uscc"]),
                    "complaints_mark": complaints_mark,
                }
                for unit in figures.units
                if unit["in_scope"]
            ],
            "service_commitments": [
                row | {"unit_name": clean(row["unit_name"]), "title": masked(clean(row["title"]))}
                for row in commitments
            ],
            "records": [
                row
                | {
                    "unit_name": clean(row["unit_name"]),
                    "kind": RECORDS[row["kind"]],
                    "status": STATUSES[row["status"]],
                }
                for row in records
            ],
        },
        told,
    )


def _hide(
    figures: Figures, units: list[Row], regions: list[Row], predecessors: list[Row], earlier: Sequence[Told]
) -> Told:
    """Each month and measure is a tree of its own: provinces, cities, counties, units."""
    above = {place["region_code"]: place["parent_code"] for place in figures.places}
    told = Told({}, {})
    for month in sorted({row["month"] for row in regions}):
        places = [row for row in regions if row["month"] == month]
        codes = {row["region_code"] for row in places}
        leaves = [row for row in units if row["month"] == month]
        # By codes, a region stands before those below it.
        parents: dict[str, str | None] = {
            code: parent if (parent := above.get(code)) in codes else None for code in sorted(codes)
        }
        parents |= {row["uscc"]: row["region_code"] for row in leaves}
        vacant = codes.difference(parent for parent in parents.values() if parent is not None)
        key = f"{month:%Y-%m}"
        answering = {row["uscc"]: row["uscc"] for row in leaves}
        answering |= {row["uscc"]: row["answerable_uscc"] for row in predecessors if row["month"] == month}
        placed = {unit: _path(parents, leaf) for unit, leaf in sorted(answering.items())}
        told.placed[key], told.hidden[key] = placed, {}
        for measure in MEASURES:
            values = {row["region_code"]: row[measure] for row in places}
            values |= {row["uscc"]: row[measure] for row in leaves}
            tree = Tree(parents, values, vacant)
            before = [(pack.placed[key], pack.hidden[key].get(measure, [])) for pack in earlier if key in pack.placed]
            forced = {node for pack in earlier for node in pack.hidden.get(key, {}).get(measure, [])}
            told.hidden[key][measure] = sorted(_closed(tree, forced, placed, before))
    return told


def _closed(
    tree: Tree,
    forced: set[str],
    placed: Mapping[str, list[str]],
    before: Sequence[tuple[dict[str, list[str]], list[str]]],
) -> set[str]:
    """What is hidden of one month and measure; `before`: where packs counted the units and what they hid."""
    small = {node for node, value in tree.values.items() if value < THRESHOLD}
    # What units that moved would tell comes first, as it covers others too; then what is hidden to cover them, of which
    # units may have moved as well.
    closed = small | forced
    while True:
        forced = forced.union(*(told_by_moves(placed, closed, *pack) for pack in before))
        hidden = hidden_nodes(tree, forced)
        if hidden == closed:
            return hidden
        closed = hidden


def _path(parents: Mapping[str, str | None], leaf: str) -> list[str]:
    """A node and all above it."""
    found, at = [leaf], parents[leaf]
    while at is not None:
        found.append(at)
        at = parents[at]
    return found


def _counts(units: list[Row], regions: list[Row], hidden: Hidden) -> dict[str, dict[str, int | str]]:
    """The counts of the period by region code and uscc: of several months the sum, shown only where each of them is, so
    that a quarter tells nothing that its months do not."""
    found: dict[str, dict[str, int | str]] = {}
    closed = {(month, what, node) for month, by in hidden.items() for what, nodes in by.items() for node in nodes}
    for row in [*regions, *units]:
        node, month = row.get("uscc", row["region_code"]), f"{row['month']:%Y-%m}"
        sums = found.setdefault(node, dict.fromkeys(MEASURES, 0))
        for measure in MEASURES:
            so_far = sums[measure]
            is_shown = isinstance(so_far, int) and (month, measure, node) not in closed
            sums[measure] = so_far + row[measure] if is_shown else HIDDEN
    return found


def _of(counts: dict[str, dict[str, int | str]], node: str) -> dict[str, int | str]:
    return counts.get(node) or dict.fromkeys(MEASURES, HIDDEN)


def _rate(place: Row, rate: str) -> Decimal | str:
    """As percent has one decimal (rules.md), and no more: from an exact rate its counts could be guessed."""
    if place[RATES[rate]] < THRESHOLD or place[rate] is None:
        return HIDDEN
    return rounded(Decimal(repr(place[rate])), 3)


def _mark(figures: Figures, figure: str) -> str | None:
    return unreported(figures, figure).strip("（）") or None


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def months_of(starts_on: date, months: int) -> list[str]:
    """The keys of the months of a period, as 2024-03."""
    return [f"{starts_on.year}-{starts_on.month + number:02}" for number in range(months)]
