"""What a published version was made from, cheap enough to ask before anything heavy is imported.

A run whose inputs equal those of the published version has nothing to do. Deliveries are told apart by their place in
the file system; a file written while it was being read could change again without its times changing, so its content
counts too.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
# What decides how a value is read or a figure computed, beside our own files.
ENGINES = ("dbt-core", "dbt-duckdb", "duckdb", "polars", "pyarrow", "python-calamine", "chinesecalendar")
# Coarsest time stamp of the file systems in use (FAT).
SETTLED_NS = 2_000_000_000
# Folders below `raw`: feed, date, sender, and some too deep to be a delivery.
DEEPEST = 6
# Beyond this, reading the unsettled files again costs as much as a run without news.
READ_AGAIN_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Inputs:
    """Everything that the marts depend on, as digests (hex sha256)."""

    as_of: str
    span_start: str
    deliveries: str
    mappings: str
    policies: str
    contracts: str
    program: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Snapshot:
    """The inputs as they stood at one moment, with the files that were too young then to trust their times."""

    inputs: Inputs
    unsettled: tuple[Path, ...]

    def made_from(self, raw: Path) -> dict[str, Any]:
        """What a version's manifest keeps, to be asked for before the deliveries are read: a file that changes
        while it is read is then known by its earlier content, and read again."""
        return {"inputs": self.inputs.as_dict(), "unsettled": _contents(self.unsettled, raw)}


def take_snapshot(raw: Path, mappings: Path, policies: Path, as_of: date, span_start: date, taken_at: int) -> Snapshot:
    """The inputs as they stand now. Nothing is opened below `raw`; a folder that is missing counts as empty."""
    files = sorted(_files(raw))
    digest = hashlib.sha256()
    unsettled = []
    for path, stat in files:
        place = os.fsencode(path.relative_to(raw))
        digest.update(place + b"\0")
        digest.update(repr((stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)).encode())
        if max(stat.st_mtime_ns, stat.st_ctime_ns) >= taken_at - SETTLED_NS:
            unsettled.append(path)
    inputs = Inputs(
        as_of=as_of.isoformat(),
        span_start=span_start.isoformat(),
        deliveries=digest.hexdigest(),
        mappings=_content(mappings, mappings.glob("**/*")),
        policies=_content(policies, policies.glob("**/*")),
        contracts=_content(PACKAGE, (PACKAGE / "contracts").glob("*.yml")),
        program=program(),
    )
    return Snapshot(inputs, tuple(unsettled))


def program() -> str:
    """Digest of the program itself: its code, models and checks, and the engines that carry them out."""
    own = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".yaml"}]
    rest = [*(CHECKOUT / "dbt").rglob("*.sql"), *(CHECKOUT / "dbt").rglob("*.yml"), *(CHECKOUT / "dbt").rglob("*.csv")]
    expectations = [path for path in (CHECKOUT / "expectations").rglob("*") if path.suffix in {".json", ".py"}]
    target = CHECKOUT / "dbt" / "target"
    paths = [path for path in (*own, *rest, *expectations) if not path.is_relative_to(target)]
    digest = hashlib.sha256(_content(CHECKOUT, paths).encode())
    digest.update(repr((sys.version_info[:3], [(name, _version(name)) for name in ENGINES])).encode())
    return digest.hexdigest()


def is_unchanged(snapshot: Snapshot, published: dict[str, Any], raw: Path) -> bool:
    """Whether `published` (the `made_from` of a version's manifest) was made from these inputs."""
    if published.get("inputs") != snapshot.inputs.as_dict():
        return False
    # None: what was read then cannot be compared any more.
    unsettled = published.get("unsettled")
    return unsettled is not None and _contents([raw / place for place in unsettled], raw) == unsettled


def _contents(paths: Iterable[Path], root: Path) -> dict[str, str] | None:
    """Content digest of each file by its path under `root`; none where one is gone or they are too large to bother."""
    found: dict[str, str] = {}
    left = READ_AGAIN_BYTES
    for path in paths:
        try:
            left -= path.stat().st_size
            if left < 0:
                return None
            with path.open("rb") as file:
                found[str(path.relative_to(root))] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
    return found


def _files(folder: Path, depth: int = 0) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir():
            # A link to a folder above would never end.
            if depth < DEEPEST:
                yield from _files(Path(entry.path), depth + 1)
        else:
            try:
                yield Path(entry.path), entry.stat()
            except FileNotFoundError:
                # Gone since, or a link to nothing: no delivery.
                continue


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
