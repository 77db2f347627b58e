"""The tables of the world beyond what marts.md promises: clearance and the smaller ledgers, a good row or two each."""

from __future__ import annotations


def ledgers(unit: str) -> list[str]:
    """SQL that makes them, about one unit; the tables of marts.md are there already."""
    return [f"CREATE TABLE mart.marts.{name} AS {rows.replace('@unit', unit)}" for name, rows in ROWS.items()]


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
}
