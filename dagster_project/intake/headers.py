"""Which row is the header, what column each of its cells means, which unit of money it names (feeds.md, "Header")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any, NamedTuple

from dagster_project.intake.cells import Joined, RawTable, Rejected, holds_numbers, moved_to_1900, survey, texts, tidy

HEADER_WITHIN = 20
# Powers of ten of the units of money (feeds.md, "Values", money).
MONEY_UNITS = {"元": 0, "千元": 3, "万元": 4, "万": 4, "百万元": 6, "亿元": 8, "亿": 8}
# In place of a power of ten: the header names a currency or a unit that nobody can turn into yuan.
UNREADABLE_UNIT = -1

_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")
_BRACKETS = str.maketrans("", "", "()[]【】〔〕")
_STATED_UNIT = re.compile(r"(?:金额)?单位:(.+)")
# What a clerk writes around the unit within a bracket: 单位：万元, 人民币万元, 以万元计.
_AROUND_A_UNIT = re.compile(
    r"^(?:(?:(?:金额|计量)?单位|金额|币种|人民币|RMB|CNY)[:为]?|[¥以按])+|(?:人民币|为单位|计)+$", re.IGNORECASE
)
_PIECES = re.compile(r"[,;、/]")
_CURRENCIES = re.compile(
    r"美元|美金|港元|港币|欧元|日元|英镑|韩元|澳元|加元|新元|澳门元|台币|卢布|卢比|法郎|泰铢|外币"
    r"|USD|HKD|EUR|JPY|GBP|KRW|AUD|CAD|SGD|MOP|TWD|RUB|CHF|[$€£]",
    re.IGNORECASE,
)


class HeaderPlan(NamedTuple):
    """What to look for in a header, of a feed or of a feed with a mapping. Plain values: they go to other processes.

    `demanded` and `key` are groups of columns of which at least one must be there; `given` columns need no header cell.
    `marked`: columns in which a sheet's number is told apart from a text; `dates`: those in which it may be a day.
    """

    names: dict[str, str]
    demanded: tuple[tuple[str, ...], ...]
    key: tuple[tuple[str, ...], ...]
    given: frozenset[str]
    money: frozenset[str]
    marked: frozenset[str]
    dates: frozenset[str] = frozenset()
    sheet: str | None = None
    header_row: int | None = None


@dataclass
class Header:
    """A header that was found: row `at` (from 0), `positions` of the known columns, units of money, unknown names.

    `stated`: the unit of money that a cell before it states.
    """

    at: int
    width: int
    positions: dict[str, int]
    units: dict[str, int]
    unknown: list[str]
    stated: int = 0

    def name(self, position: int, column: str, cell: str, plan: HeaderPlan) -> None:
        """Says that a column of the feed stands at a position, by a cell that may name its unit of money."""
        self.positions[column] = position
        if column in plan.money:
            own = bracket_unit(cell)
            self.units[column] = own if own is not None else self.stated


@lru_cache(maxsize=8192)
def _squeezed(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


@lru_cache(maxsize=8192)
def header_name(cell: str) -> str:
    """A header cell as it is compared: NFKC, no white space, one trailing bracket taken off, case folded."""
    return _BRACKET.sub("", _squeezed(cell)).casefold()


@lru_cache(maxsize=8192)
def bracket_unit(cell: str) -> int | None:
    """The unit of money in a header cell's trailing bracket: a power of ten, UNREADABLE_UNIT, or None for none."""
    found = _BRACKET.search(_squeezed(cell))
    if not found:
        return None
    bracket = found[1]
    if _CURRENCIES.search(bracket):
        return UNREADABLE_UNIT
    for piece in _PIECES.split(bracket):
        unit = _AROUND_A_UNIT.sub("", piece)
        if unit in MONEY_UNITS:
            return MONEY_UNITS[unit]
        # 千万元, 百元: a unit, but none of ours; to read it as yuan would be a guess.
        if unit.endswith("元") and not re.search(r"[0-9]", unit) and len(unit) <= 4:
            return UNREADABLE_UNIT
    return None


def stated_unit(cell: Any) -> int | None:
    """The unit of money that a cell before the header states (`单位：万元`): a power of ten, or None."""
    if not isinstance(cell, str) or "单" not in cell:
        return None
    found = _STATED_UNIT.fullmatch(_squeezed(cell).translate(_BRACKETS))
    return MONEY_UNITS.get(found[1]) if found else None


def _holds(groups: tuple[tuple[str, ...], ...], columns: set[str] | frozenset[str]) -> bool:
    return all(any(column in columns for column in group) for group in groups)


def _known(row: Sequence[Any], plan: HeaderPlan) -> list[tuple[int, str]]:
    names = plan.names
    return [
        (position, column)
        for position, cell in enumerate(row)
        if isinstance(cell, str) and cell and (column := names.get(header_name(cell))) is not None
    ]


def find_header(rows: Sequence[Sequence[Any]], plan: HeaderPlan) -> Header | None:
    """The header among the first rows, or None. Raises Rejected where two of its cells mean one column."""
    if plan.header_row is not None:
        candidates = [plan.header_row - 1] if plan.header_row <= len(rows) else []
    else:
        candidates = list(range(min(HEADER_WITHIN, len(rows))))
    for at in candidates:
        known = _known(rows[at], plan)
        columns = {column for _, column in known} | plan.given
        if not (_holds(plan.demanded, columns) or (_holds(plan.key, columns) and "retracted" in columns)):
            continue
        return _header(rows, at, known, plan)
    return None


def _header(rows: Sequence[Sequence[Any]], at: int, known: list[tuple[int, str]], plan: HeaderPlan) -> Header:
    row = rows[at]
    stated = [unit for above in rows[:at] for cell in above if (unit := stated_unit(cell)) is not None]
    header = Header(at, len(row), {}, {}, [], stated[-1] if stated else 0)
    for position, column in known:
        if column in header.positions:
            raise _twice(column, row[header.positions[column]], row[position])
        header.name(position, column, row[position], plan)
    header.unknown = _unknown(header, row)
    return header


def _unknown(header: Header, row: Sequence[Any]) -> list[str]:
    taken = set(header.positions.values())
    names = (tidy(cell) for position, cell in enumerate(row) if position not in taken and isinstance(cell, str))
    return list(dict.fromkeys(filter(None, names)))


def _twice(column: str, first: str, second: str) -> Rejected:
    return Rejected(f"表头里有两列都是“{column}”：{tidy(first)}、{tidy(second)}")


def name_from_below(header: Header, rows: Sequence[Sequence[Any]], last: int, plan: HeaderPlan) -> None:
    """Names columns that the header's first row leaves unnamed by its further rows, down to row `last`.

    So stand 办结日期 and 满意度 under a 办理情况 that spans both. What the first row names stands.
    Raises Rejected where two cells of those rows mean one column.
    """
    above = dict(header.positions)
    found: dict[str, str] = {}
    for row in rows[header.at + 1 : last + 1]:
        for position, column in _known(row, plan):
            if column in above or position in header.positions.values():
                continue
            if column in found:
                raise _twice(column, found[column], row[position])
            found[column] = row[position]
            header.name(position, column, row[position], plan)
    if found:
        header.unknown = _unknown(header, rows[header.at])


def tabulate(
    rows: Sequence[Sequence[Any]],
    header: Header,
    plan: HeaderPlan,
    row_nos: Sequence[int],
    sheet: str | None = None,
    counts_from_1904: Callable[[], bool] = lambda: False,
    *,
    is_text: bool = False,
) -> RawTable:
    """The rows under a header, turned into columns of texts. `is_text`: values beyond the header make a row ragged.

    `counts_from_1904` is asked where the cells of a date hold plain numbers.
    """
    notes, blanks = survey(rows)
    columns: dict[str, Sequence[str | None] | Joined] = {}
    widest = max(map(len, rows), default=0)
    # The rows of a sheet are as long as each other: so they are turned in half the time.
    turned = list(zip(*rows, strict=True) if len(set(map(len, rows))) == 1 else zip_longest(*rows))
    for column, position in header.positions.items():
        cells = turned[position] if position < widest else (None,) * len(rows)
        if column in plan.dates and not is_text and holds_numbers(cells) and counts_from_1904():
            cells = tuple(map(moved_to_1900, cells))
        columns[column] = texts(cells, is_marked=not is_text and column in plan.marked)
    ragged: list[int] = []
    if is_text and widest > header.width:
        beyond = [(i, row[header.width :]) for i, row in enumerate(rows) if len(row) > header.width]
        _, empty = survey(rest for _, rest in beyond)
        hollow = set(empty)
        ragged = [i for n, (i, _) in enumerate(beyond) if n not in hollow]
    return RawTable(sheet, columns, row_nos, notes, blanks, ragged, header.units, header.unknown)
