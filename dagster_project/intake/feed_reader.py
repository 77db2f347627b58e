"""Reads the new deliveries of feeds into packs of the landing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from dagster_project.contracts.model import Contract
from dagster_project.intake.batches import as_raw, batch_of, batch_of_part, info_of
from dagster_project.intake.cells import RawTable, Rejected, Unread
from dagster_project.intake.discovery import Found, stat_mark
from dagster_project.intake.formats import format_of
from dagster_project.intake.hands import Hands
from dagster_project.intake.headers import HeaderPlan
from dagster_project.intake.json_reader import read_json
from dagster_project.intake.landing import Landing, Pack
from dagster_project.intake.layouts import Layout, Mapping, layout_of
from dagster_project.intake.parquet_reader import FrameTable, open_parquet, read_parquet
from dagster_project.intake.rows import TableInfo, type_rows
from dagster_project.intake.stored import typing_of_one_file
from dagster_project.intake.text_reader import read_text

# Files beyond this are typed part by part, into a pack of their own, so that memory stays bounded.
LARGE_BYTES = 32 << 20
# Parquet sooner: its columns are typed as they are, some files at a time; rows of many files as texts.
LARGE_PARQUET_ROWS = 5_000
# Rows of small files are typed together, so many at a time.
ROWS_A_BATCH = 50_000
# Files opened ahead of the one whose turn it is: workbooks are read meanwhile.
OPEN_AHEAD = 32
# Workbooks up to this size are given to a reading process so many at a time.
SMALL_BYTES = 1 << 18
SMALL_AT_ONCE = 8
# Why a file is not judged this time.
CHANGED = "文件打不开，或在读取时被改动；下次运行再读"


@dataclass(frozen=True)
class Delivery:
    """A delivery that is seen: where it lies, what it holds, how it is read."""

    found: Found
    sha256: str
    mark: tuple[int, ...]
    mapping: Mapping | None
    delivery_id: int

    def info(self, table: RawTable | FrameTable) -> TableInfo:
        """What holds for every row of one of its tables."""
        return info_of(self.delivery_id, self.found.received_on, self.found.reporter, table)

    def check_unchanged(self) -> None:
        """Raises Unread where the file could not be hashed, or changed since: what was read is not what was hashed."""
        try:
            is_same = bool(self.sha256) and stat_mark(self.found.path) == self.mark
        except OSError:
            is_same = False
        if not is_same:
            raise Unread(CHANGED)


@dataclass
class _Outcome:
    """What became of one delivery, as it will stand in the index."""

    delivery: Delivery
    reason: str | None = None
    is_lasting: bool = True
    rows_read: int = 0
    rows_quarantined: int = 0
    rows_ignored: int = 0
    unknown: dict[str, None] = field(default_factory=dict)

    def reject(self, error: Rejected | OSError) -> None:
        """Rejects it; for good only where what was judged is what was hashed."""
        if not isinstance(error, Unread | OSError):
            try:
                self.delivery.check_unchanged()
            except Unread as changed:
                error = changed
        self.reason = str(error) if isinstance(error, Rejected) else "文件打不开"
        self.is_lasting = not isinstance(error, Unread | OSError)

    def count(self, read: int, quarantined: int, ignored: int) -> None:
        self.rows_read += read
        self.rows_quarantined += quarantined
        self.rows_ignored += ignored

    def entry(self, pack: str | None) -> dict[str, Any]:
        found, is_loaded = self.delivery.found, self.reason is None
        return {
            "delivery_id": self.delivery.delivery_id,
            "feed": found.feed,
            "received_on": found.received_on,
            "file": found.file,
            "sha256": self.delivery.sha256,
            "reporter": found.reporter,
            "status": "loaded" if is_loaded else "rejected",
            "reason": self.reason,
            "rows_read": self.rows_read if is_loaded else 0,
            "rows_quarantined": self.rows_quarantined if is_loaded else 0,
            "rows_ignored": self.rows_ignored if is_loaded else 0,
            "unknown_columns": list(self.unknown),
            "pack": pack if is_loaded else None,
        }


# Part by part, the tables of a large file.
Parts = Iterator[RawTable] | Iterator[FrameTable]


# Tables that wait to be typed together, by the mapping under which they were read.
Waiting = dict[str, list[tuple[TableInfo, RawTable]]]
# What reads a delivery when it is called.
Taker = Callable[[], "list[RawTable] | Parts"]
# Entries of deliveries for the index, and those of files to be tried again.
Entries = tuple[list[dict[str, Any]], list[dict[str, Any]]]


class FeedReader:
    """Reads the deliveries of one feed. Small files share a pack and are typed together; a large one has its own."""

    def __init__(self, contract: Contract, landing: Landing, hands: Hands) -> None:
        self.contract, self.landing, self.hands = contract, landing, hands
        self.layouts: dict[str, Layout] = {}
        self.pack = landing.pack(contract)
        self.waiting: Waiting = {}
        self.waiting_rows = 0
        self.typed: list[Future[None]] = []
        self.large: list[Future[tuple[_Outcome, str | None]]] = []
        self.outcomes: dict[int, _Outcome] = {}
        self.rejected: list[_Outcome] = []

    def openings(self, deliveries: Sequence[Delivery]) -> Iterator[list[Opening]]:
        """Begins to read deliveries, in their order; those of an item begin together."""
        for group in self._groups(deliveries):
            yield [Opening(self, group[0], self._open(group[0]))] if len(group) == 1 else self._open_together(group)

    def take(self, opening: Opening, report: Callable[[Delivery], None]) -> None:
        """Hands the rows of a delivery to those who land them; `settle` waits for these."""
        outcome = _Outcome(opening.delivery)
        try:
            tables = opening.tables()
            if not isinstance(tables, list):
                self.large.append(self.hands.workers.submit(self._read_large, outcome, tables, report))
                return
            opening.delivery.check_unchanged()
        except (Rejected, OSError) as error:
            outcome.reject(error)
            self.rejected.append(outcome)
        except UnicodeError:
            # Its encoding was told from the whole content: what is read now is another.
            outcome.reject(Unread(CHANGED))
            self.rejected.append(outcome)
        else:
            # What fails in writing is no fault of this file: it ends the run.
            self._collect(outcome, tables)
        report(opening.delivery)

    def flush(self) -> None:
        """Hands what waits to the typist."""
        if self.waiting:
            self.typed.append(self.hands.have_typed(self.waiting_rows, partial(self._type, self.waiting)))
        self.waiting = {}
        self.waiting_rows = 0

    @property
    def is_done(self) -> bool:
        """Whether `settle` has nothing to wait for."""
        return all(typed.done() for typed in self.typed) and all(large.done() for large in self.large)

    def settle(self) -> Entries:
        """What the deliveries are in the index, once all of their rows have landed."""
        for typed in self.typed:
            typed.result()
        name = self.pack.close(list(self.outcomes))
        ended: list[tuple[_Outcome, str | None]] = [(outcome, None) for outcome in self.rejected]
        ended += [future.result() for future in self.large]
        ended += [(outcome, name) for outcome in self.outcomes.values()]
        lasting = [outcome.entry(pack) for outcome, pack in ended if outcome.is_lasting]
        return lasting, [outcome.entry(pack) for outcome, pack in ended if not outcome.is_lasting]

    def _key(self, delivery: Delivery) -> str:
        return delivery.mapping.sha256 if delivery.mapping else ""

    def _layout(self, delivery: Delivery) -> Layout:
        key = self._key(delivery)
        if key not in self.layouts:
            self.layouts[key] = layout_of(self.contract, delivery.mapping)
        return self.layouts[key]

    def _groups(self, deliveries: Sequence[Delivery]) -> Iterator[list[Delivery]]:
        """The deliveries in their order: small workbooks of one layout a few at a time, all else one by one."""

        def kind(delivery: Delivery) -> str | None:
            return self._key(delivery) if _is_small_workbook(delivery.found.path) else None

        for layout, alike in groupby(deliveries, key=kind):
            at_once = 1 if layout is None else SMALL_AT_ONCE
            while group := list(islice(alike, at_once)):
                yield group

    def _open_together(self, group: Sequence[Delivery]) -> list[Opening]:
        paths, plan = [delivery.found.path for delivery in group], self._layout(group[0]).plan
        reading = self.hands.waiters.submit(self.hands.pool.read_together, paths, plan)

        def taker(place: int) -> Taker:
            def take() -> list[RawTable]:
                tables = reading.result()[place]
                if isinstance(tables, Exception):
                    raise tables
                return tables

            return take

        return [Opening(self, delivery, taker(place)) for place, delivery in enumerate(group)]

    def _open(self, delivery: Delivery) -> Taker:
        """What reads a delivery when it is called; a workbook is read from now on, in another process."""
        path, plan = delivery.found.path, self._layout(delivery).plan
        try:
            kind = format_of(path)
            is_large = path.stat().st_size > LARGE_BYTES
        except (Rejected, OSError) as error:
            return _raiser(error)
        if kind == "workbook":
            return self.hands.waiters.submit(self.hands.pool.read, path, plan).result
        if kind == "parquet":
            return lambda: self._open_parquet(delivery)
        read = read_json if kind == "json" else read_text
        return lambda: read(path, plan) if is_large else list(read(path, plan))

    def _open_parquet(self, delivery: Delivery) -> list[RawTable] | Parts:
        file, plan = open_parquet(delivery.found.path), self._layout(delivery).plan
        if file.metadata.num_rows > LARGE_PARQUET_ROWS:
            # Opened again when its turn comes: many may wait, and no more files can be open than a process may have.
            return _frames(delivery.found.path, plan)
        # As texts from here on: what can't be such fails here, and not in a batch with others.
        with typing_of_one_file():
            return [as_raw(frame) for frame in read_parquet(file, plan)]

    def _collect(self, outcome: _Outcome, tables: list[RawTable]) -> None:
        delivery = outcome.delivery
        self.outcomes[delivery.delivery_id] = outcome
        key = self._key(delivery)
        self._layout(delivery)
        for table in tables:
            outcome.unknown |= dict.fromkeys(table.unknown)
            self.waiting.setdefault(key, []).append((delivery.info(table), table))
            self.waiting_rows += len(table.row_nos)
        if self.waiting_rows > ROWS_A_BATCH:
            self.flush()

    def _type(self, waiting: Waiting) -> None:
        for key, tables in waiting.items():
            if any(len(table.row_nos) for _, table in tables):
                typed = type_rows(self.contract, self.layouts[key], batch_of(self.contract, tables))
                self.pack.add(typed)
                for delivery_id, *counts in typed.counts.iter_rows():
                    self.outcomes[delivery_id].count(*counts)

    def _read_large(
        self, outcome: _Outcome, parts: Parts, report: Callable[[Delivery], None]
    ) -> tuple[_Outcome, str | None]:
        """Reads a large file part by part into a pack of its own, which vanishes where the file is rejected."""
        pack = self.landing.pack(self.contract, f".{outcome.delivery.delivery_id}")
        name = None
        try:
            name = self._land_parts(outcome, parts, pack)
        except Rejected as error:
            outcome.reject(error)
        finally:
            pack.abandon()
        report(outcome.delivery)
        return outcome, name

    def _land_parts(self, outcome: _Outcome, parts: Parts, pack: Pack) -> str | None:
        delivery = outcome.delivery
        layout = self._layout(delivery)
        line = 1
        for part in _read(parts):
            outcome.unknown |= dict.fromkeys(part.unknown)
            with typing_of_one_file():
                batch = batch_of_part(self.contract, delivery.info(part), part, line)
                typed = type_rows(self.contract, layout, batch) if len(batch) else None
            line += len(batch)
            if typed:
                for _, *counts in typed.counts.iter_rows():
                    outcome.count(*counts)
                pack.add(typed)
        delivery.check_unchanged()
        return pack.close([delivery.delivery_id])


@dataclass(frozen=True)
class Opening:
    """A delivery whose reading has begun, or will when its tables are asked for. These raise Rejected, OSError."""

    reader: FeedReader
    delivery: Delivery
    tables: Taker


def open_ahead(groups: Iterator[list[Opening]]) -> Iterator[Opening]:
    """What is opened, in its order, the next ones opened already: workbooks are read meanwhile."""
    opened: deque[Opening] = deque()
    while True:
        while len(opened) < OPEN_AHEAD and (group := next(groups, None)):
            opened.extend(group)
        if not opened:
            return
        yield opened.popleft()


def _read(parts: Parts) -> Iterator[RawTable | FrameTable]:
    """The parts. An error of the system while they are read is told apart from one while they are written."""
    try:
        yield from parts
    except UnicodeError as error:
        raise Unread(CHANGED) from error
    except OSError as error:
        raise Unread("文件打不开") from error


def _frames(path: Path, plan: HeaderPlan) -> Iterator[FrameTable]:
    yield from read_parquet(open_parquet(path), plan)


def _is_small_workbook(path: Path) -> bool:
    try:
        return path.stat().st_size <= SMALL_BYTES and format_of(path) == "workbook"
    except (Rejected, OSError):
        return False


def _raiser(error: Exception) -> Callable[[], list[RawTable]]:
    def fail() -> list[RawTable]:
        raise error

    return fail
