"""Policy files, each read by itself: those that come with the program, and the region's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dagster_project.policies.keys import is_parameter
from dagster_project.policies.model import Policy
from dagster_project.policies.problems import Problem
from dagster_project.policies.yaml_file import Path_, YamlFile, read_yaml

SHIPPED = Path(__file__).parent
SHIPPED_SHOWN = "dagster_project/policies"
OWN = "policies"
PATTERN = "*.yaml"


@dataclass(frozen=True)
class PolicyFile:
    """One file that can be read. `policy` is what it says by itself, `yaml.values` the same as plain values."""

    yaml: YamlFile
    policy: Policy

    @property
    def id(self) -> str:
        return self.policy.id


@dataclass(frozen=True)
class PolicyFiles:
    """All files. `files`: those that hold, by id, in the order of ids; `broken`: ids of files that cannot be used."""

    files: dict[str, PolicyFile]
    broken: frozenset[str]
    problems: tuple[Problem, ...]


def read_files(data_dir: Path | None) -> PolicyFiles:
    """Read the shipped files and those of DATA; one of DATA stands in place of a shipped one of its id."""
    problems: list[Problem] = []
    by_id: dict[str, PolicyFile] = {}
    broken: set[str] = set()
    for folder, shown in _folders(data_dir):
        found: dict[str, PolicyFile] = {}
        for read, policy in _shipped() if folder == SHIPPED else _read(folder, shown):
            problems += read.problems
            if policy is None:
                broken.add(str(read.values.get("id")))
                continue
            if policy.id in found:
                other = found[policy.id].yaml.name
                problems.append(
                    read.problem(
                        ("id",), "twice", f"编号 {policy.id} 已用于 {other}", f"{policy.id} is that of {other}"
                    )
                )
                continue
            found[policy.id] = PolicyFile(read, policy)
        by_id |= found
    return PolicyFiles(dict(sorted(by_id.items())), frozenset(broken), tuple(problems))


@cache
def _shipped() -> tuple[tuple[YamlFile, Policy | None], ...]:
    # They are part of the program, and change as little while it runs.
    return _read(SHIPPED, SHIPPED_SHOWN)


def _read(folder: Path, shown: str) -> tuple[tuple[YamlFile, Policy | None], ...]:
    files = [read_yaml(path, f"{shown}/{path.name}") for path in _paths(folder)]
    return tuple((read, _validated(read)) for read in files)


def _folders(data_dir: Path | None) -> list[tuple[Path, str]]:
    own = [] if data_dir is None else [(data_dir / OWN, OWN)]
    return [(SHIPPED, SHIPPED_SHOWN), *own]


def _paths(folder: Path) -> list[Path]:
    # Names that begin with a dot or ~ are what editors and other systems leave behind.
    files = [path for path in folder.glob(PATTERN) if path.is_file() and not path.name.startswith((".", "~"))]
    return sorted(files, key=lambda path: path.name)


def _validated(read: YamlFile) -> Policy | None:
    """The policy of a file; none, with `read.problems` filled, where something in it is wrong."""
    if not read.values and read.problems:
        return None
    try:
        policy = Policy.model_validate(read.values)
    except ValidationError as error:
        read.problems.extend(_problem(read, detail) for detail in error.errors(include_url=False))
        return None
    read.problems.extend(_own_problems(read, policy))
    return None if read.problems else policy


def _own_problems(read: YamlFile, policy: Policy) -> list[Problem]:
    """What a single file gets wrong beyond types and codes."""
    problems = []
    if not policy.is_template and policy.effective_from is None:
        problems.append(
            read.problem(
                ("region_prefix",),
                "missing_key",
                "有地区的办法须有 effective_from",
                "with a region, effective_from is needed",
            )
        )
    if policy.effective_from and policy.effective_to and policy.effective_to < policy.effective_from:
        problems.append(
            read.problem(("effective_to",), "out_of_range", "早于 effective_from", "lies before effective_from")
        )
    seen: set[str] = set()
    for position, rule in enumerate(policy.scoring.rules):
        if rule.id in seen:
            path: Path_ = ("scoring", "rules", position, "id")
            problems.append(read.problem(path, "twice", f"规则 {rule.id} 出现两次", f"rule {rule.id} stands twice"))
        seen.add(rule.id)
    for channel, terms in policy.complaints.items():
        if terms.max_extension and terms.max_extension.from_accepted:
            path = ("complaints", channel, "max_extension")
            problems.append(
                read.problem(
                    path, "wrong_type", "自办结期限起算，不能写 @accepted", "counts from the due date: no @accepted"
                )
            )
    for key in policy.set_by:
        if not is_parameter(key):
            problems.append(read.problem(("set_by", key), "unknown_key", "没有这个参数", "there is no such parameter"))
    return problems


_EXPECTED = {
    "string_type": ("文本", "a text"),
    "text_type": ("文本，不能为空", "a text with something in it"),
    "int_type": ("整数", "an integer"),
    "bool_type": ("true 或 false", "true or false"),
    "number_type": ("数值", "a number"),
    "tuple_type": ("列表", "a list"),
    "dict_type": ("“键: 值”", "keys and values"),
    "model_type": ("“键: 值”", "keys and values"),
    "model_attributes_type": ("“键: 值”", "keys and values"),
    "date_type": ("日期，如 2024-03-01", "a date as 2024-03-01"),
    "month_day_type": ('月日，如 "09-15"', 'a month and day as "09-15"'),
    "region_prefix_type": ("带引号的 2、4 或 6 位数字", "2, 4 or 6 digits, quoted"),
    "term_type": ("期限，如 5wd、30d 或 60d@accepted", "a term as 5wd, 30d or 60d@accepted"),
}
_BOUNDS = {
    "greater_than": ("须大于 {gt}", "must be above {gt}"),
    "greater_than_equal": ("不得小于 {ge}", "must not be below {ge}"),
    "less_than_equal": ("不得大于 {le}", "must not be above {le}"),
    "decimal_max_digits": ("最多 {max_digits} 位数字", "at most {max_digits} digits"),
    "decimal_max_places": ("最多 {decimal_places} 位小数", "at most {decimal_places} decimals"),
    "decimal_whole_digits": ("整数部分最多 {whole_digits} 位", "at most {whole_digits} digits before the point"),
    "too_short": ("不能为空；不需要时请删去", "must not be empty: leave it out instead"),
}


def _problem(read: YamlFile, detail: ErrorDetails) -> Problem:
    path = _path(detail["loc"], read.values)
    kind, given = detail["type"], _shown(detail.get("input"))
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if kind == "extra_forbidden":
        return read.problem(path, "unknown_key", "没有这个键", "there is no such key")
    if kind == "missing":
        return read.problem(path, "missing_key", "缺少", "is missing")
    if kind == "union_tag_not_found":
        return read.problem((*path, "type"), "missing_key", "缺少", "is missing")
    if kind in ("literal_error", "union_tag_invalid"):
        path = (*path, "type") if kind == "union_tag_invalid" else path
        codes = str(context.get("expected") or context.get("expected_tags")).replace(" or ", ", ").replace("'", "")
        wrong = "unknown_code" if isinstance(detail.get("input"), str | dict) else "wrong_type"
        given = _shown(context.get("tag", detail.get("input")))
        return read.problem(path, wrong, f"{given} 不在 {codes} 之中", f"{given} is none of {codes}")
    if kind in _BOUNDS:
        zh, en = _BOUNDS[kind]
        return read.problem(
            path, "out_of_range", f"{zh.format(**context)}，实为 {given}", f"{en.format(**context)}, not {given}"
        )
    zh, en = _EXPECTED.get(kind, ("别的内容", "something else"))
    return read.problem(path, "wrong_type", f"应为{zh}，实为 {given}", f"must be {en}, not {given}")


def _path(location: tuple[int | str, ...], values: Any) -> Path_:
    """pydantic's location without what it adds to the file's own keys: the type of a rule, and `[key]`."""
    path: list[int | str] = []
    for position, part in enumerate(location):
        last = position == len(location) - 1
        is_item = isinstance(values, list) and isinstance(part, int) and part < len(values)
        if is_item or (isinstance(values, dict) and part in values):
            path.append(part)
            values = values[part]
        elif last and part != "[key]":
            path.append(part)
    return tuple(path)


def _shown(given: Any) -> str:
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, str):
        return f'"{given if len(given) <= 40 else given[:39] + "…"}"'
    if isinstance(given, list):
        return "[…]" if given else "[]"
    if isinstance(given, dict):
        return "{…}" if given else "{}"
    return "null" if given is None else str(given)
