"""The desk of `jiannuo sql`: statements and commands are carried out there, and their answers shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dagster_project import audit
from dagster_project.cli.answers import show
from dagster_project.cli.messages import language, nothing_published, t
from dagster_project.cli.statements import split
from dagster_project.paths import DataPaths
from dagster_project.query import QueryError, ask
from dagster_project.query.client import SCHEMA

TABLES = f"""
select table_name as "table", estimated_size as "rows", comment as "meaning"
from duckdb_tables() where schema_name = '{SCHEMA}'
union all
select view_name as "table", null as "rows", comment as "meaning"
from duckdb_views() where schema_name = '{SCHEMA}' order by "table"
"""
COLUMNS = f"""
select table_name as "table", column_name as "column", data_type as "type", comment as "meaning"
from duckdb_columns() where schema_name = '{SCHEMA}'
"""


class Form(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    json = "json"


@dataclass(frozen=True)
class Desk:
    """Where queries are asked, and how their answers are shown."""

    paths: DataPaths
    form: Form
    limit: int
    seconds: float

    @property
    def database(self) -> Path:
        """The published database."""
        return self.paths.published_db

    def ask(self, sql: str, or_else: str = "") -> bool:
        """Ask one query and show its answer, or what is wrong with it; whether there was one.

        `or_else`: what to say in place of an answer without rows, if given.
        """
        try:
            answer = ask(self.database, sql, limit=self.limit, seconds=self.seconds, as_json=self.form is Form.json)
        except FileNotFoundError:
            print(nothing_published(), file=sys.stderr)
            return False
        except QueryError as error:
            print(error.text(language()), file=sys.stderr)
            return False
        if or_else and not answer.rows and not answer.objects:
            print(or_else, file=sys.stderr)
            return False
        show(answer, self.form, sys.stdout, self.limit)
        return True

    def carry_out(self, line: str) -> bool:
        """A statement, or a command that begins with a dot; whether it went well."""
        if not line.startswith("."):
            audit.note(self.paths, "sql", statement=line)
            return self.ask(line)
        command, _, name = line.rstrip("; ").partition(" ")
        name = name.strip().removeprefix(f"{SCHEMA}.")
        if command == ".tables" and not name:
            return self.ask(TABLES)
        if command == ".schema":
            chosen = "and table_name = '{}' ".format(name.replace("'", "''")) if name else ""
            return self.ask(f"{COLUMNS}{chosen}order by table_name, column_index", or_else=no_table(name))
        if command == ".help":
            print(commands())
            return True
        print(t(f"没有命令 {command}。", f"There is no command {command}.") + "\n" + commands(), file=sys.stderr)
        return False


def commands() -> str:
    """The commands that begin with a dot."""
    return t(
        ".tables 列出各表；.schema [表] 列出各列及其含义；.quit 退出；语句以分号结束",
        ".tables lists tables; .schema [TABLE] lists columns and what they mean; .quit leaves; a statement ends with ;",
    )


def no_table(name: str) -> str:
    """What to say of a table that is not published."""
    return t(f"没有表 {name}；.tables 列出各表。", f"There is no table {name}; .tables lists them.")


def carry_out_all(desk: Desk, lines: Iterable[str]) -> bool:
    """Carry out what comes line by line, up to `.quit`; whether all went well."""
    went_well = True
    text = ""
    for line in lines:
        if not text and line.startswith("."):
            if line.strip() in (".quit", ".exit"):
                return went_well
            went_well &= desk.carry_out(line.strip())
            continue
        statements, text = split(text + line)
        for statement in statements:
            went_well &= desk.carry_out(statement)
    return desk.carry_out(text.strip()) and went_well if text else went_well
