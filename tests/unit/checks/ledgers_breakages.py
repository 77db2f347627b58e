"""How to make the checks of clearance and of the smaller ledgers fail (breakages.py)."""

from __future__ import annotations

from tests.unit.checks.checks_world import CITY, CLASSIFIED


def _mart(
    name: str, rows: str, fill: str, units: tuple[str, ...] = ("uscc",), **more: str
) -> dict[str, tuple[str, str]]:
    """Of a mart: the name of its check of rows, what empties a column, the columns that name units, further checks."""
    table = f"mart.marts.{name}"
    found = {f"{name}_{rows}": (table, "DELETE FROM {}"), f"{name}_is_filled_where_it_must_be": (table, fill)}
    if units:
        found[f"{name}_names_no_classified_unit"] = (table, f"UPDATE {{}} SET {units[-1]} = '{CLASSIFIED}'")
    return found | {f"{name}_{check}": (table, sql) for check, sql in more.items()}


CLEARANCE: dict[str, tuple[str, str]] = {
    **_mart("policy_parameter", "is_not_empty", "UPDATE {} SET set_by = ''", units=()),
    **_mart(
        "region_policy", "is_filled_when_units_have_a_policy", "UPDATE {} SET valid_to = DATE '2024-01-01'", units=()
    ),
    # No unit of the world is abolished, until a test abolishes one.
    **_mart(
        "succession",
        "is_filled_when_units_are_abolished",
        "UPDATE {} SET answerable_uscc = ''",
        ("uscc", "answerable_uscc"),
    ),
    "succession_is_filled_when_units_are_abolished": (
        "mart.marts.dim_organization",
        f"UPDATE {{}} SET abolished_on = DATE '2024-02-01' WHERE uscc <> '{CITY}'",
    ),
    **_mart(
        "record_period",
        "ends_with_the_ledger_at_as_of",
        "UPDATE {} SET valid_to = valid_from",
        ("uscc", "answerable_uscc"),
    ),
    **_mart("overdue_period", "goes_on_for_every_overdue_commitment", "UPDATE {} SET valid_to = valid_from"),
    **_mart(
        "clearance",
        "stands_for_every_unit",
        "UPDATE {} SET records_counted = -1",
        agrees_with_its_counts="UPDATE {} SET clearance = 'clear'",
    ),
}

OWNERS = ("uscc", "answerable_uscc")
NO_REGION = "UPDATE {} SET region_code = ''"
OF_A_FEED = "is_filled_when_the_feed_arrived"

LEDGERS: dict[str, tuple[str, str]] = {
    **_mart("procedure", "x", NO_REGION, OWNERS, counts_agree="UPDATE {} SET is_complete = true"),
    "procedure_stands_for_commitments_alone": ("mart.marts.fct_commitment", "DELETE FROM {}"),
    **_mart("inventory", "is_filled_when_inventories_are_missed", "UPDATE {} SET state = 'late'"),
    **_mart("transfer", OF_A_FEED, "UPDATE {} SET workdays_held = 29", ("to_uscc",)),
    **_mart("rectification", "x", NO_REGION, OWNERS),
    "rectification_holds_every_overdue_one_that_is_alerted": (
        "mart.marts.alert",
        "UPDATE {} SET kind = 'rectification_overdue', subject = 'complaints:T-1' WHERE kind = 'feed_missing'",
    ),
    **_mart("arrear", OF_A_FEED, NO_REGION, OWNERS, age_agrees_with_its_days="UPDATE {} SET age = 'none'"),
    **_mart("evaluation", OF_A_FEED, "UPDATE {} SET evaluator = ''"),
    **_mart("honour", OF_A_FEED, "UPDATE {} SET is_barred = false", OWNERS),
    **_mart("proposal", OF_A_FEED, NO_REGION, OWNERS),
    **_mart("opinion", OF_A_FEED, "UPDATE {} SET is_open = false", OWNERS),
    **_mart("task", OF_A_FEED, "UPDATE {} SET unit_name = ''", OWNERS),
    **_mart("accountability_case", OF_A_FEED, "UPDATE {} SET stage = NULL", OWNERS),
    **_mart("listing_notice", OF_A_FEED, "UPDATE {} SET state = 'listed'", OWNERS),
    **_mart("listing_notice_day", "x", "UPDATE {} SET reported = true", ()),
    "listing_notice_day_stands_for_the_second_half_of_december": (
        "mart.marts.listing_notice_day",
        "UPDATE {} SET day = DATE '2023-12-14'",
    ),
    **_mart("org_ledger", "holds_every_unit_that_is_listed", "UPDATE {} SET things = 0"),
    **_mart("region_ledger", "own_rows_add_up_to_the_units", "UPDATE {} SET units = 3", ()),
    **_mart("region_listing_loop", "holds_every_listing_gone_or_waiting", "UPDATE {} SET mean_days = NULL", units=()),
    **_mart(
        "stale_publication",
        "holds_every_shown_commitment_kept_since",
        NO_REGION,
        OWNERS,
        changed_after_it_was_published="UPDATE {} SET changed_on = published_on",
    ),
    **_mart(
        "compensation",
        "holds_every_lawful_change",
        NO_REGION,
        OWNERS,
        state_agrees_with_its_amounts="UPDATE {} SET unpaid_yuan = 1",
    ),
    **_mart("org_field", "is_filled_when_units_promise", "UPDATE {} SET commitments_fulfilled = 5"),
    **_mart(
        "region_field",
        "is_filled_when_units_have_figures",
        "UPDATE {} SET commitments_fulfilled = 5",
        (),
        rates_are_shares="UPDATE {} SET coverage_rate = 1.1",
    ),
    **_mart("commitment_flaw", "x", "UPDATE {} SET flaw = 'no_unit'", OWNERS),
    "commitment_flaw_tells_every_commitment_without_a_unit": (
        "mart.marts.fct_commitment",
        "UPDATE {} SET uscc = NULL WHERE commitment_no = 'C-4'",
    ),
    **_mart("roster_gap", "x", "UPDATE {} SET subject = ''"),
    "roster_gap_holds_every_unit_whose_letter_is_late": (
        "mart.marts.alert",
        "UPDATE {} SET kind = 'letter_missing', uscc = '11360102000000034B' WHERE kind = 'inventory_missing'",
    ),
    **_mart("feed_reporting", "x", "UPDATE {} SET units_reported = 3", ()),
    "feed_reporting_has_all_rows_where_it_has_own_ones": (
        "mart.marts.feed_reporting",
        "DELETE FROM {} WHERE reach = 'all'",
    ),
    **_mart("listing_loop", "stands_for_every_listing", NO_REGION, OWNERS),
}
LEDGERS = {name: breakage for name, breakage in LEDGERS.items() if not name.endswith("_x")}
