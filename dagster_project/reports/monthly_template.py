"""The Word templates of the monthly and the quarterly report (`python -m dagster_project.reports.template`)."""

from __future__ import annotations

from typing import Any

from dagster_project.reports.paper import PICTURES
from dagster_project.reports.template_parts import Columns, begun, each, ended, where

PLACES: Columns = (
    ("地区", "name", 34),
    ("应承诺单位", "units_in_scope", 17),
    ("已签署", "units_with_letter", 15),
    ("覆盖率", "coverage_rate", 18),
    ("目标", "coverage_target", 17),
    ("较上月（百分点）", "coverage_change", 18),
    ("公示率", "publicity_rate", 18),
    ("到期承诺", "commitments_due", 17),
    ("兑现率", "fulfilment_ratio", 18),
    ("逾期承诺", "commitments_overdue", 17),
    ("收到投诉", "complaints_received", 17),
    ("按时办结率", "resolution_rate", 18),
    ("逾期投诉", "complaints_open_overdue", 17),
    ("在列失信", "listings_active", 17),
)
RANKED_PLACES: Columns = (
    ("名次", "rank", 14),
    *((title.replace("上月", "上季度"), name, 30 if name == "name" else width - 1) for title, name, width in PLACES),
)
UNITS: Columns = (
    ("单位", "name", 64),
    ("承诺书", "letter", 34),
    ("公示", "publicity", 20),
    ("到期承诺", "commitments_due", 20),
    ("已兑现", "commitments_fulfilled", 20),
    ("逾期承诺", "commitments_overdue", 20),
    ("收到投诉", "complaints_received", 20),
    ("逾期投诉", "complaints_open_overdue", 20),
    ("在列失信", "listings_active", 20),
    ("新增记录", "records_new", 20),
)
ITEMS: Columns = (
    ("类别", "kind", 26),
    ("责任单位", "unit", 62),
    ("编号", "number", 46),
    ("事项", "title", 60),
    ("期限", "due_on", 34),
    ("逾期天数", "days", 20),
)
LISTINGS: Columns = (
    ("单位", "unit", 62),
    ("案号", "case_no", 54),
    ("法院", "court", 50),
    ("发布日期", "published_on", 34),
    ("环节", "stage", 34),
    ("在列天数", "days", 18),
)
CHANGES: Columns = (("对象", "subject", 80), ("指标", "label", 70), ("原数据", "old", 48), ("更正后", "new", 48))
CHANGED = (("annex_changes", CHANGES),)


def monthly() -> bytes:
    """The template of the monthly report, the same bytes each time."""
    document = begun()
    add = document.add_paragraph
    add("一、承诺签署与公示", style="一级标题")
    add("{{ letters_text }}", style="公文正文")
    where(document, "publicity_text", "{{ publicity_text }}")
    each(document, "late_paragraphs")
    add("二、承诺兑现", style="一级标题")
    add("{{ commitments_text }}", style="公文正文")
    add("三、投诉办理", style="一级标题")
    add("{{ complaints_text }}", style="公文正文")
    where(document, "channels_text", "{{ channels_text }}")
    add("四、失信被执行人与政务失信记录", style="一级标题")
    add("{{ listings_text }}", style="公文正文")
    add("{{ records_text }}", style="公文正文")
    _owed(document, "五")
    add("六、数据说明", style="一级标题")
    return ended(document, _annexes(PLACES), PICTURES, CHANGED)


def quarterly() -> bytes:
    """The template of the quarterly circular, the same bytes each time."""
    document = begun()
    add = document.add_paragraph
    add("{{ headings.overall }}、总体情况", style="一级标题")
    for title, texts in (
        ("（一）承诺签署与公示", ("letters_text", "publicity_text")),
        ("（二）承诺兑现", ("commitments_text",)),
        ("（三）投诉办理", ("complaints_text", "channels_text")),
        ("（四）失信被执行人与政务失信记录", ("listings_text", "records_text")),
    ):
        add(title, style="二级标题")
        for text in texts:
            where(document, text, f"{{{{ {text} }}}}")
    add("{%p if headings.ranking %}")
    add("{{ headings.ranking }}、各地排名", style="一级标题")
    each(document, "ranking_paragraphs", "公文列举")
    add("{%p endif %}")
    add("{%p if headings.naming %}")
    add("{{ headings.naming }}、通报表扬与通报批评", style="一级标题")
    where(document, "praise_text", "{{ praise_text }}")
    add("{%p if late_paragraphs %}")
    add("对签署期限已过、仍未签署政务诚信承诺书的下列单位予以通报批评，请尽快补签并公示。", style="公文正文")
    add("{%p endif %}")
    each(document, "late_paragraphs")
    add("{%p endif %}")
    _owed(document, "{{ headings.owed }}")
    add("{{ headings.notes }}、数据说明", style="一级标题")
    return ended(document, _annexes(RANKED_PLACES), PICTURES, CHANGED)


def _owed(document: Any, number: str) -> None:
    add = document.add_paragraph
    add(f"{number}、逾期事项与近期到期事项", style="一级标题")
    add("{{ late_text }}", style="公文正文")
    add("{{ next_text }}", style="公文正文")
    where(document, "closing_text", "{{ closing_text }}")


def _annexes(places: Columns) -> list[tuple[str, Columns]]:
    return [
        ("annex_places", places),
        ("annex_late", ITEMS),
        ("annex_next", ITEMS[:-1]),
        ("annex_listings", LISTINGS),
        ("annex_units", UNITS),
    ]
