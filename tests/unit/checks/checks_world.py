"""A small world on which every check passes: two units in two regions, one classified unit, January and February 2024.

Each table has the columns that docs/architecture.md and the contracts give it, as far as a suite looks at them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dagster_project import contracts
from dagster_project.checks import CheckOutcome, Runner, Suite, load_suites
from tests.unit.checks.ledgers_world import ledgers

AS_OF = date(2024, 2, 29)
CITY, COUNTY, CLASSIFIED = "11360100000000012A", "11360102000000034B", "11360100000000056C"

COUNTS = [
    "commitments_made",
    "commitments_due",
    "commitments_fulfilled",
    "commitments_on_time",
    "commitments_overdue",
    "amount_due_yuan",
    "amount_fulfilled_yuan",
    "complaints_received",
    "complaints_duplicate",
    "complaints_excluded",
    "complaints_accept_due",
    "complaints_accepted_on_time",
    "complaints_due",
    "complaints_resolved_on_time",
    "complaints_open_overdue",
    "complaints_substantiated",
    "complaints_rated",
    "complaints_satisfied",
    "listings_active",
    "listings_new",
    "listings_exited",
    "judgments_lost",
    "records_new",
]
#: Figures of a quarter that are the sum of its months; the others stand as at its last day.
SUMMED = [
    "complaints_received",
    "complaints_duplicate",
    "complaints_excluded",
    "complaints_accept_due",
    "complaints_accepted_on_time",
    "complaints_due",
    "complaints_resolved_on_time",
    "complaints_substantiated",
    "complaints_rated",
    "complaints_satisfied",
    "listings_new",
    "listings_exited",
    "judgments_lost",
    "records_new",
]
UNITS = [
    "units_in_scope",
    "units_with_letter",
    "units_letter_complete",
    "units_published",
    "units_late",
]
ORPHANS = [
    "orphan_commitments_overdue",
    "orphan_complaints_open_overdue",
    "orphan_listings_active",
]
TARGETS = [
    "coverage_rate_prior_year",
    "coverage_target",
    "coverage_next_target",
    "publicity_target",
]
RATES = {
    "coverage_rate": ("units_with_letter", "units_in_scope"),
    "publicity_rate": ("units_published", "units_with_letter"),
    "fulfilment_ratio": ("commitments_fulfilled", "commitments_due"),
    "on_time_ratio": ("commitments_on_time", "commitments_due"),
    "amount_fulfilment_ratio": ("amount_fulfilled_yuan", "amount_due_yuan"),
    "acceptance_rate": ("complaints_accepted_on_time", "complaints_accept_due"),
    "resolution_rate": ("complaints_resolved_on_time", "complaints_due"),
    "satisfaction_rate": ("complaints_satisfied", "complaints_rated"),
}

#: The landing's types, and a value of each, for the types of the contracts.
LANDED = {
    "date": "DATE '2024-01-15'",
    "money": "CAST(100 AS DECIMAL(18, 2))",
    "number": "CAST(0.5 AS DECIMAL(18, 6))",
    "integer": "CAST(2024 AS BIGINT)",
    "boolean": "true",
    "list": "['x']",
}


@dataclass
class World:
    """The good data, and what a test has changed of it."""

    connection: Any
    runner: Runner
    broken: set[str] = field(default_factory=set)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return rows

    def keep(self) -> None:
        """Remembers every table as it is."""
        self.run("CREATE SCHEMA good")
        tables = self.run(
            "SELECT database_name || '.' || schema_name || '.' || table_name FROM duckdb_tables()"
            " WHERE database_name IN ('warehouse', 'mart')"
        )
        for (table,) in tables:
            self.run(f"CREATE TABLE good.{_kept(table)} AS FROM {table}")

    def change(self, table: str, sql: str) -> None:
        """Runs SQL in which `{}` stands for the table; the table is mended afterwards."""
        self.broken.add(table)
        self.run(sql.replace("{}", table))

    def mend(self) -> None:
        for table in self.broken:
            self.run(f"CREATE OR REPLACE TABLE {table} AS FROM good.{_kept(table)}")
        self.broken.clear()

    def outcomes(self, suite: Suite, check: str | None = None) -> list[CheckOutcome]:
        """Runs a suite, or one check of it."""
        kept = [item for item in suite.checks if check in (None, item.name)]
        return self.runner.run(replace(suite, checks=tuple(kept)))

    def outcome(self, check: str) -> CheckOutcome:
        suite = next(suite for suite in load_suites() if any(item.name == check for item in suite.checks))
        (outcome,) = self.outcomes(suite, check)
        return outcome

    def suite(self, asset: str) -> Suite:
        return next(suite for suite in load_suites() if suite.asset == asset)


def _kept(table: str) -> str:
    return '"' + table.replace(".", "_") + '"'


def build(run: Callable[[str], Any]) -> None:
    """Makes the world with a function that runs SQL; `warehouse` and `mart` are attached and empty."""
    for statement in (*_warehouse(), *_marts(), *_intermediate(), *ledgers(CITY)):
        run(statement)


def _warehouse() -> list[str]:
    feeds = ", ".join(f"('{feed}', {contract.is_core})" for feed, contract in contracts.load().items())
    statements = [
        "CREATE SCHEMA warehouse.raw",
        "CREATE SCHEMA warehouse.policy",
        f"CREATE TABLE warehouse.raw.feed AS SELECT * FROM (VALUES {feeds}) AS feed (feed, is_core)",
        """CREATE TABLE warehouse.raw.delivery AS
           SELECT row_number() OVER (ORDER BY feed, received_on) AS delivery_id, feed, received_on,
                  feed || '.csv' AS file, repeat('0a', 32) AS sha256, 'loaded' AS status,
                  CAST(NULL AS VARCHAR) AS reason, CAST(10 AS BIGINT) AS rows_read,
                  CASE WHEN feed = 'commitments' AND received_on = '2024-02-25' THEN 1 ELSE 0 END AS rows_quarantined,
                  0 AS rows_ignored
           FROM warehouse.raw.feed CROSS JOIN (VALUES (DATE '2024-01-05'), (DATE '2024-01-25'), (DATE '2024-02-05'),
                  (DATE '2024-02-25')) AS day (received_on)""",
        """CREATE TABLE warehouse.policy.policy AS SELECT * FROM (VALUES
           ('', NULL), ('jiangxi', '03-31')) AS policy (policy_id, letter_due)""",
        "CREATE TABLE warehouse.policy.rule AS SELECT 'jiangxi' AS policy_id, 'records' AS rule_id",
        "CREATE TABLE warehouse.policy.ledger_kind AS SELECT 'jiangxi' AS policy_id, 'listing' AS kind",
    ]
    for feed, contract in contracts.load().items():
        columns = {name: LANDED.get(column.type, f"'{name}'") for name, column in contract.columns.items()}
        own = {"seen_norm": "'x'"} if feed == "identity_decisions" else {}
        values = ", ".join(f"{value} AS {name}" for name, value in {**columns, **own}.items())
        statements.append(
            f"""CREATE TABLE warehouse.raw.{feed} AS
                SELECT delivery_id, row_no, row_no AS line_no, false AS retracted, {values}
                FROM warehouse.raw.delivery CROSS JOIN range(10) AS r (row_no)
                WHERE feed = '{feed}' AND row_no >= rows_quarantined"""
        )
    return statements


def _marts() -> list[str]:
    counts = ", ".join(f"CAST(1 AS {_type(name)}) AS {name}" for name in COUNTS)
    return [
        "CREATE SCHEMA mart.marts",
        f"""CREATE TABLE mart.marts.dim_organization AS
            SELECT uscc, name, region_code, level, 'department' AS org_type, CAST(NULL AS VARCHAR) AS parent_uscc,
                   DATE '2000-01-01' AS established_on, CAST(NULL AS DATE) AS abolished_on,
                   CAST(NULL AS VARCHAR) AS successor_uscc, uscc AS answerable_uscc, 'jiangxi' AS policy_id,
                   true AS in_scope
            FROM (VALUES ('{CITY}', '示例市住建局', '360100', 'city'), ('{COUNTY}', '示例县住建局', '360102', 'county'))
                AS unit (uscc, name, region_code, level)""",
        # Monday to Friday, without a Friday in ten: about 247 workdays a year.
        """CREATE TABLE mart.marts.dim_date AS
           SELECT day, is_workday, count(*) FILTER (WHERE is_workday) OVER (ORDER BY day) AS workday_no, is_official
           FROM (SELECT day, isodow(day) < 5 OR (isodow(day) = 5 AND day(day) > 7) AS is_workday,
                        year(day) <= 2026 AS is_official
                 FROM (SELECT DATE '2015-01-01' + CAST(i AS INTEGER) AS day FROM range(5844) AS r (i)))""",
        f"""CREATE TABLE mart.marts.fct_commitment AS
            SELECT number AS commitment_no, '{CITY}' AS uscc, '{CITY}' AS answerable_uscc, CAST(2024 AS BIGINT) AS year,
                   'policy' AS category, 'investment' AS field, '兑现奖补' AS title,
                   CAST(100 AS DECIMAL(18, 2)) AS amount_yuan, DATE '2024-01-01' AS made_on,
                   CAST(due AS DATE) AS due_on, CAST(fulfilled AS DATE) AS fulfilled_on, state,
                   CAST(late AS BIGINT) AS days_overdue
            FROM (VALUES ('C-1', '2024-02-01', '2024-02-01', 'fulfilled_on_time', 0),
                         ('C-2', '2024-02-01', '2024-02-02', 'fulfilled_late', 0),
                         ('C-3', '2024-02-29', NULL, 'overdue', 0), ('C-4', '2024-03-01', NULL, 'in_progress', 0),
                         ('C-5', '2024-02-01', NULL, 'breached', 28), ('C-6', NULL, '2024-02-01', 'contradicted', 0),
                         ('C-7', NULL, NULL, 'lawfully_changed', 0)) AS c (number, due, fulfilled, state, late)""",
        f"""CREATE TABLE mart.marts.fct_complaint AS
            SELECT number AS ticket_no, 'hotline' AS channel, 'contract' AS category, '{CITY}' AS uscc,
                   '{CITY}' AS answerable_uscc, 'C-6' AS commitment_no, DATE '2024-02-01' AS received_on,
                   CAST(accept_due AS DATE) AS accept_due_on, CAST(accepted AS DATE) AS accepted_on,
                   CAST(due AS DATE) AS resolve_due_on, CAST(resolved AS DATE) AS resolved_on,
                   CAST(resolved AS DATE) AS replied_on, 'partly' AS finding, 'fair' AS satisfaction,
                   is_duplicate, excluded AS excluded_reason, accept_state, resolve_state,
                   CAST(resolved AS DATE) AS rectify_due_on, CAST(resolved AS DATE) AS rectified_on
            FROM (VALUES
                ('T-1', '2024-02-05', '2024-02-05', '2024-02-20', '2024-02-20', false, NULL, 'on_time', 'on_time'),
                ('T-2', '2024-02-05', '2024-02-06', '2024-02-20', '2024-02-21', false, NULL, 'late', 'late'),
                ('T-3', '2024-02-05', NULL, '2024-02-29', NULL, false, NULL, 'overdue', 'overdue'),
                ('T-4', '2024-03-01', NULL, '2024-03-01', NULL, false, NULL, 'pending', 'pending'),
                ('T-5', '2024-02-05', NULL, '2024-02-20', NULL, true, NULL, 'none', 'none'),
                ('T-6', '2024-02-05', NULL, '2024-02-20', NULL, false, 'litigation', 'none', 'none'))
                AS t (number, accept_due, accepted, due, resolved, is_duplicate, excluded, accept_state,
                      resolve_state)""",
        f"""CREATE TABLE mart.marts.fct_court_case AS
            SELECT '（2024）赣0102执1号' AS case_no, '{CITY}' AS uscc, '{CITY}' AS answerable_uscc,
                   'enforcement' AS case_type, '示例法院' AS court, DATE '2024-01-10' AS filed_on,
                   DATE '2024-01-20' AS decided_on, 'lost' AS outcome, CAST(100 AS DECIMAL(18, 2)) AS amount_yuan,
                   CAST(99 AS DECIMAL(18, 2)) AS paid_yuan, 'performing' AS status, CAST(NULL AS DATE) AS fulfilled_on,
                   true AS at_risk""",
        f"""CREATE TABLE mart.marts.fct_listing AS
            SELECT number AS case_no, '{CITY}' AS uscc, '{CITY}' AS answerable_uscc, '示例法院' AS court,
                   DATE '2024-01-10' AS published_on, CAST(removed AS DATE) AS removed_on,
                   DATE '2024-01-11' AS warned_on, DATE '2024-01-12' AS feedback_on, stage, is_active,
                   CAST(days AS BIGINT) AS days_listed
            FROM (VALUES ('（2024）赣0102执2号', NULL, 'feedback', true, 50),
                         ('（2024）赣0102执3号', '2024-02-29', 'exited', false, 50))
                AS l (number, removed, stage, is_active, days)""",
        """CREATE TABLE mart.marts.fct_integrity_record AS
            SELECT 'listing:' || case_no || ':' || uscc AS record_id, 'listing' AS kind, 'case:' || case_no AS matter,
                   uscc, answerable_uscc, published_on AS occurred_on, CAST('other' AS VARCHAR) AS field,
                   'active' AS status, CAST(1 AS DECIMAL(6, 4)) AS weight, 'dishonest_debtors' AS source_feed,
                   case_no AS source_key
            FROM mart.marts.fct_listing""",
        f"""CREATE TABLE mart.marts.org_monthly AS
            SELECT uscc, month, region_code, policy_id, true AS in_scope, true AS has_letter, true AS letter_complete,
                   true AS is_published, false AS is_late, {counts}
            FROM mart.marts.dim_organization
            CROSS JOIN (VALUES (DATE '2024-01-01'), (DATE '2024-02-01')) AS m (month)""",
        *_regions(),
        f"""CREATE TABLE mart.marts.annual_assessment AS
            SELECT uscc, CAST(2024 AS BIGINT) AS year, policy_id, level, org_type, CAST(100 AS DECIMAL(12, 4)) AS base,
                   CAST(CASE WHEN uscc = '{CITY}' THEN 5 ELSE 0 END AS DECIMAL(12, 4)) AS deducted,
                   CAST(CASE WHEN uscc = '{CITY}' THEN 95 ELSE 100 END AS DECIMAL(12, 4)) AS score, '优秀' AS band,
                   CAST(1 AS BIGINT) AS rank, CAST(1 AS BIGINT) AS peers
            FROM mart.marts.dim_organization""",
        """CREATE TABLE mart.marts.annual_deduction AS
            SELECT uscc, CAST(2024 AS BIGINT) AS year, 'listings' AS rule_id, 'record' AS evidence_kind,
                   record_id AS evidence_id, matter, occurred_on, CAST(1 AS DECIMAL(12, 6)) AS quantity,
                   CAST(5 AS DECIMAL(12, 4)) AS points_raw, CAST(5 AS DECIMAL(12, 4)) AS points_applied,
                   CAST(1 AS BIGINT) AS deduction_no
            FROM mart.marts.fct_integrity_record WHERE source_key LIKE '%2号'""",
        """CREATE TABLE mart.marts.region_assessment AS
           SELECT region_code, reach, CAST(2024 AS BIGINT) AS year, units_in_scope AS units,
                  CAST(CASE WHEN units_in_scope > 0 THEN 97.5 END AS DECIMAL(12, 4)) AS mean_score
           FROM mart.marts.region_monthly WHERE month = '2024-02-01'""",
        """CREATE TABLE mart.marts.delivery AS
           SELECT feed, received_on, file, sha256, status, reason, rows_read,
                  CAST(rows_read - rows_quarantined - rows_ignored AS BIGINT) AS rows_loaded,
                  CAST(rows_quarantined AS BIGINT) AS rows_quarantined, CAST(0 AS BIGINT) AS rows_duplicate,
                  CAST(rows_ignored AS BIGINT) AS rows_ignored, CAST(0 AS BIGINT) AS rows_warned
           FROM warehouse.raw.delivery""",
        """CREATE TABLE mart.marts.evidence_row AS
           SELECT deduction.deduction_no, delivery.feed, record.source_key AS key, received_on, file,
                  CAST(NULL AS VARCHAR) AS sheet, CAST(2 AS BIGINT) AS row_no
           FROM mart.marts.annual_deduction AS deduction
           INNER JOIN mart.marts.fct_integrity_record AS record ON deduction.evidence_id = record.record_id
           INNER JOIN mart.marts.delivery AS delivery
               ON delivery.feed = 'dishonest_debtors' AND delivery.received_on = '2024-01-25'""",
        """CREATE TABLE mart.marts.feed_monthly AS
           SELECT feed, CAST(date_trunc('month', received_on) AS DATE) AS month, true AS reported,
                  count(*) AS deliveries, CAST(sum(rows_loaded) AS BIGINT) AS rows_loaded
           FROM mart.marts.delivery GROUP BY ALL""",
        """CREATE TABLE mart.marts.quarantine AS
           SELECT feed, received_on, file, CAST(NULL AS VARCHAR) AS sheet, CAST(2 AS BIGINT) AS row_no,
                  ['missing:title', 'unreadable:year'] AS reasons, '{"commitment_no": "C-8", "year": "去年"}' AS row
           FROM mart.marts.delivery WHERE rows_quarantined > 0""",
        f"""CREATE TABLE mart.marts.alert AS
            SELECT kind || ':' || subject AS alert_id, kind, CAST(uscc AS VARCHAR) AS uscc,
                   CASE WHEN uscc IS NOT NULL THEN '360100' END AS region_code, subject, CAST(due AS DATE) AS due_on,
                   '请处理' AS message
            FROM (VALUES ('commitment_overdue', '{CITY}', 'C-3', '2024-02-29'),
                         ('commitment_overdue', '{CITY}', 'C-5', '2024-02-01'),
                         ('complaint_overdue', '{CITY}', 'T-3', '2024-02-29'),
                         ('listing_active', '{CITY}', '（2024）赣0102执2号:{CITY}', NULL),
                         ('inventory_missing', '{CITY}', '{CITY}:2023Q4', '2024-01-15'),
                         ('feed_missing', NULL, 'complaints:2024-01', '2024-02-22'))
                AS a (kind, uscc, subject, due)""",
    ]


def _regions() -> list[str]:
    units = """count(*) FILTER (WHERE uscc IS NOT NULL) AS units_in_scope, count(*) FILTER (WHERE has_letter) AS
        units_with_letter, count(*) FILTER (WHERE letter_complete) AS units_letter_complete,
        count(*) FILTER (WHERE is_published) AS units_published, count(*) FILTER (WHERE is_late) AS units_late"""
    sums = ", ".join(f"CAST(coalesce(sum({name}), 0) AS {_type(name)}) AS {name}" for name in COUNTS)
    fixed = [f"CAST(0 AS BIGINT) AS {name}" for name in ORPHANS]
    fixed += [f"CAST(0.9 AS DOUBLE) AS {name}" for name in TARGETS]
    rates = ", ".join(f"CAST({part} AS DOUBLE) / nullif({whole}, 0) AS {rate}" for rate, (part, whole) in RATES.items())
    stock = [name for name in (*UNITS, *COUNTS, *ORPHANS) if name not in SUMMED]
    quarter = ", ".join(
        [f"CAST(sum({name}) AS {_type(name)}) AS {name}" for name in SUMMED]
        + [f"CAST(sum({name}) FILTER (WHERE month = '2024-02-01') AS {_type(name)}) AS {name}" for name in stock]
    )
    return [
        f"""CREATE TABLE mart.marts.region_monthly AS
            SELECT *, {rates}
            FROM (SELECT region.code AS region_code, region.reach, month.month, 'jiangxi' AS policy_id, {units}, {sums},
                         {", ".join(fixed)}
                  FROM (VALUES ('360000', 'own', '^360000$'), ('360000', 'all', '^36'), ('360100', 'own', '^360100$'),
                        ('360100', 'all', '^3601'), ('360102', 'own', '^360102$'), ('360102', 'all', '^360102$'))
                       AS region (code, reach, holds)
                  CROSS JOIN (SELECT DISTINCT month FROM mart.marts.org_monthly) AS month
                  LEFT JOIN mart.marts.org_monthly AS unit
                      ON unit.month = month.month AND regexp_matches(unit.region_code, region.holds)
                  GROUP BY ALL)""",
        f"""CREATE TABLE mart.marts.region_quarterly AS
            SELECT *, {rates}, CASE WHEN reach = 'all' THEN CAST(1 AS BIGINT) END AS rank
            FROM (SELECT region_code, reach, '2024Q1' AS quarter, policy_id, {quarter},
                         {", ".join(f"CAST(0.9 AS DOUBLE) AS {name}" for name in TARGETS)}
                  FROM mart.marts.region_monthly GROUP BY ALL)""",
    ]


def _intermediate() -> list[str]:
    facts = [
        f"CREATE TABLE warehouse.intermediate.int_{name} AS FROM mart.marts.fct_{name}"
        for name in ("commitment", "complaint", "court_case", "listing")
    ]
    return [
        "CREATE SCHEMA warehouse.intermediate",
        f"""CREATE TABLE warehouse.intermediate.int_unit AS
            SELECT CAST(unit_no AS INTEGER) AS unit_no, uscc, name, name AS name_norm, is_classified
            FROM (VALUES (1, '{CITY}', '示例市住建局', false), (2, '{COUNTY}', '示例县住建局', false),
                         (3, '{CLASSIFIED}', '示例市保密单位', true)) AS unit (unit_no, uscc, name, is_classified)""",
        "CREATE SCHEMA warehouse.staging",
        """CREATE TABLE warehouse.staging.stg_unit_name AS
           SELECT name_norm, unit_no, is_classified FROM warehouse.intermediate.int_unit""",
        """CREATE TABLE warehouse.intermediate.int_month AS
           SELECT 24288 + month(month) - 1 AS month_no, month, CAST(2024 AS BIGINT) AS year, '2024Q1' AS quarter
           FROM (VALUES (DATE '2024-01-01'), (DATE '2024-02-01')) AS m (month)""",
        """CREATE TABLE warehouse.intermediate.int_unit_month AS
           SELECT unit_no, month_no, true AS is_existing, true AS in_scope
           FROM warehouse.intermediate.int_unit CROSS JOIN warehouse.intermediate.int_month WHERE NOT is_classified""",
        """CREATE TABLE warehouse.intermediate.int_publication_shown AS
           SELECT 'C-2' AS commitment_no, DATE '2024-02-01' AS published_on""",
        *facts,
    ]


def _type(name: str) -> str:
    return "DECIMAL(18, 2)" if name.startswith("amount_") else "BIGINT"
