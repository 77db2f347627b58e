"""A tiny published database of one city with two counties, every figure set by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from dagster_project import publish
from dagster_project.paths import DataPaths
from dagster_project.reports.workbook import PLACE_COLUMNS
from tests.unit.reports import scores

AS_OF = dt.date(2024, 4, 30)
MARCH, FEBRUARY, LAST_MARCH = dt.date(2024, 3, 1), dt.date(2024, 2, 1), dt.date(2023, 3, 1)
CITY, EAST, WEST = "360700", "360702", "360703"
FINANCE, EDUCATION, HOUSING, TOWN = (f"1136070000000000{n}X" for n in range(4))

COUNTS = [name for name in PLACE_COLUMNS if not name.endswith(("_rate", "_ratio", "_target", "_yuan"))]
COUNTS += ["orphan_commitments_overdue", "orphan_complaints_open_overdue", "orphan_listings_active"]
RATES = [name for name in PLACE_COLUMNS if name.endswith(("_rate", "_ratio", "_target"))]
RATES += ["coverage_rate_prior_year", "coverage_next_target"]
UNIT_COUNTS = [name for name in COUNTS if not name.startswith(("units_", "orphan_"))]
MONEY = ["amount_due_yuan", "amount_fulfilled_yuan"]


def _columns(names: Iterable[str], kind: str) -> str:
    return ", ".join(f"{name} {kind}" for name in names)


TABLES = {
    "dim_organization": "uscc varchar, name varchar, region_code varchar, level varchar, org_type varchar,"
    " abolished_on date",
    "succession": "uscc varchar, valid_from date, valid_to date, answerable_uscc varchar",
    "region_monthly": "region_code varchar, reach varchar, month date, policy_id varchar,"
    f" {_columns(COUNTS, 'bigint')}, {_columns(MONEY, 'decimal(18, 2)')}, {_columns(RATES, 'double')}",
    "region_quarterly": "region_code varchar, reach varchar, quarter varchar, policy_id varchar, rank bigint,"
    f" {_columns(COUNTS, 'bigint')}, {_columns(MONEY, 'decimal(18, 2)')}, {_columns(RATES, 'double')}",
    "org_monthly": "uscc varchar, month date, region_code varchar, policy_id varchar, in_scope boolean,"
    " has_letter boolean, letter_complete boolean, is_published boolean, is_late boolean,"
    f" {_columns(UNIT_COUNTS, 'bigint')}, {_columns(MONEY, 'decimal(18, 2)')}",
    "fct_listing": "case_no varchar, uscc varchar, court varchar, published_on date, removed_on date, warned_on date,"
    " feedback_on date",
    "listing_notice": "case_no varchar, uscc varchar, court varchar, notice_on date, planned_list_on date,"
    " withdrawn_on date, listed_on date",
    "overdue_period": "commitment_no varchar, state varchar, valid_from date, valid_to date, uscc varchar",
    "fct_commitment": "commitment_no varchar, uscc varchar, title varchar, made_on date, due_on date,"
    " fulfilled_on date, state varchar",
    "fct_complaint": "ticket_no varchar, channel varchar, uscc varchar, received_on date, accept_due_on date,"
    " accept_state varchar, resolve_due_on date, resolved_on date, resolve_state varchar, is_duplicate boolean,"
    " excluded_reason varchar, finding varchar, rectify_due_on date, rectified_on date",
    "transfer": "ticket_no varchar, transfer_no bigint, uscc varchar, transferred_on date",
    "rectification": "subject varchar, uscc varchar, ordered_on date, due_on date, completed_on date",
    "inventory": "uscc varchar, quarter varchar, due_on date, submitted_on date",
    "feed_monthly": "feed varchar, month date, is_core boolean, reported boolean",
    "alert": "alert_id varchar",
    "policy_parameter": "policy_id varchar, key varchar, value varchar, set_by varchar",
    "region_assessment": "region_code varchar, reach varchar, year bigint, units bigint, mean_score decimal(12, 4)",
    "region_policy": "region_code varchar, valid_from date, valid_to date, policy_id varchar",
    "annual_assessment": "uscc varchar, year bigint, policy_id varchar, level varchar, org_type varchar,"
    " base decimal(12, 4), deducted decimal(12, 4), score decimal(12, 4), band varchar, rank bigint, peers bigint",
    "annual_deduction": "uscc varchar, year bigint, rule_id varchar, evidence_kind varchar, evidence_id varchar,"
    " occurred_on date, quantity decimal(12, 6), points_raw decimal(12, 4), points_applied decimal(12, 4)",
    "evidence": "uscc varchar, year bigint, rule_id varchar, evidence_kind varchar, evidence_id varchar, feed varchar,"
    " key varchar, received_on date, file varchar, sheet varchar, row_no bigint",
    "record_period": "record_id varchar, valid_from date, valid_to date, kind varchar, answerable_uscc varchar,"
    " occurred_on date, counts_until date, status varchar, weight decimal(6, 4)",
    "delivery": "feed varchar, received_on date, file varchar, sha256 varchar, status varchar",
}

Rows = list[dict[str, Any]]


def region(code: str, reach: str, month: dt.date, **figures: Any) -> dict[str, Any]:
    zeros = dict.fromkeys([*COUNTS, *MONEY], 0)
    return {**zeros, "region_code": code, "reach": reach, "month": month, "policy_id": "p", **figures}


def _in_quarter(code: str, quarter: str, **figures: Any) -> dict[str, Any]:
    row = region(code, "all", MARCH, **figures)
    del row["month"]
    return row | {"quarter": quarter}


def unit(uscc: str, code: str, month: dt.date, **figures: Any) -> dict[str, Any]:
    flags = {"in_scope": True, "has_letter": True, "letter_complete": True, "is_published": True, "is_late": False}
    return {
        **dict.fromkeys([*UNIT_COUNTS, *MONEY], 0),
        **flags,
        "uscc": uscc,
        "region_code": code,
        "month": month,
    } | figures


def content() -> dict[str, Rows]:
    """March 2024: 4 units, 3 with a letter; 8 promises due, 5 fulfilled; 3 complaints due, 2 in time; a new listing."""
    organizations = [
        {"uscc": "G0", "name": "示例市人民政府", "region_code": CITY, "level": "city", "org_type": "government"},
        {"uscc": "G1", "name": "示例东区人民政府", "region_code": EAST, "level": "county", "org_type": "government"},
        {"uscc": "G2", "name": "示例西县人民政府", "region_code": WEST, "level": "county", "org_type": "government"},
        {"uscc": FINANCE, "name": "示例市财政局", "region_code": CITY, "level": "city", "org_type": "department"},
        {"uscc": EDUCATION, "name": "示例东区教育局", "region_code": EAST, "level": "county", "org_type": "department"},
        {"uscc": HOUSING, "name": "示例东区住建局", "region_code": EAST, "level": "county", "org_type": "department"},
        {"uscc": TOWN, "name": "=示例西县<b>{{ 镇 }}&", "region_code": WEST, "level": "county", "org_type": "township"},
    ]
    whole = {
        "units_in_scope": 4,
        "units_with_letter": 3,
        "units_letter_complete": 3,
        "units_published": 2,
        "units_late": 1,
        "coverage_rate": 0.75,
        "coverage_target": 0.8,
        "publicity_rate": 2 / 3,
        "commitments_due": 8,
        "commitments_fulfilled": 5,
        "commitments_on_time": 4,
        "commitments_overdue": 1,
        "fulfilment_ratio": 0.625,
        "on_time_ratio": 0.5,
        "amount_due_yuan": 1_234_500,
        "amount_fulfilled_yuan": 617_250,
        "amount_fulfilment_ratio": 0.5,
        "complaints_received": 4,
        "complaints_duplicate": 1,
        "complaints_accept_due": 3,
        "complaints_accepted_on_time": 3,
        "acceptance_rate": 1.0,
        "complaints_due": 3,
        "complaints_resolved_on_time": 2,
        "resolution_rate": 2 / 3,
        "complaints_open_overdue": 1,
        "listings_active": 1,
        "listings_new": 1,
        "records_new": 1,
    }
    places = [
        region("360000", "all", MARCH, policy_id=None, **whole),
        region(CITY, "all", MARCH, **whole),
        region(CITY, "own", MARCH, units_in_scope=1, units_with_letter=1, coverage_rate=1.0),
        region(EAST, "all", MARCH, units_in_scope=2, units_with_letter=1, units_late=1, coverage_rate=0.5,
               fulfilment_ratio=0.5, commitments_due=4, commitments_fulfilled=2, commitments_overdue=1,
               complaints_open_overdue=1),
        region(EAST, "own", MARCH, units_in_scope=2),
        region(WEST, "all", MARCH, units_in_scope=1, units_with_letter=1, coverage_rate=1.0, fulfilment_ratio=0.75,
               commitments_due=4, commitments_fulfilled=3, listings_active=1, listings_new=1),
        region(CITY, "all", FEBRUARY, coverage_rate=0.5, fulfilment_ratio=0.65, resolution_rate=2 / 3,
               complaints_received=1, commitments_overdue=1),
        region(CITY, "all", LAST_MARCH, coverage_rate=0.75, fulfilment_ratio=0.5, complaints_received=6),
    ]  # fmt: skip
    quarters = [
        _in_quarter(CITY, "2024Q1", **whole),
        _in_quarter(EAST, "2024Q1", units_in_scope=2, units_with_letter=1, units_late=1, coverage_rate=0.5,
                    fulfilment_ratio=0.5, rank=2),
        _in_quarter(WEST, "2024Q1", units_in_scope=1, units_with_letter=1, coverage_rate=1.0, rank=1),
        _in_quarter(WEST, "2023Q4", units_in_scope=1, rank=5),
    ]  # fmt: skip
    units = [
        unit(FINANCE, CITY, MARCH),
        unit(EDUCATION, EAST, MARCH, has_letter=False, letter_complete=False, is_published=False, is_late=True,
             commitments_overdue=1),
        unit(HOUSING, EAST, MARCH, is_published=False, complaints_open_overdue=1),
        unit(TOWN, WEST, MARCH, listings_active=1, listings_new=1),
        unit(FINANCE, CITY, FEBRUARY, complaints_received=3, commitments_overdue=7),
    ]  # fmt: skip
    day = dt.date.fromisoformat
    ticket = {"uscc": HOUSING, "received_on": day("2024-03-01"), "is_duplicate": False, "accept_state": "on_time"}
    return {
        "dim_organization": organizations,
        "region_monthly": places,
        "region_quarterly": quarters,
        "org_monthly": units,
        "fct_listing": [
            {"case_no": "（2024）赣0703执5号", "uscc": TOWN, "court": "示例西县人民法院",
             "published_on": day("2024-03-09"), "warned_on": day("2024-03-11"), "feedback_on": day("2024-04-02")},
            {"case_no": "（2024）赣0703执9号", "uscc": TOWN, "published_on": day("2024-04-01")},
        ],
        "listing_notice": [{"case_no": "（2024）赣07执7号", "uscc": FINANCE, "notice_on": day("2024-03-20")}],
        "overdue_period": [
            {"commitment_no": "C1", "state": "overdue", "uscc": EDUCATION, "valid_from": day("2024-03-21"),
             "valid_to": day("2024-04-10")},
            {"commitment_no": "C2", "state": "overdue", "uscc": FINANCE, "valid_from": day("2024-04-05")},
        ],
        "fct_commitment": [
            {"commitment_no": "C1", "uscc": EDUCATION, "title": "建成幼儿园", "made_on": day("2024-01-05"),
             "due_on": day("2024-03-21"), "state": "fulfilled_late", "fulfilled_on": day("2024-04-10")},
            {"commitment_no": "C2", "uscc": FINANCE, "title": "兑付奖补资金", "made_on": day("2024-01-05"),
             "due_on": day("2024-04-05"), "state": "overdue"},
            {"commitment_no": "C3", "uscc": FINANCE, "title": "在期限内完成的", "made_on": day("2024-01-05"),
             "due_on": day("2024-04-05"), "fulfilled_on": day("2024-03-31"), "state": "fulfilled_on_time"},
        ],
        "fct_complaint": [
            {**ticket, "ticket_no": "T1", "channel": "hotline", "accept_due_on": day("2024-03-04"),
             "resolve_due_on": day("2024-03-20"), "resolve_state": "late", "resolved_on": day("2024-04-01")},
            {**ticket, "ticket_no": "T2", "channel": "hotline", "accept_due_on": day("2024-03-04"),
             "resolve_due_on": day("2024-03-20"), "resolve_state": "on_time", "resolved_on": day("2024-03-20")},
            {**ticket, "ticket_no": "T3", "channel": "petition", "accept_due_on": day("2024-03-31"),
             "resolve_due_on": day("2024-03-31"), "resolve_state": "on_time", "resolved_on": day("2024-03-31")},
            {**ticket, "ticket_no": "T4", "channel": "petition", "accept_due_on": day("2024-04-01"),
             "resolve_due_on": day("2024-04-30"), "resolve_state": "on_time", "resolved_on": day("2024-04-01")},
        ],
        "inventory": [
            {"uscc": FINANCE, "quarter": "2023Q4", "due_on": day("2024-01-15"), "submitted_on": day("2024-01-16")},
            {"uscc": FINANCE, "quarter": "2024Q1", "due_on": day("2024-04-15"), "submitted_on": day("2024-04-15")},
        ],
        "feed_monthly": [
            {"feed": feed, "month": MARCH, "is_core": True, "reported": feed != "accountability"}
            for feed in ("commitments", "complaints", "court_cases", "dishonest_debtors", "accountability")
        ]
        + [
            {"feed": "tasks", "month": month, "is_core": False, "reported": month != MARCH}
            for month in (MARCH, dt.date(2024, 4, 1))
        ],
        "alert": [{"alert_id": "feed_missing:accountability:2024-03"}],
        "policy_parameter": [{"policy_id": "p", "key": "letter.due", "value": "03-15"}, *scores.PARAMETERS],
        **scores.rows(EDUCATION, TOWN, FINANCE, HOUSING),
        "delivery": [
            {"feed": "complaints", "received_on": day("2024-04-02"), "file": "台账.csv", "sha256": "a",
             "status": "loaded"}
        ],
    }  # fmt: skip


def publish_marts(root: Path, version: str, rows: dict[str, Rows], as_of: dt.date = AS_OF) -> DataPaths:
    """Publish these rows as a run does."""
    paths = DataPaths(root)
    candidate = publish.candidate_path(paths.marts, version)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("create schema marts")
        for table, columns in TABLES.items():
            connection.execute(f"create table marts.{table} ({columns})")
            for row in rows.get(table, []):
                names = ", ".join(row)
                marks = ", ".join("?" * len(row))
                connection.execute(f"insert into marts.{table} ({names}) values ({marks})", list(row.values()))
        for table in ("region_monthly", "org_monthly"):
            for name in [*COUNTS, *RATES, *MONEY] if table == "region_monthly" else [*UNIT_COUNTS, *MONEY]:
                connection.execute(f"comment on column marts.{table}.{name} is '{name} 标签 · {name}'")
    publish.write_parquet(candidate, {})
    made_from = {"as_of": as_of.isoformat(), "deliveries": version}
    publish.publish(paths.marts, version, {"program": "0.1.0", "made_from": made_from}, 0o022)
    return paths
