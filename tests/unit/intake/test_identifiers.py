"""feeds.md, "Values": uscc, region, case number, quarter; and how names are compared."""

from __future__ import annotations

import polars as pl
import pytest
from stdnum.cn import uscc as oracle

from dagster_project.intake.identifiers import (
    USCC_ALPHABET,
    is_ill_formed,
    name_norms,
    parse_case_no,
    parse_quarter,
    parse_region,
    parse_uscc,
)

GOOD = "11360700070146777W"


def test_a_uscc_is_read_in_upper_case() -> None:
    assert parse_uscc(pl.Series([GOOD, GOOD.lower(), f" {GOOD}\u3000"])).value.to_list() == [GOOD] * 3


def test_a_uscc_with_a_wrong_check_character_or_form_is_unreadable() -> None:
    texts = [GOOD[:-1] + "X", GOOD[:-1], GOOD + "1", "I" + GOOD[1:], "１" + GOOD[1:-1], "代码" * 3, "示例乙市民政局"]
    parsed = parse_uscc(pl.Series(texts))
    assert parsed.value.to_list() == [None] * len(texts)
    assert parsed.given.all()


def test_the_first_two_characters_may_be_letters() -> None:
    start = "A1360700070146777"
    code = start + oracle.calc_check_digit(start)
    assert parse_uscc(pl.Series([code])).value[0] == code


def test_the_check_character_is_that_of_the_standard_for_every_last_character() -> None:
    codes = [GOOD[:-1] + last for last in USCC_ALPHABET]
    expected = [code if oracle.calc_check_digit(code[:-1]) == code[-1] else None for code in codes]
    assert parse_uscc(pl.Series(codes)).value.to_list() == expected
    assert sum(code is not None for code in expected) == 1


def test_a_region_is_six_digits() -> None:
    regions = parse_region(pl.Series(["360702", "３６０７０２", "3607", "36070200", "赣州", None]))
    assert regions.value.to_list() == ["360702", "360702", None, None, None, None]
    assert regions.given.to_list() == [True] * 5 + [False]


@pytest.mark.parametrize(
    ("text", "case_no"),
    [
        ("(2024)黑0400行初101号", "（2024）黑0400行初101号"),
        ("〔2024〕黑0400行初101号", "（2024）黑0400行初101号"),
        ("[2024]黑0400行初101号", "（2024）黑0400行初101号"),
        ("（2024） 黑0400 行初101 号", "（2024）黑0400行初101号"),
        ("（2024）黑0400执113号之一", "（2024）黑0400执113号"),
        ("（2024）黑0400执113号之十一", "（2024）黑0400执113号"),
        ("示例仲裁字（2023）0400第103 号", "示例仲裁字（2023）0400第103号"),
        ("（2024）黑0400执****号", None),
        ("（2024）黑0400执＊号", None),
    ],
)
def test_a_case_number_is_read_in_one_form_and_a_masked_one_not_at_all(text: str, case_no: str | None) -> None:
    parsed = parse_case_no(pl.Series([text]))
    assert (parsed.value[0], parsed.given[0]) == (case_no, True)


def test_well_formed_case_numbers_are_those_of_the_courts() -> None:
    good = ["（2024）黑0400行初101号", "（2024）最高法民终1号", "（2024）赣0703执恢12号", "（2013）豫法民一字第12号"]
    bad = ["黑0400行初101号", "（24）黑0400行初101号", "（2024）黑0400行初101", "示例仲裁字（2023）0400第103号", "A-1"]
    assert is_ill_formed(pl.Series([*good, *bad, None])).to_list() == [False] * 4 + [True] * 5 + [False]


@pytest.mark.parametrize(
    "text", ["2024Q1", "2024q1", "２０２４Ｑ１", "2024年第一季度", "2024年1季度", "2024 年第 1 季度"]
)
def test_every_form_of_a_quarter_is_read(text: str) -> None:
    assert parse_quarter(pl.Series([text])).value[0] == "2024Q1"


def test_what_is_no_quarter_is_unreadable() -> None:
    assert parse_quarter(pl.Series(["2024Q5", "2024", "第一季度", "1900Q1"])).value.to_list() == [None] * 4


def test_names_are_compared_without_white_space_case_and_brackets() -> None:
    names = ["示例局（本级）", " 示例 局 ", "示例局【a(b)】", "ab科", "示例(局", "示例局）", "（本级）", None]
    expected = ["示例局", "示例局", "示例局", "AB科", "示例(局", "示例局)", None, None]
    assert name_norms(pl.Series(names)).to_list() == expected


def test_brackets_of_a_name_go_from_the_inside_out() -> None:
    assert name_norms(pl.Series(["甲(乙(丙)丁)戊", "甲((乙)丙", "甲(乙〔丙)丁〕戊"])).to_list() == [
        "甲戊",
        "甲(丙",
        "甲丁〕戊",
    ]
