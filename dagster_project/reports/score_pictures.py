"""The pictures of the annual report: units by band, points lost by cause, the mean scores of the places below."""

from __future__ import annotations

from typing import Any

from dagster_project.reports import scoring
from dagster_project.reports.annual import Scores
from dagster_project.reports.figures import Row
from dagster_project.reports.pictures import BLUE, MOST_BARS, Picture, bars, drawn, numbers
from dagster_project.reports.words import clean, place_name


def draw(scores: Scores, place: Row, font: str) -> dict[str, Picture]:
    """The pictures by the field of the template; only those that have something to show."""
    return {name: drawn(spec, font) for name, spec in specs(scores, place).items()}


def specs(scores: Scores, place: Row) -> dict[str, dict[str, Any]]:
    """What `draw` draws, as specifications of Vega-Lite, by the field of the template."""
    makers = {"bands_picture": _bands, "causes_picture": _causes, "places_picture": _places}
    made = {name: make(scores, place) for name, make in makers.items()}
    return {name: spec for name, spec in made.items() if spec is not None}


def _bands(scores: Scores, place: Row) -> dict[str, Any] | None:
    """How many units have each band, the best band first; a band of which there are none has its place."""
    rows = scores.rows("band_count", place["region_code"])
    if len(rows) < 2 or not any(row["units"] for row in rows):
        return None
    values = [{"等次": clean(row["band"]), "数": row["units"], "字": f"{row['units']}个"} for row in rows]
    x = {"field": "等次", "type": "nominal", "sort": [value["等次"] for value in values], "title": None}
    encoding = {"x": x | {"axis": {"labelAngle": 0}}, "y": numbers("数", "单位数（个）", whole=True)}
    return {
        "title": f"各等次单位数{scores.mark}",
        "height": 180,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar", "color": BLUE, "width": {"band": 0.5}}, "encoding": encoding},
            {"mark": {"type": "text", "dy": -8}, "encoding": encoding | {"text": {"field": "字"}}},
        ],
    }


def _causes(scores: Scores, place: Row) -> dict[str, Any] | None:
    """Points lost by cause, the dearest first, with the units that it cost them."""
    rows = [row for row in scores.rows("deduction_cause", place["region_code"]) if row["points_applied"]]
    if len(rows) < 2:
        return None
    values = [
        {
            "情形": scoring.cause(row),
            "分": float(row["points_applied"]),
            "字": f"{scoring.score(row['points_applied'])}分（{row['units']}个单位）",
        }
        for row in rows[:MOST_BARS]
    ]
    # Room for the words at the end of the longest bar.
    x = numbers("分", "扣分（分）", room=1.35 * float(rows[0]["points_applied"]))
    return {"title": f"扣分按情形分{scores.mark}"} | bars(values, "情形", "分", x)


def _places(scores: Scores, place: Row) -> dict[str, Any] | None:
    """The mean scores of the places straight below, the highest first."""
    rows = [row for row in scores.below(place["region_code"]) if row["mean_score"] is not None]
    if len(rows) < 2 or len(rows) > MOST_BARS:
        return None
    rows.sort(key=lambda row: (row["rank"], row["region_code"]))
    values = [
        {"地区": place_name(row), "分": float(row["mean_score"]), "字": scoring.score(row["mean_score"])}
        for row in rows
    ]
    x = numbers("分", "平均得分（分）", room=1.1 * float(rows[0]["mean_score"]))
    return {"title": f"各地平均得分{scores.mark}"} | bars(values, "地区", "分", x)
