"""Resolved policies as the tables of schema `policy` (docs/architecture.md, 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from dagster_project.policies.model import CHANNELS, PARTS, Policy
from dagster_project.policies.parameters import OFFICE, parameters
from dagster_project.policies.resolve import ResolvedPolicy

#: The id under which the defaults of policies.md stand; no file can have it.
DEFAULTS = ""

_TEXT, _WHOLE, _TRUTH, _DAY, _RATE = pl.String(), pl.Int64(), pl.Boolean(), pl.Date(), pl.Float64()
# The model bounds them: none has more digits than its column.
_WEIGHT, _SCORE, _POINTS = pl.Decimal(6, 4), pl.Decimal(12, 4), pl.Decimal(18, 8)

SCHEMAS: Mapping[str, pl.Schema] = {
    "policy": pl.Schema(
        {
            "policy_id": _TEXT,
            "name": _TEXT,
            "notice": _TEXT,
            "region_prefix": _TEXT,
            "effective_from": _DAY,
            "effective_to": _DAY,
            "grace_days": _WHOLE,
            "letter_due": _TEXT,
            "head_signature_required": _TRUTH,
            "quarterly_inventory": _TRUTH,
            "inventory_days": _WHOLE,
            "publicity_due": _TEXT,
            "publicity_require": _TEXT,
            "risk_days": _WHOLE,
            "feedback_days": _WHOLE,
            "tolerance": _TRUTH,
            "repaired_weight": _WEIGHT,
            "lenient_weight": _WEIGHT,
            "listing_years": _TEXT,
            "clearance_years": _WHOLE,
            "scoring_base": _SCORE,
        }
    ),
    "scope": pl.Schema({"policy_id": _TEXT, "org_type": _TEXT}),
    "letter_element": pl.Schema({"policy_id": _TEXT, "element": _TEXT}),
    "letter_copy": pl.Schema({"policy_id": _TEXT, "copy": _TEXT}),
    "target": pl.Schema({"policy_id": _TEXT, "kind": _TEXT, "by_on": _DAY, "rate": _RATE}),
    "publicity_channel": pl.Schema({"policy_id": _TEXT, "org_type": _TEXT, "channel": _TEXT}),
    "complaint_term": pl.Schema(
        {
            "policy_id": _TEXT,
            "channel": _TEXT,
            "part": _TEXT,
            "days": _WHOLE,
            "is_workdays": _TRUTH,
            "from_accepted": _TRUTH,
        }
    ),
    "ledger_kind": pl.Schema({"policy_id": _TEXT, "kind": _TEXT}),
    "procedure_step": pl.Schema({"policy_id": _TEXT, "step": _TEXT, "step_no": _WHOLE}),
    "reporting_feed": pl.Schema({"policy_id": _TEXT, "feed": _TEXT, "org_type": _TEXT}),
    "band": pl.Schema({"policy_id": _TEXT, "band": _TEXT, "band_no": _WHOLE, "lowest": _SCORE}),
    "rule": pl.Schema(
        {
            "policy_id": _TEXT,
            "rule_id": _TEXT,
            "rule_no": _WHOLE,
            "type": _TEXT,
            "points": _POINTS,
            "percent": _POINTS,
            "metric": _TEXT,
            "target": _POINTS,
            "item": _TEXT,
            "cap": _POINTS,
        }
    ),
    "rule_kind": pl.Schema({"policy_id": _TEXT, "rule_id": _TEXT, "kind": _TEXT}),
    "parameter": pl.Schema(
        {"policy_id": _TEXT, "key": _TEXT, "value": _TEXT, "set_by": _TEXT, "inherited_from": _TEXT}
    ),
}


def policy_tables(policies: Iterable[ResolvedPolicy]) -> dict[str, pl.DataFrame]:
    """One frame for each table of the schema, typed even where it is empty; rows in the order of policy ids.

    Templates are left out; the defaults of policies.md stand under the empty id.
    """
    held = [_defaults(), *sorted((p for p in policies if not p.policy.is_template), key=lambda p: p.id)]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for resolved in held:
        for name, made in _ROWS.items():
            rows[name] += [{"policy_id": resolved.id, **row} for row in made(resolved.policy)]
        rows["parameter"] += [{"policy_id": resolved.id, **row} for row in _titles(resolved.policy)]
        rows["parameter"] += [{"policy_id": resolved.id, **vars(row)} for row in parameters(resolved)]
    return {name: pl.DataFrame(rows[name], schema=schema) for name, schema in SCHEMAS.items()}


def _titles(policy: Policy) -> list[dict[str, str]]:
    """What people call the policy, and the notice it rests on; the defaults have neither."""
    if policy.id == DEFAULTS:
        return []
    said = {"name": policy.name, "notice": policy.notice or ""}
    return [{"key": key, "value": value, "set_by": policy.notice or OFFICE} for key, value in said.items()]


def _defaults() -> ResolvedPolicy:
    policy = Policy(id="defaults", name="缺省值").model_copy(update={"id": DEFAULTS})
    return ResolvedPolicy(policy, (DEFAULTS,), {}, {DEFAULTS: {}})


def _policy(policy: Policy) -> list[dict[str, Any]]:
    return [
        {
            "name": policy.name,
            "notice": policy.notice,
            "region_prefix": policy.region_prefix,
            "effective_from": policy.effective_from,
            "effective_to": policy.effective_to,
            "grace_days": policy.scope.grace_days,
            "letter_due": policy.letter.due,
            "head_signature_required": policy.letter.head_signature_required,
            "quarterly_inventory": policy.letter.quarterly_inventory,
            "inventory_days": policy.letter.inventory_days,
            "publicity_due": policy.publicity.due,
            "publicity_require": policy.publicity.require,
            "risk_days": policy.listing.risk_days,
            "feedback_days": policy.listing.feedback_days,
            "tolerance": policy.ledger.tolerance,
            "repaired_weight": policy.ledger.repaired_weight,
            "lenient_weight": policy.ledger.lenient_weight,
            "listing_years": policy.ledger.listing_years,
            "clearance_years": policy.clearance.years,
            "scoring_base": policy.scoring.base,
        }
    ]


def _each(column: str, codes: Iterable[str]) -> list[dict[str, Any]]:
    # A code written twice in a list is one.
    return [{column: code} for code in dict.fromkeys(codes)]


def _targets(policy: Policy) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "by_on": target.by, "rate": float(target.rate)}
        for kind, targets in (("coverage", policy.coverage.targets), ("publicity", policy.publicity.targets))
        for target in targets
    ]


def _publicity_channels(policy: Policy) -> list[dict[str, Any]]:
    return [
        {"org_type": org_type, **row}
        for org_type, channels in policy.publicity.channels.items()
        for row in _each("channel", channels)
    ]


def _reporting_feeds(policy: Policy) -> list[dict[str, Any]]:
    return [{"feed": feed, **row} for feed, types in policy.reporting.feeds.items() for row in _each("org_type", types)]


def _complaint_terms(policy: Policy) -> list[dict[str, Any]]:
    return [
        {"channel": channel, "part": part, **term.model_dump()}
        for channel in CHANNELS
        for part in PARTS
        if (term := policy.term(channel, part)) is not None
    ]


def _rules(policy: Policy) -> list[dict[str, Any]]:
    rules = [rule.model_dump(exclude={"kinds"}) for rule in policy.scoring.rules]
    return [{"rule_id": rule.pop("id"), "rule_no": number, **rule} for number, rule in enumerate(rules, start=1)]


def _rule_kinds(policy: Policy) -> list[dict[str, Any]]:
    return [
        {"rule_id": rule.id, **row}
        for rule in policy.scoring.rules
        for row in _each("kind", getattr(rule, "kinds", ()))
    ]


_ROWS: Mapping[str, Callable[[Policy], list[dict[str, Any]]]] = {
    "policy": _policy,
    "scope": lambda policy: _each("org_type", policy.scope.org_types),
    "letter_element": lambda policy: _each("element", policy.letter.elements),
    "letter_copy": lambda policy: _each("copy", policy.letter.copies),
    "target": _targets,
    "publicity_channel": _publicity_channels,
    "complaint_term": _complaint_terms,
    "ledger_kind": lambda policy: _each("kind", policy.ledger.kinds),
    "procedure_step": lambda policy: [
        {**row, "step_no": number} for number, row in enumerate(_each("step", policy.procedure.steps), start=1)
    ],
    "reporting_feed": _reporting_feeds,
    "band": lambda policy: [
        {"band": band, "band_no": number, "lowest": lowest}
        for number, (band, lowest) in enumerate(policy.scoring.bands.items(), start=1)
    ],
    "rule": _rules,
    "rule_kind": _rule_kinds,
}
