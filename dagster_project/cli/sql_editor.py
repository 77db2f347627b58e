"""The interactive editor of `jiannuo sql`: history, completion, several lines up to a semicolon."""

from __future__ import annotations

import os
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.lexers import PygmentsLexer
from prompt_toolkit.output import Output

from dagster_project.cli.desk import Desk, carry_out_all, commands
from dagster_project.cli.messages import t
from dagster_project.cli.statements import is_complete
from dagster_project.query import QueryError, ask
from dagster_project.query.client import SCHEMA

KEYWORDS = "select from where group by order having limit join left on as and or not in is null count sum with"


def edit(desk: Desk, given: Input | None = None, shown: Output | None = None) -> None:
    """Read and carry out statements until the end of input or `.quit`. `given` and `shown` stand for the terminal."""
    session = make_session(desk, given, shown)
    print(commands())
    while True:
        try:
            text = session.prompt("jiannuo> ").strip()
        except KeyboardInterrupt:
            # As in a shell: the line is given up, not the desk.
            continue
        except EOFError:
            return
        if text.rstrip(";") in (".quit", ".exit"):
            return
        try:
            carry_out_all(desk, text.splitlines(keepends=True))
        except KeyboardInterrupt:
            print(t("已中止。", "Stopped."))


def make_session(desk: Desk, given: Input | None, shown: Output | None) -> PromptSession[str]:
    """The editor over a terminal."""
    session: PromptSession[str] = PromptSession(
        history=_history(),
        lexer=PygmentsLexer.from_filename("query.sql"),
        completer=WordCompleter(_words(desk), ignore_case=True),
        complete_while_typing=False,
        # Enter sends what is complete, and breaks the line elsewhere.
        multiline=Condition(lambda: not is_complete(session.default_buffer.text)),
        prompt_continuation=lambda width, line, wrapped: "... ".rjust(width),
        input=given,
        output=shown,
    )
    return session


def _words(desk: Desk) -> list[str]:
    names = f"select distinct unnest([table_name, column_name]) from duckdb_columns() where schema_name = '{SCHEMA}'"
    try:
        answer = ask(desk.database, f"{names} order by all", limit=10_000)
    except (QueryError, FileNotFoundError):
        # Completion is a comfort; the query that is asked says what is wrong.
        return KEYWORDS.split()
    return [*KEYWORDS.split(), *(row[0] for row in answer.rows if row[0])]


def _history() -> History:
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "jiannuo"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "sql_history"
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
