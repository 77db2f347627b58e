"""What a published version was made from, cheap enough to ask before anything heavy is imported.

A run whose inputs equal those of the published version has nothing to do.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from dagster_project import intake
from dagster_project.paths import DataPaths

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
# What decides how a value is read or a figure computed, beside our own files.
ENGINES = ("dbt-core", "dbt-duckdb", "duckdb", "polars", "pyarrow", "python-calamine", "chinesecalendar")


@dataclass(frozen=True)
class Inputs:
    """Everything that the marts depend on; the last three as digests (hex sha256).

    `deliveries` are those seen at `as_of`, with mappings and contracts; `policies` the region's own, `program` all that
    comes with the program.
    """

    as_of: str
    span_start: str
    deliveries: str
    policies: str
    program: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def inputs_now(paths: DataPaths, as_of: date, span_start: date) -> Inputs:
    """The inputs as they stand now, to be asked for before the deliveries are read: what changes meanwhile is then
    found by the next run."""
    return Inputs(
        as_of=as_of.isoformat(),
        span_start=span_start.isoformat(),
        deliveries=intake.fingerprint(paths.root, as_of),
        policies=_content(paths.policies, paths.policies.glob("**/*")),
        program=_program(),
    )


def _program() -> str:
    own = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".yaml", ".yml", ".sql", ".docx"}]
    models = [path for path in (CHECKOUT / "dbt").rglob("*") if path.suffix in {".sql", ".yml", ".csv"}]
    built = CHECKOUT / "dbt" / "target"
    models = [path for path in models if not path.is_relative_to(built)]
    suites = (CHECKOUT / "expectations").rglob("*.json")
    digest = hashlib.sha256(_content(CHECKOUT, [*own, *models, *suites]).encode())
    digest.update(repr((sys.version_info[:3], [(name, _version(name)) for name in ENGINES])).encode())
    return digest.hexdigest()


def _content(root: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        data = path.read_bytes()
        digest.update(os.fsencode(path.relative_to(root)) + b"\0" + str(len(data)).encode() + b"\0")
        digest.update(data)
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
