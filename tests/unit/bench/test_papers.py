"""The province whose papers are measured: its regions, and who answers in them."""

from __future__ import annotations

import polars as pl

from bench.large.sizes import Size
from bench.papers import regions, roster

SMALL = Size("small", units=400, commitments=0, complaints=0, cases=0, listings=0)


def test_the_province_has_14_cities_and_100_counties() -> None:
    codes = [code for code, _, _ in regions()]
    assert len(set(codes)) == len(codes) == 1 + 14 + 100
    cities = {code[:4] for code in codes if code.endswith("00") and not code.endswith("0000")}
    assert len(cities) == 14
    assert {code[:4] for code in codes if not code.endswith("00")} == cities


def test_every_region_has_one_government_and_every_county_its_units() -> None:
    units = roster(SMALL)
    assert units["uscc"].is_unique().all()
    governments = units.filter(pl.col("name").str.ends_with("人民政府"))
    assert sorted(governments["region_code"]) == sorted(code for code, _, _ in regions())
    others = units.filter(~pl.col("name").str.ends_with("人民政府"))
    assert (len(others), others["region_code"].n_unique(), set(others["level"])) == (400, 100, {"county"})
