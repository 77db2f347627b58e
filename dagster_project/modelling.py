"""What dbt makes of the project, kept under the digest of its files, and carried out for the days of a run.

dbt takes longer to start, and to prepare each model, than DuckDB to answer a small office, and does both anew at every
run; nothing in a compiled model or test but the two dates changes between runs. So dbt reads, checks and compiles the
project once, and a run carries out what it has compiled (docs/decisions/0013-models-are-compiled-once.md).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dagster_project import model_tables

PROJECT = Path(__file__).resolve().parent.parent / "dbt"
# The catalog's name is that of the file, and it is part of what is compiled.
WAREHOUSE_NAME = "warehouse.duckdb"
#: Days that stand for those of a run in what is compiled beforehand; the macros as_of() and span_start() write nothing
#: but the day itself into the SQL.
PLACEHOLDERS = {"as_of": "1901-02-03", "span_start": "1904-05-06"}
SOURCE_SUFFIXES = {".sql", ".yml", ".csv", ".py"}


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


@dataclass(frozen=True)
class Outcome:
    """What became of one model or test. `failures`: rows that a test found; `statement`: what selects them.

    `status`: of a model success, error or skipped, of a test pass, warn, fail, error or skipped.
    """

    unique_id: str
    status: str
    seconds: float
    failures: int
    message: str
    statement: str | None = None

    @property
    def is_broken(self) -> bool:
        """The statement itself did not run; of a test that is not the same as rows found."""
        return self.status == "error"


def load_graph() -> Graph:
    """The compiled project, out of the cache that knows its files; else compiled and kept there.

    Imports no dbt where the cache knows them. Raises ModelError where a model or test cannot be read or compiled.
    """
    name = f"compiled-{_digest()}.json"
    for folder in _caches():
        if (folder / name).is_file():
            return _read_graph((folder / name).read_text(encoding="utf-8"))
    # dbt comes with this.
    from dagster_project import compiling

    graph = compiling.compile_project(PROJECT)
    text = json.dumps(asdict(graph), ensure_ascii=False)
    for folder in _caches():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / name, text.encode())
        except OSError:
            continue
        for old in folder.glob("compiled-*"):
            if old.name != name:
                old.unlink(missing_ok=True)
        break
    return graph


def _read_graph(text: str) -> Graph:
    stored = json.loads(text)
    models = tuple(
        Model(
            **{
                **m,
                "key": tuple(m["key"]),
                "upstream": tuple(tuple(u) for u in m["upstream"]),
                "relation": tuple(m["relation"]),
            }
        )
        for m in stored["models"]
    )
    tests = tuple(Test(**{**t, "about": tuple(t["about"]), "unique": tuple(t["unique"])}) for t in stored["tests"])
    return Graph(models, tests)


def build_models(
    graph: Graph, warehouse: Path, candidate: Path, variables: Mapping[str, str], on_finished: Callable[[str], None]
) -> list[Outcome]:
    """Build every model, then carry out every data test: nobody sees a table before all tests have passed.

    `on_finished` hears the name of each as it ends. Unit tests are left to the test suite. A model or test that fails
    is an outcome. Where a model failed, what hangs on it and all tests are skipped.
    """
    # DuckDB comes with these; a run without news does without.
    from dagster_project import model_tables

    steps = {model.key[1]: _step(model, graph, variables) for model in graph.models}
    made = model_tables.make(steps, warehouse, candidate, on_finished)
    models = [
        Outcome(
            model.unique_id,
            made[model.key[1]].status,
            made[model.key[1]].seconds,
            0,
            made[model.key[1]].error or "",
        )
        for model in graph.models
    ]
    if any(outcome.status != "success" for outcome in models):
        return models + [Outcome(test.unique_id, "skipped", 0.0, 0, "") for test in graph.tests]
    return models + _carry_out_tests(graph, warehouse, candidate, variables, on_finished)


def _step(model: Model, graph: Graph, variables: Mapping[str, str]) -> model_tables.Step:
    from dagster_project.model_tables import Step, Stored

    made = {other.key for other in graph.models}
    return Step(
        statement=model.statement(variables),
        schema=".".join(map(quoted, model.relation[:2])),
        after=frozenset(key[1] for key in model.upstream if key in made),
        stored=Stored(model.place, model.query(variables), model.compression) if model.compression else None,
    )


def _carry_out_tests(
    graph: Graph, warehouse: Path, candidate: Path, variables: Mapping[str, str], on_finished: Callable[[str], None]
) -> list[Outcome]:
    from dagster_project import data_tests

    statements = {test.unique_id: test.statement(variables) for test in graph.tests}
    answers = data_tests.carry_out(statements, warehouse, candidate, on_finished)
    outcomes = []
    for test in graph.tests:
        answer = answers[test.unique_id]
        if answer.error is not None:
            status = "error"
        elif answer.failures == 0:
            status = "pass"
        else:
            status = "fail" if test.blocking else "warn"
        outcomes.append(
            Outcome(
                test.unique_id,
                status,
                answer.seconds,
                answer.failures,
                answer.error or "",
                statement=statements[test.unique_id],
            )
        )
    return outcomes


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _digest() -> str:
    digest = hashlib.sha256(str(PROJECT).encode())
    for package in ("dbt-core", "dbt-duckdb", "dbt-adapters"):
        digest.update(f"{package} {importlib.metadata.version(package)}\0".encode())
    for program in (Path(__file__), Path(__file__).with_name("compiling.py")):
        digest.update(program.read_bytes())
    for path in sorted(PROJECT.rglob("*")):
        if path.suffix in SOURCE_SUFFIXES and path.is_file() and "target" not in path.relative_to(PROJECT).parts:
            digest.update(f"{path.relative_to(PROJECT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _caches() -> list[Path]:
    """Beside the models, so that every user and DATA shares it; where those may not be written, the user's own."""
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "jiannuo"
    return [PROJECT / "target", own]


def _write(path: Path, content: bytes) -> None:
    # Whole or not at all: another run may be reading.
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
