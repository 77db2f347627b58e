"""The sentences of a paper. Nothing is said of what is not there: no blank, no list of none.

Figures come ready from `figures`; here only words are chosen by them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.marks import aim, changes, rests_since, target, unreported
from dagster_project.reports.words import (
    CHANNELS,
    FEEDS,
    KINDS,
    MEASURES,
    STAGES,
    STANDS,
    STEPS,
    area_word,
    clean,
    day,
    percent,
    place_name,
    rounded,
    sentence,
    short_day,
    short_month,
    wan,
)

#: Beyond this, names are left to an annex.
NAMES_IN_TEXT = 120
#: The figure that rests on the same feeds as the things of a kind that are owed; what is rectified was complained of.
OWED = {
    "commitment": "commitments_overdue",
    "complaint": "complaints_open_overdue",
    "rectification": "complaints_open_overdue",
}


def whole(place: Row) -> str:
    """全市 or the like, for a place."""
    return area_word(place["name"], place["level"])


def letters(figures: Figures, place: Row) -> str:
    """Coverage, with its target and its changes."""
    scope, signed = place["units_in_scope"], place["units_with_letter"]
    begin = f"截至{short_day(figures.through_on)}，{whole(place)}应签署政务诚信承诺书的单位{scope}个"
    if not scope:
        return f"截至{short_day(figures.through_on)}，{whole(place)}没有应签署政务诚信承诺书的单位。"
    due = _letter_due(figures, place)
    if not signed:
        return sentence(begin, "本年度尚无单位签署", _round_open(figures, due)) + _late(place, due)
    done = "已全部签署" if signed == scope else f"已签署{signed}个"
    return (
        sentence(
            begin,
            done,
            f"承诺覆盖率{percent(place['coverage_rate'])}",
            changes(figures, place, "coverage"),
            target(place["coverage_target"], place["coverage_gap"]) or _next_target(figures, place),
        )
        + _complete(place)
        + (sentence(_round_open(figures, due)) if due and figures.through_on <= due else "")
        + _late(place, due)
    )


def publicity(figures: Figures, place: Row) -> str:
    """Publicity of the letters signed, with its target."""
    if not place["units_with_letter"]:
        return ""
    if not place["units_published"]:
        return sentence("已签署的承诺书均尚未公示", target(place["publicity_target"], place["publicity_gap"]))
    return sentence(
        "已签署承诺书的单位全部公示"
        if not place["units_unpublished"]
        else f"已签署承诺书的单位中，已公示{place['units_published']}个、尚未公示{place['units_unpublished']}个",
        f"公开公示率{percent(place['publicity_rate'])}",
        changes(figures, place, "publicity"),
        target(place["publicity_target"], place["publicity_gap"]),
    )


def commitments(figures: Figures, place: Row) -> str:
    """What fell due this year, how much of it was fulfilled, what is overdue."""
    due, done, in_time = (place[f"commitments_{name}"] for name in ("due", "fulfilled", "on_time"))
    mark, kept = unreported(figures, "commitments_due"), unreported(figures, "commitments_fulfilled")
    if not due:
        said = sentence(f"今年以来没有到期的承诺事项{mark}")
    else:
        said = sentence(
            f"今年以来到期承诺事项{due}项{mark}",
            ("均未兑现" if not done else "已全部兑现" if done == due else f"已兑现{done}项") + kept,
            f"兑现率{_rate(figures, place, 'fulfilment_ratio')}",
            changes(figures, place, "fulfilment"),
            aim(figures, place, "fulfilment_ratio"),
        )
        if in_time:
            said += sentence(
                ("均为按期兑现" if in_time == done else f"其中按期兑现{in_time}项") + kept,
                f"按期兑现率{_rate(figures, place, 'on_time_ratio')}",
                changes(figures, place, "on_time"),
                aim(figures, place, "on_time_ratio"),
            )
        elif done:
            said += sentence(f"其中没有按期兑现的{kept}")
        if place["amount_due_yuan"]:
            said += sentence(
                f"到期事项涉及金额{wan(place['amount_due_yuan'])}{mark}",
                f"按金额计算的兑现率{_rate(figures, place, 'amount_fulfilment_ratio')}",
            )
    return said + _overdue(figures, place, "commitment", "commitments_overdue", "逾期未兑现的承诺事项")


def complaints(figures: Figures, place: Row) -> str:
    """Complaints of the period: received, accepted and resolved in time, substantiated, overdue."""
    this, mark = figures.period.this, unreported(figures, "complaints_received")
    received, due, accept = (place[f"complaints_{name}"] for name in ("received", "due", "accept_due"))
    more = []
    if place["complaints_excluded"]:
        more.append(f"其中依规剔除{place['complaints_excluded']}件{mark}")
    if place["complaints_duplicate"]:
        more.append(f"另有重复投诉{place['complaints_duplicate']}件{mark}不计")
    said = sentence(
        f"{this}收到投诉{received}件{mark}" if received else f"{this}没有收到投诉{mark}",
        changes(figures, place, "complaints_received", "件"),
        *more,
    )
    if accept:
        said += sentence(
            f"应受理{accept}件{mark}",
            _in_time(place["complaints_accepted_on_time"], accept, "受理") + mark,
            f"按时受理率{_rate(figures, place, 'acceptance_rate')}",
            changes(figures, place, "acceptance"),
            aim(figures, place, "acceptance_rate"),
        )
    if due:
        said += sentence(
            f"应办结{due}件{mark}",
            _in_time(place["complaints_resolved_on_time"], due, "办结") + mark,
            f"按时办结率{_rate(figures, place, 'resolution_rate')}",
            changes(figures, place, "resolution"),
            aim(figures, place, "resolution_rate"),
        )
    if place["complaints_substantiated"]:
        said += sentence(f"{this}办结的投诉中，经核查属实或部分属实{place['complaints_substantiated']}件{mark}")
    if place["complaints_rated"]:
        said += sentence(
            f"群众已评价{place['complaints_rated']}件{mark}",
            f"满意率{_rate(figures, place, 'satisfaction_rate')}",
            changes(figures, place, "satisfaction"),
            aim(figures, place, "satisfaction_rate"),
        )
    return said + _overdue(figures, place, "complaint", "complaints_open_overdue", "逾期未办结的投诉")


def listings(figures: Figures, place: Row) -> str:
    """Units on the dishonest-debtor list, who is new, who left, where the others stand, who is announced."""
    code = place["region_code"]
    counted = next(iter(figures.rows("listing_count", code)), {})
    mark, moved = unreported(figures, "listings_active"), unreported(figures, "listings_new")
    active = place["listings_active"]
    until = f"截至{short_day(figures.through_on)}"
    if active:
        units = figures.rows("unit_count", code)[0]["units_listed"]
        said = sentence(
            f"{until}，在列失信被执行人信息{active}条{mark}，涉及单位{units}个{mark}",
            changes(figures, place, "listings_active", "条"),
        )
        stages = [
            f"{STAGES[stage]}{counted[f'listings_{stage}']}条"
            for stage in ("shared", "warned", "feedback")
            if counted.get(f"listings_{stage}")
        ]
        said += sentence("按所处环节，" + "，".join(stages) + mark) if len(stages) > 1 else ""
    else:
        said = sentence(f"{until}，没有单位被列入失信被执行人名单{mark}")
    this, rows = figures.period.this, figures.within(figures.listings, code)
    new = "；".join(_listed(row) for row in rows if row["is_new"])
    if new:
        said += sentence(f"{this}新列入{counted['listings_new']}条{moved}：{new}")
    elif active:
        said += sentence(f"{this}没有新列入的单位{moved}")
    gone = names(row["unit_name"] for row in rows if row["is_exited"])
    if gone:
        said += sentence(f"{this}退出{counted['listings_exited']}条{moved}：{gone}")
    planned = names(row["unit_name"] for row in figures.within(figures.planned, code))
    if planned:
        said += sentence(f"法院已通知拟列入、尚未列入的{counted['listings_planned']}条{mark}，涉及{planned}")
    return said + _loop(figures, place)


def _loop(figures: Figures, place: Row) -> str:
    """How long the steps of the loop took, and what has stood longest before one of them."""
    rows = figures.rows("loop_step", place["region_code"])
    took = "、".join(f"{STEPS[row['stage']]}{rounded(row['mean_days'])}天" for row in rows if row["listings"])
    waiting = [row for row in rows if row["waiting"] and row["stage"] != "shared"]
    longest = min(waiting, key=lambda row: row["waiting_since"], default=None)
    mark = unreported(figures, "listings_active")
    return sentence(
        f"累计看，失信联动各环节平均用时{mark}为{took}" if took else "",
        f"停留最久的自{day(longest['waiting_since'])}起{STANDS[longest['stage']]}{mark}" if longest else "",
    )


def records(figures: Figures, place: Row) -> str:
    """New entries of the ledger and judgments lost."""
    this, new, lost = figures.period.this, place["records_new"], place["judgments_lost"]
    return sentence(
        (f"{this}新增政务失信记录{new}条" if new else f"{this}没有新增政务失信记录")
        + unreported(figures, "records_new"),
        changes(figures, place, "records_new", "条"),
        f"败诉（含部分败诉）案件{lost}件{unreported(figures, 'judgments_lost')}" if lost else "",
    )


def late_letters(figures: Figures, place: Row) -> list[str]:
    """Who has not signed after the due date, by place, in the order of the roster."""
    late = [row for row in figures.within(figures.units, place["region_code"]) if row["is_late"]]
    if not late:
        return []
    groups = _grouped(figures, place, late)
    # The circular names them all (HG4).
    if len(late) > NAMES_IN_TEXT and figures.period.kind == "monthly":
        return [sentence("逾期未签署承诺书的单位分布为：" + "，".join(f"{name}{len(rows)}个" for name, rows in groups))]
    if len(groups) == 1:
        return [sentence(f"逾期未签署承诺书的单位{len(late)}个：" + names(row["unit_name"] for row in late))]
    said = [f"逾期未签署承诺书的单位{len(late)}个，名单如下："]
    return said + [
        f"{name}（{len(rows)}个）：" + names(row["unit_name"] for row in rows) + "。" for name, rows in groups
    ]


def owed(figures: Figures, place: Row, standing: str, annex: str) -> str:
    """What is late or falls due next, by kind, with how many units it concerns; or that there is none."""
    parts = []
    for kind in KINDS:
        counted = figures.counted(place["region_code"], kind, standing)
        if counted["things"]:
            mark = unreported(figures, OWED.get(kind, ""))
            units = f"（涉及{counted['units']}个单位{'，' + mark.strip('（）') if mark else ''}）"
            parts.append(f"{KINDS[kind]}{counted['things']}{MEASURES[kind]}{units}")
    if not parts:
        # Whatever is owed rests on what promises that are overdue do.
        mark = unreported(figures, "commitments_overdue")
        if standing == "late":
            return f"截至{short_day(figures.through_on)}，没有逾期未完成的事项{mark}。"
        return f"此后30日内没有到期的事项{mark}。"
    said = "、".join(parts)
    if standing == "late":
        return f"截至{short_day(figures.through_on)}，逾期未完成的有{said}，见{annex}。"
    return f"此后30日内到期的有{said}，见{annex}。"


def closing(annexes: Container[str]) -> str:
    """What is asked of those who owe something, by which lists there are of it; nothing where none owes."""
    late = "逾期事项抓紧办结" if "annex_late" in annexes else ""
    coming = "近期到期事项按期兑现" if "annex_next" in annexes else ""
    if not late and not coming:
        return ""
    return sentence("请各地各有关单位对照附件逐项落实责任", late, coming, "办理结果及时反馈我办")


def channels(figures: Figures, place: Row) -> str:
    """Timeliness by channel, the slowest first named."""
    rows = [row for row in figures.rows("channel", place["region_code"]) if row["complaints_due"]]
    if len(rows) < 2:
        return ""
    rows.sort(key=lambda row: (row["resolution_rate"], row["channel"]))
    mark = unreported(figures, "resolution_rate")
    if rows[0]["resolution_rate"] == rows[-1]["resolution_rate"]:
        return sentence(f"分渠道看，各渠道按时办结率均为{percent(rows[0]['resolution_rate'])}{mark}")
    return sentence(
        f"分渠道看，按时办结率{mark}由低到高为"
        + "、".join(f"{CHANNELS[row['channel']]}{percent(row['resolution_rate'])}" for row in rows)
    )


def notes(figures: Figures, place: Row, restates: str | None) -> list[str]:
    """What a reader must know of the figures: their day, feeds that did not come, units without successor."""
    said = []
    if figures.is_running:
        said.append(f"{figures.period.this}尚未结束，各项数据截至{short_day(figures.through_on)}，不是整期数据。")
    if figures.as_of > figures.through_on:
        said.append(
            f"本通报以截至{figures.as_of.year}年{short_day(figures.as_of)}收到的全部报送为准，"
            f"反映{short_day(figures.through_on)}日终的状况。"
        )
    said += gap_notes(row for row in figures.feeds if row["month"] >= rests_since(figures, row["feed"]))
    orphans = [
        f"{word}{place[column]}{measure}{unreported(figures, column)}"
        for column, word, measure in (
            ("orphan_commitments_overdue", "逾期承诺事项", "项"),
            ("orphan_complaints_open_overdue", "逾期投诉", "件"),
            ("orphan_listings_active", "在列失信被执行人信息", "条"),
        )
        if place[column]
    ]
    if orphans:
        said.append(f"另有已撤销且无承接单位的单位名下{'、'.join(orphans)}，未计入上述数据。")
    if not place["coverage_target"] and place["units_in_scope"]:
        said.append("当前没有已到期的承诺覆盖率目标，表中目标以“—”表示。")
    said.append(f"比率按未舍入的数值比较，保留一位小数；兑现数据为年初以来累计数，投诉数据为{figures.period.this}数。")
    if restates:
        said.append("本期数据更正了前一版本，更正内容见附件。")
    return said


def gap_notes(gaps: Iterable[Row]) -> list[str]:
    """Which months of which feeds did not come, of the rows of feed.sql."""
    said, listed = [], list(gaps)
    for feed in FEEDS:
        for is_missing, word in ((True, "未报"), (False, "尚在报送期内、待报")):
            months = [
                short_month(row["month"]) for row in listed if (row["feed"], row["is_missing"]) == (feed, is_missing)
            ]
            if months:
                said.append(f"{FEEDS[feed]}数据{'、'.join(months)}{word}，相关数据不作零计。")
    return said


def names(of: Iterable[str]) -> str:
    """Names in their order, each once."""
    return "、".join(dict.fromkeys(clean(name) for name in of))


def _grouped(figures: Figures, place: Row, rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Rows by the place straight below, the units of the place itself first."""
    below = figures.below(place["region_code"])
    own = [row for row in rows if not any(row["region_code"].startswith(other["prefix"]) for other in below)]
    groups = [(f"{whole(place).removeprefix('全')}本级", own)]
    for other in below:
        inside = [row for row in rows if row["region_code"].startswith(other["prefix"])]
        groups.append((place_name(other), inside))
    return [(name, found) for name, found in groups if found]


def _listed(row: Row) -> str:
    by = clean(row["court"]) or "法院"
    return f"{clean(row['unit_name'])}，案号{clean(row['case_no'])}，{by}{short_day(row['published_on'])}发布"


def _rate(figures: Figures, place: Row, column: str) -> str:
    """A rate with the mark of the feeds on which it rests."""
    return percent(place[column]) + unreported(figures, column)


def _in_time(done: int, due: int, verb: str) -> str:
    if not done:
        return f"没有按时{verb}的"
    return f"全部按时{verb}" if done == due else f"按时{verb}{done}件"


def _overdue(figures: Figures, place: Row, kind: str, column: str, what: str) -> str:
    things, measure = place[column], MEASURES[kind]
    until, mark = f"截至{short_day(figures.through_on)}", unreported(figures, column)
    if not things:
        return sentence(f"{until}，没有{what}{mark}")
    units = figures.counted(place["region_code"], kind, "late")["units"]
    return sentence(
        f"{until}，{what}{things}{measure}{mark}，涉及{units}个单位", changes(figures, place, column, measure)
    )


def _next_target(figures: Figures, place: Row) -> str:
    if place["coverage_next_target"] is None:
        return ""
    for row in figures.rows("parameter", place["region_code"]):
        if row["key"] == "coverage.targets":
            days = [date.fromisoformat(text.partition("=")[0].strip()) for text in row["value"].split(",")]
            coming = min((day for day in days if day > figures.through_on), default=None)
            if coming:
                return f"{coming.year}年{short_day(coming)}前应达到{percent(place['coverage_next_target'])}"
    return ""


def _letter_due(figures: Figures, place: Row) -> date | None:
    """The day of the year on which letters are due."""
    for row in figures.rows("parameter", place["region_code"]):
        if row["key"] == "letter.due":
            return _day_of_year(figures.month.year, row["value"])
    return None


def _day_of_year(year: int, month_day: str) -> date:
    """A policy's month-day in a year; as in the marts, 29 February of a common year is its 28 February."""
    try:
        return date.fromisoformat(f"{year}-{month_day}")
    except ValueError:
        return date(year, 2, 28)


def _round_open(figures: Figures, due: date | None) -> str:
    return f"签署期限为{short_day(due)}" if due and figures.through_on <= due else ""


def _complete(place: Row) -> str:
    missing = place["units_with_letter"] - place["units_letter_complete"]
    return sentence(f"其中承诺书要素或报送件不齐全的{missing}个") if missing else ""


def _late(place: Row, due: date | None) -> str:
    if not place["units_late"]:
        return ""
    term = f"（{short_day(due)}）" if due else ""
    return sentence(f"签署期限{term}已过，逾期未签署的单位{place['units_late']}个")
