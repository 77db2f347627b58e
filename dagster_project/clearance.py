"""The clearance look-up of rules.md, at any day, from the published marts alone.

The marts hold each record, succession and overdue stretch by the days on which something about it changed; here it
is only asked which of them hold on a day. `marts.clearance` says the same of every unit at `as_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = dict[str, Any]
Ask = Callable[[str], list[Row]]

NOT_BARRING = ("repaired", "lenient", "under_objection")


@dataclass
class Clearance:
    """What is to say of one unit at one day. `code`: clear, attention or barred.

    `records`: record_id, kind, occurred_on, status, weight, counts; `listings`: case_no, court, published_on;
    `commitments`: commitment_no, state, since.
    """

    counted_from_year: int
    records: list[Row] = field(default_factory=list)
    listings: list[Row] = field(default_factory=list)
    commitments: list[Row] = field(default_factory=list)

    @property
    def code(self) -> str:
        """clear, attention or barred (rules.md, "Clearance look-up")."""
        counting = [row for row in self.records if row["counts"]]
        if self.listings or any(row["status"] not in NOT_BARRING for row in counting):
            return "barred"
        return "attention" if counting else "clear"


def look_up(ask: Ask, units: Sequence[str], day: date) -> dict[str, Clearance]:
    """The clearance of each unit at the end of a day, which is not after that of the marts."""
    if not units:
        return {}
    listed = ", ".join("('" + unit.replace("'", "''") + "')" for unit in units)
    on = f"date '{day.isoformat()}'"
    shared = f"""
    with asked (uscc) as (values {listed}),
    term as (
        select asked.uscc, {day.year} - cast(parameter.value as int) + 1 as first_year
        from asked
        inner join dim_organization as unit on asked.uscc = unit.uscc
        left join region_policy as policy on unit.region_code = policy.region_code and {_holds("policy", on)}
        inner join policy_parameter as parameter
            on coalesce(policy.policy_id, '') = parameter.policy_id and parameter.key = 'clearance.years'
    ),
    answering as (
        select unit.uscc, coalesce(succession.answerable_uscc, unit.uscc) as answerable_uscc
        from dim_organization as unit
        left join succession on unit.uscc = succession.uscc and {_holds("succession", on)}
        where coalesce(succession.answerable_uscc, unit.uscc) in (select uscc from asked)
    )
    """
    found = {
        row["uscc"]: Clearance(int(row["first_year"])) for row in ask(shared + "select uscc, first_year from term")
    }
    records = ask(
        shared
        + f"""select record.answerable_uscc as unit, record.record_id, record.kind, record.occurred_on, record.status,
            record.weight,
            record.weight > 0
            and coalesce(record.counts_until >= record.occurred_on, true)
            and year(least(coalesce(record.counts_until, {on}), {on})) >= term.first_year as counts
        from record_period as record
        inner join term on record.answerable_uscc = term.uscc
        where {_holds("record", on)}
        order by record.occurred_on, record.record_id"""
    )
    listings = ask(
        shared
        + f"""select answering.answerable_uscc as unit, listing.case_no, listing.court, listing.published_on
        from fct_listing as listing
        inner join answering on listing.uscc = answering.uscc
        where listing.published_on <= {on} and coalesce(listing.removed_on > {on}, true)
        order by listing.published_on, listing.case_no, listing.uscc"""
    )
    commitments = ask(
        shared
        + f"""select answering.answerable_uscc as unit, overdue.commitment_no, overdue.state,
            min(overdue.valid_from) as since
        from overdue_period as overdue
        inner join answering on overdue.uscc = answering.uscc
        where {_holds("overdue", on)}
        group by all order by since, overdue.commitment_no"""
    )
    for rows, name in ((records, "records"), (listings, "listings"), (commitments, "commitments")):
        for row in rows:
            getattr(found[row.pop("unit")], name).append(row)
    return found


def _holds(alias: str, on: str) -> str:
    return f"{alias}.valid_from <= {on} and coalesce({alias}.valid_to > {on}, true)"
