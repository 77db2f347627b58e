"""What the Word templates of the papers are put together from.

The form is that of GB/T 9704-2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters (28.95 pt), the fonts by the
names that Word and WPS know.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dagster_project.reports.package import steady

FANG, KAI, HEI, BIAO, SONG, LATIN = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体", "Times New Roman"
LINE, TABLE_LINE = Pt(28.95), Pt(14)
RED = RGBColor(0xE0, 0x00, 0x00)
#: A style of ours by its name: font, points, bold, alignment, indent of the first line in characters.
STYLES: dict[str, tuple[str, float, WD_ALIGN_PARAGRAPH | None, int]] = {
    "红头": (BIAO, 48, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "文号": (FANG, 16, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "公文标题": (BIAO, 22, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "主送": (FANG, 16, None, 0),
    "公文正文": (FANG, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
    # Names with numbers one after the other: justified, they leave wide gaps.
    "公文列举": (FANG, 16, WD_ALIGN_PARAGRAPH.LEFT, 2),
    "一级标题": (HEI, 16, None, 2),
    "二级标题": (KAI, 16, None, 2),
    "图片": (FANG, 12, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "附件说明": (FANG, 16, None, 2),
    "落款": (FANG, 16, WD_ALIGN_PARAGRAPH.RIGHT, 0),
    "附件标号": (HEI, 16, None, 0),
    "附件标题": (BIAO, 18, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "表格": (FANG, 10.5, WD_ALIGN_PARAGRAPH.CENTER, 0),
    "表格文字": (FANG, 10.5, WD_ALIGN_PARAGRAPH.LEFT, 0),
    "表头": (HEI, 10.5, WD_ALIGN_PARAGRAPH.CENTER, 0),
}

Columns = Sequence[tuple[str, str, float]]


def begun() -> Any:
    """A document up to its first sentence."""
    document = _blank()
    add = document.add_paragraph
    add("{{ issuer }}文件", style="红头")
    add("{{ document_no }}", style="文号")
    _rule(add("", style="文号"))
    add("{{ title }}", style="公文标题")
    add("", style="公文正文")
    add("{{ recipients }}", style="主送")
    add("{{ opening }}", style="公文正文")
    return document


def ended(
    document: Any,
    annexes: Sequence[tuple[str, Columns]],
    pictures: Sequence[str],
    changes: Sequence[tuple[str, Columns]],
) -> bytes:
    """The notes, the list of annexes, the signature, and the annexes: the field and the columns of each.

    The pictures stand in an annex of their own before those of `changes`: in the text they leave pages half empty.
    """
    add = document.add_paragraph
    add("{%p for line in notes %}")
    # Text stands on the page of the signature (GB/T 9704).
    add("{%p if loop.last %}")
    add("{{ line }}", style="公文正文").paragraph_format.keep_with_next = True
    add("{%p else %}")
    add("{{ line }}", style="公文正文")
    add("{%p endif %}")
    add("{%p endfor %}")
    add("", style="附件说明")
    add("{%p for annex in annexes %}")
    add("{{ annex.listed }}", style="附件说明")
    add("{%p endfor %}")
    add("", style="附件说明")
    add("{{ issuer }}", style="落款")
    signed = add("{{ date_line }}", style="落款")
    signed.paragraph_format.right_indent = Pt(64)
    signed.paragraph_format.keep_with_next = False

    _landscape(document)
    for field, columns in annexes:
        _annex(document, field, columns)
    _pictures(document, pictures)
    for field, columns in changes:
        _annex(document, field, columns)
    out = BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _blank() -> Any:
    document = Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = datetime(2024, 1, 1)
    _style(document.styles["Normal"], FANG, 16)
    # What Chinese text is spelt, broken and drawn as.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    # About 28 characters a line: LibreOffice spreads the characters of a grid that also counts them.
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    document.styles["Normal"].element.get_or_add_rPr().append(spacing)
    for name, (font, points, alignment, indent) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _style(style, font, points)
        style.paragraph_format.alignment = alignment
        if indent:
            ind = style.element.get_or_add_pPr().get_or_add_ind()
            ind.set(qn("w:firstLineChars"), str(indent * 100))
            ind.set(qn("w:firstLine"), str(int(indent * points * 20)))
    for name in ("表格", "表格文字", "表头", "图片"):
        # Else each line of a table is as high as a line of the text.
        _off_grid(document.styles[name])
    # A line of digits is as high as one of Chinese, and its letters stand on the same height.
    for name in ("表格", "表格文字", "表头"):
        document.styles[name].paragraph_format.line_spacing = TABLE_LINE
    document.styles["图片"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    # A larger letter does not fit the grid's lines, and would take two.
    for name in ("公文标题", "附件标题"):
        document.styles[name].paragraph_format.line_spacing = Pt(32)
        _off_grid(document.styles[name])
    red = document.styles["红头"]
    red.font.color.rgb = RED
    red.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    red.paragraph_format.space_before, red.paragraph_format.space_after = Pt(40), Pt(40)
    # The signature never stands alone on a page.
    for name in ("附件标号", "附件标题", "一级标题", "二级标题", "附件说明", "落款"):
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["附件标号"].paragraph_format.page_break_before = True
    document.styles["附件标题"].paragraph_format.space_after = Pt(6)

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _margins(section, 37, 35, 28, 26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return document


def _style(style: Any, font: str, points: float) -> None:
    style.font.name, style.font.size = LATIN, Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{key}"), value)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.widow_control = False


def _off_grid(style: Any) -> None:
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc")


def _margins(section: Any, top: float, bottom: float, left: float, right: float) -> None:
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(LINE.pt * 20)))


def _page_number(paragraph: Any, alignment: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, odd pages right and even ones left, one character in from the edge."""
    paragraph.alignment = alignment
    form = paragraph.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if alignment == WD_ALIGN_PARAGRAPH.RIGHT:
        form.right_indent = Pt(14)
    else:
        form.left_indent = Pt(14)
    for kind, text in (
        ("", "— "),
        ("begin", ""),
        ("instr", " PAGE "),
        ("separate", ""),
        ("", "1"),
        ("end", ""),
        ("", " —"),
    ):
        run = paragraph.add_run(text if not kind else "")
        run.font.name, run.font.size = SONG, Pt(14)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._element.append(instruction)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)


def _rule(paragraph: Any) -> None:
    """The red line under the document number, as wide as the text."""
    paragraph.paragraph_format.line_spacing = Pt(12)
    paragraph.paragraph_format.space_after = Pt(30)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "1"), ("color", "E00000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def where(document: Any, field: str, text: str, style: str = "公文正文") -> None:
    """A paragraph that is there where its field says something."""
    document.add_paragraph(f"{{%p if {field} %}}")
    document.add_paragraph(text, style=style)
    document.add_paragraph("{%p endif %}")


def each(document: Any, field: str, style: str = "公文正文") -> None:
    """A paragraph for each line of a field."""
    document.add_paragraph(f"{{%p for line in {field} %}}")
    document.add_paragraph("{{ line }}", style=style)
    document.add_paragraph("{%p endfor %}")


def _landscape(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    _margins(section, 28, 26, 20, 19)
    section.footer_distance = Mm(16)


def _annex_head(document: Any, field: str) -> None:
    """An annex begins on a page of its own, where it holds something, with its number and its title."""
    document.add_paragraph(f"{{%p if {field} %}}")
    document.add_paragraph(f"{{{{ {field}.mark }}}}", style="附件标号")
    document.add_paragraph(f"{{{{ {field}.title }}}}", style="附件标题")


def _pictures(document: Any, fields: Sequence[str]) -> None:
    """The pictures that there are, one beside the other as letters are: as many in a line as it takes."""
    _annex_head(document, "annex_pictures")
    shown = document.add_paragraph(style="图片")
    for field in fields:
        shown.add_run(f"{{% if {field} %}}{{{{ {field} }}}} {{% endif %}}")
    document.add_paragraph("{%p endif %}")


def _annex(document: Any, field: str, columns: Columns) -> None:
    """An annex with a table whose head is repeated."""
    _annex_head(document, field)
    table = document.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    head, begin, body, end = table.rows
    for place, (title, name, width) in enumerate(columns):
        head.cells[place].text, body.cells[place].text = title, f"{{{{ row.{name} }}}}"
        head.cells[place].paragraphs[0].style = document.styles["表头"]
        is_text = name in ("name", "unit", "title", "subject", "label", "causes", "clause")
        body.cells[place].paragraphs[0].style = document.styles["表格文字" if is_text else "表格"]
        table.columns[place].width = Mm(width)
        for row in table.rows:
            row.cells[place].width = Mm(width)
            row.cells[place].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    begin.cells[0].text = f"{{%tr for row in {field}.rows %}}"
    end.cells[0].text = "{%tr endfor %}"
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    for row in (head, body):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    document.add_paragraph("{%p endif %}")
