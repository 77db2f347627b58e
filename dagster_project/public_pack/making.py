"""A public pack made and frozen: DATA/marts/reports/public/<period>/r<N>/<region>/ is what may be uploaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dagster_project.paths import DataPaths
from dagster_project.public_pack.content import HIDDEN, Content, Told, months_of, read_content
from dagster_project.public_pack.suppress import THRESHOLD
from dagster_project.public_pack.writing import as_csv, as_json, as_workbook
from dagster_project.publish import DATABASE
from dagster_project.reports.figures import Figures, Row, read_figures
from dagster_project.reports.freeze import (
    DELIVERIES,
    FIGURES,
    Revision,
    freeze,
    place_of,
    revisions,
    unreadable,
    write_json,
)
from dagster_project.reports.office import read_office
from dagster_project.reports.period import Period, read_period
from dagster_project.reports.published import asked_regions, published, region_prefix
from dagster_project.reports.words import day, place_name

KIND = "public"


def make_pack(paths: DataPaths, period_key: str, region: str | None = None) -> Revision:
    """Make and freeze the pack of a month (2024-03) or a quarter (2024Q1), for one region or for every office.

    The folder of each holds `public.xlsx`, `public.json` and a CSV for each list. What is hidden is decided for all
    regions at once, so that no two packs of the same marts tell together what neither tells alone.
    Raises PeriodError for a period or region that the marts do not know, NothingPublishedError where there are no
    marts, OfficeError where the office's settings cannot be used.
    """
    period = read_period("quarterly" if "Q" in period_key else "monthly", period_key)
    prefix = region_prefix(region)
    version, manifest = published(paths)
    as_of = date.fromisoformat(manifest["made_from"]["as_of"])
    office = read_office(paths.root)
    figures = read_figures(version / DATABASE, as_of, period, "")
    figures = replace(figures, places=[office.named(place) for place in figures.places])
    roots = asked_regions(figures, prefix)
    made_from = {**manifest["made_from"], "regions": office.regions}

    def make(folder: Path, number: int, previous: Mapping[str, Revision]) -> dict[str, Any]:
        content = read_content(version / DATABASE, figures, _told_before(paths, period))
        for code in roots:
            _write(folder / code, figures, figures.place(code), content, number)
        write_json(folder / FIGURES, {"hidden": content.told.hidden, "placed": content.told.placed})
        write_json(folder / DELIVERIES, figures.deliveries)
        return {
            "as_of": as_of.isoformat(),
            "through_on": figures.through_on.isoformat(),
            "is_running": figures.is_running,
            "marts_version": manifest["version"],
            "program": manifest["program"],
            "threshold": THRESHOLD,
        }

    return freeze(paths, KIND, period.key, roots, made_from, make)


def _told_before(paths: DataPaths, period: Period) -> list[Told]:
    """What frozen packs told of the months of a period: those of the months, and those of the quarter around them."""
    months = months_of(period.starts_on, period.months)
    quarter = f"{period.starts_on.year}Q{(period.starts_on.month + 2) // 3}"
    found = []
    for key in dict.fromkeys((*months, quarter)):
        place = place_of(paths, KIND, key)
        # What was told was told, whether or not its manifest can still be read.
        folders = [revision.folder for revision in revisions(place)] + [path.parent for path in unreadable(place)]
        for folder in folders:
            said = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
            # Packs did not always say which units they count where: of those only what they hid is known.
            found.append(Told(said["hidden"], said.get("placed", {})))
    return found


def _write(folder: Path, figures: Figures, place: Row, content: Content, number: int) -> None:
    folder.mkdir()
    lists = {
        name: [row for row in rows if row["region_code"].startswith(place["prefix"])]
        for name, rows in content.lists.items()
    }
    title = f"{place_name(place)}{figures.period.label}政务诚信信息公示"
    about = {
        "title": title,
        "region_code": place["region_code"],
        "period": figures.period.key,
        "through_on": figures.through_on.isoformat(),
        "as_of": figures.as_of.isoformat(),
        "revision": number,
    }
    notes = _notes(figures, title, number)
    (folder / "public.xlsx").write_bytes(as_workbook(about, notes, lists, figures.as_of))
    (folder / "public.json").write_bytes(as_json(about | {"notes": notes}, lists))
    for name, rows in lists.items():
        (folder / f"{name}.csv").write_bytes(as_csv(name, rows))


def _notes(figures: Figures, title: str, number: int) -> list[str]:
    notes = [
        title,
        f"数据截至{day(figures.through_on)}，根据{day(figures.as_of)}前收到的报送生成，第{number}版。",
        f"“{HIDDEN}”表示数值少于{THRESHOLD}，或为防止从合计推算出少于{THRESHOLD}的数值而不显示；"
        f"分母少于{THRESHOLD}的比率不显示。",
        "投诉按期末的责任单位统计，不含重复和依规剔除的；受理、办结、整改均为本期内完成的件数。",
        "政务失信记录不含已撤销、已修复、容错免责和异议处理中的记录，不含涉及个人的处分和逐件投诉形成的记录。"
        "“已退出”表示期末前已从失信被执行人名单中撤出。",
        "不含涉密单位和个人信息。标“未报”的，其所依据的数据当期没有报送；标“待报”的，报送期限未过。",
    ]
    if figures.is_running:
        notes.append("本期尚未结束，为截至上述日期的数据。")
    return notes
