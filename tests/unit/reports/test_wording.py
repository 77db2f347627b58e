"""Sentences read as an office's own: what there is, in its measure words, and nothing of what there is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dagster_project.reports import wording
from dagster_project.reports.figures import read_figures
from dagster_project.reports.period import read_period


def test_letters_say_target_and_changes(march):
    assert wording.letters(march, march.place("360700")) == (
        "截至3月31日，全市应签署政务诚信承诺书的单位4个，已签署3个，承诺覆盖率75.0%，比上月提高25.0个百分点，"
        "与上年同期持平，距80.0%的目标还差5.0个百分点。签署期限（3月15日）已过，逾期未签署的单位1个。"
    )


def test_commitments_say_ratios_amounts_and_what_is_overdue(march):
    assert wording.commitments(march, march.place("360700")) == (
        "今年以来到期承诺事项8项，已兑现5项，兑现率62.5%，比上月下降2.5个百分点，比上年同期提高12.5个百分点。"
        "其中按期兑现4项，按期兑现率50.0%。到期事项涉及金额123.45万元，按金额计算的兑现率50.0%。"
        "截至3月31日，逾期未兑现的承诺事项1项，涉及1个单位，与上月持平。"
    )


def test_complaints_are_compared_with_the_month_before_and_the_year_before(march):
    assert wording.complaints(march, march.place("360700")).startswith(
        "本月收到投诉4件，比上月增加3件，比上年同期减少2件，另有重复投诉1件不计。应受理3件，全部按时受理，按时受理率100.0%。"
        "应办结3件，按时办结2件，按时办结率66.7%，与上月持平。"
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
