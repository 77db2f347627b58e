"""What becomes known when: a thing's history as rows, each as a sender knew it on its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from bench.codes import with_wrong_check
from bench.samples.chance import weighted
from bench.samples.roster import Unit

Value = str | int | bool | date | Decimal | list[str] | None
Row = dict[str, Value]


@dataclass(frozen=True)
class Version:
    """One state of one thing: `row` by English column names, known from `known_on` on, sent by `route`."""

    feed: str
    route: str
    key: str
    known_on: date
    row: Row


def history(
    feed: str,
    route: str,
    key: str,
    row: Row,
    events: Mapping[str, tuple[str, ...]],
    first: date | None = None,
) -> list[Version]:
    """The versions of a thing, one for each day on which something of it became known.

    `events`: date columns in time, each with the columns told with it; the first one begins the thing.
    `first`: a later day on which the sender first knew of it. A column of no event is known from the beginning.
    """
    days = sorted({day for event in events if isinstance(day := row.get(event), date)})
    begun = first or days[0]
    days.append(begun)
    versions: list[Version] = []
    for day in sorted({max(day, begun) for day in days}):
        known: Row = dict(row)
        for event, told in events.items():
            happened = row.get(event)
            if not isinstance(happened, date) or happened > day:
                known.update(dict.fromkeys((event, *told)))
        if not versions or versions[-1].row != known:
            versions.append(Version(feed, route, key, day, known))
    return versions


_WAYS = {"both": 0.82, "code": 0.05, "name": 0.08, "former": 0.02, "short": 0.015, "odd": 0.01, "slip": 0.005}
#: Courts know a debtor by its name.
COURT_WAYS = {"name": 0.55, "both": 0.35, "former": 0.05, "odd": 0.05}


def given(random: Random, unit: Unit, ways: dict[str, float] | None = None) -> Row:
    """How a sender names a unit: by code and name, by one of them, or by what it was or is called for short."""
    way = weighted(random, ways or _WAYS)
    name, code, region_code = unit.name, unit.uscc, None
    if way == "former" and unit.former_names:
        return {"uscc": None, "unit_name": unit.former_names[0], "region_code": None}
    if way == "short" and unit.short_names:
        return {"uscc": None, "unit_name": unit.short_names[0], "region_code": unit.region.code}
    if way == "code":
        return {"uscc": code, "unit_name": None, "region_code": None}
    if way == "odd":
        # Wide letters, white space, a remark in brackets: the same name still.
        return {"uscc": None, "unit_name": f" {name[:4]} {name[4:]}（盖章）", "region_code": region_code}
    if way == "slip":
        return {"uscc": with_wrong_check(code), "unit_name": name, "region_code": region_code}
    return {"uscc": code if way == "both" else None, "unit_name": name, "region_code": region_code}
