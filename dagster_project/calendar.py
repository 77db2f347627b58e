"""China's official calendar with its holiday shifts (rules.md, "Workdays")."""

from __future__ import annotations

from datetime import date

import polars as pl
from chinese_calendar import constants

#: Dates before are unreadable (feeds.md, "Values"); after the last readable one there is room for a term to end.
FIRST_DAY = date(1949, 10, 1)
LAST_DAY = date(2101, 12, 31)
FRIDAY = 5


def calendar_table() -> pl.DataFrame:
    """One row a day from FIRST_DAY to LAST_DAY.

    `is_official` false: a year outside the calendar of chinesecalendar, where workdays are Monday to Friday.
    """
    # The library's own is_workday looks through all holidays at each call.
    rest, worked = list(constants.holidays), list(constants.workdays)
    day = pl.col("day")
    is_weekday = day.dt.weekday() <= FRIDAY
    return pl.DataFrame({"day": pl.date_range(FIRST_DAY, LAST_DAY, eager=True)}).with_columns(
        is_workday=day.is_in(worked) | (is_weekday & ~day.is_in(rest)),
        is_official=day.dt.year().is_between(min(rest).year, max(rest).year),
    )
