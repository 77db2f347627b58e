"""`jiannuo report`: makes and freezes a report. Of what was frozen nothing is ever changed; what changed since makes a
new revision."""

from __future__ import annotations

import json
import sys
import time
from enum import StrEnum
from typing import Annotated

import typer

from dagster_project.cli.messages import Lang, speak_english_to_programs, t
from dagster_project.cli.papers import AsJson, Data, Pdf, Region, errors_told, no_pdf, no_pictures
from dagster_project.paths import DataPaths


class Kind(StrEnum):
    """The reports that are made."""

    monthly = "monthly"
    quarterly = "quarterly"
    halfyear = "halfyear"
    annual = "annual"


class Stage(StrEnum):
    """The stages of an annual report."""

    preliminary = "preliminary"
    final = "final"


def report(
    kind: Annotated[
        Kind,
        typer.Argument(
            help=t(
                "报告种类：monthly 月调度，quarterly 季通报，halfyear 投诉办理半年报告，annual 年考评", "Kind of report"
            )
        ),
    ],
    period: Annotated[
        str,
        typer.Argument(
            metavar="PERIOD",
            help=t(
                "时期，如 2024-03、2024Q1、2024H1、2024；latest 为最近一个已结束且有核心报送的时期",
                "Period, as 2024-03, 2024Q1, 2024H1, 2024; latest: the last one that ended with a core feed",
            ),
        ),
    ],
    region: Region = None,
    stage: Annotated[
        Stage | None,
        typer.Option(
            "--stage",
            help=t(
                "年考评的阶段：preliminary 初评，final 复评（默认）",
                "Stage of an annual report: preliminary or final (the default)",
            ),
        ),
    ] = None,
    data: Data = None,
    pdf: Pdf = True,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make and freeze a report: Word, PDF, Excel and pictures, for a region and all below it."""
    # Drawing and writing are imported only when there is something to make.
    from dagster_project.reports.making import Made, make_report

    speak_english_to_programs(as_json)
    began = time.monotonic()
    paths = DataPaths.resolve(data)
    with errors_told():
        made: Made = make_report(
            paths, kind.value, period, region, stage=stage.value if stage else None, wants_pdf=pdf, tell=_tell
        )
    revision, key, what = made.revision, made.figures.period.key, made.figures.period.what
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        print(
            json.dumps(
                {
                    "kind": kind.value,
                    "period": key,
                    "stage": revision.manifest["made_from"].get("stage"),
                    "revision": revision.number,
                    "is_new": revision.is_new,
                    "folder": str(revision.folder),
                    "regions": revision.regions,
                    "restates": revision.manifest["restates"],
                    "left_out": made.left_out,
                    "seconds": seconds,
                },
                ensure_ascii=False,
            )
        )
        return
    if not revision.is_new:
        print(
            t(
                f"{key} {what}已有 {revision.name}，由同样的数据和模板生成，没有重做：{revision.folder}",
                f"{key} has {revision.name}, made from the same data and template; nothing is made: {revision.folder}",
            )
        )
        return
    count = len(revision.regions)
    print(
        t(
            f"已生成 {key} {what} {revision.name}：{count} 个地区，{seconds} 秒",
            f"made the {kind.value} report of {key}, {revision.name}: {count} regions, {seconds} s",
        )
    )
    if revision.manifest["restates"]:
        print(
            t(
                "更正了前一版本，所改数据列在各地区的 restatement.json 和附件里",
                "it restates the revision before: what changed is listed in restatement.json and the last annex",
            )
        )
    for line in _left_out(made.left_out):
        print(line)
    print(revision.folder)


# Typer shows it as the command's help, which no text written in the source could be in both languages.
report.__doc__ = t("生成并冻结报告：Word、PDF、Excel 和图，含所辖各地", report.__doc__ or "")


def _left_out(names: list[str]) -> list[str]:
    said = {"pictures": no_pictures, "pdf": no_pdf}
    return [said[name]() for name in names]


def _tell(code: str, done: int, of: int) -> None:
    """A line that is written over, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r{done}/{of} {code}", end="" if done < of else "\n", file=sys.stderr, flush=True)
