"""`jiannuo run`: the whole pipeline, and the summary that people or programs read in the end."""

from __future__ import annotations

import gc
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dagster_project.cli.messages import Lang, speak_english_to_programs, t
from dagster_project.cli.progress import Progress
from dagster_project.cli.run_summary import for_programs, render, told
from dagster_project.lock import SHANGHAI, RunLockedError
from dagster_project.paths import DataPaths
from dagster_project.run import Exit, Result, run_pipeline
from dagster_project.run_log import write_log
from dagster_project.settings import SettingError, as_of_of, span_start_of


def run(
    data: Annotated[
        Path | None, typer.Option("--data", help=t("数据目录", "DATA, the folder of deliveries and results"))
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help=t("观测日；默认为今天（北京时间）", "Day of observation; default today")
        ),
    ] = None,
    span_from: Annotated[
        str | None,
        typer.Option(
            "--span-from",
            metavar="YYYY-MM",
            help=t("起始月份；默认为上一年 1 月", "First month; default January of last year"),
        ),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help=t("有拒收或隔离时以 4 退出", "Exit 4 where something was rejected or quarantined")
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=t("即使没有新内容也重新生成", "Build even where nothing is new"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("以 JSON 输出结果", "Print the summary as JSON"))] = False,
    lang: Lang = None,
) -> None:
    """Deliveries → warehouse → models → checks → published marts; only what is new is read."""
    speak_english_to_programs(as_json)
    paths = DataPaths.resolve(data)
    if not paths.root.is_dir():
        raise typer.BadParameter(
            t(f"数据目录不存在：{paths.root}", f"no such folder: {paths.root}"), param_hint="--data"
        )
    try:
        day = as_of_of(as_of)
    except SettingError as error:
        raise typer.BadParameter(t(error.zh, str(error)), param_hint="--as-of") from None
    try:
        span_start = span_start_of(span_from, day)
    except SettingError as error:
        raise typer.BadParameter(t(error.zh, str(error)), param_hint="--span-from") from None

    # Most of what is imported and parsed stays to the end: looking through it for garbage is a tenth of the time.
    gc.set_threshold(200_000, 50, 100)
    try:
        with Progress(sys.stderr) as progress:
            result = run_pipeline(paths, day, span_start, progress, force)
    except RunLockedError as error:
        _say_locked(error, as_json)
        raise typer.Exit(Exit.LOCKED) from None
    except Exception as error:
        result = Result("failed", None, {"as_of": day.isoformat()}, error)
    log = _log(paths, result)
    if as_json:
        print(json.dumps(_for_programs(result, paths, strict, log), ensure_ascii=False))
    else:
        print(render(result, paths, log))
    sys.stdout.flush()
    raise typer.Exit(result.exit_code(strict))


# Typer shows it as the command's help, which no text written in the source could be in both languages.
run.__doc__ = t("读入报送 → 数据仓库 → 模型 → 检查 → 发布；读过的文件不再读", run.__doc__ or "")


def _say_locked(error: RunLockedError, as_json: bool) -> None:
    who, since = error.pid or "?", error.since or "?"
    message = t(
        f"另一次运行正在使用数据仓库：进程 {who}，开始于 {since}。请等它结束后再试。",
        f"Another run holds the warehouse: process {who}, since {since}. Try again when it has ended.",
    )
    print(message, file=sys.stderr)
    if as_json:
        print(json.dumps({"status": "locked", "exit_code": int(Exit.LOCKED), "pid": error.pid, "since": error.since}))


def _log(paths: DataPaths, result: Result) -> Path | None:
    if result.error is None:
        return None
    name = f"{datetime.now(SHANGHAI):%Y%m%dT%H%M%S}-{os.getpid()}"
    try:
        return write_log(paths.state / "logs", name, result.error)
    except OSError:
        # A disk that is full, a folder that is another's: the summary says what went wrong all the same.
        return None


def _for_programs(result: Result, paths: DataPaths, strict: bool, log: Path | None) -> dict[str, Any]:
    return {
        "status": result.status,
        "exit_code": int(result.exit_code(strict)),
        "version": result.version,
        "error": told(result.error).strip() if result.error is not None else None,
        **for_programs(result.summary),
        "where": {
            "database": str(paths.published_db),
            "marts": str(paths.marts),
            "log": str(log) if log is not None else None,
        },
    }
