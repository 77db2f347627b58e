"""`jiannuo pack`: makes and freezes what may stand on the credit portal."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from dagster_project.cli.messages import Lang, speak_english_to_programs, t
from dagster_project.cli.papers import AsJson, Data, Region, errors_told
from dagster_project.paths import DataPaths


def pack(
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", help=t("月份或季度，如 2024-03、2024Q1", "Month or quarter"))
    ],
    region: Region = None,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make and freeze the public pack for the credit portal: Excel, CSV and JSON."""
    from dagster_project.public_pack.making import make_pack

    speak_english_to_programs(as_json)
    with errors_told():
        made = make_pack(DataPaths.resolve(data), period, region)
    if as_json:
        said = {
            "period": period,
            "revision": made.number,
            "is_new": made.is_new,
            "folder": str(made.folder),
            "regions": made.regions,
        }
        print(json.dumps(said, ensure_ascii=False))
        return
    regions = len(made.regions)
    if made.is_new:
        print(
            t(
                f"已生成 {period} 公示数据 {made.name}：{regions} 个地区，可上传各地区文件夹里的文件",
                f"made the public pack of {period}, {made.name}: {regions} regions; upload the files in their folders",
            )
        )
    else:
        print(
            t(
                f"已有 {made.name}，由同样的数据生成，没有重做",
                f"{made.name} was made from the same data; nothing is made",
            )
        )
    print(made.folder)


# Typer shows it as the command's help, which no text written in the source could be in both languages.
pack.__doc__ = t("生成并冻结信用网站公示数据：Excel、CSV、JSON", pack.__doc__ or "")
