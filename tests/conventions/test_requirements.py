"""Every clause says what answers it, and what is named there exists."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest
import yaml

from dagster_project.cli.app import COMMANDS
from dagster_project.policies import model
from tests.conventions.tree import ROOT, sql_files, texts

PAGE = ROOT / "docs" / "requirements.md"
NOTHING = "nothing yet"
#: As many as the notices' clauses that a system can serve.
CLAUSES = 59


def clauses(page: str) -> dict[str, tuple[str, str]]:
    """What answers each clause, and what holds it."""
    found = {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"(GZ|XX|HL|HG|JS|YX)\d+", cells[0]):
            found[cells[0]] = (cells[-2], cells[-1]) if len(cells) == 5 else ("", "")
    return found


def marts() -> set[str]:
    return {path.rpartition("/")[2].removesuffix(".sql") for path in sql_files() if path.startswith("models/marts/")}


def known_words() -> set[str]:
    """What may be named beside marts and commands: columns, alerts, policy keys and codes, as the files write them."""
    words = {f"{name}.{key}" for name, field in model.Policy.model_fields.items() for key in _keys(field.annotation)}
    for text in texts(".yml").values():
        words |= set(re.findall(r"name: (\w+)", text))
        words |= {word for values in re.findall(r"values: \[([^\]]*)\]", text) for word in re.findall(r"\w+", values)}
    for item in json.loads(texts(".json")["expectations/marts/alert.json"])["expectations"]:
        words |= set(item["kwargs"].get("value_set", []))
    return words


def _keys(section: Any) -> list[str]:
    return list(getattr(section, "model_fields", {}))


def names_of_tests() -> set[str]:
    """Unit tests of dbt, tests of its own, checks of the suites, and tests of pytest."""
    found = {path.rpartition("/")[2].removesuffix(".sql") for path in sql_files() if path.startswith("tests/")}
    for text in texts(".yml").values():
        if "unit_tests:" in text:
            found |= {test["name"] for test in yaml.safe_load(text).get("unit_tests", [])}
    for name, text in texts(".json").items():
        if name.startswith("expectations/"):
            found |= {item["meta"]["check"] for item in json.loads(text)["expectations"]}
    for name, text in texts(".py").items():
        if name.startswith("tests/"):
            found |= set(re.findall(r"^def (test_\w+)", text, re.MULTILINE))
    return found


def wrong_answers(found: dict[str, tuple[str, str]], words: set[str], commands: set[str]) -> list[str]:
    sins = []
    for clause, (answer, _) in found.items():
        named = re.findall(r"`([^`]+)`", answer)
        if not named and NOTHING not in answer:
            sins.append(f"{clause} names nothing")
        for name in named:
            if name.removeprefix("jiannuo ") not in (commands if name.startswith("jiannuo ") else words):
                sins.append(f"{clause} names {name}")
    return sins


def wrong_tests(found: dict[str, tuple[str, str]], names: set[str]) -> list[str]:
    sins = []
    for clause, (_, held) in found.items():
        named = re.findall(r"`([^`]+)`", held)
        if not named and held != NOTHING:
            sins.append(f"{clause} is held by nothing")
        sins += [f"{clause} names {name}" for name in named if name not in names]
    return sins


def test_every_clause_names_what_answers_it() -> None:
    found = clauses(PAGE.read_text("utf-8"))
    assert len(found) == CLAUSES
    assert wrong_answers(found, marts() | known_words(), set(COMMANDS)) == []


def test_every_clause_names_a_test_that_exists() -> None:
    assert wrong_tests(clauses(PAGE.read_text("utf-8")), names_of_tests()) == []


def test_every_rule_type_has_a_model_a_unit_test_and_a_page() -> None:
    union = get_args(get_args(model.Rule)[0])
    types = sorted({kind for rule in union for kind in get_args(rule.model_fields["type"].annotation)})
    assert len(types) == 8
    tested = {
        test["model"]
        for text in texts(".yml").values()
        if "unit_tests:" in text
        for test in yaml.safe_load(text).get("unit_tests", [])
    }
    models = {path.rpartition("/")[2].removesuffix(".sql") for path in sql_files()}
    for kind in types:
        assert f"int_deduction_{kind}" in models
        assert f"int_deduction_{kind}" in tested
        page = (ROOT / "docs" / "rules" / f"{kind}.md").read_text("utf-8")
        for heading in ("## Condition", "## Why", "## Exclusions", "## Example"):
            assert heading in page, (kind, heading)
        # The example is one that a test runs.
        assert set(re.findall(r"unit test `(\w+)`", page)) <= names_of_tests()


@pytest.mark.parametrize(
    ("found", "sins"),
    [
        (wrong_answers({"GZ1": ("mart `gone`", "")}, {"alert"}, set()), ["GZ1 names gone"]),
        (wrong_answers({"GZ1": ("command `jiannuo fly`", "")}, set(), {"run"}), ["GZ1 names jiannuo fly"]),
        (wrong_answers({"GZ1": ("", "")}, set(), set()), ["GZ1 names nothing"]),
        (wrong_tests({"GZ1": ("", "`test_gone`")}, {"test_here"}), ["GZ1 names test_gone"]),
        (wrong_tests({"GZ1": ("", "")}, set()), ["GZ1 is held by nothing"]),
    ],
)
def test_each_rule_finds_its_sin(found: list[str], sins: list[str]) -> None:
    assert found == sins
