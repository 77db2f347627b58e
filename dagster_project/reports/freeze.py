"""Frozen reports: DATA/marts/reports/<kind>/<period>/r1, r2, …, each made whole or not at all.

    r1/manifest.json     what it was made from, which regions it holds, the digest of every file
    r1/figures.json      every figure shown, as it is shown: what a later revision is compared with
    r1/deliveries.json   the deliveries known, with their digests
    r1/<region_code>/    the papers of one region

Numbers are given under a lock and a revision gets its name when it is whole: neither half a report nor a gap.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project.paths import DataPaths

FOLDER = "reports"
LOCK = "reports.lock"
MANIFEST, FIGURES, DELIVERIES = "manifest.json", "figures.json", "deliveries.json"
# Never taken for a revision; what a killed maker left is swept by the next one.
PARTIAL = ".partial"
_REVISION = re.compile(r"r([1-9][0-9]*)")


@dataclass(frozen=True)
class Revision:
    """A frozen report. `is_new`: made now, not found."""

    folder: Path
    number: int
    manifest: Mapping[str, Any]
    is_new: bool = False

    @property
    def name(self) -> str:
        return f"r{self.number}"

    @property
    def regions(self) -> list[str]:
        """The codes of the regions it holds papers of."""
        return list(self.manifest["regions"])

    def read(self, name: str) -> Any:
        """One of its JSON files."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


Make = Callable[[Path, int, Mapping[str, Revision]], dict[str, Any]]


def place_of(paths: DataPaths, kind: str, period: str) -> Path:
    """Where the revisions of a report lie."""
    return paths.marts / FOLDER / kind / period


def revisions(place: Path) -> list[Revision]:
    """The revisions of a report whose manifests can be read, the first one first."""
    found = [
        Revision(folder, number, manifest)
        for number, folder in _numbered(place)
        if (manifest := _manifest(folder)) is not None
    ]
    return sorted(found, key=lambda revision: revision.number)


def unreadable(place: Path) -> list[Path]:
    """The manifests of a report that cannot be read: their revisions keep their numbers and say nothing."""
    return [folder / MANIFEST for _, folder in sorted(_numbered(place)) if _manifest(folder) is None]


def freeze(
    paths: DataPaths, kind: str, period: str, regions: Sequence[str], made_from: Mapping[str, Any], make: Make
) -> Revision:
    """The revision that holds these regions, made from exactly this: the one that is there, else a new one.

    `make(folder, number, previous)` writes a new one's files and returns what the manifest is to say besides;
    `previous` has the last revision that holds each region, for those that have one. Whatever it raises is passed on,
    and nothing is left. Revisions of another `stage` (in what they were made from) are others: they only take numbers.
    """
    place = place_of(paths, kind, period)
    with _alone(paths):
        known = revisions(place)
        same = [revision for revision in known if revision.manifest["made_from"].get("stage") == made_from.get("stage")]
        last = {region: revision for revision in same for region in revision.regions}
        holding = {last[region].number for region in regions if region in last}
        if len(holding) == 1 and all(region in last for region in regions):
            found = last[regions[0]]
            if found.manifest["made_from"] == dict(made_from):
                return found
        number = max((taken for taken, _ in _numbered(place)), default=0) + 1
        place.mkdir(parents=True, exist_ok=True)
        partial = place / PARTIAL
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        try:
            previous = {region: last[region] for region in regions if region in last}
            more = make(partial, number, previous)
            manifest = {
                "kind": kind,
                "period": period,
                "revision": number,
                "regions": list(regions),
                "restates": {region: revision.name for region, revision in previous.items()},
                "made_from": dict(made_from),
                **more,
                "files": _digests(partial),
            }
            write_json(partial / MANIFEST, manifest)
            _settle(partial)
            target = place / f"r{number}"
            partial.rename(target)
            _sync(place)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return Revision(target, number, manifest, is_new=True)


def altered(revision: Revision) -> list[str]:
    """Files of a revision that are gone or are not what was frozen."""
    return [
        name
        for name, said in revision.manifest["files"].items()
        if not (revision.folder / name).is_file() or digest(revision.folder / name) != said["sha256"]
    ]


def write_json(path: Path, value: Any) -> None:
    """JSON as people can read it, the same bytes each time."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _numbered(place: Path) -> list[tuple[int, Path]]:
    """The folders of revisions, each with its number."""
    if not place.is_dir():
        return []
    found = ((_REVISION.fullmatch(folder.name), folder) for folder in place.iterdir())
    return [(int(match.group(1)), folder) for match, folder in found if match and (folder / MANIFEST).is_file()]


def _manifest(folder: Path) -> dict[str, Any] | None:
    """What a revision's manifest says; none where it is no longer one."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_whole = isinstance(said, dict) and all(
        isinstance(said.get(key), kind) for key, kind in (("regions", list), ("made_from", dict), ("files", dict))
    )
    return said if is_whole else None


@contextmanager
def _alone(paths: DataPaths) -> Iterator[None]:
    """One maker at a time; the others wait. A killed one lets go."""
    paths.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(paths.state / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _digests(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        path.relative_to(folder).as_posix(): {"sha256": digest(path), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Written through to the disk; nobody writes a frozen file, its owner neither."""
    umask = os.umask(0o077)
    os.umask(umask)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod((0o755 if path.is_dir() else 0o444) & ~umask)
        _sync(path)
    folder.chmod(0o755 & ~umask)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
