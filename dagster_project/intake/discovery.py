"""Where deliveries lie, and what their content is: names, dates, senders, hashes (feeds.md, "Where files lie").

Nothing heavy is imported here: whether there is anything new to read is asked at every run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dagster_project import contracts

# Packages whose version decides how a value is read or hashed.
ENGINES = ("polars", "pyarrow", "python-calamine", "fastexcel")
# Coarsest time stamp of the file systems in use: a file touched less than this before it was hashed may change unseen.
SETTLED_NS = 2_000_000_000
# Nobody takes an hour to save what is known of the files.
SAVED_WITHIN_NS = 3_600_000_000_000
HASHED_AT_ONCE = 2
# What is known of the deliveries whose rows have landed, under `DATA`.
INDEX = Path("landing") / "index.parquet"
# A file beside the date folders that looks like a delivery is worth a word; it is none all the same.
LIKELY_ENDINGS = frozenset([".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl", ".ndjson", ".parquet", ".docx"])


@dataclass(frozen=True)
class Problem:
    """A file or folder that lies where no delivery can lie, or could not be read at all; `message` is for people."""

    path: str
    message: str


@dataclass(frozen=True)
class Found:
    """A file that is a delivery: `file` is its path under the date folder, `reporter` the folder of its sender."""

    feed: str
    received_on: dt.date
    file: str
    path: Path
    reporter: str | None

    @property
    def place(self) -> str:
        """Where it lies under `DATA`, as text."""
        return f"raw/{self.feed}/{self.received_on}/{self.file}"


class Content(NamedTuple):
    """What a file held, and its mark (`stat_mark`) before it was looked at; both empty where it can't be read."""

    mark: tuple[int, ...]
    sha256: str


UNREADABLE = Content((), "")


def shown(name: str) -> str:
    """A file's name as text that any database takes: bytes that are no UTF-8 are escaped."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in ("thumbs.db", "desktop.ini")


def _entries(folder: Path, place: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing, and a problem, where it cannot be looked into."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not _is_hidden(entry.name)]
    except OSError:
        problems.append(Problem(place, "文件夹打不开，里面的文件没有读取；请检查它的权限"))
        return []
    return sorted(found, key=lambda entry: shown(entry.name))


def _day(name: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(name)
    except ValueError:
        return None
    return day if day.isoformat() == name else None


def find_deliveries(data_dir: Path, as_of: dt.date) -> tuple[list[Found], list[Problem]]:
    """Every delivery received by `as_of`, in the order of feed, day, file; and what lies where it should not."""
    raw = data_dir / "raw"
    found: list[Found] = []
    problems: list[Problem] = []
    if not raw.is_dir():
        return found, problems
    feeds = set(contracts.feed_names())
    for entry in _entries(raw, "raw", problems):
        place = f"raw/{shown(entry.name)}"
        if not entry.is_dir():
            if Path(entry.name).suffix.lower() in LIKELY_ENDINGS:
                problems.append(Problem(place, "文件不在任何报送类别的日期文件夹里，没有读取"))
        elif entry.name not in feeds:
            problems.append(Problem(place, f"没有“{shown(entry.name)}”这一类报送，文件夹没有读取"))
        else:
            _in_feed(entry, place, as_of, found, problems)
    found.sort(key=lambda item: (item.feed, item.received_on, item.file))
    return found, problems


def _in_feed(feed: os.DirEntry[str], place: str, as_of: dt.date, found: list[Found], problems: list[Problem]) -> None:
    for entry in _entries(Path(feed.path), place, problems):
        inside = f"{place}/{shown(entry.name)}"
        if not entry.is_dir():
            if Path(entry.name).suffix.lower() in LIKELY_ENDINGS:
                problems.append(Problem(inside, "文件不在日期文件夹里，没有读取；请放进以收到日期命名的文件夹"))
        elif (day := _day(entry.name)) is None:
            problems.append(Problem(inside, f"“{shown(entry.name)}”不是日期（如 2024-04-02），文件夹没有读取"))
        elif day <= as_of:
            for item in _in_day(feed.name, day, Path(entry.path), inside, problems):
                found.append(item)


def _in_day(feed: str, day: dt.date, folder: Path, place: str, problems: list[Problem]) -> Iterator[Found]:
    for entry in _entries(folder, place, problems):
        if not entry.is_dir():
            if _is_plain_file(entry, place, problems):
                yield Found(feed, day, shown(entry.name), Path(entry.path), None)
            continue
        reporter = shown(entry.name)
        for inner in _entries(Path(entry.path), f"{place}/{reporter}", problems):
            if inner.is_dir():
                problems.append(Problem(f"{place}/{reporter}/{shown(inner.name)}", "文件夹太深，里面的文件没有读取"))
            elif _is_plain_file(inner, f"{place}/{reporter}", problems):
                yield Found(feed, day, f"{reporter}/{shown(inner.name)}", Path(inner.path), reporter)


def _is_plain_file(entry: os.DirEntry[str], place: str, problems: list[Problem]) -> bool:
    try:
        is_plain = stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        is_plain = False
    if not is_plain:
        problems.append(Problem(f"{place}/{shown(entry.name)}", "不是普通文件，没有读取"))
    return is_plain


def changed_since_landing(data_dir: Path, found: Iterable[Found]) -> Iterator[Found]:
    """The deliveries that came or changed after rows last landed: a first guess at what is new, without a look inside.

    Nothing rests on it but what is made ready beforehand.
    """
    try:
        landed_at = (data_dir / INDEX).stat().st_mtime_ns
    except OSError:
        landed_at = 0
    for delivery in found:
        with suppress(OSError):
            if delivery.path.stat().st_ctime_ns > landed_at:
                yield delivery


def make_private(folder: Path) -> None:
    """Makes a folder that its owner alone may enter (interface.md, `landing/`)."""
    folder.mkdir(parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)


def stat_mark(path: Path) -> tuple[int, ...]:
    """Size, times and inode of a file: what changes when it is written to. Raises OSError where there is none."""
    is_ = path.stat()
    return (is_.st_size, is_.st_mtime_ns, is_.st_ctime_ns, is_.st_ino)


class HashCache:
    """The sha256 of deliveries, known again by place, size, times and inode (`landing/hashes.json`)."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.path = data_dir / "landing" / "hashes.json"
        try:
            self.known: dict[str, list[object]] = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            self.known = {}
        self.fresh: dict[str, list[object]] = {}

    def contents(self, deliveries: Sequence[Found]) -> list[Content]:
        """The content of each; those that are not known yet are hashed a few at a time."""
        found = [self._known(delivery) for delivery in deliveries]
        new = [delivery for delivery, content in zip(deliveries, found, strict=True) if content is None]
        with ThreadPoolExecutor(HASHED_AT_ONCE) as threads:
            hashed = threads.map(self._hashed, new)
            return [content or next(hashed) for content in found]

    def _known(self, delivery: Found) -> Content | None:
        entry = self.known.get(delivery.place)
        try:
            mark = stat_mark(delivery.path)
        except OSError:
            return UNREADABLE
        if not entry or tuple(entry[:4]) != mark or max(mark[1:3]) + SETTLED_NS >= int(str(entry[4])):
            return None
        self.fresh[delivery.place] = entry
        return Content(mark, str(entry[5]))

    def _hashed(self, delivery: Found) -> Content:
        try:
            mark, hashed_at = stat_mark(delivery.path), time.time_ns()
            with delivery.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return UNREADABLE
        self.fresh[delivery.place] = [*mark, hashed_at, digest]
        return Content(mark, digest)

    def save(self) -> None:
        """Keeps what is known of files that still exist."""
        if self.fresh.items() <= self.known.items():
            return
        make_private(self.path.parent)
        others = {place: entry for place, entry in self.known.items() if os.access(self.data_dir / place, os.F_OK)}
        # A run and one who only looks whether there is anything new may save at the same time.
        partial = self.path.with_name(f"hashes.{os.getpid()}.{time.time_ns()}.tmp")
        partial.write_text(json.dumps(others | self.fresh, ensure_ascii=False, separators=(",", ":")), "utf-8")
        partial.replace(self.path)
        # What one that was killed left behind; of what is young another may be writing.
        for left in self.path.parent.glob("hashes.*.tmp"):
            with suppress(FileNotFoundError):
                if stat_mark(left)[1] < time.time_ns() - SAVED_WITHIN_NS:
                    left.unlink()


def contract_version() -> str:
    """A digest of everything that decides how a row is read: contracts, this package, and the engines' versions."""
    # Slow to import, and reading processes need nothing of it.
    from importlib.metadata import version

    digest = hashlib.sha256()
    own = sorted(Path(__file__).parent.glob("*.py"))
    for path in (*contracts.files(), *sorted(Path(contracts.__file__).parent.glob("*.py")), *own):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for engine in ENGINES:
        digest.update(f"{engine}={version(engine)}\0".encode())
    return digest.hexdigest()


def mapping_files(data_dir: Path) -> list[Path]:
    """The files of `DATA/mappings`, in the order of their names."""
    folder = data_dir / "mappings"
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and not _is_hidden(path.name))


def fingerprint(data_dir: Path, as_of: dt.date) -> str:
    """A digest of every delivery seen at `as_of`, of the mappings and of the contract version.

    Equal digests mean that reading would find nothing new. Files are hashed only where their times changed.
    """
    cache = HashCache(data_dir)
    digest = hashlib.sha256(contract_version().encode())
    found, _ = find_deliveries(data_dir, as_of)
    for item, content in zip(found, cache.contents(found), strict=True):
        digest.update(f"{item.feed}\0{item.received_on}\0{item.file}\0{content.sha256}\n".encode())
    for path in mapping_files(data_dir):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    cache.save()
    return digest.hexdigest()
