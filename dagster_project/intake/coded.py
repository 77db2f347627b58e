"""Columns of text kept as their distinct values: what is few is read, hashed and written once, not once a row."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pyarrow as pa


@dataclass(frozen=True)
class Coded:
    """A column as its distinct values and, for each row, the place of its own among them (null: none)."""

    distinct: pl.Series
    codes: pl.Series

    @classmethod
    def of_arrow(cls, name: str, array: pa.DictionaryArray) -> Coded:
        """A column that Arrow holds in the same way."""
        return cls(pl.Series(name, array.dictionary, dtype=pl.String), pl.Series(name, array.indices).cast(pl.UInt32))

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def texts(self) -> pl.Series:
        """The column with a text for each row."""
        return self.distinct.gather(self.codes)

    def gather(self, places: pl.Series) -> pl.Series:
        """The texts at some places."""
        return self.distinct.gather(self.codes.gather(places))

    def filter(self, mask: pl.Series) -> Coded:
        """The rows of a mask."""
        return Coded(self.distinct, self.codes.filter(mask))

    def with_values(self, values: pl.Series) -> Coded:
        """The same rows with other values, one for each of the distinct ones: equal ones become one, nulls none."""
        kept = values.drop_nulls().unique(maintain_order=True)
        if len(kept) == len(values):
            return Coded(values, self.codes)
        places = values.replace_strict(kept, pl.int_range(len(kept), dtype=pl.UInt32, eager=True), default=None)
        return Coded(kept, places.cast(pl.UInt32).gather(self.codes))

    def to_arrow(self) -> pa.DictionaryArray:
        """The column as Arrow holds it."""
        return pa.DictionaryArray.from_arrays(self.codes.cast(pl.Int32).to_arrow(), self.distinct.to_arrow())


def texts_of(column: pl.Series | Coded) -> pl.Series:
    """A column with a value for each row."""
    return column.texts if isinstance(column, Coded) else column
