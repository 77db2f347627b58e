"""The half-year report on complaints (Notice of Ganzhou, 三(二)): its fields, tables and workbook, for one place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from io import BytesIO
from typing import Any

from dagster_project.reports import wording
from dagster_project.reports.changes import Change
from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.marks import change, unreported
from dagster_project.reports.office import Office
from dagster_project.reports.paper import (
    Annex,
    annexed,
    head,
    item_row,
    numbered,
    picture_table,
    place_tree,
    shown_figures,
)
from dagster_project.reports.sheets import Sheets, begun
from dagster_project.reports.words import (
    CHANNELS,
    NONE,
    clean,
    count,
    percent,
    place_name,
    sentence,
    short_day,
    signed,
)

PICTURES = ("timeliness_picture",)
ANNEXES = ("channels", "places", "units", "late", "pictures", "changes")
#: The counts of a channel, a place and a unit that the tables show, with their heads.
COUNTS = (
    ("complaints_received", "收到"),
    ("complaints_accept_due", "应受理"),
    ("complaints_accepted_on_time", "按时受理"),
    ("complaints_due", "应办结"),
    ("complaints_resolved_on_time", "按时办结"),
    ("complaints_substantiated", "查实"),
)
RATES = (("acceptance_rate", "按时受理率"), ("resolution_rate", "按时办结率"))
OVERDUE = ("complaints_open_overdue", "逾期未办结")
PLACE_RATES = (*RATES, ("satisfaction_rate", "满意率"))
RECTIFICATIONS = (
    ("rectifications_ordered", "下达整改"),
    ("rectifications_done", "已整改"),
    ("rectifications_overdue", "整改逾期"),
)
TRANSFERS = (("transfers", "转办"),)
NO_HANDLING = dict.fromkeys((name for name, _ in (*RECTIFICATIONS, *TRANSFERS)), 0)


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
    late = annexes.get("annex_late")
    title = f"关于{name}{period.label}\n政务诚信投诉办理情况的报告"
    opening = f"现将{period.label}{name}政务诚信投诉的受理、转办、办结和整改情况报告如下。"
    said: dict[str, Any] = head(figures, place, office, title, opening, period.number, restates) | {
        "before": period.before,
        "complaints_text": wording.complaints(figures, place),
        "channels_text": channels(figures, place),
        "transfers_text": transfers(figures, place),
        "rectifications_text": rectifications(figures, place),
        "places_text": places(figures, place),
        "late_text": f"逾期未办结的投诉和逾期未完成的整改见{late.mark}，请责任单位抓紧办结并反馈我办。" if late else "",
        "notes": numbered(notes(figures, restates)),
        "annexes": list(annexes.values()),
    }
    said |= {f"annex_{key}": annexes.get(f"annex_{key}") for key in ANNEXES}
    return said | dict.fromkeys(PICTURES)


def channels(figures: Figures, place: Row) -> str:
    """How many complaints came by which channel, the one with the most first, and how timely each was handled."""
    rows = [row for row in figures.rows("handling_channel", place["region_code"]) if row["complaints_received"]]
    mark = unreported(figures, "complaints_received")
    if not rows:
        return wording.channels(figures, place) or f"{figures.period.this}没有收到投诉{mark}。"
    came = "、".join(f"{CHANNELS[row['channel']]}{row['complaints_received']}件{mark}" for row in rows)
    if len(rows) == 1:
        came = f"均来自{CHANNELS[rows[0]['channel']]}{mark}"
    return sentence(f"从来源看，{came}") + wording.channels(figures, place)


def transfers(figures: Figures, place: Row) -> str:
    """How many tickets were passed on."""
    counted, mark = _counted(figures, place["region_code"]), unreported(figures, "transfers")
    if not counted["transfers"]:
        return f"{figures.period.this}没有转办记录{mark}。"
    again, tickets, times = (counted[name] for name in ("transfers_again", "tickets_transferred", "transfers"))
    return sentence(
        f"{figures.period.this}转办投诉{tickets}件{mark}",
        f"共{times}次{mark}" if times != tickets else "",
        f"其中再次转办{again}次{mark}" if again else "",
    )


def rectifications(figures: Figures, place: Row) -> str:
    """What was found substantiated, what was ordered for it, and how that stands."""
    found, counted = place["complaints_substantiated"], _counted(figures, place["region_code"])
    this, mark = figures.period.this, unreported(figures, "complaints_received")
    if not found:
        return f"{this}办结的投诉中，没有经核查属实或部分属实的{mark}。"
    begin = f"{this}办结的投诉中，经核查属实或部分属实{found}件{mark}"
    ordered, done, late = (counted[name] for name, _ in RECTIFICATIONS)
    if not ordered:
        return sentence(begin, f"没有需要限期整改的{mark}")
    return sentence(
        begin,
        f"下达限期整改{ordered}件{mark}",
        ("已全部整改" if done == ordered else f"已整改{done}件" if done else "均未完成整改") + mark,
        f"整改逾期{late}件{mark}" if late else "",
    )


def places(figures: Figures, place: Row) -> str:
    """The places straight below by how timely they handled, the least timely first."""
    rows = [row for row in figures.below(place["region_code"]) if row["resolution_rate"] is not None]
    if len(rows) < 2:
        return ""
    rows.sort(key=lambda row: (row["resolution_rate"], row["region_code"]))
    return sentence(
        f"分地区看，按时办结率{unreported(figures, 'resolution_rate')}由低到高为"
        + "、".join(
            f"{place_name(row)}{percent(row['resolution_rate'])}（应办结{row['complaints_due']}件）" for row in rows
        )
    )


def notes(figures: Figures, restates: str | None) -> list[str]:
    """What a reader must know of the figures."""
    said = []
    if figures.is_running:
        said.append(f"{figures.period.this}尚未结束，各项数据截至{short_day(figures.through_on)}，不是整期数据。")
    if figures.as_of > figures.through_on:
        said.append(
            f"本报告以截至{figures.as_of.year}年{short_day(figures.as_of)}收到的全部报送为准，"
            f"反映{short_day(figures.through_on)}日终的状况；转办按现在的责任单位统计。"
        )
    said += wording.gap_notes(row for row in figures.feeds if row["feed"] == "complaints")
    said.append(
        "应受理、应办结按期限所在的日期计，收到的投诉与应办结的投诉不一定是同一批；比率按未舍入的数值比较，保留一位小数。"
    )
    if restates:
        said.append("本期数据更正了前一版本，更正内容见附件。")
    return said


def shown(figures: Figures) -> dict[str, Any]:
    """Every figure that the papers show of places and units, as it is shown, by region code and uscc."""
    said = shown_figures(figures)
    del said["own_places"]
    names = {name for name, _ in (*COUNTS, *PLACE_RATES, OVERDUE)} | {"complaints_excluded", "complaints_duplicate"}
    for code, row in said["places"].items():
        kept = {name: text for name, text in row["figures"].items() if name in names}
        row["figures"] = kept | {
            name: count(value) + unreported(figures, name) for name, value in _counted(figures, code).items()
        }
    said["units"] = {
        row["uscc"]: {
            "name": clean(row["unit_name"]),
            "region_code": row["region_code"],
            "figures": {name: text for name, text in _unit_row(figures, row).items() if name != "unit"},
        }
        for row in figures.handling_units
    }
    return said


def label(figures: Figures, kind: str, column: str) -> str:
    """What people call a shown figure."""
    own = dict((*RECTIFICATIONS, *TRANSFERS, ("tickets_transferred", "转办投诉"), ("transfers_again", "再次转办")))
    table = "region_monthly" if kind == "places" else "org_monthly"
    return own.get(column) or figures.labels.get(f"{table}.{column}") or column


def book(figures: Figures, place: Row, said_notes: Sequence[str], changes: Sequence[Change] | None) -> bytes:
    """The workbook of one place and all below it; the same bytes each time. `changes`: none in a first revision."""
    out = BytesIO()
    title = f"{place_name(place)}{figures.period.label}政务诚信投诉办理情况"
    sheets = _Sheets(begun(out, title, figures.as_of), title, figures)
    code = place["region_code"]
    below = figures.within(figures.places, code)
    sheets.table(
        "各地",
        "地区",
        [(place_name(row), row | _counted(figures, row["region_code"])) for row in below],
        (*COUNTS, OVERDUE, *PLACE_RATES, *TRANSFERS, *RECTIFICATIONS),
    )
    sheets.channels(figures.rows("handling_channel", code))
    units = figures.within(figures.handling_units, code)
    sheets.table("单位", "单位", [(row["unit_name"], row) for row in units], (*COUNTS, OVERDUE, *RECTIFICATIONS))
    heads = ("类别", "责任单位", "编号", "事项", "期限", "逾期天数")
    keys = ("kind", "unit", "number", "title", "due_on", "days")
    sheets.texts(
        "逾期事项", heads, ([row[key] for key in keys] for row in _late(figures, place)), (14, 34, 26, 36, 18, 10)
    )
    if changes is not None:
        changed_heads = ("对象", "指标", "原数据", "更正后")
        sheets.texts("更正情况", changed_heads, ((one.subject, one.label, one.old, one.new) for one in changes))
    sheets.texts("数据说明", ("说明",), ((note,) for note in said_notes), (110,))
    sheets.book.close()
    return out.getvalue()


class _Sheets(Sheets):
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, title: str, figures: Figures) -> None:
        super().__init__(book, title)
        self._figures = figures

    def table(self, name: str, of: str, rows: Sequence[tuple[str, Row]], columns: Sequence[tuple[str, str]]) -> Any:
        """A row for each place, unit or channel; a figure that rests on a feed that did not come carries its mark."""
        sheet = self.sheet(name, [of, *(head for _, head in columns)], [34], len(rows))
        for line, (called, row) in enumerate(rows, start=2):
            self.put(sheet, line, 0, called)
            for at, (column, _) in enumerate(columns, start=1):
                mark = unreported(self._figures, column)
                form = "0.0%" if column.endswith("_rate") else "0"
                self.number(sheet, line, at, row[column], f'{form}"{mark}"' if mark else form)
        return sheet

    def channels(self, rows: Sequence[Row]) -> None:
        """A row for each channel of the place, with a chart of its rates."""
        called = [(CHANNELS[row["channel"]], row) for row in rows]
        sheet = self.table("分渠道", "渠道", called, (*COUNTS, *RATES))
        if not rows:
            return
        chart = self.book.add_chart({"type": "column"})
        first, last = len(COUNTS) + 1, 1 + len(rows)
        for column in (first, first + 1):
            chart.add_series(
                {
                    "name": ["分渠道", 1, column],
                    "categories": ["分渠道", 2, 0, last, 0],
                    "values": ["分渠道", 2, column, last, column],
                }
            )
        chart.set_title({"name": "各渠道按时受理率与按时办结率", "name_font": {"size": 12}})
        chart.set_y_axis({"num_format": "0%", "min": 0, "max": 1})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 720, "height": 320})
        sheet.insert_chart(last + 2, 0, chart)


def _counted(figures: Figures, code: str) -> Row:
    """Transfers and rectifications of a place; zeros where there are none."""
    found = next(iter(figures.rows("handling_count", code)), {})
    return (
        NO_HANDLING
        | {"tickets_transferred": 0, "transfers_again": 0}
        | {name: value for name, value in found.items() if name != "region_code"}
    )


def _shown(figures: Figures, row: Row, columns: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {
        name: (percent(row[name]) if name.endswith("_rate") else count(row[name]))
        # What is none has a dash, which looks like no figure.
        + (unreported(figures, name) if row[name] is not None else "")
        for name, _ in columns
    }


def _unit_row(figures: Figures, row: Row) -> dict[str, str]:
    return {"unit": clean(row["unit_name"])} | _shown(figures, row, (*COUNTS, OVERDUE, *RECTIFICATIONS))


def _place_row(figures: Figures, row: Row, name: str) -> dict[str, str]:
    counted = row | _counted(figures, row["region_code"])
    changes = {
        column: signed(change(figures, row, column)) for column in ("resolution_change", "resolution_change_year")
    }
    columns = (*COUNTS, OVERDUE, *PLACE_RATES, *TRANSFERS, *RECTIFICATIONS)
    return {"name": name} | _shown(figures, counted, columns) | changes


def _late(figures: Figures, place: Row) -> list[dict[str, str]]:
    """Complaints and rectifications that are late, complaints first."""
    rows = [row for row in figures.within(figures.items, place["region_code"]) if row["standing"] == "late"]
    return [item_row(row) for kind in ("complaint", "rectification") for row in rows if row["kind"] == kind]


def _annexes(
    figures: Figures, place: Row, restates: str | None, changes: Sequence[Change], drawn: Collection[str]
) -> dict[str, Annex]:
    code = place["region_code"]
    by_channel = [
        {"channel": CHANNELS[row["channel"]]} | _shown(figures, row, (*COUNTS, *RATES))
        for row in figures.rows("handling_channel", code)
    ]
    tables: list[tuple[str, str, list[dict[str, str]]]] = [
        ("annex_channels", "分渠道办理情况表", by_channel),
        (
            "annex_places",
            "各地办理情况表",
            [_place_row(figures, row, name) for row, name in place_tree(figures, place)],
        ),
        (
            "annex_units",
            "各单位办理情况表",
            [_unit_row(figures, r) for r in figures.within(figures.handling_units, code)],
        ),
        ("annex_late", "逾期事项清单", _late(figures, place)),
        picture_table("各渠道办理时效图", drawn),
    ]
    if restates:
        none = [{"subject": "与前一版本所示数据相比无变化", "label": NONE, "old": NONE, "new": NONE}]
        tables.append(("annex_changes", "更正情况表", [vars(one) for one in changes] or none))
    return annexed(tables)
