"""Word files from templates that an office edits in Word (docxtpl). Text of feeds is text: no field, no markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from dagster_project.reports.office import OfficeError
from dagster_project.reports.package import steady

#: Paragraphs whose letters are made as large as one line allows: the style, and the points at most.
RED_HEAD, LARGEST = "红头", 48
#: A long name keeps letters of this height, made narrower as offices do, to this part of their width and no further.
TALL, NARROWEST = 30, 0.66
TEXT_WIDTH = Mm(156)
#: A picture alone, and one of several: two stand side by side in an annex, with room between them.
PICTURE_WIDTH, HALF_WIDTH = Mm(146), Mm(121)
#: So many rows at the end of a table stay on one page.
LAST_ROWS = 3
_PARAGRAPH, _BREAK = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL), re.compile(r"[\n\t\a\f]")
_MISSING = re.compile(r"has no attribute '([^']+)'|'([^']+)' is undefined")


def render(template: Path, fields: Mapping[str, Any], pictures: Mapping[str, bytes], as_of: date) -> bytes:
    """The template filled with fields and pictures (PNG); the same bytes each time.

    Raises OfficeError where the template cannot be read or names fields that there are not; it says which.
    """
    content = template.read_bytes()
    try:
        document = _Document(BytesIO(content))
        document.init_docx()
    except Exception as error:  # python-docx and zipfile raise many kinds for a file that is no Word file
        name = template.name
        raise OfficeError(f"模板 {name} 打不开：{error}", f"{name} is no Word file: {error}") from None
    environment = _environment()
    width = HALF_WIDTH if len(pictures) > 1 else PICTURE_WIDTH
    shown = dict(fields) | {
        name: InlineImage(document, BytesIO(picture), width=width) for name, picture in pictures.items()
    }
    try:
        unknown = sorted(_named(content) - shown.keys())
        if unknown:
            raise _misspelt(template, unknown)
        document.render(shown, environment, autoescape=True)
    except UndefinedError as error:
        found = _MISSING.search(str(error))
        raise _misspelt(template, [next(filter(None, found.groups()))] if found else [str(error)]) from None
    except TemplateError as error:
        raise OfficeError(
            f"模板 {template.name} 的写法有误：{error}", f"{template.name} is not written as templates are: {error}"
        ) from None
    _fit_red_head(document)
    _keep_last_rows(document)
    properties = document.docx.core_properties
    properties.title, properties.author = str(fields["title"]).replace("\n", ""), str(fields["issuer"])
    properties.last_modified_by, properties.revision = "", 1
    properties.created = properties.modified = datetime(as_of.year, as_of.month, as_of.day)
    out = BytesIO()
    document.save(out)
    return steady(out.getvalue())


class _Document(DocxTemplate):
    """Looks for breaks and tabs only in the paragraphs that have some: to look into every run is half of the time."""

    def resolve_listing(self, xml: str) -> str:
        resolve = super().resolve_listing
        return _PARAGRAPH.sub(lambda found: resolve(found[0]) if _BREAK.search(found[0]) else found[0], xml)


class _Environment(SandboxedEnvironment):
    """Compiles each part of a template once for the many papers made from it."""

    def from_string(self, source: Any, *further: Any, **named: Any) -> Template:
        return super().from_string(source, *further, **named) if further or named else _compiled(self, source)


@cache
def _environment() -> _Environment:
    # A field that is misspelt must not become a blank, and a template from elsewhere must not run what it likes.
    return _Environment(undefined=StrictUndefined, autoescape=True)


@lru_cache(maxsize=64)
def _compiled(environment: _Environment, source: str) -> Template:
    return SandboxedEnvironment.from_string(environment, source)


@lru_cache(maxsize=4)
def _named(template: bytes) -> frozenset[str]:
    """The fields that a template names, asked once for the many papers made from it."""
    return frozenset(DocxTemplate(BytesIO(template)).get_undeclared_template_variables(_environment()))


def _misspelt(template: Path, names: list[str]) -> OfficeError:
    listed = "、".join(names)
    return OfficeError(
        f"模板 {template.name} 里的字段写错了，没有：{listed}（可用的字段见 docs/reports.md）",
        f"{template.name} names fields that there are not: {', '.join(names)} (docs/reports.md lists them)",
    )


def _fit_red_head(document: DocxTemplate) -> None:
    # To look a paragraph's style up takes longer than to write the paragraph.
    red = {style.style_id for style in document.docx.styles if style.name == RED_HEAD}
    for paragraph in document.docx.paragraphs:
        if paragraph._p.style in red and paragraph.text:
            points = min(LARGEST, TEXT_WIDTH.pt / _width(paragraph.text) * 0.98)
            share = min(1, max(NARROWEST, points / TALL))
            for run in paragraph.runs:
                run.font.size = Pt(int(points / share))
                if share < 1:
                    narrow = OxmlElement("w:w")
                    narrow.set(qn("w:val"), str(int(share * 100)))
                    run._element.get_or_add_rPr().insert_element_before(narrow, "w:kern", "w:position", "w:sz")


def _keep_last_rows(document: DocxTemplate) -> None:
    """A table with a head that is repeated does not end with one row alone on a page."""
    for table in document.docx.element.body.iterchildren(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        if rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            for row in rows[-LAST_ROWS:-1]:
                for paragraph in row.iter(qn("w:p")):
                    paragraph.get_or_add_pPr().get_or_add_keepNext()


def _width(text: str) -> float:
    """How wide a line is, in Chinese characters: a Latin letter or a digit is about half of one."""
    return sum(1 if east_asian_width(letter) in "WF" else 0.5 for letter in text)
