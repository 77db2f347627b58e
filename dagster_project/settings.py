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


def today() -> date:
    """The day in the office, whatever the machine's clock is set to."""
    return datetime.now(SHANGHAI).date()


def as_of_of(text: str | None) -> date:
    """The day of observation; none: today. Raises ValueError for what is no ISO date, or a day outside the calendar."""
    if text is None:
        return today()
    if not _DAY.fullmatch(text):
        raise ValueError(f"not a date (YYYY-MM-DD): {text!r}")
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"outside {FIRST_DAY} … {LAST_DAY}: {text}")
    return day


def span_start_of(text: str | None, as_of: date) -> date:
    """The first day of the first month; none: as JIANNUO_SPAN_FROM says, else January of the year before `as_of`.

    Raises ValueError for what is no month (YYYY-MM), lies after `as_of` or before the calendar.
    """
    given = text or os.environ.get(SPAN_VARIABLE)
    if not given:
        return date(as_of.year - 1, 1, 1)
    if not _MONTH.fullmatch(given):
        raise ValueError(f"not a month (YYYY-MM): {given!r}")
    month = date.fromisoformat(f"{given}-01")
    if not FIRST_DAY <= month <= as_of:
        raise ValueError(f"not between {FIRST_DAY:%Y-%m} and {as_of:%Y-%m}: {given}")
    return month
