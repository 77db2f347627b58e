"""What the fields of a template are filled with: sentences, tables and names, for one place.

`docs/reports.md` lists the fields for whoever edits a template.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from dagster_project.personal import masked
from dagster_project.reports import ranking, wording
from dagster_project.reports.changes import Change
from dagster_project.reports.figures import Figures, PlaceFigures, Row
from dagster_project.reports.marks import change, unreported
from dagster_project.reports.office import Office
from dagster_project.reports.words import (
    CHANNELS,
    KINDS,
    NONE,
    STAGES,
    STATES,
    clean,
    count,
    day,
    percent,
    place_name,
    short_day,
    signed,
    wan,
)

#: The pictures of a paper by the name of their field.
PICTURES = ("coverage_picture", "fulfilment_picture", "timeliness_picture", "listings_picture", "loop_picture")
ANNEXES = ("places", "late", "next", "listings", "units", "pictures", "changes")
#: What is shown of places and units besides columns that the marts label.
OTHER_LABELS = {
    "letter": "承诺书",
    "publicity": "公示",
    "rank": "名次",
    "coverage_change": "覆盖率较上期（百分点）",
    "fulfilment_change": "兑现率较上期（百分点）",
    "resolution_change": "按时办结率较上期（百分点）",
}
#: Columns of `org_monthly`, in the order of the electronic table.
UNIT_COLUMNS = (
    *("commitments_made", "commitments_due", "commitments_fulfilled", "commitments_on_time", "commitments_overdue"),
    *("complaints_received", "complaints_due", "complaints_resolved_on_time", "complaints_open_overdue"),
    *("complaints_substantiated", "listings_active", "listings_new", "listings_exited", "judgments_lost"),
    "records_new",
)
#: Where a title breaks is chosen, not left to chance.
TITLES = {
    "monthly": "{name}{period}\n政务诚信履约月调度情况通报",
    "quarterly": "关于{name}{period}\n政务诚信履约情况的通报",
}
#: More rows than a reader of a printed table takes in; the workbook has all.
MOST_ROWS = 400


@dataclass(frozen=True)
class Annex:
    """One annex: `mark` stands above it, `listed` in the list at the end of the text."""

    mark: str
    listed: str
    title: str
    rows: list[dict[str, str]]


def head(
    figures: PlaceFigures, place: Row, office: Office, title: str, opening: str, number: int, restates: str | None
) -> dict[str, Any]:
    """The fields that every paper begins and ends with; `number`: that of the document in its year."""
    period = figures.period
    running = f"（截至{short_day(figures.through_on)}）" if figures.is_running else ""
    again = "（更正）" if restates else ""
    return {
        "region_name": place_name(place),
        "region_code": place["region_code"],
        "period_label": period.label,
        "title": f"{title}{running}{again}",
        "issuer": office.issuer(place),
        "document_no": f"{office.document_word(place, period.kind)}〔{period.starts_on.year}〕{number}号",
        "recipients": office.recipients(place),
        "opening": opening,
        "date_line": day(figures.as_of),
    }


def fields(
    figures: Figures,
    place: Row,
    office: Office,
    restates: str | None = None,
    changes: Sequence[Change] = (),
    drawn: Collection[str] = (),
) -> dict[str, Any]:
    """The fields of the paper of one place. Pictures are none until they are filled; `drawn`: which will be."""
    name, period = place_name(place), figures.period
    annexes = _annexes(figures, place, restates, changes, drawn)
    marks = {key: annex.mark for key, annex in annexes.items()}
    title = TITLES[period.kind].format(name=name, period=period.label)
    opening = f"现将{period.label}{name}政务诚信履约情况通报如下。"
    said: dict[str, Any] = head(figures, place, office, title, opening, period.number, restates) | {
        "letters_text": wording.letters(figures, place),
        "publicity_text": wording.publicity(figures, place),
        "late_paragraphs": wording.late_letters(figures, place),
        "ranking_paragraphs": ranking.ranking(figures, place),
        "praise_text": ranking.praise(figures, place),
        "commitments_text": wording.commitments(figures, place),
        "complaints_text": wording.complaints(figures, place),
        "channels_text": wording.channels(figures, place),
        "listings_text": wording.listings(figures, place),
        "records_text": wording.records(figures, place),
        "late_text": wording.owed(figures, place, "late", marks.get("annex_late", "")),
        "next_text": wording.owed(figures, place, "next", marks.get("annex_next", "")),
        "closing_text": wording.closing(marks),
        "notes": numbered(wording.notes(figures, place, restates)),
        "annexes": list(annexes.values()),
        "figures": _indicators(figures, place),
    }
    said |= {f"annex_{key}": annexes.get(f"annex_{key}") for key in ANNEXES}
    said["headings"] = _headings(said)
    return said | dict.fromkeys(PICTURES)


def numbered(lines: list[str]) -> list[str]:
    """Lines with their numbers, where there are several."""
    return [f"{number}．{line}" for number, line in enumerate(lines, 1)] if len(lines) > 1 else lines


def _headings(said: dict[str, Any]) -> dict[str, str]:
    """The Chinese number of each part of the circular, those that have nothing to say left out."""
    there = {
        "overall": True,
        "ranking": bool(said["ranking_paragraphs"]),
        "naming": bool(said["praise_text"] or said["late_paragraphs"]),
        "owed": True,
        "notes": True,
    }
    numbers = iter("一二三四五")
    return {part: next(numbers) if is_there else "" for part, is_there in there.items()}


def place_rows(figures: Figures, place: Row) -> list[dict[str, str]]:
    """The table of places: the place itself, its own units, then every place below it, each as it is shown."""
    rows = [_indicators(figures, place) | {"name": place_name(place)}]
    if figures.below(place["region_code"]):
        # It is ranked among others than those below it.
        rows[0]["rank"] = NONE
    own = figures.own(place["region_code"])
    if own:
        rows.append(_indicators(figures, own) | {"name": "　" + own_name(place)})
    rows += [_indicators(figures, row) | {"name": name} for row, name in place_tree(figures, place)[1:]]
    return rows


def place_tree(figures: Figures, place: Row) -> list[tuple[Row, str]]:
    """A place and every place below it, each with its name set in as deep as it stands."""
    rows = [(place, place_name(place))]
    for child in figures.below(place["region_code"]):
        rows.append((child, "　" + place_name(child)))
        rows += [(below, "　　" + place_name(below)) for below in figures.below(child["region_code"])]
    return rows


def shown_figures(figures: Figures) -> dict[str, Any]:
    """Every figure that the papers show of places and units, as it is shown, by region code and uscc.

    `own_places`: the units of exactly the code of a place that has places below it.
    """
    return {
        "places": {
            place["region_code"]: _said_of(figures, place, place_name(place), place["region_code"])
            for place in figures.places
        },
        "own_places": {
            own["region_code"]: _said_of(figures, own, own_name(figures.place(own["region_code"])), own["region_code"])
            for own in figures.own_places
        },
        "units": {
            unit["uscc"]: {
                "name": clean(unit["unit_name"]),
                "region_code": unit["region_code"],
                "figures": {name: text for name, text in unit_row(figures, unit).items() if name != "name"}
                | {name: count(unit[name]) + unreported(figures, name) for name in UNIT_COLUMNS},
            }
            for unit in figures.units
        },
    }


def _said_of(figures: Figures, row: Row, name: str, region_code: str) -> dict[str, Any]:
    """What figures.json holds of a place."""
    return {
        "name": name,
        "region_code": region_code,
        "figures": {
            column: text
            for column, text in _indicators(figures, row).items()
            if f"region_monthly.{column}" in figures.labels or (column in OTHER_LABELS and text != NONE)
        },
    }


def own_name(place: Row) -> str:
    """What the units of exactly a place's code are called together: 市本级."""
    return wording.whole(place).removeprefix("全") + "本级"


def unit_row(figures: Figures, unit: Row) -> dict[str, str]:
    """A unit as it is shown."""
    letter = "逾期未签署" if unit["is_late"] else "未签署"
    if unit["has_letter"]:
        letter = "已签署" if unit["letter_complete"] else "已签署（不齐全）"
    if not unit["in_scope"]:
        letter = "不在范围"
    return {
        "name": clean(unit["unit_name"]),
        "letter": letter,
        "publicity": ("已公示" if unit["is_published"] else "未公示") if unit["has_letter"] else NONE,
    } | {
        name: count(unit[name]) + unreported(figures, name)
        for name in (
            "commitments_due",
            "commitments_fulfilled",
            "commitments_overdue",
            "complaints_received",
            "complaints_open_overdue",
            "listings_active",
            "records_new",
        )
    }


def item_row(row: Row) -> dict[str, str]:
    """A thing that is owed, as it is shown."""
    title = CHANNELS.get(row["title"], "") if row["kind"] == "complaint" else masked(clean(row["title"]))
    if row["kind"] == "complaint":
        title = f"{title}转来的投诉" if title else "投诉"
    elif row["kind"] == "rectification":
        title = "投诉核查属实后的整改" if row["number"].startswith("complaints:") else "下达的整改事项"
    elif row["kind"] == "inventory":
        title = _quarter(title)
    if row["state"] in ("breached", "contradicted"):
        title += f"（{STATES[row['state']]}）"
    return {
        "kind": KINDS[row["kind"]],
        "unit": clean(row["unit_name"]),
        "number": clean(row["number"]).rpartition(":")[2],
        "title": title or NONE,
        "due_on": day(row["due_on"]),
        "days": count(row["days_late"]),
    }


def listing_row(row: Row) -> dict[str, str]:
    """A listing as it is shown."""
    return {
        "unit": clean(row["unit_name"]),
        "case_no": clean(row["case_no"]),
        "court": clean(row["court"]) or NONE,
        "published_on": day(row["published_on"]),
        "stage": STAGES[row["stage"]],
        "days": count(row["days_listed"]),
    }


def _indicators(figures: Figures, row: Row) -> dict[str, str]:
    """The figures of a place as they are shown, by the names of their columns."""
    shown = {}
    for name, value in row.items():
        # What is none has a dash, which looks like no figure.
        mark = unreported(figures, name) if value is not None else ""
        if name.endswith(("_rate", "_ratio", "_target")):
            shown[name] = percent(value) + mark
        elif name.endswith("_yuan"):
            shown[name] = wan(value) + mark
        elif isinstance(value, int) and not isinstance(value, bool):
            shown[name] = count(change(figures, row, name)) if "_change" in name else count(value) + mark
    shown.setdefault("rank", NONE)
    for name in ("coverage_change", "fulfilment_change", "resolution_change"):
        shown[name] = signed(change(figures, row, name))
    return shown


def _annexes(
    figures: Figures, place: Row, restates: str | None, changes: Sequence[Change], drawn: Collection[str]
) -> dict[str, Annex]:
    """The annexes that hold something, numbered in their order."""
    code = place["region_code"]
    order = list(KINDS)
    items = sorted(figures.within(figures.items, code), key=lambda row: order.index(row["kind"]))
    own_units = [row for row in figures.units if row["region_code"] == code]
    tables: list[tuple[str, str, list[dict[str, str]]]] = [
        ("annex_places", "各地主要指标情况表", place_rows(figures, place)),
        ("annex_late", "逾期事项清单", _late_rows(items)),
        ("annex_next", "近期到期事项清单", _next_rows(items)),
        ("annex_listings", "失信被执行人情况表", [listing_row(row) for row in figures.within(figures.listings, code)]),
        ("annex_units", "单位情况表", [unit_row(figures, row) for row in own_units]),
    ]
    if figures.below(code):
        tables[4] = ("annex_units", f"{own_name(place)}单位情况表", tables[4][2])
    tables.append(picture_table("主要指标图", drawn))
    if restates:
        listed = [vars(one) for one in changes]
        none = [{"subject": "与前一版本所示数据相比无变化", "label": NONE, "old": NONE, "new": NONE}]
        tables.append(("annex_changes", "更正情况表", listed or none))
    return annexed(tables)


def picture_table(title: str, drawn: Collection[str]) -> tuple[str, str, list[dict[str, str]]]:
    """The annex of the pictures, for `annexed`: a row for each, with its field."""
    return "annex_pictures", title, [{"picture": name} for name in sorted(drawn)]


def annexed(tables: Sequence[tuple[str, str, list[dict[str, str]]]]) -> dict[str, Annex]:
    """Tables by field, title and rows as annexes, numbered in their order; those without rows are left out."""
    made: dict[str, Annex] = {}
    held = [table for table in tables if table[2]]
    for number, (key, title, rows) in enumerate(held, 1):
        mark = f"附件{number}" if len(held) > 1 else "附件"
        begin = "附件：" if number == 1 else "　　　"
        listed_as = f"{begin}{number}．{title}" if len(held) > 1 else f"附件：{title}"
        if len(rows) > MOST_ROWS:
            title += f"（前{MOST_ROWS}项，全部{len(rows)}项见电子表格）"
        made[key] = Annex(mark, listed_as, title, rows[:MOST_ROWS])
    return made


def _late_rows(items: list[Row]) -> list[dict[str, str]]:
    """What is late; the inventories that a unit owes in one line, from the oldest on."""
    rows: list[dict[str, str]] = []
    inventories: dict[str, dict[str, str]] = {}
    for row in items:
        if row["standing"] != "late":
            continue
        shown = item_row(row)
        first = inventories.get(row["uscc"]) if row["kind"] == "inventory" else None
        if first is None:
            rows.append(shown)
            if row["kind"] == "inventory":
                inventories[row["uscc"]] = shown
        else:
            first["number"] += f"、{shown['number']}"
            first["title"] = "季度梳理清单"
    return rows


def _next_rows(items: list[Row]) -> list[dict[str, str]]:
    """What falls due next; inventories, which every unit owes on the same day, in one line."""
    rows = [item_row(row) for row in items if row["standing"] == "next" and row["kind"] != "inventory"]
    by_day: dict[tuple[str, str], set[str]] = {}
    for row in items:
        if row["standing"] == "next" and row["kind"] == "inventory":
            by_day.setdefault((day(row["due_on"]), clean(row["title"])), set()).add(row["uscc"])
    return rows + [
        {
            "kind": KINDS["inventory"],
            "unit": f"尚未报送的{len(units)}个单位",
            "number": quarter,
            "title": _quarter(quarter),
            "due_on": due_on,
            "days": NONE,
        }
        for (due_on, quarter), units in sorted(by_day.items())
    ]


def _quarter(quarter: str) -> str:
    return f"{quarter[:4]}年第{'一二三四'[int(quarter[-1]) - 1]}季度梳理清单"
