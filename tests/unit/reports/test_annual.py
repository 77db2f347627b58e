"""The annual report ranks units, says by which rules, traces every point, and tells what its stages changed."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from dagster_project.reports import annual_paper, scoring, word
from dagster_project.reports.annual import read_scores
from dagster_project.reports.changes import Change
from dagster_project.reports.making import make_report
from dagster_project.reports.office import SHIPPED, Office
from dagster_project.reports.period import PeriodError, read_period
from dagster_project.reports.score_book import score_book
from dagster_project.reports.unit_sheets import DEDUCTIONS, EVIDENCE, SUMMARY, TOTALS
from tests.unit.reports import marts, scores


@pytest.fixture(scope="module")
def year(published):
    return read_scores(published.published_db, marts.AS_OF, read_period("annual", "2024"), "3607", "preliminary")


@pytest.fixture(scope="module")
def whole(year):
    """The same scores, where every feed came."""
    return replace(year, feeds=[])


@pytest.fixture(scope="module")
def city(year):
    return year.place(marts.CITY)


@pytest.fixture(scope="module")
def content(year, city):
    return score_book(year, city, ["一条说明"], None, [])


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def values(content):
    return openpyxl.load_workbook(BytesIO(content), data_only=True)


def column(sheet: Any, head: str) -> list[Any]:
    place = next(cell.column for cell in sheet[2] if str(cell.value).startswith(head))
    return [sheet.cell(row, place).value for row in range(3, sheet.max_row + 1)]


def test_the_overview_has_the_mean_its_change_and_the_bands(year, city):
    # A core feed did not come in March: no score is shown as if it had.
    assert annual_paper.overview(year, city) == (
        "2024年度全市纳入政务诚信考评的单位4个，平均得分96.50分（未报）。按等次，优秀3个、不合格1个（未报）。"
    )


def test_a_year_is_compared_with_the_one_before_where_every_feed_came_in_both(year, city, whole):
    assert annual_paper.overview(whole, city) == (
        "2024年度全市纳入政务诚信考评的单位4个，平均得分96.50分，比上年度提高0.25分。按等次，优秀3个、不合格1个。"
    )
    gap = [{"feed": "court_cases", "month": marts.LAST_MARCH, "is_missing": True}]
    before = replace(year, feeds=gap)
    assert "平均得分96.50分。" in annual_paper.overview(before, city)
    for scores_of_year, shown in ((whole, "-10.00"), (before, "—"), (year, "—")):
        said = annual_paper.fields(scores_of_year, city, Office(SHIPPED))
        assert said["annex_ranking"].rows[2]["score_change"] == shown
    assert annual_paper.fields(whole, city, Office(SHIPPED))["annex_places"].rows[0]["mean_score_change"] == "+0.25"
    assert annual_paper.fields(year, city, Office(SHIPPED))["annex_places"].rows[0]["mean_score_change"] == "—"


def test_the_book_compares_units_with_the_year_before_where_every_feed_came(whole, city, values):
    told = openpyxl.load_workbook(BytesIO(score_book(whole, city, [], None, [])), data_only=True)
    assert column(told[TOTALS], "较上年（分）") == ["—", "—", -10, "—"]
    assert column(values[TOTALS], "较上年（分）") == ["—"] * 4
    pages = [[cell.value for cell in book["示例东区教育局"][4]][8] for book in (told, values)]
    assert pages == [-10, "—"]


def test_places_are_told_from_the_highest_mean_score_on(year, city):
    assert annual_paper.places_text(year, city) == (
        "所辖各地平均得分（未报）由高到低依次为示例西县（97.50分）、示例东区（94.25分）。"
        "市本级单位1个，平均得分100.00分（未报）。"
    )
    assert annual_paper.places_text(year, year.place(marts.EAST)) == ""


def test_points_lost_are_told_by_cause_from_the_dearest_on(year, city):
    assert annual_paper.causes(year, city, "附件4") == (
        "有扣分的单位2个，扣分3项，共扣14.00分（未报）。按扣分情形，由多到少（未报）为逾期未签署承诺书10.50分（涉及1个单位）、"
        "失信被执行人2.50分（涉及1个单位）、承诺事项逾期1.00分（涉及1个单位）。各单位扣分情况见附件4。"
    )
    west = annual_paper.causes(year, year.place(marts.WEST), "附件4")
    assert west.startswith("有扣分的单位1个，扣分1项，共扣2.50分")


def test_who_has_the_lowest_band_is_named(year, city):
    assert annual_paper.lowest(year, city) == "等次为不合格的单位1个（未报）：示例东区教育局。"
    assert annual_paper.lowest(year, year.place(marts.WEST)) == ""


def test_the_best_are_named_only_where_six_or_more_are_compared(year, city, whole):
    assert annual_paper.best(year, city, "附件1") == []
    more = replace(whole, units=[unit | {"peers": 6} for unit in year.units if unit["org_type"] == "department"])
    assert annual_paper.best(more, city, "附件1") == [
        "市级部门（6个单位）中，第1名示例市财政局（100.00分）。",
        "县级部门（6个单位）中，第1名示例东区住建局（100.00分）；第2名示例东区教育局（88.50分）。",
    ]
    assert annual_paper.best(replace(more, feeds=year.feeds), city, "附件1")[0] == (
        "市级部门（6个单位）中，第1名示例市财政局（100.00分，未报）。"
    )
    many = replace(more, units=more.units[:1] * 11)
    assert annual_paper.best(many, city, "附件1") == [
        "市级部门（6个单位）中，名次在前3名的单位11个（含并列），见附件1。"
    ]


def test_groups_that_are_called_alike_are_told_apart_by_their_policies(year, city, whole):
    titled = replace(
        whole,
        units=[
            unit | {"peers": 6, "rank": 1, "level": "county", "policy_id": policy, "policy_name": name}
            for unit in year.units
            if unit["org_type"] == "department"
            for policy, name in [("q", "东区办法") if unit["region_code"] == marts.EAST else ("p", "市办法")]
        ],
    )
    assert annual_paper.best(titled, city, "附件1") == [
        "县级部门（6个单位，适用《市办法》）中，第1名示例市财政局（100.00分）。",
        "县级部门（6个单位，适用《东区办法》）中，并列第1名示例东区住建局、示例东区教育局（100.00分）。",
    ]


def test_a_policy_is_called_by_its_title_and_a_place_is_not_ranked_among_those_below_it(year, city):
    said = annual_paper.fields(year, city, Office(SHIPPED))
    assert {row["policy"] for row in said["annex_rules"].rows} == {"示例市考评办法"}
    assert [row["rank"] for row in said["annex_places"].rows] == ["—", "2", "1"]


def test_without_deductions_nothing_is_asked_for(year, city):
    assert annual_paper.fields(year, city, Office(SHIPPED))["request_text"].startswith("请各地各有关单位")
    clean = replace(year, causes=[], by_place={**year.by_place, "deduction_count": {}})
    assert annual_paper.fields(clean, city, Office(SHIPPED))["request_text"] == ""
    assert annual_paper.causes(clean, city, "") == "纳入考评的单位均没有扣分（未报）。"


def test_rules_are_told_with_their_parameters_and_clauses(year):
    assert [(scoring.rule(row), scoring.clause(row)) for row in year.rules] == [
        (
            "政务失信记录（败诉案件、失信被执行人）每条扣基准分的5%，按记录所计权重折算，累计不超过50分。",
            "2023年8月15日通知 四(二)3",
        ),
        ("逾期未签署承诺书的，扣10.5分。", "信用办设定"),
        ("投诉按时办结率低于95%的，按所差比例扣分，全部未达到的扣10分。", "信用办设定"),
        ("承诺事项逾期的，每项扣1分，累计不超过10分。", "信用办设定"),
    ]


def test_a_record_stands_in_the_annex_with_the_status_of_the_year_s_end(year, city):
    annex = annual_paper.fields(year, city, Office(SHIPPED))["annex_mitigations"]
    assert [(row["number"], row["status"], row["weight"]) for row in annex.rows] == [
        ("示罚〔2024〕1号", "撤销", "不计"),
        ("（2024）赣0703执5号", "从轻处理", "按50%计"),
    ]


def test_units_are_ranked_with_those_they_are_compared_with(year, city):
    annex = annual_paper.fields(year, city, Office(SHIPPED))["annex_ranking"]
    assert [(row["group"], row["rank"], row["score"], row["score_change"]) for row in annex.rows] == [
        ("市级部门", "1/1", "100.00", "—"),
        ("县级部门", "1/2", "100.00", "—"),
        ("县级部门", "2/2", "88.50", "—"),
        ("乡镇（街道）", "1/1", "97.50", "—"),
    ]


def test_the_paper_keeps_its_form_and_says_nothing_of_what_is_not_there(year, city):
    office = Office(SHIPPED)
    said = annual_paper.fields(year, city, office)
    assert said["title"] == "关于示例市2024年度\n政务诚信考评初评结果的通报（截至4月30日）"
    assert said["document_no"] == "信用办考评〔2024〕1号"
    document = Document(BytesIO(word.render(office.template("annual"), said, {}, marts.AS_OF)))
    texts = [one.text for one in document.paragraphs]
    assert "一、总体情况" in texts and "各单位名次和等次（未报）见附件1。" in texts
    assert not [text for text in texts if "{" in text or "None" in text]
    heads = [cell.text for cell in document.tables[0].rows[0].cells]
    assert heads == ["名次", "单位", "类别", "得分（未报）", "扣分（未报）", "等次", "较上年（分）"]
    assert [annex.title for annex in said["annexes"]] == [
        "考评得分排名表",
        "各地平均得分表",
        "考评办法",
        "各单位扣分情况表",
        "撤销、免责、修复和异议情况表",
    ]


def test_what_a_stage_changed_is_said_only_where_the_other_was_frozen(year):
    final = replace(year, stage="final")
    assert annual_paper.stage_text(final, None, "") == "本通报为复评结果。"
    assert annual_paper.stage_text(final, [], "") == "本通报为复评结果。与初评结果相比没有变化。"
    changed = [Change("示例东区教育局", "得分", "88.50", "89.50")]
    assert annual_paper.stage_text(final, changed, "附件6") == "本通报为复评结果。与初评结果相比的变化见附件6。"


def test_the_same_scores_give_the_same_book(year, city, content):
    assert score_book(year, city, ["一条说明"], None, []) == content


def test_each_total_is_the_sum_of_its_deductions_and_carries_its_value(book, values):
    assert column(values[TOTALS], "单位") == [
        "示例市财政局",
        "示例东区住建局",
        "示例东区教育局",
        "=示例西县<b>{{ 镇 }}&",
    ]
    assert column(values[TOTALS], "扣分（未报）") == [0, 0, 11.5, 2.5]
    assert column(values[TOTALS], "得分（未报）") == [100, 100, 88.5, 97.5]
    # Matched as a pattern: as a number two codes of digits would be one.
    lost = "=ROUND(SUMIFS('扣分明细'!$K$3:$K$5,'扣分明细'!$C$3:$C$5,D5&\"*\"),4)"
    assert column(book[TOTALS], "扣分（未报）")[2] == lost
    assert column(book[TOTALS], "得分（未报）")[2] == "=MAX(0,G5-H5)"
    assert column(values[DEDUCTIONS], "实扣分") == [10.5, 1, 2.5]


def test_each_deduction_leads_to_its_rows_and_each_total_to_its_deductions(book, values):
    assert column(values[TOTALS], "扣分项") == ["—", "—", "2项", "1项"]
    assert column(book[TOTALS], "扣分项")[2] == (
        "=HYPERLINK(\"#'扣分明细'!A\"&(MATCH(D5,'扣分明细'!$C$3:$C$5,0)+2),\"2项\")"
    )
    assert column(values[DEDUCTIONS], "证据") == ["1行", "2行", "1行"]
    assert column(book[DEDUCTIONS], "证据")[0] == (
        "=HYPERLINK(\"#'扣分证据'!A\"&(MATCH(A3,'扣分证据'!$A$3:$A$6,0)+2),\"1行\")"
    )
    numbers = dict(zip(column(values[DEDUCTIONS], "扣分编号"), column(values[DEDUCTIONS], "编号"), strict=True))
    proofs = [numbers[number] for number in column(values[EVIDENCE], "扣分编号")]
    assert proofs == ["—", "C1", "C1", "（2024）赣0703执5号"]
    assert column(values[EVIDENCE], "行号") == [7, 3, 4, 2]


def test_text_of_feeds_is_neither_a_formula_nor_a_link(content, book):
    assert scores.FILE in column(book[EVIDENCE], "文件")
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    formulas = re.findall(r"<f>(.*?)</f>", "".join(sheets))
    # Of the totals, the bands and the deductions; links to sheets from the totals and the index; of four units' sheets
    # links back and scores, and of two of them sums, rules, points and links to evidence.
    assert len(formulas) == 4 + 2 + 2 + 3 + 2 + 4 + 4 + 4 * 3 + 2 + 2 * 4 * 4 + 3 * 3
    assert not [one for one in formulas if "http" in one or "镇" in one]
    assert not [sheet for sheet in sheets if "<hyperlink" in sheet]


def test_heads_are_frozen_repeated_and_filtered(book):
    for name in (TOTALS, DEDUCTIONS, EVIDENCE):
        assert (book[name].freeze_panes, book[name].print_title_rows) == ("C3", "$1:$2")
        assert book[name].auto_filter.ref.startswith("A2:")


def test_the_chart_beside_the_totals_is_native_and_shows_the_bands(content, values):
    assert [values[SUMMARY].cell(row, 1).value for row in (3, 4)] == ["优秀", "不合格"]
    assert [values[SUMMARY].cell(row, 2).value for row in (3, 4)] == [3, 1]
    with zipfile.ZipFile(BytesIO(content)) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    assert len(charts) == 2 and "$B$3:$B$4" in charts[0] and "$F$3:$F$4" in charts[1]


def repealed(root: Path) -> None:
    """The town's listing is revoked after the preliminary stage: it has its 100 points."""
    rows = marts.content()
    for row in rows["annual_assessment"]:
        if row["uscc"] == marts.TOWN:
            row.update(deducted="0", score="100")
    rows["annual_deduction"] = [row for row in rows["annual_deduction"] if row["uscc"] != marts.TOWN]
    marts.publish_marts(root, "v2", rows)


def test_the_final_stage_tells_what_it_changed_and_restates_nothing(data):
    first = make_report(data, "annual", "2024", "3607", stage="preliminary", wants_pdf=False).revision
    repealed(data.root)
    final = make_report(data, "annual", "2024", "3607", stage="final", wants_pdf=False).revision
    assert (first.name, final.name, final.manifest["restates"]) == ("r1", "r2", {})
    told = json.loads((final.folder / marts.WEST / "stages.json").read_text(encoding="utf-8"))
    town = "=示例西县<b>{{ 镇 }}&"
    assert (told["compared_with"], told["changes"]) == (
        "r1",
        [
            {"subject": town, "label": "得分", "old": "97.50", "new": "100.00"},
            {"subject": town, "label": "扣分", "old": "2.50", "new": "0.00"},
            {"subject": town, "label": "扣分：失信被执行人（（2024）赣0703执5号）", "old": "2.50分", "new": "—"},
        ],
    )
    assert json.loads((final.folder / marts.EAST / "stages.json").read_text(encoding="utf-8"))["changes"] == []
    again = make_report(data, "annual", "2024", "3607", stage="preliminary", wants_pdf=False).revision
    assert (again.name, set(again.manifest["restates"].values())) == ("r3", {"r1"})
    book = openpyxl.load_workbook(again.folder / marts.WEST / "annual.xlsx")
    assert {"更正情况", "两阶段变化"} <= set(book.sheetnames)


def test_a_stage_is_made_once_from_the_same_deliveries_and_is_final_where_none_is_named(data):
    made = [make_report(data, "annual", "2024", "3607", stage=stage, wants_pdf=False) for stage in (None, "final")]
    assert [one.revision.name for one in made] == ["r1", "r1"]
    assert made[0].revision.manifest["made_from"]["stage"] == "final"


def test_only_an_annual_report_has_stages(data):
    with pytest.raises(PeriodError):
        make_report(data, "monthly", "2024-03", "3607", stage="final", wants_pdf=False)


@pytest.mark.parametrize("text", ["2024Q1", "24", "0000", "2022", "2025"])
def test_what_is_no_assessed_year_is_refused(data, text):
    with pytest.raises(PeriodError):
        make_report(data, "annual", text, "3607", wants_pdf=False)
