"""`jiannuo notice`: tip sheets and rectification notices to single units, numbered without gaps."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from dagster_project.cli.messages import Lang, speak_english_to_programs, t
from dagster_project.cli.papers import AsJson, Data, Pdf, Region, errors_told, leave, no_pdf
from dagster_project.paths import DataPaths
from dagster_project.settings import today


def notice(
    month: Annotated[str | None, typer.Option("--month", help=t("月份，如 2024-03", "Month, as 2024-03"))] = None,
    region: Region = None,
    void: Annotated[
        str | None,
        typer.Option("--void", metavar="NUMBER", help=t("作废一个文号，如 提示〔2024〕3号", "Mark a number as void")),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=t("作废的原因", "Why it is void"))] = None,
    data: Data = None,
    pdf: Pdf = True,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make the tip sheets and rectification notices of a month that were not made before, or void a number."""
    from dagster_project.notices.making import make_notices, void_notice
    from dagster_project.notices.register import Notice, NoticeError, RegisterError

    speak_english_to_programs(as_json)
    if (month is None) == (void is None) or (void is None) != (not (reason or "").strip()):
        leave(
            t(
                "请写 --month 2024-03，或者 --void 文号 --reason 原因",
                "give --month 2024-03, or --void NUMBER --reason TEXT",
            ),
            2,
        )
    paths = DataPaths.resolve(data)
    made: list[Notice]
    try:
        with errors_told():
            if void is not None and reason is not None:
                made = [void_notice(paths, void, reason.strip(), today(), region)]
            else:
                made = make_notices(paths, month or "", region, wants_pdf=pdf)
    except RegisterError as error:
        leave(t(error.zh, error.en), 1)
    except NoticeError as error:
        leave(t(error.zh, error.en), 2)
    if as_json:
        said = [vars(one) | {"document_no": one.document_no} for one in made]
        print(json.dumps({"notices": said}, ensure_ascii=False))
    elif void is not None:
        print(t(f"已作废 {made[0].document_no}，文号不再使用", f"{made[0].document_no} is void and never given again"))
    elif not made:
        print(t("没有新的工作提示单和整改通知书", "no new tip sheet or rectification notice"))
    else:
        print(t(f"已生成 {len(made)} 份：", f"made {len(made)} papers:"))
        for one in made:
            print(f"{one.document_no}  {one.uscc}  {one.file}")
        if pdf and not all(one.pdf_sha256 for one in made):
            print(no_pdf())
        print(paths.marts / "reports" / "notices")


# Typer shows it as the command's help, which no text written in the source could be in both languages.
notice.__doc__ = t("生成当月尚未发过的工作提示单和整改通知书，或作废文号", notice.__doc__ or "")
