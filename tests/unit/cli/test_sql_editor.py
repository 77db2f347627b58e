"""The editor: several lines up to a semicolon, commands with a dot, a history of one's own."""

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from dagster_project.cli.desk import Desk, Form
from dagster_project.cli.sql_editor import edit
from dagster_project.paths import DataPaths


@pytest.fixture
def typed(published, tmp_path, monkeypatch, capsys):
    """Type into the editor; what it wrote on standard output and standard error."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    desk = Desk(DataPaths(published), Form.csv, limit=10, seconds=10)

    def type_in(text):
        with create_pipe_input() as keys:
            keys.send_text(text)
            edit(desk, keys, DummyOutput())
        return capsys.readouterr()

    return type_in


def test_a_statement_goes_on_until_its_semicolon(typed):
    assert typed("select 1\ras one;\r.quit\r").out.splitlines()[1:] == ["one", "1"]


def test_a_wrong_statement_leaves_the_editor_open(typed):
    told = typed("select x;\rselect 2 as two;\r.quit\r")
    assert told.out.splitlines()[1:] == ["two", "2"]
    assert "有误" in told.err


def test_the_end_of_input_leaves_and_an_interrupt_does_not(typed):
    assert typed("select 1 as lost\x03select 2 as two;\r\x04").out.splitlines()[1:] == ["two", "2"]


def test_what_was_typed_is_kept_for_its_owner_alone(typed, tmp_path):
    typed("select 1 as one;\r.quit\r")
    history = tmp_path / "home" / "jiannuo" / "sql_history"
    assert "select 1 as one;" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o777 == 0o600


def test_without_a_place_for_the_history_the_editor_works(typed, tmp_path):
    (tmp_path / "home").write_text("in the way")
    assert typed("select 1 as one;\r.quit\r").out.splitlines()[1:] == ["one", "1"]
