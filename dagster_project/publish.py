"""Publishing: a candidate that passed its checks becomes what every reader sees, in one step.

    marts/.versions/<version>/integrity.duckdb, <table>.parquet, manifest.json
    marts/.current         -> .versions/<version>          (the one link that is swapped)
    marts/integrity.duckdb -> .current/integrity.duckdb    (and one link for each table)

Versions get a new name and never change: a reader that has the old file open keeps it, and no write-ahead log of one
file can ever be replayed into another.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

DATABASE = "integrity.duckdb"
MANIFEST = "manifest.json"
CURRENT = ".current"
VERSIONS = ".versions"
# The published one, and the one before it for readers that still have it open by name.
VERSIONS_KEPT = 2
SCHEMA = "marts"
# To sort more rows takes a third of the writing.
SORTED_ROWS = 2_000_000
# Beyond so many distinct values in a group of rows a dictionary saves nothing, and takes its time.
DISTINCT_A_GROUP = 10_000
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class PublishError(RuntimeError):
    """The candidate is not in a state to be published. Nothing was changed for readers."""


def candidate_path(marts: Path, version: str) -> Path:
    """Where the models of a run write the marts; makes the folder."""
    folder = marts / VERSIONS / version
    folder.mkdir(parents=True)
    return folder / DATABASE


def sweep(marts: Path, keep: str | None = None) -> list[str]:
    """Remove versions that were never finished and those too old to keep; the names of what was removed.

    Only under the run lock: what looks unfinished may otherwise be a run at work. `keep` is spared.
    """
    versions = marts / VERSIONS
    if not versions.is_dir():
        return []
    seen = current(marts)
    whole = sorted((path.name for path in versions.iterdir() if (path / MANIFEST).is_file()), reverse=True)
    others = [name for name in whole if name != seen]
    spared = {seen, keep, *others[: VERSIONS_KEPT - 1]}
    removed = sorted(path.name for path in versions.iterdir() if path.name not in spared)
    for name in removed:
        discard(marts, name)
    for link in marts.glob(".*.link"):
        link.unlink()
    return removed


def discard(marts: Path, version: str) -> None:
    """Remove a version that nobody is to see. One that is published stays."""
    if version != current(marts):
        shutil.rmtree(marts / VERSIONS / version)


def write_parquet(candidate: Path, keys: Mapping[str, list[str]]) -> dict[str, int]:
    """Write each table of the candidate beside it as Parquet, in the order of its key (`keys`, else all columns).

    A table of more than `SORTED_ROWS` rows keeps the order in which it stands in the database. Returns the rows of each
    table. Raises PublishError where the candidate holds no table or a name unfit for a file.
    """
    import duckdb

    rows: dict[str, int] = {}
    with duckdb.connect(str(candidate)) as connection:
        tables = connection.execute(
            "select table_name, estimated_size from duckdb_tables()"
            " where schema_name = ? and database_name = current_database() order by table_name",
            [SCHEMA],
        ).fetchall()
        if not tables:
            raise PublishError("the candidate holds no marts")
        for table, size in tables:
            if not _NAME.fullmatch(table):
                raise PublishError(f"a mart's name is unfit for a file: {table!r}")
            order = ", ".join(f'"{column}"' for column in keys.get(table, [])) or "all"
            sorting = f"order by {order}" if size <= SORTED_ROWS else ""
            target = str(candidate.with_name(f"{table}.parquet")).replace("'", "''")
            copied = connection.execute(
                f"copy (select * from {SCHEMA}.\"{table}\" {sorting}) to '{target}'"
                f" (format parquet, compression zstd, compression_level 1, dictionary_size_limit {DISTINCT_A_GROUP})"
            ).fetchone()
            rows[table] = int(copied[0]) if copied else 0
        connection.execute("checkpoint")
    if candidate.with_name(candidate.name + ".wal").exists():
        raise PublishError("the candidate has a write-ahead log left")
    return rows


def place_warehouse(built: Path, warehouse: Path) -> None:
    """Put the warehouse that a run has built in place of the last one; only its owner reads it."""
    built.chmod(0o600)
    _sync(built)
    # A log of the last one would be taken for this one's.
    warehouse.with_name(warehouse.name + ".wal").unlink(missing_ok=True)
    built.replace(warehouse)
    _sync(warehouse.parent)


def publish(marts: Path, version: str, manifest: Mapping[str, Any], umask: int) -> None:
    """Make a finished version the one that readers see. `manifest` says what it was made from and what it holds.

    `umask` is that of whoever started the run; the marts hold no personal data, so others may read them as it allows.
    """
    folder = marts / VERSIONS / version
    tables = sorted(path.name for path in folder.glob("*.parquet"))
    files = {name: (folder / name).stat().st_size for name in (DATABASE, *tables)}
    text = json.dumps({"version": version, **manifest, "files": files}, ensure_ascii=False, indent=1)
    # Nobody writes a published file, its owner neither.
    for name in files:
        (folder / name).chmod(0o444 & ~umask)
        _sync(folder / name)
    # Written last: a version with a manifest is whole.
    partial = folder / f"{MANIFEST}.tmp"
    partial.write_text(text + "\n", encoding="utf-8")
    partial.chmod(0o444 & ~umask)
    _sync(partial)
    partial.replace(folder / MANIFEST)
    for path in (folder, marts / VERSIONS, marts):
        path.chmod(0o755 & ~umask)
        _sync(path)

    for name in files:
        _link(marts / name, f"{CURRENT}/{name}")
    _sync(marts)
    _link(marts / CURRENT, f"{VERSIONS}/{version}")
    # Readers see it: what cannot be tidied up now is by the next run.
    with suppress(OSError):
        _sync(marts)
        # A table that is no more: its link leads nowhere now.
        for path in (*marts.glob("*.parquet"), marts / DATABASE):
            if path.is_symlink() and not path.exists():
                path.unlink()
        sweep(marts)


def read_manifest(marts: Path) -> dict[str, Any] | None:
    """What the published version says of itself; none where nothing is published, or its files are not whole."""
    seen = marts / CURRENT
    try:
        manifest: dict[str, Any] = json.loads((seen / MANIFEST).read_text(encoding="utf-8"))
        for name, size in manifest["files"].items():
            # Through the reader's own way in.
            if (marts / name).stat().st_size != size:
                return None
            if not (marts / name).samefile(seen / name):
                return None
    except (OSError, ValueError, KeyError, AttributeError):
        return None
    return manifest


def is_made_from(manifest: Mapping[str, Any], inputs: Mapping[str, str]) -> bool:
    """Whether a published version holds all that there is in these inputs: no file of them is to be read again."""
    return not manifest.get("files_to_read_again") and all(manifest["made_from"][key] == inputs[key] for key in inputs)


def current(marts: Path) -> str | None:
    """The version that readers see."""
    try:
        return Path((marts / CURRENT).readlink()).name
    except OSError:
        return None


def _link(path: Path, target: str) -> None:
    """Point `path` at `target` in one step, whatever was there."""
    if path.is_symlink() and str(path.readlink()) == target:
        return
    fresh = path.with_name(f".{path.name.lstrip('.')}.link")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
