"""Whole columns are read as a plain, slow reading of the text reads one cell."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.intake.amounts import parse_money
from dagster_project.intake.cells import NO_VALUES, has_value, number_text, survey, tidy
from dagster_project.intake.text import clean
from dagster_project.intake.values import EARLIEST, LATEST, parse_date

CHARACTERS = st.sampled_from(list("甲乙 \u3000\n\t，。（）()-—/ＡａN0１2.…①\u00a0“”#無无nul"))
TEXTS = st.text(st.one_of(CHARACTERS, st.characters(codec="utf-8")), max_size=12)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(st.none(), TEXTS, st.sampled_from(sorted(NO_VALUES))), max_size=20))
def test_a_column_is_cleaned_as_each_of_its_cells(texts: list[str | None]) -> None:
    expected = [tidy(text) if text is not None and has_value(text) else None for text in texts]
    assert clean(pl.Series(texts, dtype=pl.String)).to_list() == expected


@settings(deadline=None, max_examples=200)
@given(
    st.decimals(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False),
    st.sampled_from([("", 0), ("元", 0), ("千元", 3), ("万", 4), ("万元", 4), ("百万元", 6), ("亿", 8)]),
    st.sampled_from([0, 3, 4, 8]),
    st.booleans(),
)
def test_money_equals_exact_decimal_arithmetic(amount: Decimal, unit: tuple[str, int], own: int, grouped: bool) -> None:
    power = unit[1] if unit[0] else own
    text = format(amount, ",f" if grouped else "f") + unit[0]
    with localcontext() as context:
        context.prec = 100
        yuan = (amount * 10**power).quantize(Decimal("0.01"), ROUND_HALF_UP)
    expected = yuan if yuan <= 10**15 else None
    assert parse_money(pl.Series([text]), own).value[0] == expected


@settings(deadline=None, max_examples=200)
@given(st.floats(min_value=0, max_value=1e300, allow_nan=False))
def test_a_number_cell_is_taken_by_its_shortest_decimal_form(value: float) -> None:
    text = number_text(value)
    assert float(text) == value
    assert re.fullmatch(r"[0-9]+(\.[0-9]*[1-9])?", text)
    assert len(text.replace(".", "").strip("0")) <= 17


@settings(deadline=None, max_examples=200)
@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2150, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]),
)
def test_every_day_is_read_in_every_form_within_the_bounds(day: dt.date, form: str) -> None:
    text = f"{day.year:04}" + day.strftime(form.removeprefix("%Y"))
    expected = day if EARLIEST <= day <= LATEST else None
    assert parse_date(pl.Series([text])).value[0] == expected


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), TEXTS, st.floats(), st.sampled_from(["合计", " 备 注：", "-"])), max_size=5),
        max_size=8,
    )
)
def test_blank_rows_are_those_without_a_value_in_any_cell(rows: list[list[object]]) -> None:
    def is_value(cell: object) -> bool:
        return cell is not None and (not isinstance(cell, str) or has_value(cell))

    _, blanks = survey(rows)
    assert blanks == [place for place, row in enumerate(rows) if not any(map(is_value, row))]
