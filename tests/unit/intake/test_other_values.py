"""feeds.md, "Values": text, boolean, code, list; and numbers that have lost their end."""

from __future__ import annotations

import polars as pl
import pytest

from dagster_project import contracts
from dagster_project.intake.cells import NO_VALUES, NUMBER_MARK, has_value
from dagster_project.intake.columns import parse
from dagster_project.intake.layouts import layout_of
from dagster_project.intake.text import clean
from dagster_project.intake.values import parse_boolean, parse_list


def test_text_is_normalised_trimmed_and_its_white_space_folded() -> None:
    texts = [" 甲\u3000 乙\n丙 ", "ＡＢ１２", "a\u00a0b", "（甲）", "x\ty", "、。《》", "①"]
    assert clean(pl.Series(texts)).to_list() == ["甲 乙 丙", "AB12", "a b", "(甲)", "x y", "、。《》", "1"]


@pytest.mark.parametrize("text", sorted(NO_VALUES) + ["Ｎ／Ａ", " 无 ", "－", "Null", "NAN", "#DIV/0!", "\u3000", "／"])
def test_a_word_for_nothing_is_no_value_in_a_column_and_in_a_cell(text: str) -> None:
    assert clean(pl.Series([text])).to_list() == [None]
    assert not has_value(text)


@pytest.mark.parametrize("text", ["---", "无名", "na", "0", "#1", "?", "none of them"])
def test_other_words_are_values(text: str) -> None:
    assert clean(pl.Series([text])).to_list() == [text]
    assert has_value(text)


@pytest.mark.parametrize(("word", "value"), [("是", True), ("有", True), ("Y", True), ("y", True), ("TRUE", True)])
@pytest.mark.parametrize("around", ["", " "])
def test_words_for_yes_are_true(word: str, value: bool, around: str) -> None:
    assert parse_boolean(pl.Series([around + word + around])).value[0] is value


@pytest.mark.parametrize("word", ["1", "√", "１", "Ｙ"])
def test_signs_for_yes_are_true(word: str) -> None:
    assert parse_boolean(pl.Series([word])).value[0] is True


@pytest.mark.parametrize("word", ["否", "无", "N", "false", "0", "×"])
def test_words_and_signs_for_no_are_false(word: str) -> None:
    parsed = parse_boolean(pl.Series([word]))
    assert (parsed.value[0], parsed.given[0]) == (False, True)


def test_another_word_is_an_unreadable_boolean_and_nothing_is_none() -> None:
    parsed = parse_boolean(pl.Series(["也许", "", "-", None]))
    assert parsed.value.to_list() == [None] * 4
    assert parsed.given.to_list() == [True, False, False, False]


def test_a_list_is_split_at_every_mark_and_line_break_and_what_is_nothing_left_out() -> None:
    lists = parse_list(pl.Series(["甲、乙；丙;丁，戊,己\n庚", "甲 局", "、-、", "无", None]))
    assert lists.value.to_list() == [["甲", "乙", "丙", "丁", "戊", "己", "庚"], ["甲 局"], None, None, None]
    assert lists.given.to_list() == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("feed", "column", "text", "code"),
    [
        ("complaints", "channel", "12345热线", "hotline"),
        ("complaints", "channel", "12345", "hotline"),
        ("complaints", "channel", "HOTLINE", "hotline"),
        ("complaints", "category", "协议（合同）不履行", "contract"),
        ("complaints", "category", "协议(合同)不履行", "contract"),
        ("commitments", "field", "ppp", "ppp"),
        ("court_cases", "field", "街道和乡镇", "township"),
        ("proposals", "satisfaction", "非常满意", "satisfied"),
        ("complaints", "channel", "电话", None),
    ],
)
def test_a_code_is_read_by_its_english_word_or_a_chinese_name(
    feed: str, column: str, text: str, code: str | None
) -> None:
    contract = contracts.load()[feed]
    parsed = parse(contract.accepted[column], pl.Series(column, [text]), layout_of(contract), 0)
    assert (parsed.value[0], parsed.given[0]) == (code, True)


@pytest.mark.parametrize(
    ("feed", "column"),
    [
        ("complaints", "ticket_no"),
        ("complaints", "commitment_no"),
        ("complaints", "duplicate_of"),
        ("record_actions", "record_key"),
        ("rectifications", "source_key"),
        ("accountability", "record_no"),
    ],
)
def test_a_sheet_s_number_of_16_digits_has_lost_its_end_where_it_is_a_key(feed: str, column: str) -> None:
    contract = contracts.load()[feed]
    texts = pl.Series(column, [NUMBER_MARK + "2024031500001234", NUMBER_MARK + "202403150000123", "2024031500001234"])
    parsed = parse(contract.accepted[column], texts, layout_of(contract), 0)
    assert parsed.value.to_list() == [None, "202403150000123", "2024031500001234"]
    assert parsed.given.all()


def test_a_long_number_is_kept_where_it_is_no_key() -> None:
    contract = contracts.load()["complaints"]
    parsed = parse(contract.accepted["content"], pl.Series("content", ["2024031500001234"]), layout_of(contract), 0)
    assert parsed.value.to_list() == ["2024031500001234"]


def test_a_long_column_of_few_distinct_values_is_read_as_a_short_one() -> None:
    contract = contracts.load()["complaints"]
    texts = pl.Series("channel", ["问政", " 信访 ", "电话", None, "-"] * 2000)
    parsed = parse(contract.accepted["channel"], texts, layout_of(contract), 0)
    assert parsed.value.to_list() == ["inquiry", "petition", None, None, None] * 2000
    assert parsed.given.to_list() == [True, True, True, False, False] * 2000
