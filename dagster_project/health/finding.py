"""One thing that was looked at, and the sizes that are told with it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Status(StrEnum):
    """`warning`: work goes on, but somebody should look. `broken`: a run or a reader will fail, or data leaks."""

    fine = "fine"
    warning = "warning"
    broken = "broken"


@dataclass(frozen=True)
class Finding:
    """`check` names what was looked at, for programs; the rest is for people, each in Chinese and English.

    `mend` is what to do; empty where there is nothing to do.
    """

    check: str
    status: Status
    found: tuple[str, str]
    mend: tuple[str, str] = ("", "")


def fine(check: str, zh: str, en: str) -> Finding:
    return Finding(check, Status.fine, (zh, en))


def warning(check: str, found: tuple[str, str], mend: tuple[str, str]) -> Finding:
    return Finding(check, Status.warning, found, mend)


def broken(check: str, found: tuple[str, str], mend: tuple[str, str]) -> Finding:
    return Finding(check, Status.broken, found, mend)


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files under a folder; links count as nothing, what cannot be read too."""
    try:
        if not path.is_dir():
            return path.lstat().st_size
    except OSError:
        return 0
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118
            except OSError:
                continue
    return total


def shown_size(size: float) -> str:
    """A size as people read it."""
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"
