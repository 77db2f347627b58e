"""Where papers begin: the published marts, the region that is asked for, and the offices that papers are made for."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.paths import DataPaths
from dagster_project.publish import CURRENT, MANIFEST
from dagster_project.reports.figures import SQL, NothingPublishedError, PlaceFigures
from dagster_project.reports.period import FORMS, Period, PeriodError, period_of

_LATEST = SQL / "latest.sql"
_REGION = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")


def published(paths: DataPaths) -> tuple[Path, dict[str, Any]]:
    """The folder of the published version, which stays the same while its link is moved on, and its manifest.

    Raises NothingPublishedError where there is none.
    """
    try:
        version = (paths.marts / CURRENT).resolve(strict=True)
        manifest: dict[str, Any] = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NothingPublishedError(str(error)) from error
    return version, manifest


def latest_period(kind: str, database: Path, as_of: date) -> Period:
    """The last period of a kind that had ended by `as_of` and of which a core feed came.

    Raises PeriodError where there is none yet, NothingPublishedError where there is no database.
    """
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            connection.execute("use marts")
            for name, value in (("months", FORMS[kind][-1]), ("as_of", as_of)):
                connection.execute(f"set variable {name} = ?", [value])
            found = connection.execute(_LATEST.read_text(encoding="utf-8")).fetchone()
    except duckdb.Error as error:
        raise NothingPublishedError(str(error)) from error
    if found is None or found[0] is None:
        example = FORMS[kind][1]
        raise PeriodError(
            f"到观测日 {as_of} 还没有一个已结束且有核心报送的时期，请写明时期，如 {example}",
            f"of no period that had ended by {as_of} has a core feed come; name one, as {example}",
        )
    return period_of(kind, found[0])


def region_prefix(region: str | None) -> str:
    """The digits with which the codes of a region and of all below it begin; none given: every region.

    Raises PeriodError for what is no code of 2, 4 or 6 digits.
    """
    if region is None:
        return ""
    if not _REGION.fullmatch(region):
        raise PeriodError(
            f"行政区划代码应为 2、4 或 6 位数字，而不是 {region}", f"a region is 2, 4 or 6 digits, not {region}"
        )
    return re.sub(r"(00){1,2}$", "", region)


def asked_regions(figures: PlaceFigures, prefix: str) -> list[str]:
    """The codes of the regions that papers are asked for, without those below: one, or every office's.

    Raises PeriodError for a region that the marts do not know.
    """
    if not prefix:
        return figures.offices
    found = [place["region_code"] for place in figures.places if place["prefix"] == prefix]
    if not found:
        code, key = prefix.ljust(6, "0"), figures.period.key
        raise PeriodError(f"{key} 没有行政区划代码为 {code} 的地区", f"there is no region {code} in {key}")
    return found
