"""`jiannuo sql`: read-only SQL on the published database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dagster_project.cli.desk import Desk, Form, carry_out_all
from dagster_project.cli.messages import Lang, nothing_published, t
from dagster_project.paths import DataPaths
from dagster_project.query.client import DEFAULT_LIMIT, DEFAULT_SECONDS

MOST_ROWS = 1_000_000
MOST_SECONDS = 3600.0


def sql(
    query: Annotated[
        str | None,
        typer.Argument(help=t("一条 SELECT 语句；省略则进入交互界面", "One SELECT statement; without it, an editor")),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help=t("数据目录", "DATA, the folder of deliveries and results"))
    ] = None,
    form: Annotated[Form, typer.Option("--format", help=t("输出格式", "How the answer is written"))] = Form.table,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=MOST_ROWS, help=t("最多显示的行数", "Rows shown at most"))
    ] = DEFAULT_LIMIT,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0.1, max=MOST_SECONDS, help=t("查询时限（秒）", "Seconds that a query may take")),
    ] = DEFAULT_SECONDS,
    lang: Lang = None,
) -> None:
    """Read-only SQL on the published database."""
    paths = DataPaths.resolve(data)
    if not paths.root.is_dir():
        raise typer.BadParameter(
            t(f"数据目录不存在：{paths.root}", f"no such folder: {paths.root}"), param_hint="--data"
        )
    if not paths.published_db.exists():
        print(nothing_published(), file=sys.stderr)
        raise typer.Exit(1)
    desk = Desk(paths, form, limit, timeout)
    if query is not None:
        went_well = desk.carry_out(query.strip())
    elif sys.stdin.isatty():
        from dagster_project.cli.sql_editor import edit

        edit(desk)
        went_well = True
    else:
        went_well = carry_out_all(desk, sys.stdin)
    raise typer.Exit(0 if went_well else 1)


# Typer shows it as the command's help, which no text written in the source could be in both languages.
sql.__doc__ = t("在已发布的数据库上执行只读 SQL", sql.__doc__ or "")
