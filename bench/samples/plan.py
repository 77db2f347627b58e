"""Who sends what, when, and in which dress: the regular deliveries of two years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from bench.handling import workdays_between
from bench.samples.chance import sample, stream
from bench.samples.dress import Dress, render
from bench.samples.roster import units
from bench.samples.things import Row, Version
from bench.samples.world import versions


@dataclass(frozen=True)
class Source:
    """One sender of one feed. `every` so many months, from month `first` (0 = January 2023).

    `dresses`: the layouts of both years. `regions`: only rows about units of these (with `-`: but not of these);
    `has_reporter`: in a folder named after the first unit there. `sends_nil`: an empty table where nothing happened.
    `repeats`: some rows of the last delivery come again. `skips`: months in which nothing was sent at all.
    `late`: months whose rows came on a later day. `tail`: one more delivery in January 2025.
    """

    feed: str
    route: str
    title: str
    dresses: tuple[Dress, Dress]
    every: int = 1
    first: int = 0
    sends_nil: bool = False
    repeats: bool = False
    skips: tuple[int, ...] = ()
    late: dict[int, date] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    has_reporter: bool = False
    tail: bool = False

    def dress(self, month: int) -> Dress:
        """The layout of a month: each year has its own."""
        return self.dresses[min(month // 12, 1)]


def cut(month: int) -> date:
    """The day of a month's deliveries: its last workday up to the 28th, up to the 27th in December."""
    day = date(2023 + month // 12, month % 12 + 1, 27 if month % 12 == 11 else 28)
    while workdays_between(day - timedelta(1), day) == 0:
        day -= timedelta(1)
    return day


def deliveries(sources: tuple[Source, ...]) -> Iterator[tuple[str, bytes]]:
    """(path under `raw`, content) of every regular delivery."""
    for source in sources:
        last: list[Version] = []
        overdue: dict[int, list[Version]] = {}
        since = date.min
        for month in (*range(source.first, 24, source.every), *((24,) if source.tail else ())):
            if month in source.skips:
                continue
            until = cut(month) if month < 24 else date(2025, 1, 10)
            known = _latest(source, since, until)
            since = until
            if month in source.late:
                overdue[month] = known
                continue
            again = _again(source, last, known, month)
            last = known
            rows = [dict(version.row) for version in (*again, *known)]
            if rows or source.sends_nil:
                yield _path(source, month, until), render(source.feed, rows, source.dress(month))
            # What a late file holds is what no newer one has told since.
            newer = {version.key for version in known}
            for waiting in overdue:
                overdue[waiting] = [version for version in overdue[waiting] if version.key not in newer]
            for waiting in [waiting for waiting in overdue if source.late[waiting] <= cut(month + source.every)]:
                rows = [dict(version.row) for version in overdue.pop(waiting)]
                yield _path(source, waiting, source.late[waiting]), render(source.feed, rows, source.dress(waiting))


def _latest(source: Source, since: date, until: date) -> list[Version]:
    """What became known since the last delivery, each thing in its last state."""
    latest: dict[str, Version] = {}
    for version in _by_route()[source.feed, source.route]:
        if since < version.known_on <= until and _is_of(source, version):
            latest[version.key] = version
    return list(latest.values())


@cache
def _by_route() -> dict[tuple[str, str], list[Version]]:
    sorted_versions = sorted(versions(), key=lambda version: (version.known_on, version.key))
    routes: dict[tuple[str, str], list[Version]] = {}
    for version in sorted_versions:
        routes.setdefault((version.feed, version.route), []).append(version)
    return routes


@cache
def _regions_of_units() -> dict[str, str]:
    return {unit.uscc: unit.region.code for unit in units()}


def _is_of(source: Source, version: Version) -> bool:
    """A source of some regions sends theirs; the region's other sources leave them out by `-`."""
    if not source.regions:
        return True
    region = _regions_of_units()[version.key.split("/")[0]]
    excluded = [code[1:] for code in source.regions if code.startswith("-")]
    return region not in excluded if excluded else region in source.regions


def _again(source: Source, last: list[Version], known: list[Version], month: int) -> list[Version]:
    """Rows of the last delivery that stand in this one too, as they were."""
    if not source.repeats:
        return []
    newer = {version.key for version in known}
    unchanged = [version for version in last if version.key not in newer]
    return sample(stream("again", source.feed, source.route, month), unchanged, 2)


_OFFICES = {
    "ganzhou": "赣州",
    "xinxiang": "新乡",
    "yexian": "叶县",
    "heilongjiang": "黑龙江",
    "hegang": "鹤岗",
    "jiangsu": "江苏",
}


def _path(source: Source, month: int, day: date) -> str:
    said = f"{2023 + month // 12}年{month % 12 + 1}月" if month < 24 else "2024年末补报"
    folder = ""
    if source.has_reporter:
        folder = next(unit.name for unit in units() if unit.region.code == source.regions[0]) + "/"
    office = _OFFICES.get(source.route, "")
    return f"{source.feed}/{day}/{folder}{office}{source.title}{said}.{source.dress(month).ending}"


def region_sheet(row: Row) -> str:
    """A sheet for each region of Ganzhou's units; rows that name no code go to the last one."""
    code = _regions_of_units().get(f"{row.get('uscc')}")
    return {"360700": "市本级"}.get(code or "", "县市区") if code else "待核"
