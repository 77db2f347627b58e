"""Makes the Word templates that come with the program: `python -m dagster_project.notices.template`.

In the form of the reports' papers (GB/T 9704-2012). A copy under DATA/templates, edited in Word, counts instead.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docx.shared import Pt

from dagster_project.reports.package import steady
from dagster_project.reports.template_parts import begun, each

SHIPPED = Path(__file__).with_name("templates")


def tip_sheet() -> bytes:
    """The template of the tip sheet, the same bytes each time."""
    document = begun()
    _part(document, "listings", "{{ listings_text }}")
    _part(document, "tasks", "{{ tasks_text }}")
    return _signed(document, "请将办理情况及时书面反馈我办。")


def rectification_notice() -> bytes:
    """The template of the rectification notice, the same bytes each time."""
    document = begun()
    _part(document, "ordered", "{{ ordered_text }}")
    _part(document, "overdue", "{{ overdue_text }}")
    _part(document, "records", "{{ records_text }}")
    return _signed(document, "请明确责任人、整改措施和完成时限，整改结果及时书面报送我办。")


def _part(document: Any, lines: str, text: str) -> None:
    """A sentence and the things it speaks of; nothing where there are none."""
    document.add_paragraph(f"{{%p if {lines} %}}")
    document.add_paragraph(text, style="公文正文")
    each(document, lines)
    document.add_paragraph("{%p endif %}")


def _signed(document: Any, last_sentence: str) -> bytes:
    # The signature never stands alone on a page.
    document.add_paragraph(last_sentence, style="公文正文").paragraph_format.keep_with_next = True
    document.add_paragraph("", style="附件说明")
    document.add_paragraph("{{ issuer }}", style="落款")
    signed = document.add_paragraph("{{ date_line }}", style="落款")
    signed.paragraph_format.right_indent = Pt(64)
    signed.paragraph_format.keep_with_next = False
    out = BytesIO()
    document.save(out)
    return steady(out.getvalue())


def main(folder: Path = SHIPPED) -> None:
    """Write the templates."""
    folder.mkdir(exist_ok=True)
    for make in (tip_sheet, rectification_notice):
        (folder / f"{make.__name__}.docx").write_bytes(make())


if __name__ == "__main__":
    main()
