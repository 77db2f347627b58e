"""One column of a batch, as text or already typed, read by the type of its contract."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from dagster_project.contracts.model import Column
from dagster_project.intake.amounts import MONEY, NUMBER, parse_integer, parse_money, parse_number
from dagster_project.intake.coded import Coded
from dagster_project.intake.identifiers import parse_case_no, parse_quarter, parse_region, parse_uscc
from dagster_project.intake.layouts import Layout
from dagster_project.intake.stored import as_texts, taken
from dagster_project.intake.text import Parsed, by_distinct
from dagster_project.intake.values import (
    is_lost,
    parse_boolean,
    parse_code,
    parse_date,
    parse_list,
    parse_text,
)

_DTYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "date": pl.Date,
    "money": MONEY,
    "number": NUMBER,
    "integer": pl.Int64,
    "boolean": pl.Boolean,
    "list": pl.List(pl.String),
}


def dtype_of(column: Column) -> pl.DataType | type[pl.DataType]:
    """The type in which a column lands (docs/architecture.md, 1)."""
    return _DTYPES.get(column.type, pl.String)


def _parser(column: Column, layout: Layout, unit: int) -> Callable[[pl.Series], Parsed]:
    match column.type:
        case "date":
            return partial(parse_date, is_day_first=layout.is_day_first)
        case "money":
            return partial(parse_money, unit=unit)
        case "number":
            return parse_number
        case "integer":
            return partial(parse_integer, is_year=column.name == "year")
        case "boolean":
            return parse_boolean
        case "code":
            return partial(parse_code, names=layout.codes[column.name])
        case "list":
            return parse_list
        case "uscc":
            return partial(_uscc_or, no_unit=column.no_unit) if column.no_unit else parse_uscc
        case "region":
            return parse_region
        case "case_no":
            return parse_case_no
        case "quarter":
            return parse_quarter
        case _:
            return parse_text


def _uscc_or(raw: pl.Series, no_unit: str) -> Parsed:
    """Credit codes, or the text that stands for "no unit of ours", kept as it is."""
    codes, texts = parse_uscc(raw), parse_text(raw)
    return Parsed(texts.value.zip_with((texts.value == no_unit).fill_null(False), codes.value), codes.given)


def parse(column: Column, raw: pl.Series | Coded, layout: Layout, unit: int) -> Parsed:
    """A column as read. `unit`: power of ten of its unit of money. What is typed as the contract says is taken so."""
    if isinstance(raw, pl.Series) and raw.dtype != pl.String:
        if (parsed := taken(column, raw, unit)) is not None:
            return parsed
        raw = as_texts(raw)
    parsed = by_distinct(raw, _parser(column, layout, unit))
    if column.loses_its_end and isinstance(raw, pl.Series) and (lost := is_lost(raw)) is not None:
        return Parsed(parsed.value.set(lost, None), parsed.given)
    return parsed
