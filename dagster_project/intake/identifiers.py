"""Columns of text as credit codes, division codes, case numbers, quarters; and names in the form that is compared."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from dagster_project.intake.amounts import YEARS
from dagster_project.intake.text import Parsed, clean, normalised, put, squeezed, unmarked

# GB 32100-2015: the code's alphabet, the weights of its first 17 characters, and the modulus of its check character.
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18
# Looked up for all bytes at once: arrays, not series.
_WEIGHTS = pl.Series([pow(3, place, 31) for place in range(17)], dtype=pl.Int32).to_numpy()
# The value of each byte as a character of the code, in either case; -1 for one that is none.
_VALUES = pl.Series(
    [USCC_ALPHABET.find(chr(byte).upper()) if byte < 128 else -1 for byte in range(256)], dtype=pl.Int32
).to_numpy()

_WELL_FORMED = r"^（[0-9]{4}）(?:\p{Han}{1,3}[0-9]*\p{Han}+[0-9]+号|\p{Han}+字第[0-9]+号)$"
# All but Chinese characters and what ASCII has besides small letters may have another form in upper case.
_MAYBE_SMALL = r"[^\p{Han}!-`{-~]"
_INNERMOST = r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕"
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}


def has_right_check(codes: pl.Series) -> pl.Series:
    """Whether each text, 18 bytes long, is of the code's alphabet and ends with the right check character."""
    array = codes.to_arrow()
    # One buffer holds the bytes of all texts in a row.
    content = pa.Array.from_buffers(pa.uint8(), _USCC_LENGTH * len(codes), [None, array.buffers()[2]])
    values = _VALUES[pl.Series(content).to_numpy().reshape(-1, _USCC_LENGTH)]
    is_right = (31 - values[:, :17] @ _WEIGHTS % 31) % 31 == values[:, 17]
    return pl.Series(codes.name, is_right & (values.min(axis=1) >= 0))


def parse_uscc(raw: pl.Series) -> Parsed:
    """Texts as unified social credit codes in upper case."""
    texts = clean(unmarked(raw)[0])
    places = (texts.str.len_bytes() == _USCC_LENGTH).fill_null(False).arg_true()
    found = texts.gather(places)
    is_right = has_right_check(found) if len(found) else pl.Series(dtype=pl.Boolean)
    value = pl.repeat(None, len(raw), dtype=pl.String, eager=True).alias(raw.name)
    if is_right.any():
        value = put(value, places.filter(is_right), found.filter(is_right).str.to_uppercase())
    return Parsed(value, texts.is_not_null())


def parse_region(raw: pl.Series) -> Parsed:
    """Texts as codes of divisions: six digits."""
    texts = clean(unmarked(raw)[0])
    return Parsed(texts.str.extract("^([0-9]{6})$"), texts.is_not_null())


def parse_case_no(raw: pl.Series) -> Parsed:
    """Texts as case numbers; a masked one is unreadable. One that is not well formed is kept: see `is_ill_formed`."""
    texts = clean(unmarked(raw)[0])
    value = squeezed(texts).str.replace_all(r"[(〔\[]", "（").str.replace_all(r"[)〕\]]", "）")
    value = value.str.replace("之[一二三四五六七八九十百零〇0-9]+$", "")
    is_masked = value.str.contains("*", literal=True).fill_null(False)
    return Parsed(value.set(is_masked, None) if is_masked.any() else value, texts.is_not_null())


def is_ill_formed(case_nos: pl.Series) -> pl.Series:
    """Where a case number is none of the courts' forms; false for none."""
    return ~case_nos.str.contains(_WELL_FORMED).fill_null(True)


def parse_quarter(raw: pl.Series) -> Parsed:
    """Texts as quarters: `2024Q1`, 2024年第一季度 or 2024年1季度."""
    texts = clean(unmarked(raw)[0])
    parts = squeezed(texts).str.to_uppercase().str.extract_groups("^([0-9]{4})(?:Q([1-4])|年第?([1-4一二三四])季度)$")
    year, short, long = (parts.struct.field(name) for name in parts.struct.fields)
    quarter = short.zip_with(short.is_not_null(), long.replace(_QUARTERS))
    is_real = year.cast(pl.Int64, strict=False).is_between(*YEARS).fill_null(False)
    value = (year + "Q" + quarter).alias(raw.name)
    return Parsed(value.set(~is_real, None), texts.is_not_null())


def name_norms(names: pl.Series) -> pl.Series:
    """Names as they are compared: NFKC, no white space, upper case, no brackets with content; null for nothing left.

    Brackets go from the inside out; one without its partner stays.
    """
    norms = squeezed(normalised(names))
    # Hardly a name has a small letter: to look for one takes a quarter of the time.
    small = norms.str.contains(_MAYBE_SMALL).fill_null(False).arg_true()
    if len(small):
        norms = put(norms, small, norms.gather(small).str.to_uppercase())
    while True:
        bracketed = norms.str.contains(_INNERMOST).fill_null(False).arg_true()
        if not len(bracketed):
            return norms.replace("", None)
        norms = put(norms, bracketed, norms.gather(bracketed).str.replace_all(_INNERMOST, ""))
