"""How to make each check of the marts and of the registers fail: the table that is broken, and the SQL that does it.

`{}` stands for the table. One breakage a check: what a check is for, done to otherwise good data.
"""

from __future__ import annotations

from tests.unit.checks.checks_world import CITY, CLASSIFIED, COUNTY
from tests.unit.checks.ledgers_breakages import CLEARANCE, LEDGERS

Breakage = tuple[str, str]


def _mart(name: str, breakages: dict[str, str]) -> dict[str, Breakage]:
    return {check: (f"mart.marts.{name}", sql) for check, sql in breakages.items()}


REGISTERS: dict[str, Breakage] = {
    "organizations_roster_is_there": ("warehouse.raw.organizations", "DELETE FROM {}"),
    "delivery_has_arrived": ("warehouse.raw.delivery", "DELETE FROM {}"),
    "delivery_has_a_fingerprint": ("warehouse.raw.delivery", "UPDATE {} SET sha256 = NULL WHERE feed = 'tasks'"),
    "delivery_was_received_by_as_of": (
        "warehouse.raw.delivery",
        "UPDATE {} SET received_on = DATE '2024-03-01' WHERE delivery_id = 1",
    ),
    "delivery_of_the_last_day_is_readable": (
        "warehouse.raw.delivery",
        "UPDATE {} SET status = 'rejected', reason = 'no header' WHERE feed = 'tasks' AND received_on = '2024-02-25'",
    ),
    "policy_of_a_region_is_there": ("warehouse.policy.policy", "DELETE FROM {} WHERE policy_id <> ''"),
    "policy_defaults_stand_once": ("warehouse.policy.policy", "DELETE FROM {} WHERE policy_id = ''"),
    "policy_letter_due_is_mostly_filled": ("warehouse.policy.policy", "UPDATE {} SET letter_due = NULL"),
    "policy_of_a_region_has_rules": ("warehouse.policy.rule", "DELETE FROM {}"),
}

SINGLE_THINGS: dict[str, Breakage] = {
    **_mart(
        "dim_organization",
        {
            "dim_organization_is_not_empty": "DELETE FROM {}",
            "dim_organization_holds_every_open_unit": f"DELETE FROM {{}} WHERE uscc = '{COUNTY}'",
            "dim_organization_names_no_classified_unit": (
                f"UPDATE {{}} SET parent_uscc = '{CLASSIFIED}' WHERE uscc = '{COUNTY}'"
            ),
            "dim_organization_region_code_has_six_digits": "UPDATE {} SET region_code = '3601'",
            "dim_organization_is_abolished_after_it_was_established": "UPDATE {} SET abolished_on = DATE '1999-12-31'",
            "dim_organization_in_scope_exists_and_has_a_policy": "UPDATE {} SET abolished_on = DATE '2024-02-29'",
            "dim_organization_policy_is_known": "UPDATE {} SET policy_id = 'unheard-of'",
            "dim_organization_policy_is_mostly_filled": "UPDATE {} SET policy_id = NULL",
            "dim_organization_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN level",
        },
    ),
    **_mart(
        "dim_date",
        {
            "dim_date_has_5844_days": "DELETE FROM {} WHERE day = '2020-02-29'",
            "dim_date_runs_from_2015_to_2030": "UPDATE {} SET day = DATE '2014-12-31' WHERE day = '2015-01-01'",
            "dim_date_years_have_240_to_262_workdays": "UPDATE {} SET is_workday = false WHERE year(day) = 2024",
            "dim_date_workday_no_rises_on_workdays_only": (
                "UPDATE {} SET workday_no = workday_no + 1 WHERE day = '2024-02-10'"
            ),
            "dim_date_is_official_up_to_2026": "UPDATE {} SET is_official = true WHERE day = '2027-01-04'",
            "dim_date_has_the_promised_columns": "ALTER TABLE {} ALTER COLUMN workday_no TYPE INTEGER",
        },
    ),
    **_mart(
        "fct_commitment",
        {
            "fct_commitment_holds_every_row_of_int_commitment": "DELETE FROM {} WHERE commitment_no = 'C-4'",
            "fct_commitment_unit_is_mostly_known": "UPDATE {} SET uscc = NULL WHERE commitment_no = 'C-4'",
            "fct_commitment_names_no_classified_unit": (
                f"UPDATE {{}} SET answerable_uscc = '{CLASSIFIED}' WHERE commitment_no = 'C-4'"
            ),
            "fct_commitment_dates_stand_in_order": (
                "UPDATE {} SET made_on = DATE '2024-03-01', due_on = NULL WHERE commitment_no = 'C-4'"
            ),
            "fct_commitment_state_agrees_with_its_dates": (
                "UPDATE {} SET state = 'fulfilled_on_time' WHERE commitment_no = 'C-2'"
            ),
            "fct_commitment_days_overdue_only_when_overdue": (
                "UPDATE {} SET days_overdue = 1 WHERE commitment_no = 'C-4'"
            ),
            "fct_commitment_amount_and_year_are_in_range": "UPDATE {} SET amount_yuan = -0.01",
            "fct_commitment_field_is_a_known_code": "UPDATE {} SET field = '招商引资'",
            "fct_commitment_has_the_promised_columns": "ALTER TABLE {} ALTER COLUMN amount_yuan TYPE DOUBLE",
        },
    ),
    **_mart(
        "fct_complaint",
        {
            "fct_complaint_holds_every_row_of_int_complaint": "DELETE FROM {} WHERE ticket_no = 'T-5'",
            "fct_complaint_unit_is_mostly_known": "UPDATE {} SET uscc = NULL WHERE ticket_no = 'T-5'",
            "fct_complaint_resolve_due_is_mostly_filled": "UPDATE {} SET resolve_due_on = NULL",
            "fct_complaint_names_no_classified_unit": (
                f"UPDATE {{}} SET uscc = '{CLASSIFIED}' WHERE ticket_no = 'T-5'"
            ),
            "marts_have_no_personal_column": "ALTER TABLE {} ADD COLUMN complainant_phone VARCHAR",
            "fct_complaint_dates_stand_in_order": (
                "UPDATE {} SET rectified_on = DATE '2024-01-31' WHERE ticket_no = 'T-1'"
            ),
            "fct_complaint_accept_state_agrees_with_its_dates": (
                "UPDATE {} SET accept_state = 'on_time' WHERE ticket_no = 'T-2'"
            ),
            "fct_complaint_resolve_state_agrees_with_its_dates": (
                "UPDATE {} SET resolve_state = 'pending' WHERE ticket_no = 'T-3'"
            ),
            "fct_complaint_duplicate_or_excluded_has_no_state": (
                "UPDATE {} SET resolve_state = 'overdue' WHERE ticket_no = 'T-6'"
            ),
            "fct_complaint_category_is_a_known_code": "UPDATE {} SET category = 'noise'",
            "fct_complaint_finding_is_a_known_code": "UPDATE {} SET finding = '属实'",
            "fct_complaint_satisfaction_is_a_known_code": "UPDATE {} SET satisfaction = '5'",
            "fct_complaint_excluded_reason_is_a_known_code": "UPDATE {} SET excluded_reason = 'other'",
            "fct_complaint_has_the_promised_columns": "ALTER TABLE {} RENAME COLUMN replied_on TO answered_on",
        },
    ),
    **_mart(
        "fct_court_case",
        {
            "fct_court_case_holds_every_row_of_int_court_case": "DELETE FROM {}",
            "fct_court_case_court_is_mostly_filled": "UPDATE {} SET court = NULL",
            "fct_court_case_names_no_classified_unit": f"UPDATE {{}} SET answerable_uscc = '{CLASSIFIED}'",
            "fct_court_case_dates_stand_in_order": "UPDATE {} SET decided_on = DATE '2024-01-09'",
            "fct_court_case_amounts_are_not_negative": "UPDATE {} SET paid_yuan = -1",
            "fct_court_case_at_risk_is_an_unpaid_enforcement": "UPDATE {} SET paid_yuan = 100",
            "fct_court_case_outcome_is_a_known_code": "UPDATE {} SET outcome = '败诉'",
            "fct_court_case_status_is_a_known_code": "UPDATE {} SET status = 'open'",
            "fct_court_case_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN at_risk",
        },
    ),
    **_mart(
        "fct_listing",
        {
            "fct_listing_holds_every_row_of_int_listing": "INSERT INTO {} FROM {} LIMIT 1",
            "fct_listing_court_is_mostly_filled": "UPDATE {} SET court = NULL",
            "fct_listing_names_no_classified_unit": f"UPDATE {{}} SET uscc = '{CLASSIFIED}' WHERE is_active",
            "fct_listing_dates_stand_in_order": "UPDATE {} SET feedback_on = DATE '2024-01-10'",
            "fct_listing_is_active_until_it_is_removed": "UPDATE {} SET is_active = true, stage = 'shared'",
            "fct_listing_days_run_from_publication": "UPDATE {} SET days_listed = 51 WHERE is_active",
            "fct_listing_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN stage",
        },
    ),
    **_mart(
        "fct_integrity_record",
        {
            "fct_integrity_record_is_filled_when_units_are_listed": "DELETE FROM {}",
            "fct_integrity_record_names_its_source": "UPDATE {} SET record_id = 'listing:' || source_key",
            "fct_integrity_record_names_no_classified_unit": f"UPDATE {{}} SET answerable_uscc = '{CLASSIFIED}'",
            "fct_integrity_record_occurred_by_as_of": "UPDATE {} SET occurred_on = DATE '2024-03-01'",
            "fct_integrity_record_weight_agrees_with_its_status": "UPDATE {} SET status = 'revoked'",
            "fct_integrity_record_kind_agrees_with_its_feed": "UPDATE {} SET source_feed = 'court_cases'",
            "fct_integrity_record_field_is_a_known_code": "UPDATE {} SET field = 'roads'",
            "fct_integrity_record_has_the_promised_columns": "ALTER TABLE {} ALTER COLUMN weight TYPE DOUBLE",
        },
    ),
}

FIGURES: dict[str, Breakage] = {
    **_mart(
        "org_monthly",
        {
            "org_monthly_holds_every_existing_unit": "DELETE FROM {} WHERE month = '2024-01-01'",
            "org_monthly_month_lies_in_the_span": "UPDATE {} SET month = DATE '2024-02-29' WHERE month = '2024-02-01'",
            "org_monthly_policy_is_mostly_filled": "UPDATE {} SET policy_id = NULL",
            "org_monthly_names_no_classified_unit": f"UPDATE {{}} SET uscc = '{CLASSIFIED}' WHERE uscc = '{CITY}'",
            "org_monthly_counts_are_not_negative": "UPDATE {} SET records_new = -1 WHERE month = '2024-02-01'",
            "org_monthly_parts_are_no_more_than_the_whole": "UPDATE {} SET complaints_satisfied = 2",
            "org_monthly_flags_agree": "UPDATE {} SET is_late = true",
            "org_monthly_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN records_new",
        },
    ),
    **_mart(
        "region_monthly",
        {
            "region_monthly_holds_every_month": "DELETE FROM {} WHERE month = '2024-01-01'",
            "region_monthly_policy_is_mostly_filled": "UPDATE {} SET policy_id = NULL",
            "region_monthly_own_is_the_sum_of_its_units": (
                "UPDATE {} SET judgments_lost = judgments_lost + 1 WHERE region_code = '360102' AND reach = 'own'"
            ),
            "region_monthly_counts_are_not_negative": "UPDATE {} SET orphan_listings_active = -1",
            "region_monthly_rates_are_their_quotients": "UPDATE {} SET coverage_rate = NULL WHERE units_in_scope > 0",
            "region_monthly_rates_lie_between_0_and_1": "UPDATE {} SET coverage_target = 95",
            "region_monthly_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN publicity_target",
        },
    ),
    **_mart(
        "region_quarterly",
        {
            "region_quarterly_holds_every_region_of_its_months": "DELETE FROM {} WHERE region_code = '360102'",
            "region_quarterly_policy_is_mostly_filled": "UPDATE {} SET policy_id = NULL",
            "region_quarterly_is_made_of_its_months": (
                "UPDATE {} SET complaints_received = complaints_received / 2 WHERE region_code = '360102'"
            ),
            "region_quarterly_provinces_hold_every_region": (
                "UPDATE {} SET units_late = 1 WHERE region_code = '360000' AND reach = 'all'"
            ),
            "region_quarterly_rates_are_their_quotients": "UPDATE {} SET on_time_ratio = 0.5 WHERE commitments_due > 0",
            "region_quarterly_rates_lie_between_0_and_1": "UPDATE {} SET coverage_rate_prior_year = -0.1",
            "region_quarterly_rank_stands_in_all_rows_only": "UPDATE {} SET rank = 1",
            "region_quarterly_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN rank",
        },
    ),
    **_mart(
        "annual_assessment",
        {
            "annual_assessment_holds_every_unit_in_scope": f"DELETE FROM {{}} WHERE uscc = '{COUNTY}'",
            "annual_assessment_band_is_mostly_filled": "UPDATE {} SET band = NULL",
            "annual_assessment_names_no_classified_unit": f"UPDATE {{}} SET uscc = '{CLASSIFIED}' WHERE deducted > 0",
            "annual_assessment_score_lies_between_0_and_the_base": "UPDATE {} SET score = 100.0001",
            "annual_assessment_rank_lies_among_its_peers": "UPDATE {} SET rank = 2",
            "annual_assessment_has_the_promised_columns": "ALTER TABLE {} ALTER COLUMN score TYPE DOUBLE",
        },
    ),
    **_mart(
        "annual_deduction",
        {
            "annual_deduction_stands_behind_every_lost_point": "DELETE FROM {}",
            "annual_deduction_names_its_matter": "UPDATE {} SET matter = NULL",
            "annual_deduction_names_no_classified_unit": (
                f"UPDATE {{}} SET evidence_id = 'listing:（2024）赣0102执2号:{CLASSIFIED}'"
            ),
            "annual_deduction_applies_no_more_than_its_points": "UPDATE {} SET points_applied = 5.0001",
            "annual_deduction_occurred_by_its_year": "UPDATE {} SET year = 2023",
            "annual_deduction_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN points_raw",
        },
    ),
    **_mart(
        "evidence_row",
        {
            "evidence_row_is_not_empty_when_points_are_lost": "DELETE FROM {}",
            "evidence_row_points_at_a_row": "UPDATE {} SET row_no = 0",
            "evidence_row_stands_in_a_file_that_was_loaded": "UPDATE {} SET file = 'no-such-file.csv'",
            "evidence_row_names_no_classified_unit": f"UPDATE {{}} SET feed = 'organizations', key = '{CLASSIFIED}'",
        },
    ),
    **_mart(
        "region_assessment",
        {
            "region_assessment_counts_every_assessed_unit": (
                "UPDATE {} SET units = 3 WHERE region_code = '360000' AND reach = 'all'"
            ),
            "region_assessment_has_a_mean_where_it_has_units": "UPDATE {} SET mean_score = 0 WHERE units = 0",
            "region_assessment_mean_lies_between_0_and_the_base": "UPDATE {} SET mean_score = 100.01",
            "region_assessment_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN mean_score",
        },
    ),
}

ARRIVALS_AND_ALERTS: dict[str, Breakage] = {
    **_mart(
        "feed_monthly",
        {
            "feed_monthly_holds_every_feed_and_month": "DELETE FROM {} WHERE feed = 'tasks' AND month = '2024-01-01'",
            "feed_monthly_counts_every_delivery_of_the_span": "UPDATE {} SET deliveries = 3 WHERE feed = 'tasks'",
            "feed_monthly_with_a_delivery_is_reported": "UPDATE {} SET reported = false WHERE feed = 'tasks'",
            "feed_monthly_feed_is_a_known_code": "UPDATE {} SET feed = '投诉' WHERE feed = 'complaints'",
            "feed_monthly_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN reported",
        },
    ),
    **_mart(
        "alert",
        {
            "alert_stands_for_every_overdue_thing": "DELETE FROM {} WHERE kind = 'complaint_overdue'",
            "alert_says_what_it_is_about": "UPDATE {} SET message = '' WHERE subject = 'C-3'",
            "alert_id_is_kind_and_subject": "UPDATE {} SET alert_id = 'commitment:C-3' WHERE subject = 'C-3'",
            "alert_names_its_unit_and_region": "UPDATE {} SET region_code = NULL WHERE subject = 'C-3'",
            "alert_has_its_due_date": "UPDATE {} SET due_on = NULL WHERE kind = 'complaint_overdue'",
            "alert_kind_is_a_known_code": "UPDATE {} SET kind = 'weather' WHERE kind = 'feed_missing'",
            "alert_names_no_classified_unit": (
                f"UPDATE {{}} SET subject = '{CLASSIFIED}:2023Q4' WHERE kind = 'inventory_missing'"
            ),
            "alert_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN region_code",
        },
    ),
    **_mart(
        "delivery",
        {
            "delivery_holds_every_file_seen": "DELETE FROM {} WHERE feed = 'tasks' AND received_on = '2024-02-25'",
            "delivery_fingerprint_is_a_sha256": "UPDATE {} SET sha256 = 'ABC' WHERE feed = 'tasks'",
            "delivery_rows_add_up": "UPDATE {} SET rows_duplicate = 1 WHERE feed = 'tasks'",
            "delivery_is_rejected_with_a_reason": (
                "UPDATE {} SET status = 'rejected', rows_read = 0, rows_loaded = 0 WHERE feed = 'tasks'"
            ),
            "delivery_feed_is_a_known_code": "UPDATE {} SET feed = '任务' WHERE feed = 'tasks'",
            "delivery_folder_names_no_classified_unit": (
                "UPDATE {} SET file = '示例市保密单位/任务.csv' WHERE feed = 'tasks' AND received_on = '2024-02-25'"
            ),
            "delivery_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN rows_ignored",
        },
    ),
    **_mart(
        "quarantine",
        {
            "quarantine_holds_every_row_counted": "DELETE FROM {}",
            "quarantine_gives_readable_reasons": "UPDATE {} SET reasons = []",
            "quarantine_row_is_a_json_object": "UPDATE {} SET row = '[1]'",
            "quarantine_shows_no_personal_value": (
                """UPDATE {} SET feed = 'court_cases', row = '{"unit_name": "某某某"}'"""
            ),
            "quarantine_names_no_classified_unit": f"""UPDATE {{}} SET row = '{{"uscc": "{CLASSIFIED}"}}'""",
            "quarantine_has_the_promised_columns": "ALTER TABLE {} DROP COLUMN sheet",
        },
    ),
}

BREAKAGES: dict[str, Breakage] = {
    **REGISTERS,
    **SINGLE_THINGS,
    **FIGURES,
    **ARRIVALS_AND_ALERTS,
    **CLEARANCE,
    **LEDGERS,
}
