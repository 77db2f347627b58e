"""The pictures of a paper, as PNG and SVG, drawn by Vega-Lite without a browser or a network."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import vl_convert

from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.marks import unreported
from dagster_project.reports.words import CHANNELS, STEPS, day, percent, place_name, rounded, short_day

WIDTH, SCALE = 560, 2.0
BLUE, ORANGE, GREY, RED = "#2f6db3", "#e08a1e", "#8a8f98", "#c0392b"
#: Beyond this, bars are too thin for their names.
MOST_BARS = 40


@dataclass(frozen=True)
class Picture:
    """A picture in both forms."""

    png: bytes
    svg: str


def draw(figures: Figures, place: Row, font: str, names: Sequence[str] | None = None) -> dict[str, Picture]:
    """The pictures of these fields of a template (none given: all) that have something to show."""
    return {name: drawn(spec, font) for name, spec in specs(figures, place, names).items()}


def specs(figures: Figures, place: Row, names: Sequence[str] | None = None) -> dict[str, dict[str, Any]]:
    """What `draw` draws, as specifications of Vega-Lite, by the field of the template."""
    makers = {
        "coverage_picture": _coverage,
        "fulfilment_picture": _fulfilment,
        "timeliness_picture": _timeliness,
        "listings_picture": _listings,
        "loop_picture": _loop,
    }
    made = {name: makers[name](figures, place) for name in names or makers}
    return {name: spec for name, spec in made.items() if spec is not None}


def lettered(text: str, font: str) -> bytes:
    """A picture (PNG) of one text alone."""
    spec = {"data": {"values": [{"text": text}]}, "mark": {"type": "text", "size": 30}, "width": 40, "height": 40}
    return drawn(spec | {"encoding": {"text": {"field": "text"}}}, font).png


def _coverage(figures: Figures, place: Row) -> dict[str, Any] | None:
    """Coverage by month against the target that was in force."""
    rows = [row for row in figures.rows("trend", place["region_code"]) if row["coverage_rate"] is not None]
    if len(rows) < 2:
        return None
    months, names = _months(rows), {"coverage_rate": "承诺覆盖率", "coverage_target": "目标"}
    # A month without a target breaks its line.
    values = {
        column: [{"月份": label, "率": row[column], "图例": name} for row, label in zip(rows, months, strict=True)]
        for column, name in names.items()
        if any(row[column] is not None for row in rows)
    }
    shown = [names[column] for column in values]
    encoding = {
        "x": _by_month(),
        "y": _rate("率"),
        "color": _legend("图例", shown, [BLUE, RED], symbolType="stroke"),
        "strokeDash": {"field": "图例", "type": "nominal", "scale": {"domain": shown, "range": [[1, 0], [6, 4]]}},
    }
    # A target rises at once.
    marks = {
        "coverage_rate": {"type": "line", "point": {"size": 30}},
        "coverage_target": {"type": "line", "interpolate": "step"},
    }
    last = values["coverage_rate"][-1] | {"字": percent(values["coverage_rate"][-1]["率"])}
    return {
        "title": f"{place_name(place)}承诺覆盖率",
        "height": 220,
        "layer": [
            *(
                {"data": {"values": listed}, "mark": marks[column], "encoding": encoding}
                for column, listed in values.items()
            ),
            {
                "data": {"values": [last]},
                "mark": {"type": "text", "dy": -10, "align": "right"},
                "encoding": {"x": encoding["x"], "y": encoding["y"], "text": {"field": "字"}},
            },
        ],
    }


def _fulfilment(figures: Figures, place: Row) -> dict[str, Any] | None:
    """Fulfilment of the places straight below, the best first, with the target of the place's policy."""
    below = [row for row in figures.below(place["region_code"]) if row["fulfilment_ratio"] is not None]
    if len(below) < 2 or len(below) > MOST_BARS:
        return None
    below.sort(key=lambda row: (-row["fulfilment_ratio"], row["region_code"]))
    values = [
        {"地区": place_name(row), "率": row["fulfilment_ratio"], "字": percent(row["fulfilment_ratio"])}
        for row in below
    ]
    spec = bars(values, "地区", "率", _rate("率"))
    spec["layer"] += _rules(_targets(figures, place, ("fulfilment_ratio",)), "x")
    return {"title": f"各地兑现率{unreported(figures, 'fulfilment_ratio')}"} | spec


def _timeliness(figures: Figures, place: Row) -> dict[str, Any] | None:
    """Acceptance and resolution in time, by channel, with the targets of the place's policy."""
    rows = figures.rows("channel", place["region_code"])
    kinds = (("acceptance_rate", "按时受理率"), ("resolution_rate", "按时办结率"))
    values = [
        {"渠道": CHANNELS[row["channel"]], "率": row[column], "图例": label, "字": percent(row[column])}
        for row in rows
        for column, label in kinds
        if row[column] is not None
    ]
    if len({value["渠道"] for value in values}) < 2:
        return None
    labels = [label for _, label in kinds]
    encoding = {
        "x": {
            "field": "渠道",
            "type": "nominal",
            "sort": list(CHANNELS.values()),
            "title": None,
            "axis": {"labelAngle": 0},
        },
        "xOffset": {"field": "图例", "sort": labels},
        "y": _rate("率"),
    }
    return {
        "title": f"各渠道投诉按时受理率与按时办结率{unreported(figures, 'complaints_due')}",
        "height": 200,
        "data": {"values": values},
        "layer": [
            {"mark": "bar", "encoding": encoding | {"color": _legend("图例", labels, [BLUE, ORANGE])}},
            {"mark": {"type": "text", "dy": -9, "fontSize": 10}, "encoding": encoding | {"text": {"field": "字"}}},
            *_rules(_targets(figures, place, [column for column, _ in kinds]), "y"),
        ],
    }


def _listings(figures: Figures, place: Row) -> dict[str, Any] | None:
    """Listings at each month's end as a line, above the entries and exits of the month as bars."""
    rows = figures.rows("trend", place["region_code"])
    moves = (("listings_new", "新列入"), ("listings_exited", "退出"))
    if len(rows) < 2 or not any(row[name] for row in rows for name in ("listings_active", *dict(moves))):
        return None
    months = _months(rows, {gap["month"] for gap in figures.feeds if gap["feed"] == "dishonest_debtors"})
    stock = [{"月份": label, "数": row["listings_active"]} for row, label in zip(rows, months, strict=True)]
    moved = [
        {"月份": label, "数": row[name], "图例": word, "字": str(row[name] or "")}
        for row, label in zip(rows, months, strict=True)
        for name, word in moves
    ]
    labels = [word for _, word in moves]
    line = {"x": _by_month(labelled=False), "y": numbers("数", "月末在列（条）", whole=True)}
    encoding = {
        "x": _by_month(),
        "xOffset": {"field": "图例", "sort": labels},
        "y": numbers("数", "当月（条）", whole=True),
    }
    return {
        "title": {"text": f"{place_name(place)}失信被执行人信息在列与进出情况", "anchor": "middle"},
        "vconcat": [
            {
                "width": WIDTH,
                "height": 130,
                "data": {"values": stock},
                "layer": [
                    {"mark": {"type": "line", "color": BLUE, "point": {"size": 30, "color": BLUE}}, "encoding": line},
                    {"mark": {"type": "text", "dy": -9}, "encoding": line | {"text": {"field": "数"}}},
                ],
            },
            {
                "width": WIDTH,
                "height": 90,
                "data": {"values": moved},
                "layer": [
                    {"mark": "bar", "encoding": encoding | {"color": _legend("图例", labels, [BLUE, ORANGE])}},
                    {"mark": {"type": "text", "dy": -6}, "encoding": encoding | {"text": {"field": "字"}}},
                ],
            },
        ],
    }


def _loop(figures: Figures, place: Row) -> dict[str, Any] | None:
    """The mean days of each step of the loop, beside what stands before it."""
    rows = figures.rows("loop_step", place["region_code"])
    if not any(row["listings"] or row["waiting"] for row in rows):
        return None
    values = [
        {
            "环节": STEPS[row["stage"]],
            "天数": float(row["mean_days"] or 0),
            "条数": row["waiting"],
            "天数字": f"{rounded(row['mean_days'])}天（{row['listings']}条）" if row["listings"] else "尚无",
            "条数字": f"{row['waiting']}条（最早自{day(row['waiting_since'])}）" if row["waiting"] else "无",
        }
        for row in rows
    ]
    order = [value["环节"] for value in values]

    def panel(title: str, field: str, colour: str, room: float, labelled: bool) -> dict[str, Any]:
        y: dict[str, Any] = {
            "field": "环节",
            "type": "nominal",
            "sort": order,
            "title": None,
            "axis": {} if labelled else None,
        }
        # Room for the words at the end of the longest bar.
        top = max(value[field] for value in values) * room or 1
        x = numbers(field, "", whole=True, room=top)
        x["axis"] |= {"title": None, "grid": False}
        words = {"y": y, "x": x, "text": {"field": f"{field}字"}}
        return {
            "title": {"text": title, "fontSize": 11},
            "width": 210,
            "height": {"step": 30},
            "data": {"values": values},
            "layer": [
                {"mark": {"type": "bar", "color": colour}, "encoding": {"y": y, "x": x}},
                {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": words},
            ],
        }

    return {
        "title": {
            "text": f"失信联动各环节平均用时与停留情况（截至{short_day(figures.through_on)}）"
            f"{unreported(figures, 'listings_active')}",
            "anchor": "middle",
        },
        "hconcat": [
            panel("到本环节平均用时（天）", "天数", BLUE, 1.8, labelled=True),
            panel("停在上一环节（条）", "条数", ORANGE, 3.2, labelled=False),
        ],
    }


def bars(values: list[Row], name: str, field: str, x: dict[str, Any]) -> dict[str, Any]:
    """Lying bars in the order of their values, each with its `字` at its end."""
    encoding = {
        "y": {"field": name, "type": "nominal", "sort": [value[name] for value in values], "title": None},
        "x": x | {"field": field},
    }
    return {
        "height": {"step": 18},
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar", "color": BLUE}, "encoding": encoding},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": encoding | {"text": {"field": "字"}}},
        ],
    }


def _targets(figures: Figures, place: Row, metrics: Sequence[str]) -> list[Row]:
    """The targets of these figures, each once, with the words that stand beside its line."""
    found = {row["metric"]: row["target"] for row in figures.rows("target", place["region_code"])}
    named = {found[metric]: f"目标{percent(found[metric])}" for metric in metrics if metric in found}
    return [{"目标": target, "字": word} for target, word in named.items()]


def _rules(targets: list[Row], axis: str) -> list[dict[str, Any]]:
    """A dashed line across the bars for each target."""
    at = {axis: _rate("目标")}
    beside: dict[str, Any] = {"y": {"value": 0}} if axis == "x" else {"x": {"value": WIDTH}}
    placed: dict[str, Any] = {"dy": -7} if axis == "x" else {"align": "left", "dx": 4}
    return [
        {"data": {"values": [target]}, "mark": one, "encoding": at | extra}
        for target in targets
        for one, extra in (
            ({"type": "rule", "color": RED, "strokeDash": [6, 4]}, {}),
            ({"type": "text", "color": RED} | placed, beside | {"text": {"field": "字"}}),
        )
    ]


def _months(rows: Sequence[Row], gaps: Collection[date] = ()) -> list[str]:
    """Labels of months that sort as they follow each other: the year stands under the first month and each January."""
    labels = []
    for number, row in enumerate(rows):
        month = row["month"]
        parts = [f"{month.month}月", f"{month.year}年" if not number or month.month == 1 else ""]
        parts += ["未报" if month in gaps else ""]
        labels.append(f"{month:%Y-%m}|" + "|".join(part for part in parts if part))
    return labels


def _by_month(*, labelled: bool = True) -> dict[str, Any]:
    """An axis of months, each label in lines without the part that sorts it."""
    axis = {"labelAngle": 0, "labelExpr": "split(slice(datum.label, 8), '|')", "labels": labelled}
    return {"field": "月份", "type": "ordinal", "title": None, "axis": axis}


def numbers(field: str, title: str, *, whole: bool = False, room: float | None = None) -> dict[str, Any]:
    """An axis of numbers from 0 on, to `room` where that is given."""
    axis = {"tickCount": 4, "title": title} | ({"format": "d", "tickMinStep": 1} if whole else {})
    scale = {"domain": [0, room], "nice": False} if room else {"zero": True}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _rate(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, 1.05], "nice": False},
        "axis": {"format": ".0%", "values": [0, 0.2, 0.4, 0.6, 0.8, 1], "title": None},
    }


def _legend(field: str, labels: list[str], colours: list[str], **form: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": labels, "range": colours[: len(labels)]},
        "legend": {"title": None, "orient": "bottom", **form},
    }


def _whole(spec: dict[str, Any], font: str) -> dict[str, Any]:
    size = {} if "vconcat" in spec or "hconcat" in spec else {"width": WIDTH}
    return size | spec | {"background": "white", "padding": 10, "config": {"font": font}}


def drawn(spec: dict[str, Any], font: str) -> Picture:
    """A specification of Vega-Lite as a picture, lettered in this family."""
    svg = str(vl_convert.vegalite_to_svg(_whole(spec, font)))
    # The same pixels as from the specification, which need not be laid out again.
    return Picture(bytes(vl_convert.svg_to_png(svg, scale=SCALE)), svg)
