"""Hashes of rows and of mentions: polars hashes with fixed seeds, never compared across contract versions."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dagster_project.intake.coded import Coded

ROW_SEED = 0x5EED_0001
MENTION_SEED = 0x5EED_0002


def combined(series: Sequence[pl.Series | Coded | pl.DataType | type[pl.DataType]], seed: int, rows: int) -> pl.Series:
    """One BIGINT a row over columns in a fixed order; a type stands for a column without any value.

    The columns' hashes are spread by odd factors and added, with wrapping: swapping two values changes the sum.
    """
    total = pl.lit(0, pl.UInt64)
    columns = []
    for place, column in enumerate(series):
        factor = pl.lit((2 * place + 1) * 0x9E37_79B9_7F4A_7C15 & 0xFFFF_FFFF_FFFF_FFFF | 1, pl.UInt64)
        nothing = pl.Series([None], dtype=pl.Boolean).hash(seed + place)
        if isinstance(column, Coded):
            of_distinct = column.distinct.hash(seed + place)
            columns.append(of_distinct.gather(column.codes).fill_null(nothing[0]).alias(f"c{place}"))
            total = total + pl.col(f"c{place}") * factor
        elif isinstance(column, pl.Series):
            columns.append(_flat(column).alias(f"c{place}"))
            total = total + pl.col(f"c{place}").hash(seed + place) * factor
        else:
            total = total + pl.lit(nothing[0], pl.UInt64) * factor
    if not columns:
        return pl.select(total.reinterpret(signed=True)).to_series().new_from_index(0, rows)
    return pl.DataFrame(columns).select(total.reinterpret(signed=True).alias("hash")).to_series()


def _flat(column: pl.Series) -> pl.Series:
    """A column whose hash is that of its value alone: lists as text."""
    return column.list.join("\x1f") if isinstance(column.dtype, pl.List) else column
