"""Whole columns of text: what a value is once NFKC, white space and "no value" are dealt with (feeds.md, "Values")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from dagster_project.intake.cells import NO_VALUES, NUMBER_MARK

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
    # Most are done with once wide punctuation is narrow: what then holds neither space nor anything odd.
    texts = _widened(series if len(close) == len(series) else series.gather(close))
    odd = texts.str.contains(_ODD).arg_true()
    if len(odd):
        rest = texts.gather(odd).str.normalize("NFKC")
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


@dataclass
class Parsed:
    """A column as read: `value` (typed; null for none, for unreadable), `given`: where there is a value at all."""

    value: pl.Series
    given: pl.Series

    @property
    def unreadable(self) -> pl.Series:
        """Where a value is given and can't be read."""
        return self.given & self.value.is_null()

    def take(self, codes: pl.Series) -> Parsed:
        """The column of the values that `codes` point at; no value for a null code."""
        return Parsed(self.value.gather(codes), self.given.gather(codes).fill_null(False))


def by_distinct(series: pl.Series, parse: Callable[[pl.Series], Parsed]) -> Parsed:
    """What `parse` makes of a column of text, from its distinct values where these are few."""
    if len(series) < _FEW or series.head(_SAMPLE).n_unique() > _SAMPLE // 2:
        return parse(series)
    encoded = series.to_arrow().dictionary_encode()
    distinct = pl.Series(series.name, encoded.dictionary, dtype=pl.String)
    return parse(distinct).take(pl.Series(encoded.indices.cast(pa.uint32())))
