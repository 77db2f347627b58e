"""How a figure of a paper is marked and compared: what it rests on, how it changed, and its target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dagster_project.reports.figures import Figures, PlaceFigures, Row
from dagster_project.reports.words import FEEDS, compared, more_or_less, percent, points, rounded

LAST_YEAR = "上年同期"
_PROMISED = {"commitments": "year"}
#: A fulfilled promise counts no longer where a complaint about it was found substantiated (rules.md, `contradicted`).
_KEPT = {"commitments": "year", "complaints": "year"}
_OVERDUE = {"commitments": "span", "complaints": "span"}
_COMPLAINED, _COMPLAINTS_OPEN = {"complaints": "period"}, {"complaints": "span"}
_LISTED, _MOVED = {"dishonest_debtors": "span"}, {"dishonest_debtors": "period"}
#: The core feeds on which each figure rests, and of which months: `period`, those of the period alone; `year`, of its
#: year so far; `span`, every month until its end. A figure that is not here rests on none of them.
RESTS_ON: dict[str, dict[str, str]] = {
    **dict.fromkeys(("commitments_made", "commitments_due", "amount_due_yuan"), _PROMISED),
    **dict.fromkeys(("commitments_fulfilled", "commitments_on_time", "commitments_fulfilled_late"), _KEPT),
    **dict.fromkeys(("fulfilment_ratio", "on_time_ratio", "amount_fulfilment_ratio", "amount_fulfilled_yuan"), _KEPT),
    **dict.fromkeys(("commitments_overdue", "orphan_commitments_overdue"), _OVERDUE),
    **dict.fromkeys(("complaints_received", "complaints_duplicate", "complaints_excluded"), _COMPLAINED),
    **dict.fromkeys(("complaints_accept_due", "complaints_accepted_on_time", "acceptance_rate"), _COMPLAINED),
    **dict.fromkeys(("complaints_due", "complaints_resolved_on_time", "resolution_rate"), _COMPLAINED),
    **dict.fromkeys(("complaints_substantiated", "complaints_rated", "complaints_satisfied"), _COMPLAINED),
    "satisfaction_rate": _COMPLAINED,
    **dict.fromkeys(("rectifications_ordered", "rectifications_done", "rectifications_overdue"), _COMPLAINED),
    # Only tickets that are known are passed on.
    **dict.fromkeys(("transfers", "tickets_transferred", "transfers_again"), _COMPLAINED),
    **dict.fromkeys(("complaints_open_overdue", "orphan_complaints_open_overdue"), _COMPLAINTS_OPEN),
    **dict.fromkeys(("listings_active", "orphan_listings_active"), _LISTED),
    **dict.fromkeys(("listings_new", "listings_exited"), _MOVED),
    "judgments_lost": {"court_cases": "period"},
    # The ledger: judgments, listings, penalties and the like, and complaints whose rectification is overdue.
    "records_new": dict.fromkeys(("court_cases", "dishonest_debtors", "accountability", "complaints"), "period"),
    # By coverage, then fulfilment, then resolution.
    "rank": _KEPT,
    # Points are taken off for what any of them brings; the period of an assessment is its year.
    "score": dict.fromkeys(FEEDS, "period"),
}
#: Of which figure a column tells the change, where it is not called as the figure is.
_CHANGED = {
    "fulfilment": "fulfilment_ratio",
    "on_time": "on_time_ratio",
    "acceptance": "acceptance_rate",
    "resolution": "resolution_rate",
    "satisfaction": "satisfaction_rate",
    "mean_score": "score",
}


def unreported(figures: PlaceFigures, figure: str) -> str:
    """The mark of a figure that rests on a month in which its feed did not come: `（未报）`, `（待报）`, or nothing."""
    gaps = _gaps(figures, figure, figures.period.starts_on)
    if not gaps:
        return ""
    return "（未报）" if any(row["is_missing"] for row in gaps) else "（待报）"


def changes(figures: Figures, place: Row, name: str, measure: str = "") -> str:
    """How a figure changed since the period before and since a year ago: a count in its measure, else a rate."""
    since = {"": figures.period.before, "_year": LAST_YEAR}
    found = {suffix: change(figures, place, f"{name}_change{suffix}") for suffix in since}
    if measure and not place[name]:
        # Of none it is said only that there were some.
        found = {suffix: value for suffix, value in found.items() if value}
    return compared(
        *(
            more_or_less(value, measure, since[suffix]) if measure else points(value, since[suffix])
            for suffix, value in found.items()
        )
    )


def change(figures: PlaceFigures, row: Row, column: str) -> Any:
    """How a figure changed, by the column that tells it: `..._change`, or `..._change_year` since a year ago.

    Nothing is compared with a period that rests on a month in which a feed did not come, nor anything of such a period.
    """
    name, _, since = column.partition("_change")
    is_told = is_compared(figures, _CHANGED.get(name, name), 12 if since else figures.period.months)
    return row.get(column) if is_told else None


def is_compared(figures: PlaceFigures, figure: str, months: int) -> bool:
    """Whether every feed of a figure came for the period, and for the one that began so many months before."""
    begins = figures.period.starts_on
    return not any(_gaps(figures, figure, begin) for begin in (begins, _months_before(begins, months)))


def _gaps(figures: PlaceFigures, figure: str, begins: date) -> list[Row]:
    """The months in which a feed did not come on which a figure rests, in the period that begins on a day."""
    windows, ends = RESTS_ON.get(figure, {}), _months_before(begins, -figures.period.months)
    return [
        row
        for row in figures.feeds
        if row["feed"] in windows and _since(begins, windows[row["feed"]]) <= row["month"] < ends
    ]


def _since(begins: date, window: str) -> date:
    return {"period": begins, "year": begins.replace(month=1), "span": date.min}[window]


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def rests_since(figures: Figures, feed: str) -> date:
    """The first month of a feed on which any figure rests."""
    return min(_since(figures.period.starts_on, feeds[feed]) for feeds in RESTS_ON.values() if feed in feeds)


def aim(figures: Figures, place: Row, metric: str) -> str:
    """The target that the policy's scoring sets for a figure, beside it."""
    rows = figures.rows("target", place["region_code"])
    return next((target(row["target"], row["gap"]) for row in rows if row["metric"] == metric), "")


def target(target: float | None, gap: Decimal | None) -> str:
    """How far a figure is from its target, in percentage points; nothing where it has none."""
    if target is None or gap is None:
        return ""
    missing = rounded(gap)
    if gap <= 0:
        return f"已达到{percent(target)}的目标"
    return f"距{percent(target)}的目标还差{missing}个百分点" if missing else f"略低于{percent(target)}的目标"
