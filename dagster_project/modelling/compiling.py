"""dbt in this process: reads, checks and compiles the project, and builds nothing.

Importing dbt costs seconds of CPU: import this module inside functions only.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from dagster_project.modelling.compiled import PLACEHOLDERS, WAREHOUSE_NAME, Graph, Model, ModelError, Test

#: What a model may be: each is made once, in databases that are a run's own until they are published.
MATERIALIZED = ("table", "view")
#: The order of the layers, from what arrived to what is published.
LAYERS = ("raw", "policy", "staging", "intermediate", "marts")


def compile_project(project: Path) -> Graph:
    """The models and data tests of a dbt project, compiled for the days of `PLACEHOLDERS`.

    Raises ModelError where one cannot be read or compiled, or asks for more than a run does.
    """
    # A variable's value is no part of a model; that it is there is asked for.
    manifest: Manifest = _in_scratch(project, ["parse", "--no-partial-parse"])
    others = [node for node in manifest.nodes.values() if node.resource_type not in ("model", "test")]
    if others:
        raise ModelError("a run makes models and carries out tests, and nothing else", others[0].name)
    chosen = ["--select", "resource_type:model", "resource_type:test"]
    results = _in_scratch(project, ["compile", *chosen], manifest).results
    return _graph_of(manifest, {result.node.unique_id: result.node for result in results})


def _in_scratch(project: Path, arguments: list[str], manifest: Manifest | None = None) -> Any:
    """What a dbt command answers that builds nothing, in a place that is gone afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        command = [*arguments, "--vars", json.dumps(PLACEHOLDERS), *_flags(project, folder / "target")]
        try:
            # In a thread of its own: dbt looks through the whole stack, and every module for each frame, once for each
            # of its behaviour flags, and below an orchestrator the stack is high.
            with _environment(folder), ThreadPoolExecutor(1) as thread:
                answer = thread.submit(dbtRunner(manifest=manifest).invoke, command).result()
        finally:
            # Else the files stay open, and locked, for the life of the process.
            DuckDBConnectionManager.close_all_connections()
    if answer.exception is not None:
        raise ModelError(str(answer.exception)) from answer.exception
    if not answer.success:
        failed = next((result for result in answer.result if result.status == "error"), None)
        raise ModelError(str(getattr(failed, "message", None) or "dbt failed"), failed and failed.node.name)
    return answer.result


def _sql_of(node: Any) -> str:
    """A node's SQL. Raises ModelError for one that asks for more than a run does."""
    config = node.config
    if node.resource_type == "model" and (
        config.materialized not in MATERIALIZED or config.pre_hook or config.post_hook
    ):
        raise ModelError("a model is a table or a view, and its query makes it", node.name)
    if node.resource_type == "test" and (config.fail_calc, config.warn_if, config.error_if, config.limit) != (
        "count(*)",
        "!= 0",
        "!= 0",
        None,
    ):
        raise ModelError("a data test selects the rows that are wrong, and is told by their number", node.name)
    return str(node.compiled_code).strip().rstrip(";")


def _graph_of(manifest: Manifest, compiled: Mapping[str, Any]) -> Graph:
    keys: dict[str, tuple[str, str]] = {
        **{unique_id: (source.source_name, source.name) for unique_id, source in manifest.sources.items()},
        **{
            unique_id: (node.fqn[1], node.name)
            for unique_id, node in manifest.nodes.items()
            if node.resource_type == "model"
        },
    }
    models: list[Model] = []
    tests: list[Test] = []
    for unique_id, node in compiled.items():
        upstream = sorted({keys[parent] for parent in node.depends_on.nodes if parent in keys})
        if unique_id in keys:
            documented = node.config.persist_docs
            models.append(
                Model(
                    unique_id=unique_id,
                    key=keys[unique_id],
                    upstream=tuple(upstream),
                    description=node.description,
                    columns={name: column.description for name, column in node.columns.items()},
                    path=node.original_file_path,
                    relation=(node.database, node.schema, node.alias),
                    materialized=node.config.materialized,
                    sql=_sql_of(node),
                    is_documented=bool(documented.get("relation") and documented.get("columns")),
                    compression=dict(node.config.meta.get("compression", {})),
                )
            )
        elif upstream:
            # A test of several tables speaks of the one furthest down.
            attached = keys.get(getattr(node, "attached_node", None) or "")
            metadata = getattr(node, "test_metadata", None)
            column = getattr(node, "column_name", None)
            unique = {"unique": [column], "key": metadata.kwargs.get("columns")} if metadata else {}
            tests.append(
                Test(
                    unique_id=unique_id,
                    name=node.name,
                    about=attached or max(upstream, key=lambda key: (LAYERS.index(key[0]), key[1])),
                    blocking=node.config.severity.upper() == "ERROR",
                    description=node.description,
                    path=node.original_file_path,
                    kind=metadata.name if metadata else None,
                    column=column,
                    unique=tuple(unique.get(metadata.name) or ()) if metadata else (),
                    sql=_sql_of(node),
                )
            )
    tests.sort(key=lambda test: test.unique_id)
    return Graph(tuple(_in_order(models)), tuple(tests))


def _in_order(models: list[Model]) -> Iterator[Model]:
    """Each model after those that it reads; else by layer and name."""
    by_key = {model.key: model for model in models}
    keys = sorted(by_key, key=lambda key: (LAYERS.index(key[0]), key[1]))
    order = TopologicalSorter({key: [up for up in by_key[key].upstream if up in by_key] for key in keys})
    return (by_key[key] for key in order.static_order())


def _flags(project: Path, target: Path) -> list[str]:
    return [
        *("--project-dir", str(project), "--profiles-dir", str(project), "--target-path", str(target)),
        *("--log-path", str(target), "--log-level", "none", "--log-level-file", "none"),
        *("--no-use-colors", "--no-version-check", "--no-send-anonymous-usage-stats", "--no-write-json"),
    ]


@contextmanager
def _environment(folder: Path) -> Iterator[None]:
    # dbt reads paths from the environment only (profiles.yml).
    values = {
        "JIANNUO_WAREHOUSE": str(folder / WAREHOUSE_NAME),
        "JIANNUO_MART_BUILD": str(folder / "mart.duckdb"),
        "DO_NOT_TRACK": "1",
    }
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
