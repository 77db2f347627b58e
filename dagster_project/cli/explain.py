"""`jiannuo explain`: why a unit's annual score is what it is, back to file, sheet and row."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from dagster_project import audit
from dagster_project.cli.answers import visible
from dagster_project.cli.lookup import Data, Office, Row, find_units, not_found, quoted
from dagster_project.cli.messages import Lang, t

#: Where a thing of a feed stands among the marts: table, its key, and what is told of it.
THINGS: dict[str, tuple[str, str, str]] = {
    "commitments": ("fct_commitment", "commitment_no", "title, made_on, due_on, fulfilled_on, state"),
    "complaints": (
        "fct_complaint",
        "ticket_no",
        "channel, received_on, accept_due_on, accepted_on, resolve_due_on, resolved_on, finding, satisfaction,"
        " rectify_due_on, rectified_on",
    ),
    "court_cases": ("fct_court_case", "case_no", "uscc, case_type, filed_on, decided_on, outcome"),
    "dishonest_debtors": ("fct_listing", "case_no", "uscc, published_on, removed_on, stage"),
}


def explain(
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help=t("单位全称或统一社会信用代码", "Name or code of the unit"))
    ],
    year: Annotated[int, typer.Argument(metavar="YEAR", help=t("年度", "Year"), min=1949, max=2100)],
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("以 JSON 输出", "Print as JSON"))] = False,
    lang: Lang = None,
) -> None:
    """Why a unit's annual score is what it is: each deduction back to file, sheet and row."""
    office = Office(data)
    found = find_units(office, [unit])[unit]
    audit.note(office.paths, "explain", units=[found["uscc"]] if found else [], year=year, not_found=int(not found))
    if found is None:
        print(not_found(unit), file=sys.stderr)
        raise typer.Exit(1)
    told = chain(office, found, year)
    if told is None:
        print(
            t(f"{found['name']} 没有 {year} 年度的考评。", f"{found['name']} was not assessed for {year}."),
            file=sys.stderr,
        )
        raise typer.Exit(1)
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(visible(line) for line in lines(told)))


# Typer shows it as the command's help, which no text written in the source could be in both languages.
explain.__doc__ = t("一个单位的年度得分从何而来：每项扣分追溯到文件、工作表和行", explain.__doc__ or "")


def chain(office: Office, unit: Row, year: int) -> dict[str, Any] | None:
    """The assessment with its deductions, each with its rule, its record or thing and its rows; none without one."""
    of_unit = f"uscc = {quoted(unit['uscc'])} and year = {year}"
    assessments = office.ask(f"select * from annual_assessment where {of_unit}")
    if not assessments:
        return None
    assessment = assessments[0]
    deductions = office.ask(
        f"select rule_id, evidence_kind, evidence_id, matter, occurred_on, quantity, points_raw, points_applied"
        f" from annual_deduction where {of_unit} order by rule_id, occurred_on, evidence_id"
    )
    rules = {
        row["key"].removeprefix("scoring.rules."): row
        for row in office.ask(
            f"select * from policy_parameter where policy_id = {quoted(assessment['policy_id'])}"
            " and starts_with(key, 'scoring.rules.')"
        )
    }
    records = {
        row["record_id"]: row
        for row in office.ask(
            "select record_id, kind, status, weight, source_feed, source_key from fct_integrity_record"
            f" where record_id in (select evidence_id from annual_deduction where {of_unit}"
            " and evidence_kind = 'record')"
        )
    }
    evidence = office.ask(
        "select rule_id, evidence_kind, evidence_id, feed, key, received_on, file, sheet, row_no from evidence"
        f" where {of_unit} order by feed, key, received_on, file, row_no"
    )
    things = _things(office, of_unit)
    for deduction in deductions:
        rule = rules[deduction["rule_id"]]
        deduction["rule"] = {"parameter": rule["key"], "value": rule["value"], "clause": rule["set_by"]}
        deduction["rule"]["inherited_from"] = rule["inherited_from"]
        if deduction["evidence_kind"] == "record":
            # At as_of a record of the past may have gone: its judgment superseded.
            deduction["record"] = records.get(deduction["evidence_id"])
        same = ("rule_id", "evidence_kind", "evidence_id")
        deduction["evidence"] = [
            {name: value for name, value in row.items() if name not in same}
            | {
                "thing": things.get((row["feed"], row["key"], deduction["evidence_id"].rpartition(":")[2]))
                or things.get((row["feed"], row["key"], ""))
            }
            for row in evidence
            if all(row[name] == deduction[name] for name in same)
        ]
    return {"unit": unit, "assessment": assessment, "deductions": deductions}


def _things(office: Office, of_unit: str) -> dict[tuple[str, str, str], Row]:
    """What is told of each thing by feed, key and, for cases, the unit of the row (elsewhere empty)."""
    found: dict[tuple[str, str, str], Row] = {}
    for feed, (table, key, columns) in THINGS.items():
        rows = office.ask(
            f"select {key} as key, {columns} from {table}"
            f" where {key} in (select key from evidence where {of_unit} and feed = {quoted(feed)})"
        )
        for row in rows:
            thing = {name: value for name, value in row.items() if name != "key" and value is not None}
            found[feed, row["key"], thing.pop("uscc", "")] = thing
    return found


def lines(told: dict[str, Any]) -> list[str]:
    """The chain as text, one step a line, each step further in."""
    unit, score = told["unit"], told["assessment"]
    band = score["band"] or t("未定等次", "no band")
    said = [
        t(
            f"{unit['name']}（{unit['uscc']}）{score['year']} 年度",
            f"{unit['name']} ({unit['uscc']}), {score['year']}",
        ),
        t(
            f"得分 {shown(score['score'])} = 基准 {shown(score['base'])} − 扣分 {shown(score['deducted'])}"
            f"（不低于 0）；{band}；第 {score['rank']} 位 / 同组 {score['peers']} 家；办法 {score['policy_id']}",
            f"score {shown(score['score'])} = base {shown(score['base'])} - deducted {shown(score['deducted'])}"
            f" (not below 0); {band}; rank {score['rank']} of {score['peers']} peers; policy {score['policy_id']}",
        ),
    ]
    if not told["deductions"]:
        said.append(t("没有扣分。", "Nothing was deducted."))
    for deduction in told["deductions"]:
        said += _deduction(deduction)
    return said


def _deduction(deduction: Row) -> list[str]:
    rule, record = deduction["rule"], deduction.get("record")
    from_policy = rule["inherited_from"]
    inherited = t(f"，继承自 {from_policy}", f", inherited from {from_policy}") if from_policy else ""
    said = [
        t(
            f"− {shown(deduction['points_applied'])} 分  规则 {deduction['rule_id']}"
            f"（应扣 {shown(deduction['points_raw'])}，数量 {deduction['quantity']}）",
            f"- {shown(deduction['points_applied'])}  rule {deduction['rule_id']}"
            f" (before the cap {shown(deduction['points_raw'])}, quantity {deduction['quantity']})",
        ),
        t(
            f"    参数 {rule['parameter']} = {rule['value']}；依据 {rule['clause']}{inherited}",
            f"    parameter {rule['parameter']} = {rule['value']}; set by {rule['clause']}{inherited}",
        ),
        t(
            f"    证据 {deduction['evidence_kind']} {deduction['evidence_id']}，{deduction['occurred_on']}",
            f"    evidence {deduction['evidence_kind']} {deduction['evidence_id']}, {deduction['occurred_on']}",
        ),
    ]
    if deduction["matter"]:
        said.append(t(f"    事由 {deduction['matter']}", f"    matter {deduction['matter']}"))
    if record:
        said.append(
            t(
                f"    记录 {record['record_id']}：观测日状态 {record['status']}，权重 {record['weight']}",
                f"    record {record['record_id']}: at as_of {record['status']}, weight {record['weight']}",
            )
        )
    for row in deduction["evidence"]:
        if row["thing"]:
            told = t("，", ", ").join(f"{name} {value}" for name, value in row["thing"].items())
            said.append(f"      {row['feed']} {row['key']}{t('：', ': ')}{told}")
        else:
            said.append(f"      {row['feed']} {row['key']}")
        sheet = t(f"，工作表 {row['sheet']}", f", sheet {row['sheet']}") if row["sheet"] else ""
        said.append(
            t(
                f"        计入的版本 {row['received_on']} 收到：{row['file']}{sheet}，第 {row['row_no']} 行",
                f"        version that counts, received {row['received_on']}: {row['file']}{sheet},"
                f" row {row['row_no']}",
            )
        )
    return said


def shown(points: Any) -> str:
    """Points with two decimals, half up (rules.md, "How every figure is computed")."""
    from decimal import ROUND_HALF_UP, Decimal

    return str(Decimal(str(points)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
