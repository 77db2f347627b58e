"""What a name in a row means: never is a classified unit named (marts.md), by its name or its code; an abolished one of
several that bear it is left out (feeds.md); and legal data is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from dagster_project.paths import DataPaths
from tests.integration.conftest import NewCity
from tests.integration.small_city import Deliveries, Table, marts_in, uscc, write
from tests.integration.test_run import run_in_json

# The sixth unit of the small city is classified. Of two units of one name in two regions, the second one is.
CLASSIFIED, CODE = "示例市第5局", uscc(6)
NAMESAKE, OPEN = "示例同名局", uscc(13)
# A classified unit that bore another name.
RENAMED, FORMER = "示例保密局（本级）", "示例旧局"
# Of these two the first one is abolished.
FOLLOWED, LIVING = "示例新建局", uscc(16)


def deliveries() -> Deliveries:
    """Rows that give a classified unit by its name, by its short name, and by its code in the place of a name."""
    given = [CLASSIFIED, "第5局", CODE, CODE.lower(), f"{CLASSIFIED}（本级）"]
    asked = [f"T5-{number},{name},2024-05-0{number}" for number, name in enumerate(given, start=1)]
    titles = [f"与{CLASSIFIED}合作", f"{CLASSIFIED}、{FORMER}和{CLASSIFIED}", f"代码{CODE}的{CODE.lower()}、{RENAMED}"]
    return {
        ("commitments", "2024-06-02", "名称.csv"): [
            "承诺编号,信用代码,年度,承诺类别,承诺事项,承诺日期,兑现期限,履行状态",
            *(f"N{number},{OPEN},2024,policy,{title},2024-05-01,,变更" for number, title in enumerate(titles)),
        ],
        ("honours", "2024-06-02", "名称.csv"): [
            "申报编号,信用代码,荣誉名称,申报日期",
            *(f"H{number},{OPEN},{title},2024-05-01" for number, title in enumerate(titles)),
        ],
        ("organizations", "2024-06-01", "增补.csv"): [
            "统一社会信用代码,单位名称,行政区划代码,层级,机构类型,是否涉密,撤销日期,曾用名",
            f"{OPEN},{NAMESAKE},360701,city,department,否,,",
            f"{uscc(14)},{NAMESAKE},360702,city,department,是,,",
            f"{uscc(15)},{FOLLOWED},360701,city,department,否,2024-01-31,",
            f"{LIVING},{FOLLOWED},360701,city,department,否,,",
            f"{uscc(17)},{RENAMED},360701,city,department,是,,{FORMER}",
        ],
        ("commitment_letters", "2024-06-02", "名称.csv"): [
            "单位名称,年度,签署日期",
            *(f"{name},2024,2024-06-01" for name in given),
            *(f"{name},2024,看不清" for name in (*given, NAMESAKE)),
        ],
        ("commitment_letters", "2024-06-02", "代码.csv"): [
            "信用代码,单位名称,年度,签署日期",
            f"{OPEN},{NAMESAKE},2024,看不清",
        ],
        ("transfers", "2024-06-02", "转办.csv"): [
            "工单编号,转办单位,转办日期",
            *asked,
            *(f"{line}看不清" for line in asked),
            f"T5-9,{FOLLOWED}【县（区）级】,2024-06-02",
        ],
        ("evaluations", "2024-06-02", "评价.csv"): [
            "评价编号,行政区划代码,评价机构,年度",
            *(f"E{number},360701,{name},2024" for number, name in enumerate([*given, NAMESAKE, "某院"])),
        ],
        ("tasks", "2024-06-02", "任务.csv"): [
            "任务编号,工作任务,牵头单位",
            f"1,{titles[0]},{'、'.join(given)}、{OPEN}",
        ],
        ("tasks", "2024-06-03", "任务.csv"): ["任务编号,工作任务,牵头单位", f"2,任务,{FOLLOWED}【县（区）级】"],
    }


@pytest.fixture(scope="module")
def marts(new_city: NewCity) -> Mapping[str, Table]:
    """What is published of the city with such rows."""
    data: Path = new_city("classified")
    write(data, deliveries())
    code, summary = run_in_json(data)
    assert (code, summary["status"], summary["error"]) == (0, "published", None), summary
    return marts_in(DataPaths(data).published_db)


def test_no_mart_holds_a_name_or_the_code_of_a_classified_unit(marts: Mapping[str, Table]) -> None:
    named = [
        (mart, text)
        for mart, rows in marts.items()
        for row in rows
        for text in map(str, row)
        if "第5局" in text or CODE in text.upper() or uscc(14) in text or FORMER in text or RENAMED in text
    ]
    assert named == []
    assert [row[2] for row in marts["task"] if row[0] == "1"] == [OPEN]
    assert [row[3] for row in marts["evaluation"]] == ["某院"]


def test_a_classified_unit_in_a_title_is_not_told(marts: Mapping[str, Table]) -> None:
    told = ["与***合作", "***、***和***", "代码***的***、***"]
    assert [row[6] for row in marts["fct_commitment"] if str(row[0]).startswith("N")] == told
    assert [row[5] for row in marts["compensation"] if str(row[0]).startswith("N")] == told
    assert [row[4] for row in marts["honour"]] == told
    assert [row[6] for row in marts["task"] if row[0] == "1"] == told[:1]


def test_of_two_units_of_one_name_the_classified_one_stops_no_publication(marts: Mapping[str, Table]) -> None:
    shown = [json.loads(str(row[-1])) for row in marts["quarantine"] if row[2] in ("名称.csv", "代码.csv")]
    told = [row for row in shown if row.get("unit_name", "***") != "***"]
    assert told == [{"uscc": OPEN, "unit_name": NAMESAKE, "year": "2024", "signed_on": "看不清"}]
    # Of those that point at no classified unit the name alone is hidden; of the others all is.
    assert [len(shown), len([row for row in shown if row.get("unit_name") == "***"])] == [7, 4]


def test_of_two_units_of_one_name_the_abolished_one_is_left_out(marts: Mapping[str, Table]) -> None:
    assert [row[3] for row in marts["transfer"]] == [LIVING]
    assert [row[3] for row in marts["task"] if row[0] == "2"] == [LIVING]
