"""The tables of the world beyond what marts.md promises: clearance and the smaller ledgers, a good row or two each."""

from __future__ import annotations


def ledgers(unit: str) -> list[str]:
    """SQL that makes them, about one unit; the tables of marts.md are there already."""
    return [f"CREATE TABLE mart.marts.{name} AS {rows.replace('@unit', unit)}" for name, rows in ROWS.items()]


#: The unit of a row, who answers for it, and its region.
OWNER = "'@unit' AS uscc, '@unit' AS answerable_uscc, '360100' AS region_code"

ROWS: dict[str, str] = {
    "policy_parameter": """SELECT policy_id, 'clearance.years' AS key, '3' AS value, 'office' AS set_by,
        CAST(NULL AS VARCHAR) AS inherited_from FROM warehouse.policy.policy""",
    "region_policy": """SELECT DISTINCT region_code, DATE '2024-01-01' AS valid_from, CAST(NULL AS DATE) AS valid_to,
        policy_id FROM mart.marts.dim_organization""",
    "succession": """SELECT '@unit' AS uscc, DATE '1900-01-01' AS valid_from, CAST(NULL AS DATE) AS valid_to,
        '@unit' AS answerable_uscc""",
    "record_period": """SELECT record_id, occurred_on AS valid_from, CAST(NULL AS DATE) AS valid_to, kind, uscc,
        answerable_uscc, occurred_on, CAST(NULL AS DATE) AS counts_until, status, weight
        FROM mart.marts.fct_integrity_record""",
    "overdue_period": """SELECT commitment_no, state, due_on AS valid_from, CAST(NULL AS DATE) AS valid_to, uscc
        FROM mart.marts.fct_commitment WHERE state IN ('overdue', 'breached')""",
    "clearance": """SELECT uscc, CASE WHEN uscc = '@unit' THEN 'barred' ELSE 'clear' END AS clearance,
        CAST(2022 AS BIGINT) AS counted_from_year, CAST(CASE WHEN uscc = '@unit' THEN 2 ELSE 0 END AS BIGINT)
        AS records_counted, CAST(CASE WHEN uscc = '@unit' THEN 1 ELSE 0 END AS BIGINT) AS listings_active,
        CAST(2 AS BIGINT) AS commitments_overdue FROM mart.marts.dim_organization""",
    "procedure": f"""SELECT 'C-1' AS commitment_no, {OWNER}, 'jiangxi' AS policy_id,
        CAST(2 AS BIGINT) AS steps_required, CAST(1 AS BIGINT) AS steps_done, 'survey ' AS steps_missing,
        false AS is_complete""",
    "inventory": """SELECT '@unit' AS uscc, '2023Q4' AS quarter, '360100' AS region_code, DATE '2024-01-15' AS due_on,
        CAST(NULL AS DATE) AS submitted_on, 'missing' AS state""",
    "transfer": f"""SELECT 'T-1' AS ticket_no, CAST(1 AS BIGINT) AS transfer_no, '示例县住建局' AS to_name,
        '@unit' AS to_uscc, {OWNER}, DATE '2024-02-01' AS transferred_on, CAST(NULL AS DATE) AS held_until,
        CAST(28 AS BIGINT) AS days_held, CAST(18 AS BIGINT) AS workdays_held""",
    "rectification": f"SELECT 'complaints:T-1' AS subject, {OWNER}, 'late' AS state",
    "arrear": f"""SELECT 'A-1' AS arrear_no, {OWNER}, DATE '2024-01-15' AS due_on, true AS is_overdue,
        CAST(45 AS BIGINT) AS days_overdue, 'up_to_90_days' AS age, CAST(100 AS DECIMAL(18, 2)) AS unpaid_yuan,
        CAST(2.25 AS DECIMAL(18, 2)) AS interest_yuan""",
    "evaluation": """SELECT 'E-1' AS evaluation_no, '@unit' AS uscc, '360100' AS region_code, '某研究院' AS evaluator,
        CAST(2024 AS BIGINT) AS year""",
    "honour": f"SELECT 'H-1' AS honour_no, {OWNER}, '荣誉' AS title, 'barred' AS clearance, true AS is_barred",
    "proposal": f"SELECT 'P-1' AS proposal_no, {OWNER}, 'pending' AS state",
    "opinion": f"""SELECT 'O-1' AS event_no, {OWNER}, CAST(NULL AS DATE) AS handled_on, CAST(45 AS BIGINT) AS days,
        true AS is_open""",
    "task": f"SELECT 'K-1' AS task_no, 'lead' AS role, '示例市住建局' AS unit_name, '任务' AS title, {OWNER}",
    "accountability_case": f"SELECT 'R-1' AS record_no, {OWNER}, 'decided' AS stage, DATE '2024-02-01' AS decided_on",
    "listing_notice": f"""SELECT '（2024）赣0102执9号' AS case_no, {OWNER}, DATE '2024-02-01' AS notice_on,
        CAST(NULL AS DATE) AS listed_on, 'planned' AS state""",
    "listing_notice_day": """SELECT DATE '2023-12-15' AS day, false AS reported, CAST(0 AS BIGINT) AS deliveries""",
    "listing_loop": """SELECT case_no, uscc, answerable_uscc, '360100' AS region_code, stage,
        published_on AS stage_since, days_listed FROM mart.marts.fct_listing""",
    "region_listing_loop": """SELECT '360100' AS region_code, reach, 'exited' AS stage, CAST(1 AS BIGINT) AS listings,
        CAST(48 AS DECIMAL(12, 2)) AS mean_days, CAST(NULL AS DECIMAL(12, 2)) AS mean_days_from_notice,
        CAST(1 AS BIGINT) AS waiting, DATE '2024-01-12' AS waiting_since
        FROM (VALUES ('own'), ('all')) AS r (reach)""",
    "stale_publication": f"""SELECT 'C-2' AS commitment_no, {OWNER}, '兑现奖补' AS title, 'fulfilled_late' AS state,
        DATE '2024-02-01' AS published_on, DATE '2024-02-02' AS changed_on, CAST(27 AS BIGINT) AS days_stale""",
    "compensation": f"""SELECT 'C-7' AS commitment_no, {OWNER}, '兑现奖补' AS title, true AS is_lawful_change,
        CAST(100 AS DECIMAL(18, 2)) AS compensation_due_yuan, CAST(100 AS DECIMAL(18, 2)) AS compensated_yuan,
        CAST(0 AS DECIMAL(18, 2)) AS unpaid_yuan, 'paid' AS state""",
    "org_ledger": """SELECT answerable_uscc AS uscc, 'listings' AS ledger, count(*) AS things,
        count(*) FILTER (WHERE stage = 'exited') AS things_done, CAST(0 AS BIGINT) AS things_overdue,
        CAST(0 AS BIGINT) AS things_flagged FROM mart.marts.listing_loop GROUP BY ALL""",
    "region_ledger": """SELECT '360100' AS region_code, reach, ledger, CAST(1 AS BIGINT) AS units, things
        FROM mart.marts.org_ledger CROSS JOIN (VALUES ('own'), ('all')) AS r (reach)""",
    "org_field": """SELECT '@unit' AS uscc, CAST(2024 AS BIGINT) AS year, 'field' AS dimension, 'investment' AS code,
        CAST(7 AS BIGINT) AS commitments, CAST(4 AS BIGINT) AS commitments_due, CAST(2 AS BIGINT)
        AS commitments_fulfilled""",
    "region_field": """SELECT '360100' AS region_code, 'all' AS reach, year, dimension, code, commitments,
        commitments_due, commitments_fulfilled, CAST(1 AS BIGINT) AS units_committed,
        CAST(0.5 AS DOUBLE) AS coverage_rate, CAST(0.5 AS DOUBLE) AS fulfilment_ratio FROM mart.marts.org_field""",
    "commitment_flaw": """SELECT 'C-6' AS commitment_no, 'no_due_date' AS flaw, CAST(2024 AS BIGINT) AS year,
        '@unit' AS uscc, '@unit' AS answerable_uscc""",
    "roster_gap": """SELECT 'silent' AS kind, '@unit' AS subject, '示例市住建局' AS name, '@unit' AS uscc,
        CAST(0 AS BIGINT) AS rows_seen""",
    "feed_reporting": """SELECT '320100' AS region_code, reach, 'complaints' AS feed, DATE '2024-01-01' AS month,
        CAST(2 AS BIGINT) AS units_asked, CAST(1 AS BIGINT) AS units_reported, CAST(0.5 AS DOUBLE) AS reporting_rate
        FROM (VALUES ('own'), ('all')) AS r (reach)""",
}
