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
    from dagster_project.reports.pdf import FONT_PACKAGES, install_line

    family = picture_font()
    if family is None:
        packages, line = ", ".join(FONT_PACKAGES), install_line(FONT_PACKAGES)
        return warning(
            "fonts",
            ("没有能写中文的字体，报告里不画图", "no font here draws Chinese: reports are made without pictures"),
            (f"安装 {packages}（{line}）", f"install {packages} ({line})"),
        )
    return fine("fonts", f"报告的图用字体 {family}", f"pictures are lettered in {family}")


def _converter() -> Finding:
    from dagster_project.reports.fonts import stand_ins
    from dagster_project.reports.pdf import converter, install_line, missing

    packages = missing()
    if packages:
        listed, line = ", ".join(packages), install_line(packages)
        return warning(
            "pdf",
            (f"没有 {listed}，报告和公文不生成 PDF", f"no {listed}: reports and notices are made without PDF"),
            (f"安装 {listed}（{line}）", f"install {listed} ({line})"),
        )
    # The office sees here why its PDF looks other than its Word file.
    others = [f"{name} → {other or '?'}" for name, other in stand_ins().items() if other != name]
    return fine(
        "pdf",
        f"PDF 由 {converter()} 生成" + (f"；代用字体：{'，'.join(others)}" if others else ""),
        f"PDF files are made by {converter()}" + (f"; fonts that stand in: {', '.join(others)}" if others else ""),
    )


def _frozen(paths: DataPaths) -> Iterator[Finding]:
    from dagster_project.reports.freeze import FOLDER, altered, revisions, unreadable

    places = sorted((paths.marts / FOLDER).glob("*/*"))
    kept = [revision for place in places for revision in revisions(place)]
    files = [revision.folder / name for revision in kept for name in altered(revision)]
    files += [manifest for place in places for manifest in unreadable(place)]
    if not kept and not files:
        return
    wrong = [str(path.relative_to(paths.marts / FOLDER)) for path in files]
    if wrong:
        yield _altered(
            "reports",
            wrong,
            ("从备份恢复，或重新生成（得到新的版本）", "restore them from a backup, or make the report anew"),
        )
    else:
        yield fine("reports", f"已冻结报告 {len(kept)} 份，文件完好", f"{len(kept)} frozen reports, as they were")


def _notices(paths: DataPaths) -> Iterator[Finding]:
    from dagster_project.notices.register import RESTORE, Register, place_of

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
    if lost := register.lost():
        yield broken("notices", lost, RESTORE)
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
