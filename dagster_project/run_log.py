"""The log of a run that failed: what went wrong, for whoever mends the program, without a person's data."""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path

# Errors of the engines quote the value they fell over. Numbers of this length are ids, telephones, tickets …
_LONG_NUMBER = re.compile(r"\d[\dXx]{6,}")
# … and what stands in quotes with a letter beyond ASCII is a text that somebody wrote.
_QUOTED = re.compile(r"""(["'`])(?:(?!\1)[^\n])*?[^\x00-\x7f](?:(?!\1)[^\n])*\1""")


def redact(text: str) -> str:
    """The text with what may name a person taken out."""
    return _QUOTED.sub(r"\1***\1", _LONG_NUMBER.sub("***", text))


def write_log(folder: Path, name: str, error: BaseException) -> Path:
    """Keep the traceback of a run's error in `folder/<name>.log`, for its owner only; the path of the file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(_lines(error)))
    return path


def first_line(error: BaseException) -> str:
    """What an error says of itself, in a line."""
    said = str(error).strip()
    return redact(said.splitlines()[0]) if said else type(error).__name__


def _lines(error: BaseException) -> list[str]:
    lines: list[str] = []
    for line in traceback.TracebackException.from_exception(error).format():
        # Places in the code are ours; what an exception says may not be.
        lines.append(line if line.lstrip().startswith(("File ", "Traceback")) else redact(line))
    return lines
