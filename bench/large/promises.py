"""Letters, their publication, commitments and inventories of the large feeds."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from bench.large.columns import about, dates, days_of_month, kept, numbers, pick, rng, some, text, yuan
from bench.large.sizes import MONTHS
from bench.large.things import Feed, World, share_of_month

_FIELDS: dict[str | None, float] = {
    None: 0.3, "investment": 0.25, "procurement": 0.2, "bidding": 0.1, "debt": 0.05, "township": 0.05, "other": 0.05,
}  # fmt: skip
_CATEGORIES: dict[str | None, float] = {
    "key_task": 0.3, "policy": 0.25, "contract": 0.25, "service": 0.1, "duty": 0.07, "other": 0.03,
}  # fmt: skip


def commitments(world: World, month: int) -> pl.DataFrame:
    """The commitments made in a month, with what becomes of them."""
    before, size = share_of_month(world.size.commitments, month, MONTHS)
    random = rng(2, month)
    made = days_of_month(random, size, month)
    due = made + random.integers(20, 330, size)
    fate = random.random(size)
    fulfilled = due + np.where(fate < 0.55, -random.integers(0, 60, size), random.integers(1, 120, size))
    changed = (fate > 0.9) & (fate <= 0.93)
    return pl.DataFrame(
        {
            "commitment_no": numbers("C", before, size),
            **about(random, size, world.units),
            "year": dates(made).dt.year().cast(pl.Int64),
            "category": pick(random, size, _CATEGORIES),
            "field": pick(random, size, _FIELDS),
            "title": text(random, size, ["where", "wish"]),
            "content": text(random, size, ["where", "what", "wish"]),
            "counterparty": numbers("示例企业", 0, size, 6),
            "amount_yuan": kept(yuan(random, size, 400_000), some(random, size, 0.6)),
            "made_on": dates(made),
            "due_on": dates(due, some(random, size, 0.93)),
            "status": pl.Series(["in_progress"]).new_from_index(0, size),
            "fulfilled_on": dates(np.maximum(fulfilled, made), fate <= 0.78),
            "breached_on": dates(due + 1, (fate > 0.78) & (fate <= 0.83)),
            "change_basis": kept(text(random, size, ["what"]), changed),
            "change_approved_on": dates(np.maximum(due - 10, made), changed),
        }
    )


def _status(frame: pl.DataFrame) -> pl.DataFrame:
    status = (
        pl.when(pl.col("fulfilled_on").is_not_null())
        .then(pl.lit("fulfilled"))
        .when(pl.col("breached_on").is_not_null())
        .then(pl.lit("breached"))
        .when(pl.col("change_approved_on").is_not_null())
        .then(pl.lit("changed"))
        .otherwise(pl.lit("in_progress"))
    )
    return frame.with_columns(status.alias("status"))


def _by_year(world: World, month: int, months: tuple[int, ...], share: float) -> tuple[pl.DataFrame, int]:
    """The part of the units that does its yearly duty in this month, and the year."""
    place = month % 12
    if place not in months:
        return world.units.head(0), 2023 + month // 12
    part = months.index(place)
    frame = world.units.with_row_index("number").filter(
        (pl.col("number") % len(months) == part) & (pl.col("number") * 7919 % 1000 < share * 1000 + month)
    )
    return frame, 2023 + month // 12


def letters(world: World, month: int) -> pl.DataFrame:
    """The letters signed in a month: the rounds of April, June and September."""
    frame, year = _by_year(world, month, (3, 5, 8), 0.85)
    random = rng(1, month)
    size = len(frame)
    signed = days_of_month(random, size, month)
    parts = ("has_full_name", "has_uscc", "has_content", "has_item_list", "has_complaint_channel")
    return pl.DataFrame(
        {
            "uscc": frame["uscc"],
            "unit_name": frame["name"],
            "year": pl.Series(np.full(size, year)),
            "signed_on": dates(signed),
            "signed_by_head": pl.Series(some(random, size, 0.95)),
            **{part: pl.Series(some(random, size, 0.97)) for part in parts},
            "word_received_on": dates(signed + random.integers(0, 20, size)),
            "stamped_received_on": dates(signed + random.integers(0, 40, size), some(random, size, 0.9)),
        }
    )


def publications(world: World, month: int) -> pl.DataFrame:
    """The publications of a month: most units by one channel, many by a second one."""
    frame, year = _by_year(world, month, (4, 6, 9), 0.8)
    random = rng(3, month)
    channel = (
        pl.when(pl.col("region_code").str.starts_with("36")).then(pl.lit("credit_portal")).otherwise(pl.lit("website"))
    )
    first = frame.select("uscc", pl.col("name").alias("unit_name"), channel.alias("channel"))
    second = first.filter(pl.Series(some(random, len(first), 0.45))).with_columns(pl.lit("window").alias("channel"))
    both = pl.concat([first, second])
    published = days_of_month(random, len(both), month)
    return both.select(
        "uscc",
        "unit_name",
        pl.lit(year, dtype=pl.Int64).alias("year"),
        "channel",
        ("https://example.invalid/" + pl.col("uscc")).alias("url"),
        dates(published).alias("published_on"),
        dates(published + 90, some(random, len(both), 0.02)).alias("removed_on"),
    )


def inventories(world: World, month: int) -> pl.DataFrame:
    """The quarterly inventories, of the region whose policy asks for them, sent in the month after a quarter."""
    if month % 3 or month == 0:
        return pl.DataFrame()
    quarter = month // 3 - 1
    frame = world.units.filter(pl.col("region_code").str.starts_with("3607"))
    random = rng(4, month)
    frame = frame.filter(pl.Series(some(random, len(frame), 0.9)))
    size = len(frame)
    return pl.DataFrame(
        {
            "uscc": frame["uscc"],
            "unit_name": frame["name"],
            "quarter": pl.Series([f"{2023 + quarter // 4}Q{quarter % 4 + 1}"]).new_from_index(0, size),
            "submitted_on": dates(days_of_month(random, size, month)),
            "items": pl.Series(random.integers(1, 40, size)),
        }
    )


def organizations(world: World, month: int) -> pl.DataFrame:
    """The roster, sent whole each January; a unit abolished later is told of in the second one."""
    if month % 12:
        return pl.DataFrame()
    known = pl.col("abolished_on") <= date(2023 + month // 12, 1, 31)
    return world.units.with_columns(
        pl.when(known).then("abolished_on").alias("abolished_on"),
        pl.when(known).then("successor_uscc").alias("successor_uscc"),
    ).rename({"short_name": "short_names", "former_name": "former_names"})


FEEDS = (
    Feed("organizations", organizations, ()),
    Feed("commitment_letters", letters, ("signed_on", "word_received_on", "stamped_received_on")),
    Feed("publications", publications, ("published_on", "removed_on")),
    Feed(
        "commitments",
        commitments,
        ("made_on", "fulfilled_on", "breached_on", "change_approved_on"),
        {"change_approved_on": ("change_basis",)},
        _status,
    ),
    Feed("inventories", inventories, ()),
)
