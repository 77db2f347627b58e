"""Senders' own layouts: `DATA/mappings/<name>.yaml`, checked (feeds.md, "Layouts of one's own")."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from dagster_project import contracts
from dagster_project.intake.discovery import mapping_files
from dagster_project.intake.layouts import Mapping, code_name, layout_of

KEYS = ("feed", "files", "sheet", "header_row", "columns", "constants", "values", "date_order")
DATE_ORDERS = ("year_first", "day_first")


class MappingError(ValueError):
    """A mapping is wrong: the message names file, line and key, `english` too. Nothing runs until it is mended."""

    def __init__(self, path: Path, line: int, key: str, zh: str, en: str) -> None:
        super().__init__(f"mappings/{path.name} 第 {line} 行，{key}：{zh}")
        self.english = f"mappings/{path.name}, line {line}, {key}: {en}"
        self.file, self.line, self.key = path.name, line, key


class _Checker:
    def __init__(self, path: Path, given: CommentedMap) -> None:
        self.path, self.given = path, given

    def fail(self, zh: str, en: str, *keys: str) -> MappingError:
        line, node = 1, self.given
        for key in keys:
            if isinstance(node, CommentedMap) and key in node:
                line = node.lc.key(key)[0] + 1
                node = node[key]
        return MappingError(self.path, line, ".".join(str(key) for key in keys), zh, en)

    def table(self, key: str) -> dict[Any, Any]:
        value = self.given.get(key)
        if value is None:
            return {}
        if not isinstance(value, CommentedMap):
            raise self.fail("应当是“名称: 值”的表", "must be a table of `name: value`", key)
        return dict(value)


def _no_column(feed: str, column: object) -> tuple[str, str]:
    return f"{feed} 没有“{column}”这一列", f"{feed} has no column “{column}”"


def _no_code(column: object, code: object) -> tuple[str, str]:
    return f"{column} 没有“{code}”这个代码", f"{column} has no code “{code}”"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def _read(path: Path) -> Mapping:
    content = path.read_bytes()
    try:
        given = YAML().load(content)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MappingError(path, line, "YAML", "语法错误", "broken syntax") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise MappingError(
            path, 1, "YAML", "读不出；应当是 UTF-8 的 YAML 文件", "can not be read; must be YAML in UTF-8"
        ) from error
    if not isinstance(given, CommentedMap):
        raise MappingError(path, 1, "feed", "文件里没有内容", "the file has no content")
    check = _Checker(path, given)
    for key in given:
        if key not in KEYS:
            raise check.fail(
                f"没有这个键；可用的有 {'、'.join(KEYS)}", f"no such key; there are {', '.join(KEYS)}", key
            )
    feed = given.get("feed")
    if feed not in contracts.feed_names():
        raise check.fail(f"没有“{feed}”这一类报送", f"there is no feed “{feed}”", "feed")
    contract = contracts.load()[feed]
    accepted, codes = contract.accepted, layout_of(contract).codes

    files = given.get("files")
    if isinstance(files, str):
        files = [files]
    if not files or not isinstance(files, Sequence) or not all(isinstance(pattern, str) for pattern in files):
        raise check.fail("应当是文件名样式的列表", "must be a list of patterns of file names", "files")
    header_row = given.get("header_row")
    if header_row is not None and (not isinstance(header_row, int) or isinstance(header_row, bool) or header_row < 1):
        raise check.fail("应当是从 1 数起的行号", "must be the number of a row, from 1", "header_row")
    date_order = given.get("date_order")
    if date_order is not None and date_order not in DATE_ORDERS:
        raise check.fail(f"应当是 {' 或 '.join(DATE_ORDERS)}", f"must be {' or '.join(DATE_ORDERS)}", "date_order")

    columns = {}
    for name, column in check.table("columns").items():
        if str(column) not in accepted:
            raise check.fail(*_no_column(feed, column), "columns", name)
        columns[str(name)] = str(column)
    constants = {}
    for column, value in check.table("constants").items():
        if column not in accepted:
            raise check.fail(*_no_column(feed, column), "constants", column)
        constants[str(column)] = _text(value)
    values: dict[str, dict[str, str]] = {}
    for column, names in check.table("values").items():
        if column not in accepted:
            raise check.fail(*_no_column(feed, column), "values", column)
        if not isinstance(names, CommentedMap):
            raise check.fail("应当是“原文: 代码”的表", "must be a table of `text: code`", "values", column)
        for name, code in names.items():
            meant = codes.get(column, {}).get(code_name(_text(code)))
            if meant is None:
                raise check.fail(*_no_code(column, code), "values", column, name)
            values.setdefault(str(column), {})[_text(name)] = meant
    sheet = given.get("sheet")
    mapping = Mapping(
        name=path.stem,
        sha256=hashlib.sha256(content).hexdigest(),
        feed=str(feed),
        files=tuple(files),
        sheet=None if sheet is None else str(sheet),
        header_row=header_row,
        columns=columns,
        constants=constants,
        values=values,
        is_day_first=date_order == "day_first",
    )
    _check_constants(check, mapping)
    return mapping


def _check_constants(check: _Checker, mapping: Mapping) -> None:
    import polars as pl

    from dagster_project.intake.columns import parse

    contract = contracts.load()[mapping.feed]
    layout = layout_of(contract, mapping)
    for column, value in mapping.constants.items():
        if parse(contract.accepted[column], pl.Series(column, [value]), layout, 0).value[0] is None:
            codes = layout.codes.get(column)
            is_code = codes is not None and code_name(value) not in codes
            unread = (f"“{value}”读不出", f"“{value}” can not be read")
            raise check.fail(*(_no_code(column, value) if is_code else unread), "constants", column)


def load_mappings(data_dir: Path) -> list[Mapping]:
    """Every mapping, in the order of the files' names. Raises MappingError for the first that is wrong."""
    return [_read(path) for path in mapping_files(data_dir)]


def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in glob), re.DOTALL)


def mapping_for(mappings: Sequence[Mapping], feed: str, file: str) -> Mapping | None:
    """The mapping whose glob matches a file with most characters other than * and ?; of equal ones, the first."""
    best: Mapping | None = None
    most = -1
    for mapping in mappings:
        if mapping.feed != feed:
            continue
        for glob in mapping.files:
            plain = len(glob) - glob.count("*") - glob.count("?")
            if plain > most and _pattern(glob).fullmatch(file):
                best, most = mapping, plain
    return best
