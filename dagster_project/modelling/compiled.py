"""What dbt makes of the project: models and tests as SQL in which only the days of a run are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# The catalog's name is that of the file, and it is part of what is compiled.
WAREHOUSE_NAME = "warehouse.duckdb"
#: Days that stand for those of a run in what is compiled beforehand; the macros as_of() and span_start() write nothing
#: but the day itself into the SQL.
PLACEHOLDERS = {"as_of": "1901-02-03", "span_start": "1904-05-06"}


class ModelError(RuntimeError):
    """dbt could not read or compile the project. `node` names the model or test, where it is known."""

    def __init__(self, message: str, node: str | None = None) -> None:
        super().__init__(f"{node}: {message}" if node else message)
        self.node = node


def _for_days(text: str, variables: Mapping[str, str]) -> str:
    for name, placeholder in PLACEHOLDERS.items():
        text = text.replace(placeholder, variables[name])
    return text


@dataclass(frozen=True)
class Model:
    """One model: `key` is layer and name, `upstream` the keys it reads (sources: schema and table).

    `relation` is where it stands, quoted, with database and schema; `materialized` table or view; `sql` selects
    its rows, with the days of `PLACEHOLDERS` in place of those of a run. Where `is_documented`, its description and
    those of its columns become comments in the database. `compression`: for columns of a table that DuckDB would
    take long to store, the method by which it is to (docs/architecture.md, 5).
    """

    unique_id: str
    key: tuple[str, str]
    upstream: tuple[tuple[str, str], ...]
    description: str
    columns: Mapping[str, str]
    path: str
    relation: tuple[str, str, str]
    materialized: str
    sql: str
    is_documented: bool
    compression: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Its relation as it stands in SQL."""
        return ".".join(map(quoted, self.relation))

    def query(self, variables: Mapping[str, str]) -> str:
        """What selects its rows, for the days of a run."""
        # The query stands on lines of its own: it may end in a comment.
        return f"(\n{_for_days(self.sql, variables)}\n)"

    def statement(self, variables: Mapping[str, str]) -> str:
        """What makes the model for the days of a run: several statements, of which the first takes the time.

        Where it has a `compression`, the table is there, and is filled.
        """
        relation = self.place
        begun = f"insert into {relation}" if self.compression else f"create {self.materialized} {relation} as"
        made = [f"{begun} {self.query(variables)}"]
        if self.is_documented:
            made.append(f"comment on {self.materialized} {relation} is {_literal(self.description)}")
            # A column that is described and not there stops the run.
            made += [
                f"comment on column {relation}.{quoted(column)} is {_literal(description)}"
                for column, description in self.columns.items()
            ]
        return ";\n".join(made)


@dataclass(frozen=True)
class Test:
    """One data test, with the model it speaks of. `blocking`: a failure keeps the marts from being published.

    `unique` are the columns that it says name a row, for tests that say so. `sql` selects the rows that are wrong, with
    the days of `PLACEHOLDERS` in place of those of a run.
    """

    unique_id: str
    name: str
    about: tuple[str, str]
    blocking: bool
    description: str
    path: str
    kind: str | None
    column: str | None
    unique: tuple[str, ...]
    sql: str

    def statement(self, variables: Mapping[str, str]) -> str:
        """`sql` for the days of a run."""
        return _for_days(self.sql, variables)


@dataclass(frozen=True)
class Graph:
    """The models of the project, each after those that it reads, and the tests."""

    models: tuple[Model, ...]
    tests: tuple[Test, ...]

    def keys(self, layer: str) -> dict[str, list[str]]:
        """The columns that name a row, by table, as the tests of a layer have it; of several the fewest."""
        found: dict[str, list[str]] = {}
        for test in self.tests:
            name = test.about[1]
            if test.about[0] == layer and test.unique and len(test.unique) < len(found.get(name, test.unique + ("",))):
                found[name] = list(test.unique)
        return found


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
