"""The seven files that come with the program, against numbers worked by hand from the notices and policies.md."""

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest

from dagster_project.contracts import feed_names
from dagster_project.contracts.model import read as read_contracts
from dagster_project.policies import codes, policy_tables, read_policies
from dagster_project.policies.model import CHANNELS

Tables = dict[str, list[dict[str, Any]]]

IDS = {
    "ganzhou-2023",
    "hegang-2022",
    "heilongjiang-2022",
    "jiangsu-2023",
    "office-default",
    "xinxiang-2020",
    "yexian",
}
OFFICE_BANDS = {"优秀": Decimal(90), "良好": Decimal(80), "合格": Decimal(60), "不合格": Decimal(0)}


@pytest.fixture(scope="module")
def tables():
    return {name: table.to_dicts() for name, table in policy_tables(read_policies()).items()}


@pytest.fixture
def of(tables):
    def column(name, policy_id, key):
        return [row[key] for row in tables[name] if row["policy_id"] == policy_id]

    return column


def terms(tables: Tables, policy_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in tables["complaint_term"]:
        if row["policy_id"] == policy_id:
            unit = ("wd" if row["is_workdays"] else "d") + ("@accepted" if row["from_accepted"] else "")
            found.setdefault(row["channel"], []).append(f"{row['part']} {row['days']}{unit}")
    return found


def test_the_seven_files_hold():
    assert {policy.id for policy in read_policies()} == IDS


def test_the_template_stands_in_no_table(tables):
    for name, rows in tables.items():
        assert {row["policy_id"] for row in rows} <= IDS - {"office-default"} | {""}, name


def test_regions_and_days_are_those_of_the_notices(tables):
    assert {
        (row["policy_id"], row["region_prefix"], row["effective_from"], row["effective_to"])
        for row in tables["policy"]
        if row["policy_id"]
    } == {
        ("ganzhou-2023", "3607", date(2023, 8, 15), None),
        ("hegang-2022", "2304", date(2022, 5, 16), None),
        ("heilongjiang-2022", "23", date(2022, 4, 29), None),
        ("jiangsu-2023", "32", date(2023, 6, 29), None),
        ("xinxiang-2020", "4107", date(2020, 6, 1), None),
        ("yexian", "410422", date(2023, 1, 1), None),
    }


def test_ganzhou_asks_for_both_copies_by_15_september_and_an_inventory_each_quarter(tables, of):
    (row,) = [row for row in tables["policy"] if row["policy_id"] == "ganzhou-2023"]
    assert (row["letter_due"], row["publicity_due"], row["grace_days"]) == ("09-15", "10-15", 60)
    assert (row["quarterly_inventory"], row["inventory_days"]) == (True, 15)
    assert (row["repaired_weight"], row["lenient_weight"]) == (Decimal("0"), Decimal("0.5"))
    assert (row["risk_days"], row["feedback_days"], row["clearance_years"]) == (90, 15, 3)
    assert of("letter_copy", "ganzhou-2023", "copy") == ["word", "stamped"]
    assert of("letter_element", "ganzhou-2023", "element") == []
    assert of("publicity_channel", "ganzhou-2023", "channel") == ["credit_portal"]
    assert of("ledger_kind", "ganzhou-2023", "kind") == ["judgment", "listing", "penalty", "accountability"]


def test_ganzhou_replaces_the_rules_whole_and_keeps_the_bands(tables, of):
    rules = [row for row in tables["rule"] if row["policy_id"] == "ganzhou-2023"]
    assert [(row["rule_no"], row["rule_id"]) for row in rules] == list(
        enumerate(
            [
                "records",
                "letter",
                "letter_parts",
                "publicity",
                "inventory",
                "fulfilment",
                "late_items",
                "complaints",
                "rectification",
            ],
            start=1,
        )
    )
    records, inventory, fulfilment, rectification = (rules[place] for place in (0, 4, 5, 8))
    assert (records["type"], records["percent"], records["points"], records["cap"]) == (
        "percent_per_record",
        5,
        None,
        50,
    )
    assert (inventory["type"], inventory["points"], inventory["cap"]) == ("missing_inventory", 1, 4)
    assert (fulfilment["metric"], fulfilment["target"], fulfilment["points"], fulfilment["cap"]) == (
        "fulfilment_ratio",
        1,
        20,
        None,
    )
    assert (rectification["item"], rectification["points"], rectification["cap"]) == ("rectification", 2, 10)
    kinds = [row["kind"] for row in tables["rule_kind"] if row["policy_id"] == "ganzhou-2023"]
    assert kinds == ["judgment", "listing", "penalty", "accountability"]
    assert (
        dict(zip(of("band", "ganzhou-2023", "band"), of("band", "ganzhou-2023", "lowest"), strict=True)) == OFFICE_BANDS
    )


def test_hegang_takes_elements_and_signature_from_the_province_and_sets_its_own_day(tables, of):
    (row,) = [row for row in tables["policy"] if row["policy_id"] == "hegang-2022"]
    assert (row["letter_due"], row["publicity_due"], row["publicity_require"]) == ("05-01", "08-31", "any")
    assert row["head_signature_required"] is True
    assert of("letter_element", "hegang-2022", "element") == [
        "full_name",
        "uscc",
        "content",
        "item_list",
        "complaint_channel",
    ]
    targets = [(r["kind"], r["by_on"], r["rate"]) for r in tables["target"] if r["policy_id"] == "hegang-2022"]
    assert targets == [("coverage", date(2022, 8, 31), 1.0), ("publicity", date(2022, 12, 31), 1.0)]


def test_hegang_replaces_the_channels_of_the_province_whole(tables):
    channels: dict[str, set[tuple[str, str]]] = {}
    for row in tables["publicity_channel"]:
        channels.setdefault(row["policy_id"], set()).add((row["org_type"], row["channel"]))
    assert channels["heilongjiang-2022"] == {
        ("default", "website"),
        ("institution", "website"),
        ("institution", "window"),
    }
    assert channels["hegang-2022"] == {("default", "credit_portal"), ("default", "website")}


def test_the_province_sets_two_coverage_targets(tables):
    targets = [(r["kind"], r["by_on"], r["rate"]) for r in tables["target"] if r["policy_id"] == "heilongjiang-2022"]
    assert targets == [
        ("coverage", date(2022, 12, 31), 0.8),
        ("coverage", date(2023, 12, 31), 1.0),
        ("publicity", date(2022, 12, 31), 1.0),
    ]


def test_jiangsu_tolerates_honest_errors_and_keeps_breaches_out_of_the_ledger(tables, of):
    (row,) = [row for row in tables["policy"] if row["policy_id"] == "jiangsu-2023"]
    assert row["tolerance"] is True
    assert of("ledger_kind", "jiangsu-2023", "kind") == [
        "judgment",
        "listing",
        "penalty",
        "discipline",
        "accountability",
    ]
    assert of("rule", "jiangsu-2023", "rule_id") == [
        "listing",
        "judgment",
        "sanction",
        "breach",
        "letter",
        "letter_parts",
        "publicity",
        "fulfilment",
        "late_items",
        "complaints",
        "rectification",
    ]


def test_xinxiang_reaches_other_bodies_and_names_ten_steps(of):
    assert of("scope", "xinxiang-2020", "org_type") == ["government", "department", "institution", "township", "other"]
    assert len(of("procedure_step", "xinxiang-2020", "step")) == 10
    assert of("procedure_step", "xinxiang-2020", "step_no") == list(range(1, 11))


def test_terms_of_a_channel_that_is_not_named_are_those_of_default(tables):
    office = ["accept 5wd", "resolve 15wd", "max_extension 15wd"]
    assert terms(tables, "ganzhou-2023") == {
        "hotline": ["accept 1wd", "resolve 5wd", "max_extension 10wd"],
        "inquiry": office,
        "petition": ["accept 15d", "resolve 60d@accepted", "max_extension 30d"],
        "credit_office": office,
        "breach_platform": ["accept 5wd", "resolve 10wd", "max_extension 10wd"],
        "other": office,
    }


def test_a_changed_default_leaves_the_channels_that_are_named_as_they_are(tables):
    henan = ["accept 5wd", "resolve 30d", "max_extension 30d"]
    for policy_id in ("xinxiang-2020", "yexian"):
        found = terms(tables, policy_id)
        assert found["inquiry"] == found["credit_office"] == found["other"] == henan
        assert found["hotline"] == ["accept 1wd", "resolve 5wd", "max_extension 10wd"]


def test_a_row_of_terms_stands_for_every_channel_of_the_contract(tables):
    contract = read_contracts(("complaints",))["complaints"]
    assert set(CHANNELS) == set(contract.columns["channel"].codes)
    for policy_id in IDS - {"office-default"}:
        assert set(terms(tables, policy_id)) == set(CHANNELS)


def codes_of(feed: str, column: str) -> set[str]:
    return set(read_contracts((feed,))[feed].columns[column].codes)


@pytest.mark.parametrize(
    ("feed", "column", "literal"),
    [
        ("organizations", "org_type", codes.OrgType),
        ("publications", "channel", codes.PublicationChannel),
        ("complaints", "channel", codes.ComplaintChannel),
        ("record_actions", "record_kind", codes.RecordKind),
        ("procedures", "step", codes.Step),
    ],
)
def test_the_codes_of_policies_are_those_of_the_contracts(feed, column, literal):
    assert codes_of(feed, column) == set(literal.__args__)


def test_the_feeds_of_policies_are_those_that_have_a_contract():
    assert set(get_args(codes.Feed)) == set(feed_names())


def parameter(tables: Tables, policy_id: str, key: str) -> tuple[str, str, str | None]:
    (row,) = [row for row in tables["parameter"] if (row["policy_id"], row["key"]) == (policy_id, key)]
    return row["value"], row["set_by"], row["inherited_from"]


@pytest.mark.parametrize(
    ("policy_id", "key", "value", "set_by", "inherited_from"),
    [
        ("ganzhou-2023", "letter.due", "09-15", "2023年8月15日通知 五(二)，此后各年由信用办沿用", None),
        ("ganzhou-2023", "letter.inventory_days", "15", "office", "office-default"),
        ("ganzhou-2023", "publicity.channels.default", "credit_portal", "2023年8月15日通知 三(一)", None),
        ("ganzhou-2023", "complaints.petition.accept", "15d", "信访工作条例 二十二、三十四", "office-default"),
        (
            "hegang-2022",
            "letter.head_signature_required",
            "true",
            "黑诚信办发〔2022〕6号 二(三)、三(一)",
            "heilongjiang-2022",
        ),
        # A word on a whole section is about what that policy itself gives.
        ("hegang-2022", "publicity.due", "08-31", "黑诚信办发〔2022〕6号 一(二)、二(三)、三(二)", "heilongjiang-2022"),
        ("hegang-2022", "publicity.require", "any", "office", None),
        (
            "xinxiang-2020",
            "ledger.kinds",
            "judgment,listing,discipline,accountability,breach",
            "新营商办〔2020〕13号 四(一)、四(三)",
            None,
        ),
        ("xinxiang-2020", "ledger.repaired_weight", "0", "office", "office-default"),
        ("xinxiang-2020", "complaints.other.resolve", "30d", "河南省优化营商环境条例 七十八", None),
        ("xinxiang-2020", "scoring.bands.良好", "80", "office", "office-default"),
        (
            "ganzhou-2023",
            "scoring.rules.records",
            "percent_per_record kinds=judgment,listing,penalty,accountability percent=5 cap=50",
            "2023年8月15日通知 四(二)3（按比例扣分），比例由信用办设定",
            None,
        ),
        ("heilongjiang-2022", "coverage.targets", "2022-12-31=0.8,2023-12-31=1", "黑诚信办发〔2022〕6号 一(二)", None),
        ("", "letter.inventory_days", "15", "office", None),
        ("", "letter.due", "", "office", None),
    ],
)
def test_a_parameter_says_whose_it_is_and_the_clause_it_rests_on(tables, policy_id, key, value, set_by, inherited_from):
    assert parameter(tables, policy_id, key) == (value, set_by, inherited_from)


def test_a_policy_is_kept_with_its_title_and_its_notice(tables):
    notice = "鹤信用办发〔2022〕7号"
    assert parameter(tables, "hegang-2022", "name") == ("鹤岗市政务守信践诺机制", notice, None)
    assert parameter(tables, "hegang-2022", "notice") == (notice, notice, None)
    assert not [row for row in tables["parameter"] if (row["policy_id"], row["key"]) == ("", "name")]
