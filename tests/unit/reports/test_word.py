"""Papers keep the form of official ones, whoever edits the template, and whatever the feeds say."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length, Pt

from dagster_project.reports import annual_template, halfyear_template, monthly_template, paper, word
from dagster_project.reports.office import SHIPPED, Office, OfficeError, read_office
from tests.unit.reports import marts


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "templates")


@pytest.fixture
def fields(march, office):
    return paper.fields(march, march.place("360700"), office)


def made(fields: dict[str, Any], template_path: Path = SHIPPED / "monthly.docx") -> bytes:
    return word.render(template_path, fields, {}, marts.AS_OF)


def texts(content: bytes) -> tuple[list[str], list[str]]:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def millimetres(length: Length | None) -> int | None:
    return None if length is None else round(length.mm)


def own_template(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    folder.mkdir(parents=True, exist_ok=True)
    document.save(str(folder / "monthly.docx"))
    return folder / "monthly.docx"


def test_the_template_that_comes_with_the_program_is_what_its_maker_makes():
    assert (SHIPPED / "monthly.docx").read_bytes() == monthly_template.monthly()
    assert (SHIPPED / "quarterly.docx").read_bytes() == monthly_template.quarterly()
    assert (SHIPPED / "halfyear.docx").read_bytes() == halfyear_template.halfyear()
    assert (SHIPPED / "annual.docx").read_bytes() == annual_template.annual()


def test_the_same_fields_give_the_same_bytes(fields):
    first = made(fields)
    assert first == made(fields)
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Document(BytesIO(first)).core_properties.created.date() == marts.AS_OF


def test_a_paper_has_the_form_of_official_papers(fields):
    document = Document(BytesIO(made(fields)))
    section = document.sections[0]
    assert [millimetres(side) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [millimetres(margin) for margin in margins] == [37, 35, 28, 26]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:type")) == "lines"
    body = document.styles["公文正文"]
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28.95))
    for style, font in (("公文正文", "仿宋_GB2312"), ("一级标题", "黑体"), ("公文标题", "方正小标宋简体")):
        fonts = document.styles[style].element.rPr.rFonts
        assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == (font, "Times New Roman")
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, odd.alignment, even.alignment) == ("— 1 —", 2, 0)
    assert document.settings.odd_and_even_pages_header_footer is True
    assert millimetres(document.sections[-1].page_width) == 297


def test_a_paper_says_who_to_whom_of_what_and_when(fields):
    paragraphs, cells = texts(made(fields))
    assert paragraphs[0] == "示例市社会信用体系建设工作领导小组办公室文件"
    assert paragraphs[1] == "信用办调度〔2024〕3号"
    assert "示例市2024年3月份\n政务诚信履约月调度情况通报" in paragraphs
    assert "各县（市、区）人民政府，市直各单位：" in paragraphs
    assert "2024年4月30日" in paragraphs
    assert "附件：1．各地主要指标情况表" in paragraphs
    place = cells[cells.index("示例市") : cells.index("示例市") + 6]
    assert place == ["示例市", "4", "3", "75.0%", "80.0%", "+25.0"]
    assert {"建成幼儿园", "12345热线转来的投诉", "2024年第一季度梳理清单"} <= set(cells)
    assert not [text for text in [*paragraphs, *cells] if "{" in text and "镇" not in text]


def test_annexes_are_numbered_in_their_order_and_empty_ones_left_out(march, office):
    said = paper.fields(march, march.place("360703"), office)
    assert [annex.listed for annex in said["annexes"]] == [
        "附件：1．各地主要指标情况表",
        "　　　2．失信被执行人情况表",
        "　　　3．单位情况表",
    ]
    assert "附件2" in texts(made(said))[0]
    assert said["late_text"] == "截至3月31日，没有逾期未完成的事项。"


def test_text_of_feeds_is_neither_a_field_nor_markup(march, office):
    content = made(paper.fields(march, march.place("360703"), office))
    paragraphs, cells = texts(content)
    assert any("=示例西县<b>{{ 镇 }}&，案号" in text for text in paragraphs)
    assert "=示例西县<b>{{ 镇 }}&" in cells


def test_an_office_s_own_template_replaces_the_other(tmp_path, fields):
    own_template(tmp_path / "templates", "{{ region_name }}覆盖率{{ figures.coverage_rate }}")
    office = read_office(tmp_path)
    assert texts(made(fields, office.template("monthly")))[0] == ["示例市覆盖率75.0%"]
    assert office.fingerprint("monthly") != Office(tmp_path / "none").fingerprint("monthly")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{{ leters_text }}{{ region }}", ["leters_text", "region"]),
        ("{% for row in annex_places.rows %}{{ row.covrage }}{% endfor %}", ["covrage"]),
        ("{{ figures.coverage }}", ["coverage"]),
        ("{% if region_name %}", ["endif"]),
    ],
)
def test_a_field_that_is_misspelt_is_named(tmp_path, fields, text, named):
    own_template(tmp_path, text)
    with pytest.raises(OfficeError) as refused:
        made(fields, tmp_path / "monthly.docx")
    for name in named:
        assert name in refused.value.zh


def test_a_template_cannot_reach_into_the_program(tmp_path, fields):
    own_template(tmp_path, "{{ annexes.__class__.__mro__ }}")
    with pytest.raises(OfficeError):
        made(fields, tmp_path / "monthly.docx")


def test_a_file_that_is_no_word_file_is_refused_by_name(tmp_path, fields):
    (tmp_path / "monthly.docx").write_text("abc")
    with pytest.raises(OfficeError, match=r"monthly\.docx is no Word file"):
        made(fields, tmp_path / "monthly.docx")


def test_the_office_sets_who_writes_to_whom(tmp_path, march):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "office.yaml").write_text(
        "issuer: 某市信用办\ndocument_word: 某信字\nrecipients: 各单位\n"
        "regions: {360702: 某东区}\noffices: {'360702': {issuer: 某东区信用办}}\n",
        encoding="utf-8",
    )
    office = read_office(tmp_path)
    city, east = march.place("360700"), office.named(march.place("360702"))
    assert (office.issuer(city), office.document_word(city, "monthly"), office.recipients(city)) == (
        "某市信用办",
        "某信字",
        "各单位：",
    )
    assert (east["name"], office.issuer(east), office.document_word(east, "monthly")) == (
        "某东区",
        "某东区信用办",
        "某信字",
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("issuers: a", "issuers"),
        ("issuer: [a]", "issuer"),
        ("offices: {'36': {name: a}}", "offices.36.name"),
        ("a", ""),
    ],
)
def test_a_setting_that_is_none_is_named(tmp_path, text, named):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "office.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(OfficeError) as refused:
        read_office(tmp_path)
    assert named in refused.value.zh
    assert "office.yaml" in refused.value.zh


def test_numbers_of_persons_in_the_title_of_a_promise_are_in_no_paper():
    promise = {"kind": "commitment", "unit_name": "示例局", "number": "C1", "state": "in_progress"}
    title = "兑付张某（230102198001011234）奖补资金2,000元"
    shown = paper.item_row(promise | {"title": title, "due_on": marts.AS_OF, "days_late": 3})
    assert shown["title"] == "兑付张某（***）奖补资金2,000元"
