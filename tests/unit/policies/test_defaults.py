"""Every default of policies.md, read from the policy that says nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dagster_project.policies import policy_tables, read_policies
from dagster_project.policies.model import Policy
from dagster_project.policies.tables import SCHEMAS

SILENT = 'id: silent\nname: 只有默认值\nregion_prefix: "1501"\neffective_from: 2024-06-01\n'

ROW = {
    "notice": None,
    "effective_to": None,
    "grace_days": 0,
    "letter_due": None,
    "head_signature_required": False,
    "quarterly_inventory": False,
    "inventory_days": 15,
    "publicity_due": None,
    "publicity_require": "any",
    "risk_days": None,
    "feedback_days": None,
    "tolerance": False,
    "repaired_weight": Decimal("1.0000"),
    "lenient_weight": Decimal("1.0000"),
    "listing_years": "active",
    "clearance_years": 3,
    "scoring_base": Decimal("100.0000"),
}


def rows(tables: dict[str, Any], name: str, policy_id: str) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key != "policy_id"}
        for row in tables[name].to_dicts()
        if row["policy_id"] == policy_id
    ]


@pytest.mark.parametrize("policy_id", ["", "silent"])
def test_a_policy_that_says_nothing_has_the_defaults(write, policy_id):
    tables = policy_tables(read_policies(write(SILENT)))
    (row,) = rows(tables, "policy", policy_id)
    assert {key: row[key] for key in ROW} == ROW
    assert [r["org_type"] for r in rows(tables, "scope", policy_id)] == [
        "government",
        "department",
        "institution",
        "township",
    ]
    for name in set(SCHEMAS) - {"policy", "scope", "parameter"}:
        assert rows(tables, name, policy_id) == [], name


def test_the_empty_id_has_no_region_and_no_day(write):
    tables = policy_tables(read_policies(write(SILENT)))
    (row,) = rows(tables, "policy", "")
    assert (row["region_prefix"], row["effective_from"]) == (None, None)
    (row,) = rows(tables, "policy", "silent")
    assert (row["region_prefix"], row["effective_from"]) == ("1501", date(2024, 6, 1))


def test_an_empty_table_keeps_its_types():
    tables = policy_tables([])
    assert {name: table.schema for name, table in tables.items()} == dict(SCHEMAS)
    assert tables["rule"].is_empty()


def test_no_channel_list_means_no_channel_rows():
    assert Policy(id="a", name="a").publicity.channels == {}
