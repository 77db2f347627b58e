"""How a figure of a paper is marked and compared: what it rests on, how it changed, and its target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.words import compared, more_or_less, percent, points, rounded

LAST_YEAR = "上年同期"
#: Which figures rest on which feed: of the period alone, of the year so far, or of every month of the span.
RESTS_ON = {
    "commitments_due": ("commitments", "year"),
    "commitments_overdue": ("commitments", "span"),
    "complaints_received": ("complaints", "period"),
    "complaints_due": ("complaints", "period"),
    "complaints_open_overdue": ("complaints", "span"),
    "listings_new": ("dishonest_debtors", "period"),
    "listings_active": ("dishonest_debtors", "span"),
    "judgments_lost": ("court_cases", "period"),
    "records_new": ("accountability", "period"),
}


def unreported(figures: Figures, figure: str) -> str:
    """The mark of a figure that rests on a month in which its feed did not come: `（未报）`, `（待报）`, or nothing."""
    feed, window = RESTS_ON[figure]
    gaps = [row for row in figures.feeds if row["feed"] == feed and row["month"] >= _since(figures, window)]
    if not gaps:
        return ""
    return "（未报）" if any(row["is_missing"] for row in gaps) else "（待报）"


def _since(figures: Figures, window: str) -> date:
    begins = figures.period.starts_on
    return {"period": begins, "year": begins.replace(month=1), "span": date.min}[window]


def changes(figures: Figures, place: Row, name: str, measure: str = "", rests_on: str = "") -> str:
    """How a figure changed since the period before and since a year ago: a count in its measure, else a rate.

    Nothing is compared with a period of which the feed did not come, nor anything of such a period.
    """
    since = {"": figures.period.before, "_year": LAST_YEAR}
    held = [suffix for suffix in since if not (rests_on and _is_gap(figures, rests_on, suffix))]
    found = {suffix: place.get(f"{name}_change{suffix}") for suffix in held}
    if measure and not place[name]:
        # Of none it is said only that there were some.
        found = {suffix: change for suffix, change in found.items() if change}
    return compared(
        *(
            more_or_less(change, measure, since[suffix]) if measure else points(change, since[suffix])
            for suffix, change in found.items()
        )
    )


def _is_gap(figures: Figures, figure: str, suffix: str) -> bool:
    """Whether the feed of a figure of one period did not come in it, or in the one it is compared with."""
    feed, window = RESTS_ON[figure]
    if window != "period":
        return False
    period = figures.period
    begins = [period.starts_on, _months_before(period.starts_on, 12 if suffix else period.months)]
    spans = [(begin, _months_before(begin, -period.months)) for begin in begins]
    return any(row["feed"] == feed and begin <= row["month"] < end for row in figures.feeds for begin, end in spans)


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def rests_since(figures: Figures, feed: str) -> date:
    """The first month of a feed on which any figure rests."""
    return min(_since(figures, window) for fed, window in RESTS_ON.values() if fed == feed)


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
