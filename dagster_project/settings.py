"""What a run is about, as people say it: the day of observation and the first month of the span."""

from __future__ import annotations

import os
import re
from datetime import date, datetime

from dagster_project.lock import SHANGHAI

SPAN_VARIABLE = "JIANNUO_SPAN_FROM"
#: Days of observation that the calendar holds with every term that runs from them.
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


class SettingError(ValueError):
    """A day or a month that a run cannot be about: in English, and in Chinese as `zh`."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        super().__init__(en)


def _date_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def today() -> date:
    """The day in the office, whatever the machine's clock is set to."""
    return datetime.now(SHANGHAI).date()


def as_of_of(text: str | None) -> date:
    """The day of observation; none: today. Raises SettingError for what is no ISO date, or outside the calendar."""
    if text is None:
        return today()
    day = _date_of(text) if _DAY.fullmatch(text) else None
    if day is None:
        raise SettingError(f"不是日期（应为 YYYY-MM-DD）：{text}", f"not a date (YYYY-MM-DD): {text}")
    if not FIRST_DAY <= day <= LAST_DAY:
        bounds = f"{FIRST_DAY} … {LAST_DAY}"
        raise SettingError(f"日期应在 {bounds} 之间：{text}", f"not a day within {bounds}: {text}")
    return day


def span_start_of(text: str | None, as_of: date) -> date:
    """The first day of the first month; none: as JIANNUO_SPAN_FROM says, else January of the year before `as_of`.

    Raises SettingError for what is no month (YYYY-MM), lies after `as_of` or before the calendar.
    """
    given = text or os.environ.get(SPAN_VARIABLE)
    if not given:
        return date(as_of.year - 1, 1, 1)
    month = _date_of(f"{given}-01") if _MONTH.fullmatch(given) else None
    if month is None:
        raise SettingError(f"不是月份（应为 YYYY-MM）：{given}", f"not a month (YYYY-MM): {given}")
    if not FIRST_DAY <= month <= as_of:
        bounds = f"{FIRST_DAY:%Y-%m} … {as_of:%Y-%m}"
        raise SettingError(f"起始月份应在 {bounds} 之间：{given}", f"not a month within {bounds}: {given}")
    return month
