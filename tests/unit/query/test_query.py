"""A query is answered, or refused, and nothing of the machine is in its reach."""

import json
import time

import pytest

from dagster_project.query import QueryError, ask


@pytest.fixture
def refused(database):
    def kind(sql, **bounds):
        with pytest.raises(QueryError) as caught:
            ask(database, sql, **bounds)
        return caught.value.kind

    return kind


def test_tables_are_found_without_their_schema(database):
    answer = ask(database, "select * from alert order by alert_id")
    assert [(column.name, column.type) for column in answer.columns] == [
        ("alert_id", "VARCHAR"),
        ("due_on", "DATE"),
        ("points", "DECIMAL(12,4)"),
    ]
    assert answer.rows == [["a", "2024-03-05", "1.5000"], ["b", None, "20.0000"], ["c", None, None]]
    assert answer.more is False


def test_objects_hold_exact_numbers_and_true_nulls(database):
    answer = ask(
        database,
        "select points, 12345678901234567.89::decimal(19, 2) as money, [points] as list, due_on, 'x\"y' as text,"
        " 'nan'::double as nan, true as flag, 1 as flag from marts.alert order by alert_id limit 1",
        as_json=True,
    )
    (text,) = answer.objects
    assert '"money": 12345678901234567.89' in text
    assert json.loads(text) == {
        "points": 1.5,
        "money": 12345678901234567.89,
        "list": [1.5],
        "due_on": "2024-03-05",
        "text": 'x"y',
        "nan": None,
        "flag": True,
        "flag_2": 1,
    }


@pytest.mark.parametrize(("limit", "rows", "more"), [(2, 2, True), (3, 3, False), (4, 3, False)])
def test_rows_beyond_the_limit_are_left_out_and_said(database, limit, rows, more):
    answer = ask(database, "select * from alert", limit=limit)
    assert (len(answer.rows), answer.more) == (rows, more)


def test_the_limit_holds_across_batches(database):
    answer = ask(database, "select * from range(5000)", limit=2500)
    assert (len(answer.rows), answer.rows[-1], answer.more) == (2500, ["2499"], True)


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("", "no_statement"),
        (" -- nothing", "no_statement"),
        ("select 1; select 2", "several_statements"),
        ("delete from alert", "no_select"),
        ("create temp table t as select 1", "no_select"),
        ("copy alert to '/dev/stdout'", "no_select"),
        ("attach 'other.duckdb'", "no_select"),
        ("install httpfs", "no_select"),
        ("set threads = 8", "no_select"),
        ("pragma database_list", "no_select"),
        ("call enable_logging()", "no_select"),
        ("explain analyze select 1", "no_select"),
        ("select * from read_text('/etc/hostname')", "forbidden"),
        ("select * from read_csv('/etc/passwd')", "forbidden"),
        ("select * from glob('/*')", "forbidden"),
        ("from '/etc/passwd'", "name"),
        ("select getenv('HOME')", "name"),
        ("select * from enable_logging(storage = 'file', storage_path = 'log')", "sql"),
        ("selct 1", "syntax"),
        ("select nothing", "name"),
        ("from nowhere", "name"),
        ("select 'x'::date", "value"),
    ],
)
def test_what_is_no_query_on_the_marts_is_refused(refused, sql, kind):
    assert refused(sql) == kind


def test_a_query_that_does_not_end_is_ended(refused):
    begun = time.monotonic()
    # One row, which DuckDB never interrupts.
    assert refused("select levenshtein(repeat('a', 300000), repeat('b', 300000))", seconds=0.5) == "timeout"
    assert time.monotonic() - begun < 30


def test_a_query_that_takes_all_memory_is_stopped(refused):
    assert refused("select length(repeat('x', 4000000000))", seconds=30) == "memory"


def test_an_answer_that_is_too_large_is_not_given(refused, monkeypatch):
    monkeypatch.setattr("dagster_project.query.client.MOST_BYTES", 2000)
    assert refused("select repeat('x', 100) from range(20)") == "too_large"


def test_what_went_wrong_is_said_in_both_languages(database):
    with pytest.raises(QueryError) as caught:
        ask(database, "from nowhere")
    assert caught.value.text("zh").startswith("表、列或函数的名称或用法有误：Catalog Error")
    assert str(caught.value).startswith("a table, column or function is unknown or wrongly used: Catalog Error")


def test_a_database_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        ask(tmp_path / "integrity.duckdb", "select 1")


def test_a_file_that_is_no_database_is_told(tmp_path):
    (tmp_path / "integrity.duckdb").write_bytes(b"no database")
    with pytest.raises(QueryError) as caught:
        ask(tmp_path / "integrity.duckdb", "select 1")
    assert caught.value.kind == "sql"


def test_a_worker_that_dies_is_told(database, monkeypatch, tmp_path):
    (tmp_path / "worker.py").write_text("import os\nos.abort()\n")
    monkeypatch.setattr("dagster_project.query.client.WORKER", tmp_path / "worker.py")
    with pytest.raises(QueryError) as caught:
        ask(database, "select 1")
    assert caught.value.kind == "crashed"
