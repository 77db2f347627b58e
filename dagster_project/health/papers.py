"""What papers are made with: fonts for Chinese, LibreOffice; and whether what was frozen or numbered is as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dagster_project.health.finding import Finding, broken, fine, warning
from dagster_project.paths import DataPaths

SHOWN = 5


def findings(paths: DataPaths) -> Iterator[Finding]:
    """What there is to say of papers. The pipeline itself needs none of it."""
    yield _fonts()
    yield _converter()
    yield from _frozen(paths)
    yield from _notices(paths)


def _fonts() -> Finding:
    # Drawing is imported only when somebody asks.
    from dagster_project.reports.fonts import picture_font

    family = picture_font()
    if family is None:
        return warning(
            "fonts",
            ("没有能写中文的字体，报告里不画图", "no font here draws Chinese: reports are made without pictures"),
            (
                "安装 fontconfig 和 fonts-noto-cjk（apt-get install fontconfig fonts-noto-cjk）",
                "install fontconfig and fonts-noto-cjk",
            ),
        )
    return fine("fonts", f"报告的图用字体 {family}", f"pictures are lettered in {family}")


def _converter() -> Finding:
    from dagster_project.reports.pdf import converter

    program = converter()
    if program is None:
        return warning(
            "pdf",
            ("没有 LibreOffice，报告不生成 PDF", "no LibreOffice: reports are made without PDF"),
            (
                "安装 libreoffice-writer 和 fonts-liberation（apt-get install --no-install-recommends）",
                "install libreoffice-writer and fonts-liberation",
            ),
        )
    return fine("pdf", f"PDF 由 {program} 生成", f"PDF files are made by {program}")


def _frozen(paths: DataPaths) -> Iterator[Finding]:
    from dagster_project.reports.freeze import FOLDER, altered, revisions

    kept = [
        revision
        for place in sorted((paths.marts / FOLDER).glob("*/*"))
        if place.is_dir()
        for revision in revisions(place)
    ]
    if not kept:
        return
    wrong = [
        f"{revision.folder.relative_to(paths.marts / FOLDER)}/{name}" for revision in kept for name in altered(revision)
    ]
    if wrong:
        yield _altered(
            "reports",
            wrong,
            ("从备份恢复，或重新生成（得到新的版本）", "restore them from a backup, or make the report anew"),
        )
    else:
        yield fine("reports", f"已冻结报告 {len(kept)} 份，文件完好", f"{len(kept)} frozen reports, as they were")


def _notices(paths: DataPaths) -> Iterator[Finding]:
    from dagster_project.notices.register import Register, place_of

    try:
        register = Register(place_of(paths))
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield broken(
            "notices",
            (f"文号登记簿读不懂：{error}", f"the register of notices cannot be read: {error}"),
            (
                "从备份恢复：没有它，同样的文号会再发一次",
                "restore it from a backup: without it numbers are given twice",
            ),
        )
        return
    wrong = register.altered()
    if wrong:
        yield _altered(
            "notices",
            wrong,
            (
                "从备份恢复，或作废文号后重新生成",
                "restore them from a backup, or void the number and make the notice anew",
            ),
        )
    elif register.notices:
        count = len(register.notices)
        yield fine("notices", f"有文号的公文 {count} 份，文件完好", f"{count} numbered notices, as they were")


def _altered(check: str, names: Sequence[str], mend: tuple[str, str]) -> Finding:
    listed = "；".join(names[:SHOWN]) + ("；…" if len(names) > SHOWN else "")
    return broken(
        check,
        (f"{len(names)} 个已冻结的文件被改动或缺失：{listed}", f"{len(names)} frozen files differ: {listed}"),
        mend,
    )
