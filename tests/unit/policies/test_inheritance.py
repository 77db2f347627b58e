"""What a policy leaves out, it takes from the one it extends (policies.md)."""

from datetime import date
from decimal import Decimal

import pytest

from dagster_project.policies import ResolvedPolicy, read_policies
from dagster_project.policies.codes import ComplaintKey
from dagster_project.policies.model import PARTS, MissingThing, Policy
from tests.unit.policies.conftest import Write

OFFICE = "extends: office-default\n"


def own(write: Write, text: str, policy_id: str = "own") -> ResolvedPolicy:
    data = write(f"id: {policy_id}\nname: 试点\n{text}", f"{policy_id}.yaml")
    (found,) = [policy for policy in read_policies(data) if policy.id == policy_id]
    return found


def written(policy: Policy, channel: ComplaintKey) -> list[str]:
    return [str(policy.term(channel, part)) for part in PARTS]


def test_maps_are_merged_key_by_key(write):
    policy = own(write, OFFICE + "letter: {due: '03-31'}\nscoring: {bands: {良好: 75, 甲等: 110}}\n").policy
    assert (policy.letter.due, policy.letter.inventory_days, policy.scope.grace_days) == ("03-31", 15, 60)
    assert policy.scoring.bands == {"优秀": 90, "良好": 75, "合格": 60, "不合格": 0, "甲等": 110}
    assert len(policy.scoring.rules) == 11


def test_lists_are_replaced_whole(write):
    policy = own(write, OFFICE + "ledger: {kinds: [listing]}\nscoring: {rules: []}\n").policy
    assert (policy.ledger.kinds, policy.scoring.rules) == (("listing",), ())
    assert policy.ledger.lenient_weight == Decimal("0.5")


def test_publicity_channels_are_replaced_whole(write):
    policy = own(write, "extends: heilongjiang-2022\npublicity: {channels: {township: [window]}}\n").policy
    assert policy.publicity.channels == {"township": ("window",)}
    assert (policy.publicity.require, policy.publicity.due) == ("all", "08-31")


def test_an_empty_map_of_channels_takes_the_inherited_ones_away(write):
    assert own(write, "extends: heilongjiang-2022\npublicity: {channels: {}}\n").policy.publicity.channels == {}


def test_an_empty_map_of_bands_takes_nothing_away(write):
    assert len(own(write, OFFICE + "scoring: {bands: {}}\n").policy.scoring.bands) == 4


@pytest.mark.parametrize("nothing", ["letter:\n", "letter: ~\n", "letter: {due: null}\n", "letter: {due: ~}\n"])
def test_a_null_is_as_if_left_out(write, nothing):
    assert own(write, OFFICE + nothing).policy.letter.due == "06-30"


def test_a_due_date_not_to_be_inherited_is_not_extended(write):
    assert own(write, "letter: {due: null}\n").policy.letter.due is None


def test_what_names_a_policy_is_never_inherited(write):
    found = own(write, "extends: ganzhou-2023\n")
    policy = found.policy
    assert (policy.id, policy.name, policy.notice, policy.region_prefix) == ("own", "试点", None, None)
    assert (policy.effective_from, policy.effective_to, policy.extends) == (None, None, "ganzhou-2023")
    assert policy.is_template
    assert policy.letter.due == "09-15"
    assert found.line == ("own", "ganzhou-2023", "office-default")


def test_dates_written_as_text_are_dates(write):
    policy = own(write, 'region_prefix: "36"\neffective_from: "2024-03-01"\neffective_to: 2024-12-31\n').policy
    assert (policy.effective_from, policy.effective_to) == (date(2024, 3, 1), date(2024, 12, 31))


def test_a_part_that_a_channel_lacks_comes_from_default(write):
    policy = own(
        write, "complaints:\n  default: {accept: 5wd, resolve: 20d}\n  petition: {resolve: 60d@accepted}\n"
    ).policy
    assert written(policy, "petition") == ["5wd", "60d@accepted", "None"]
    assert written(policy, "other") == ["5wd", "20d", "None"]


def test_terms_are_merged_part_by_part_before_default_fills_them(write):
    """The hotline of the office's template keeps its own acceptance, although the new default would be shorter."""
    policy = own(write, OFFICE + "complaints: {default: {accept: 0d}, hotline: {resolve: 3wd}}\n").policy
    assert written(policy, "default") == ["0d", "15wd", "15wd"]
    assert written(policy, "hotline") == ["1wd", "3wd", "10wd"]
    assert written(policy, "inquiry") == ["0d", "15wd", "15wd"]


def test_a_file_of_data_replaces_the_shipped_one_of_its_id(write):
    own(write, "letter: {due: '01-31'}\n", "office-default")
    found = {policy.id: policy.policy for policy in read_policies(write("id: x\nname: x\n", "x.yaml"))}
    # What it does not say is the default now, not the shipped template's; what extends it follows.
    assert (found["office-default"].letter.due, found["office-default"].scope.grace_days) == ("01-31", 0)
    assert (found["jiangsu-2023"].letter.due, found["jiangsu-2023"].scoring.rules) == ("01-31", ())


def test_numbers_are_exact(write):
    policy = own(
        write, "scoring: {base: 120, rules: [{id: a, type: missing_letter, points: 3.3333, cap: 1e1}]}\n"
    ).policy
    (rule,) = policy.scoring.rules
    assert isinstance(rule, MissingThing)
    assert (rule.points, rule.cap) == (Decimal("3.3333"), Decimal(10))


def test_what_editors_leave_behind_is_no_policy(write):
    write("no: policy\n", ".own.yaml")
    write("no: policy\n", "~own.yaml")
    write("no: policy\n", "own.yml")
    data = write("no: policy\n", "own.yaml.bak")
    assert len(read_policies(data)) == 7


class TestARegionOfManyPolicies:
    """A city that changes its policy twice, above a district on trial and a template for its scores."""

    FILES = {
        "district.yaml": """
id: district
name: 示例甲市东湖区试点
region_prefix: "360702"
extends: ganzhou-2023
effective_from: 2024-03-01
effective_to: 2024-08-31
scope: {grace_days: 0}
complaints:
  default: {accept: 2wd, resolve: 10d@accepted}
""",
        "scores.yaml": """
id: scores
name: 示例甲市评分（模板）
extends: office-default
ledger: {kinds: [judgment, breach], repaired_weight: 0.25, lenient_weight: 0.3333, listing_years: published}
scoring:
  base: 120
  bands: {甲等: 110, 乙等: 99.5, 丙等: 0}
  rules:
    - {id: records, type: percent_per_record, kinds: [judgment, penalty], percent: 2.5, cap: 10.5}
    - {id: listed, type: per_record, kinds: [listing], points: 3.3333}
""",
        "city.yaml": """
id: city
name: 示例甲市2024年办法
region_prefix: "3607"
extends: scores
effective_from: 2024-07-01
letter: {due: "09-10", copies: [stamped], quarterly_inventory: true, inventory_days: 20}
complaints:
  hotline: {resolve: 3wd}
  petition: {max_extension: 10wd}
""",
        "yexian.yaml": """
id: yexian
name: 示例辛县办法
region_prefix: "410422"
extends: xinxiang-2020
effective_from: 2023-01-01
complaints:
  default: {resolve: 20d}
  other: {accept: 3d}
listing: {risk_days: 60, feedback_days: null}
""",
    }

    @pytest.fixture
    def found(self, write):
        for name, text in self.FILES.items():
            data = write(text, name)
        return {policy.id: policy.policy for policy in read_policies(data)}

    def test_the_district_changes_what_it_names_alone(self, found):
        district = found["district"]
        assert written(district, "default") == ["2wd", "10d@accepted", "15wd"]
        assert written(district, "hotline") == ["1wd", "5wd", "10wd"]
        assert (district.scope.grace_days, district.letter.due) == (0, "09-15")
        assert district.letter.copies == ("word", "stamped")
        assert district.scoring == found["ganzhou-2023"].scoring

    def test_the_city_takes_scores_from_the_template_and_terms_from_the_office(self, found):
        city = found["city"]
        assert (city.scoring.base, city.scoring.bands["乙等"], city.scoring.bands["合格"]) == (120, Decimal("99.5"), 60)
        assert [rule.id for rule in city.scoring.rules] == ["records", "listed"]
        assert written(city, "hotline") == ["1wd", "3wd", "10wd"]
        assert written(city, "petition") == ["15d", "60d@accepted", "10wd"]
        assert (city.ledger.repaired_weight, city.ledger.lenient_weight) == (Decimal("0.25"), Decimal("0.3333"))
        assert found["scores"].is_template

    def test_the_replaced_county_extends_another_policy(self, found):
        county = found["yexian"]
        assert county.procedure == found["xinxiang-2020"].procedure
        assert county.publicity.channels == {}
        assert written(county, "default") == ["5wd", "20d", "30d"]
        assert written(county, "other") == ["3d", "20d", "30d"]
        assert (county.listing.risk_days, county.listing.feedback_days) == (60, 15)
