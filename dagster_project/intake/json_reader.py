"""JSON as tables: an array of objects, or one object a line (feeds.md, "File types")."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from dagster_project.intake.cells import RawTable, Rejected
from dagster_project.intake.headers import HeaderPlan, find_header, tabulate
from dagster_project.intake.text_reader import ROWS_A_TABLE, encoding_of

# An array is held in memory whole; a larger delivery comes as one object a line.
MAX_ARRAY_BYTES = 512 << 20
# No number of a ledger has more digits before or after the point.
MAX_DIGITS = 60
# Half of a pair by which JSON escapes a character beyond U+FFFF; alone it is no character that can be stored.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_TOO_DEEP = "JSON 里第 {} 条嵌套太深；请改为平的对象"
_BROKEN = "JSON 读不出：第 {} 行有语法错误；请检查后重报"


class _DuplicateKey(ValueError):
    pass


def _number(literal: str) -> str:
    """A number's literal in its shortest decimal form: 1.50 is `1.5`, 4.5e4 is `45000`."""
    number = Decimal(literal)
    if abs(number.adjusted()) > MAX_DIGITS:
        # Written out it would fill the memory; as it stands no type can read it.
        return literal
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _DuplicateKey
    return made


_decode = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_int=str, parse_constant=str).decode


def _text(value: Any) -> str | None:
    if value is None or type(value) is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(item is None or isinstance(item, str | bool) for item in value):
        return "、".join(text for item in value if (text := _text(item)) is not None)
    return json.dumps(value, ensure_ascii=False)


def _row(given: Any, place: int) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Rejected(f"JSON 里第 {place} 条不是对象（{{…}}）")
    return given


def _whole(value: Any) -> Any:
    """A value whose texts have the replacement character in place of halves that stand alone."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return _object([(_whole(key), _whole(item)) for key, item in value.items()])
    return [_whole(item) for item in value] if isinstance(value, list) else value


def _parse(text: str, place: int) -> Any:
    try:
        return _whole(_decode(text)) if _HALF.search(text) else _decode(text)
    except _DuplicateKey as error:
        raise Rejected(f"JSON 里第 {place} 条有重复的键") from error
    except RecursionError as error:
        raise Rejected(_TOO_DEEP.format(place)) from error
    except (ValueError, ArithmeticError) as error:
        raise Rejected(_BROKEN.format(place)) from error


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding=encoding, newline="\n") as text:
        for number, line in enumerate(text, start=1):
            if line := line.strip():
                yield number, _row(_parse(line, number), number)


def _array(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    if path.stat().st_size > MAX_ARRAY_BYTES:
        raise Rejected(f"JSON 数组超过 {MAX_ARRAY_BYTES >> 20} MiB；请改为每行一个对象（.jsonl）")
    for place, given in enumerate(_parse(path.read_text(encoding), 1), start=1):
        yield place, _row(given, place)


def read_json(path: Path, plan: HeaderPlan) -> Iterator[RawTable]:
    """The tables of a JSON file, ROWS_A_TABLE objects each. Raises Rejected where it has no content, header or sense.

    `[]` is a nil report: a table without rows.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding) as text:
        start = text.read(1)
        while start and start.isspace():
            start = text.read(1)
    if not start:
        raise Rejected("文件里没有内容")
    is_array = start == "["
    entries = _array if is_array else _lines
    # The header is the union of the keys: it takes one walk through the file to know it.
    keys: dict[str, None] = {}
    count = 0
    for _, given in entries(path, encoding):
        keys.update(dict.fromkeys(given))
        count += 1
    if is_array and not count:
        yield RawTable(None, {}, range(0))
        return
    names = list(keys)
    header = find_header([names], plan._replace(header_row=None))
    if header is None:
        raise Rejected("没有找到表头：对象的键里缺少必填列")
    source = entries(path, encoding)
    while part := list(islice(source, ROWS_A_TABLE)):
        try:
            rows = [tuple(map(_text, map(given.get, names))) for _, given in part]
        except RecursionError as error:
            raise Rejected(_TOO_DEEP.format(part[0][0])) from error
        numbers: Any = [place for place, _ in part]
        yield tabulate(rows, header, plan._replace(marked=frozenset()), numbers)
