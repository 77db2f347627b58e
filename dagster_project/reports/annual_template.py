"""The Word template of the annual report, made by `python -m dagster_project.reports.template` with the others."""

from __future__ import annotations

from dagster_project.reports.annual_paper import PICTURES
from dagster_project.reports.template_parts import Columns, begun, each, ended, where

RANKING: Columns = (
    ("名次", "rank", 26),
    ("单位", "unit", 84),
    ("类别", "group", 40),
    ("得分{{ unreported_mark }}", "score", 28),
    ("扣分{{ unreported_mark }}", "deducted", 28),
    ("等次", "band", 24),
    ("较上年（分）", "score_change", 26),
)
PLACES: Columns = (
    ("地区", "name", 90),
    ("考评单位数", "units", 40),
    ("平均得分{{ unreported_mark }}", "mean_score", 44),
    ("较上年（分）", "mean_score_change", 40),
    ("名次", "rank", 30),
)
RULES: Columns = (("办法", "policy", 62), ("扣分标准", "title", 120), ("依据", "clause", 74))
DEDUCTIONS: Columns = (
    ("单位", "unit", 66),
    ("得分{{ unreported_mark }}", "score", 26),
    ("扣分{{ unreported_mark }}", "deducted", 26),
    ("扣分情形", "causes", 138),
)
MITIGATIONS: Columns = (
    ("单位", "unit", 66),
    ("记录种类", "kind", 40),
    ("编号", "number", 58),
    ("发生日期", "occurred_on", 34),
    ("处理结果", "status", 34),
    ("计分", "weight", 24),
)
CHANGES: Columns = (("对象", "subject", 76), ("项目", "label", 100), ("原结果", "old", 40), ("现结果", "new", 40))


def annual() -> bytes:
    """The template of the annual report, the same bytes each time."""
    document = begun()
    add = document.add_paragraph
    add("一、总体情况", style="一级标题")
    where(document, "overview_text", "{{ overview_text }}")
    where(document, "places_text", "{{ places_text }}", "公文列举")
    where(document, "rules_text", "{{ rules_text }}")
    add("二、名次与等次", style="一级标题")
    where(document, "ranking_text", "{{ ranking_text }}")
    each(document, "best_paragraphs")
    where(document, "lowest_text", "{{ lowest_text }}")
    add("三、扣分情况", style="一级标题")
    where(document, "causes_text", "{{ causes_text }}")
    where(document, "mitigations_text", "{{ mitigations_text }}")
    add("四、结果运用与反馈", style="一级标题")
    add("{{ stage_text }}", style="公文正文")
    where(document, "request_text", "{{ request_text }}")
    add("五、数据说明", style="一级标题")
    return ended(
        document,
        (
            ("annex_ranking", RANKING),
            ("annex_places", PLACES),
            ("annex_rules", RULES),
            ("annex_deductions", DEDUCTIONS),
            ("annex_mitigations", MITIGATIONS),
        ),
        PICTURES,
        (("annex_stages", CHANGES), ("annex_changes", CHANGES)),
    )
