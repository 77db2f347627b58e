"""How what is out of order, in the future or unreadable is read instead (feeds.md, "What happens to a row").

Every check looks at the values as read, before any is dropped; the values change only afterwards.
"""

from __future__ import annotations

import polars as pl

from dagster_project.contracts.model import Contract
from dagster_project.intake.coded import Coded, texts_of
from dagster_project.intake.text import Parsed

Masks = dict[tuple[str, str], pl.Series]
Values = dict[str, pl.Series | Coded]


def bad_orders(contract: Contract, read: dict[str, Parsed]) -> Masks:
    """Where `later` lies before `earlier`: masks by ("bad_order", later)."""
    masks: Masks = {}
    for order in contract.orders:
        if order.earlier in read and order.later in read:
            mask = (read[order.later].value < read[order.earlier].value).fill_null(False)
            if mask.any():
                key = ("bad_order", order.later)
                masks[key] = masks[key] | mask if key in masks else mask
    return masks


def future_dates(contract: Contract, read: dict[str, Parsed], received_on: pl.Series) -> Masks:
    """Where a date lies after the day on which the delivery came: masks by ("future_date", column)."""
    masks: Masks = {}
    for column in contract.future_checked:
        if column in read:
            mask = (read[column].value > received_on).fill_null(False)
            if mask.any():
                masks["future_date", column] = mask
    return masks


def unfulfilled(contract: Contract, read: dict[str, Parsed], rows: int) -> Masks:
    """Commitments said to be fulfilled without a day: not fulfilled (rules.md, "Commitments")."""
    if contract.feed != "commitments" or "status" not in read:
        return {}
    mask = (read["status"].value == "fulfilled").fill_null(False)
    if "fulfilled_on" in read:
        mask &= ~read["fulfilled_on"].given
    return {("bad_value", "fulfilled_on"): mask} if mask.any() else {}


def _put(values: Values, column: str, mask: pl.Series | None, instead: pl.Series | pl.Expr | None) -> None:
    if mask is None:
        return
    given = pl.lit(None) if instead is None else instead
    values[column] = pl.select(pl.when(mask).then(given).otherwise(texts_of(values[column])).alias(column)).to_series()


def settled(contract: Contract, read: dict[str, Parsed], masks: Masks) -> Values:
    """The values of every column as they stand after the warnings `masks`."""
    values: Values = {column: parsed.coded or parsed.value for column, parsed in read.items()}
    feed = contract.feed
    for (kind, column), mask in masks.items():
        if kind == "future_date":
            _put(values, column, mask, None)
        elif kind == "bad_order":
            if (feed, column) == ("dishonest_debtors", "published_on"):
                broken = (read["published_on"].value < read["filed_on"].value).fill_null(False)
                _put(values, "filed_on", broken, None)
            elif (feed, column) == ("commitments", "due_on"):
                _put(values, column, mask, read["made_on"].value)
            elif (feed, column) == ("court_cases", "decided_on"):
                _put(values, column, mask, read["filed_on"].value)
            else:
                _put(values, column, mask, None)
    _unflattering(feed, read, masks, values)
    return values


def _unflattering(feed: str, read: dict[str, Parsed], masks: Masks, values: Values) -> None:
    """Where no value would flatter the unit, what stands in its place (feeds.md, "Where no value would flatter")."""

    def unreadable(column: str) -> pl.Series | None:
        mask = read[column].unreadable if column in read else None
        return mask if mask is not None and mask.any() else None

    if feed == "organizations":
        _put(values, "is_classified", unreadable("is_classified"), pl.lit(True))
    elif feed == "commitments" and (mask := unreadable("due_on")) is not None:
        year = pl.lit(texts_of(values["year"])) if "year" in values else pl.lit(None, pl.Int64)
        made_on = texts_of(values["made_on"]) if "made_on" in values else pl.lit(None, pl.Date)
        _put(values, "due_on", mask, pl.max_horizontal(pl.date(year, 12, 31), made_on))
    elif feed == "complaints" and (mask := unreadable("rectify_due_on")) is not None:
        days = [texts_of(values[column]) for column in ("resolved_on", "received_on") if column in values]
        _put(values, "rectify_due_on", mask, pl.coalesce(*days) if days else pl.lit(None, pl.Date))
    elif feed == "publications":
        for mask in (unreadable("removed_on"), masks.get(("future_date", "removed_on"))):
            published_on = values.get("published_on")
            _put(values, "removed_on", mask, None if published_on is None else texts_of(published_on))
