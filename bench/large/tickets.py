"""Complaints and rectifications of the large feeds."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench.handling import after_workdays, handling_workdays
from bench.large.columns import about, dates, days_of_month, kept, numbers, pick, rng, some, text
from bench.large.promises import commitments
from bench.large.sizes import MONTHS
from bench.large.things import Feed, World, share_of_month

_CHANNELS: dict[str | None, float] = {
    "hotline": 0.7, "inquiry": 0.12, "petition": 0.06, "credit_office": 0.03, "breach_platform": 0.05, "other": 0.04,
}  # fmt: skip
_CATEGORIES: dict[str | None, float] = {
    "investment_policy": 0.15, "contract": 0.25, "arrears": 0.2, "property": 0.1, "judgment": 0.05, "other": 0.25,
}  # fmt: skip
_FINDINGS: dict[str | None, float] = {"substantiated": 0.2, "partly": 0.15, "unsubstantiated": 0.6, "pending": 0.05}
_SATISFACTION: dict[str | None, float] = {
    "satisfied": 0.4, "fair": 0.15, "dissatisfied": 0.15, "unrated": 0.2, None: 0.1,
}  # fmt: skip
_EXCLUDED: dict[str | None, float] = {
    "litigation": 0.3,
    "petition": 0.2,
    "out_of_scope": 0.3,
    "withdrawn": 0.15,
    "malicious": 0.05,
}


def complaints(world: World, month: int) -> pl.DataFrame:
    """The tickets received in a month, with what becomes of them."""
    before, size = share_of_month(world.size.complaints, month, MONTHS)
    random = rng(5, month)
    received = np.sort(days_of_month(random, size, month))
    handling = handling_workdays(random.random(size))
    resolved = after_workdays(received, np.maximum(handling, 1))
    is_resolved = handling > 0
    accepted = np.minimum(after_workdays(received, random.integers(1, 4, size)), resolved)
    extended = (handling > 10) & some(random, size, 0.25)
    finding = kept(pick(random, size, _FINDINGS), is_resolved)
    wrong = (
        is_resolved & finding.is_in(["substantiated", "partly"]).fill_null(False).to_numpy() & some(random, size, 0.3)
    )
    rectify_due = resolved + 30
    number = numbers("T", before, size, 9)
    frame = pl.DataFrame(
        {
            "ticket_no": number,
            "channel": pick(random, size, _CHANNELS),
            **about(random, size, world.units),
            "handler_name": "示例热线承办" + pl.Series(random.integers(100, 1000, size)).cast(pl.String),
            "category": pick(random, size, _CATEGORIES),
            "commitment_no": pl.Series([None] * size, dtype=pl.String),
            "received_on": dates(received),
            "accepted_on": dates(accepted, some(random, size, 0.97)),
            "due_on": dates(received + random.integers(5, 40, size), some(random, size, 0.2)),
            "extension_approved_on": dates(received + 3, extended),
            "extended_due_on": dates(received + 45, extended),
            "resolved_on": dates(resolved, is_resolved),
            "replied_on": dates(resolved + 1, is_resolved),
            "finding": finding,
            "satisfaction": kept(pick(random, size, _SATISFACTION), is_resolved),
            "duplicate_of": pl.Series([None] * size, dtype=pl.String),
            "excluded_reason": kept(pick(random, size, _EXCLUDED), some(random, size, 0.03)),
            "rectify_measure": kept(text(random, size, ["wish"]), wrong),
            "rectify_due_on": dates(rectify_due, wrong),
            "rectified_on": dates(rectify_due + random.integers(-25, 12, size), wrong & some(random, size, 0.8)),
            "complainant_name": "示例投诉人" + pl.Series(random.integers(0, 10**6, size)).cast(pl.String),
            "complainant_phone": "100" + pl.Series(random.integers(10**7, 10**8, size)).cast(pl.String),
            "content": text(random, size, ["where", "what", "wish"]),
        }
    )
    return _tied(_naming_commitments(frame, world, month, random), random)


def _naming_commitments(frame: pl.DataFrame, world: World, month: int, random: np.random.Generator) -> pl.DataFrame:
    """One ticket in fifty names a commitment of the same unit, made half a year before."""
    made = commitments(world, max(month - 6, 0))
    rows = np.flatnonzero(some(random, len(frame), 0.02))
    named = made.select("uscc", "unit_name", "region_code", "commitment_no")[random.integers(0, len(made), len(rows))]
    return _changed(frame, rows, named)


def _tied(frame: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """One ticket in fifty repeats an earlier one of the month, about the same unit."""
    rows = np.flatnonzero(some(random, len(frame), 0.02))
    rows = rows[rows > 0]
    earlier = (rows * random.random(len(rows))).astype(np.int64)
    tie = frame.select("uscc", "unit_name", "region_code", pl.col("ticket_no").alias("duplicate_of"))[earlier]
    return _changed(frame, rows, tie)


def _changed(frame: pl.DataFrame, rows: NDArray[np.int64], values: pl.DataFrame) -> pl.DataFrame:
    """The frame with the values set in these rows."""
    changes = values.with_columns(pl.Series("row", rows, dtype=pl.UInt32))
    return frame.with_row_index("row").update(changes, on="row", include_nulls=True).drop("row")


def rectifications(world: World, month: int) -> pl.DataFrame:
    """The rectifications ordered in a month."""
    before, size = share_of_month(world.size.units // 2, month, MONTHS)
    random = rng(6, month)
    ordered = days_of_month(random, size, month)
    completed = ordered + random.integers(10, 90, size)
    return pl.DataFrame(
        {
            "rectification_no": numbers("R", before, size),
            **about(random, size, world.units),
            "source_kind": pick(random, size, {"record": 0.6, "inspection": 0.4}),
            "measure": text(random, size, ["wish"]),
            "ordered_on": dates(ordered),
            "due_on": dates(ordered + 60),
            "completed_on": dates(completed, some(random, size, 0.85)),
        }
    )


FEEDS = (
    Feed(
        "complaints",
        complaints,
        ("received_on", "accepted_on", "resolved_on", "replied_on", "rectified_on"),
        {"resolved_on": ("finding", "satisfaction", "rectify_measure", "rectify_due_on")},
    ),
    Feed("rectifications", rectifications, ("ordered_on", "completed_on")),
)
