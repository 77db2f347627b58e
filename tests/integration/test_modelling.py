"""dbt in process, on a project of two models: compiled once, then carried out for any day and any place."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from dagster_project import modelling
from dagster_project.modelling import building, compiled, compiling
from dagster_project.modelling.findings import Findings

FILES = {
    "models/staging/stg_day.sql": "select id, {{ as_of() }} as day from {{ source('raw', 'thing') }}",
    "models/staging/stg.yml": """
sources:
  - name: raw
    schema: raw
    tables: [{name: thing}]
models:
  - name: stg_day
    description: One row for each thing.
unit_tests:
  - name: a_unit_test_is_no_business_of_a_run
    model: stg_day
    overrides: {vars: {as_of: '2024-01-01'}}
    given:
      - {input: "source('raw', 'thing')", rows: [{id: 1}]}
    expect: {rows: [{id: 2}]}
""",
    "models/marts/thing.sql": "select id, day, cast(null as varchar) as name from {{ ref('stg_day') }}",
    "models/marts/thing.yml": """
models:
  - name: thing
    description: 事物 · things
    data_tests:
      - key: {arguments: {columns: [id]}}
      - filled: {arguments: {columns: [id]}}
    columns:
      - name: id
        description: 编号 · number
        data_tests: [unique]
      - name: name
        description: 名称 · name
        data_tests: [{not_null: {config: {severity: warn}}}]
""",
    "tests/assert_no_thing_is_negative.sql": "select id from {{ ref('thing') }} where id < 0 -- below nothing",
    "tests/assert_each_thing_is_of_the_day.sql": "select id from {{ ref('thing') }} where day <> {{ as_of() }}",
}
SHARED = (
    "dbt_project.yml",
    "profiles.yml",
    "macros/time.sql",
    "macros/generate_schema_name.sql",
    "tests/generic/filled.sql",
    "tests/generic/key.sql",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project") / "dbt"
    own = {name: (modelling.PROJECT / name).read_text("utf-8") for name in SHARED}
    for name, text in {**own, **FILES}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _use(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "PROJECT", project)


def places(folder: Path, ids: Sequence[int | None]) -> tuple[Path, Path]:
    """A warehouse in which these things arrived, and where the candidate is to be."""
    warehouse = folder / compiled.WAREHOUSE_NAME
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema raw; create table raw.thing (id integer)")
        connection.executemany("insert into raw.thing values (?)", [[i] for i in ids])
    return warehouse, folder / "integrity.duckdb"


def build(folder: Path, ids: Sequence[int | None], as_of: str) -> tuple[dict[str, modelling.Outcome], Findings]:
    warehouse, candidate = places(folder, ids)
    heard: list[str] = []
    outcomes = modelling.build_models(
        modelling.load_graph(),
        warehouse,
        candidate,
        {"as_of": as_of, "span_start": "2023-01-01"},
        heard.append,
    )
    assert set(heard) >= {outcome.unique_id.split(".")[2] for outcome in outcomes if outcome.status == "success"}
    # Both files are free again: a connection of another kind could not be opened otherwise.
    duckdb.connect(str(warehouse), read_only=True).close()
    return {outcome.unique_id.split(".")[2]: outcome for outcome in outcomes}, Findings(warehouse, candidate)


def test_days_and_places_change_between_builds_without_compiling_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modelling.load_graph()

    def compile_again(_project: Path) -> compiled.Graph:
        raise AssertionError("compiled again")

    monkeypatch.setattr(compiling, "compile_project", compile_again)
    for place, as_of in (("a", "2024-01-31"), ("b", "2024-02-29")):
        (tmp_path / place).mkdir()
        outcomes, found = build(tmp_path / place, [1, 2], as_of)
        with found:
            assert {outcome.status for outcome in outcomes.values()} == {"success", "pass", "warn"}
            assert found.row_counts()["marts", "thing"] == 2
        day = duckdb.connect(str(tmp_path / place / "integrity.duckdb")).execute("select max(day) from marts.thing")
        assert str(day.fetchall()[0][0]) == as_of


def test_what_was_compiled_is_there_for_every_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    another_s, shared = tmp_path / "another's", tmp_path / "shared"
    # A folder that cannot be looked into, nor written to.
    another_s.touch()
    monkeypatch.setattr(building, "_caches", lambda: [another_s, shared])
    umask = os.umask(0o077)
    try:
        graph = modelling.load_graph()
    finally:
        os.umask(umask)
    (kept,) = shared.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (shared, kept)] == [0o755, 0o644]
    monkeypatch.delattr(compiling, "compile_project")
    assert modelling.load_graph() == graph


def test_who_builds_with_dbt_by_hand_gets_the_same_tables(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tables(folder: Path) -> list[object]:
        with duckdb.connect(str(folder / "integrity.duckdb"), read_only=True) as connection:
            columns = "table_name, column_name, data_type, is_nullable, comment"
            found = connection.execute(f"select {columns} from duckdb_columns() where not internal order by all")
            return [*found.fetchall(), *connection.execute("from marts.thing order by all").fetchall()]

    hand, ours = tmp_path / "hand", tmp_path / "ours"
    hand.mkdir()
    ours.mkdir()
    build(ours, [1, 2], "2024-02-29")[1].close()
    warehouse, candidate = places(hand, [1, 2])
    monkeypatch.setenv("JIANNUO_WAREHOUSE", str(warehouse))
    monkeypatch.setenv("JIANNUO_MART_BUILD", str(candidate))
    variables = json.dumps({"as_of": "2024-02-29", "span_start": "2023-01-01"})
    command = ["build", "--exclude-resource-type", "unit_test", "--vars", variables]
    assert dbtRunner().invoke([*command, *compiling._flags(project, tmp_path / "target")]).success
    DuckDBConnectionManager.close_all_connections()
    assert len(tables(ours)) == 5
    assert tables(hand) == tables(ours)


@pytest.mark.parametrize(
    ("ids", "failing"), [([7, 8], set()), ([7, 7], {"key_thing_id"}), ([7, None], {"key_thing_id", "filled_thing_id"})]
)
def test_a_key_that_stands_twice_or_a_value_that_is_not_there_fails(
    tmp_path: Path, ids: list[int | None], failing: set[str]
) -> None:
    outcomes, found = build(tmp_path, ids, "2024-01-31")
    found.close()
    asked = {name for name in outcomes if name.startswith(("key_", "filled_"))}
    assert asked == {"key_thing_id", "filled_thing_id"}
    assert {name for name in asked if outcomes[name].status == "fail"} == failing


def assert_refused(path: Path, text: str, name: str) -> None:
    """With such a file in it the project is not compiled, and the error names what is wrong."""
    path.write_text(text, encoding="utf-8")
    try:
        with pytest.raises(compiled.ModelError, match=name):
            modelling.load_graph()
    finally:
        path.unlink()


@pytest.mark.parametrize("asked", ["materialized='incremental'", "post_hook='select 1'"])
def test_a_model_that_asks_for_more_than_a_table_or_a_view_is_refused(project: Path, asked: str) -> None:
    assert_refused(project / "models/marts/more.sql", "{{ config(" + asked + ") }} select 1 as id", "more")


def test_a_seed_is_refused(project: Path) -> None:
    folder = project / "seeds"
    folder.mkdir()
    try:
        assert_refused(folder / "kept.csv", "id\n1\n", "kept")
    finally:
        folder.rmdir()


def test_unit_tests_are_left_to_the_test_suite(tmp_path: Path) -> None:
    outcomes, found = build(tmp_path, [1], "2024-01-31")
    found.close()
    assert "a_unit_test_is_no_business_of_a_run" not in outcomes


def test_labels_become_comments_of_the_published_columns(tmp_path: Path) -> None:
    _, found = build(tmp_path, [1], "2024-01-31")
    thing = next(model for model in modelling.load_graph().models if model.key == ("marts", "thing"))
    with found:
        assert found.columns(thing)[0] == ("id", "INTEGER", "编号 · number")


def test_a_failing_test_is_told_with_a_few_rows_and_its_severity(tmp_path: Path) -> None:
    outcomes, found = build(tmp_path, [7, 7, -1], "2024-01-31")
    tests = {test.name: test for test in modelling.load_graph().tests}
    with found:
        unique = found.of_test(tests["unique_thing_id"], outcomes["unique_thing_id"])
        negative = found.of_test(tests["assert_no_thing_is_negative"], outcomes["assert_no_thing_is_negative"])
        name = found.of_test(tests["not_null_thing_name"], outcomes["not_null_thing_name"])
    assert (unique.passed, unique.blocking, unique.rows, unique.table) == (False, True, 1, "marts.thing")
    assert unique.examples == ({"unique_field": "7", "n_records": "2"},)
    assert negative.examples == ({"id": "-1"},)
    assert (name.passed, name.blocking, name.rows) == (False, False, 3)
    assert name.examples[0] == {"id": "-1", "day": "2024-01-31"}


def test_the_graph_says_what_hangs_on_what_and_what_names_a_row() -> None:
    graph = modelling.load_graph()
    upstream = {model.key: model.upstream for model in graph.models}
    assert upstream == {
        ("staging", "stg_day"): (("raw", "thing"),),
        ("marts", "thing"): (("staging", "stg_day"),),
    }
    assert graph.keys("marts") == {"thing": ["id"]}
    assert {test.about for test in graph.tests} == {("marts", "thing")}


def test_a_test_that_cannot_be_carried_out_is_broken_and_not_passed(tmp_path: Path, project: Path) -> None:
    path = project / "tests/assert_no_thing_is_negative.sql"
    before = path.read_text("utf-8")
    path.write_text("select no_such_column from {{ ref('thing') }}", encoding="utf-8")
    try:
        outcomes, found = build(tmp_path, [1], "2024-01-31")
        found.close()
    finally:
        path.write_text(before, encoding="utf-8")
    assert outcomes["assert_no_thing_is_negative"].is_broken
    assert "no_such_column" in outcomes["assert_no_thing_is_negative"].message


def test_a_test_that_asks_for_more_than_no_rows_is_refused(project: Path) -> None:
    path = project / "tests/assert_no_thing_is_negative.sql"
    before = path.read_text("utf-8")
    path.write_text("{{ config(error_if='> 10') }} " + before, encoding="utf-8")
    try:
        with pytest.raises(compiled.ModelError, match="assert_no_thing_is_negative"):
            modelling.load_graph()
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_changed_model_is_compiled_again(project: Path) -> None:
    path = project / "models/marts/thing.yml"
    before = path.read_text("utf-8")
    path.write_text(before.replace("事物 · things", "事物 · all things"), encoding="utf-8")
    try:
        described = {model.key: model.description for model in modelling.load_graph().models}
        assert described["marts", "thing"] == "事物 · all things"
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_model_that_does_not_parse_is_named(project: Path) -> None:
    assert_refused(project / "models/marts/lost.sql", "select * from {{ ref('nowhere') }}", "nowhere")


def test_a_model_that_fails_is_an_outcome_and_what_hangs_on_it_is_skipped(tmp_path: Path, project: Path) -> None:
    path = project / "models/staging/stg_day.sql"
    before = path.read_text("utf-8")
    path.write_text("select no_such_column as id, 1 as day from {{ source('raw', 'thing') }}", encoding="utf-8")
    try:
        outcomes, found = build(tmp_path, [1], "2024-01-31")
        found.close()
    finally:
        path.write_text(before, encoding="utf-8")
    assert outcomes["stg_day"].is_broken
    assert "no_such_column" in outcomes["stg_day"].message
    assert outcomes["thing"].status == outcomes["unique_thing_id"].status == "skipped"


def test_the_compiled_project_holds_no_place_of_a_run(project: Path) -> None:
    modelling.load_graph()
    graph = next((project / "target").glob("compiled-*.json")).read_text("utf-8")
    assert str(project) not in json.dumps(json.loads(graph))
