"""How long a complaint takes: the shares that a real enquiry service shows, and workdays to count them in.

Of 2,816 published messages with their replies 38 % were answered within 5 workdays, 62 % within 10, 75 % within 15,
91 % within 30; the longest took 796.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import chinese_calendar
import numpy as np
from numpy.typing import NDArray

#: (share of tickets answered, within so many workdays); what is left is answered within LONGEST, or not at all.
SHARES = ((0.38, 5), (0.62, 10), (0.75, 15), (0.91, 30))
#: Of all tickets, so many are never answered.
OPEN_SHARE = 0.04
LONGEST = 240
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2026, 12, 31)
EPOCH = date(1970, 1, 1)


@cache
def _workdays() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each day from FIRST_DAY on: the workdays up to and including it; and the day of each workday."""
    days = [FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    is_workday = np.array([chinese_calendar.is_workday(day) for day in days])
    return np.cumsum(is_workday), np.flatnonzero(is_workday)


def after_workdays(days: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The `numbers`-th workday after each day; days are counted from 1970-01-01."""
    counts, places = _workdays()
    base = (FIRST_DAY - EPOCH).days
    result: NDArray[np.int64] = places[np.minimum(counts[days - base] + numbers - 1, len(places) - 1)] + base
    return result


def workdays_between(earlier: date, later: date) -> int:
    """The workdays after `earlier`, up to and including `later`."""
    counts, _ = _workdays()
    return int(counts[(later - FIRST_DAY).days] - counts[(earlier - FIRST_DAY).days])


def workday_after(day: date, number: int) -> date:
    """The `number`-th workday after a day (the day itself for 0)."""
    if number == 0:
        return day
    start = np.array([(day - EPOCH).days])
    return EPOCH + timedelta(int(after_workdays(start, np.array([number]))[0]))


def handling_workdays(quantiles: NDArray[np.float64]) -> NDArray[np.int64]:
    """Workdays from receipt to resolution at these quantiles (0–1); -1 where it is never resolved."""
    shares = [0.0, *(share for share, _ in SHARES), 1 - OPEN_SHARE]
    bounds = [0.0, *(float(within) for _, within in SHARES), float(LONGEST)]
    numbers = np.ceil(np.interp(quantiles, shares, bounds)).astype(np.int64)
    # The long tail thins out: most of what takes longer than 30 workdays takes 31 to 90.
    tail = (quantiles - shares[-2]) / (shares[-1] - shares[-2])
    longer = np.ceil(bounds[-2] + (LONGEST - bounds[-2]) * np.clip(tail, 0, 1) ** 2.5).astype(np.int64)
    numbers = np.maximum(numbers, 1)
    is_long = quantiles > shares[-2]
    numbers[is_long] = np.maximum(longer, int(bounds[-2]) + 1)[is_long]
    numbers[quantiles > shares[-1]] = -1
    return numbers
