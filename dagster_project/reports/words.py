"""Numbers, dates, names and codes as an office writes them. A value that is none is written `—`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NONE = "—"
# What XML cannot hold, and what a template would read as a break.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u2028\u2029]+")

CHANNELS = {
    "hotline": "12345热线",
    "inquiry": "网络问政",
    "petition": "信访",
    "credit_office": "信用办",
    "breach_platform": "违约失信投诉平台",
    "other": "其他渠道",
}
KINDS = {"commitment": "承诺事项", "complaint": "投诉", "rectification": "整改事项", "inventory": "季度梳理清单"}
#: How each kind is counted.
MEASURES = {"commitment": "项", "complaint": "件", "rectification": "项", "inventory": "份"}
STATES = {"breached": "未兑现", "contradicted": "与核查结果不符", "overdue": "逾期"}
STAGES = {"shared": "待预警", "warned": "已预警、待反馈", "feedback": "已反馈、待退出", "exited": "已退出"}
#: The steps of the loop by the stage that they reach, and how a listing stands before it.
STEPS = {"shared": "通知到列入", "warned": "列入到预警", "feedback": "预警到反馈", "exited": "到退出"}
STANDS = {"warned": "待预警", "feedback": "待反馈", "exited": "待退出"}
FEEDS = {
    "commitments": "承诺事项清单",
    "complaints": "投诉",
    "court_cases": "法院案件",
    "dishonest_debtors": "失信被执行人",
    "accountability": "问责与处罚",
}
LEVELS = {"province": "省", "city": "市", "county": "县（区）"}


def clean(text: object) -> str:
    """Text of a feed as one line without characters that a document cannot hold."""
    return _CONTROL.sub(" ", "" if text is None else str(text)).strip()


def rounded(value: float | Decimal, digits: int = 1) -> Decimal:
    """Rounded half up, from the shortest decimal that a double stands for."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def percent(rate: float | None) -> str:
    """A rate as percent with one decimal (rules.md)."""
    return NONE if rate is None else f"{rounded(Decimal(repr(rate)) * 100)}%"


def count(value: int | None) -> str:
    """A whole number, without separators, as papers write it."""
    return NONE if value is None else str(value)


def wan(yuan: Decimal | None) -> str:
    """Money in 万元 with two decimals."""
    return NONE if yuan is None else f"{rounded(yuan / 10_000, 2)}万元"


def points(change: Decimal | None, since: str) -> str:
    """A change of a rate against `since`, or nothing where there is none to compare with."""
    if change is None:
        return ""
    shown = rounded(change)
    if shown == 0:
        return f"与{since}持平"
    return f"比{since}{'提高' if shown > 0 else '下降'}{abs(shown)}个百分点"


def more_or_less(change: int | None, measure: str, since: str) -> str:
    """A change of a count against `since`, or nothing where there is none to compare with."""
    if change is None:
        return ""
    if change == 0:
        return f"与{since}持平"
    return f"比{since}{'增加' if change > 0 else '减少'}{abs(change)}{measure}"


def compared(*said: str) -> str:
    """What is said of changes since several times; those since which there is none are named together."""
    level = [text.removeprefix("与").removesuffix("持平") for text in said if text.endswith("持平")]
    if len(level) > 1:
        said = (f"与{'、'.join(level)}持平", *(text for text in said if not text.endswith("持平")))
    return joined(said)


def signed(change: Decimal | None) -> str:
    """A change of a rate in a table, in percentage points."""
    if change is None:
        return NONE
    shown = rounded(change)
    return f"{shown:+}" if shown else "0.0"


def day(value: date | None) -> str:
    """A full date, without zeros before the digits (GB/T 9704)."""
    return NONE if value is None else f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date) -> str:
    """A date within the year that was named."""
    return f"{value.month}月{value.day}日"


def short_month(value: date) -> str:
    return f"{value.year}年{value.month}月"


def joined(parts: Iterable[str], by: str = "，") -> str:
    """Parts of a sentence, the empty ones left out."""
    return by.join(part for part in parts if part)


def sentence(*parts: str) -> str:
    """A sentence of its parts, or nothing where all are empty."""
    said = joined(parts)
    return said + "。" if said else ""


def area_word(name: str | None, level: str) -> str:
    """全省, 全市, 全县, 全区 …, by the last character of a place's name."""
    end = name[-1] if name else ""
    return "全" + (end if end and end in "省市县区州盟旗" else LEVELS[level])


def place_name(place: dict[str, Any]) -> str:
    """A place's name; where the roster gives none, its code."""
    return clean(place["name"]) or f"行政区划{place['region_code']}地区"
