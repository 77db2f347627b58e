"""Papers to single units: what the marts say they are to be told, and were not told before."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.notices.register import WORDS, Notice, Register, bracketed, opened
from dagster_project.notices.template import SHIPPED
from dagster_project.paths import DataPaths
from dagster_project.publish import DATABASE
from dagster_project.reports import pdf, word
from dagster_project.reports.figures import Figures, Row, read_figures
from dagster_project.reports.office import Office, read_office
from dagster_project.reports.period import read_period
from dagster_project.reports.published import asked_regions, published, region_prefix
from dagster_project.reports.words import clean, day
from dagster_project.terms import RECORDS

ITEMS = Path(__file__).with_name("sql") / "notice_item.sql"
TITLES = {"tip_sheet": "工作提示单", "rectification_notice": "关于限期整改的通知"}


def make_notices(paths: DataPaths, month: str, region: str | None = None, *, wants_pdf: bool = True) -> list[Notice]:
    """Make the papers of a month that were not made before, for a region and all below it, or for every office.

    Returns the new ones, each with a PDF beside it where this machine can make one. Nothing is made where it raises
    PeriodError (a month or region that the marts do not know), NothingPublishedError (there are no marts),
    OfficeError (the office's settings or a template cannot be used) or RegisterError (the register is gone).
    """
    period = read_period("monthly", month)
    prefix = region_prefix(region)
    version, manifest = published(paths)
    as_of = date.fromisoformat(manifest["made_from"]["as_of"])
    office = read_office(paths.root)
    figures = read_figures(version / DATABASE, as_of, period, prefix)
    senders = [office.named(figures.place(code)) for code in asked_regions(figures, prefix)]
    items = _items(version / DATABASE, figures, prefix)
    with opened(paths) as register:
        register.sweep()
        made: list[Notice] = []
        for (kind, uscc), rows in itertools.groupby(items, key=lambda row: (row["paper"], row["uscc"])):
            told = register.told(kind, uscc)
            new = [row for row in rows if _subject(row) not in told]
            sender = next((one for one in senders if new and new[0]["region_code"].startswith(one["prefix"])), None)
            if sender is not None:
                made.append(_write(register, made, office, sender, figures, new))
        if made:
            made = _with_pdfs(register, made, as_of) if wants_pdf else made
            register.save([*register.notices, *made])
        return made


def void_notice(paths: DataPaths, number: str, reason: str, voided_on: date, region_code: str | None = None) -> Notice:
    """Mark a number as void: it is kept and never given again, and its subjects get a new paper at the next making.

    Raises NoticeError where the number is none that is in force.
    """
    with opened(paths) as register:
        return register.void(number, reason, voided_on.isoformat(), region_code)


def _write(
    register: Register, made: Sequence[Notice], office: Office, sender: Row, figures: Figures, rows: list[Row]
) -> Notice:
    kind, year = rows[0]["paper"], figures.as_of.year
    code = sender["region_code"]
    number = register.next_number(kind, code, year) + sum(one.series == (kind, code, year) for one in made)
    said = {
        "title": TITLES[kind],
        "issuer": office.issuer(sender),
        "document_no": f"{WORDS[kind]}{bracketed(year, number)}",
        "number": bracketed(year, number),
        "recipients": f"{clean(rows[0]['unit_name'])}：",
        "date_line": day(figures.as_of),
        **(_tip_sheet(rows) if kind == "tip_sheet" else _rectification_notice(rows)),
    }
    own = office.folder / f"{kind}.docx"
    content = word.render(own if own.is_file() else SHIPPED / own.name, said, {}, figures.as_of)
    file = f"{year}/{code}/{kind}-{number}.docx"
    return Notice(
        kind=kind,
        region_code=code,
        year=year,
        number=number,
        uscc=rows[0]["uscc"],
        month=figures.period.key,
        as_of=figures.as_of.isoformat(),
        subjects=[_subject(row) for row in rows],
        file=file,
        sha256=register.write_paper(file, content),
    )


def _with_pdfs(register: Register, made: Sequence[Notice], as_of: date) -> list[Notice]:
    """The new papers, drawn in one pass; those of which no PDF came are as they were."""
    drawn = set(pdf.write_pdfs([register.folder / one.file for one in made], as_of))
    return [
        replace(one, pdf_sha256=register.write_paper(one.pdf, path.read_bytes())) if path in drawn else one
        for one in made
        for path in (register.folder / one.pdf,)
    ]


def _tip_sheet(rows: list[Row]) -> dict[str, Any]:
    listings = _numbered(
        f"{clean(row['number'])}，"
        + (f"{clean(row['court'])}，" if row["court"] else "")
        + f"{day(row['happened_on'])}发布"
        for row in rows
        if row["part"] == "listing"
    )
    tasks = _numbered(f"{_task(row)}，整改期限{day(row['due_on'])}" for row in rows if row["part"] == "due")
    return {
        "opening": "为推动政务诚信问题及时解决，现就有关事项提示如下。",
        "listings": listings,
        "listings_text": "你单位被人民法院列入失信被执行人名单，请抓紧履行生效法律文书确定的义务，及时退出名单：",
        "tasks": tasks,
        "tasks_text": "你单位下列整改事项即将到期，请在期限内完成：",
    }


def _rectification_notice(rows: list[Row]) -> dict[str, Any]:
    parts = ("ordered", "overdue")
    return {
        "opening": "根据政务诚信建设有关规定，现将需要你单位整改的事项通知如下。",
        "ordered": _numbered(
            _task(row) + (f"，整改期限{day(row['due_on'])}" if row["due_on"] else "")
            for row in rows
            if row["part"] == "ordered"
        ),
        "ordered_text": "经核实，下列事项由你单位负责整改，请制定整改措施，在期限内完成：",
        "overdue": _numbered(
            f"{_task(row)}，整改期限{day(row['due_on'])}"
            + (f"，已逾期{row['days_late']}天" if row["days_late"] else "，当日到期未完成")
            for row in rows
            if row["part"] == "overdue"
        ),
        "overdue_text": "下列整改事项期限已到仍未完成，请立即整改，并书面说明原因：",
        "records": _numbered(
            f"{RECORDS[row['part']]}，{clean(row['number'])}，{day(row['happened_on'])}"
            for row in rows
            if row["part"] not in parts
        ),
        "records_text": "你单位有下列政务失信记录，请书面说明原因并限期整改：",
    }


def _task(row: Row) -> str:
    feed, _, number = row["number"].partition(":")
    return f"{'投诉' if feed == 'complaints' else '整改事项'}{clean(number)}"


def _numbered(lines: Iterable[str]) -> list[str]:
    """Things of a list, one a paragraph; one alone has no number."""
    listed = list(lines)
    if len(listed) == 1:
        return [f"{listed[0]}。"]
    return [f"{place}．{line}{'。' if place == len(listed) else '；'}" for place, line in enumerate(listed, 1)]


def _subject(row: Row) -> str:
    return f"{row['part']}:{row['subject']}"


def _items(database: Path, figures: Figures, prefix: str) -> list[Row]:
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set enable_external_access = false")
        connection.execute("use marts")
        told = {
            "starts_on": figures.period.starts_on,
            "through_on": figures.through_on,
            "as_of": figures.as_of,
            "prefix": prefix,
        }
        for name, value in told.items():
            connection.execute(f"set variable {name} = ?", [value])
        answer = connection.execute(ITEMS.read_text(encoding="utf-8"))
        names = [column[0] for column in answer.description or []]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
