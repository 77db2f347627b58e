"""China's official calendar with its holiday shifts (rules.md, "Workdays")."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
from chinese_calendar import constants

#: Dates before are unreadable (feeds.md, "Values"); after the last readable one there is room for a term to end.
FIRST_DAY = date(1949, 10, 1)
LAST_DAY = date(2101, 12, 31)

SCHEMA = pa.schema({"day": pa.date32(), "is_workday": pa.bool_(), "is_official": pa.bool_()})


def calendar_table() -> pa.Table:
    """One row a day from FIRST_DAY to LAST_DAY.

    `is_official` false: a year outside the calendar of chinesecalendar, where workdays are Monday to Friday.
    """
    # The library's own is_workday looks through all holidays at each call.
    rest, worked = constants.holidays, constants.workdays
    first, last = min(rest).year, max(rest).year
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    is_workday = [day in worked or (day.weekday() < 5 and day not in rest) for day in days]
    is_official = [first <= day.year <= last for day in days]
    return pa.table([days, is_workday, is_official], schema=SCHEMA)
