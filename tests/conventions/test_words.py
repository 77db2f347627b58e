"""One word for one thing, in English, everywhere (docs/glossary.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dagster_project import contracts
from tests.conventions.tree import ROOT, texts, without_comments

#: Other words for what the glossary names, and the one to use.
OTHER_WORDS = {
    "usci": "uscc",
    "credit_code": "uscc",
    "adcode": "region_code",
    "area_code": "region_code",
    "district_code": "region_code",
    "blacklist": "listing",
    "black_list": "listing",
    "pledge": "commitment",
    "promise_no": "commitment_no",
    "fulfillment": "fulfilment",
    "completion_rate": "fulfilment_ratio",
    "cutoff_date": "as_of",
    "snapshot_date": "as_of",
    "observation_date": "as_of",
    "secret_unit": "is_classified",
    "is_secret": "is_classified",
    "penalty_points": "deduction",
    "points_deducted": "points_applied",
    "early_warning": "alert",
    "whistleblower": "complainant",
}
PINYIN = set(
    re.findall(
        r"\w+",
        """danwei jigou chengnuo chengxin shixin xinyong tousu gongshi jianguan koufen pingjia baosong yujing zhenggai
        wenze chufa fayuan anjian duixian lvyue yuqi jianno shehui zhengwu zhengce tongyi daima mingcheng leixing
        zhuangtai riqi nianfen yuefen jidu shengji xianji biaoming beizhu""",
    )
)


def identifiers(name: str, text: str) -> Iterator[str]:
    """Words of code, without comments and texts; of YAML its keys and names, of Python and SQL all."""
    if name.endswith(".sql"):
        text = without_comments(text)
    elif name.endswith(".py"):
        text = re.sub(r'"""(?:.|\n)*?"""|"[^"\n]*"|\'[^\'\n]*\'|#[^\n]*', " ", text)
    else:
        text = re.sub(r"#[^\n]*|'[^'\n]*'|\"[^\"\n]*\"", " ", text)
        text = re.sub(r"description:[^\n]*", " ", text)
    yield from re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text)


def wrong_words(found: dict[str, str]) -> list[str]:
    sins = set()
    for name, text in found.items():
        for identifier in identifiers(name, text):
            lowered = identifier.lower()
            sins |= {f"{name}: {identifier}, say {right}" for wrong, right in OTHER_WORDS.items() if wrong in lowered}
            sins |= {f"{name}: {identifier} is pinyin" for part in lowered.split("_") if part in PINYIN}
    return sorted(sins)


def glossary_identifiers() -> set[str]:
    """The identifiers in the second column of the glossary."""
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)
    return {word for row in rows for word in re.findall(r"`(\w+)`", row)}


def test_code_uses_the_glossary_s_words_and_no_pinyin() -> None:
    code = texts(".py", ".sql", ".yml", ".yaml")
    own = "tests/conventions/"
    assert wrong_words({name: text for name, text in code.items() if not name.startswith(own)}) == []


def test_every_identifier_of_the_glossary_is_in_use() -> None:
    models = "\n".join(text for name, text in texts(".sql", ".yml").items() if name.startswith("dbt/"))
    assert len(glossary_identifiers()) > 8
    assert sorted(word for word in glossary_identifiers() if not re.search(rf"\b{word}\b", models)) == []


@pytest.mark.parametrize(("kind", "ending"), [("date", "_on"), ("money", "_yuan")])
def test_dates_and_money_of_the_contracts_end_as_they_should(kind: str, ending: str) -> None:
    names = [
        f"{feed}.{column.name}"
        for feed, contract in contracts.load().items()
        for column in contract.columns.values()
        if (column.type == kind) != column.name.endswith(ending)
    ]
    assert names == []


@pytest.mark.parametrize(
    ("name", "text", "sin"),
    [
        ("a.sql", "select credit_code from t", "a.sql: credit_code, say uscc"),
        ("a.py", "def tousu_count(): ...", "a.py: tousu_count is pinyin"),
        ("a.yml", "- name: fulfillment_ratio", "a.yml: fulfillment_ratio, say fulfilment"),
    ],
)
def test_each_rule_finds_its_sin(name: str, text: str, sin: str) -> None:
    assert wrong_words({name: text}) == [sin]


def test_texts_for_people_are_let_be() -> None:
    assert wrong_words({"a.py": 'label = "blacklist"  # a blacklist', "b.sql": "select 1 -- blacklist"}) == []
