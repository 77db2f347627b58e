"""A city of four units whose complaints of March 2024 are set by hand, published once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dagster_project.paths import DataPaths
from tests.unit.reports import marts
from tests.unit.reports.marts import EDUCATION, FINANCE, HOUSING, TOWN, Rows


def _with(table: str, *columns: str) -> str:
    """A table of the reports' tests with these columns besides, where it has not got them."""
    known = marts.TABLES[table]
    return ", ".join([known, *(column for column in columns if f" {column}" not in f" {known}")])


#: What the pack reads besides what papers read.
TABLES = {
    **marts.TABLES,
    "fct_commitment": _with("fct_commitment", "year bigint", "category varchar"),
    "fct_complaint": _with("fct_complaint", "accepted_on date", "rectified_on date"),
    "region_policy": "region_code varchar, valid_from date, valid_to date, policy_id varchar",
    "record_period": "record_id varchar, valid_from date, valid_to date, kind varchar, answerable_uscc varchar,"
    " occurred_on date, counts_until date, status varchar, weight decimal(6, 4)",
    "fct_integrity_record": "record_id varchar, kind varchar, source_key varchar, uscc varchar",
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def tickets(uscc: str, count: int, **dates: str) -> Rows:
    """Tickets that count, received on 1 February."""
    return [
        {
            "ticket_no": f"{uscc}:{number}:{sorted(dates.items())}",
            "uscc": uscc,
            "received_on": day("2024-02-01"),
            "is_duplicate": False,
            **{name: day(value) for name, value in dates.items()},
        }
        for number in range(count)
    ]


def record(record_id: str, kind: str, **more: object) -> dict[str, object]:
    return {
        "record_id": record_id,
        "kind": kind,
        "answerable_uscc": HOUSING,
        "occurred_on": day("2024-02-01"),
        "counts_until": day("2024-02-01"),
        "valid_from": day("2024-02-01"),
        "status": "active",
        "weight": 1,
        **more,
    }


#: Listings of 1 February 2024: the number, the day on which each is removed, and with that the last day it counts. The
#: first is removed on the day it was published and was never active; of the third the end of March knows nothing yet.
LISTINGS = [
    ("（2024）赣07执1号", day("2024-02-01"), day("2024-01-31")),
    ("（2024）赣07执2号", day("2024-03-31"), day("2024-03-30")),
    ("（2024）赣07执3号", day("2024-04-01"), day("2024-03-31")),
    ("（2024）赣07执4号", None, None),
]


def content() -> dict[str, Rows]:
    """March: accepted 6, 5, 7 and 2; resolved 5 by one unit alone; nothing rectified. February: one unit accepted 9."""
    rows = marts.content()
    (refused,) = tickets(TOWN, 1, accepted_on="2024-03-05")
    rows["fct_complaint"] = [
        *tickets(FINANCE, 6, accepted_on="2024-03-31"),
        *tickets(FINANCE, 9, accepted_on="2024-02-29"),
        *tickets(EDUCATION, 5, resolved_on="2024-03-01"),
        *tickets(HOUSING, 7, accepted_on="2024-03-04", resolved_on="2024-04-01"),
        *tickets(TOWN, 2, accepted_on="2024-03-05"),
        {**refused, "ticket_no": "twice", "is_duplicate": True},
        {**refused, "ticket_no": "excluded", "excluded_reason": "其他"},
        {**refused, "ticket_no": "before any policy", "received_on": day("2019-12-31")},
    ]
    rows["region_policy"] = [
        {"region_code": code, "valid_from": day("2020-01-01"), "policy_id": "p"}
        for code in (marts.CITY, marts.EAST, marts.WEST)
    ]
    rows["policy_parameter"].append({"policy_id": "p", "key": "clearance.years", "value": "3"})
    promise = {"uscc": TOWN, "category": "service", "year": 2024, "made_on": day("2024-01-05"), "state": "in_progress"}
    rows["fct_commitment"] = [
        {**promise, "commitment_no": "S1", "title": "+一日办结，电话13800138000，身份证11010519491231002X"},
        {**promise, "commitment_no": "S2", "title": "次月的承诺", "made_on": day("2024-04-01")},
        {**promise, "commitment_no": "S3", "title": "合同", "category": "contract"},
        {**promise, "commitment_no": "S4", "title": "已依法变更", "state": "lawfully_changed"},
    ]
    rows["record_period"] = [
        record("judgment:（2024）赣07民初1号:x", "judgment"),
        record("penalty:P1", "penalty", status="lenient", weight=0.5),
        record("penalty:P2", "penalty", occurred_on=day("2022-12-31"), counts_until=day("2022-12-31")),
        record("penalty:P3", "penalty", occurred_on=day("2021-12-31"), counts_until=day("2021-12-31")),
        record("penalty:P4", "penalty", status="revoked", weight=0),
        record("penalty:P5", "penalty", status="repaired", weight=0.25),
        record("penalty:P6", "penalty", status="under_objection"),
        record("penalty:P7", "penalty", valid_to=day("2024-03-31")),
        *(record(f"listing:{case}:{HOUSING}", "listing", counts_until=until) for case, _, until in LISTINGS),
        record("discipline:D1", "discipline"),
        record("breach:T1", "breach"),
    ]
    rows["fct_integrity_record"] = [
        {
            "record_id": row["record_id"],
            "kind": row["kind"],
            "source_key": str(row["record_id"]).split(":")[1],
            "uscc": row["answerable_uscc"],
        }
        for row in rows["record_period"]
    ]
    rows["fct_listing"] += [
        {"case_no": case, "uscc": HOUSING, "published_on": day("2024-02-01"), "removed_on": removed_on}
        for case, removed_on, _ in LISTINGS
    ]
    for row in rows["org_monthly"]:
        row["policy_id"] = "p"
    for row in rows["region_monthly"]:
        # Five promises due are enough for a rate; four are not.
        row["commitments_due"] = 5 if row["region_code"] == marts.CITY else row["commitments_due"]
    return rows


def publish(root: Path, version: str, rows: dict[str, Rows]) -> DataPaths:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marts, "TABLES", TABLES)
        return marts.publish_marts(root, version, rows)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    return publish(tmp_path_factory.mktemp("public"), "v1", content())


@pytest.fixture
def own_city(tmp_path: Path) -> DataPaths:
    return publish(tmp_path / "data", "v1", content())
