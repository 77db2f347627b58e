"""raw → staging → intermediate → marts: which model may read what."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from tests.conventions.tree import layer_of, sql_files, without_comments

MAY_REFER_TO = {
    "staging": {"staging"},
    "intermediate": {"staging", "intermediate"},
    "marts": {"intermediate", "marts"},
}
MAY_READ = {"raw": {"staging"}, "policy": {"intermediate"}}


def _calls(sql: str) -> str:
    """SQL without Jinja's comments; the names in quotes stay, they are what is looked for."""
    return re.sub(r"\{#.*?#\}|--[^\n]*", " ", sql, flags=re.DOTALL)


def refs(sql: str, models: Iterable[str]) -> set[str]:
    """Models that are referred to; of a name that is put together, all that begin as it does."""
    found = set()
    for name, more in re.findall(r"\bref\(\s*'([^']+)'\s*(~?)", _calls(sql)):
        found |= {model for model in models if model.startswith(name)} if more else {name}
    return found


def sources(sql: str) -> set[str]:
    return set(re.findall(r"\bsource\(\s*'([^']+)'", _calls(sql)))


def reading_macros(files: dict[str, str]) -> dict[str, set[str]]:
    """The sources that each macro reads, for its callers."""
    found: dict[str, set[str]] = {}
    for path, text in files.items():
        if path.startswith("macros/"):
            for name, body in re.findall(r"\{%-?\s*macro\s+(\w+)\(.*?%\}(.*?)\{%-?\s*endmacro", text, re.DOTALL):
                if sources(body):
                    found[name] = sources(body)
    return found


def wrong_sources(files: dict[str, str]) -> list[str]:
    macros = reading_macros(files)
    sins = []
    for path, text in files.items():
        layer = layer_of(path)
        if layer:
            read = sources(text).union(*(of for name, of in macros.items() if re.search(rf"\b{name}\(", text)))
            sins += [f"{path} reads {source}" for source in sorted(read) if layer not in MAY_READ.get(source, set())]
    return sins


def wrong_references(files: dict[str, str]) -> list[str]:
    layers = {path.rpartition("/")[2].removesuffix(".sql"): layer_of(path) for path in files if layer_of(path)}
    return [
        f"{path} refers to {name}"
        for path, text in files.items()
        if layer_of(path)
        for name in sorted(refs(text, layers))
        if layers.get(name) not in MAY_REFER_TO[layer_of(path)]
    ]


def named_relations(files: dict[str, str]) -> list[str]:
    """Tables named by their schema, which dbt does not see."""
    pattern = re.compile(
        r"\b(?:from|join)\s+((?:raw|policy|staging|intermediate|marts?|warehouse)\.\w+)", re.IGNORECASE
    )
    return [
        f"{path} names {relation}"
        for path, text in files.items()
        for relation in pattern.findall(without_comments(text))
    ]


def test_only_staging_reads_raw_and_only_intermediate_reads_policies() -> None:
    assert wrong_sources(sql_files()) == []


def test_each_layer_refers_to_itself_and_the_one_before() -> None:
    assert wrong_references(sql_files()) == []


def test_tables_are_named_through_dbt_alone() -> None:
    assert named_relations(sql_files()) == []


@pytest.mark.parametrize(
    ("rule", "path", "text", "sin"),
    [
        (wrong_sources, "models/marts/alert.sql", "select * from {{ source('raw', 'arrears') }}", "reads raw"),
        (wrong_sources, "models/staging/stg_x.sql", "select * from {{ source('policy', 'rule') }}", "reads policy"),
        (wrong_sources, "models/intermediate/int_x.sql", "{{ feed_rows('arrears') }}", "reads raw"),
        (wrong_references, "models/marts/alert.sql", "select * from {{ ref('stg_x') }}", "refers to stg_x"),
        (wrong_references, "models/staging/stg_x.sql", "select * from {{ ref('int_x') }}", "refers to int_x"),
        (wrong_references, "models/marts/alert.sql", "select * from {{ ref('gone') }}", "refers to gone"),
        (wrong_references, "models/marts/alert.sql", "select * from {{ ref('stg_' ~ feed) }}", "refers to stg_x"),
        (named_relations, "models/marts/alert.sql", "select * from raw.arrears", "names raw.arrears"),
    ],
)
def test_each_rule_finds_its_sin(rule, path: str, text: str, sin: str) -> None:
    files = {
        "macros/feeds.sql": "{% macro feed_rows(feed) %} select * from {{ source('raw', feed) }} {% endmacro %}",
        "models/staging/stg_x.sql": "select 1",
        "models/intermediate/int_x.sql": "select 1",
        path: text,
    }
    assert rule(files) == [f"{path} {sin}"]
