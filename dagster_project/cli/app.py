"""The entry point: `jiannuo <command>`. Only the command that is called is imported, so that each starts quickly."""

from __future__ import annotations

import atexit
import importlib
import os
import sys
from typing import Annotated

import typer

from dagster_project import __version__
from dagster_project.cli import messages
from dagster_project.cli.messages import Lang, t

#: Command, and the module that exports a function of that name.
COMMANDS = {
    "run": "dagster_project.cli.run",
    "check": "dagster_project.cli.check",
    "explain": "dagster_project.cli.explain",
    "report": "dagster_project.cli.report",
    "pack": "dagster_project.cli.pack",
    "notice": "dagster_project.cli.notice",
    "sql": "dagster_project.cli.sql",
    "doctor": "dagster_project.cli.doctor",
}


def main() -> None:
    """Run the command line. Exits with 2 where it is wrong."""
    arguments = sys.argv[1:]
    # Help texts are made when a command's module is imported.
    messages.choose(arguments)
    called = next((argument for argument in arguments if argument in COMMANDS), None)
    ending = _Ending()
    if called == "run":
        # Registered first, so carried out last.
        atexit.register(ending.end)
    try:
        make_app([called] if called else list(COMMANDS))()
    except SystemExit as asked:
        ending.code = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
        raise


class _Ending:
    """The end of a process that has nothing left to do: its memory goes at once.

    Python would free what Dagster and Great Expectations have made piece by piece, for a tenth of a small run, and
    DuckDB's bindings would count in a hundred lines on standard error what nobody freed.
    """

    code = 1

    def end(self) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(self.code)


def make_app(names: list[str]) -> typer.Typer:
    """The command line with the commands named."""
    app = typer.Typer(
        name="jiannuo",
        help=t("践诺：政务诚信履约监测", "Jiannuo: whether government units keep their word"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_common)
    for name in names:
        app.command(name)(getattr(importlib.import_module(COMMANDS[name]), name))
    return app


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"jiannuo {__version__}")
        raise typer.Exit


def _common(
    lang: Lang = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help=t("显示版本", "Show the version and exit")
        ),
    ] = False,
) -> None:
    pass
