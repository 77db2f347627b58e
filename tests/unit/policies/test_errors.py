"""Every mistake a file can hold is told by file, line and key, and nothing is read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.policies import PolicyError, Problem, read_policies

HEAD = "id: own\nname: 试点\n"


def told(problems: Callable[[], list[Problem]]) -> list[tuple[str, int, str, str]]:
    return [(p.file, p.line, p.key, p.kind) for p in problems()]


@pytest.mark.parametrize(
    ("line", "key", "kind"),
    [
        # Unknown keys.
        ("lettr: {due: '09-15'}", "lettr", "unknown_key"),
        ("letter: {dew: '09-15'}", "letter.dew", "unknown_key"),
        ("complaints: {hotline: {answer: 5wd}}", "complaints.hotline.answer", "unknown_key"),
        ("<<: {a: 1}", "<<", "unknown_key"),
        ("set_by: {letter.dew: 某通知}", "set_by.letter.dew", "unknown_key"),
        ("set_by: {complaints.fax: 某通知}", "set_by.complaints.fax", "unknown_key"),
        ("coverage: {targets: [{by: 2024-01-01, rate: 1, at: 3}]}", "coverage.targets[1].at", "unknown_key"),
        (
            "scoring: {rules: [{id: a, type: missing_letter, points: 1, percent: 2}]}",
            "scoring.rules[1].percent",
            "unknown_key",
        ),
        # Missing keys.
        ("coverage: {targets: [{rate: 1}]}", "coverage.targets[1].by", "missing_key"),
        ("scoring: {rules: [{id: a, points: 1}]}", "scoring.rules[1].type", "missing_key"),
        ("scoring: {rules: [{id: a, type: per_record, points: 1}]}", "scoring.rules[1].kinds", "missing_key"),
        ("scoring: {rules: [{type: missing_letter, points: 1}]}", "scoring.rules[1].id", "missing_key"),
        ("region_prefix: '3607'", "region_prefix", "missing_key"),
        # Wrong types.
        ("region_prefix: 3607", "region_prefix", "wrong_type"),
        ("region_prefix: '360'", "region_prefix", "wrong_type"),
        ("region_prefix: '３６０７'", "region_prefix", "wrong_type"),
        ("effective_from: 2024年3月1日", "effective_from", "wrong_type"),
        ("effective_from: 2024-02-30", "effective_from", "wrong_type"),
        ("effective_from: 2024-03-01 08:00:00", "effective_from", "wrong_type"),
        ("notice: 2024", "notice", "wrong_type"),
        ("notice: ' '", "notice", "wrong_type"),
        ("scope: {grace_days: '60'}", "scope.grace_days", "wrong_type"),
        ("scope: {grace_days: 6.0}", "scope.grace_days", "wrong_type"),
        ("scope: {grace_days: true}", "scope.grace_days", "wrong_type"),
        ("scope: {org_types: government}", "scope.org_types", "wrong_type"),
        ("scope: [government]", "scope", "wrong_type"),
        ("letter: {due: 09月15日}", "letter.due", "wrong_type"),
        ("letter: {due: 02-30}", "letter.due", "wrong_type"),
        ("letter: {due: 2024-09-15}", "letter.due", "wrong_type"),
        # YAML 1.2: NO is a text, as every other word.
        ("ledger: {tolerance: NO}", "ledger.tolerance", "wrong_type"),
        ("ledger: {repaired_weight: true}", "ledger.repaired_weight", "wrong_type"),
        ("ledger: {repaired_weight: '0.5'}", "ledger.repaired_weight", "wrong_type"),
        ("complaints: {default: 5wd}", "complaints.default", "wrong_type"),
        ("complaints: {default: {accept: 5}}", "complaints.default.accept", "wrong_type"),
        ("complaints: {default: {accept: 5w}}", "complaints.default.accept", "wrong_type"),
        ("complaints: {default: {max_extension: 5d@accepted}}", "complaints.default.max_extension", "wrong_type"),
        ("publicity: {channels: [website]}", "publicity.channels", "wrong_type"),
        ("scoring: {bands: {良好: 八十}}", "scoring.bands.良好", "wrong_type"),
        ("scoring: {base: .inf}", "scoring.base", "wrong_type"),
        ("letter: {copies: [~]}", "letter.copies[1]", "wrong_type"),
        # Unknown codes.
        ("scope: {org_types: [government, bureau]}", "scope.org_types[2]", "unknown_code"),
        ("letter: {elements: [seal]}", "letter.elements[1]", "unknown_code"),
        ("publicity: {require: some}", "publicity.require", "unknown_code"),
        ("publicity: {channels: {default: [wechat]}}", "publicity.channels.default[1]", "unknown_code"),
        ("publicity: {channels: {bureau: [website]}}", "publicity.channels.bureau", "unknown_code"),
        ("complaints: {fax: {accept: 5wd}}", "complaints.fax", "unknown_code"),
        ("ledger: {kinds: [rumour]}", "ledger.kinds[1]", "unknown_code"),
        ("ledger: {listing_years: all}", "ledger.listing_years", "unknown_code"),
        ("procedure: {steps: [vote]}", "procedure.steps[1]", "unknown_code"),
        ("scoring: {rules: [{id: a, type: per_item, points: 1}]}", "scoring.rules[1].type", "unknown_code"),
        (
            "scoring: {rules: [{id: a, type: shortfall, metric: coverage_rate, target: 1, points: 1}]}",
            "scoring.rules[1].metric",
            "unknown_code",
        ),
        (
            "scoring: {rules: [{id: a, type: per_overdue, item: letter, points: 1}]}",
            "scoring.rules[1].item",
            "unknown_code",
        ),
        # Out of range.
        (
            "scoring: {rules: [{id: a, type: shortfall, metric: on_time_ratio, target: 0, points: 1}]}",
            "scoring.rules[1].target",
            "out_of_range",
        ),
        (
            "scoring: {rules: [{id: a, type: shortfall, metric: on_time_ratio, target: -0.5, points: 1}]}",
            "scoring.rules[1].target",
            "out_of_range",
        ),
        ("scoring: {rules: [{id: a, type: missing_letter, points: -1}]}", "scoring.rules[1].points", "out_of_range"),
        ("ledger: {repaired_weight: 1.01}", "ledger.repaired_weight", "out_of_range"),
        ("ledger: {repaired_weight: 0.33333}", "ledger.repaired_weight", "out_of_range"),
        ("coverage: {targets: [{by: 2024-01-01, rate: 80}]}", "coverage.targets[1].rate", "out_of_range"),
        ("scope: {grace_days: -1}", "scope.grace_days", "out_of_range"),
        ("clearance: {years: 0}", "clearance.years", "out_of_range"),
        ("publicity: {channels: {institution: []}}", "publicity.channels.institution", "out_of_range"),
    ],
)
def test_a_mistake_is_told_by_file_line_and_key(write, problems, line, key, kind):
    write(f"# 试点\n{HEAD}{line}\n")
    assert told(problems) == [("policies/own.yaml", 4, key, kind)]


def test_the_line_is_that_of_the_key_itself(write, problems):
    write(HEAD + "scoring:\n  rules:\n    - id: a\n      type: missing_letter\n      points: 五\n    - {id: b}\n")
    assert told(problems) == [
        ("policies/own.yaml", 7, "scoring.rules[1].points", "wrong_type"),
        ("policies/own.yaml", 8, "scoring.rules[2].type", "missing_key"),
    ]


def test_an_end_before_the_beginning_is_told(write, problems):
    write(HEAD + "effective_from: 2024-03-01\neffective_to: 2024-02-29\n")
    assert told(problems) == [("policies/own.yaml", 4, "effective_to", "out_of_range")]


def test_a_file_without_id_or_name_is_told(write, problems):
    write("region_prefix: '3607'\neffective_from: 2024-01-01\n")
    assert told(problems) == [
        ("policies/own.yaml", 1, "id", "missing_key"),
        ("policies/own.yaml", 1, "name", "missing_key"),
    ]


def test_a_rule_id_twice_is_told_where_it_comes_again(write, problems):
    rule = "{id: letter, type: missing_letter, points: 1}"
    write(f"{HEAD}scoring:\n  rules:\n  - {rule}\n  - {rule}\n")
    assert told(problems) == [("policies/own.yaml", 6, "scoring.rules[2].id", "twice")]


def test_a_key_twice_is_told_where_it_comes_again(write, problems):
    write(f"{HEAD}letter: {{due: '09-15'}}\nletter: {{due: '09-16'}}\n")
    assert told(problems) == [("policies/own.yaml", 4, "letter", "twice")]


def test_an_id_in_two_files_of_data_is_told(write, problems):
    write(HEAD, "a.yaml")
    write(HEAD, "b.yaml")
    assert told(problems) == [("policies/b.yaml", 1, "id", "twice")]


def test_two_policies_of_one_region_and_day_are_told(write, problems):
    write(HEAD + 'region_prefix: "3607"\neffective_from: 2023-08-15\n')
    # ganzhou-2023, which is shipped, has both.
    assert told(problems) == [("policies/own.yaml", 4, "effective_from", "twice")]


def test_another_day_or_another_region_is_no_clash(write):
    write(HEAD + 'region_prefix: "3607"\neffective_from: 2023-08-16\n')
    data = write(HEAD.replace("own", "two") + 'region_prefix: "360702"\neffective_from: 2023-08-15\n', "two.yaml")
    assert {"own", "two", "ganzhou-2023"} <= {policy.id for policy in read_policies(data)}


def test_an_unknown_extends_is_told(write, problems):
    write(HEAD + "extends: office\n")
    assert told(problems) == [("policies/own.yaml", 3, "extends", "unknown_extends")]


def test_what_extends_a_broken_file_is_not_told_of_it(write, problems):
    write("id: base\nname: 模板\nlettr: {}\n", "base.yaml")
    write(HEAD + "extends: base\n")
    assert told(problems) == [("policies/base.yaml", 3, "lettr", "unknown_key")]


def test_a_circle_is_told_once(write, problems):
    for policy, extends in (("a", "c"), ("b", "a"), ("c", "b"), ("d", "a")):
        write(f"id: {policy}\nname: {policy}\nextends: {extends}\n", f"{policy}.yaml")
    assert told(problems) == [("policies/a.yaml", 3, "extends", "circle")]
    assert "a → c → b → a" in problems()[0].zh


def test_a_policy_that_extends_itself_is_a_circle(write, problems):
    write(HEAD + "extends: own\n")
    assert told(problems) == [("policies/own.yaml", 3, "extends", "circle")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"- a\n- b\n", 1),
        (b"id: own\nname: [\n", 3),
        (b"id: own\nname: x\n\tletter: 1\n", 3),
        ("id: own\nname: 试点\n".encode("gbk"), 2),
        (b"id: own\nname: !!python/object/apply:os.system [true]\n", 2),
        (b"id: own\n---\nid: two\n", 2),
        (b"id: own\nname: " + b"[" * 800 + b"\n", 1),
        (b"id: own\nname: x\n# " + b"x" * 300_000, 1),
        (b"a: &a [" + b"x," * 50 + b"]\nb: &b [" + b"*a," * 50 + b"]\nc: [" + b"*b," * 50 + b"]\n", 1),
    ],
    ids=["empty", "list", "open", "tab", "gbk", "python tag", "two documents", "deep", "large", "aliases"],
)
def test_what_is_no_policy_file_is_told(tmp_path: Path, problems, content, line):
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.yaml").write_bytes(content)
    ((file, found, key, kind),) = told(problems)
    assert (file, key, kind) == ("policies/own.yaml", "", "unreadable")
    assert found == line


def test_all_files_are_told_at_once_in_both_languages(write):
    write(HEAD + "letter: {due: 9-15}\n", "b.yaml")
    data = write("id: two\nname: 二\nclearance: {years: 三}\nletter: {copies: [x]}\n", "a.yaml")
    with pytest.raises(PolicyError) as caught:
        read_policies(data)
    assert caught.value.text("zh").splitlines() == [
        'policies/a.yaml:3: clearance.years: 应为整数，实为 "三"',
        'policies/a.yaml:4: letter.copies[1]: "x" 不在 word, stamped 之中',
        'policies/b.yaml:3: letter.due: 应为月日，如 "09-15"，实为 "9-15"',
    ]
    assert str(caught.value) == caught.value.text("en")
    assert 'policies/b.yaml:3: letter.due: must be a month and day as "09-15", not "9-15"' in str(caught.value)
