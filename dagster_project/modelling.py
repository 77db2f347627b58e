"""dbt in this process: parsed once, carried out as often as wanted.

Parsing costs as much as the models themselves, and dbt parses anew whenever a variable changes. Neither the paths nor
`as_of` change what a model is, so the parsed project is kept under the digest of its files and handed to each run.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

PROJECT = Path(__file__).resolve().parent.parent / "dbt"
# The catalog's name is that of the file, and it is part of what is parsed.
WAREHOUSE_NAME = "warehouse.duckdb"
#: Days that stand for those of a run in what is compiled beforehand; the macros as_of() and span_start() write nothing
#: but the day itself into the SQL.
PLACEHOLDERS = {"as_of": "1901-02-03", "span_start": "1904-05-06"}
SOURCE_SUFFIXES = {".sql", ".yml", ".csv", ".py"}


class ModelError(RuntimeError):
    """dbt could not read the project or carry it out. `node` names the model or test, where it is known."""

    def __init__(self, message: str, node: str | None = None) -> None:
        super().__init__(f"{node}: {message}" if node else message)
        self.node = node


@dataclass(frozen=True)
class Model:
    """One model: `key` is layer and name, `upstream` the keys it reads (sources: schema and table)."""

    unique_id: str
    key: tuple[str, str]
    upstream: tuple[tuple[str, str], ...]
    description: str
    columns: Mapping[str, str]
    path: str


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
        text = self.sql
        for name, placeholder in PLACEHOLDERS.items():
            text = text.replace(placeholder, variables[name])
        return text


@dataclass(frozen=True)
class Graph:
    """The models and tests of the project, in an order in which they can be carried out."""

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
    """What became of one model or test. `failures`: rows that a test found; `statement`: what selects them."""

    unique_id: str
    status: str
    seconds: float
    failures: int
    message: str
    compiled_path: str | None = None
    statement: str | None = None

    @property
    def is_broken(self) -> bool:
        """The statement itself did not run; of a test that is not the same as rows found."""
        return self.status == "error"


def load_graph() -> Graph:
    """The project's graph; parses the project only where no cache knows its files. Imports no dbt where one does."""
    path = _cached("json")
    if path is None:
        load_manifest()
        path = _cached("json")
    if path is None:
        raise ModelError("no folder to keep the parsed project in")
    stored = json.loads(path.read_text(encoding="utf-8"))
    models = tuple(
        Model(**{**m, "key": tuple(m["key"]), "upstream": tuple(tuple(u) for u in m["upstream"])})
        for m in stored["models"]
    )
    tests = tuple(Test(**{**t, "about": tuple(t["about"]), "unique": tuple(t["unique"])}) for t in stored["tests"])
    return Graph(models, tests)


def load_manifest() -> Manifest:
    """The parsed project, out of the cache that knows its files; else parsed and kept there.

    Raises ModelError where a model cannot be parsed.
    """
    from dbt.contracts.graph.manifest import Manifest

    path = _cached("msgpack")
    if path is not None and _cached("json") is not None:
        return Manifest.from_msgpack(path.read_bytes())
    manifest = _parse()
    key, packed = _digest(), manifest.to_msgpack()
    # Compiling writes into the manifest that it is given.
    graph = _graph_of(manifest, _compile_tests(Manifest.from_msgpack(packed)))
    for folder in _caches():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / f"parsed-{key}.json", graph.encode())
            _write(folder / f"parsed-{key}.msgpack", packed)
        except OSError:
            continue
        for old in folder.glob("parsed-*"):
            if key not in old.name:
                old.unlink(missing_ok=True)
        break
    return manifest


def build_models(
    manifest: Manifest,
    warehouse: Path,
    candidate: Path,
    variables: Mapping[str, str],
    target: Path,
    on_finished: Callable[[str], None],
) -> list[Outcome]:
    """Build every model, then carry out every data test: nobody sees a table before all tests have passed.

    `on_finished` hears the name of each as it ends. Unit tests are left to the test suite. Raises ModelError where dbt
    itself fails; a model or test that fails is an outcome. Where a model failed, what hangs on it and all tests are
    skipped.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    def hear(event: Any) -> None:
        if event.info.name == "NodeFinished":
            on_finished(event.data.node_info.node_name)

    try:
        results = _invoke(
            ["build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"],
            (warehouse, candidate, target),
            variables,
            manifest,
            hear,
        ).results
    finally:
        # Else the files stay open, and locked, for the life of the process.
        DuckDBConnectionManager.close_all_connections()
    models = [
        Outcome(
            unique_id=result.node.unique_id,
            status=str(result.status),
            seconds=result.execution_time,
            failures=0,
            message=result.message or "",
            compiled_path=result.node.compiled_path,
        )
        for result in results
    ]
    if any(outcome.status != "success" for outcome in models):
        return models + [Outcome(test.unique_id, "skipped", 0.0, 0, "") for test in load_graph().tests]
    return models + _carry_out_tests(warehouse, candidate, variables, on_finished)


def _carry_out_tests(
    warehouse: Path, candidate: Path, variables: Mapping[str, str], on_finished: Callable[[str], None]
) -> list[Outcome]:
    # DuckDB comes with this; a run without news does without.
    from dagster_project import data_tests

    tests = {test.unique_id: test for test in load_graph().tests}
    statements = {unique_id: test.statement(variables) for unique_id, test in tests.items()}
    outcomes = []
    for unique_id, answer in data_tests.carry_out(statements, warehouse, candidate, on_finished).items():
        if answer.error is not None:
            status = "error"
        elif answer.failures == 0:
            status = "pass"
        else:
            status = "fail" if tests[unique_id].blocking else "warn"
        outcomes.append(
            Outcome(
                unique_id,
                status,
                answer.seconds,
                answer.failures,
                answer.error or "",
                statement=statements[unique_id],
            )
        )
    return outcomes


def _invoke(
    arguments: list[str],
    places: tuple[Path, Path, Path],
    variables: Mapping[str, str],
    manifest: Manifest | None = None,
    hear: Callable[[Any], None] | None = None,
) -> Any:
    """What a dbt command answers; `places` are warehouse, candidate and target folder."""
    from dbt.cli.main import dbtRunner

    warehouse, candidate, target = places
    command = [*arguments, "--vars", json.dumps(dict(variables)), *_flags(target)]
    runner = dbtRunner(manifest=manifest, callbacks=[hear] if hear else None)
    # In a thread of its own: dbt looks through the whole stack, and every module for each frame, once for each of its
    # behaviour flags, and below an orchestrator the stack is high.
    with _environment(warehouse, candidate), ThreadPoolExecutor(1) as thread:
        answer = thread.submit(runner.invoke, command).result()
    if answer.exception is not None:
        raise ModelError(str(answer.exception)) from answer.exception
    return answer.result


def _in_scratch(arguments: list[str], manifest: Manifest | None = None) -> Any:
    """The answer of a dbt command that builds nothing, in a place that is gone afterwards."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        places = (folder / WAREHOUSE_NAME, folder / "mart.duckdb", folder / "target")
        try:
            return _invoke(arguments, places, PLACEHOLDERS, manifest)
        finally:
            DuckDBConnectionManager.close_all_connections()


def _parse() -> Manifest:
    # A variable's value is no part of a model; that it is there is asked for.
    return _in_scratch(["parse", "--no-partial-parse"])


def _compile_tests(manifest: Manifest) -> dict[str, str]:
    """The SQL of each data test, by its id. Raises ModelError for a test that says more than "no rows"."""
    statements = {}
    for result in _in_scratch(["compile", "--select", "resource_type:test"], manifest).results:
        config = result.node.config
        if (config.fail_calc, config.warn_if, config.error_if, config.limit) != ("count(*)", "!= 0", "!= 0", None):
            raise ModelError(
                "a data test selects the rows that are wrong, and is told by their number", result.node.name
            )
        statements[result.node.unique_id] = result.node.compiled_code.strip().rstrip(";")
    return statements


def _graph_of(manifest: Manifest, statements: Mapping[str, str]) -> str:
    keys: dict[str, tuple[str, str]] = {
        **{unique_id: (source.source_name, source.name) for unique_id, source in manifest.sources.items()},
        **{
            unique_id: (node.fqn[1], node.name)
            for unique_id, node in manifest.nodes.items()
            if node.resource_type in {"model", "seed"}
        },
    }
    layers = ["raw", "policy", "seeds", "staging", "intermediate", "marts"]
    models: list[Model] = []
    tests: list[Test] = []
    for unique_id, node in manifest.nodes.items():
        upstream = sorted({keys[parent] for parent in node.depends_on.nodes if parent in keys})
        if unique_id in keys:
            columns = {name: column.description for name, column in node.columns.items()}
            models.append(
                Model(unique_id, keys[unique_id], tuple(upstream), node.description, columns, node.original_file_path)
            )
        elif node.resource_type == "test" and upstream:
            # A test of several tables speaks of the one furthest down.
            attached = keys.get(getattr(node, "attached_node", None) or "")
            metadata = getattr(node, "test_metadata", None)
            column = getattr(node, "column_name", None)
            unique = {"unique": [column], "key": metadata.kwargs.get("columns")} if metadata else {}
            tests.append(
                Test(
                    unique_id=unique_id,
                    name=node.name,
                    about=attached or max(upstream, key=lambda key: (layers.index(key[0]), key[1])),
                    blocking=node.config.severity.upper() == "ERROR",
                    description=node.description,
                    path=node.original_file_path,
                    kind=metadata.name if metadata else None,
                    column=column,
                    unique=tuple(unique.get(metadata.name) or ()) if metadata else (),
                    sql=statements[unique_id],
                )
            )
    models.sort(key=lambda model: (layers.index(model.key[0]), model.key[1]))
    tests.sort(key=lambda test: test.unique_id)
    return json.dumps({"models": [asdict(m) for m in models], "tests": [asdict(t) for t in tests]}, ensure_ascii=False)


def _digest() -> str:
    digest = hashlib.sha256(str(PROJECT).encode())
    for package in ("dbt-core", "dbt-duckdb", "dbt-adapters"):
        digest.update(f"{package} {importlib.metadata.version(package)}\0".encode())
    digest.update(Path(__file__).read_bytes())
    for path in sorted(PROJECT.rglob("*")):
        if path.suffix in SOURCE_SUFFIXES and path.is_file() and "target" not in path.relative_to(PROJECT).parts:
            digest.update(f"{path.relative_to(PROJECT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _caches() -> list[Path]:
    """Beside the models, so that every user and DATA shares it; where those may not be written, the user's own."""
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "jiannuo"
    return [PROJECT / "target", own]


def _cached(suffix: str) -> Path | None:
    name = f"parsed-{_digest()}.{suffix}"
    return next((folder / name for folder in _caches() if (folder / name).is_file()), None)


def _write(path: Path, content: bytes) -> None:
    # Whole or not at all: another run may be reading.
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)


def _flags(target: Path) -> list[str]:
    project = str(PROJECT)
    return [
        *("--project-dir", project, "--profiles-dir", project, "--target-path", str(target)),
        *("--log-path", str(target), "--log-level", "none", "--log-level-file", "none"),
        *("--no-use-colors", "--no-version-check", "--no-send-anonymous-usage-stats", "--no-write-json"),
    ]


@contextmanager
def _environment(warehouse: Path, candidate: Path) -> Iterator[None]:
    # dbt reads paths from the environment only (profiles.yml).
    values = {"JIANNUO_WAREHOUSE": str(warehouse), "JIANNUO_MART_BUILD": str(candidate), "DO_NOT_TRACK": "1"}
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
