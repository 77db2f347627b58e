"""A PDF shows the Chinese that its Word file says, in the letters of official papers or what stands in for them.

Where LibreOffice, poppler or a font for Chinese is not installed, each test holds the program to its word on that.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from dagster_project.notices import template as notice_template
from dagster_project.reports import fonts, pdf, word
from dagster_project.reports.making import make_report
from tests.unit.reports import marts, test_halfyear

REPORTS = ("monthly", "quarterly", "halfyear", "annual")
NOTICES = ("tip_sheet", "rectification_notice")
NOTICE = {
    "title": "关于限期整改的通知",
    "issuer": "示例市社会信用体系建设工作领导小组办公室",
    "document_no": "信用办整改〔2024〕1号",
    "recipients": "示例市教育局：",
    "opening": "现将有关事项通知如下。",
    "date_line": "2024年4月30日",
    **{name: ["投诉T1，整改期限2024年5月31日。"] for name in ("listings", "tasks", "ordered", "overdue", "records")},
    **{f"{name}_text": "下列事项：" for name in ("listings", "tasks", "ordered", "overdue", "records")},
}
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def papers(published, tmp_path_factory) -> dict[str, Path]:
    """A Word file of each kind, as it is made, and beside each its PDF where one can be made; in one pass."""
    folder, halves = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("halves")
    half = marts.publish_marts(halves, "v1", test_halfyear.content(), test_halfyear.AS_OF)
    contents = {}
    for kind, key in zip(REPORTS, ("2024-03", "2024Q1", "2024H1", "2024"), strict=True):
        source = half if kind == "halfyear" else published
        made = make_report(source, kind, key, marts.EAST, wants_pdf=False)
        contents[kind] = (made.revision.folder / marts.EAST / f"{kind}.docx").read_bytes()
    for kind in NOTICES:
        contents[kind] = word.render(notice_template.SHIPPED / f"{kind}.docx", NOTICE, {}, marts.AS_OF)
    written = {kind: folder / f"{kind}.docx" for kind in contents}
    for kind, content in contents.items():
        written[kind].write_bytes(content)
    drawn = pdf.write_pdfs(list(written.values()), marts.AS_OF)
    assert len(drawn) == (0 if pdf.missing() else len(written))
    return written


def readable(file: Path) -> bool:
    """Whether there is a PDF to look at; where there is none, the program says which packages it misses."""
    if file.with_suffix(".pdf").is_file():
        return shutil.which("pdffonts") is not None
    assert set(pdf.missing()) & {"libreoffice-writer", "fonts-noto-cjk"}
    return False


def embedded(file: Path) -> set[str]:
    """The fonts of a PDF by their PostScript names; each is in the file, or a reader would choose another."""
    listed = subprocess.run(["pdffonts", str(file.with_suffix(".pdf"))], capture_output=True, text=True, check=True)
    names = set()
    for line in listed.stdout.splitlines()[2:]:
        name, is_embedded = line.split()[0], re.search(r" (yes|no)  *(yes|no) *(yes|no) ", line)
        assert is_embedded and is_embedded.group(1) == "yes", line
        names.add(name.partition("+")[2])
    return names


def face(postscript_name: str) -> str:
    """A face without its weight and, where one file holds the letters of several countries, without the country."""
    return re.split(r"CJK|-", postscript_name)[0]


def faces(family: str) -> set[str]:
    found = subprocess.run(
        ["fc-list", f":family={family}", "postscriptname"], capture_output=True, text=True, check=True
    )
    return {face(line.partition("postscriptname=")[2]) for line in found.stdout.splitlines()}


def squeezed(text: str) -> str:
    """Text without spaces, ends of lines and page numbers."""
    return "".join(re.sub(r"—\s*\d+\s*—", "", text).split())


def fonts_named(content: bytes) -> set[str]:
    """The fonts in which a Word file has its Chinese paragraphs drawn."""
    document = Document(BytesIO(content))
    paragraphs = [
        *document.paragraphs,
        *(cell.paragraphs[0] for t in document.tables for c in t.columns for cell in c.cells),
    ]
    styles = [line.style for line in paragraphs if line.style is not None and HAN.search(line.text)]
    return {style.element.rPr.rFonts.get(qn("w:eastAsia")) for style in styles}


@pytest.mark.parametrize("kind", [*REPORTS, *NOTICES])
def test_a_pdf_holds_what_stands_in_for_the_fonts_of_its_text_and_no_other_font(papers, kind):
    file = papers[kind]
    if not readable(file):
        return
    found = {face(name) for name in embedded(file)}
    named = fonts_named(file.read_bytes())
    assert {"仿宋_GB2312", "方正小标宋简体"} <= named
    expected = {name: faces(stand_in) for name, stand_in in fonts.stand_ins().items() if stand_in}
    for name in named:
        assert expected[name] & found, (name, found)
    # Neither DejaVu nor any other that LibreOffice takes when it is left alone.
    assert found <= set().union(*expected.values()), found


def test_without_the_mapping_libreoffice_draws_other_fonts(papers, monkeypatch, tmp_path):
    file = tmp_path / "tip_sheet.docx"
    shutil.copyfile(papers["tip_sheet"], file)
    plain = f"<fontconfig><include>{fonts.SYSTEM_CONFIGURATION}</include></fontconfig>"
    monkeypatch.setattr(pdf, "configuration", lambda: plain)
    pdf.write_pdfs([file], marts.AS_OF)
    stand_in = fonts.stand_ins()["仿宋_GB2312"]
    if readable(file) and stand_in and stand_in != "仿宋_GB2312":
        assert not faces(stand_in) & {face(name) for name in embedded(file)}


@pytest.mark.parametrize("kind", [*REPORTS, *NOTICES])
def test_the_text_of_a_word_file_is_found_back_in_its_pdf(papers, kind):
    file = papers[kind]
    if not readable(file):
        return
    drawn = subprocess.run(
        ["pdftotext", str(file.with_suffix(".pdf")), "-"], capture_output=True, text=True, check=True
    )
    text = squeezed(drawn.stdout)
    lines = [squeezed(line.text) for line in Document(BytesIO(file.read_bytes())).paragraphs if HAN.search(line.text)]
    assert len(lines) > 8
    assert [line for line in lines if line not in text] == []


def test_a_pdf_holds_nothing_of_the_moment_at_which_it_was_drawn(papers):
    file = papers["rectification_notice"]
    if not readable(file):
        return
    drawn = file.with_suffix(".pdf").read_bytes()
    told = subprocess.run(["pdfinfo", str(file.with_suffix(".pdf"))], capture_output=True, text=True, check=True)
    assert re.search(r"CreationDate: +Tue Apr 30 .*2024", told.stdout)
    (mark,) = set(re.findall(rb"[</]([0-9A-F]{32})\b", drawn))
    # Twice as what names the file; some versions write a checksum too.
    assert drawn.count(mark) in (2, 3)
    later = drawn.replace(b"/CreationDate(D:20240430000000", b"/CreationDate(D:20261124235959").replace(mark, b"0" * 32)
    assert later != drawn and pdf.steady(later, marts.AS_OF) == drawn
    assert pdf.steady(later.replace(b"endobj", b"endxyz", 1), marts.AS_OF).count(mark) == 0


def test_titles_are_drawn_bold_where_a_text_face_stands_in_for_theirs(papers):
    file = papers["tip_sheet"]
    if not readable(file) or fonts.stand_ins()["方正小标宋简体"] != "Noto Serif CJK SC":
        return
    serif = [name for name in embedded(file) if name.startswith("NotoSerifCJK")]
    assert sorted("Bold" in name for name in serif) == [False, True], serif


@pytest.mark.parametrize("name", sorted(fonts.STAND_INS))
def test_fontconfig_gives_each_font_of_official_papers_what_stands_in_for_it(name, tmp_path, monkeypatch):
    program = shutil.which("fc-match")
    if program is None:
        assert fonts.chinese_families() == ()
        return
    (tmp_path / "fonts.conf").write_text(fonts.configuration(), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    given = subprocess.run([program, "--format=%{family}", name], capture_output=True, text=True, check=True).stdout
    expected = fonts.stand_ins()[name]
    assert expected is None or expected in given.split(",")


def test_a_family_that_is_installed_stands_for_itself_and_a_chinese_one_never_for_a_latin_one(monkeypatch):
    fonts.stand_ins.cache_clear()
    monkeypatch.setattr(fonts, "_families", lambda _pattern: ("宋体", "Noto Serif CJK SC"))
    assert fonts.stand_ins() == {
        "仿宋_GB2312": "Noto Serif CJK SC",
        "楷体_GB2312": "Noto Serif CJK SC",
        "黑体": "Noto Serif CJK SC",
        "方正小标宋简体": "Noto Serif CJK SC",
        "宋体": "宋体",
        "Times New Roman": None,
    }
    fonts.stand_ins.cache_clear()


@pytest.mark.parametrize(
    ("families", "program", "missing"),
    [
        (("SimSun",), "soffice", ()),
        ((), "soffice", ("fontconfig", "fonts-noto-cjk")),
        (("SimSun",), None, ("libreoffice-writer", "fonts-liberation")),
        ((), None, ("fontconfig", "fonts-noto-cjk", "libreoffice-writer", "fonts-liberation")),
    ],
)
def test_what_is_missing_for_a_pdf_is_named_by_package(monkeypatch, tmp_path, families, program, missing):
    monkeypatch.setattr(pdf, "chinese_families", lambda: families)
    monkeypatch.setattr(pdf, "converter", lambda: program)
    assert pdf.missing() == missing
    if missing:
        # Not even tried: a paper full of boxes would be worse than none.
        assert pdf.write_pdfs([tmp_path / "none.docx"], marts.AS_OF) == []


def test_a_converter_that_fails_leaves_no_pdf(monkeypatch, tmp_path):
    paper = tmp_path / "monthly.docx"
    paper.write_bytes(b"")
    monkeypatch.setattr(pdf, "converter", lambda: "false")
    monkeypatch.setattr(pdf, "chinese_families", lambda: ("SimSun",))
    assert pdf.write_pdfs([paper], marts.AS_OF) == []
