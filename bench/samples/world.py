"""Everything that happens in the samples, as versions by feed."""

from __future__ import annotations

from functools import cache

from bench.samples import courts, promises, records, tickets
from bench.samples.things import Version


@cache
def versions() -> tuple[Version, ...]:
    """All states of all things but the roster's (whose deliveries are lists of units)."""
    promised = promises.commitments()
    told = tickets.complaints(promised)
    cases = courts.court_cases()
    listed = courts.dishonest_debtors(cases)
    sanctions = records.accountability()
    return tuple(
        [
            *promises.letters_and_publications(),
            *promised,
            *promises.procedures(promised),
            *promises.inventories(),
            *promises.tasks(),
            *told,
            *tickets.transfers(told),
            *tickets.rectifications(told),
            *cases,
            *listed,
            *courts.listing_notices(listed),
            *sanctions,
            *records.record_actions(sanctions, cases, listed),
            *records.arrears(),
            *records.small_feeds(),
            *records.identity_decisions(),
        ]
    )
