"""A YAML file as plain values, with the line of every key.

YAML 1.2: `NO` is a text, `010` is ten, `1:30` is a text. Numbers with a point stay exact decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dagster_project.policies.problems import Problem

# A policy takes some three kilobytes; beyond this a file is none, or built to exhaust the reader.
MOST_BYTES = 256 * 1024
# Aliases can make a small file large.
MOST_VALUES = 20_000

Path_ = tuple[str | int, ...]

_PREFIX = "tag:yaml.org,2002:"
_TAGS = {_PREFIX + name for name in ("null", "bool", "int", "float", "timestamp", "str", "merge", "map", "seq")}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class YamlFile:
    """What a file says. `values`: its map, keys with a null left out; `lines`: the line of each key and list item."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """The line of a key, or of the closest one around it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path_, kind: str, zh: str, en: str) -> Problem:
        return Problem(self.name, self.line(path), dotted(path), kind, zh, en)


def dotted(path: Path_) -> str:
    """A path as people write it: `scoring.rules[3].points`, items counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read `path`, which people know as `name`. Whatever is wrong stands in `problems`; nothing is raised for it."""
    read = YamlFile(name)
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            raise _Unreadable(1, f"超过 {MOST_BYTES // 1024} KB", f"larger than {MOST_BYTES // 1024} KB")
        _Reader(read).take(YAML(typ="safe", pure=True).compose(content.decode("utf-8-sig")))
    except _Unreadable as error:
        read.problems.append(Problem(name, error.line, "", "unreadable", error.zh, error.en))
    except OSError as error:
        said = error.strerror or type(error).__name__
        read.problems.append(Problem(name, 1, "", "unreadable", f"无法读取：{said}", f"cannot be read: {said}"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(
            name, line, "", "unreadable", "不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8: save it as UTF-8"
        )
        read.problems.append(problem)
    except (YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        said = " ".join(str(getattr(error, "problem", None) or type(error).__name__).split())
        line = mark.line + 1 if mark else 1
        read.problems.append(Problem(name, line, "", "unreadable", f"不是 YAML：{said}", f"not YAML: {said}"))
    return read


class _Unreadable(Exception):
    def __init__(self, line: int, zh: str, en: str) -> None:
        self.line, self.zh, self.en = line, zh, en


class _Reader:
    def __init__(self, read: YamlFile) -> None:
        self.read = read
        self.left = MOST_VALUES

    def take(self, root: Node | None) -> None:
        if root is None or not isinstance(root, MappingNode):
            raise _Unreadable(1, "没有内容，或不是“键: 值”", "empty, or no map of keys and values")
        self.read.values = self._map(root, ())

    def _map(self, node: MappingNode, path: Path_) -> dict[str, Any]:
        values: dict[str, Any] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                raise _Unreadable(key_node.start_mark.line + 1, "键必须是文本", "a key must be a text")
            key = str(key_node.value)
            here = (*path, key)
            if key in seen:
                line = key_node.start_mark.line + 1
                self.read.problems.append(
                    Problem(self.read.name, line, dotted(here), "twice", "键出现两次", "the key stands twice")
                )
                continue
            seen.add(key)
            self.read.lines[here] = key_node.start_mark.line + 1
            value = self._value(value_node, here)
            # policies.md: a null is as if left out.
            if value is not None:
                values[key] = value
        return values

    def _value(self, node: Node, path: Path_) -> Any:
        self.left -= 1
        if self.left < 0:
            raise _Unreadable(node.start_mark.line + 1, f"超过 {MOST_VALUES} 个值", f"more than {MOST_VALUES} values")
        if str(node.tag) not in _TAGS:
            raise _Unreadable(node.start_mark.line + 1, f"不认识的标签 {node.tag}", f"unknown tag {node.tag}")
        if isinstance(node, MappingNode):
            return self._map(node, path)
        if isinstance(node, SequenceNode):
            items = []
            for position, item in enumerate(node.value):
                self.read.lines[(*path, position)] = item.start_mark.line + 1
                items.append(self._value(item, (*path, position)))
            return items
        return _scalar(str(node.tag), str(node.value))


def _scalar(tag: str, text: str) -> Any:
    """The value of a scalar; one that cannot be read as its tag says stays a text, and meets the model as such."""
    match tag.removeprefix(_PREFIX):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if re.fullmatch(r"[-+]?[0-9]{1,30}", text):
            return int(text)
        case "float" if re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?", text):
            return Decimal(text)
        case "timestamp" if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return text
    return text
