"""`jiannuo explain`: score → deduction → record → thing → version → file, sheet, row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.offices import OTHER, UNIT, make_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("office"))


def test_the_chain_goes_from_the_score_to_the_row(jiannuo, office):
    result = jiannuo("explain", "示例市住建局", "2022", "--data", office)
    assert result.exit_code == 0
    steps = [
        "得分 95.01 = 基准 100.00 − 扣分 5.00",
        "− 5.00 分  规则 listed",
        "参数 scoring.rules.listed = per_record kinds=listing points=5；依据 通知 四(二)3，继承自 base",
        f"证据 record listing:A:{UNIT}，2022-05-01",
        "事由 case:A",
        f"记录 listing:A:{UNIT}：观测日状态 active，权重 1.0",
        "dishonest_debtors A",
        "2022-05-07 收到：失信名单.xlsx，工作表 5月，第 88 行",
    ]
    places = [result.stdout.find(step) for step in steps]
    assert -1 not in places and places == sorted(places)


def test_json_holds_the_same_chain(jiannuo, office):
    told = json.loads(jiannuo("explain", UNIT, "2022", "--data", office, "--json").stdout)
    (deduction,) = told["deductions"]
    assert deduction["rule"]["clause"] == "通知 四(二)3"
    assert deduction["record"]["source_key"] == "A"
    assert (deduction["evidence"][0]["file"], deduction["evidence"][0]["row_no"]) == ("失信名单.xlsx", 88)


def test_it_speaks_english_where_asked(jiannuo, office):
    assert "row 88" in jiannuo("explain", UNIT, "2022", "--data", office, "--lang", "en").stdout


@pytest.mark.parametrize(("unit", "year"), [(OTHER, "2022"), (UNIT, "2021"), ("无此单位", "2022")])
def test_what_was_not_assessed_is_said(jiannuo, office, unit, year):
    result = jiannuo("explain", unit, year, "--data", office)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr


def test_without_a_publication_it_says_what_to_do(jiannuo, data):
    result = jiannuo("explain", UNIT, "2022", "--data", data)
    assert result.exit_code == 1 and "jiannuo run" in result.stderr
