"""A province's monthly papers against its Word files alone, on the same marts in one invocation.

`python -m bench.papers make DATA` makes the report, all but its PDF; `… word DATA` fills the same templates with the
same fields and saves the Word files, and nothing else; `… pictures DATA` draws the pictures that stand in them, in one
process; `… pdf DATA` draws a PDF of each Word file that is there.
Each prints one JSON object.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from docxtpl import DocxTemplate

from bench.codes import made_up_uscc
from bench.large.sizes import AS_OF, Size
from bench.large.units import units
from dagster_project.paths import DataPaths
from dagster_project.reports import paper, pdf, pictures
from dagster_project.reports.figures import read_figures
from dagster_project.reports.fonts import picture_font
from dagster_project.reports.freeze import place_of, revisions
from dagster_project.reports.making import make_report
from dagster_project.reports.office import read_office
from dagster_project.reports.period import read_period

SIZE = Size("papers", 5_000, 20_000, 100_000, 5_000, 500)
PROVINCE, CITIES, COUNTIES = "21", 14, 100
KIND, PERIOD = "monthly", f"{AS_OF:%Y-%m}"
POLICY = f"""\
id: bench-papers
name: 示例省政务诚信办法
extends: office-default
region_prefix: "{PROVINCE}"
effective_from: 2020-01-01
"""


def regions() -> list[tuple[str, str, str]]:
    """(code, level, name) of the province, its cities and their counties."""
    cities = [f"{PROVINCE}{city:02d}" for city in range(1, CITIES + 1)]
    counties = [f"{cities[number % CITIES]}{number // CITIES + 1:02d}" for number in range(COUNTIES)]
    return [
        (f"{PROVINCE}0000", "province", "示例省"),
        *((f"{code}00", "city", f"示例{number}市") for number, code in enumerate(cities, 1)),
        *((code, "county", f"示例{number}县") for number, code in enumerate(sorted(counties), 1)),
    ]


def roster(size: Size) -> pl.DataFrame:
    """The units of the counties, and a government of each region."""
    found = units(size, [code for code, level, _ in regions() if level == "county"])
    governments = pl.DataFrame(
        [
            {
                "uscc": made_up_uscc("government", code, size.units + number),
                "name": f"{name}人民政府",
                "short_name": f"{name}政府",
                "region_code": code,
                "org_type": "government",
                "is_classified": False,
                "level": level,
                "established_on": date(2010, 1, 1),
            }
            for number, (code, level, name) in enumerate(regions())
        ]
    )
    return pl.concat([found, governments], how="diagonal")


def make(data: Path) -> dict[str, Any]:
    """What it costs to make the report of the province: figures, pictures, Word, Excel, digests, all on the disk."""
    begun = _now()
    made = make_report(DataPaths(data), KIND, PERIOD, PROVINCE, wants_pdf=False)
    assert made.revision.is_new, "the report was there already"
    return _cost(begun, len(made.revision.regions))


def word_alone(data: Path) -> dict[str, Any]:
    """What it costs docxtpl to fill the report's template with its fields and to save it, one paper after the other.

    The fields are made before anything is measured; pictures are none of them.
    """
    paths = DataPaths(data)
    office = read_office(paths.root)
    figures = read_figures(paths.published_db, AS_OF, read_period(KIND, PERIOD), PROVINCE)
    papers = [paper.fields(figures, place, office) for place in figures.places]
    with tempfile.TemporaryDirectory() as folder:
        begun = _now()
        for number, fields in enumerate(papers):
            document = DocxTemplate(office.template(KIND))
            document.render(fields, autoescape=True)
            document.save(Path(folder) / f"{number}.docx")
        return _cost(begun, len(papers))


def pictures_alone(data: Path) -> dict[str, Any]:
    """What it costs to draw the pictures that stand in the Word files, one after the other."""
    figures = read_figures(DataPaths(data).published_db, AS_OF, read_period(KIND, PERIOD), PROVINCE)
    font = picture_font()
    assert font is not None, "no font for Chinese here"
    begun = _now()
    shown = [
        pictures.drawn(spec, font)
        for place in figures.places
        if figures.below(place["region_code"])
        for spec in pictures.specs(figures, place, paper.PICTURES).values()
    ]
    return _cost(begun, len(shown))


def pdf_alone(data: Path) -> dict[str, Any]:
    """What it costs LibreOffice to draw the Word files of the last revision, in one start."""
    folder = revisions(place_of(DataPaths(data), KIND, PERIOD))[-1].folder
    with tempfile.TemporaryDirectory() as work:
        papers = []
        for place in sorted(folder.glob(f"*/{KIND}.docx")):
            papers.append(Path(work) / f"{place.parent.name}.docx")
            shutil.copyfile(place, papers[-1])
        begun = _now()
        return _cost(begun, len(pdf.write_pdfs(papers, AS_OF)))


def _now() -> tuple[float, float]:
    """Wall seconds, and CPU seconds of this process and of the children that it has waited for."""
    spent = os.times()
    return time.perf_counter(), spent.user + spent.system + spent.children_user + spent.children_system


def _cost(begun: tuple[float, float], papers: int) -> dict[str, Any]:
    wall, cpu = (now - before for now, before in zip(_now(), begun, strict=True))
    return {"seconds": wall, "cpu": cpu, "papers": papers}


if __name__ == "__main__":
    commands = {"make": make, "word": word_alone, "pictures": pictures_alone, "pdf": pdf_alone}
    told = commands[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps(told))
