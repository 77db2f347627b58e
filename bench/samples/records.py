"""Accountability, actions on records, arrears, decisions on names, and the small feeds of the samples."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bench.samples import words
from bench.samples.chance import amount, day_between, stream, weighted
from bench.samples.roster import Unit, by_name, units
from bench.samples.things import Row, Version, given, history

_STEPS = (
    "clue_on", "approved_on", "transferred_on", "investigated_on", "proposed_on", "heard_on", "executed_on",
)  # fmt: skip


def _some_unit(random: Random, day: date) -> Unit:
    """A unit that exists on the day; the less trusted come up more often."""
    pool = [unit for unit in units() if not unit.is_classified and unit.exists_on(day)]
    return random.choices(pool, [1.3 - unit.trust for unit in pool])[0]


def accountability() -> list[Version]:
    """110 decisions; of some the steps that led to them are told, a few were revoked."""
    versions: list[Version] = []
    for place in range(110):
        random = stream("accountability", place)
        decided = day_between(random, date(2023, 1, 6), date(2024, 12, 13))
        kind = weighted(random, {"penalty": 0.2, "discipline": 0.25, "accountability": 0.3, "circular": 0.25})
        subject = "person" if kind == "discipline" else random.choice(("unit", "unit", "person"))
        row: Row = {
            "record_no": f"示例督〔{decided.year}〕{place + 1}号",
            **given(random, _some_unit(random, decided)),
            "subject": subject,
            "person_post": random.choice(("科长", "股长", "副主任")) if subject == "person" else None,
            "kind": kind,
            "field": random.choice(("investment", "procurement", "debt", None)),
            "decided_on": decided,
            "basis": random.choice(("政务失信责任追究办法", "督查通报", "审计移送")),
            "revoked_on": decided + timedelta(random.randint(30, 150)) if random.random() < 0.06 else None,
        }
        if random.random() < 0.3:
            row.update({step: decided - timedelta(80 - 10 * number) for number, step in enumerate(_STEPS[:-1])})
            row["executed_on"] = decided + timedelta(5)
        events: dict[str, tuple[str, ...]] = {"decided_on": (), "executed_on": (), "revoked_on": ()}
        versions += history("accountability", "all", f"{row['record_no']}", row, events)
    return versions


def record_actions(sanctions: list[Version], cases: list[Version], listed: list[Version]) -> list[Version]:
    """Repair, objection, tolerance and leniency asked for, about records of all kinds."""
    about = [(v.row["kind"], v.key, v.row, v.known_on) for v in sanctions if v.row["decided_on"] == v.known_on]
    about += [("judgment", v.key, v.row, v.known_on) for v in cases if v.row.get("outcome") in ("lost", "partly_lost")]
    about += [
        ("listing", v.key, v.row, v.known_on) for v in listed if v.row.get("basis_no") and v.row.get("removed_on")
    ]
    versions: list[Version] = []
    for kind, key, record, known in about:
        random = stream("actions", kind, key)
        if random.random() > 0.55:
            continue
        filed = known + timedelta(random.randint(5, 60))
        decided = filed + timedelta(random.randint(4, 45)) if random.random() < 0.85 else None
        number = f"XF{len(versions) + 1:04d}"
        action = weighted(random, {"repair": 0.42, "objection": 0.23, "tolerance": 0.2, "leniency": 0.15})
        named = random.random() < 0.8
        row: Row = {
            "action_no": number,
            "record_kind": kind,
            "record_key": key,
            **{c: record.get(c) if named else None for c in ("uscc", "unit_name", "region_code")},
            "action": action,
            "filed_on": filed,
            "decided_on": decided,
            "result": weighted(random, {"upheld": 0.65, "rejected": 0.35}) if decided else None,
        }
        events: dict[str, tuple[str, ...]] = {"filed_on": (), "decided_on": ("result",)}
        versions += history("record_actions", "all", number, row, events)
    return versions


def arrears() -> list[Version]:
    """What units owe to small companies: 150 sums, most of them paid in the end."""
    versions: list[Version] = []
    for place in range(150):
        random = stream("arrears", place)
        due = day_between(random, date(2022, 6, 1), date(2024, 10, 31))
        first = max(due + timedelta(random.randint(20, 120)), date(2023, 1, 10))
        unit = _some_unit(random, first)
        owed = amount(random, 250_000)
        cleared = first + timedelta(random.randint(20, 300)) if random.random() < 0.85 * unit.trust else None
        row: Row = {
            "arrear_no": f"TQ{place + 1:05d}",
            **given(random, unit),
            "creditor": f"示例{random.randint(1, 300)}号小微企业",
            "amount_yuan": owed,
            "due_on": due,
            "paid_yuan": None,
            "cleared_on": cleared,
        }
        told = history("arrears", "all", f"TQ{place + 1:05d}", row, {"due_on": (), "cleared_on": ()}, first)
        for version in told:
            version.row["paid_yuan"] = owed if version.row["cleared_on"] else random.choice((None, None, owed / 2))
        versions += told
    return versions


def small_feeds() -> list[Version]:
    """Evaluations, honours, proposals and opinions."""
    versions: list[Version] = []
    for place in range(60):
        random = stream("evaluations", place)
        year = 2023 + place % 2
        known = date(year, 12, 5)
        row: Row = {
            "evaluation_no": f"PJ{year}-{place:03d}",
            **given(random, _some_unit(random, known), {"both": 0.8, "name": 0.2}),
            "evaluator": "示例信用评价有限公司",
            "year": year,
            "breadth": f"{random.randint(60, 100)}%",
            "perception": f"{random.uniform(60, 98):.1f}%",
            "score": f"{random.uniform(60, 99):.2f}",
        }
        versions.append(Version("evaluations", "all", f"{row['evaluation_no']}", known, row))
    for place in range(50):
        random = stream("honours", place)
        applied = day_between(random, date(2023, 2, 1), date(2024, 10, 31))
        row = {
            "honour_no": f"RY{place + 1:04d}",
            **given(random, _some_unit(random, applied)),
            "title": random.choice(words.HONOURS),
            "applied_on": applied,
            "awarded_on": applied + timedelta(random.randint(40, 90)) if random.random() < 0.6 else None,
        }
        versions += history("honours", "all", f"RY{place + 1:04d}", row, {"applied_on": (), "awarded_on": ()})
    for place in range(180):
        random = stream("proposals", place)
        received = day_between(random, date(2023 + place % 2, 2, 1), date(2023 + place % 2, 3, 20))
        replied = received + timedelta(random.randint(20, 140)) if random.random() < 0.92 else None
        row = {
            "proposal_no": f"{random.choice(('建议', '提案'))}{received.year}{place:03d}",
            "kind": random.choice(("deputy", "member")),
            **given(random, _some_unit(random, received)),
            "title": random.choice(words.PROPOSALS),
            "received_on": received,
            "due_on": received + timedelta(90),
            "replied_on": replied,
            "satisfaction": weighted(random, {"satisfied": 0.7, "fair": 0.2, "dissatisfied": 0.1}) if replied else None,
        }
        events: dict[str, tuple[str, ...]] = {"received_on": (), "replied_on": ("satisfaction",)}
        versions += history("proposals", "all", f"{row['proposal_no']}", row, events)
    for place in range(70):
        random = stream("opinions", place)
        found = day_between(random, date(2023, 1, 10), date(2024, 12, 10))
        row = {
            "event_no": f"YQ{place + 1:04d}",
            **given(random, _some_unit(random, found)),
            "found_on": found,
            "handled_on": found + timedelta(random.randint(1, 20)) if random.random() < 0.85 else None,
            "level": weighted(random, {"ordinary": 0.7, "large": 0.25, "major": 0.05}),
        }
        versions += history("opinions", "all", f"YQ{place + 1:04d}", row, {"found_on": (), "handled_on": ()})
    return versions


#: Names as they were written somewhere, and the unit that a person decided on (None: no unit of ours).
DECISIONS = (
    ("示例云岭市财政居", "示例云岭市财政局", date(2023, 7, 3)),
    ("示例松桥区城建发展中心", "示例松桥区城乡建设发展中心", date(2023, 11, 14)),
    ("示例竹涧县教体局", "示例竹涧县教育局", date(2024, 2, 20)),
    ("示例云岭市财政局机关服务社", None, date(2024, 2, 20)),
    ("示例荷岭县住建委", "示例荷岭县住房和城乡建设局", date(2024, 8, 6)),
)


def identity_decisions() -> list[Version]:
    """What was decided about names that are nobody's to the letter."""
    return [
        Version(
            "identity_decisions",
            "all",
            seen,
            day,
            {
                "seen_name": seen,
                "uscc": by_name(name).uscc if name else "非政府机构",
                "decided_by": "示例信用办",
                "decided_on": day,
            },
        )
        for seen, name, day in DECISIONS
    ]
