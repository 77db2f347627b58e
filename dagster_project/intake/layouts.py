"""How files of a feed are read: by its contract alone, or with a mapping (feeds.md, "Layouts of one's own")."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from dagster_project.contracts.model import Contract
from dagster_project.intake.headers import HeaderPlan, header_name


@dataclass(frozen=True)
class Mapping:
    """A sender's layout, checked against the feed's contract. `files` are globs below the date folder."""

    name: str
    sha256: str
    feed: str
    files: tuple[str, ...]
    sheet: str | None = None
    header_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    is_day_first: bool = False


@dataclass(frozen=True)
class Layout:
    """What reading needs to know: where the columns stand, which names each code has, constants, the order of dates."""

    plan: HeaderPlan
    codes: dict[str, dict[str, str]]
    constants: dict[str, str] = field(default_factory=dict)
    is_day_first: bool = False


def code_name(name: str) -> str:
    """A code's name as it is compared with a value: NFKC, white space folded, lower case."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).lower()


def layout_of(contract: Contract, mapping: Mapping | None = None) -> Layout:
    """The layout of a feed's files, with what a mapping adds."""
    accepted = contract.accepted
    names = {header_name(name): column.name for column in accepted.values() for name in (*column.names, column.name)}
    codes = {
        column.name: {code_name(name): code for code, others in column.codes.items() for name in (code, *others)}
        for column in accepted.values()
        if column.codes
    }
    constants: dict[str, str] = {}
    if mapping:
        names |= {header_name(name): column for name, column in mapping.columns.items()}
        for column, further in mapping.values.items():
            codes.setdefault(column, {}).update({code_name(name): code for name, code in further.items()})
        constants = mapping.constants
    plan = HeaderPlan(
        names=names,
        demanded=contract.demanded_groups,
        key=contract.key_groups,
        given=frozenset(constants),
        money=frozenset(column.name for column in accepted.values() if column.type == "money"),
        marked=frozenset(column.name for column in accepted.values() if column.type == "date" or column.loses_its_end),
        dates=frozenset(column.name for column in accepted.values() if column.type == "date"),
        sheet=mapping.sheet if mapping else None,
        header_row=mapping.header_row if mapping else None,
    )
    return Layout(plan, codes, constants, bool(mapping and mapping.is_day_first))
