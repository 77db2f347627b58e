"""The singular tests of dbt on single things and the judgement: each passes where tables agree, and fails where a row
does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.unit.models.singular import broken_rows, table

POINTS = "assert_applied_points_and_score_agree"
EVIDENCE = "assert_every_deduction_has_its_evidence"
OVERDUE = "assert_overdue_periods_add_up_to_the_overdue_of_every_month"
LEDGER = "assert_record_periods_tell_the_ledger_of_every_month_end"
ROWS = "assert_rows_read_are_loaded_quarantined_duplicate_or_ignored"
TESTS = [POINTS, EVIDENCE, OVERDUE, LEDGER, ROWS]

NAMED = ["uscc VARCHAR", "year", "rule_id VARCHAR", "evidence_kind VARCHAR", "evidence_id VARCHAR"]


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two units with points off, one of them by a target that nothing can reach; a commitment overdue from February on,
    answered for by a successor from March; a record exempt from March on; one delivery.
    """
    with duckdb.connect() as connection:
        names = {"year": 2024, "evidence_kind": "record"}
        table(
            connection,
            "annual_deduction",
            [*NAMED, "points_applied DECIMAL(12,4)", "deduction_no"],
            [
                {**names, "uscc": "U1", "rule_id": "a", "evidence_id": "R1", "points_applied": 60}
                | {"deduction_no": 1},
                {**names, "uscc": "U1", "rule_id": "a", "evidence_id": "R2", "points_applied": 50}
                | {"deduction_no": 2},
                {**names, "uscc": "U2", "rule_id": "b", "evidence_kind": "metric", "points_applied": 2}
                | {"evidence_id": "fulfilment_ratio", "deduction_no": 3},
            ],
        )
        table(
            connection,
            "annual_assessment",
            ["uscc VARCHAR", "year", *(f"{name} DECIMAL(12,4)" for name in ("base", "deducted", "score"))],
            [
                {"uscc": "U1", "year": 2024, "base": 100, "deducted": 110, "score": 0},
                {"uscc": "U2", "year": 2024, "base": 100, "deducted": 2, "score": 98},
                {"uscc": "U3", "year": 2024, "base": 100, "deducted": 0, "score": 100},
            ],
        )
        table(
            connection,
            "evidence_row",
            ["deduction_no"],
            [{"deduction_no": 1}, {"deduction_no": 2}],
        )
        table(
            connection,
            "int_scoring_rule",
            ["uscc VARCHAR", "year", "rule_id VARCHAR", "target DECIMAL(18,8)"],
            [{"uscc": "U2", "year": 2024, "rule_id": "b", "target": 2}],
        )
        months = [
            (24288, "2024-01-01", "2024-01-31"),
            (24289, "2024-02-01", "2024-02-29"),
            (24290, "2024-03-01", "2024-03-31"),
        ]
        table(
            connection,
            "int_month",
            ["month_no", "month DATE", "month_end DATE"],
            [dict(zip(("month_no", "month", "month_end"), month, strict=True)) for month in months],
        )
        table(
            connection,
            "overdue_period",
            ["uscc VARCHAR", "commitment_no VARCHAR", "valid_from DATE", "valid_to DATE"],
            [{"uscc": "U1", "commitment_no": "C1", "valid_from": "2024-02-29"}],
        )
        table(
            connection,
            "succession",
            ["uscc VARCHAR", "answerable_uscc VARCHAR", "valid_from DATE", "valid_to DATE"],
            [{"uscc": "U1", "answerable_uscc": "U2", "valid_from": "2024-03-31"}],
        )
        table(
            connection,
            "org_monthly",
            ["uscc VARCHAR", "month DATE", "commitments_overdue"],
            [
                {"uscc": "U1", "month": "2024-01-01"},
                {"uscc": "U1", "month": "2024-02-01", "commitments_overdue": 1},
                {"uscc": "U2", "month": "2024-03-01", "commitments_overdue": 1},
            ],
        )
        stood = ["record_id VARCHAR", "status VARCHAR", "weight DECIMAL(6,4)", "answerable_no"]
        counts, exempt = {"status": "active", "weight": 1}, {"status": "exempt", "weight": 0}
        record = {"record_id": "R1", "answerable_no": 1}
        table(
            connection,
            "int_record_state",
            [*stood, "month_no"],
            [{**record, **counts, "month_no": 24289}, {**record, **exempt, "month_no": 24290}],
        )
        table(
            connection,
            "int_record_period",
            [*stood, "valid_from DATE", "valid_to DATE"],
            [
                {**record, **counts, "valid_from": "2024-02-10", "valid_to": "2024-03-31"},
                {**record, **exempt, "valid_from": "2024-03-31"},
            ],
        )
        table(
            connection,
            "delivery",
            [
                *("feed VARCHAR", "received_on DATE", "file VARCHAR", "rows_read", "rows_loaded", "rows_quarantined"),
                *("rows_duplicate", "rows_ignored"),
            ],
            [
                {"feed": "arrears", "received_on": "2024-03-05", "file": "a.csv", "rows_read": 10}
                | {"rows_loaded": 4, "rows_quarantined": 3, "rows_duplicate": 2, "rows_ignored": 1}
            ],
        )
        yield connection


@pytest.mark.parametrize("test", TESTS)
def test_tables_that_agree_pass(database: duckdb.DuckDBPyConnection, test: str) -> None:
    assert broken_rows(database, test) == []


@pytest.mark.parametrize(
    ("test", "change"),
    [
        (POINTS, "update annual_assessment set deducted = 109 where uscc = 'U1'"),
        (POINTS, "update annual_assessment set score = -10 where uscc = 'U1'"),
        (POINTS, "update annual_assessment set score = 99 where uscc = 'U3'"),
        (POINTS, "delete from annual_deduction where uscc = 'U2'"),
        (EVIDENCE, "delete from evidence_row where deduction_no = 2"),
        (EVIDENCE, "update evidence_row set deduction_no = 9 where deduction_no = 2"),
        (EVIDENCE, "update int_scoring_rule set target = 1"),
        (OVERDUE, "update overdue_period set valid_from = '2024-03-01'"),
        (OVERDUE, "update overdue_period set valid_to = '2024-03-31'"),
        (OVERDUE, "delete from succession"),
        (OVERDUE, "update org_monthly set commitments_overdue = 1 where month = '2024-01-01'"),
        (LEDGER, "update int_record_period set valid_from = '2024-03-01' where status = 'active'"),
        (LEDGER, "update int_record_period set weight = 0.5 where status = 'active'"),
        (LEDGER, "update int_record_period set answerable_no = 2 where status = 'exempt'"),
        (LEDGER, "update int_record_state set status = 'expired' where month_no = 24290"),
        (ROWS, "update delivery set rows_loaded = 5"),
        (ROWS, "update delivery set rows_ignored = 0"),
    ],
)
def test_one_row_that_does_not_agree_fails(database: duckdb.DuckDBPyConnection, test: str, change: str) -> None:
    database.execute(change)
    assert broken_rows(database, test)
