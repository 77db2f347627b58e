"""Messages to people: Chinese, or English where `--lang en` or `JIANNUO_LANG=en` asks for it (interface.md).

    t("没有找到。", "Not found.")

Help texts are made when a command's module is imported, so the entry point calls `choose(sys.argv[1:])` before it
imports any command; every command takes `Lang` as well, so that `--lang` may stand after its name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated, Literal, get_args

import typer

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
OPTION = "--lang"
VARIABLE = "JIANNUO_LANG"

# What a command line asked for; none: the environment decides, when a message is made.
_asked: Language | None = None


def language() -> Language:
    """The language in force. A value of JIANNUO_LANG that is no language counts as not given."""
    if _asked is not None:
        return _asked
    return _known(os.environ.get(VARIABLE)) or "zh"


def t(zh: str, en: str) -> str:
    """The wording in the language in force."""
    return en if language() == "en" else zh


def use(asked: str | None) -> None:
    """Speak `asked` from now on; none: as the environment says. Raises ValueError for what is no language."""
    global _asked
    known = _known(asked)
    if asked is not None and known is None:
        raise ValueError(f"{OPTION}: {'|'.join(LANGUAGES)}, not {asked!r}")
    _asked = known


def speak_english_to_programs(as_json: bool) -> None:
    """Output for programs is English, whoever asks for it."""
    if as_json:
        use("en")


def choose(arguments: Sequence[str]) -> None:
    """Speak the language that a command line asks for; a wrong one is left for the command itself to refuse."""
    asked = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION and position + 1 < len(arguments):
            asked = arguments[position + 1]
        elif argument.startswith(OPTION + "="):
            asked = argument.removeprefix(OPTION + "=")
    use(_known(asked))


def _known(text: str | None) -> Language | None:
    return next((known for known in LANGUAGES if text is not None and known == text.strip().lower()), None)


def _take(asked: str | None) -> str | None:
    if asked is not None:
        try:
            use(asked)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
    return asked


Lang = Annotated[
    str | None,
    typer.Option(
        OPTION,
        metavar="zh|en",
        # Before the others, so that what they complain of is already in it.
        is_eager=True,
        callback=_take,
        # Made before the language is chosen, so it speaks both.
        help="提示信息的语言 · Language of messages [JIANNUO_LANG]",
    ),
]


def nothing_published() -> str:
    """What to say where no run has published anything yet."""
    return t("还没有发布过数据。请先执行 jiannuo run。", "Nothing is published yet. Run jiannuo run first.")
