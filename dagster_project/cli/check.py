"""`jiannuo check`: the clearance look-up of one unit or a list, at any day up to that of the marts."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from dagster_project import audit
from dagster_project.clearance import Clearance, look_up
from dagster_project.cli.answers import show, visible
from dagster_project.cli.lookup import Data, Office, Row, find_units, not_found
from dagster_project.cli.messages import Lang, t
from dagster_project.query import Answer
from dagster_project.query.client import Column

SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Form(StrEnum):
    """How the answer is written."""

    table = "table"
    json = "json"
    xlsx = "xlsx"


def check(
    units: Annotated[
        list[str] | None,
        typer.Argument(metavar="[UNIT]…", help=t("单位全称或统一社会信用代码", "Names or codes of units")),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help=t("核查日期；默认为观测日", "Day; default the day of the marts")),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            help=t(
                "名单：文本每行一个，或表格的第一列", "A list: a text with one a line, or the first column of a sheet"
            ),
        ),
    ] = None,
    data: Data = None,
    form: Annotated[Form, typer.Option("--format", help=t("输出格式", "How the answer is written"))] = Form.table,
    out: Annotated[
        Path | None, typer.Option("--out", help=t("写到文件（xlsx 必须给出或重定向）", "Write to this file"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Clearance look-up of units by name or code, with the reasons."""
    asked = list(dict.fromkeys([*(units or []), *(_listed(file) if file else [])]))
    if not asked:
        raise typer.BadParameter(t("请给出单位，或用 --file 给出名单", "name a unit, or a list with --file"))
    office = Office(data)
    as_of = office.as_of()
    day = _day(on, as_of)
    found = find_units(office, asked)
    known = {unit["uscc"]: unit for unit in found.values() if unit}
    # A text that names no unit may name a person: it is counted alone.
    audit.note(
        office.paths,
        "check",
        units=sorted(known),
        on=day.isoformat(),
        not_found=sum(not unit for unit in found.values()),
    )
    clearances = look_up(office.ask, sorted(known), day)
    answers = [(text, unit, clearances[unit["uscc"]] if unit else None) for text, unit in found.items()]
    if form is Form.json:
        _write(out, (json.dumps(_objects(answers, day), ensure_ascii=False, indent=1) + "\n").encode())
    elif form is Form.xlsx:
        if out is None and sys.stdout.isatty():
            raise typer.BadParameter(t("请用 --out 给出要写的文件", "say with --out which file to write"))
        _write(out, _workbook(answers, day))
    else:
        _write(out, _text(answers, day).encode())
    missing = [text for text, unit, _ in answers if unit is None]
    for text in missing:
        print(visible(not_found(text)), file=sys.stderr)
    raise typer.Exit(1 if missing else 0)


# Typer shows it as the command's help, which no text written in the source could be in both languages.
check.__doc__ = t("信用核查：按单位全称或信用代码查询，并列出理由", check.__doc__ or "")

Answers = list[tuple[str, Row | None, Clearance | None]]


def verdict(code: str) -> str:
    """A clearance in words."""
    words = {
        "clear": t("无失信记录", "clear"),
        "attention": t("关注", "attention"),
        "barred": t("限制", "barred"),
        "unknown": t("未找到", "not found"),
    }
    return words[code]


def _day(on: str | None, as_of: str) -> date:
    if on is None:
        return date.fromisoformat(as_of)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise typer.BadParameter(t(f"不是日期：{on}", f"no date: {on}"), param_hint="--on") from None
    if day > date.fromisoformat(as_of):
        raise typer.BadParameter(
            t(
                f"{on} 晚于已发布数据的观测日 {as_of}：那以后的事还不知道",
                f"{on} is after {as_of}, the day of the published marts: what came later is not known",
            ),
            param_hint="--on",
        )
    return day


def _listed(path: Path) -> list[str]:
    """The units of a list, by their first cells; a header is left out.

    A list is a workbook, or a text in an encoding that deliveries may have.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise _no_list(f"读不到名单：{path}", f"cannot read the list: {path}") from None
    cells = _cells_of_workbook(content) if content.startswith(SHEETS) else _cells_of_text(path)
    names = [str(cell).strip() for cell in cells]
    headers = {"单位", "单位名称", "名称", "统一社会信用代码", "信用代码", "unit", "unit_name", "uscc", "name"}
    return [name for name in names if name and name.lower() not in headers]


def _no_list(zh: str, en: str) -> typer.BadParameter:
    return typer.BadParameter(t(zh, en), param_hint="--file")


def _cells_of_workbook(content: bytes) -> list[str]:
    import fastexcel
    import polars as pl

    try:
        sheet = pl.read_excel(
            io.BytesIO(content), engine="calamine", has_header=False, infer_schema_length=0, raise_if_empty=False
        )
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise _no_list(
            "名单打不开：不是 Excel 工作簿、已加密或已损坏；请另存为 .xlsx",
            "the list cannot be opened: no Excel workbook, encrypted or damaged; save it as .xlsx",
        ) from error
    return [cell for cell in sheet.to_series(0).to_list() if cell is not None] if sheet.width else []


def _cells_of_text(path: Path) -> list[str]:
    from dagster_project.intake.cells import Rejected
    from dagster_project.intake.text_reader import encoding_of

    try:
        text = path.read_text(encoding_of(path))
        is_text = "\0" not in text
    except Rejected:
        is_text = False
    if not is_text:
        raise _no_list(
            "名单不是文本，也不是 Excel 工作簿；请另存为 .xlsx，或 UTF-8 的 .csv、.txt",
            "the list is neither a text nor an Excel workbook; save it as .xlsx, or as .csv or .txt in UTF-8",
        )
    return [row[0] for row in csv.reader(io.StringIO(text)) if row]


def _write(out: Path | None, content: bytes) -> None:
    if out is not None:
        out.write_bytes(content)
        return
    binary: BinaryIO | None = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(content.decode())
    else:
        binary.write(content)
        binary.flush()


def _objects(answers: Answers, day: date) -> list[dict[str, Any]]:
    return [
        {
            "asked": text,
            "uscc": unit["uscc"] if unit else None,
            "name": unit["name"] if unit else None,
            "on": day.isoformat(),
            "clearance": clearance.code if clearance else "unknown",
            "counted_from_year": clearance.counted_from_year if clearance else None,
            "records": clearance.records if clearance else [],
            "listings": clearance.listings if clearance else [],
            "commitments_overdue": clearance.commitments if clearance else [],
        }
        for text, unit, clearance in answers
    ]


def _reasons(clearance: Clearance) -> list[tuple[str, str, str, str]]:
    """Kind, number, day, and what is to say of it, in words."""
    said = [
        (
            t("失信记录", "record"),
            row["record_id"],
            row["occurred_on"],
            t(f"状态 {row['status']}，权重 {row['weight']}", f"{row['status']}, weight {row['weight']}")
            + ("" if row["counts"] else t("，不计入", ", does not count")),
        )
        for row in clearance.records
    ]
    said += [
        (t("在列失信名单", "active listing"), row["case_no"], row["published_on"], row["court"] or "")
        for row in clearance.listings
    ]
    said += [
        (t("逾期承诺", "overdue commitment"), row["commitment_no"], row["since"], row["state"])
        for row in clearance.commitments
    ]
    return said


def _text(answers: Answers, day: date) -> str:
    rows: list[list[str | None]] = []
    for text, unit, clearance in answers:
        if unit is None or clearance is None:
            rows.append([text, None, verdict("unknown"), None, None, None, None])
            continue
        head: list[str | None] = [unit["name"], unit["uscc"], verdict(clearance.code)]
        reasons = _reasons(clearance) or [("", "", "", "")]
        rows += [
            [*(head if first else ["", "", ""]), *(cell or None for cell in reason)]
            for first, reason in zip([True, *[False] * len(reasons)], reasons, strict=False)
        ]
    heads = _heads()
    out = io.StringIO()
    show(Answer([Column(head, "VARCHAR") for head in heads], rows), "lines", out, len(rows))
    return t(f"核查日期 {day}", f"on {day}") + "\n" + out.getvalue()


def _heads() -> list[str]:
    return [
        t("单位", "unit"),
        "uscc",
        t("结论", "clearance"),
        t("理由", "reason"),
        t("编号", "number"),
        t("日期", "day"),
        t("说明", "detail"),
    ]


def _workbook(answers: Answers, day: date) -> bytes:
    """A sheet with a line a unit, and one with a line a reason."""
    import xlsxwriter

    out = io.BytesIO()
    # A text that begins with = is a text.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    units = book.add_worksheet(t("结论", "clearance"))
    reasons = book.add_worksheet(t("理由", "reasons"))
    bold = book.add_format({"bold": True})
    units.write_row(
        0, 0, [t("查询", "asked"), t("单位", "unit"), "uscc", t("日期", "day"), t("结论", "clearance")], bold
    )
    reasons.write_row(0, 0, _heads(), bold)
    line = 0
    for number, (text, unit, clearance) in enumerate(answers, start=1):
        code = clearance.code if clearance else "unknown"
        cells = [text, unit["name"] if unit else "", unit["uscc"] if unit else "", day.isoformat(), verdict(code)]
        units.write_row(number, 0, cells)
        for reason in _reasons(clearance) if clearance else []:
            line += 1
            reasons.write_row(line, 0, [cells[1], cells[2], cells[4], *reason])
    for sheet in (units, reasons):
        sheet.set_column(0, 6, 24)
        sheet.freeze_panes(1, 0)
    book.set_properties({"created": day_time(day)})
    book.close()
    return out.getvalue()


def day_time(day: date) -> Any:
    """The day as the workbook's date of creation: the same list gives the same file."""
    from datetime import datetime

    return datetime(day.year, day.month, day.day)
