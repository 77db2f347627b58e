"""The keys of a policy, dotted: `letter.due`, `complaints.hotline.accept`, `scoring.rules.<id>`."""

from __future__ import annotations

from typing import get_args

from pydantic import BaseModel

from dagster_project.policies.codes import ComplaintKey, Feed, OrgTypeKey
from dagster_project.policies.model import PARTS, Policy

COMPLAINT_KEYS: tuple[ComplaintKey, ...] = get_args(ComplaintKey)
FEEDS: tuple[Feed, ...] = get_args(Feed)
ORG_TYPE_KEYS: tuple[OrgTypeKey, ...] = get_args(OrgTypeKey)


def sections() -> dict[str, type[BaseModel]]:
    """The sections whose keys are fixed, in the order of policies.md."""
    found = {}
    for name, field in Policy.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found[name] = field.annotation
    return found


def is_parameter(key: str) -> bool:
    """Whether `set_by` may name it: a key of a policy, a whole section, or one entry of a map or of the rules."""
    first, *rest = key.split(".")
    if not rest:
        return first in Policy.model_fields and first != "set_by"
    if first == "complaints":
        return rest[0] in COMPLAINT_KEYS and (len(rest) == 1 or (len(rest) == 2 and rest[1] in PARTS))
    section = sections().get(first)
    if section is None or rest[0] not in section.model_fields:
        return False
    if len(rest) == 1:
        return True
    entry = ".".join(rest[1:])
    if (first, rest[0]) == ("publicity", "channels"):
        return entry in ORG_TYPE_KEYS
    if (first, rest[0]) == ("reporting", "feeds"):
        return entry in FEEDS
    return first == "scoring" and rest[0] in ("bands", "rules") and bool(entry)
