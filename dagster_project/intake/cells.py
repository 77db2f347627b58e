"""Single cells and rows of a sheet or a text, in plain Python: it also runs where polars is not imported.

What counts as no value is fixed here once; `text.clean` does the same for whole columns.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import filterfalse
from typing import Any, cast

# feeds.md, "Values": these mean no value, in any case; the errors of Excel with them.
NO_VALUES = frozenset(
    ["-", "--", "—", "——", "/", "无", "暂无", "n/a", "null", "none", "nan"]
    + [
        "#n/a",
        "#ref!",
        "#value!",
        "#div/0!",
        "#num!",
        "#name?",
        "#null!",
        "#spill!",
        "#calc!",
        "#field!",
        "#block!",
        "#connect!",
        "#busy!",
    ]
    + ["#blocked!", "#unknown!", "#external!", "#python!", "#timeout!", "#getting_data"]
) | {""}
# feeds.md, "Header": a row that begins so is a total or a note.
NOTE_STARTS = tuple(
    ["合计", "总计", "小计", "注", "备注", "说明", "填报", "填表", "制表", "审核", "单位负责人", "以上", "※"]
)
# Stands before the text of a sheet's number, in columns where a number is read otherwise than its digits.
NUMBER_MARK = "\x01"
# Stands between the texts of a column that are joined; none of them holds it.
CUT = "\x1e"

# feeds.md, "Values": numbers of a sheet that may be days; those of 1904 lag so far behind those of 1900.
SERIALS = (20000, 80000)
DAYS_TO_1904 = 1462

_NOTE_HEADS = frozenset(start[0] for start in NOTE_STARTS)
_NO_VALUE_HEADS = frozenset(text[0] for text in NO_VALUES if text)
_is_empty: Callable[[Any], bool] = frozenset((None, "")).__contains__


class Rejected(Exception):
    """A file is rejected whole; the message is the reason, for people."""


class Unread(Rejected):
    """A file could not be read this time, through no fault of its content: it is tried again at the next run."""


def tidy(text: str) -> str:
    """Text after NFKC, trimmed, runs of white space folded to one space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def has_value(text: str) -> bool:
    """Whether a text is a value (feeds.md, "Values")."""
    return tidy(text).lower() not in NO_VALUES


def _begins_note(cell: str) -> bool:
    """Whether a text begins as a total or a note does (feeds.md, "Header")."""
    return "".join(unicodedata.normalize("NFKC", cell).split()).startswith(NOTE_STARTS)


class _Heads(dict[str, bool]):
    """For the first character of a cell: whether the cell needs a closer look (it may be a note, or no value)."""

    def __missing__(self, head: str) -> bool:
        plain = unicodedata.normalize("NFKC", head).strip()[:1].lower()
        self[head] = odd = not plain or plain in _NOTE_HEADS or plain in _NO_VALUE_HEADS
        return odd


_is_odd = _Heads()


def survey(rows: Iterable[Sequence[Any]]) -> tuple[list[int], list[int]]:
    """Positions of the rows whose first filled cell begins as a note does, and of the rows without any value."""
    notes: list[int] = []
    blanks: list[int] = []
    for position, row in enumerate(rows):
        for cell in filterfalse(_is_empty, row):
            if type(cell) is not str or not _is_odd[cell[0]]:
                break
            if has_value(cell):
                if _begins_note(cell):
                    notes.append(position)
                break
        else:
            blanks.append(position)
    return notes, blanks


def survey_columns(size: int, columns: Iterable[Callable[[], Sequence[Any]]]) -> tuple[list[int], list[int]]:
    """What `survey` says, of `size` rows whose columns are told one by one; most rows need the first one only."""
    notes: list[int] = []
    left: Sequence[int] = range(size)
    for column in columns:
        if not left:
            break
        cells = column()
        undecided: list[int] = []
        for position in left:
            cell = cells[position]
            if _is_empty(cell):
                undecided.append(position)
            elif type(cell) is str and _is_odd[cell[0]]:
                if not has_value(cell):
                    undecided.append(position)
                elif _begins_note(cell):
                    notes.append(position)
        left = undecided
    return sorted(notes), list(left)


def number_text(value: float) -> str:
    """A number as its shortest decimal form, without exponent: 45000.0 is `45000`, 1e-05 is `0.00001`."""
    if isinstance(value, int) or value == 0:
        return str(int(value))
    text = repr(value).removesuffix(".0")
    return format(Decimal(text), "f") if "e" in text else text


def _moment_text(value: dt.datetime) -> str:
    return str(value.date()) if value.time() == dt.time() else str(value)


_TEXTS: dict[type, Callable[[Any], str | None]] = {
    float: number_text,
    int: number_text,
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.datetime: _moment_text,
    dt.date: str,
    dt.time: str,
    dt.timedelta: str,
    type(None): lambda value: None,
}
_NUMBERS = frozenset((int, float))
# What Python writes as a clerk would.
_WRITTEN = frozenset((str, dt.date))
MOST_WRITTEN = 1 << 16


class _Written(dict[str | dt.date, str]):
    """Texts and days as texts: of the same few days a ledger is full, and to write one takes longer than to find it."""

    def __missing__(self, value: str | dt.date) -> str:
        self[value] = text = str(value)
        return text


_written = _Written()


def holds_numbers(values: Sequence[Any]) -> bool:
    """Whether a number is among the cells."""
    return not _NUMBERS.isdisjoint(map(type, values))


def moved_to_1900(value: Any) -> Any:
    """A cell of a workbook that counts days from 1904 on as one that counts them from 1900 on; no serial: as it is."""
    is_serial = type(value) in _NUMBERS and SERIALS[0] <= value <= SERIALS[1]
    return value + DAYS_TO_1904 if is_serial else value


def texts(values: Sequence[Any], *, is_marked: bool = False) -> Sequence[str | None]:
    """Cells of a sheet as texts; with `is_marked`, numbers have NUMBER_MARK before them."""
    kinds = set(map(type, values))
    if kinds <= {str}:
        return values
    if kinds <= _WRITTEN:
        if len(_written) > MOST_WRITTEN:
            _written.clear()
        return list(map(_written.__getitem__, values))
    if is_marked and kinds & _NUMBERS:
        return [
            value
            if type(value) is str
            else NUMBER_MARK + number_text(value)
            if type(value) in _NUMBERS
            else _TEXTS[type(value)](value)
            for value in values
        ]
    return [value if type(value) is str else _TEXTS[type(value)](value) for value in values]


@dataclass(frozen=True)
class Joined:
    """The texts of a column as one text with CUT between them: so they go from one process to another."""

    text: str

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Joined | None:
        """The values joined; None where one of them is none, holds a CUT, or there are none at all."""
        try:
            text = CUT.join(cast("Sequence[str]", values))
        except TypeError:
            return None
        return cls(text) if text.count(CUT) == len(values) - 1 else None


@dataclass(frozen=True)
class Packed:
    """Columns of Arrow as bytes: so those of a plain workbook go from one process to another (see `packing`)."""

    names: list[str]
    schema: bytes
    body: bytes


@dataclass
class RawTable:
    """Rows under one header, as texts, column by column: a sheet, a text file, or a part of one.

    `columns` hold the known columns that the header names; every column has the length of `row_nos`. Those of a plain
    workbook are `packed` instead: texts, numbers, moments.
    `notes`, `blanks`, `ragged` are positions in them. `units`: powers of ten of money columns (UNREADABLE_UNIT: none).
    """

    sheet: str | None
    columns: dict[str, Sequence[str | None] | Joined]
    row_nos: Sequence[int]
    notes: list[int] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    packed: Packed | None = None

    @property
    def names(self) -> list[str]:
        """The known columns that the header names."""
        return self.packed.names if self.packed else list(self.columns)
