"""`jiannuo sql`: what is asked is answered in the form asked for, and every failure has its exit code."""

import csv
import io
import json

import pytest

from dagster_project.cli.answers import show
from dagster_project.cli.statements import is_complete, split
from dagster_project.query import Answer, Column


def test_a_table_is_shown_with_a_count(jiannuo, published):
    result = jiannuo("sql", "select * from alert order by alert_id", "--data", published)
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines() if line.strip()]
    assert lines[0] == ["alert_id", "due_on", "points"]
    assert lines[2:] == [["a", "2024-03-05", "1.5000"], ["b", "–", "20.0000"], ["c", "–", "–"]]
    assert result.stderr == "共 3 行\n"


def test_a_wide_table_is_not_cut(jiannuo, published):
    columns = ", ".join(f"'{'值' * 20}{n}' as a_rather_long_name_{n}" for n in range(40))
    result = jiannuo("sql", f"select {columns}", "--data", published)
    head, _, row = (line.split() for line in result.stdout.splitlines() if line.strip())
    assert head == [f"a_rather_long_name_{n}" for n in range(40)]
    assert row == [f"{'值' * 20}{n}" for n in range(40)]


def test_on_a_screen_that_is_too_narrow_values_stand_below_each_other(capsys):
    screen = io.StringIO()
    screen.isatty = lambda: True  # type: ignore[method-assign]
    answer = Answer([Column("name", "VARCHAR"), Column("更长的名称", "VARCHAR")], [["x" * 300, None]])
    show(answer, "table", screen, 10)
    assert screen.getvalue().splitlines() == ["—— 1 ——", f"name        {'x' * 300}", "更长的名称  –"]


def test_csv_holds_the_values_alone(jiannuo, published):
    result = jiannuo("sql", "select * from alert order by alert_id", "--data", published, "--format", "csv")
    assert list(csv.reader(io.StringIO(result.stdout))) == [
        ["alert_id", "due_on", "points"],
        ["a", "2024-03-05", "1.5000"],
        ["b", "", "20.0000"],
        ["c", "", ""],
    ]
    assert result.stderr == ""


def test_json_is_an_array_of_objects(jiannuo, published):
    result = jiannuo("sql", "select alert_id, points from alert order by 1", "--data", published, "--format", "json")
    assert json.loads(result.stdout) == [
        {"alert_id": "a", "points": 1.5},
        {"alert_id": "b", "points": 20.0},
        {"alert_id": "c", "points": None},
    ]


def test_no_rows_are_an_empty_array(jiannuo, published):
    result = jiannuo("sql", "select 1 where false", "--data", published, "--format", "json")
    assert json.loads(result.stdout) == []


def test_a_cut_is_said_beside_the_answer(jiannuo, published):
    result = jiannuo("sql", "select * from range(5)", "--data", published, "--format", "csv", "--limit", "2")
    assert (result.exit_code, result.stdout) == (0, "range\n0\n1\n")
    assert result.stderr == "结果不止这些，只显示前 2 行；用 --limit 可以取更多。\n"


def test_the_default_is_a_thousand_rows(jiannuo, published):
    result = jiannuo("sql", "select * from range(1001)", "--data", published, "--format", "csv", "--lang", "en")
    assert len(result.stdout.splitlines()) == 1001
    assert "these are the first 1000" in result.stderr


def test_an_escape_in_a_value_does_not_reach_the_terminal(jiannuo, published):
    sql = "select chr(27) || '[31m红' || chr(10) || chr(8238) || '行' as name"
    result = jiannuo("sql", sql, "--data", published)
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert "�[31m红⏎�行" in result.stdout


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select nothing", "表、列或函数的名称或用法有误"),
        ("delete from alert", "只能查询（SELECT），不能修改"),
        ("select 1; select 2", "一次只能执行一条语句"),
        ("", "没有 SQL 语句"),
    ],
)
def test_a_query_without_an_answer_exits_with_1(jiannuo, published, sql, said):
    result = jiannuo("sql", sql, "--data", published)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(said)


def test_failures_are_told_in_english_too(jiannuo, published):
    result = jiannuo("sql", "delete from alert", "--data", published, "--lang", "en")
    assert (result.exit_code, result.stderr) == (1, "queries (SELECT) only, nothing is changed here\n")


def test_a_query_that_takes_too_long_exits_with_1(jiannuo, published):
    sql = "select levenshtein(repeat('a', 300000), repeat('b', 300000))"
    result = jiannuo("sql", sql, "--data", published, "--timeout", "0.3")
    assert (result.exit_code, result.stderr) == (1, "超过了时限\n")


@pytest.mark.parametrize(
    "wrong",
    [("--limit", "0"), ("--limit", "many"), ("--format", "xml"), ("--timeout", "0"), ("--what",), ("select 2",)],
)
def test_wrong_use_exits_with_2(jiannuo, published, wrong):
    assert jiannuo("sql", "select 1", "--data", published, *wrong).exit_code == 2


def test_a_folder_that_is_not_there_is_wrong_use(jiannuo, tmp_path):
    assert jiannuo("sql", "select 1", "--data", tmp_path / "nowhere").exit_code == 2


def test_where_nothing_is_published_that_is_said(jiannuo, data):
    result = jiannuo("sql", "select 1", "--data", data)
    assert (result.exit_code, result.stderr) == (1, "还没有发布过数据。请先执行 jiannuo run。\n")


def test_data_may_be_named_by_the_environment(jiannuo, published):
    result = jiannuo("sql", "select 1 as one", "--format", "csv", env={"JIANNUO_DATA": str(published)})
    assert result.stdout == "one\n1\n"


def test_tables_are_listed_with_their_meaning(jiannuo, published):
    result = jiannuo("sql", ".tables", "--data", published, "--format", "csv")
    assert list(csv.reader(io.StringIO(result.stdout))) == [
        ["table", "rows", "meaning"],
        ["alert", "3", "预警。One row an alert."],
        ["delivery", "0", ""],
    ]


def test_the_schema_of_a_table_shows_the_chinese_labels(jiannuo, published):
    result = jiannuo("sql", ".schema marts.alert", "--data", published, "--format", "csv")
    assert list(csv.reader(io.StringIO(result.stdout)))[1:] == [
        ["alert", "alert_id", "VARCHAR", "预警编号。Key."],
        ["alert", "due_on", "DATE", ""],
        ["alert", "points", "DECIMAL(12,4)", ""],
    ]
    assert len(jiannuo("sql", ".schema", "--data", published, "--format", "csv").stdout.splitlines()) == 5


@pytest.mark.parametrize("command", [".schema nowhere", ".schema a'b", ".what"])
def test_a_command_that_leads_nowhere_exits_with_1(jiannuo, published, command):
    result = jiannuo("sql", command, "--data", published)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "没有" in result.stderr


def test_statements_from_a_pipe_are_carried_out_one_by_one(jiannuo, published):
    given = "-- 两条\nselect 1 as one; select\n  ';' as two -- 注释;\n;\n.tables\nselect 3 as three\n"
    result = jiannuo("sql", "--data", published, "--format", "csv", input=given)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.split("\n")[:4] == ["one", "1", "two", ";"]
    assert result.stdout.endswith("three\n3\n")


def test_one_failure_in_a_pipe_leaves_the_others_and_exits_with_1(jiannuo, published):
    result = jiannuo("sql", "--data", published, "--format", "csv", input="select x;\nselect 2 as two;\n")
    assert (result.exit_code, result.stdout) == (1, "two\n2\n")


def test_quit_ends_a_pipe(jiannuo, published):
    result = jiannuo("sql", "--data", published, "--format", "csv", input=".quit\nselect 1;\n")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("text", "statements", "begun"),
    [
        ("select 1;", ["select 1"], ""),
        ("select 1", [], "select 1"),
        ('select \';\' ; select ";" as "a;b";', ["select ';'", 'select ";" as "a;b"'], ""),
        ("select 'it''s;", [], "select 'it''s;"),
        ("select 1 -- one;\n, 2;", ["select 1 -- one;\n, 2"], ""),
        ("select /* ; */ 1; -- behind", ["select /* ; */ 1"], ""),
        ("select 1 /* open ;", [], "select 1 /* open ;"),
        ("select $$;$$, $a$;$$;$a$;", ["select $$;$$, $a$;$$;$a$"], ""),
        (";;  ; -- nothing", [], ""),
    ],
)
def test_a_statement_ends_at_a_semicolon_that_is_none_of_its_texts(text, statements, begun):
    assert split(text) == (statements, begun)


@pytest.mark.parametrize(
    ("text", "complete"),
    [("", True), (".tables", True), ("select 1", False), ("select 1;", True), ("select ';'", False)],
)
def test_the_editor_sends_what_is_complete(text, complete):
    assert is_complete(text) is complete
