"""The singular tests of dbt on the monthly figures: each passes where tables agree, and fails where a row does not."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.unit.models.singular import FIGURES, broken_rows, table

REGION_UNITS = ["units_in_scope", "units_with_letter", "units_letter_complete", "units_published", "units_late"]
ORPHANS = ["orphan_commitments_overdue", "orphan_complaints_open_overdue", "orphan_listings_active"]


@pytest.fixture(scope="module")
def agreed() -> Iterator[duckdb.DuckDBPyConnection]:
    """One province with one county, one unit in each; that of the county, U2, holds something of everything."""
    with duckdb.connect() as connection:
        table(
            connection,
            "int_month",
            ["month_no", "month DATE", "is_last BOOLEAN"],
            [
                {"month_no": 24288, "month": "2024-01-01", "is_last": False},
                {"month_no": 24289, "month": "2024-02-01", "is_last": True},
            ],
        )
        table(connection, "int_assessment", ["year", "month_no"], [{"year": 2024, "month_no": 24289}])
        promised = {"commitments_due": 2, "commitments_fulfilled": 1, "commitments_overdue": 2}
        held = {**promised, "complaints_open_overdue": 1, "listings_active": 1}
        received = {"complaints_received": 1, "complaints_duplicate": 1}
        table(
            connection,
            "org_monthly",
            ["uscc VARCHAR", "month DATE", "in_scope BOOLEAN", *FIGURES],
            [
                {"uscc": "U1", "month": "2024-01-01", "in_scope": True, "complaints_received": 1},
                {"uscc": "U1", "month": "2024-02-01", "in_scope": True},
                {"uscc": "U2", "month": "2024-02-01", "in_scope": True, **held, **received},
                {"uscc": "U3", "month": "2024-02-01", "in_scope": False},
            ],
        )
        county = {"units_in_scope": 1, **held, **received}
        table(
            connection,
            "region_monthly",
            ["region_code VARCHAR", "reach VARCHAR", "month DATE", *REGION_UNITS, *FIGURES, *ORPHANS],
            [
                {
                    "region_code": "230000",
                    "reach": reach,
                    "month": "2024-01-01",
                    "units_in_scope": 1,
                    "complaints_received": 1,
                }
                for reach in ("own", "all")
            ]
            + [
                {"region_code": "230000", "reach": "own", "month": "2024-02-01", "units_in_scope": 1},
                {"region_code": "230000", "reach": "all", "month": "2024-02-01", **county, "units_in_scope": 2},
                {"region_code": "230403", "reach": "own", "month": "2024-02-01", **county},
                {"region_code": "230403", "reach": "all", "month": "2024-02-01", **county},
            ],
        )
        split = [
            ("field", "debt", {"commitments_due": 2, "commitments_fulfilled": 1, "commitments_overdue": 1}),
            ("field", "none", {"commitments_overdue": 1}),
            ("category", "contract", promised),
            ("complaint", "arrears", {}),
        ]
        by_code = [{"year": 2024, "dimension": of, "code": code, **figures} for of, code, figures in split]
        table(
            connection,
            "org_field",
            ["uscc VARCHAR", "year", "dimension VARCHAR", "code VARCHAR", *promised],
            [{"uscc": "U2", **row} for row in by_code],
        )
        regions = [("230000", "all"), ("230403", "own"), ("230403", "all")]
        table(
            connection,
            "region_field",
            [
                *("region_code VARCHAR", "reach VARCHAR", "year", "dimension VARCHAR", "code VARCHAR"),
                *(*promised, ORPHANS[0]),
            ],
            [{"region_code": region, "reach": reach, **row} for region, reach in regions for row in by_code],
        )
        table(
            connection,
            "int_ancestry",
            ["region_code VARCHAR", "ancestor_code VARCHAR"],
            [
                {"region_code": code, "ancestor_code": ancestor}
                for code, ancestor in [("230000", "230000"), ("230403", "230403"), ("230403", "230000")]
            ],
        )
        table(
            connection,
            "fct_commitment",
            ["commitment_no VARCHAR", "answerable_uscc VARCHAR", "state VARCHAR", "due_on DATE"],
            [
                {"commitment_no": "C1", "answerable_uscc": "U2", "state": "overdue", "due_on": "2024-02-29"},
                {"commitment_no": "C2", "answerable_uscc": "U2", "state": "contradicted", "due_on": "2024-02-29"},
                {"commitment_no": "C3", "answerable_uscc": "U2", "state": "contradicted", "due_on": "2024-03-01"},
                {"commitment_no": "C4", "answerable_uscc": "U1", "state": "fulfilled_late", "due_on": "2024-02-01"},
                {"commitment_no": "C5", "answerable_uscc": None, "state": "overdue", "due_on": "2024-02-01"},
            ],
        )
        ticket = {"uscc": "U2", "answerable_uscc": "U2", "is_duplicate": False, "resolve_state": "none"}
        table(
            connection,
            "fct_complaint",
            [
                *("ticket_no VARCHAR", "uscc VARCHAR", "answerable_uscc VARCHAR", "received_on DATE"),
                *("is_duplicate BOOLEAN", "resolve_state VARCHAR"),
            ],
            [
                {**ticket, "ticket_no": "T1", "received_on": "2024-02-01", "resolve_state": "overdue"},
                {**ticket, "ticket_no": "T2", "received_on": "2024-02-29", "is_duplicate": True},
                {**ticket, "ticket_no": "T3", "received_on": "2024-01-31", "uscc": "U1", "answerable_uscc": "U1"},
                {**ticket, "ticket_no": "T4", "received_on": "2023-12-31"},
                {**ticket, "ticket_no": "T5", "received_on": "2024-02-01", "uscc": None, "answerable_uscc": None},
            ],
        )
        table(
            connection,
            "fct_listing",
            ["case_no VARCHAR", "answerable_uscc VARCHAR", "is_active BOOLEAN"],
            [
                {"case_no": "L1", "answerable_uscc": "U2", "is_active": True},
                {"case_no": "L2", "answerable_uscc": "U1", "is_active": False},
            ],
        )
        table(
            connection,
            "int_ticket_tie",
            ["ticket_no VARCHAR", "counting_ticket_no VARCHAR", "is_duplicate BOOLEAN"],
            [
                {"ticket_no": "T1", "counting_ticket_no": "T1", "is_duplicate": False},
                {"ticket_no": "T2", "counting_ticket_no": "T1", "is_duplicate": True},
            ],
        )
        yield connection


@pytest.fixture
def database(agreed: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables that agree, to be changed: a test's changes go with it."""
    agreed.begin()
    yield agreed
    agreed.rollback()


OPEN = "assert_what_is_open_at_as_of_stands_in_the_last_month"
TICKETS = "assert_every_ticket_is_received_or_a_duplicate_in_its_month"
BELOW = "assert_a_region_is_the_sum_of_its_own_units_and_the_regions_below"
PROVINCES = "assert_units_in_scope_add_up_to_the_provinces"
ONCE = "assert_a_complaint_of_many_tickets_counts_once"
FIELDS = "assert_figures_by_field_add_up_to_those_of_the_year"


@pytest.mark.parametrize("test", [OPEN, TICKETS, BELOW, PROVINCES, ONCE, FIELDS])
def test_tables_that_agree_pass(database: duckdb.DuckDBPyConnection, test: str) -> None:
    assert broken_rows(database, test) == []


@pytest.mark.parametrize(
    ("test", "change"),
    [
        (OPEN, "update fct_commitment set state = 'in_progress' where commitment_no = 'C1'"),
        (OPEN, "update fct_commitment set due_on = '2024-03-01' where commitment_no = 'C2'"),
        (OPEN, "update fct_commitment set answerable_uscc = 'U1' where commitment_no = 'C1'"),
        (OPEN, "update fct_complaint set resolve_state = 'late' where ticket_no = 'T1'"),
        (OPEN, "update fct_listing set is_active = true where case_no = 'L2'"),
        (OPEN, "delete from org_monthly where uscc = 'U2'"),
        (TICKETS, "delete from fct_complaint where ticket_no = 'T2'"),
        (TICKETS, "update fct_complaint set received_on = '2024-02-01' where ticket_no = 'T3'"),
        (TICKETS, "update fct_complaint set is_duplicate = true where ticket_no = 'T1'"),
        (TICKETS, "delete from org_monthly where month = '2024-01-01'"),
        (BELOW, "update region_monthly set units_late = 1 where region_code = '230403' and reach = 'own'"),
        (BELOW, "update region_monthly set orphan_listings_active = 1 where region_code = '230000' and reach = 'all'"),
        (BELOW, "delete from int_ancestry where ancestor_code = '230000' and region_code = '230403'"),
        (PROVINCES, "update org_monthly set in_scope = true where uscc = 'U3'"),
        (PROVINCES, "update org_monthly set judgments_lost = 1 where uscc = 'U1'"),
        (PROVINCES, "delete from region_monthly where region_code = '230000' and reach = 'all'"),
        (ONCE, "update int_ticket_tie set is_duplicate = false where ticket_no = 'T2'"),
        (ONCE, "update int_ticket_tie set is_duplicate = true where ticket_no = 'T1'"),
        (FIELDS, "update org_field set commitments_due = 1 where code = 'debt'"),
        (FIELDS, "update org_field set commitments_fulfilled = 2 where code = 'contract'"),
        (FIELDS, "update org_field set year = 2023 where dimension = 'field'"),
        (FIELDS, "delete from org_field where code = 'none'"),
        (FIELDS, "delete from org_field where dimension = 'category'"),
        (FIELDS, "update region_field set commitments_overdue = 2 where code = 'none' and reach = 'own'"),
        (FIELDS, "update region_field set orphan_commitments_overdue = 1 where region_code = '230000'"),
        (FIELDS, "update org_monthly set commitments_due = 1 where uscc = 'U1' and month = '2024-02-01'"),
    ],
)
def test_one_row_that_does_not_agree_fails(database: duckdb.DuckDBPyConnection, test: str, change: str) -> None:
    database.execute(change)
    assert broken_rows(database, test)
