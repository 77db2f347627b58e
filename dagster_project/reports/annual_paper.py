"""What the fields of the annual report's template are filled with, for one place (docs/reports.md lists them)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from dagster_project.reports import scoring
from dagster_project.reports.annual import STAGES, Scores
from dagster_project.reports.changes import Change
from dagster_project.reports.figures import Row
from dagster_project.reports.marks import change
from dagster_project.reports.office import Office
from dagster_project.reports.paper import Annex, annexed, head, numbered, picture_table
from dagster_project.reports.ranking import ranked_as
from dagster_project.reports.wording import gap_notes, names, whole
from dagster_project.reports.words import (
    NONE,
    clean,
    count,
    day,
    place_name,
    rounded,
    sentence,
    short_day,
)

#: Ranks that are named in the text, and how many names a line of it takes in.
BEST, MOST_NAMES = 3, 10
PICTURES = ("bands_picture", "causes_picture", "places_picture")
ANNEXES = ("ranking", "places", "rules", "deductions", "mitigations", "pictures", "stages", "changes")
#: What people call the figures in which two stages or revisions differ.
LABELS = {
    "units": "考评单位数",
    "mean_score": "平均得分",
    "score": "得分",
    "deducted": "扣分",
    "band": "等次",
    "rank": "名次",
}


def fields(
    scores: Scores,
    place: Row,
    office: Office,
    restates: str | None = None,
    changes: Sequence[Change] = (),
    stage_changes: Sequence[Change] | None = None,
    drawn: Collection[str] = (),
) -> dict[str, Any]:
    """The fields of the paper of one place; those of pictures are none until they are filled.

    `stage_changes`: none where the other stage was not frozen before. `drawn`: the pictures that there will be.
    """
    name, period = place_name(place), scores.period
    annexes = _annexes(scores, place, restates, changes, stage_changes, drawn)
    marks = {key: annex.mark for key, annex in annexes.items()}
    title = f"关于{name}{period.label}\n政务诚信考评{scores.stage_word}结果的通报"
    opening = f"现将{name}{period.label}政务诚信考评{scores.stage_word}结果通报如下。"
    number = list(STAGES).index(scores.stage) + 1
    said: dict[str, Any] = head(scores, place, office, title, opening, number, restates) | {
        "stage": scores.stage_word,
        "overview_text": overview(scores, place),
        "places_text": places_text(scores, place),
        "ranking_text": ranking_text(scores, place, marks.get("annex_ranking", "")),
        "best_paragraphs": best(scores, place, marks.get("annex_ranking", "")),
        "lowest_text": lowest(scores, place),
        "causes_text": causes(scores, place, marks.get("annex_deductions", "")),
        "mitigations_text": mitigations(scores, place, marks.get("annex_mitigations", "")),
        "rules_text": f"考评办法及依据见{marks['annex_rules']}。" if "annex_rules" in marks else "",
        "request_text": "请各地各有关单位对照扣分情况逐项整改，整改情况及时反馈我办。"
        if "annex_deductions" in marks
        else "",
        "stage_text": stage_text(scores, stage_changes, marks.get("annex_stages", "")),
        "unreported_mark": scores.mark,
        "notes": numbered(notes(scores, restates)),
        "annexes": list(annexes.values()),
    }
    said |= {f"annex_{key}": annexes.get(f"annex_{key}") for key in ANNEXES}
    return said | dict.fromkeys(PICTURES)


def overview(scores: Scores, place: Row) -> str:
    """How many units were assessed, their mean score, and how many have which band."""
    if not place["units"]:
        return f"{scores.period.label}没有纳入考评的单位。"
    bands = [
        f"{clean(row['band'])}{row['units']}个"
        for row in scores.rows("band_count", place["region_code"])
        if row["units"]
    ]
    return sentence(
        f"{scores.period.label}{whole(place)}纳入政务诚信考评的单位{place['units']}个",
        f"平均得分{scoring.score(place['mean_score'])}分{scores.mark}",
        _against(change(scores, place, "mean_score_change"), scores.period.before),
    ) + (sentence("按等次，" + "、".join(bands) + scores.mark) if bands else "")


def places_text(scores: Scores, place: Row) -> str:
    """The mean scores of the places straight below, the best first."""
    below = [row for row in scores.below(place["region_code"]) if row["rank"] is not None]
    if len(below) < 2:
        return ""
    ranked = sorted(below, key=lambda row: (row["rank"], row["region_code"]))
    said = sentence(
        f"所辖各地平均得分{scores.mark}由高到低依次为"
        + "、".join(f"{place_name(row)}（{scoring.score(row['mean_score'])}分）" for row in ranked)
    )
    if place["own_units"]:
        own = whole(place).removeprefix("全")
        said += sentence(
            f"{own}本级单位{place['own_units']}个", f"平均得分{scoring.score(place['own_mean_score'])}分{scores.mark}"
        )
    return said


def ranking_text(scores: Scores, place: Row, annex: str) -> str:
    """Where the ranks stand, and the bands where the policy has some."""
    if not annex:
        return ""
    has_bands = any(row["units"] for row in scores.rows("band_count", place["region_code"]))
    return f"各单位名次{'和等次' if has_bands else ''}{scores.mark}见{annex}。"


def best(scores: Scores, place: Row, annex: str) -> list[str]:
    """Who ranks first among those that are compared with each other, a paragraph for each group."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in scores.within(scores.units, place["region_code"]):
        # Of few the best are not worth a word.
        if row["rank"] <= BEST and row["peers"] >= 2 * BEST:
            groups.setdefault((row["policy_id"], row["level"], row["org_type"]), []).append(row)
    said, mark = [], f"，{scores.mark.strip('（）')}" if scores.mark else ""
    for rows in groups.values():
        begin = f"{scoring.group(rows[0])}（{rows[0]['peers']}个单位{_apart(rows[0], groups.values())}）中"
        if len(rows) > MOST_NAMES:
            said.append(sentence(f"{begin}，名次在前{BEST}名的单位{len(rows)}个（含并列{mark}），见{annex}"))
            continue
        by_rank: dict[int, list[Row]] = {}
        for row in rows:
            by_rank.setdefault(row["rank"], []).append(row)
        listed = "；".join(
            f"{ranked_as(rank, [clean(row['unit_name']) for row in same])}（{scoring.score(same[0]['score'])}分{mark}）"
            for rank, same in by_rank.items()
        )
        said.append(sentence(f"{begin}，{listed}"))
    return said


def _apart(one: Row, groups: Iterable[Sequence[Row]]) -> str:
    """The policy of a group, where another one is called as it is."""
    alike = [rows[0] for rows in groups if scoring.group(rows[0]) == scoring.group(one)]
    return f"，适用《{clean(one['policy_name'])}》" if len(alike) > 1 else ""


def lowest(scores: Scores, place: Row) -> str:
    """Who has the lowest of a policy's bands, in the order of the roster."""
    rows = [row for row in scores.within(scores.units, place["region_code"]) if row["has_lowest_band"]]
    if not rows:
        return ""
    rows.sort(key=lambda row: row["roster_no"])
    by_band: dict[str, list[Row]] = {}
    for row in rows:
        by_band.setdefault(clean(row["band"]), []).append(row)
    return "".join(
        sentence(f"等次为{band}的单位{len(same)}个{scores.mark}：" + names(row["unit_name"] for row in same))
        for band, same in by_band.items()
    )


def causes(scores: Scores, place: Row, annex: str) -> str:
    """How many points were lost, and for what."""
    counted = next(iter(scores.rows("deduction_count", place["region_code"])), None)
    if counted is None:
        return f"纳入考评的单位均没有扣分{scores.mark}。" if place["units"] else ""
    parts = [
        f"{scoring.cause(row)}{scoring.score(row['points_applied'])}分（涉及{row['units']}个单位）"
        for row in scores.rows("deduction_cause", place["region_code"])
        if row["points_applied"]
    ]
    return sentence(
        f"有扣分的单位{counted['units_deducted']}个，扣分{counted['deductions']}项，"
        f"共扣{scoring.score(counted['points_applied'])}分{scores.mark}"
    ) + (f"按扣分情形，由多到少{scores.mark}为{'、'.join(parts)}。各单位扣分情况见{annex}。" if parts else "")


def mitigations(scores: Scores, place: Row, annex: str) -> str:
    """How many records do not count whole, by reason."""
    rows = scores.within(scores.mitigations, place["region_code"])
    if not rows:
        return ""
    counted = {status: sum(row["status"] == status for row in rows) for status in scoring.STATUSES}
    said = "、".join(f"{scoring.STATUSES[status]}{found}条" for status, found in counted.items() if found)
    return sentence(f"计入本年度的政务失信记录中，{said}", f"见{annex}")


def stage_text(scores: Scores, stage_changes: Sequence[Change] | None, annex: str) -> str:
    """What the stage means for those who read it, and what it changed."""
    if scores.stage == "preliminary":
        said = f"对{scores.stage_word}结果有异议的单位，请以书面形式向我办反馈，并附证明材料；复核后另行通报复评结果。"
    else:
        said = f"本通报为{scores.stage_word}结果。"
    if stage_changes is None:
        return said
    other = _other(scores)
    return said + (f"与{other}结果相比的变化见{annex}。" if stage_changes else f"与{other}结果相比没有变化。")


def notes(scores: Scores, restates: str | None) -> list[str]:
    """What a reader must know of the scores."""
    said = []
    if scores.is_running:
        said.append(f"{scores.period.this}尚未结束，得分截至{short_day(scores.through_on)}，不是全年结果。")
    if scores.as_of > scores.through_on:
        said.append(
            f"本通报以截至{scores.as_of.year}年{short_day(scores.as_of)}收到的全部报送为准，"
            f"反映{scores.through_on.year}年{short_day(scores.through_on)}日终的状况。"
        )
    said += gap_notes(row for row in scores.feeds if row["month"] >= scores.period.starts_on)
    said.append(
        "名次在同一办法、同一层级、同一类型的单位之间排列，得分相同的名次并列；同一事由只扣一次，取扣分最多的一项。"
    )
    said.append("得分保留两位小数，按未舍入的数值比较；每项扣分及其所依据的文件、工作表和行见电子表格。")
    if restates:
        said.append("本期结果更正了前一版本，更正内容见附件。")
    return said


def shown_figures(scores: Scores) -> dict[str, Any]:
    """Every figure that the papers show of places, units and deductions, as it is shown."""
    return {
        "places": {
            place["region_code"]: {
                "name": place_name(place),
                "region_code": place["region_code"],
                "figures": {"units": count(place["units"]), "mean_score": scoring.score(place["mean_score"])},
            }
            for place in scores.places
        },
        "units": {
            row["uscc"]: {
                "name": clean(row["unit_name"]),
                "region_code": row["region_code"],
                "figures": {
                    "score": scoring.score(row["score"]),
                    "deducted": scoring.score(row["deducted"]),
                    "band": clean(row["band"]) or NONE,
                    "rank": _rank(row),
                },
            }
            for row in sorted(scores.units, key=lambda row: row["roster_no"])
        },
        "deductions": {
            "|".join((row["uscc"], row["rule_id"], row["evidence_kind"], row["evidence_id"])): {
                "name": clean(row["unit_name"]),
                "region_code": row["region_code"],
                "figures": {_what(row): f"{scoring.score(row['points_applied'])}分"},
            }
            for row in scores.deductions
        },
    }


def label(kind: str, column: str) -> str:
    """What people call a shown figure; that of a deduction is called by what it is for."""
    return LABELS[column] if kind != "deductions" else column


def _what(row: Row) -> str:
    number = scoring.number(row["evidence_kind"], row["evidence_id"])
    return f"扣分：{scoring.cause(row)}" + ("" if number == NONE else f"（{number}）")


def _rank(row: Row) -> str:
    return f"{row['rank']}/{row['peers']}"


def _other(scores: Scores) -> str:
    return next(word for stage, word in STAGES.items() if stage != scores.stage)


def _against(value: Any, since: str) -> str:
    if value is None:
        return ""
    shown = rounded(value, 2)
    if not shown:
        return f"与{since}持平"
    return f"比{since}{'提高' if shown > 0 else '下降'}{abs(shown)}分"


def _annexes(
    scores: Scores,
    place: Row,
    restates: str | None,
    changes: Sequence[Change],
    stage_changes: Sequence[Change] | None,
    drawn: Collection[str],
) -> dict[str, Annex]:
    """The annexes that hold something, numbered in their order."""
    code = place["region_code"]
    units = scores.within(scores.units, code)
    below = scores.below(code)
    lost: dict[str, list[str]] = {}
    for row in scores.within(scores.causes, code):
        times = f"{row['deductions']}项" if row["deductions"] > 1 else ""
        lost.setdefault(row["uscc"], []).append(f"{scoring.cause(row)}{times}{scoring.score(row['points_applied'])}分")
    tables: list[tuple[str, str, list[dict[str, str]]]] = [
        ("annex_ranking", "考评得分排名表", [_unit_row(scores, row) for row in units]),
        (
            "annex_places",
            "各地平均得分表",
            _place_rows(scores, place, below),
        ),
        ("annex_rules", "考评办法", [_rule_row(row) for row in scores.rules_of(units)]),
        (
            "annex_deductions",
            "各单位扣分情况表",
            [_unit_row(scores, row) | {"causes": "；".join(lost[row["uscc"]])} for row in units if row["uscc"] in lost],
        ),
        (
            "annex_mitigations",
            "撤销、免责、修复和异议情况表",
            [_mitigation_row(row) for row in scores.within(scores.mitigations, code)],
        ),
        picture_table("考评结果图", drawn),
        ("annex_stages", f"与{_other(scores)}结果相比的变化", [vars(one) for one in stage_changes or ()]),
    ]
    if restates:
        none = [{"subject": "与前一版本所示数据相比无变化", "label": NONE, "old": NONE, "new": NONE}]
        tables.append(("annex_changes", "更正情况表", [vars(one) for one in changes] or none))
    return annexed(tables)


def _unit_row(scores: Scores, row: Row) -> dict[str, str]:
    return {
        "unit": clean(row["unit_name"]),
        "group": scoring.group(row),
        "rank": _rank(row),
        "score": scoring.score(row["score"]),
        "deducted": scoring.score(row["deducted"]),
        "band": clean(row["band"]) or NONE,
        "score_change": scoring.change(change(scores, row, "score_change")),
    }


def _place_rows(scores: Scores, place: Row, below: Sequence[Row]) -> list[dict[str, str]]:
    if not below:
        return []
    # The place itself is ranked among others than those below it.
    return [_place_row(scores, place) | {"rank": NONE}, *(_place_row(scores, row) for row in below)]


def _place_row(scores: Scores, row: Row) -> dict[str, str]:
    return {
        "name": place_name(row),
        "units": count(row["units"]),
        "mean_score": scoring.score(row["mean_score"]),
        "mean_score_change": scoring.change(change(scores, row, "mean_score_change")),
        "rank": count(row["rank"]),
    }


def _rule_row(row: Row) -> dict[str, str]:
    return {"policy": clean(row["policy_name"]), "title": scoring.rule(row), "clause": scoring.clause(row)}


def _mitigation_row(row: Row) -> dict[str, str]:
    return {
        "unit": clean(row["unit_name"]),
        "kind": scoring.record(row["kind"]),
        "number": scoring.record_number(row["record_id"]),
        "occurred_on": day(row["occurred_on"]),
        "status": scoring.STATUSES[row["status"]],
        "weight": scoring.weight(row),
    }
