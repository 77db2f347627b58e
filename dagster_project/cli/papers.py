"""What the commands that make papers share: their options, and how they end where no paper can be made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dagster_project.cli.messages import nothing_published, t

Region = Annotated[
    str | None,
    typer.Option(
        "--region",
        help=t(
            "行政区划代码的前 2、4 或 6 位，含其下各地；默认为每个有办法的地区",
            "Region by 2, 4 or 6 digits, with all below it; default every region with a policy",
        ),
    ),
]
Data = Annotated[Path | None, typer.Option("--data", help=t("数据目录", "DATA, the folder of deliveries and results"))]
AsJson = Annotated[bool, typer.Option("--json", help=t("以 JSON 输出", "Print what was made as JSON"))]
Pdf = Annotated[bool, typer.Option("--pdf/--no-pdf", help=t("是否同时生成 PDF", "Make PDF files too"))]


def no_pictures() -> str:
    """Why papers came without pictures, and what mends it."""
    from dagster_project.reports.pdf import FONT_PACKAGES, install_line

    line = install_line(FONT_PACKAGES)
    return t(
        f"没有画图：这台机器没有能写中文的字体（{line}）",
        f"no pictures: this machine has no font for Chinese ({line})",
    )


def no_pdf() -> str:
    """Why papers came without a PDF, and what mends it."""
    from dagster_project.reports.pdf import install_line, missing

    packages = missing()
    if not packages:
        return t(
            "有的 PDF 没有生成：LibreOffice 出错或超时，Word 文件不受影响",
            "not every PDF was made: LibreOffice failed or took too long; the Word files are whole",
        )
    return t(
        f"没有生成 PDF：这台机器没有 {'、'.join(packages)}（{install_line(packages)}）",
        f"no PDF was made: this machine has no {', '.join(packages)} ({install_line(packages)})",
    )


@contextmanager
def errors_told() -> Iterator[None]:
    """Ends the command in words: with 2 for what was typed wrongly, with 1 where marts or templates cannot be used."""
    from dagster_project.reports.figures import NothingPublishedError
    from dagster_project.reports.office import OfficeError
    from dagster_project.reports.period import PeriodError

    try:
        yield
    except PeriodError as error:
        leave(t(error.zh, error.en), 2)
    except OfficeError as error:
        leave(t(error.zh, error.en), 1)
    except NothingPublishedError:
        leave(nothing_published(), 1)


def leave(text: str, code: int) -> NoReturn:
    """End the command with an exit code and a word on standard error."""
    print(text, file=sys.stderr)
    raise typer.Exit(code)
