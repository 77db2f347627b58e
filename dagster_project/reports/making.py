"""A report (月调度, 季通报, 年考评): papers, pictures and tables of a region and of all below it, frozen together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from dagster_project.paths import DataPaths
from dagster_project.publish import DATABASE
from dagster_project.reports import annual_paper, halfyear, paper, pdf, pictures, score_pictures, word
from dagster_project.reports.annual import Scores, read_scores
from dagster_project.reports.changes import Change, changes
from dagster_project.reports.drawing import Drawings, Specs, processes_for
from dagster_project.reports.figures import Figures, PlaceFigures, Row, read_figures
from dagster_project.reports.fonts import picture_font
from dagster_project.reports.freeze import DELIVERIES, FIGURES, Revision, freeze, place_of, revisions, write_json
from dagster_project.reports.office import Office, read_office
from dagster_project.reports.period import LATEST, Period, PeriodError, read_period
from dagster_project.reports.pictures import Picture
from dagster_project.reports.published import asked_regions, latest_period, published, region_prefix
from dagster_project.reports.score_book import score_book
from dagster_project.reports.workbook import workbook

Tell = Callable[[str, int, int], None]


@dataclass
class Made:
    """A report that is there now. `left_out`: `pictures` and `pdf`, where this machine could not make them."""

    revision: Revision
    figures: PlaceFigures
    left_out: list[str] = field(default_factory=list)


def make_report(
    paths: DataPaths,
    kind: str,
    period_key: str,
    region: str | None = None,
    *,
    stage: str | None = None,
    wants_pdf: bool = True,
    only_ended: bool = False,
    tell: Tell = lambda _name, _done, _all: None,
) -> Made:
    """Make and freeze the report of a period, for one region or for every office, and for all regions below.

    `period_key`: as 2024-03, 2024Q1, 2024H1, 2024, or `latest`: the last one that has ended and of which a core feed
    came. `stage` is of the annual report alone: preliminary or final, which it is where none is given. `only_ended`
    refuses a period that had not ended by the day of the marts.

    Raises PeriodError for a period or region that the marts do not know, NothingPublishedError where there are no
    marts, OfficeError where the office's settings or template cannot be used.
    """
    named = None if period_key == LATEST else read_period(kind, period_key)
    prefix = region_prefix(region)
    version, manifest = published(paths)
    as_of = date.fromisoformat(manifest["made_from"]["as_of"])
    period = named or latest_period(kind, version / DATABASE, as_of)
    office = read_office(paths.root)
    figures = _read(version / DATABASE, as_of, period, prefix, stage)
    if only_ended and figures.is_running:
        raise PeriodError(
            f"已发布数据的观测日是 {as_of}，{period.label}到那时还没有结束：先运行 publish_marts（jiannuo run）",
            f"the published marts are as of {as_of}, when {period.key} had not ended: run publish_marts (jiannuo run)",
        )
    figures = replace(figures, places=[office.named(place) for place in figures.places])
    roots = asked_regions(figures, prefix)
    regions = [place["region_code"] for root in roots for place in figures.within(figures.places, root)]
    made_from = {**manifest["made_from"], "template": office.fingerprint(kind)}
    if isinstance(figures, Scores):
        made_from["stage"] = figures.stage
    left_out: list[str] = []

    def make(folder: Path, number: int, previous: Mapping[str, Revision]) -> dict[str, Any]:
        write_json(folder / DELIVERIES, figures.deliveries)
        font, other = picture_font(), dict[str, Revision]()
        if font is None:
            left_out.append("pictures")
        if isinstance(figures, Figures):
            shown = halfyear.shown(figures) if kind == "halfyear" else paper.shown_figures(figures)
        else:
            shown = annual_paper.shown_figures(figures)
            other = _other_stage(paths, figures)
        write_json(folder / FIGURES, shown)
        papers: dict[str, Path] = {}
        specs = _specs(figures, regions) if font else {}
        since = _since_each(previous, figures.deliveries)
        with Drawings(specs, font or "", processes_for(len(regions))) as drawings:
            # Those with pictures last: until then these are drawn.
            for done, code in enumerate(sorted(regions, key=lambda code: code in specs), 1):
                place, before = figures.place(code), previous.get(code)
                (folder / code).mkdir()
                drawn = drawings.of(code)
                if isinstance(figures, Figures):
                    papers[code], changed = _write_paper(folder / code, figures, place, office, drawn, shown, before)
                else:
                    after = other.get(code)
                    written = _write_scores(folder / code, figures, place, office, drawn, shown, before, after)
                    papers[code], changed = written
                if before:
                    _write_restatement(folder / code, before, changed, since[code])
                tell(code, done, len(regions))
        if wants_pdf and len(pdf.write_pdfs([papers[code] for code in regions], as_of)) < len(papers):
            left_out.append("pdf")
        return {
            "as_of": as_of.isoformat(),
            "through_on": figures.through_on.isoformat(),
            "is_running": figures.is_running,
            "marts_version": manifest["version"],
            "program": manifest["program"],
            "picture_font": font,
            "deliveries_since": {code: came for code, came in since.items() if code in roots},
        }

    return Made(freeze(paths, kind, period.key, regions, made_from, make), figures, left_out)


def _read(database: Path, as_of: date, period: Period, prefix: str, stage: str | None) -> Figures | Scores:
    if period.kind == "annual":
        return read_scores(database, as_of, period, prefix, stage or "final")
    if stage is not None:
        raise PeriodError(f"只有年考评分初评、复评，{period.what}不分", f"a {period.kind} report has no stages")
    return read_figures(database, as_of, period, prefix)


def _other_stage(paths: DataPaths, scores: Scores) -> dict[str, Revision]:
    """The last revision of the other stage that holds each region, for those that have one."""
    return {
        code: revision
        for revision in revisions(place_of(paths, scores.period.kind, scores.period.key))
        if revision.manifest["made_from"].get("stage") != scores.stage
        for code in revision.regions
    }


def _write_paper(
    folder: Path,
    figures: Figures,
    place: Row,
    office: Office,
    drawn: Mapping[str, Picture],
    shown: dict[str, Any],
    previous: Revision | None,
) -> tuple[Path, list[Change]]:
    """The files of one region for a month, a quarter or a half-year: the Word file, and what it restates."""
    kind = figures.period.kind
    of_complaints = kind == "halfyear"

    def label(of: str, column: str) -> str:
        if of_complaints:
            return halfyear.label(figures, of, column)
        table = "org_monthly" if of == "units" else "region_monthly"
        return figures.labels.get(f"{table}.{column}") or paper.OTHER_LABELS.get(column, column)

    kinds = ("places", "units") if of_complaints else ("places", "own_places", "units")
    changed = changes(place, previous.read(FIGURES), shown, kinds, label, figures.known_units) if previous else []
    fields, book = (halfyear.fields, halfyear.book) if of_complaints else (paper.fields, workbook)
    said = fields(figures, place, office, previous.name if previous else None, changed, drawn)
    in_paper = _write_pictures(folder, drawn)
    written = folder / f"{kind}.docx"
    written.write_bytes(word.render(office.template(kind), said, in_paper, figures.as_of))
    (folder / f"{kind}.xlsx").write_bytes(book(figures, place, said["notes"], changed if previous else None))
    return written, changed


def _write_scores(
    folder: Path,
    scores: Scores,
    place: Row,
    office: Office,
    drawn: Mapping[str, Picture],
    shown: dict[str, Any],
    previous: Revision | None,
    other: Revision | None,
) -> tuple[Path, list[Change]]:
    """The files of one region for a year: the Word file, and what it restates."""
    kinds = ("places", "units", "deductions")
    changed, between = (
        changes(place, one.read(FIGURES), shown, kinds, annual_paper.label, scores.known_units) if one else None
        for one in (previous, other)
    )
    restates = previous.name if previous else None
    said = annual_paper.fields(scores, place, office, restates, changed or (), between, drawn)
    in_paper = _write_pictures(folder, drawn)
    written = folder / "annual.docx"
    written.write_bytes(word.render(office.template("annual"), said, in_paper, scores.as_of))
    (folder / "annual.xlsx").write_bytes(score_book(scores, place, said["notes"], changed, between))
    if other:
        told = {"compared_with": other.name, "changes": [vars(one) for one in between or ()]}
        write_json(folder / "stages.json", told)
    return written, changed or []


def _specs(figures: Figures | Scores, regions: Sequence[str]) -> dict[str, Specs]:
    """What is to be drawn: for an office's own place and for one with places below; another has too little to draw."""
    specs: dict[str, Specs] = {}
    names = halfyear.PICTURES if figures.period.kind == "halfyear" else paper.PICTURES
    for code in regions:
        if code in figures.offices or figures.below(code):
            place = figures.place(code)
            specs[code] = (
                pictures.specs(figures, place, names)
                if isinstance(figures, Figures)
                else score_pictures.specs(figures, place)
            )
    return specs


def _write_pictures(folder: Path, drawn: Mapping[str, Picture]) -> dict[str, bytes]:
    """Keep the pictures beside the paper; by the field of the template, what stands in it."""
    for name, picture in drawn.items():
        stem = name.removesuffix("_picture")
        (folder / f"{stem}.png").write_bytes(picture.png)
        (folder / f"{stem}.svg").write_text(picture.svg, encoding="utf-8")
    return {name: picture.png for name, picture in drawn.items()}


def _write_restatement(folder: Path, previous: Revision, changed: Sequence[Change], since: Sequence[str]) -> None:
    """What a revision restates (rules.md, "Publications of reports"): the figures that differ, and what came since."""
    told = {"restates": previous.name, "changes": [vars(one) for one in changed], "deliveries_since": since}
    write_json(folder / "restatement.json", told)


def _since_each(previous: Mapping[str, Revision], deliveries: Sequence[Row]) -> dict[str, list[str]]:
    """By region, the deliveries that came since its last revision was frozen; most regions have the same one."""
    each = {revision.name: revision for revision in previous.values()}
    came = {name: _since(revision, deliveries) for name, revision in each.items()}
    return {code: came[revision.name] for code, revision in previous.items()}


def _since(previous: Revision, deliveries: Sequence[Row]) -> list[str]:
    """The deliveries that came since a revision was frozen."""
    known = {(row["feed"], row["received_on"], row["file"], row["sha256"]) for row in previous.read(DELIVERIES)}
    return [
        f"{row['feed']}/{row['received_on']}/{row['file']}"
        for row in deliveries
        if (row["feed"], row["received_on"], row["file"], row["sha256"]) not in known
    ]
