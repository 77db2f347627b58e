"""Finds what is new, reads it, and tells what the landing holds."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

import polars as pl

from dagster_project import contracts
from dagster_project.intake.discovery import Found, HashCache, Problem, contract_version
from dagster_project.intake.feed_reader import Delivery, FeedReader, open_ahead
from dagster_project.intake.hands import Hands
from dagster_project.intake.identifiers import name_norms
from dagster_project.intake.landing import INDEX_SCHEMA, MENTION, QUARANTINE, Landing
from dagster_project.intake.layouts import Mapping
from dagster_project.intake.mappings import load_mappings, mapping_for

# Told after each file that was read: how many are done, how many there are, which one it was.
Progress = Callable[[int, int, str], None]


@dataclass
class IntakeResult:
    """What the landing holds for the deliveries seen.

    `deliveries`: the index's rows of them, without `pack`, and with the reporter as names are compared
    (`reporter_norm`), in the order of feed, day, file.
    `packs`: files of rows by feed, for every feed. `files_read`: how many were newly read; `files_to_read_again`: those
    of them that are rejected for now alone.
    """

    deliveries: pl.DataFrame
    packs: dict[str, list[Path]]
    mention_packs: list[Path]
    quarantine_packs: list[Path]
    files_read: int
    files_to_read_again: int
    problems: list[Problem]


def delivery_id(found: Found, sha256: str, version: str, mapping: Mapping | None) -> int:
    """The first 60 bits of a digest of all that decides what is read from a file (docs/architecture.md, 1)."""
    parts = (found.feed, str(found.received_on), found.file, sha256, version, mapping.sha256 if mapping else "")
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big") >> 4


def _seen(data_dir: Path, found: Sequence[Found], version: str) -> list[Delivery]:
    mappings = load_mappings(data_dir)
    cache = HashCache(data_dir)
    seen = []
    for item, (mark, sha256) in zip(found, cache.contents(found), strict=True):
        mapping = mapping_for(mappings, item.feed, item.file)
        seen.append(Delivery(item, sha256, mark, mapping, delivery_id(item, sha256, version, mapping)))
    cache.save()
    return seen


def read_new(
    data_dir: Path,
    found: Sequence[Found],
    problems: list[Problem],
    hands: Hands,
    progress: Progress | None = None,
) -> IntakeResult:
    """Reads those of the deliveries found that were not read before, and lands their rows under `DATA/landing`.

    Raises MappingError where a mapping is wrong: then nothing is read.
    """
    version = contract_version()
    seen = _seen(data_dir, found, version)
    landing = Landing(data_dir, version, contracts.feed_names())
    known = landing.known()
    new = [delivery for delivery in seen if delivery.delivery_id not in known]
    passing: list[dict[str, Any]] = []
    done = 0
    counting = Lock()

    def report(delivery: Delivery) -> None:
        nonlocal done
        with counting:
            done += 1
            if not progress:
                return
            progress(done, len(new), f"{delivery.found.feed}/{delivery.found.received_on}/{delivery.found.file}")

    begun: deque[FeedReader] = deque()

    def settle() -> None:
        lasting, to_try_again = begun.popleft().settle()
        landing.add(lasting)
        passing.extend(to_try_again)

    by_feed = [list(deliveries) for _, deliveries in groupby(new, key=lambda delivery: delivery.found.feed)]
    # The fullest feed last: the rows of the others are typed while its files are read.
    openings = open_ahead(
        group
        for deliveries in sorted(by_feed, key=len)
        for group in FeedReader(contracts.load()[deliveries[0].found.feed], landing, hands).openings(deliveries)
    )
    for reader, of_feed in groupby(openings, key=lambda opening: opening.reader):
        for opening in of_feed:
            reader.take(opening, report)
        reader.flush()
        begun.append(reader)
        while begun and begun[0].is_done:
            settle()
    while begun:
        settle()
    return _result(landing, seen, passing, problems, len(new))


def _result(
    landing: Landing, seen: list[Delivery], passing: list[dict[str, Any]], problems: list[Problem], files_read: int
) -> IntakeResult:
    known = pl.concat([landing.index, pl.DataFrame(passing, schema=INDEX_SCHEMA)])
    ids = pl.DataFrame({"delivery_id": [delivery.delivery_id for delivery in seen]}, schema={"delivery_id": pl.Int64})
    index = ids.join(known, on="delivery_id", how="left", maintain_order="left").select(list(INDEX_SCHEMA))
    by_feed = index.drop_nulls("pack").group_by("feed").agg(pl.col("pack").unique())
    packs = dict(by_feed.iter_rows())
    live = [pack for names in packs.values() for pack in names]
    return IntakeResult(
        deliveries=index.drop("pack").with_columns(reporter_norm=name_norms(index["reporter"])),
        packs={feed: landing.paths(feed, packs.get(feed, [])) for feed in contracts.feed_names()},
        mention_packs=landing.paths(MENTION, live),
        quarantine_packs=landing.paths(QUARANTINE, live),
        files_read=files_read,
        files_to_read_again=len(passing),
        problems=problems,
    )
