"""Court cases, the court's list of dishonest debtors, and its notices, in the samples.

Most rows of these feeds are about companies and persons, invented too. Numbers of cases follow the courts' pattern.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bench.samples import words
from bench.samples.chance import amount, day_between, stream, weighted
from bench.samples.roster import Unit, units
from bench.samples.things import COURT_WAYS, Row, Version, given, history

#: The signs of the courts by route, and of the court above them.
_COURTS = {
    "ganzhou": "赣07",
    "xinxiang": "豫07",
    "yexian": "豫04",
    "heilongjiang": "黑01",
    "hegang": "黑04",
    "jiangsu": "苏01",
}
_KINDS = {
    "administrative": ("行初", 0.25),
    "civil": ("民初", 0.45),
    "arbitration": ("仲裁", 0.06),
    "enforcement": ("执", 0.24),
}
_OUTCOMES = {"lost": 0.3, "partly_lost": 0.15, "won": 0.35, "settled": 0.12, "withdrawn": 0.08}
_FIELDS = {"investment": 0.3, "procurement": 0.25, "bidding": 0.15, "debt": 0.1, "township": 0.1, "other": 0.1}
CASE_EVENTS: dict[str, tuple[str, ...]] = {"filed_on": (), "decided_on": ("outcome",), "fulfilled_on": ()}
LISTING_EVENTS: dict[str, tuple[str, ...]] = {
    "published_on": (),
    "warned_on": (),
    "feedback_on": (),
    "removed_on": ("removal_reason",),
}


def _sign(unit: Unit) -> str:
    """The court's sign: the city's, and for a county two digits more."""
    court = _COURTS[unit.route]
    return court if unit.level in ("city", "province") else court + unit.region.code[4:]


def _somebody(random: Random) -> Row:
    """A company, now and then a person; neither is anybody."""
    if random.random() < 0.2:
        return {"uscc": None, "unit_name": f"示例自然人{random.randint(1, 999)}", "region_code": None}
    trade = random.choice(("建材", "物流", "食品", "机电", "服饰", "农资"))
    return {"uscc": None, "unit_name": f"示例{random.randint(1, 999)}号{trade}商行", "region_code": None}


def court_cases() -> list[Version]:
    """Some 420 cases: judgments, appeals, arbitration, enforcement; two in three are about no unit."""
    versions: list[Version] = []
    for place in range(150):
        random = stream("cases", place)
        unit = random.choices(_defendants(), [1.3 - unit.trust for unit in _defendants()])[0]
        filed = day_between(random, date(2022, 9, 1), date(2024, 11, 25))
        if unit.exists_on(filed):
            versions += _lawsuit(random, unit, place, filed)
    for place in range(230):
        random = stream("companies", place)
        filed = day_between(random, date(2023, 1, 3), date(2024, 12, 10))
        kind = random.choice(("民初", "执"))
        row: Row = {
            "case_no": f"（{filed.year}）赣07{random.randint(2, 35):02d}{kind}{3000 + place}号",
            **_somebody(random),
            "court": "示例云岭市中级人民法院",
            "case_type": "civil" if kind == "民初" else "enforcement",
            "filed_on": filed,
            "amount_yuan": amount(random, 90_000),
        }
        row["status"] = "performing" if kind == "执" else "pending"
        versions += history("court_cases", "all", f"{row['case_no']}", row, CASE_EVENTS)
    return versions


def _defendants() -> list[Unit]:
    return [unit for unit in units() if not unit.is_classified]


def _lawsuit(random: Random, unit: Unit, place: int, filed: date) -> list[Version]:
    kind, (sign, _) = random.choices(list(_KINDS.items()), [share for _, share in _KINDS.values()])[0]
    if kind == "enforcement":
        return _enforcement(random, unit, place, filed, f"（{filed.year - 1}）{_sign(unit)}民初{500 + place}号")
    number = (
        f"（{filed.year}）{_sign(unit)}{sign}{100 + place}号" if kind != "arbitration" else f"示例仲字第{100 + place}号"
    )
    decided = filed + timedelta(random.randint(35, 200))
    outcome = weighted(random, _OUTCOMES)
    row = _case(random, unit, number, kind, filed, f"示例{unit.region.place}人民法院")
    row.update({"decided_on": decided, "outcome": outcome, "status": "pending"})
    versions = history("court_cases", "all", number, row, CASE_EVENTS)
    if outcome not in ("lost", "partly_lost") or kind == "arbitration":
        return versions
    if random.random() < 0.25:
        # On appeal the first decision no longer counts.
        again = decided + timedelta(random.randint(12, 25))
        above = f"（{again.year}）{_COURTS[unit.route]}{sign[0]}终{100 + place}号"
        appeal = _case(random, unit, above, kind, again, "示例云岭市中级人民法院")
        appeal.update(
            {"basis_no": number, "decided_on": again + timedelta(random.randint(40, 110)), "status": "pending"}
        )
        appeal["outcome"] = random.choice(("lost", "won", "partly_lost", "withdrawn"))
        versions += history("court_cases", "all", above, appeal, CASE_EVENTS)
    elif random.random() < 0.6:
        versions += _enforcement(random, unit, place, decided + timedelta(random.randint(30, 90)), number)
    return versions


def _case(random: Random, unit: Unit, number: str, kind: str, filed: date, court: str) -> Row:
    return {
        "case_no": number,
        **given(random, unit, COURT_WAYS),
        "court": court,
        "case_type": kind,
        "field": weighted(random, _FIELDS) if random.random() < 0.6 else None,
        "filed_on": filed,
        "amount_yuan": amount(random, 400_000) if kind != "administrative" else None,
    }


def _enforcement(random: Random, unit: Unit, place: int, filed: date, basis: str) -> list[Version]:
    number = f"（{filed.year}）{_sign(unit)}执{700 + place}号"
    row = _case(random, unit, number, "enforcement", filed, f"示例{unit.region.place}人民法院")
    owed = row["amount_yuan"]
    row["basis_no"] = basis
    row["fulfilled_on"] = filed + timedelta(random.randint(20, 240)) if random.random() < 0.6 * unit.trust else None
    row["paid_yuan"] = None
    versions = history("court_cases", "all", number, row, CASE_EVENTS)
    for version in versions:
        paid = version.row.get("fulfilled_on") is not None
        version.row["status"] = "fulfilled" if paid else "performing"
        version.row["paid_yuan"] = owed if paid else None
    return versions


def dishonest_debtors(cases: list[Version]) -> list[Version]:
    """Enforcement cases that led to an entry on the list, and many entries of companies and persons."""
    versions: list[Version] = []
    enforced = {v.key: v.row for v in cases if v.row["case_type"] == "enforcement" and v.row.get("basis_no")}
    for number, case in enforced.items():
        random = stream("listings", number)
        filed = case["filed_on"]
        assert isinstance(filed, date)
        published = filed + timedelta(random.randint(60, 150))
        if random.random() < 0.25:
            continue
        versions += _listing(random, number, case, published)
    for place in range(90):
        random = stream("listed companies", place)
        published = day_between(random, date(2023, 1, 3), date(2024, 12, 20))
        case = {**_somebody(random), "filed_on": published - timedelta(90), "court": "示例云岭市中级人民法院"}
        number = f"（{published.year}）赣0702执恢{2000 + place}号"
        versions += _listing(random, number, case, published)
    return versions


def _listing(random: Random, number: str, case: Row, published: date) -> list[Version]:
    warned = published + timedelta(random.randint(1, 8)) if random.random() < 0.7 else None
    row: Row = {
        "case_no": number,
        **{
            column: case.get(column) for column in ("uscc", "unit_name", "region_code", "court", "basis_no", "filed_on")
        },
        "obligation": random.choice(words.OBLIGATIONS),
        "performance": random.choice(("nothing", "nothing", "part")),
        "behaviour": random.choice(words.BEHAVIOURS),
        "published_on": published,
        "warned_on": warned,
        "feedback_on": warned + timedelta(random.randint(2, 30)) if warned and random.random() < 0.6 else None,
        "removed_on": published + timedelta(random.randint(15, 300)) if random.random() < 0.6 else None,
        "removal_reason": random.choice(("履行完毕", "达成和解并履行", "期限届满")),
    }
    return history("dishonest_debtors", "all", number, row, LISTING_EVENTS)


def listing_notices(listed: list[Version]) -> list[Version]:
    """The court tells of an entry before it makes it; one in four it then does not make."""
    versions: list[Version] = []
    seen: set[str] = set()
    for version in listed:
        random = stream("notices", version.key)
        published = version.row["published_on"]
        assert isinstance(published, date)
        if version.key in seen or not version.row.get("basis_no") or random.random() < 0.3:
            continue
        seen.add(version.key)
        versions += _notice(random, version.key, version.row, published - timedelta(random.randint(8, 25)), published)
    for place in range(14):
        random = stream("notices only", place)
        unit = random.choice(_defendants())
        noticed = date(2023 + place % 2, 12, random.randint(4, 27))
        if not unit.exists_on(noticed):
            continue
        case = {**given(random, unit, COURT_WAYS), "court": f"示例{unit.region.place}人民法院"}
        number = f"（{noticed.year}）{_sign(unit)}执{900 + place}号"
        versions += _notice(random, number, case, noticed, noticed + timedelta(20))
    return versions


def _notice(random: Random, number: str, case: Row, noticed: date, planned: date) -> list[Version]:
    row: Row = {
        "case_no": number,
        **{column: case.get(column) for column in ("uscc", "unit_name", "region_code", "court")},
        "notice_on": noticed,
        "planned_list_on": planned,
        "withdrawn_on": noticed + timedelta(random.randint(3, 15)) if random.random() < 0.25 else None,
    }
    return history("listing_notices", "all", number, row, {"notice_on": (), "withdrawn_on": ()})
