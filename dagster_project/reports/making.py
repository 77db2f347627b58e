"""A report (月调度, 季通报): papers, pictures and tables of a region and of all below it, frozen together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from dagster_project.paths import DataPaths
from dagster_project.publish import CURRENT, DATABASE
from dagster_project.publish import MANIFEST as MARTS_MANIFEST
from dagster_project.reports import pdf, pictures, word
from dagster_project.reports.figures import Figures, NothingPublishedError, Row, read_figures
from dagster_project.reports.fonts import picture_font
from dagster_project.reports.freeze import DELIVERIES, FIGURES, Revision, freeze, write_json
from dagster_project.reports.office import Office, read_office
from dagster_project.reports.paper import PICTURES, Change, fields, shown_figures
from dagster_project.reports.period import PeriodError, read_period
from dagster_project.reports.words import NONE
from dagster_project.reports.workbook import workbook

_REGION = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")

#: Shown figures that are no column of a mart.
OTHER_LABELS = {"letter": "承诺书", "publicity": "公示", "rank": "名次"}

Tell = Callable[[str, int, int], None]


@dataclass
class Made:
    """A report that is there now. `left_out`: `pictures` and `pdf`, where this machine could not make them."""

    revision: Revision
    figures: Figures
    left_out: list[str] = field(default_factory=list)


def make_report(
    paths: DataPaths,
    kind: str,
    period_key: str,
    region: str | None = None,
    *,
    wants_pdf: bool = True,
    tell: Tell = lambda _name, _done, _all: None,
) -> Made:
    """Make and freeze the report of a period, for one region or for every office, and for all regions below.

    Raises PeriodError for a period or region that the marts do not know, NothingPublishedError where there are no
    marts, OfficeError where the office's settings or template cannot be used.
    """
    period, prefix = read_period(kind, period_key), _prefix(region)
    version, manifest = _published(paths)
    as_of = date.fromisoformat(manifest["made_from"]["as_of"])
    office = read_office(paths.root)
    figures = read_figures(version / DATABASE, as_of, period, prefix)
    figures = replace(figures, places=[office.named(place) for place in figures.places])
    roots = _roots(figures, prefix)
    regions = [place["region_code"] for root in roots for place in figures.within(figures.places, root)]
    made_from = {**manifest["made_from"], "template": office.fingerprint(kind)}
    left_out: list[str] = []

    def make(folder: Path, number: int, previous: Mapping[str, Revision]) -> dict[str, Any]:
        shown = shown_figures(figures)
        write_json(folder / FIGURES, shown)
        write_json(folder / DELIVERIES, figures.deliveries)
        font = picture_font()
        if font is None:
            left_out.append("pictures")
        papers = []
        for done, code in enumerate(regions, 1):
            place, before = figures.place(code), previous.get(code)
            papers.append(_write_paper(folder / code, figures, place, office, font, shown, before))
            tell(code, done, len(regions))
        if wants_pdf and len(pdf.write_pdfs(papers, as_of)) < len(papers):
            left_out.append("pdf")
        return {
            "as_of": as_of.isoformat(),
            "through_on": figures.through_on.isoformat(),
            "is_running": figures.is_running,
            "marts_version": manifest["version"],
            "program": manifest["program"],
            "picture_font": font,
            "deliveries_since": {
                code: _since(revision, figures.deliveries) for code, revision in previous.items() if code in roots
            },
        }

    return Made(freeze(paths, kind, period.key, regions, made_from, make), figures, left_out)


def _write_paper(
    folder: Path,
    figures: Figures,
    place: Row,
    office: Office,
    font: str | None,
    shown: dict[str, Any],
    previous: Revision | None,
) -> Path:
    """The files of one region; the Word file is named."""
    folder.mkdir()
    code, kind = place["region_code"], figures.period.kind
    changes = _changes(figures, place, previous.read(FIGURES), shown) if previous else []
    said = fields(figures, place, office, previous.name if previous else None, changes)
    # A place without places below has too little to draw.
    drawn = pictures.draw(figures, place, font) if font and figures.below(code) else {}
    for name, picture in drawn.items():
        stem = name.removesuffix("_picture")
        (folder / f"{stem}.png").write_bytes(picture.png)
        (folder / f"{stem}.svg").write_text(picture.svg, encoding="utf-8")
    paper = folder / f"{kind}.docx"
    in_paper = {name: drawn[name].png for name in PICTURES if name in drawn}
    paper.write_bytes(word.render(office.template(kind), said, in_paper, figures.as_of))
    (folder / f"{kind}.xlsx").write_bytes(workbook(figures, place, said["notes"], changes if previous else None))
    if previous:
        write_json(folder / "restatement.json", {"restates": previous.name, "changes": [vars(one) for one in changes]})
    return paper


def _changes(figures: Figures, place: Row, old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Every shown figure of a place, of those below it and of their units that is another one than before."""
    found = []
    for kind, table in (("places", "region_monthly"), ("units", "org_monthly")):
        before, now = ({key: row for key, row in said[kind].items() if _is_in(row, place)} for said in (old, new))
        for key in [*now, *(key for key in before if key not in now)]:
            one, other = before.get(key, {}), now.get(key, {})
            name = (other or one)["name"]
            for column in dict.fromkeys([*other.get("figures", {}), *one.get("figures", {})]):
                was, is_ = (said.get("figures", {}).get(column, NONE) for said in (one, other))
                if was != is_:
                    label = figures.labels.get(f"{table}.{column}") or OTHER_LABELS.get(column, column)
                    found.append(Change(name, label, was, is_))
    return found


def _is_in(row: dict[str, Any], place: Row) -> bool:
    return bool(row["region_code"].startswith(place["prefix"]))


def _since(previous: Revision, deliveries: Sequence[Row]) -> list[str]:
    """The deliveries that came since a revision was frozen."""
    known = {(row["feed"], row["received_on"], row["file"], row["sha256"]) for row in previous.read(DELIVERIES)}
    return [
        f"{row['feed']}/{row['received_on']}/{row['file']}"
        for row in deliveries
        if (row["feed"], row["received_on"], row["file"], row["sha256"]) not in known
    ]


def _published(paths: DataPaths) -> tuple[Path, dict[str, Any]]:
    """The folder of the published version, which stays the same while its link is moved on, and its manifest."""
    try:
        version = (paths.marts / CURRENT).resolve(strict=True)
        manifest: dict[str, Any] = json.loads((version / MARTS_MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NothingPublishedError(str(error)) from error
    return version, manifest


def _prefix(region: str | None) -> str:
    """The digits with which the codes of a region and of all below it begin; none given: every region."""
    if region is None:
        return ""
    if not _REGION.fullmatch(region):
        raise PeriodError(
            f"行政区划代码应为 2、4 或 6 位数字，而不是 {region}", f"a region is 2, 4 or 6 digits, not {region}"
        )
    return re.sub(r"(00){1,2}$", "", region)


def _roots(figures: Figures, prefix: str) -> list[str]:
    if not prefix:
        return figures.offices
    found = [place["region_code"] for place in figures.places if place["prefix"] == prefix]
    if not found:
        code, key = prefix.ljust(6, "0"), figures.period.key
        raise PeriodError(f"{key} 没有行政区划代码为 {code} 的地区", f"there is no region {code} in {key}")
    return found
