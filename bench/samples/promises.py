"""Letters, their publication, commitments, decision procedures, inventories and tasks of the samples."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bench.samples import words
from bench.samples.chance import amount, day_between, stream, weighted
from bench.samples.roster import Unit, units
from bench.samples.things import Row, Version, given, history

LAST_DAY = date(2024, 12, 30)
_SIGNS = {"government", "department", "institution", "township", "other"}
#: The weeks in which a region's letters are signed.
_ROUNDS = {
    "ganzhou": ((8, 16), (9, 25)),
    "hegang": ((3, 10), (5, 8)),
    "heilongjiang": ((4, 10), (7, 5)),
    "xinxiang": ((4, 20), (7, 5)),
    "yexian": ((5, 10), (7, 3)),
    "jiangsu": ((5, 5), (7, 8)),
}
#: (asked for by the policy, often given besides) of each region.
_CHANNELS = {
    "ganzhou": (("credit_portal",), ("website", "media")),
    "hegang": (("website",), ("credit_portal", "window")),
    "heilongjiang": (("website", "window"), ("media",)),
    "xinxiang": (("website",), ("window", "card")),
    "yexian": (("website", "window"), ("card",)),
    "jiangsu": (("credit_portal",), ("website", "media")),
}
_CATEGORIES = {"key_task": 0.25, "policy": 0.25, "contract": 0.25, "service": 0.12, "duty": 0.08, "other": 0.05}
_FIELDS = {
    "investment": 0.35,
    "procurement": 0.25,
    "bidding": 0.15,
    "debt": 0.1,
    "ppp": 0.05,
    "township": 0.05,
    "other": 0.05,
}
STEPS = (
    "participation", "experts", "risk", "legality", "integrity", "collective", "opinions", "adviser", "prepublication",
    "survey",
)  # fmt: skip


def letters_and_publications() -> list[Version]:
    """The letters of both years, and where they were made public."""
    versions: list[Version] = []
    for unit in units():
        if unit.org_type not in _SIGNS or unit.is_classified:
            continue
        for year in (2023, 2024):
            random = stream("letters", unit.uscc, year)
            if random.random() < 0.62 + 0.25 * unit.trust + (0.08 if year == 2024 else 0):
                versions += _letter(random, unit, year)
    return versions


def _letter(random: Random, unit: Unit, year: int) -> list[Version]:
    (first_month, first_day), (last_month, last_day) = _ROUNDS[unit.route]
    signed = day_between(random, date(year, first_month, first_day), date(year, last_month, last_day))
    if random.random() < 0.05:
        signed += timedelta(random.randint(30, 75))
    if not unit.exists_on(signed):
        return []
    name = given(random, unit)
    row: Row = {
        **name,
        "year": year,
        "signed_on": signed,
        "signed_by_head": random.random() < 0.95,
        "has_full_name": True,
        "has_uscc": random.random() < 0.97,
        "has_content": True,
        "has_item_list": random.random() < 0.95,
        "has_complaint_channel": random.random() < 0.94,
        "word_received_on": signed + timedelta(random.randint(0, 6)),
        "stamped_received_on": signed + timedelta(random.randint(1, 40)) if random.random() < 0.92 else None,
    }
    key = f"{unit.uscc}/{year}"
    events: dict[str, tuple[str, ...]] = {"signed_on": (), "word_received_on": (), "stamped_received_on": ()}
    versions = history("commitment_letters", unit.route, key, row, events)
    asked, besides = _CHANNELS[unit.route]
    if unit.route == "heilongjiang" and unit.org_type != "institution":
        asked = asked[:1]
    channels = [channel for channel in asked if random.random() < 0.8 + 0.15 * unit.trust]
    channels += [channel for channel in besides if random.random() < 0.25]
    for channel in channels:
        published = signed + timedelta(random.randint(2, 45))
        shown: Row = {
            **name,
            "year": year,
            "channel": channel,
            "url": f"https://example.invalid/{year}/{unit.uscc.lower()}"
            if channel in ("website", "credit_portal")
            else None,
            "published_on": published,
            "removed_on": published + timedelta(random.randint(20, 90)) if random.random() < 0.03 else None,
        }
        versions += history(
            "publications", unit.route, f"{key}/{channel}", shown, {"published_on": (), "removed_on": ()}
        )
    return versions


def commitments() -> list[Version]:
    """Some 1,500 commitments, each as often as something happened to it."""
    versions: list[Version] = []
    number = 0
    for unit in units():
        if unit.is_classified:
            continue
        random = stream("commitments", unit.uscc)
        for _ in range(random.choice((1, 2, 2, 3, 3, 4))):
            year = random.choice((2023, 2024))
            made = day_between(random, date(year, 1, 4), date(year, 11, 30))
            if unit.exists_on(made):
                number += 1
                versions += _commitment(random, unit, f"CN{year}{number:05d}", made)
    return versions


def _commitment(random: Random, unit: Unit, number: str, made: date) -> list[Version]:
    category = weighted(random, _CATEGORIES)
    title = random.choice(words.TITLES[category]).format(n=random.randint(2, 30))
    has_money = category in ("policy", "contract") or random.random() < 0.2
    promised = amount(random, 600_000) if has_money else None
    due = (
        made + timedelta(random.randint(30, 330))
        if category not in ("service", "duty") or random.random() < 0.3
        else None
    )
    row: Row = {
        "commitment_no": number,
        **given(random, unit),
        "year": made.year,
        "category": category,
        "field": weighted(random, _FIELDS) if category in ("policy", "contract") else None,
        "title": title,
        "content": f"{title}，责任到人，按月调度" if random.random() < 0.5 else None,
        "counterparty": f"示例企业{random.randint(1, 400)}有限公司" if category in ("policy", "contract") else None,
        "amount_yuan": promised,
        "made_on": made,
        "due_on": due,
    }
    _fate(random, unit, row, due or made + timedelta(200))
    told: dict[str, tuple[str, ...]] = {
        "made_on": (),
        "fulfilled_on": (),
        "breached_on": (),
        "change_approved_on": ("change_basis", "compensation_due_yuan", "compensated_yuan"),
    }
    versions = history("commitments", unit.route, number, row, told)
    for version in versions:
        version.row["status"] = _status(version.row)
    return versions


def _fate(random: Random, unit: Unit, row: Row, due: date) -> None:
    """What becomes of it, told by the trust that the unit deserves."""
    made = row["made_on"]
    assert isinstance(made, date)
    luck = random.random()
    if luck < 0.72 * unit.trust:
        row["fulfilled_on"] = max(made, due - timedelta(random.randint(0, 45)))
    elif luck < 0.9 * unit.trust:
        row["fulfilled_on"] = due + timedelta(random.randint(1, 90))
    elif random.random() < 0.35:
        row["breached_on"] = due + timedelta(random.randint(1, 20))
    elif random.random() < 0.2:
        owed = amount(random, 50_000)
        row["change_approved_on"] = max(made, due - timedelta(random.randint(5, 40)))
        row["change_basis"] = "县政府常务会议纪要" if random.random() < 0.85 else None
        row["compensation_due_yuan"] = owed
        row["compensated_yuan"] = owed if random.random() < 0.7 else owed / 2


def _status(row: Row) -> str:
    names = {"fulfilled_on": "fulfilled", "breached_on": "breached", "change_approved_on": "changed"}
    return next((status for column, status in names.items() if row.get(column)), "in_progress")


def procedures(made: list[Version]) -> list[Version]:
    """The steps taken before contracts and policies were promised, of the region whose policy names the steps."""
    versions = []
    for number, row in _first_rows(made, "xinxiang"):
        random = stream("procedures", number)
        day = row["made_on"]
        assert isinstance(day, date)
        if row["category"] not in ("policy", "contract"):
            continue
        for place, step in enumerate(STEPS):
            if random.random() < 0.12:
                continue
            done = day - timedelta(3 * (len(STEPS) - place))
            fields: Row = {"commitment_no": number, "step": step, "done_on": done, "document_no": None}
            if step in ("legality", "collective"):
                fields["document_no"] = f"示例政纪〔{day.year}〕{random.randint(1, 60)}号"
            versions.append(Version("procedures", "xinxiang", f"{number}/{step}", day, fields))
    return versions


def _first_rows(made: list[Version], route: str) -> list[tuple[str, Row]]:
    rows: dict[str, Row] = {}
    for version in made:
        if version.route == route:
            rows.setdefault(version.key, version.row)
    return list(rows.items())


def inventories() -> list[Version]:
    """What the units of the region that asks for it sent each quarter."""
    versions = []
    for unit in units():
        if unit.route != "ganzhou" or unit.org_type not in _SIGNS or unit.is_classified:
            continue
        for quarter in range(2, 7):
            random = stream("inventories", unit.uscc, quarter)
            year, part = 2023 + quarter // 4, quarter % 4 + 1
            end = date(year + part // 4, part % 4 * 3 + 1, 1) - timedelta(1)
            if not unit.exists_on(end) or random.random() > 0.75 + 0.2 * unit.trust:
                continue
            sent = end + timedelta(random.randint(1, 14) if random.random() < 0.9 else random.randint(17, 40))
            row: Row = {
                **given(random, unit),
                "quarter": (f"{year}Q{part}", f"{year}年第{'一二三四'[part - 1]}季度", f"{year}年{part}季度")[
                    quarter % 3
                ],
                "submitted_on": sent,
                "items": random.randint(0, 25),
            }
            versions.append(Version("inventories", unit.route, f"{unit.uscc}/{year}Q{part}", sent, row))
    return versions


def tasks() -> list[Version]:
    """Who leads which task of the year's plan."""
    versions = []
    for place, title in enumerate(words.TASKS * 4):
        random = stream("tasks", place)
        route = ("ganzhou", "hegang")[place % 2]
        city = [
            unit.name for unit in units() if unit.route == route and unit.level == "city" and not unit.is_classified
        ]
        year = 2023 + place // (2 * len(words.TASKS))
        row: Row = {
            "task_no": f"RW{year}-{place:02d}",
            "title": title,
            "lead": random.sample(city, 1),
            "cooperating": random.sample(city, 3),
            "due_on": date(year, 12, 20),
            "progress": "按计划推进",
            "completed_on": date(year, random.randint(10, 12), 15) if random.random() < 0.7 else None,
        }
        versions += history("tasks", route, f"RW{year}-{place:02d}", row, {"completed_on": ()}, date(year, 2, 20))
    return versions
