"""How large the feeds are, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

#: The 24 deliveries come on the last day of a month; the figures are as at the last of them.
MONTHS = 24
AS_OF = date(2024, 12, 31)
SEED = 20241231


@dataclass(frozen=True)
class Size:
    """How many things a generated warehouse is about. Rows are more: what changes comes again."""

    name: str
    units: int
    commitments: int
    complaints: int
    cases: int
    listings: int


SIZES = {
    size.name: size
    for size in (
        Size("city", 1_000, 20_000, 200_000, 5_000, 500),
        Size("half", 50_000, 1_000_000, 10_000_000, 250_000, 25_000),
        Size("province", 100_000, 2_000_000, 20_000_000, 500_000, 50_000),
    )
}
#: The city's rows once more, as this many small workbooks.
WORKBOOKS = 2_000


def month_start(month: int) -> date:
    """The first day of a month; month 0 is January 2023, months before are negative."""
    return date(2023 + month // 12, month % 12 + 1, 1)


def month_end(month: int) -> date:
    """The last day of a month."""
    return month_start(month + 1) - timedelta(1)
