"""The Word template of the half-year report, made by `python -m dagster_project.reports.template` with the others."""

from __future__ import annotations

from dagster_project.reports.halfyear import COUNTS, OVERDUE, PICTURES, PLACE_RATES, RATES, RECTIFICATIONS, TRANSFERS
from dagster_project.reports.monthly_template import CHANGED, ITEMS
from dagster_project.reports.template_parts import Columns, begun, ended, where


def _columns(columns: tuple[tuple[str, str], ...], width: float) -> Columns:
    return tuple((head, name, width) for name, head in columns)


CHANNELS: Columns = (("渠道", "channel", 52), *_columns((*COUNTS, *RATES), 25))
PLACES: Columns = (
    ("地区", "name", 36),
    *_columns((*COUNTS, OVERDUE), 14),
    *_columns(RATES, 17),
    ("较{{ before }}（百分点）", "resolution_change", 15),
    ("较上年同期（百分点）", "resolution_change_year", 15),
    *_columns(PLACE_RATES[2:], 17),
    *_columns((*TRANSFERS, *RECTIFICATIONS), 13),
)
UNITS: Columns = (("单位", "unit", 66), *_columns((*COUNTS, OVERDUE, *RECTIFICATIONS), 19))


def halfyear() -> bytes:
    """The template of the half-year report, the same bytes each time."""
    document = begun()
    add = document.add_paragraph
    add("一、总体情况", style="一级标题")
    add("{{ complaints_text }}", style="公文正文")
    add("二、分渠道、分地区情况", style="一级标题")
    where(document, "channels_text", "{{ channels_text }}")
    where(document, "places_text", "{{ places_text }}", "公文列举")
    add("三、转办情况", style="一级标题")
    add("{{ transfers_text }}", style="公文正文")
    add("四、查实与整改情况", style="一级标题")
    add("{{ rectifications_text }}", style="公文正文")
    where(document, "late_text", "{{ late_text }}")
    add("五、数据说明", style="一级标题")
    return ended(
        document,
        (
            ("annex_channels", CHANNELS),
            ("annex_places", PLACES),
            ("annex_units", UNITS),
            ("annex_late", ITEMS),
        ),
        PICTURES,
        CHANGED,
    )
