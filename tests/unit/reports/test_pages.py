"""Pages of a paper look as an office would send them: nothing stands alone, and no picture leaves a page half empty."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dagster_project.reports import paper, pictures, word
from dagster_project.reports.office import SHIPPED, Office
from tests.unit.reports import marts

KINDS = ("monthly", "quarterly", "halfyear", "annual")


def made(march: Any, drawn: dict[str, bytes] | None = None, **changed: Any) -> Any:
    said = paper.fields(march, march.place(marts.CITY), Office(SHIPPED), drawn=drawn or {}) | changed
    return Document(BytesIO(word.render(SHIPPED / "monthly.docx", said, drawn or {}, marts.AS_OF)))


def kept(paragraph: Any) -> bool:
    return bool(paragraph.paragraph_format.keep_with_next)


@pytest.mark.parametrize("kind", KINDS)
def test_cells_stand_in_the_middle_of_their_rows_and_digits_as_high_as_words(kind: str) -> None:
    document = Document(str(SHIPPED / f"{kind}.docx"))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    assert cells
    assert {cell.vertical_alignment for cell in cells} == {WD_CELL_VERTICAL_ALIGNMENT.CENTER}
    for name in ("表格", "表格文字", "表头"):
        form = document.styles[name].paragraph_format
        assert (form.line_spacing_rule, form.line_spacing) == (WD_LINE_SPACING.EXACTLY, Pt(14))


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_room_between_an_annex_s_title_and_its_table_and_they_stay_together(kind: str) -> None:
    form = Document(str(SHIPPED / f"{kind}.docx")).styles["附件标题"].paragraph_format
    assert (form.space_after, form.keep_with_next) == (Pt(6), True)


def test_the_last_note_stays_with_the_signature_and_the_others_may_part(march) -> None:
    paragraphs = made(march, notes=["1．甲。", "2．乙。", "3．丙。"]).paragraphs
    texts = [one.text for one in paragraphs]
    first, last = texts.index("1．甲。"), texts.index("3．丙。")
    assert [kept(one) for one in paragraphs[first : last + 1]] == [False, False, True]
    signed = texts.index("2024年4月30日")
    between = paragraphs[last + 1 : signed]
    assert [one.style.name for one in between if one.text] == ["附件说明"] * 5 + ["落款"]
    assert all(kept(one.style) for one in between)


def test_a_table_keeps_its_last_three_rows_on_one_page(march) -> None:
    row = {name: "甲" for name in ("kind", "unit", "number", "title", "due_on", "days")}
    late = paper.Annex("附件2", "", "逾期事项清单", [row] * 5)
    table = made(march, annex_late=late).tables[1]
    assert [{kept(one) for cell in row.cells for one in cell.paragraphs} for row in table.rows] == [
        {False},
        {False},
        {False},
        {True},
        {True},
        {False},
    ]


def test_pictures_stand_two_in_a_line_in_an_annex_of_their_own(march) -> None:
    png = pictures.lettered("甲", "sans-serif")
    document = made(march, {"coverage_picture": png, "timeliness_picture": png})
    (shown,) = [one for one in document.paragraphs if one._p.findall(f".//{qn('w:drawing')}")]
    texts = [one.text for one in document.paragraphs]
    assert texts.index("附件6") < texts.index("主要指标图")
    assert "　　　6．主要指标图" in texts
    assert shown.style is not None and shown.style.name == "图片"
    assert [picture.width for picture in document.inline_shapes] == [Mm(121), Mm(121)]
    # Landscape pages take 258 mm of text; what reads the file may put 6.4 mm around each picture.
    assert 2 * (121 + 6.4) < 258


def test_the_annex_of_pictures_comes_before_what_was_changed_and_is_left_out_without_pictures(march) -> None:
    place, office = march.place(marts.CITY), Office(SHIPPED)
    titles = [one.title for one in paper.fields(march, place, office, "r1", (), ["loop_picture"])["annexes"]]
    assert titles[-2:] == ["主要指标图", "更正情况表"]
    assert paper.fields(march, place, office)["annex_pictures"] is None
    assert "主要指标图" not in [one.text for one in made(march).paragraphs]


def test_one_picture_alone_is_as_wide_as_the_text_of_a_page_allows(march) -> None:
    document = made(march, {"loop_picture": pictures.lettered("甲", "sans-serif")})
    assert [picture.width for picture in document.inline_shapes] == [Mm(146)]


def test_a_row_of_names_with_numbers_is_set_without_wide_gaps() -> None:
    for kind, field in (("quarterly", "line"), ("halfyear", "places_text"), ("annual", "places_text")):
        document = Document(str(SHIPPED / f"{kind}.docx"))
        (style, *_) = [one.style for one in document.paragraphs if one.style and one.text == f"{{{{ {field} }}}}"]
        assert (style.name, style.paragraph_format.alignment) == ("公文列举", WD_ALIGN_PARAGRAPH.LEFT)
