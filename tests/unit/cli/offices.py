"""A published database of one unit with a score, a record and its evidence, for the look-ups."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

UNIT, OTHER, GONE = "11360100000000012A", "11360102000000034B", "11360102000000078D"

TABLES = {
    "dim_organization": f"""select * from (values
        ('{UNIT}', '示例市住建局', '360100', null), ('{OTHER}', '示例县住建局（本级）', '360102', null),
        ('{GONE}', '示例县房管局', '360102', date '2024-03-01')) as t (uscc, name, region_code, abolished_on)""",
    "region_policy": """select * from (values ('360100', date '2023-01-01', null::date, 'p'),
        ('360102', date '2023-01-01', date '2024-01-01', 'p')) as t (region_code, valid_from, valid_to, policy_id)""",
    "policy_parameter": """select * from (values ('', 'clearance.years', '3', 'office', null),
        ('p', 'clearance.years', '2', '通知 四(二)2', null),
        ('p', 'scoring.rules.listed', 'per_record kinds=listing points=5', '通知 四(二)3', 'base'))
        as t (policy_id, key, value, set_by, inherited_from)""",
    "succession": f"""select * from (values
        ('{GONE}', date '1900-01-01', date '2024-03-01', '{GONE}'), ('{GONE}', date '2024-03-01', null, '{OTHER}'))
        as t (uscc, valid_from, valid_to, answerable_uscc)""",
    "record_period": f"""select * from (values
        ('listing:A:{UNIT}', 'listing', '{UNIT}', date '2022-05-01', date '2022-12-31', 'active', 1.0,
         date '2022-05-01', null),
        ('penalty:B', 'penalty', '{OTHER}', date '2024-05-01', date '2024-05-01', 'active', 1.0,
         date '2024-05-01', date '2024-05-10'),
        ('penalty:B', 'penalty', '{OTHER}', date '2024-05-01', date '2024-05-01', 'under_objection', 1.0,
         date '2024-05-10', date '2024-05-20'),
        ('penalty:B', 'penalty', '{OTHER}', date '2024-05-01', date '2024-05-01', 'revoked', 0.0,
         date '2024-05-20', null))
        as t (record_id, kind, answerable_uscc, occurred_on, counts_until, status, weight, valid_from, valid_to)""",
    "fct_listing": f"""select * from (values
        ('C', '{GONE}', '示例法院', date '2024-02-01', date '2024-04-01', 'exited'))
        as t (case_no, uscc, court, published_on, removed_on, stage)""",
    "overdue_period": f"""select * from (values ('P-1', 'overdue', date '2024-01-31', date '2024-03-05', '{GONE}'))
        as t (commitment_no, state, valid_from, valid_to, uscc)""",
    "annual_assessment": f"""select '{UNIT}' as uscc, 2022 as year, 'p' as policy_id, 100.0 as base, 5.0 as deducted,
        95.005::decimal(12, 4) as score, '优秀' as band, 1 as rank, 3 as peers""",
    "annual_deduction": f"""select '{UNIT}' as uscc, 2022 as year, 'listed' as rule_id, 'record' as evidence_kind,
        'listing:A:{UNIT}' as evidence_id, 'case:A' as matter, date '2022-05-01' as occurred_on, 1.0 as quantity,
        5.0 as points_raw, 5.0 as points_applied""",
    "fct_integrity_record": f"""select 'listing:A:{UNIT}' as record_id, 'listing' as kind, 'active' as status,
        1.0 as weight, 'dishonest_debtors' as source_feed, 'A' as source_key""",
    "evidence": f"""select '{UNIT}' as uscc, 2022 as year, 'listed' as rule_id, 'record' as evidence_kind,
        'listing:A:{UNIT}' as evidence_id, 'dishonest_debtors' as feed, 'A' as key, date '2022-05-07' as received_on,
        '失信名单.xlsx' as file, '5月' as sheet, 88 as row_no""",
    "fct_commitment": """select 'x' as commitment_no, '' as title, null::date as made_on, null::date as due_on,
        null::date as fulfilled_on, '' as state""",
    "fct_complaint": """select 'x' as ticket_no, '' as channel, null::date as received_on, null::date as accept_due_on,
        null::date as accepted_on, null::date as resolve_due_on, null::date as resolved_on, '' as finding,
        '' as satisfaction, null::date as rectify_due_on, null::date as rectified_on""",
    "fct_court_case": """select 'x' as case_no, '' as uscc, '' as case_type, null::date as filed_on,
        null::date as decided_on, '' as outcome""",
}


def make_office(data: Path) -> Path:
    """A DATA folder whose marts stand at 2024-10-08."""
    folder = data / "marts"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "integrity.duckdb")) as connection:
        connection.execute("create schema marts")
        for name, rows in TABLES.items():
            connection.execute(f"create table marts.{name} as {rows}")
    (folder / "manifest.json").write_text(json.dumps({"made_from": {"as_of": "2024-10-08"}}), "utf-8")
    return data
