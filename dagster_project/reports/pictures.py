"""The pictures of a paper, as PNG and SVG, drawn by Vega-Lite without a browser or a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import vl_convert

from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.words import CHANNELS, percent, place_name, short_month

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
    makers = {
        "coverage_picture": _coverage,
        "fulfilment_picture": _fulfilment,
        "timeliness_picture": _timeliness,
    }
    specs = {name: makers[name](figures, place) for name in names or makers}
    return {name: _drawn(spec, font) for name, spec in specs.items() if spec is not None}


def lettered(text: str, font: str) -> bytes:
    """A picture (PNG) of one text alone."""
    spec = {"data": {"values": [{"text": text}]}, "mark": {"type": "text", "size": 30}, "width": 40, "height": 40}
    return _png(spec | {"encoding": {"text": {"field": "text"}}}, font)


def _coverage(figures: Figures, place: Row) -> dict[str, Any] | None:
    """Coverage by month against the target that was in force."""
    rows = [row for row in figures.rows("trend", place["region_code"]) if row["coverage_rate"] is not None]
    if len(rows) < 2:
        return None
    values = [
        {"月份": short_month(row["month"]), "率": row[column], "图例": label, "序": row["month"].isoformat()}
        for column, label in (("coverage_rate", "承诺覆盖率"), ("coverage_target", "目标"))
        for row in rows
        if row[column] is not None
    ]
    shown = [label for label in ("承诺覆盖率", "目标") if any(value["图例"] == label for value in values)]
    encoding = {
        "x": {"field": "月份", "type": "ordinal", "sort": {"field": "序"}, "title": None, "axis": {"labelAngle": -40}},
        "y": _rate("率"),
        "color": _legend("图例", shown, [BLUE, RED]),
        "strokeDash": {"field": "图例", "type": "nominal", "scale": {"domain": shown, "range": [[1, 0], [6, 4]]}},
    }
    last = [value | {"字": percent(value["率"])} for value in values if value["图例"] == shown[0]][-1:]
    return {
        "title": f"{place_name(place)}承诺覆盖率",
        "height": 220,
        "layer": [
            {"data": {"values": values}, "mark": {"type": "line", "point": {"size": 30}}, "encoding": encoding},
            {
                "data": {"values": last},
                "mark": {"type": "text", "dy": -10, "align": "right"},
                "encoding": {"x": encoding["x"], "y": encoding["y"], "text": {"field": "字"}},
            },
        ],
    }


def _fulfilment(figures: Figures, place: Row) -> dict[str, Any] | None:
    """Fulfilment of the places straight below, the best first."""
    below = [row for row in figures.below(place["region_code"]) if row["fulfilment_ratio"] is not None]
    if len(below) < 2 or len(below) > MOST_BARS:
        return None
    below.sort(key=lambda row: (-row["fulfilment_ratio"], row["region_code"]))
    values = [
        {"地区": place_name(row), "率": row["fulfilment_ratio"], "字": percent(row["fulfilment_ratio"]), "序": number}
        for number, row in enumerate(below)
    ]
    y = {"field": "地区", "type": "nominal", "sort": {"field": "序"}, "title": None}
    bars = {"y": y, "x": _rate("率")}
    return {
        "title": "各地承诺兑现率",
        "height": {"step": 18},
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar", "color": BLUE}, "encoding": bars},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": bars | {"text": {"field": "字"}}},
        ],
    }


def _timeliness(figures: Figures, place: Row) -> dict[str, Any] | None:
    """Acceptance and resolution in time, by channel."""
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
    bars = {
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
        "title": "各渠道投诉按时受理率与按时办结率",
        "height": 200,
        "data": {"values": values},
        "layer": [
            {"mark": "bar", "encoding": bars | {"color": _legend("图例", labels, [BLUE, ORANGE])}},
            {"mark": {"type": "text", "dy": -6, "fontSize": 10}, "encoding": bars | {"text": {"field": "字"}}},
        ],
    }


def _rate(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, 1.05], "nice": False},
        "axis": {"format": ".0%", "values": [0, 0.2, 0.4, 0.6, 0.8, 1], "title": None},
    }


def _legend(field: str, labels: list[str], colours: list[str]) -> dict[str, Any]:
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": labels, "range": colours[: len(labels)]},
        "legend": {"title": None, "orient": "bottom"},
    }


def _whole(spec: dict[str, Any], font: str) -> dict[str, Any]:
    return {"width": WIDTH} | spec | {"background": "white", "padding": 10, "config": {"font": font}}


def _png(spec: dict[str, Any], font: str) -> bytes:
    return bytes(vl_convert.vegalite_to_png(_whole(spec, font), scale=SCALE))


def _drawn(spec: dict[str, Any], font: str) -> Picture:
    return Picture(_png(spec, font), str(vl_convert.vegalite_to_svg(_whole(spec, font))))
