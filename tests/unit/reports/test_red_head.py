"""An office is named on one line of its red head, in letters as large as that allows, narrow where the name is long."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from dagster_project.reports import paper, word
from dagster_project.reports.office import SHIPPED, Office
from tests.unit.reports import marts


@pytest.mark.parametrize(
    ("issuer", "points", "per_cent"),
    [
        # With 文件 4, 10 and 23 letters in 156 mm = 442.2 pt, of which 0.98 are taken: 108, 43.3 and 18.8 pt each.
        ("某办", 48, None),
        ("某市社会信用办公", 43, None),
        # 30 pt would be 18.8 / 30 = 0.63 wide: they are 0.66 wide and 18.8 / 0.66 = 28.5 high.
        ("示例云岭市社会信用体系建设工作领导小组办公室"[1:], 28, "66"),
        # Six digits are as wide as three letters: 19 letters have 22.8 pt each, which is 0.76 of 30.
        ("某市123456社会信用体系建设联席会议", 30, "76"),
    ],
)
def test_a_name_is_as_large_as_one_line_allows(march, issuer, points, per_cent):
    fields = paper.fields(march, march.place(marts.CITY), Office(SHIPPED, {"issuer": issuer}))
    document = Document(BytesIO(word.render(SHIPPED / "monthly.docx", fields, {}, marts.AS_OF)))
    (run,) = document.paragraphs[0].runs
    narrow = run._element.get_or_add_rPr().find(qn("w:w"))
    assert (run.text, run.font.size) == (f"{issuer}文件", Pt(points))
    assert (None if narrow is None else narrow.get(qn("w:val"))) == per_cent
