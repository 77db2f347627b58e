"""What a generated feed is: things that begin in a month, change, and stand in a delivery whenever they did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from bench.large.sizes import Size


@dataclass(frozen=True)
class World:
    """What all feeds are about. `units` is the roster (`bench.large.units.units`)."""

    size: Size
    units: pl.DataFrame


Make = Callable[[World, int], pl.DataFrame]
Finish = Callable[[pl.DataFrame], pl.DataFrame]


def _as_it_is(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


@dataclass(frozen=True)
class Feed:
    """One feed. `make(world, month)` gives the things that begin in a month, with all that will ever be known of them.

    `events`: the date columns whose days bring a thing into a delivery again; the first one is its beginning.
    `told_with`: columns that are known only once an event has happened. `finish` sets what follows, such as a status.
    """

    name: str
    make: Make
    events: tuple[str, ...]
    told_with: dict[str, tuple[str, ...]] = field(default_factory=dict)
    finish: Finish = _as_it_is

    def known_at(self, frame: pl.DataFrame, day: date) -> pl.DataFrame:
        """The things as they stand in a delivery of that day: what lies after it is not known yet."""
        frame = frame.with_columns(
            pl.when(pl.col(event) <= day).then(pl.col(event)).alias(event) for event in self.events[1:]
        )
        told = [
            pl.when(pl.col(event).is_not_null()).then(pl.col(column)).alias(column)
            for event, columns in self.told_with.items()
            for column in columns
        ]
        return self.finish(frame.with_columns(told))


def share_of_month(total: int, month: int, months: int) -> tuple[int, int]:
    """(how many came before, how many begin in this month) of `total` things spread evenly."""
    before = total * month // months
    return before, total * (month + 1) // months - before
