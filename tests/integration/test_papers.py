"""What papers say of a city that was built from its deliveries: of every place, with much to report or with nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from dagster_project.paths import DataPaths
from dagster_project.reports import annual_paper, halfyear, paper, word
from dagster_project.reports.annual import read_scores
from dagster_project.reports.figures import read_figures
from dagster_project.reports.office import SHIPPED, Office
from dagster_project.reports.period import read_period
from tests.integration import small_city

#: What no office would send: names of fields, blanks, doubled stops, lists of none.
NEVER = re.compile(
    r"None|nan|\{|\}|，，|。。|、、|，。|、。|：。|；。|（）|（，|^[，。、；]|(?<![0-9.])0(?:个|件|项|条|份|次|位|分(?!点))"
)
#: Months and quarters that are quiet, busy, and not over.
PAPERS = [
    *(("monthly", key) for key in ("2023-11", "2024-01", "2024-05")),
    *(("quarterly", key) for key in ("2023Q4", "2024Q1", "2024Q2")),
    ("halfyear", "2024H1"),
    *(("annual", key) for key in ("2023", "2024")),
]


def said(ran: Path, kind: str, key: str) -> Iterator[tuple[str, list[str]]]:
    """Each place of a paper with the lines of its text, without its tables."""
    office, period = Office(SHIPPED), read_period(kind, key)
    database = DataPaths(ran).published_db
    figures: Any
    if kind == "annual":
        fields: Any = annual_paper.fields
        figures = read_scores(database, small_city.AS_OF, period, "36", "preliminary")
    else:
        fields = halfyear.fields if kind == "halfyear" else paper.fields
        figures = read_figures(database, small_city.AS_OF, period, "36")
    for place in figures.places:
        content = word.render(office.template(kind), fields(figures, place, office), {}, small_city.AS_OF)
        lines = [one.text for one in Document(BytesIO(content)).paragraphs if one.text.strip()]
        yield place["region_code"], lines


@pytest.mark.parametrize(("kind", "key"), PAPERS)
def test_every_sentence_is_one_that_an_office_would_send(ran: Path, kind: str, key: str) -> None:
    places = dict(said(ran, kind, key))
    assert {"360700", "360701", "360702"} <= set(places)
    wrong = [(code, line) for code, lines in places.items() for line in lines if NEVER.search(line)]
    assert wrong == []
    # Whatever there is to tell, each part says something.
    for lines in places.values():
        heads = [number for number, line in enumerate(lines) if re.match(r"[一二三四五六]、|（[一二三四]）", line)]
        assert len(heads) >= 3
        empty = [lines[at] for at in heads if not lines[at + 1].endswith(("。", "：")) and at + 1 not in heads]
        assert empty == []


@pytest.mark.parametrize(
    "line",
    [
        "逾期未签署的单位0个",
        "投诉0件。",
        "承诺覆盖率None",
        "见{{ annex }}",
        "涉及单位：。",
        "，比上月增加1件",
        "扣0分",
        "本月收到投诉，，另有",
    ],
)
def test_what_no_office_would_send_is_found_out(line: str) -> None:
    assert NEVER.search(line)


@pytest.mark.parametrize("line", ["按时受理率0.0%", "逾期未签署的单位10个", "提高0.5个百分点", "得分100.00分"])
def test_what_an_office_would_send_is_let_be(line: str) -> None:
    assert not NEVER.search(line)
