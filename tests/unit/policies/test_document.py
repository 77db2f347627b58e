"""docs/policies.md says what the shipped files say."""

from dagster_project.policies import read_policies
from dagster_project.policies.document import PAGE, page


def test_the_committed_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m dagster_project.policies.document"


def test_each_policy_has_its_chapter():
    text = page()
    for policy in read_policies():
        assert f"\n## {policy.id}\n" in text


def test_a_parameter_stands_with_value_origin_and_clause():
    lines = page().splitlines()
    assert (
        "| 承诺书截止日 | `letter.due` | `05-01` | 本办法 | 鹤信用办发〔2022〕7号 二 |" in lines
        and "| 新设单位宽限日数 | `scope.grace_days` | `60` | [office-default](#office-default) | 信用办 |" in lines
    )
    assert "| 公示渠道·公共事业单位 | `publicity.channels.institution` | `website,window` | 本办法 |" in page()
