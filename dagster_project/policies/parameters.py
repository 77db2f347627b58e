"""A policy as a list of parameters, for people: what each is, whose it is, and the clause it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dagster_project.policies.keys import COMPLAINT_KEYS, sections
from dagster_project.policies.model import PARTS, Target, Term
from dagster_project.policies.resolve import ResolvedPolicy

#: What policies.md says of a number for which `set_by` names nothing.
OFFICE = "office"


@dataclass(frozen=True)
class Parameter:
    """One parameter of one policy. `value`: empty where there is none.

    `inherited_from`: none where the policy itself gives it, the id of the policy that does, or empty for a default.
    """

    key: str
    value: str
    set_by: str
    inherited_from: str | None


def parameters(resolved: ResolvedPolicy) -> Iterator[Parameter]:
    """Every parameter, in the order of policies.md; a channel's terms as they hold, filled from `default`."""
    policy = resolved.policy
    for name, section in sections().items():
        if name == "listing":
            yield from _terms(resolved)
        values = getattr(policy, name)
        for field in section.model_fields:
            path = (name, field)
            value = getattr(values, field)
            if path == ("publicity", "channels"):
                entries = {org_type: _text(channels) for org_type, channels in value.items()}
                # Replaced whole: every entry is from where the map is.
                yield from _entries(resolved, path, entries, replaced_whole=True)
            elif path == ("reporting", "feeds"):
                yield from _entries(resolved, path, {feed: _text(types) for feed, types in value.items()})
            elif path == ("scoring", "bands"):
                yield from _entries(resolved, path, {band: _text(lowest) for band, lowest in value.items()})
            elif path == ("scoring", "rules"):
                yield from _entries(resolved, path, {rule.id: _rule(rule) for rule in value}, replaced_whole=True)
            else:
                yield _parameter(resolved, path, path, _text(value))


def _terms(resolved: ResolvedPolicy) -> Iterator[Parameter]:
    for channel in COMPLAINT_KEYS:
        for part in PARTS:
            path = ("complaints", channel, part)
            origin = path if path in resolved.origins else ("complaints", "default", part)
            yield _parameter(resolved, path, origin, _text(resolved.policy.term(channel, part)))


def _entries(
    resolved: ResolvedPolicy, path: tuple[str, str], entries: dict[str, str], replaced_whole: bool = False
) -> Iterator[Parameter]:
    for key, value in entries.items():
        yield _parameter(resolved, (*path, key), path if replaced_whole else (*path, key), value)
    if not entries:
        yield _parameter(resolved, path, path, "")


def _parameter(resolved: ResolvedPolicy, path: tuple[str, ...], origin: tuple[str, ...], value: str) -> Parameter:
    whose = resolved.origins.get(origin, "")
    named = path if origin[:2] != ("complaints", "default") else origin
    return Parameter(
        key=".".join(path),
        value=value,
        set_by=_set_by(resolved, named, whose),
        inherited_from=None if whose == resolved.id else whose,
    )


def _set_by(resolved: ResolvedPolicy, path: tuple[str, ...], whose: str) -> str:
    """The closest word on it, of the policies from this one to the one that gives the value.

    A word on a whole section is only about what the policy itself gives in it.
    """
    if not whose:
        return OFFICE
    for policy_id in resolved.line[: resolved.line.index(whose)]:
        if said := resolved.set_by[policy_id].get(".".join(path)):
            return said
    for length in range(len(path), 0, -1):
        if said := resolved.set_by[whose].get(".".join(path[:length])):
            return said
    return OFFICE


def _rule(rule: Any) -> str:
    said = rule.model_dump(exclude={"id", "type"}, exclude_none=True)
    order = ("kinds", "metric", "item", "target", "percent", "points", "cap")
    return " ".join([rule.type, *(f"{key}={_text(said[key])}" for key in order if key in said)])


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            # 20, not 2E+1; 0.5, not 0.50.
            return f"{value.normalize():f}"
        case Target():
            return f"{value.by.isoformat()}={_text(value.rate)}"
        case date():
            return value.isoformat()
        case Term():
            return str(value)
        case tuple():
            return ",".join(_text(item) for item in value)
    return str(value)
