"""The period of a report: which months it spans, and the words that papers use for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

KINDS = ("monthly", "quarterly", "halfyear", "annual")
#: Typed in place of a period: the last one that has ended and of which anything was reported.
LATEST = "latest"
#: How a period of each kind is typed, an example of it, what people call it, and how many months it has.
FORMS = {
    "monthly": (re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"), "2024-03", "月份", "a month", 1),
    "quarterly": (re.compile(r"([0-9]{4})Q([1-4])"), "2024Q1", "季度", "a quarter", 3),
    "halfyear": (re.compile(r"([0-9]{4})H([12])"), "2024H1", "半年", "a half-year", 6),
    "annual": (re.compile(r"([0-9]{4})()"), "2024", "年度", "a year", 12),
}
#: What the office calls each report, and what its sentences call the period and the one before; for a first half-year.
WORDS = {
    "monthly": ("月调度", "本月", "上月"),
    "quarterly": ("季通报", "本季度", "上季度"),
    "halfyear": ("投诉办理半年报告", "上半年", "上年下半年"),
    "annual": ("年考评", "本年度", "上年度"),
}


class PeriodError(ValueError):
    """The marts know nothing of the period, or of the region in it. `zh` and `en` say so to people."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class Period:
    """`kind`: one of KINDS; `key`: as it is typed and kept; `starts_on`: its first day; `months`: how many.

    `number`: which one of the year. `this`, `before`: what sentences call it and the one before.
    """

    kind: str
    key: str
    starts_on: date
    months: int
    number: int

    @property
    def what(self) -> str:
        """What the office calls this report."""
        return WORDS[self.kind][0]

    @property
    def this(self) -> str:
        return "下半年" if self._is_second_half else WORDS[self.kind][1]

    @property
    def before(self) -> str:
        return "上半年" if self._is_second_half else WORDS[self.kind][2]

    @property
    def _is_second_half(self) -> bool:
        return self.kind == "halfyear" and self.number == 2

    @property
    def label(self) -> str:
        """As 2024年3月份, 2024年第一季度, 2024年上半年, 2024年度."""
        year = self.starts_on.year
        if self.kind == "halfyear":
            return f"{year}年{self.this}"
        if self.kind == "annual":
            return f"{year}年度"
        return (
            f"{year}年{self.number}月份" if self.kind == "monthly" else f"{year}年第{'一二三四'[self.number - 1]}季度"
        )


def read_period(kind: str, text: str) -> Period:
    """A period as it is typed. Raises PeriodError where it is none."""
    form, example, zh, en, months = FORMS[kind]
    match = form.fullmatch(text)
    # The calendar of dates begins with the year 1.
    if match is None or match.group(1) == "0000":
        raise PeriodError(f"{zh}应写作 {example}，而不是 {text}", f"{en} is written as {example}, not {text}")
    number = int(match.group(2) or 1)
    return Period(kind, text, date(int(match.group(1)), months * (number - 1) + 1, 1), months, number)


def period_of(kind: str, day: date) -> Period:
    """The period of a kind that holds a day."""
    number = (day.month - 1) // FORMS[kind][-1] + 1
    key = {"monthly": f"-{number:02d}", "quarterly": f"Q{number}", "halfyear": f"H{number}", "annual": ""}[kind]
    return read_period(kind, f"{day.year:04d}{key}")
