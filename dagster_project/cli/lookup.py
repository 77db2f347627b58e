"""What the look-ups of single units share: finding the unit, and asking the published database."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Annotated, Any

import typer

from dagster_project.cli.messages import language, nothing_published, t
from dagster_project.paths import DataPaths
from dagster_project.query import QueryError, ask

MOST_ROWS = 1_000_000
SECONDS = 60.0
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")

Row = dict[str, Any]
Data = Annotated[Path | None, typer.Option("--data", help=t("数据目录", "DATA, the folder of deliveries and results"))]


class Office:
    """The published database, as the look-ups ask it. Where it cannot be asked it says why and leaves with 1.

    All is asked of the version that is published when it is made, whatever is published meanwhile.
    """

    def __init__(self, data: Path | None) -> None:
        self.paths = DataPaths.resolve(data)
        self._database = self.paths.published_db.resolve()

    def ask(self, sql: str) -> list[Row]:
        """The rows of a query."""
        try:
            answer = ask(self._database, sql, limit=MOST_ROWS, seconds=SECONDS, as_json=True)
        except FileNotFoundError:
            print(nothing_published(), file=sys.stderr)
            raise typer.Exit(1) from None
        except QueryError as error:
            print(error.text(language()), file=sys.stderr)
            raise typer.Exit(1) from None
        return [json.loads(row) for row in answer.objects]

    def as_of(self) -> str:
        """The observation day of what is published."""
        manifest = self._database.with_name("manifest.json")
        try:
            return str(json.loads(manifest.read_text("utf-8"))["made_from"]["as_of"])
        except (OSError, KeyError, ValueError):
            print(nothing_published(), file=sys.stderr)
            raise typer.Exit(1) from None


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def name_norm(name: str) -> str:
    """A unit's name as names are compared (feeds.md, "Which unit a row is about"): as intake's `name_norms` makes it,
    without polars, which is slow to import."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).upper()
    # From the inside out; one without its partner stays.
    while (shorter := _BRACKETED.sub("", text)) != text:
        text = shorter
    return text


def find_units(office: Office, asked: list[str]) -> dict[str, Row | None]:
    """The unit of each code or name; none where there is none, or where a name is borne by several that still exist.

    A unit: uscc, name, region_code, abolished_on.
    """
    units = office.ask("select uscc, name, region_code, abolished_on from dim_organization order by uscc")
    by_code = {unit["uscc"]: unit for unit in units}
    by_name: dict[str, list[Row]] = {}
    for unit in units:
        by_name.setdefault(name_norm(unit["name"]), []).append(unit)
    day = office.as_of()
    found: dict[str, Row | None] = {}
    for text in asked:
        code = unicodedata.normalize("NFKC", text).strip().upper()
        named = by_name.get(name_norm(text), [])
        # Of several that bear the name, those abolished are left out.
        open_ones = [unit for unit in named if not unit["abolished_on"] or unit["abolished_on"] > day]
        chosen = named if len(named) == 1 else open_ones
        found[text] = by_code.get(code) or (chosen[0] if len(chosen) == 1 else None)
    return found


def not_found(text: str) -> str:
    """What to say of a unit that is not found."""
    return t(
        f"名录里没有唯一的单位叫“{text}”：请给全称或统一社会信用代码。",
        f"no single unit of the roster is called {text!r}: give its full name or its code (uscc)",
    )
