"""Writes the large feeds: one Parquet file a feed and delivery, month by month."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from bench.large import courts, promises, tickets
from bench.large.columns import rng
from bench.large.sizes import MONTHS, Size, month_end
from bench.large.things import Feed, World
from bench.large.units import units

FEEDS = (*promises.FEEDS, *tickets.FEEDS, *courts.FEEDS)
#: Of a delivery's rows, so many stand in it twice.
TWICE = 0.02
#: Names the generator's output: a folder made by another version is made anew.
VERSION = 4


def deliveries(feed: Feed, world: World) -> Iterator[tuple[int, pl.DataFrame]]:
    """(month, rows) of each delivery of a feed: what began in the month, and what changed since it began."""
    waiting: defaultdict[int, list[pl.DataFrame]] = defaultdict(list)
    for month in range(MONTHS):
        day = month_end(month)
        things = feed.make(world, month)
        rows = []
        if len(things):
            _file_away(feed, things, month, waiting)
            rows.append(feed.known_at(things, day))
        rows += [feed.known_at(changed, day) for changed in waiting.pop(month, [])]
        if rows:
            yield month, _some_twice(pl.concat(rows, how="diagonal"), rng(99, FEEDS.index(feed), month))


def _file_away(feed: Feed, things: pl.DataFrame, month: int, waiting: defaultdict[int, list[pl.DataFrame]]) -> None:
    """Keep each thing for the later months in which something happens to it: once a month, however much happens."""
    if len(feed.events) < 2:
        return
    place = [
        (pl.col(event).dt.year().cast(pl.Int32) - 2023) * 12 + pl.col(event).dt.month() - 1 for event in feed.events[1:]
    ]
    months = things.select(one.alias(f"{number}") for number, one in enumerate(place))
    for later in range(month + 1, MONTHS):
        happens = months.select(pl.any_horizontal(pl.all() == later).fill_null(False)).to_series()
        if happens.any():
            waiting[later].append(things.filter(happens))


def _some_twice(rows: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    return pl.concat([rows, rows.filter(pl.Series(random.random(len(rows)) < TWICE))])


def generate(size: Size, folder: Path, roster: Callable[[Size], pl.DataFrame] = units) -> dict[str, int]:
    """Write `folder/raw/<feed>/<day>/<feed>.parquet` for all feeds; the rows of each feed. Nothing is done twice.

    `roster` gives the units that the feeds are about.

    Deterministic: the same size gives the same rows. Peak memory is that of the complaints of a few months.
    """
    manifest = folder / "manifest.json"
    if manifest.is_file():
        known = json.loads(manifest.read_text("utf-8"))
        if known["version"] == VERSION:
            rows: dict[str, int] = known["rows"]
            return rows
    if folder.exists():
        shutil.rmtree(folder)
    world = World(size, roster(size))
    written: dict[str, int] = {}
    for feed in FEEDS:
        written[feed.name] = 0
        for month, frame in deliveries(feed, world):
            path = folder / "raw" / feed.name / month_end(month).isoformat() / f"{feed.name}.parquet"
            path.parent.mkdir(parents=True)
            frame.write_parquet(path, compression="zstd", compression_level=1, row_group_size=200_000)
            written[feed.name] += len(frame)
    manifest.write_text(json.dumps({"version": VERSION, "size": size.name, "rows": written}, indent=1) + "\n", "utf-8")
    return written
