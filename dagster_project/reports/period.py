"""The period of a report: which months it spans, and the words that papers use for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

KINDS = ("monthly", "quarterly")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([0-9]{4})Q([1-4])")


class PeriodError(ValueError):
    """The marts know nothing of the period, or of the region in it. `zh` and `en` say so to people."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class Period:
    """`kind`: monthly or quarterly; `key`: as it is typed and kept; `starts_on`: its first day; `months`: how many.

    `number`: which one of the year. `this`, `before`: what sentences call it and the one before.
    """

    kind: str
    key: str
    starts_on: date
    months: int
    number: int

    @property
    def this(self) -> str:
        return "本月" if self.kind == "monthly" else "本季度"

    @property
    def before(self) -> str:
        return "上月" if self.kind == "monthly" else "上季度"

    @property
    def label(self) -> str:
        """As 2024年3月份, 2024年第一季度."""
        year = self.starts_on.year
        return (
            f"{year}年{self.number}月份" if self.kind == "monthly" else f"{year}年第{'一二三四'[self.number - 1]}季度"
        )

    @property
    def what(self) -> str:
        """What the office calls this report."""
        return "月调度" if self.kind == "monthly" else "季通报"


def read_period(kind: str, text: str) -> Period:
    """A period as it is typed. Raises PeriodError where it is none."""
    if kind == "monthly":
        match = _MONTH.fullmatch(text)
        if match is None:
            raise PeriodError(f"月份应写作 2024-03，而不是 {text}", f"a month is written as 2024-03, not {text}")
        return Period(kind, text, date(int(match.group(1)), int(match.group(2)), 1), 1, int(match.group(2)))
    match = _QUARTER.fullmatch(text)
    if match is None:
        raise PeriodError(f"季度应写作 2024Q1，而不是 {text}", f"a quarter is written as 2024Q1, not {text}")
    number = int(match.group(2))
    return Period(kind, text, date(int(match.group(1)), 3 * number - 2, 1), 3, number)
