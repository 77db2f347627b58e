"""How a sender lays out its table: file type, header, and how dates, money, codes and yes or no are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bench.samples import files
from bench.samples.chance import stream
from bench.samples.files import Cell, Sheet
from bench.samples.things import Row, Value
from dagster_project import contracts
from dagster_project.contracts.model import Column

_BOOLEANS = {"words": ("是", "否"), "marks": ("√", "×"), "digits": ("1", "0"), "letters": ("Y", "N")}


@dataclass(frozen=True)
class Dress:
    """One layout.

    `kind`: xlsx, xls, text, json, jsonl, parquet. `header`: zh or en; `variant` picks among a column's Chinese names.
    `dates`: iso, slash, dot, compact, chinese, time, day_first, cell (a date of the sheet), serial (its number).
    `money`: yuan, comma (with separators and 元), wan_header, wan_cell, wan_value: where 万元 is said.
    `split`: the sheet that a row stands on. `hidden`: the sheet that is hidden (`options`: one of choices).
    `names`, `words`, `constant`: headers and codes of one's own, and columns that a mapping adds.
    """

    kind: str
    header: str = "zh"
    variant: int = 0
    dates: str = "iso"
    money: str = "yuan"
    booleans: str = "words"
    encoding: str = "utf-8"
    delimiter: str = ","
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    has_numbers: bool = False
    has_total: bool = False
    has_remarks: bool = False
    marks_required: bool = False
    merges_units: bool = False
    hidden: str | None = None
    blank: str = ""
    split: Callable[[Row], str] | None = None
    names: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    constant: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        return {"text": "tsv" if self.delimiter == "\t" else "csv"}.get(self.kind, self.kind)


def render(feed: str, rows: list[Row], dress: Dress) -> bytes:
    """The file of these rows."""
    columns = _columns(feed, rows, dress)
    header = [_heading(column, dress) for column in columns]
    if dress.kind in ("json", "jsonl", "parquet"):
        body = [
            [_cell(row.get(column.name), column, dress, number) for column in columns]
            for number, row in enumerate(rows)
        ]
        if dress.kind == "parquet":
            return files.parquet(header, body)
        return files.objects(header, body, dress.kind == "jsonl")
    if dress.kind == "text":
        return files.text(_sheet("", columns, header, rows, dress).rows, dress.delimiter, dress.encoding)
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(dress.split(row) if dress.split else "Sheet1", []).append(row)
    shown_first = sorted((parts or {"Sheet1": []}).items(), key=lambda part: part[0] == dress.hidden)
    sheets = [_sheet(name, columns, header, part, dress) for name, part in shown_first]
    if dress.hidden == "options":
        sheets.append(Sheet("下拉选项", [["属实"], ["不属实"], ["部分属实"]], is_hidden=True))
    return files.xls(sheets) if dress.kind == "xls" else files.xlsx(sheets)


def _columns(feed: str, rows: list[Row], dress: Dress) -> list[Column]:
    """The columns in which a row has a value, and those that a header needs."""
    contract = contracts.load()[feed]
    accepted = {name: column for name, column in contract.accepted.items() if name not in dress.constant}
    if dress.names:
        accepted = {name: column for name, column in accepted.items() if name in dress.names}
    demanded = {group[-1] for group in contract.demanded_groups} | ({"uscc"} if contract.unit else set())
    used = {name for row in rows for name, value in row.items() if value is not None}
    kept = [column for name, column in accepted.items() if name in used or name in demanded]
    # A clerk's table begins with its number, not with the unit.
    return sorted(kept, key=lambda column: not column.key) if dress.variant % 2 else kept


def _heading(column: Column, dress: Dress) -> str:
    if column.name in dress.names:
        return dress.names[column.name]
    if dress.header == "en":
        return column.name
    name = column.names[dress.variant % len(column.names)]
    if column.type == "money" and dress.money == "wan_header":
        return f"{name}（万元）"
    if dress.marks_required and column.is_demanded:
        return f"{name}（必填）"
    return name


def _sheet(name: str, columns: list[Column], header: list[str], rows: list[Row], dress: Dress) -> Sheet:
    """Titles, header, rows, total and notes of one sheet."""
    before: list[Cell] = ["序号"] if dress.has_numbers else []
    width = len(before) + len(columns) + dress.has_remarks
    table: list[list[Cell]] = [[title, *[None] * (width - 1)] for title in dress.titles]
    if dress.money == "wan_cell":
        table.append([*[None] * (width - 1), "单位：万元"])
    table.append([*before, *header, *(["备注"] if dress.has_remarks else [])])
    first = len(table)
    if dress.merges_units:
        rows = sorted(rows, key=lambda row: f"{row.get('uscc')}{row.get('unit_name')}")
    for number, row in enumerate(rows):
        cells: list[Cell] = [_cell(row.get(column.name), column, dress, number) for column in columns]
        numbered: list[Cell] = [number + 1] if dress.has_numbers else []
        table.append([*numbered, *cells, *(["已核对" if number % 7 == 3 else None] if dress.has_remarks else [])])
    merged = _merged(columns, table, first, len(before)) if dress.merges_units else []
    if dress.titles and dress.kind in ("xlsx", "xls"):
        merged.append((0, 0, 0, width - 1))
    if dress.has_total and rows:
        table.append(_total(columns, rows, dress, len(before)))
    table += [[note, *[None] * (width - 1)] for note in dress.notes]
    return Sheet(name, table, merged, is_hidden=dress.hidden == name)


def _merged(columns: list[Column], table: list[list[Cell]], first: int, offset: int) -> list[tuple[int, int, int, int]]:
    """One cell for the rows of one unit, in each column that names it."""
    ranges = []
    for place, column in enumerate(columns, offset):
        if column.name not in ("uscc", "unit_name"):
            continue
        start = first
        for number in range(first + 1, len(table) + 1):
            if number == len(table) or table[number][place] != table[start][place]:
                if number - start > 1 and table[start][place] is not None:
                    ranges.append((start, place, number - 1, place))
                start = number
    return ranges


def _total(columns: list[Column], rows: list[Row], dress: Dress, offset: int) -> list[Cell]:
    cells: list[Cell] = ["合计", *[None] * (len(columns) + offset + dress.has_remarks - 1)]
    for place, column in enumerate(columns, offset):
        if column.type == "money" and place:
            sums = [value for row in rows if isinstance(value := row.get(column.name), Decimal)]
            cells[place] = _cell(sum(sums, Decimal(0)), column, dress, 0)
    return cells


def _cell(value: Value, column: Column, dress: Dress, number: int) -> Cell:
    typed = dress.kind in ("json", "jsonl", "parquet") and dress.header == "en"
    if value is None:
        return dress.blank if dress.blank and number % 3 == 0 and dress.kind in ("text", "xls", "xlsx") else None
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, bool):
        return value if typed else _BOOLEANS[dress.booleans][not value]
    if isinstance(value, date):
        return value if typed else _day(value, dress, number)
    if isinstance(value, Decimal):
        return value if typed else _money(value, dress)
    if column.type == "code" and dress.header == "zh":
        if value in dress.words.get(column.name, {}):
            return dress.words[column.name][str(value)]
        spoken = column.codes[str(value)]
        return spoken[dress.variant % len(spoken)]
    if column.name == "year" and dress.variant % 3 == 2:
        return f"{value}年"
    return value


def _day(value: date, dress: Dress, number: int) -> Cell:
    if dress.dates == "cell":
        return value
    if dress.dates == "serial":
        return (value - date(1899, 12, 30)).days
    if dress.dates == "time":
        random = stream("time of day", value, number)
        return f"{value:%Y-%m-%d} {random.randint(8, 18):02d}:{random.randint(0, 59):02d}:{random.randint(0, 59):02d}"
    if dress.dates == "slash":
        return f"{value.year}/{value.month}/{value.day}"
    if dress.dates == "chinese":
        return f"{value.year}年{value.month}月{value.day}日"
    return value.strftime(
        {"iso": "%Y-%m-%d", "dot": "%Y.%m.%d", "compact": "%Y%m%d", "day_first": "%d/%m/%Y"}[dress.dates]
    )


def _money(value: Decimal, dress: Dress) -> Cell:
    wan = (value / 10_000).normalize()
    if dress.money in ("wan_header", "wan_cell"):
        return f"{wan:f}" if dress.kind == "text" else wan
    if dress.money == "wan_value":
        return f"{wan:f}万元"
    return f"￥{value:,.2f}元" if dress.money == "comma" else (f"{value:.2f}" if dress.kind == "text" else value)
