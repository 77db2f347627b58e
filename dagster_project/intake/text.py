"""Whole columns of text: what a value is once NFKC, white space and "no value" are dealt with (feeds.md, "Values")."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from dagster_project.intake.cells import NO_VALUES, NUMBER_MARK
from dagster_project.intake.coded import Coded

# Characters that NFKC leaves alone and that are no white space; the rest is looked at closely.
_PLAIN = r"!-~\u4E00-\u9FFF、。《》“”—·〔〕【】"
_ODD = f"[^{_PLAIN}]"
# The common forms that NFKC changes, each by the character that it becomes: quicker than NFKC itself.
_WIDE = {wide: chr(ord(wide) - 0xFEE0) for wide in "，：；（）？！"}
_STILL_ODD = f"[^{_PLAIN} ]"
_SPACE = r"[\s\x1c-\x1f]"
_LONGEST_WORD_BYTES = max(len(text.encode()) for text in NO_VALUES if not text.startswith("#"))

# Below this many rows the distinct values are not worth looking for.
_FEW = 2048
_SAMPLE = 1024


def put(series: pl.Series, places: pl.Series | list[int], values: pl.Series | bool | None) -> pl.Series:
    """A series with other values at some places; the one given stays as it is (`scatter` changes it)."""
    return series.clone().scatter(places, values)


def _widened(series: pl.Series) -> pl.Series:
    return series.str.replace_many(list(_WIDE), list(_WIDE.values()))


def normalised(series: pl.Series) -> pl.Series:
    """Every text after NFKC."""
    close = series.str.contains(_ODD).arg_true()
    if not len(close):
        return series
    texts = _widened(series.gather(close))
    odd = texts.str.contains(_STILL_ODD).arg_true()
    if len(odd):
        texts = put(texts, odd, texts.gather(odd).str.normalize("NFKC"))
    return put(series, close, texts)


def _folded(series: pl.Series) -> pl.Series:
    """Every text after NFKC, trimmed, inner white space folded to one space."""
    close = series.str.contains(_ODD).arg_true()
    if not len(close):
        return series
    # Running text is mostly done with once its commas are narrow: what then holds neither space nor anything odd.
    texts = (series if len(close) == len(series) else series.gather(close)).str.replace_all("，", ",", literal=True)
    odd = texts.str.contains(_ODD).arg_true()
    if len(odd):
        rest = normalised(texts.gather(odd))
        texts = put(texts, odd, rest.str.replace_all(f"{_SPACE}+", " ").str.strip_chars(" "))
    return texts if len(close) == len(series) else put(series, close, texts)


def clean(series: pl.Series) -> pl.Series:
    """Every text after NFKC, trimmed, inner white space folded to one space; null where it means no value."""
    series = _folded(series)
    short = ((series.str.len_bytes() <= _LONGEST_WORD_BYTES) | series.str.starts_with("#")).arg_true()
    if len(short):
        nothing = short.filter(series.gather(short).str.to_lowercase().is_in(list(NO_VALUES)))
        if len(nothing):
            series = put(series, nothing, None)
    return series


def squeezed(series: pl.Series) -> pl.Series:
    """Every text without any white space."""
    return series.str.replace_all(_SPACE, "")


def unmarked(series: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """The texts without NUMBER_MARK, and which of them had it (None: none had)."""
    is_number = series.str.starts_with(NUMBER_MARK)
    if not is_number.any():
        return series, None
    return series.str.strip_prefix(NUMBER_MARK), is_number.fill_null(False)


class Parsed:
    """A column as read: `value` (typed; null for none, for unreadable), `given`: where there is a value at all.

    Of a column that came by its distinct values, `coded` has the values in the same way.
    """

    def __init__(self, value: pl.Series, given: pl.Series, coded: Coded | None = None) -> None:
        self._value: pl.Series | None = value if coded is None else None
        self.given = given
        self.coded = coded

    @property
    def value(self) -> pl.Series:
        """The value of each row."""
        if self._value is None:
            assert self.coded
            self._value = self.coded.texts
        return self._value

    @property
    def unreadable(self) -> pl.Series:
        """Where a value is given and can't be read."""
        if self.coded:
            return self.given & self.coded.codes.is_null()
        return self.given & self.value.is_null()

    def take(self, raw: Coded) -> Parsed:
        """The column of `raw`, of whose distinct values this is what was read."""
        given = self.given.gather(raw.codes).fill_null(False)
        if self.value.dtype != pl.String:
            return Parsed(self.value.gather(raw.codes), given)
        return Parsed(self.value, given, raw.with_values(self.value))


def by_distinct(raw: pl.Series | Coded, parse: Callable[[pl.Series], Parsed]) -> Parsed:
    """What `parse` makes of a column of text, from its distinct values where these are few."""
    if isinstance(raw, Coded):
        return parse(raw.distinct).take(raw)
    if len(raw) < _FEW or raw.head(_SAMPLE).n_unique() > _SAMPLE // 2:
        return parse(raw)
    few = Coded.of_arrow(raw.name, raw.to_arrow().dictionary_encode())
    taken = parse(few.distinct).take(few)
    return Parsed(taken.value, taken.given)
