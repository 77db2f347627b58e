"""Which shown figures are other ones than in a report that was frozen before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from dagster_project.reports.figures import Row
from dagster_project.reports.words import NONE


@dataclass(frozen=True)
class Change:
    """A shown figure that is another one than in the last revision."""

    subject: str
    label: str
    old: str
    new: str


def changes(
    place: Row,
    old: dict[str, Any],
    new: dict[str, Any],
    kinds: Sequence[str],
    label: Callable[[str, str], str],
    known_units: Collection[str],
) -> list[Change]:
    """Every figure shown of a place and of what is below it that differs, by kind and in the order of the new report.

    `old`, `new`: what figures.json holds of two reports; `label(kind, column)`: what people call a figure;
    `known_units`: the codes of the units that may be named now: one that has become classified is named no more.
    """
    found = []
    # What a paper of an older program did not keep cannot be compared.
    for kind in (kind for kind in kinds if kind in old):
        before, now = ({key: row for key, row in said[kind].items() if _is_in(row, place)} for said in (old, new))
        # What is about a unit has a key that begins with the unit's code.
        gone = (key for key in before if key not in now and (kind == "places" or key.partition("|")[0] in known_units))
        for key in [*now, *gone]:
            one, other = before.get(key, {}), now.get(key, {})
            name = (other or one)["name"]
            for column in dict.fromkeys([*other.get("figures", {}), *one.get("figures", {})]):
                was, is_ = (said.get("figures", {}).get(column, NONE) for said in (one, other))
                if was != is_:
                    found.append(Change(name, label(kind, column), was, is_))
    return found


def _is_in(row: dict[str, Any], place: Row) -> bool:
    return bool(row["region_code"].startswith(place["prefix"]))
