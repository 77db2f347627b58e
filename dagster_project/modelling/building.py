"""What dbt makes of the project, kept under the digest of its files, and carried out for the days of a run.

dbt takes longer to start, and to prepare each model, than DuckDB to answer a small office, and does both anew at every
run; nothing in a compiled model or test but the two dates changes between runs. So dbt reads, checks and compiles the
project once, and a run carries out what it has compiled (docs/decisions/0008-models-are-compiled-once.md).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.modelling.compiled import Graph, Model, Test, quoted

if TYPE_CHECKING:
    from dagster_project.modelling import tables

PROJECT = Path(__file__).resolve().parents[2] / "dbt"
SOURCE_SUFFIXES = {".sql", ".yml", ".csv", ".py"}


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
        # A folder that is another account's alone holds nothing for this one.
        with suppress(OSError):
            return _read_graph((folder / name).read_text(encoding="utf-8"))
    # dbt comes with this.
    from dagster_project.modelling import compiling

    graph = compiling.compile_project(PROJECT)
    text = json.dumps(asdict(graph), ensure_ascii=False)
    for folder in _caches():
        try:
            _make_shared(folder)
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
    from dagster_project.modelling import tables

    steps = {model.key[1]: _step(model, graph, variables) for model in graph.models}
    made = tables.make(steps, warehouse, candidate, on_finished)
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


def _step(model: Model, graph: Graph, variables: Mapping[str, str]) -> tables.Step:
    from dagster_project.modelling.tables import Step, Stored

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
    from dagster_project.modelling import data_tests

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


def _digest() -> str:
    digest = hashlib.sha256(str(PROJECT).encode())
    for package in ("dbt-core", "dbt-duckdb", "dbt-adapters"):
        digest.update(f"{package} {importlib.metadata.version(package)}\0".encode())
    for program in (Path(__file__).with_name(f"{name}.py") for name in ("building", "compiled", "compiling")):
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


def _make_shared(folder: Path) -> None:
    """Makes a folder that every account may read, whatever a run asks for its own files."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


def _write(path: Path, content: bytes) -> None:
    # Whole or not at all: another run may be reading.
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
