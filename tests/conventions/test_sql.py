"""SQL that gives the same answer on every run, and on Spark 3.5 as on DuckDB."""

from __future__ import annotations

import re

import pytest

from tests.conventions.tree import sql_files, without_comments

#: Functions whose answer depends on the order of rows, on chance, or on the hour.
UNSTEADY = (
    "any_value arbitrary first last mode arg_max arg_min max_by min_by string_agg listagg group_concat"
    " avg mean median stddev variance random rand uuid gen_random_uuid now today getdate"
)
CLAUSES = {
    r"\bqualify\b": "qualify",
    r"\brecursive\b": "recursive",
    r"\blimit\b": "limit",
    r"\bapprox_\w+": "approx_…",
    r"\bcurrent_(?:date|time|timestamp)\b": "a clock",
    r"\b(?:float|real|float4|float8)\b": "a float",
}
#: What DuckDB has and Spark 3.5 has not, or has under another name: for dispatched macros.
ONE_ENGINE = {
    r"::": "::",
    r"\b(?:unnest|regexp_matches|regexp_full_match|date_diff|datediff|strftime|strptime)\s*\(": "a function",
    r"\b(?:list|list_\w+|len|epoch\w*|string_split|generate_series|struct_pack|json_\w+)\s*\(": "a function",
    r"\*\s+(?:exclude|replace)\s*\(": "* exclude",
    r"\b(?:group|order)\s+by\s+all\b": "by all",
    r"//": "//",
    r"\bpivot\b|\bunpivot\b": "pivot",
}
#: One division of exact sums is all that becomes a double (marts.md).
RATE = re.compile(r"cast\([^()]*\bas double\)\s*/\s*nullif\(\s*cast\([^()]*\bas double\)\s*,\s*0\s*\)", re.IGNORECASE)


def shared(path: str, sql: str) -> str:
    """SQL that is meant for every engine: without comments, and without the bodies of dispatched macros."""
    if path.startswith("macros/"):
        sql = re.sub(
            r"\{%-?\s*macro\s+(?:default|spark|duckdb)__.*?\{%-?\s*endmacro\s*-?%\}", " ", sql, flags=re.DOTALL
        )
    return without_comments(sql)


def unsteady(files: dict[str, str]) -> list[str]:
    functions = re.compile(rf"\b({'|'.join(UNSTEADY.split())})\s*\(", re.IGNORECASE)
    sins = []
    for path, text in files.items():
        # Also in dispatched macros: no engine may give an answer of its own. Jinja's own filters are not SQL.
        sql = re.sub(r"\{%.*?%\}|\|\s*\w+(?:\([^)]*\))?", " ", without_comments(text), flags=re.DOTALL)
        sins += [f"{path}: {name}()" for name in functions.findall(sql)]
        sins += [f"{path}: {name}" for pattern, name in CLAUSES.items() if re.search(pattern, sql, re.IGNORECASE)]
    return sins


def inexact(files: dict[str, str]) -> list[str]:
    """Doubles that are not a rate."""
    return [
        f"{path}: double"
        for path, text in files.items()
        if re.search(r"\bdouble\b", RATE.sub(" ", without_comments(text)), re.IGNORECASE)
    ]


def of_one_engine(files: dict[str, str]) -> list[str]:
    return [
        f"{path}: {name} ({match.group().strip()})"
        for path, text in files.items()
        for pattern, name in ONE_ENGINE.items()
        for match in [re.search(pattern, shared(path, text), re.IGNORECASE)]
        if match
    ]


def test_no_sql_depends_on_order_chance_or_the_hour() -> None:
    assert unsteady(sql_files()) == []


def test_only_a_rate_is_a_double() -> None:
    assert inexact(sql_files()) == []


def test_what_one_engine_alone_has_stands_in_dispatched_macros() -> None:
    assert of_one_engine(sql_files()) == []


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        (unsteady, "select any_value(a) from t"),
        (unsteady, "select first(a) from t"),
        (unsteady, "select a from t qualify row_number() over (order by a) = 1"),
        (unsteady, "with recursive r as (select 1) select * from r"),
        (unsteady, "select approx_quantile(a, 0.5) from t"),
        (unsteady, "select arg_max(a, b) from t"),
        (unsteady, "select mode(a) from t"),
        (unsteady, "select string_agg(a, ',') from t"),
        (unsteady, "select avg(a) from t"),
        (unsteady, "select * from t where a < current_date"),
        (unsteady, "select now() as a"),
        (unsteady, "select * from t limit 1"),
        (unsteady, "select cast(a as float) as a from t"),
        (inexact, "select cast(a as double) as a from t"),
        (inexact, "select cast(a as double) / b as a from t"),
        (of_one_engine, "select a::int as a from t"),
        (of_one_engine, "select * exclude (a) from t"),
        (of_one_engine, "select a from t group by all"),
        (of_one_engine, "select date_diff('day', a, b) as a from t"),
    ],
)
def test_each_rule_finds_its_sin(rule, sql: str) -> None:
    assert len(rule({"models/marts/alert.sql": sql})) == 1


@pytest.mark.parametrize(
    ("rule", "path", "sql"),
    [
        (unsteady, "models/marts/alert.sql", "-- the first( of them\nselect first_day, 'now()' as a from t"),
        (unsteady, "models/marts/alert.sql", "{% for a in b %}{% if not loop.last %},{% endif %}{% endfor %}"),
        (unsteady, "models/marts/alert.sql", "{{ b | map(attribute='a') | list | first }}"),
        (inexact, "models/marts/alert.sql", "select cast(a as double) / nullif(cast(b as double), 0) as c from t"),
        (of_one_engine, "macros/m.sql", "{% macro default__m(a) -%} unnest({{ a }}) {%- endmacro %}"),
    ],
)
def test_what_only_looks_like_a_sin_is_let_be(rule, path: str, sql: str) -> None:
    assert rule({path: sql}) == []
