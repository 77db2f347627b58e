"""Sentences read as an office's own: what there is, in its measure words, and nothing of what there is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dagster_project.reports import ranking, wording
from dagster_project.reports.figures import Figures, read_figures
from dagster_project.reports.marks import RESTS_ON
from dagster_project.reports.period import read_period
from dagster_project.reports.workbook import PLACE_COLUMNS
from tests.unit.reports import marts


def compared(root: Path, now: dict[str, Any], before: dict[str, Any], last_year: dict[str, Any]) -> Figures:
    """March of a city with these figures in it, in February, and in the March before; every feed came."""
    rows = marts.content()
    rows["region_monthly"] = [
        marts.region(marts.CITY, "all", month, **figures)
        for month, figures in ((marts.MARCH, now), (marts.FEBRUARY, before), (marts.LAST_MARCH, last_year))
    ]
    rows["feed_monthly"], rows["alert"] = [], []
    paths = marts.publish_marts(root, "v1", rows)
    return read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")


def test_letters_say_target_and_changes(march):
    assert wording.letters(march, march.place("360700")) == (
        "截至3月31日，全市应签署政务诚信承诺书的单位4个，已签署3个，承诺覆盖率75.0%，比上月提高25.0个百分点，"
        "与上年同期持平，距80.0%的目标还差5.0个百分点。签署期限（3月15日）已过，逾期未签署的单位1个。"
    )


@pytest.mark.parametrize(("month", "shown"), [("2023-03", "2月28日"), ("2024-03", "2月29日")])
def test_letters_due_on_29_february_are_due_on_the_28th_of_a_common_year(tmp_path, month, shown):
    rows = marts.content()
    rows["policy_parameter"] = [{"policy_id": "p", "key": "letter.due", "value": "02-29"}]
    late = {"units_in_scope": 2, "units_with_letter": 1, "units_late": 1, "coverage_rate": 0.5}
    rows["region_monthly"] = [marts.region(marts.CITY, "all", day, **late) for day in (marts.LAST_MARCH, marts.MARCH)]
    paths = marts.publish_marts(tmp_path, "v1", rows)
    figures = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", month), "3607")
    assert wording.letters(figures, figures.place(marts.CITY)).endswith(
        f"签署期限（{shown}）已过，逾期未签署的单位1个。"
    )


def test_commitments_say_ratios_amounts_and_what_is_overdue(march):
    assert wording.commitments(march, march.place("360700")) == (
        "今年以来到期承诺事项8项，已兑现5项，兑现率62.5%，比上月下降2.5个百分点，比上年同期提高12.5个百分点。"
        "其中按期兑现4项，按期兑现率50.0%。到期事项涉及金额123.45万元，按金额计算的兑现率50.0%。"
        "截至3月31日，逾期未兑现的承诺事项1项，涉及1个单位，与上月持平，比上年同期增加1项。"
    )


def test_complaints_are_compared_with_the_month_before_and_the_year_before(march):
    assert wording.complaints(march, march.place("360700")).startswith(
        "本月收到投诉4件，比上月增加3件，比上年同期减少2件，另有重复投诉1件不计。应受理3件，全部按时受理，按时受理率100.0%。"
        "应办结3件，按时办结2件，按时办结率66.7%，与上月持平，距95.0%的目标还差28.3个百分点。"
    )


def test_what_is_not_there_is_not_said(march):
    west = march.place("360703")
    said = wording.complaints(march, west) + wording.commitments(march, west) + wording.letters(march, west)
    assert "本月没有收到投诉。" in said
    assert "没有逾期未兑现的承诺事项。" in said
    assert "已全部签署" in said
    for blank in ("0个", "0件", "0项", "None", "—", "，，", "。。", "：。"):
        assert blank not in said


def test_new_listings_are_named_with_their_case(march):
    said = wording.listings(march, march.place("360703"))
    assert "本月新列入1条：=示例西县<b>{{ 镇 }}&，案号（2024）赣0703执5号，示例西县人民法院3月9日发布。" in said
    assert "涉及单位1个" in said


def test_the_loop_is_told_by_its_steps_and_by_what_has_stood_longest(march):
    # Two days to the warning; since then, the 11th, without feedback.
    assert wording.listings(march, march.place("360700")).endswith(
        "累计看，失信联动各环节平均用时为列入到预警2.0天，停留最久的自2024年3月11日起待反馈。"
    )
    assert "环节" not in wording.listings(march, march.place("360702"))


def test_units_without_a_letter_are_named_by_place_in_the_order_of_the_roster(march):
    assert wording.late_letters(march, march.place("360700")) == ["逾期未签署承诺书的单位1个：示例东区教育局。"]
    late = [row | {"is_late": True} for row in march.units]
    assert wording.late_letters(replace(march, units=late), march.place("360700")) == [
        "逾期未签署承诺书的单位4个，名单如下：",
        "市本级（1个）：示例市财政局。",
        "示例东区（2个）：示例东区教育局、示例东区住建局。",
        "示例西县（1个）：=示例西县<b>{{ 镇 }}&。",
    ]


def test_a_feed_that_did_not_come_is_marked_and_never_a_clean_zero(march):
    quiet = march.place("360702")
    assert quiet["records_new"] == 0
    assert wording.records(march, quiet) == "本月没有新增政务失信记录（未报）。"
    assert "问责与处罚数据2024年3月未报，相关数据不作零计。" in wording.notes(march, quiet, None)


def test_a_feed_whose_time_is_not_over_is_awaited(march):
    awaited = [row | {"is_missing": False} for row in march.feeds]
    assert wording.records(replace(march, feeds=awaited), march.place("360702")).endswith("记录（待报）。")


def test_a_month_that_runs_says_until_when(published):
    running = read_figures(published.published_db, dt.date(2024, 3, 18), read_period("monthly", "2024-03"), "3607")
    assert (running.is_running, running.through_on) == (True, dt.date(2024, 3, 18))
    assert wording.notes(running, running.place("360700"), None)[0].startswith("本月尚未结束，各项数据截至3月18日")
    # C1 falls due on the 21st.
    assert [(row["number"], row["standing"]) for row in running.items if row["number"] == "C1"] == [("C1", "next")]


def test_every_rate_is_compared_with_the_month_before_and_with_a_year_ago(tmp_path):
    names = ["coverage_rate", "publicity_rate", "fulfilment_ratio", "on_time_ratio"]
    names += ["acceptance_rate", "resolution_rate", "satisfaction_rate"]
    counts = {"units_in_scope": 8, "units_with_letter": 4, "units_published": 2, "commitments_due": 8}
    counts |= {"commitments_fulfilled": 5, "commitments_on_time": 4, "complaints_received": 8}
    counts |= {"complaints_accept_due": 8, "complaints_accepted_on_time": 4, "complaints_due": 8}
    counts |= {"complaints_resolved_on_time": 4, "complaints_rated": 8, "complaints_satisfied": 4}
    now = counts | dict.fromkeys(names, 0.5)
    # 50 − 37.5 and 50 − 62.5 percentage points.
    march = compared(tmp_path, now, dict.fromkeys(names, 0.375), dict.fromkeys(names, 0.625))
    city = march.place(marts.CITY)
    said = [wording.letters(march, city), wording.publicity(march, city), wording.commitments(march, city)]
    text = "".join((*said, wording.complaints(march, city)))
    rates = ("承诺覆盖率", "公开公示率", "，兑现率", "按期兑现率", "按时受理率", "按时办结率", "满意率")
    change = "50.0%，比上月提高12.5个百分点，比上年同期下降12.5个百分点"
    assert [rate for rate in rates if f"{rate}{change}" not in text] == []


def test_every_count_is_compared_with_the_month_before_and_with_a_year_ago(tmp_path):
    names = ("complaints_received", "complaints_open_overdue", "commitments_overdue", "listings_active", "records_new")
    march = compared(tmp_path, dict.fromkeys(names, 5), dict.fromkeys(names, 3), dict.fromkeys(names, 9))
    city = march.place(marts.CITY)
    assert wording.complaints(march, city).startswith("本月收到投诉5件，比上月增加2件，比上年同期减少4件。")
    assert "逾期未办结的投诉5件，涉及1个单位，比上月增加2件，比上年同期减少4件。" in wording.complaints(march, city)
    assert "承诺事项5项，涉及1个单位，比上月增加2项，比上年同期减少4项。" in wording.commitments(march, city)
    assert "信息5条，涉及单位1个，比上月增加2条，比上年同期减少4条。" in wording.listings(march, city)
    assert wording.records(march, city) == "本月新增政务失信记录5条，比上月增加2条，比上年同期减少4条。"


def test_what_did_not_change_is_said_once_and_of_none_only_that_there_were_some(tmp_path):
    same = {"complaints_received": 2}
    march = compared(tmp_path, same | {"records_new": 0}, same | {"records_new": 3}, same | {"records_new": 0})
    city = march.place(marts.CITY)
    assert wording.complaints(march, city).startswith("本月收到投诉2件，与上月、上年同期持平。")
    assert wording.records(march, city) == "本月没有新增政务失信记录，比上月减少3条。"


def test_nothing_is_compared_with_a_month_of_which_the_feed_did_not_come_nor_anything_of_such_a_month(tmp_path):
    march = compared(tmp_path, {"records_new": 5}, {"records_new": 3}, {"records_new": 9})
    said = {}
    for month in (marts.FEBRUARY, marts.LAST_MARCH, marts.MARCH):
        gap = {"feed": "accountability", "month": month, "is_missing": True}
        said[month] = wording.records(replace(march, feeds=[gap]), march.place(marts.CITY))
    assert said == {
        marts.FEBRUARY: "本月新增政务失信记录5条，比上年同期减少4条。",
        marts.LAST_MARCH: "本月新增政务失信记录5条，比上月增加2条。",
        marts.MARCH: "本月新增政务失信记录5条（未报）。",
    }


def test_records_rest_on_each_of_the_four_feeds_that_make_them(tmp_path):
    march = compared(tmp_path, {"records_new": 0}, {"records_new": 3}, {"records_new": 0})
    city = march.place(marts.CITY)
    feeds = ("accountability", "commitments", "complaints", "court_cases", "dishonest_debtors")
    gaps = {feed: [{"feed": feed, "month": marts.MARCH, "is_missing": True}] for feed in feeds}
    said = {feed: wording.records(replace(march, feeds=gap), city) for feed, gap in gaps.items()}
    marked = "本月没有新增政务失信记录（未报）。"
    assert said == dict.fromkeys(feeds, marked) | {"commitments": "本月没有新增政务失信记录，比上月减少3条。"}


def test_every_complaint_of_a_month_that_did_not_come_is_marked_and_none_is_compared(tmp_path):
    counts: dict[str, float] = {"complaints_received": 2, "complaints_excluded": 1, "complaints_accept_due": 2}
    counts |= {"complaints_due": 4}
    counts |= {"complaints_resolved_on_time": 2, "acceptance_rate": 0.0, "resolution_rate": 0.5}
    march = compared(tmp_path, counts | {"complaints_open_overdue": 3}, counts, counts)
    gap = [{"feed": "complaints", "month": marts.MARCH, "is_missing": True}]
    assert wording.complaints(replace(march, feeds=gap), march.place(marts.CITY)) == (
        "本月收到投诉2件（未报），其中依规剔除1件（未报）。"
        "应受理2件（未报），没有按时受理的（未报），按时受理率0.0%（未报）。"
        "应办结4件（未报），按时办结2件（未报），按时办结率50.0%（未报），距95.0%的目标还差45.0个百分点。"
        "截至3月31日，逾期未办结的投诉3件（未报），涉及1个单位。"
    )


def test_what_stands_at_the_end_of_a_month_rests_on_every_month_before_it(tmp_path):
    names = ("complaints_open_overdue", "listings_active")
    march = compared(tmp_path, dict.fromkeys(names, 5), dict.fromkeys(names, 3), dict.fromkeys(names, 9))
    feeds = ("complaints", "dishonest_debtors")
    gaps = [{"feed": feed, "month": marts.LAST_MARCH, "is_missing": True} for feed in feeds]
    early, city = replace(march, feeds=gaps), march.place(marts.CITY)
    assert "逾期未办结的投诉5件（未报），涉及1个单位。" in wording.complaints(early, city)
    assert "在列失信被执行人信息5条（未报），涉及单位1个（未报）。" in wording.listings(early, city)
    # What came in March itself is none of last year's.
    assert "没有收到投诉。" in wording.complaints(early, city)


def test_a_ratio_of_promises_rests_on_the_promises_of_its_year_and_on_complaints_about_them(tmp_path):
    counts = {"commitments_due": 8, "commitments_fulfilled": 4, "fulfilment_ratio": 0.5}
    march = compared(tmp_path, counts, counts | {"fulfilment_ratio": 0.25}, counts)
    city, begins = march.place(marts.CITY), {}
    for feed, month in (("commitments", "2024-01-01"), ("complaints", "2024-02-01"), ("commitments", "2023-02-01")):
        gap = {"feed": feed, "month": dt.date.fromisoformat(month), "is_missing": True}
        begins[feed, month] = wording.commitments(replace(march, feeds=[gap]), city).partition("。")[0]
    assert begins == {
        ("commitments", "2024-01-01"): "今年以来到期承诺事项8项（未报），已兑现4项（未报），兑现率50.0%（未报）",
        ("complaints", "2024-02-01"): "今年以来到期承诺事项8项，已兑现4项（未报），兑现率50.0%（未报）",
        # 50 − 25 percentage points; with last year's January to March nothing is compared.
        ("commitments", "2023-02-01"): "今年以来到期承诺事项8项，已兑现4项，兑现率50.0%，比上月提高25.0个百分点",
    }


def test_that_nobody_owes_anything_is_no_clean_zero_either(march):
    none = replace(march, by_place={**march.by_place, "item_count": {}})
    assert wording.owed(none, march.place(marts.CITY), "late", "") == "截至3月31日，没有逾期未完成的事项。"
    gap = [{"feed": "complaints", "month": marts.MARCH, "is_missing": True}]
    unreported = replace(none, feeds=gap)
    assert (
        wording.owed(unreported, march.place(marts.CITY), "late", "") == "截至3月31日，没有逾期未完成的事项（未报）。"
    )
    assert wording.owed(unreported, march.place(marts.CITY), "next", "") == "此后30日内没有到期的事项（未报）。"
    owing = wording.owed(replace(march, feeds=gap), march.place(marts.CITY), "late", "附件2")
    assert "投诉1件（涉及1个单位，未报）" in owing


def test_every_figure_but_those_of_letters_rests_on_a_core_feed():
    letters = {"units_in_scope", "units_with_letter", "units_letter_complete", "units_published", "units_late"}
    letters |= {"coverage_rate", "coverage_target", "publicity_rate", "publicity_target"}
    assert {name for name in PLACE_COLUMNS if name not in RESTS_ON} == letters


def test_what_begins_anew_each_year_is_not_compared_with_december(tmp_path):
    rows = marts.content()
    months = (dt.date(2024, 1, 1), dt.date(2023, 12, 1), dt.date(2023, 1, 1))
    rates = {"units_in_scope": 4, "units_with_letter": 1, "units_published": 1}
    rows["region_monthly"] = [
        marts.region(marts.CITY, "all", month, coverage_rate=rate, publicity_rate=1.0, resolution_rate=rate, **rates)
        for month, rate in zip(months, (0.25, 0.75, 0.5), strict=True)
    ]
    paths = marts.publish_marts(tmp_path, "v1", rows)
    january = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-01"), "3607")
    city = january.place(marts.CITY)
    assert "承诺覆盖率25.0%，比上年同期下降25.0个百分点" in wording.letters(january, city)
    assert "公开公示率100.0%，与上年同期持平" in wording.publicity(january, city)
    assert (city["resolution_change"], city["fulfilment_change"]) == (-50, None)


def test_who_owes_nothing_is_asked_for_nothing():
    assert wording.closing(()) == ""
    assert wording.closing(("annex_next",)) == (
        "请各地各有关单位对照附件逐项落实责任，近期到期事项按期兑现，办理结果及时反馈我办。"
    )


def test_channels_that_are_alike_are_not_ordered(march):
    rows = [row | {"complaints_due": 2, "resolution_rate": 0.5} for row in march.rows("channel", marts.CITY)]
    alike = replace(march, by_place={**march.by_place, "channel": {marts.CITY: rows}})
    assert wording.channels(alike, march.place(marts.CITY)) == "分渠道看，各渠道按时办结率均为50.0%。"


def test_a_rank_that_is_shared_is_said_to_be(march):
    assert ranking.ranked_as(2, ["甲县"]) == "第2名甲县"
    assert ranking.ranked_as(2, ["甲县", "乙县"]) == "并列第2名甲县、乙县"


def test_names_stand_in_the_order_of_regions_then_of_kinds_then_of_codes(tmp_path):
    rows = marts.content()
    listed = [
        ("1", "示例市某中心", "city", "institution"),
        ("2", "示例市乙局", "city", "department"),
        ("3", "示例市甲局", "city", "department"),
        ("4", "示例市人民政府", "city", "government"),
        ("0", "示例市某镇人民政府", "township", "township"),
    ]
    rows["dim_organization"] = [
        {"uscc": code, "name": name, "region_code": marts.CITY, "level": level, "org_type": kind}
        for code, name, level, kind in listed
    ] + [{"uscc": "00", "name": "示例东区甲局", "region_code": marts.EAST, "level": "county", "org_type": "department"}]
    rows["org_monthly"] = [
        marts.unit(row["uscc"], row["region_code"], marts.MARCH, is_late=True) for row in rows["dim_organization"]
    ]
    paths = marts.publish_marts(tmp_path, "v1", rows)
    figures = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")
    assert wording.late_letters(figures, figures.place(marts.CITY))[1:] == [
        "市本级（5个）：示例市人民政府、示例市乙局、示例市甲局、示例市某中心、示例市某镇人民政府。",
        "行政区划360702地区（1个）：示例东区甲局。",
    ]


def test_a_place_without_a_government_on_the_roster_is_called_as_the_names_of_its_units_begin(tmp_path):
    rows = marts.content()
    rows["dim_organization"] = [
        {"uscc": str(number), "name": name, "region_code": code, "level": level, "org_type": "department"}
        for number, (name, code, level) in enumerate(
            [
                ("示例市财政局", marts.CITY, "city"),
                ("示例市教育局", marts.CITY, "city"),
                ("示例东区教育局", marts.EAST, "county"),
                ("示例西县财政局", marts.WEST, "county"),
                ("另一县教育局", marts.WEST, "county"),
            ]
        )
    ]
    paths = marts.publish_marts(tmp_path, "v1", rows)
    figures = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")
    # One name alone, or two that differ, name no place.
    assert [place["name"] for place in figures.places] == ["示例市", None, None]
