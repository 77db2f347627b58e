"""Complaints, their transfers and what was ordered to be put right, in the samples."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import numpy as np

from bench.handling import handling_workdays, workday_after
from bench.samples import words
from bench.samples.chance import day_between, stream, weighted
from bench.samples.roster import Unit, units
from bench.samples.things import Row, Version, given, history

FIRST_DAY, LAST_DAY = date(2022, 12, 27), date(2024, 12, 26)
#: Tickets of each sender.
_NUMBERS = {
    "ganzhou": 950,
    "inquiry": 220,
    "xinxiang": 620,
    "yexian": 150,
    "heilongjiang": 280,
    "hegang": 240,
    "jiangsu": 420,
    "platform": 150,
}
_OTHER_CHANNELS = {"hotline": 0.86, "petition": 0.06, "credit_office": 0.04, "other": 0.04}
_CATEGORIES = {
    "investment_policy": 0.12, "contract": 0.22, "arrears": 0.22, "property": 0.12, "judgment": 0.04, "other": 0.28,
}  # fmt: skip
_SATISFACTION = {"satisfied": 0.38, "fair": 0.17, "dissatisfied": 0.2, "unrated": 0.2, None: 0.05}
_EXCLUDED = {"litigation": 0.35, "petition": 0.2, "out_of_scope": 0.25, "withdrawn": 0.15, "malicious": 0.05}
EVENTS: dict[str, tuple[str, ...]] = {
    "received_on": (),
    "accepted_on": (),
    "extension_approved_on": ("extended_due_on",),
    "resolved_on": ("finding", "satisfaction", "rectify_measure", "rectify_due_on"),
    "replied_on": (),
    "rectified_on": (),
}


def complaints(promised: list[Version]) -> list[Version]:
    """All tickets in all their states. `promised`: the commitments, of which some are complained of by their number."""
    quantiles = _quantiles(sum(_NUMBERS.values()))
    fulfilled = [version for version in promised if version.row.get("fulfilled_on")]
    versions: list[Version] = []
    counter = 0
    for sender, number in _NUMBERS.items():
        pool = _units_of(sender)
        weights = [1.25 - unit.trust for unit in pool]
        random = stream("complaints", sender)
        received_days = sorted(day_between(random, FIRST_DAY, LAST_DAY) for _ in range(number))
        earlier: list[tuple[str, Unit, Row]] = []
        for day in received_days:
            counter += 1
            ticket = f"{day:%Y%m%d}{counter:05d}" if sender in ("ganzhou", "inquiry") else f"TS-{day:%Y}-{counter:05d}"
            unit = random.choices(pool, weights)[0]
            while not unit.exists_on(day):
                unit = random.choices(pool, weights)[0]
            row = _ticket(random, sender, unit, ticket, day, quantiles[counter - 1])
            if earlier and random.random() < 0.04:
                # The same matter again, by another way or another day.
                original, unit, told = random.choice(earlier[-25:])
                row.update({column: told[column] for column in ("uscc", "unit_name", "region_code", "content")})
                row["duplicate_of"] = original
            elif random.random() < 0.03 and fulfilled:
                _name_a_commitment(random, row, fulfilled, sender)
            earlier.append((ticket, unit, row))
            versions += history("complaints", sender, ticket, row, EVENTS)
    return versions


def _units_of(sender: str) -> list[Unit]:
    route = {"inquiry": "ganzhou", "platform": None}.get(sender, sender)
    return [unit for unit in units() if route in (unit.route, None)]


def _quantiles(number: int) -> list[float]:
    """Evenly spread and shuffled: the shares of the handling times are met, not hoped for."""
    places = list(range(number))
    stream("handling").shuffle(places)
    return [(place + 0.5) / number for place in places]


def _ticket(random: Random, sender: str, unit: Unit, ticket: str, received: date, quantile: float) -> Row:
    channel = {"inquiry": "inquiry", "platform": "breach_platform"}.get(sender) or weighted(random, _OTHER_CHANNELS)
    category = weighted(random, _CATEGORIES)
    handling = int(handling_workdays(np.array([quantile]))[0])
    resolved = workday_after(received, handling) if handling > 0 else None
    accepted = workday_after(received, random.choice((0, 1, 1, 1, 2, 4) if channel == "hotline" else (1, 2, 3, 5, 6)))
    finding = weighted(
        random, {"substantiated": 0.2, "partly": 0.15, "unsubstantiated": 0.2 + 0.5 * unit.trust, "pending": 0.04}
    )
    is_founded = resolved is not None and finding in ("substantiated", "partly") and random.random() < 0.7
    rectify_due = resolved + timedelta(random.choice((15, 30, 60))) if resolved and is_founded else None
    row: Row = {
        "ticket_no": ticket,
        "channel": channel,
        **given(random, unit),
        "handler_name": f"示例{unit.region.place}政务服务热线" if random.random() < 0.8 else None,
        "category": category,
        "received_on": received,
        "accepted_on": min(accepted, resolved) if resolved else accepted if random.random() < 0.9 else None,
        "due_on": received + timedelta(random.choice((7, 14, 30))) if random.random() < 0.25 else None,
        "resolved_on": resolved,
        "replied_on": resolved + timedelta(random.randint(0, 3)) if resolved and random.random() < 0.9 else None,
        "finding": finding if resolved else None,
        "satisfaction": weighted(random, _SATISFACTION) if resolved else None,
        "excluded_reason": weighted(random, _EXCLUDED) if random.random() < 0.05 else None,
        "rectify_measure": random.choice(words.MEASURES) if is_founded else None,
        "rectify_due_on": rectify_due,
        "complainant_name": f"示例投诉人{random.randint(1, 9999)}",
        "complainant_phone": f"100{random.randint(0, 99_999_999):08d}",
        "complainant_id_no": f"000000{random.randint(1950, 2004)}0230{random.randint(0, 999):03d}X"
        if random.random() < 0.3
        else None,
        "content": f"{words.DEMANDS[category]}，{random.choice(('请核实', '请尽快答复', '希望协调解决'))}。",
    }
    if handling > 12 and random.random() < 0.4:
        row["extension_approved_on"] = workday_after(received, random.randint(3, 9))
        row["extended_due_on"] = received + timedelta(random.choice((30, 45, 60)))
    if rectify_due and resolved and random.random() < 0.82:
        early = random.random() < 0.8
        row["rectified_on"] = max(
            resolved, rectify_due + timedelta(-random.randint(0, 12) if early else random.randint(1, 40))
        )
    return row


def _name_a_commitment(random: Random, row: Row, fulfilled: list[Version], sender: str) -> None:
    """The complaint is about a commitment: of one that is said to be fulfilled, some say otherwise."""
    received = row["received_on"]
    assert isinstance(received, date)
    fitting = [
        version
        for version in fulfilled
        if version.route == {"inquiry": "ganzhou"}.get(sender, sender) and version.known_on <= received
    ]
    if fitting:
        promise = random.choice(fitting).row
        row.update({column: promise[column] for column in ("uscc", "unit_name", "region_code", "commitment_no")})


def transfers(tickets: list[Version]) -> list[Version]:
    """One ticket in ten went from hand to hand."""
    versions = []
    for ticket, row in _first_rows(tickets).items():
        random = stream("transfers", ticket)
        received, name = row["received_on"], row["unit_name"]
        if random.random() > 0.1 or not isinstance(received, date) or not isinstance(name, str):
            continue
        sent = workday_after(received, 1)
        back = workday_after(sent, random.randint(1, 4)) if random.random() < 0.3 else None
        fields: Row = {"ticket_no": ticket, "to_name": name, "transferred_on": sent, "received_back_on": back}
        events: dict[str, tuple[str, ...]] = {"transferred_on": (), "received_back_on": ()}
        versions += history("transfers", "all", f"{ticket}/{sent}", fields, events)
    return versions


def _first_rows(tickets: list[Version]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for version in tickets:
        rows.setdefault(version.key, version.row)
    return rows


def rectifications(tickets: list[Version]) -> list[Version]:
    """What was ordered: about a fifth for complaints found true, the rest after inspections."""
    founded = [version for version in tickets if version.row.get("rectify_due_on")]
    versions = []
    for place in range(120):
        random = stream("rectifications", place)
        number = f"ZG{place + 1:04d}"
        if place % 5 == 0:
            about = random.choice(founded)
            ordered, name = about.known_on, {k: about.row[k] for k in ("uscc", "unit_name", "region_code")}
            source: Row = {"source_kind": "complaint", "source_key": about.key}
        else:
            unit = random.choice([unit for unit in units() if not unit.is_classified and unit.abolished_on is None])
            ordered = day_between(random, max(date(2023, 2, 1), unit.established_on or FIRST_DAY), date(2024, 11, 20))
            name = given(random, unit)
            source = {"source_kind": weighted(random, {"record": 0.4, "inspection": 0.6}), "source_key": None}
        due = ordered + timedelta(random.choice((30, 45, 60)))
        done = due + timedelta(random.randint(-20, 25)) if random.random() < 0.8 else None
        row: Row = {
            "rectification_no": number,
            **name,
            **source,
            "measure": random.choice(words.MEASURES),
            "ordered_on": ordered,
            "due_on": due,
            "completed_on": max(done, ordered) if done else None,
            "verified_on": done + timedelta(5) if done and random.random() < 0.7 else None,
        }
        events: dict[str, tuple[str, ...]] = {"ordered_on": (), "completed_on": (), "verified_on": ()}
        versions += history("rectifications", "all", number, row, events)
    return versions
