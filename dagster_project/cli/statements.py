"""Where a statement ends, for an editor that reads line by line."""

from __future__ import annotations

import re

# What a semicolon can stand in without ending a statement: texts, names, comments, dollar-quoted texts.
_TOKEN = re.compile(
    r"""
      '(?:[^']|'')*(?:'|\Z)
    | "(?:[^"]|"")*(?:"|\Z)
    | (?P<blank>\s+|--[^\n]*|/\*.*?\*/)
    | /\*.*
    | (?P<dollar>\$[A-Za-z0-9_]*\$).*?(?:(?P=dollar)|\Z)
    | (?P<end>;)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def split(text: str) -> tuple[list[str], str]:
    """The statements of `text` that are ended by a semicolon, without it, and what has begun behind the last one.

    White space and comments by themselves are nothing begun.
    """
    statements = []
    start = 0
    has_begun = False
    for token in _TOKEN.finditer(text):
        if token["end"]:
            if has_begun:
                statements.append(text[start : token.start()].strip())
            start, has_begun = token.end(), False
        elif not token["blank"]:
            has_begun = True
    return statements, text[start:] if has_begun else ""


def is_complete(text: str) -> bool:
    """Whether an editor may send it: nothing, a command with a dot, or statements of which the last is ended."""
    return text.lstrip().startswith(".") or not split(text)[1]
