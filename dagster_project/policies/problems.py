"""What is wrong with policy files, in words that name file, line and key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong. `kind` is for programs, `zh` and `en` are for people.

    Kinds: unreadable, unknown_key, missing_key, wrong_type, unknown_code, out_of_range, twice (a key, an id, a rule id,
    or a region and day), unknown_extends, circle.
    """

    file: str
    line: int
    key: str
    kind: str
    zh: str
    en: str

    def text(self, language: str = "zh") -> str:
        """One line for people, in `zh` or `en`."""
        said = self.en if language == "en" else self.zh
        key = f"{self.key}: " if self.key else ""
        return f"{self.file}:{self.line}: {key}{said}"


class PolicyError(ValueError):
    """Policy files are wrong, so nothing runs. `problems` holds all that was found, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.text("en"))

    def text(self, language: str = "zh") -> str:
        """Every problem on a line of its own, in `zh` or `en`; no headline, so that the first line names a file."""
        return "\n".join(problem.text(language) for problem in self.problems)
