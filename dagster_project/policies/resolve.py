"""`extends`: what a policy leaves out is taken from the one it extends, else from the defaults (policies.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project.policies.load import PolicyFile, PolicyFiles, read_files
from dagster_project.policies.model import NEVER_INHERITED, REPLACED_WHOLE, Policy
from dagster_project.policies.problems import PolicyError, Problem

Origins = dict[tuple[str, ...], str]


@dataclass(frozen=True)
class ResolvedPolicy:
    """One policy with everything filled in.

    `line`: ids from itself to the last one it extends. `origins`: for each key that any of these gives, whose it is.
    `set_by`: what each of them says of where its numbers come from.
    """

    policy: Policy
    line: tuple[str, ...]
    origins: Mapping[tuple[str, ...], str]
    set_by: Mapping[str, Mapping[str, str]]

    @property
    def id(self) -> str:
        return self.policy.id


def read_policies(data_dir: Path | None = None) -> tuple[ResolvedPolicy, ...]:
    """All policies, templates too, in the order of their ids: those shipped, and those of DATA (`data_dir`, if given).

    Raises PolicyError with everything that is wrong in any file.
    """
    read = read_files(data_dir)
    problems = [*read.problems, *_extends_problems(read), *_region_problems(read.files)]
    if problems:
        raise PolicyError(problems)
    return tuple(_resolved(read.files, file) for file in read.files.values())


def _line(files: Mapping[str, PolicyFile], start: str) -> Iterator[PolicyFile]:
    """From a policy to the last one it extends; a circle is gone round once, an unknown one ends it."""
    seen: set[str] = set()
    at: str | None = start
    while at is not None and at in files and at not in seen:
        seen.add(at)
        yield files[at]
        at = files[at].policy.extends


def _resolved(files: Mapping[str, PolicyFile], file: PolicyFile) -> ResolvedPolicy:
    line = tuple(_line(files, file.id))
    values: dict[str, Any] = {}
    origins: Origins = {}
    for ancestor in reversed(line):
        given = {
            key: value
            for key, value in ancestor.yaml.values.items()
            if key != "set_by" and (ancestor is file or key not in NEVER_INHERITED)
        }
        _merge(values, given, (), origins, ancestor.id)
    set_by = {ancestor.id: dict(ancestor.policy.set_by) for ancestor in line}
    return ResolvedPolicy(Policy.model_validate(values), tuple(a.id for a in line), origins, set_by)


def _merge(base: dict[str, Any], over: Mapping[str, Any], path: tuple[str, ...], origins: Origins, whose: str) -> None:
    """Lay `over` upon `base`: maps key by key, everything else whole."""
    for key, value in over.items():
        here = (*path, key)
        if isinstance(value, dict) and here not in REPLACED_WHOLE:
            _merge(base.setdefault(key, {}), value, here, origins, whose)
        else:
            base[key] = value
            origins[here] = whose


def _extends_problems(read: PolicyFiles) -> list[Problem]:
    problems = []
    for file in read.files.values():
        line = list(_line(read.files, file.id))
        beyond = line[-1].policy.extends
        if beyond == file.id and file.id == min(ancestor.id for ancestor in line):
            # Each circle once, told of its first member.
            circle = " → ".join([*(ancestor.id for ancestor in line), file.id])
            problems.append(file.yaml.problem(("extends",), "circle", f"循环继承：{circle}", f"a circle: {circle}"))
        extends = file.policy.extends
        if extends is not None and extends not in read.files and extends not in read.broken:
            problems.append(
                file.yaml.problem(
                    ("extends",), "unknown_extends", f"没有编号为 {extends} 的办法", f"there is no policy {extends}"
                )
            )
    return problems


def _region_problems(files: Mapping[str, PolicyFile]) -> list[Problem]:
    problems = []
    seen: dict[tuple[Any, Any], PolicyFile] = {}
    for file in files.values():
        if file.policy.is_template:
            continue
        day = file.policy.effective_from
        first = seen.setdefault((file.policy.region_prefix, day), file)
        if first is not file:
            place = f"{file.policy.region_prefix} {day}"
            problems.append(
                file.yaml.problem(
                    ("effective_from",),
                    "twice",
                    f"地区与施行日期 {place} 与 {first.id}（{first.yaml.name}）相同",
                    f"region and day {place} are those of {first.id} ({first.yaml.name})",
                )
            )
    return problems
