"""The name of an office stands in letters as large as its red head allows, whole, on one line or two."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.shared import Pt

from dagster_project.reports import paper, word
from dagster_project.reports.office import SHIPPED, Office
from tests.unit.reports import marts


@pytest.mark.parametrize(
    ("issuer", "text", "points"),
    [
        # 23 letters in 156 mm = 442.2 pt: 19.2 pt each, of which 0.98 are taken.
        ("示例云岭市社会信用体系建设工作领导小组办公室", "示例云岭市社会信用体系建设工作领导小组办公室文件", 18),
        # Six digits are as wide as three letters; the lines are 15 and 11 wide: 442.2 / 15 × 0.98 = 28.9.
        (
            "行政区划320000社会信用体系建设工作领导小组办公室",
            "行政区划320000社会信用体系建设\n工作领导小组办公室文件",
            28,
        ),
        # Of parts that nobody knows, in the middle: 442.2 / 21 × 0.98 = 20.6.
        ("甲" * 40, "甲" * 21 + "\n" + "甲" * 19 + "文件", 20),
    ],
)
def test_a_name_too_long_for_one_line_of_the_red_head_stands_on_two(march, issuer, text, points):
    fields = paper.fields(march, march.place(marts.CITY), Office(SHIPPED, {"issuer": issuer}))
    head = Document(BytesIO(word.render(SHIPPED / "monthly.docx", fields, {}, marts.AS_OF)))
    assert (head.paragraphs[0].text, head.paragraphs[0].runs[0].font.size) == (text, Pt(points))
