"""The figures of a paper, read from the published database by the files in `sql/`.

All places of a paper are read in one pass; `Figures.of(place)` gives what the paper of one of them rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.reports.period import Period, PeriodError

SQL = Path(__file__).with_name("sql")
Row = dict[str, Any]

#: How each kind of report finds its periods in the marts.
PERIODS = {
    "monthly": ("period_month",),
    "quarterly": ("window_period", "period_quarter"),
    "halfyear": ("window_period", "period_half"),
    "annual": ("period_year",),
}
#: Queries whose answer others stand on: kept as temporary tables of their names.
KEPT = ("compared_place", "unit", "item", "listing", "planned_listing")
#: Queries with one or more rows for each place, by its code.
BY_PLACE = ("item_count", "unit_count", "listing_count", "channel", "trend", "parameter", "target", "loop_step")


#: What a report on complaints has besides: the query that others stand on, and those with rows by place.
HANDLING = "handling"
HANDLING_BY_PLACE = ("handling_channel", "handling_count")


class NothingPublishedError(RuntimeError):
    """There is no published database, or what it was made from cannot be read."""


@dataclass(frozen=True)
class PlaceFigures:
    """What any paper of a period rests on.

    `month`: the month of D; `through_on`: D, the day at whose end the figures are true; `is_running`: the period had
    not ended by `as_of`; `offices`: the topmost regions with a policy of their own. `places`: a row for each region,
    in the order of codes. `feeds`: each core feed and month in which it did not come; `by_place`: the rows of a
    region, by the name of their query. `known_units`: the codes of all units that may be named.
    """

    period: Period
    month: date
    as_of: date
    through_on: date
    is_running: bool
    places: list[Row]
    feeds: list[Row]
    deliveries: list[Row]
    offices: list[str]
    by_place: Mapping[str, Mapping[str, list[Row]]]
    known_units: frozenset[str]

    @cached_property
    def _places(self) -> dict[str, Row]:
        return {place["region_code"]: place for place in self.places}

    def place(self, region_code: str) -> Row:
        """The figures of one region. Raises KeyError where the period has no such region."""
        return self._places[region_code]

    def below(self, region_code: str) -> list[Row]:
        """The regions straight below one."""
        return [place for place in self.places if place["parent_code"] == region_code]

    def rows(self, query: str, region_code: str) -> list[Row]:
        """The rows of one region in a query by place."""
        return self.by_place[query].get(region_code, [])

    def within(self, rows: Iterable[Row], region_code: str) -> list[Row]:
        """Of rows about units, those of a region and of all below it, in their order."""
        prefix = self.place(region_code)["prefix"]
        return [row for row in rows if row["region_code"].startswith(prefix)]


@dataclass(frozen=True)
class Figures(PlaceFigures):
    """What the papers of a month, a quarter or a half-year rest on: `places` are those of place.sql.

    The other lists are in the order of their files in `sql/`; `labels` has the Chinese name of `table.column`.
    `handling_units` are filled for a half-year alone.
    """

    own_places: list[Row]
    units: list[Row]
    items: list[Row]
    listings: list[Row]
    planned: list[Row]
    labels: Mapping[str, str]
    handling_units: list[Row] = field(default_factory=list)

    def own(self, region_code: str) -> Row | None:
        """The figures of the units of exactly this code, where there are places below it too."""
        return next((row for row in self.own_places if row["region_code"] == region_code), None)

    def counted(self, region_code: str, kind: str, standing: str) -> Row:
        """How many `things` of how many `units` are owed in a region; zeros where there are none."""
        for row in self.rows("item_count", region_code):
            if (row["kind"], row["standing"]) == (kind, standing):
                return row
        return {"things": 0, "units": 0}


def read_figures(database: Path, as_of: date, period: Period, prefix: str) -> Figures:
    """The figures of a month, quarter or half-year for every region whose code begins with `prefix` (empty: all).

    Raises NothingPublishedError where there is no database, PeriodError where it has no such period or region.
    """
    with opened(database, as_of, period, prefix) as connection:
        kept = {name: keep(connection, name) for name in KEPT}
        of_complaints = period.kind == "halfyear"
        if of_complaints:
            keep(connection, HANDLING)
        return Figures(
            **common(connection, period, (*BY_PLACE, *(HANDLING_BY_PLACE if of_complaints else ()))),
            places=rows_of(connection, "place"),
            own_places=rows_of(connection, "own_place"),
            units=kept["unit"],
            items=kept["item"],
            listings=kept["listing"],
            planned=kept["planned_listing"],
            labels={row["name"]: row["label"] for row in rows_of(connection, "label")},
            handling_units=rows_of(connection, "handling_unit") if of_complaints else [],
        )


@contextmanager
def opened(database: Path, as_of: date, period: Period, prefix: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, with what every query of a paper stands on. Raises what `read_figures` raises."""
    try:
        connection = duckdb.connect(str(database.resolve(strict=True)), read_only=True)
    except (OSError, duckdb.Error) as error:
        raise NothingPublishedError(str(error)) from error
    with connection:
        connection.execute("set enable_external_access = false")
        connection.execute("use marts")
        if period.starts_on > as_of:
            raise PeriodError(
                f"{period.key} 晚于已发布数据的观测日 {as_of}：那以后的事还不知道",
                f"{period.key} is after {as_of}, the day of the published marts: what came later is not known",
            )
        asked_for = {"starts_on": period.starts_on, "months": period.months, "as_of": as_of, "prefix": prefix}
        for name, value in asked_for.items():
            connection.execute(f"set variable {name} = ?", [value])
        for name in ("prelude", *PERIODS[period.kind], "roster"):
            connection.execute(_sql(name))
        _check(connection, period, prefix)
        yield connection


def keep(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """The rows of a query, which is kept as a temporary table of its name for others to stand on."""
    connection.execute(f"create temp table {name} as {_sql(name)}")
    return _rows(connection, f"from {name}")


def rows_of(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """The rows of a query by the name of its file."""
    return _rows(connection, _sql(name))


def common(connection: duckdb.DuckDBPyConnection, period: Period, by_place: Sequence[str]) -> dict[str, Any]:
    """What `PlaceFigures` holds but for its places; `by_place`: the queries with rows by the code of a place."""
    asked = _rows(connection, "from asked")[0]
    return {
        "period": period,
        **{name: asked[name] for name in ("month", "as_of", "through_on", "is_running")},
        "feeds": rows_of(connection, "feed"),
        "deliveries": rows_of(connection, "delivery"),
        "offices": [row["region_code"] for row in rows_of(connection, "office")],
        "by_place": {name: _grouped(rows_of(connection, name)) for name in by_place},
        "known_units": frozenset(row["uscc"] for row in _rows(connection, "from roster")),
    }


def _check(connection: duckdb.DuckDBPyConnection, period: Period, prefix: str) -> None:
    known = connection.execute(
        "select min(starts_on), count(*) filter (starts_on = (select starts_on from asked)) from region_period"
    ).fetchone()
    first, rows = known or (None, 0)
    if not rows:
        begin = f"{first:%Y}" if first and period.kind == "annual" else f"{first:%Y-%m}" if first else ""
        raise PeriodError(
            f"已发布的数据里没有 {period.key}" + (f"，最早为 {begin}" if first else ""),
            f"the published marts have no {period.key}" + (f", they begin with {begin}" if first else ""),
        )
    if not connection.execute("from place").fetchone():
        raise PeriodError(
            f"{period.key} 没有行政区划代码以 {prefix} 开头的地区",
            f"there is no region in {period.key} whose code begins with {prefix}",
        )


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["region_code"], []).append(row)
    return grouped
