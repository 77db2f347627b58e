"""What the checks on marts must let pass: rightful cases that come close to what they forbid."""

from __future__ import annotations

import pytest

from tests.unit.checks.checks_world import CITY, CLASSIFIED, World


@pytest.mark.parametrize(("status", "passes"), [("rejected", True), ("loaded", False)])
def test_only_a_file_that_could_not_be_opened_lacks_a_fingerprint(world: World, status: str, passes: bool) -> None:
    world.change("mart.marts.delivery", f"UPDATE {{}} SET sha256 = '', status = '{status}' WHERE feed = 'tasks'")
    assert world.outcome("delivery_fingerprint_is_a_sha256").passed is passes


def test_a_name_that_only_contains_a_classified_name_may_be_reviewed(world: World) -> None:
    world.change(
        "mart.marts.alert",
        "INSERT INTO {} SELECT 'identity_review:tasks:示例市保密单位食堂', 'identity_review', NULL, NULL,"
        " 'tasks:示例市保密单位食堂', NULL, '请认定'",
    )
    assert world.outcome("alert_names_no_classified_unit").passed


def test_a_classified_name_may_not_be_reviewed(world: World) -> None:
    world.change(
        "mart.marts.alert",
        "INSERT INTO {} SELECT 'identity_review:tasks:示例市保密单位', 'identity_review', NULL, NULL,"
        " 'tasks:示例市保密单位', NULL, '请认定'",
    )
    outcome = world.outcome("alert_names_no_classified_unit")
    assert not outcome.passed
    assert outcome.rows == ({"kind": "identity_review"},)


def raise_alert(world: World, kind: str, subject: str) -> None:
    world.change(
        "mart.marts.alert",
        f"INSERT INTO {{}} SELECT '{kind}:{subject}', '{kind}', NULL, NULL, '{subject}', NULL, '提醒'",
    )


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("letter_missing", CLASSIFIED),
        ("unpublished", CLASSIFIED),
        ("listing_active", f"（2024）赣0102执2号:{CLASSIFIED}"),
        ("successor_missing", f"court_cases:（2024）赣0102执2号:{CLASSIFIED}"),
        ("successor_missing", f"dishonest_debtors:（2024）赣0102执2号:{CLASSIFIED}"),
        ("inventory_missing", f"{CLASSIFIED}:2023Q4"),
    ],
)
def test_no_alert_is_raised_about_a_classified_unit(world: World, kind: str, subject: str) -> None:
    raise_alert(world, kind, subject)
    assert world.outcome("alert_names_no_classified_unit").rows == ({"kind": kind},)


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("complaint_overdue", CLASSIFIED),
        ("rectification_overdue", f"complaints:{CLASSIFIED}"),
        ("successor_missing", f"arrears:{CLASSIFIED}"),
    ],
)
def test_a_number_that_reads_like_a_classified_code_stops_nothing(world: World, kind: str, subject: str) -> None:
    raise_alert(world, kind, subject)
    assert world.outcome("alert_names_no_classified_unit").passed


def test_nor_does_such_a_number_of_evidence(world: World) -> None:
    check = "annual_deduction_names_no_classified_unit"
    world.change("mart.marts.annual_deduction", f"UPDATE {{}} SET evidence_id = 'breach:{CLASSIFIED}'")
    assert world.outcome(check).passed


CLASSIFIED_NAME = "示例市保密单位"


@pytest.mark.parametrize("given", [CLASSIFIED_NAME, CLASSIFIED, CLASSIFIED.lower()])
@pytest.mark.parametrize(
    ("mart", "change"),
    [
        ("transfer", "UPDATE {} SET to_name = '@', to_uscc = NULL"),
        ("task", "UPDATE {} SET unit_name = '@', uscc = NULL, answerable_uscc = NULL"),
        ("evaluation", "UPDATE {} SET evaluator = '@'"),
        ("roster_gap", "UPDATE {} SET kind = 'unlisted', name = '@', subject = 'x', uscc = NULL"),
        ("roster_gap", "UPDATE {} SET kind = 'unlisted', name = NULL, subject = '@ 360100', uscc = NULL"),
        ("quarantine", "UPDATE {} SET row = json_object('unit_name', '@')"),
        ("quarantine", "UPDATE {} SET row = json_object('to_name', '@')"),
        ("quarantine", "UPDATE {} SET row = json_object('seen_name', '@')"),
        ("alert", "UPDATE {} SET kind = 'identity_review', subject = 'tasks:@' WHERE kind = 'feed_missing'"),
    ],
)
def test_no_text_is_the_name_or_the_code_of_a_classified_unit(world: World, mart: str, change: str, given: str) -> None:
    world.change(f"mart.marts.{mart}", change.replace("@", given))
    outcome = world.outcome(f"{mart}_names_no_classified_unit")
    assert outcome.error is None
    assert len(outcome.rows) == 1
    assert given not in str(outcome.rows)


@pytest.mark.parametrize(
    ("mart", "change"),
    [
        ("transfer", f"UPDATE {{}} SET to_name = '{CLASSIFIED_NAME}', to_uscc = '{CITY}'"),
        ("task", f"UPDATE {{}} SET unit_name = '{CLASSIFIED_NAME}', uscc = '{CITY}'"),
        ("evaluation", f"UPDATE {{}} SET evaluator = '{CLASSIFIED_NAME}'"),
        ("roster_gap", f"UPDATE {{}} SET name = '{CLASSIFIED_NAME}'"),
        ("quarantine", f"UPDATE {{}} SET row = json_object('unit_name', '{CLASSIFIED_NAME}')"),
    ],
)
def test_a_unit_that_is_called_as_a_classified_one_may_be_named(world: World, mart: str, change: str) -> None:
    world.change("warehouse.staging.stg_unit_name", f"INSERT INTO {{}} SELECT '{CLASSIFIED_NAME}', 1, false")
    world.change(f"mart.marts.{mart}", change)
    outcome = world.outcome(f"{mart}_names_no_classified_unit")
    assert outcome.error is None
    assert outcome.passed


def test_a_task_needs_no_title(world: World) -> None:
    world.change("mart.marts.task", "UPDATE {} SET title = NULL")
    assert world.outcome("task_is_filled_where_it_must_be").passed


def test_what_is_blocked_about_a_classified_unit_does_not_name_it(world: World) -> None:
    world.change("mart.marts.fct_listing", f"UPDATE {{}} SET uscc = '{CLASSIFIED}' WHERE is_active")
    outcome = world.outcome("fct_listing_names_no_classified_unit")
    assert not outcome.passed
    assert outcome.rows == ({"case_no": "（2024）赣0102执2号"},)


def test_a_thing_done_on_the_due_day_is_on_time(world: World) -> None:
    world.change("mart.marts.fct_complaint", "UPDATE {} SET resolved_on = resolve_due_on WHERE ticket_no = 'T-1'")
    assert world.outcome("fct_complaint_resolve_state_agrees_with_its_dates").passed


def test_a_breached_commitment_before_its_due_day_is_late_by_nothing(world: World) -> None:
    world.change(
        "mart.marts.fct_commitment",
        "UPDATE {} SET due_on = DATE '2024-12-31', days_overdue = 0 WHERE commitment_no = 'C-5'",
    )
    for check in ("fct_commitment_state_agrees_with_its_dates", "fct_commitment_days_overdue_only_when_overdue"):
        assert world.outcome(check).passed


def test_a_breach_without_a_due_day_has_an_alert_without_one(world: World) -> None:
    world.change("mart.marts.alert", "UPDATE {} SET due_on = NULL WHERE subject = 'C-5'")
    assert world.outcome("alert_has_its_due_date").passed


def test_a_listing_removed_on_the_day_it_began_was_listed_for_no_day(world: World) -> None:
    world.change(
        "mart.marts.fct_listing",
        "UPDATE {} SET removed_on = published_on, days_listed = 0, is_active = false, stage = 'exited' WHERE is_active",
    )
    for check in ("fct_listing_is_active_until_it_is_removed", "fct_listing_days_run_from_publication"):
        assert world.outcome(check).passed


def test_an_unknown_amount_at_risk_is_no_contradiction(world: World) -> None:
    world.change("mart.marts.fct_court_case", "UPDATE {} SET amount_yuan = NULL, paid_yuan = NULL")
    assert world.outcome("fct_court_case_at_risk_is_an_unpaid_enforcement").passed


def test_a_rate_without_a_denominator_is_none_and_not_nought(world: World) -> None:
    check = "region_monthly_rates_are_their_quotients"
    world.change("mart.marts.region_monthly", "UPDATE {} SET complaints_rated = 0, complaints_satisfied = 0")
    assert not world.outcome(check).passed
    world.change("mart.marts.region_monthly", "UPDATE {} SET satisfaction_rate = NULL")
    assert world.outcome(check).passed


def test_a_unit_without_deductions_needs_no_evidence(world: World) -> None:
    world.change("mart.marts.annual_assessment", f"UPDATE {{}} SET deducted = 0, score = 100 WHERE uscc = '{CITY}'")
    world.change("mart.marts.annual_deduction", "DELETE FROM {}")
    world.change("mart.marts.evidence_row", "DELETE FROM {}")
    for check in ("annual_deduction_stands_behind_every_lost_point", "evidence_row_is_not_empty_when_points_are_lost"):
        assert world.outcome(check).passed


def test_a_row_about_a_classified_unit_stands_in_quarantine_without_its_content(world: World) -> None:
    world.change("mart.marts.quarantine", "UPDATE {} SET row = '{}'".replace("'{}'", "'{' || '}'"))
    assert all(outcome.passed for outcome in world.outcomes(world.suite("marts/quarantine")))
