"""The feeds' contracts: one feed, one `<feed>.yml`, read into typed objects (feeds.md, "The feeds").

A contract says what may come in: columns with their Chinese names, types, keys, codes, orders between dates.
It knows nothing of files, rows or databases.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dagster_project.contracts.model import Contract

HERE = Path(__file__).parent


def files() -> list[Path]:
    """The files that make the contracts, in the order of their names: what a contract version rests on."""
    return sorted(HERE.glob("*.yml"))


@cache
def feed_names() -> tuple[str, ...]:
    """The names of all feeds, in the order of the alphabet, without reading a contract."""
    return tuple(path.stem for path in files() if not path.name.startswith("_"))


@cache
def load() -> dict[str, Contract]:
    """Every contract by the name of its feed, in the order of the alphabet.

    Raises pydantic's ValidationError where a file does not fit the model, KeyError for an unknown code list.
    """
    # The model is heavy to import; who only asks for the files need not pay for it.
    from dagster_project.contracts.model import read

    return read(feed_names())


@cache
def naming_columns() -> frozenset[str]:
    """The names that columns have which can name or quote a person: no row that fails a check is shown with one."""
    columns = (column for contract in load().values() for column in contract.accepted.values())
    return frozenset(column.name for column in columns if column.personal or column.can_name)
