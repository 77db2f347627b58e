"""`jiannuo doctor`: what is installed, what lies where, what is wrong and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dagster_project.cli.messages import Lang, speak_english_to_programs, t
from dagster_project.health import Finding, Status, examine
from dagster_project.paths import DataPaths

MARKS = {Status.fine: "✓", Status.warning: "!", Status.broken: "✗"}


def doctor(
    data: Annotated[
        Path | None, typer.Option("--data", help=t("数据目录", "DATA, the folder of deliveries and results"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("以 JSON 输出", "Print the findings as JSON"))] = False,
    lang: Lang = None,
) -> None:
    """What is installed, what lies where, what is wrong and how to mend it."""
    paths = DataPaths.resolve(data)
    speak_english_to_programs(as_json)
    found = list(examine(paths))
    is_fine = all(finding.status is not Status.broken for finding in found)
    if as_json:
        print(json.dumps(_for_programs(paths, found, is_fine), ensure_ascii=False))
    else:
        for finding in found:
            _show(finding)
        print(_in_short(found))
    raise typer.Exit(0 if is_fine else 1)


# Typer shows it as the command's help, which no text written in the source could be in both languages.
doctor.__doc__ = t("检查安装与数据目录，指出问题和处理办法", doctor.__doc__ or "")


def _for_programs(paths: DataPaths, found: list[Finding], is_fine: bool) -> dict[str, object]:
    return {
        "fine": is_fine,
        "data": str(paths.root),
        "findings": [
            {
                "check": finding.check,
                "status": finding.status.value,
                "found": finding.found[1],
                "mend": finding.mend[1] or None,
            }
            for finding in found
        ],
    }


def _show(finding: Finding) -> None:
    first, *more = t(*finding.found).splitlines()
    print(f"{MARKS[finding.status]} {first}")
    for line in more:
        print(f"    {line}")
    if mend := t(*finding.mend):
        print(f"  → {mend}")


def _in_short(found: list[Finding]) -> str:
    counts = {status: sum(finding.status is status for finding in found) for status in Status}
    wrong, odd = counts[Status.broken], counts[Status.warning]
    if not wrong and not odd:
        return t("一切正常。", "All is well.")
    return t(f"{wrong} 个问题，{odd} 个提醒。", f"{wrong} broken, {odd} to look at.")
