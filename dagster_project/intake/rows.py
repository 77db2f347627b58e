"""From texts to typed rows with their outcome: landed with warnings, quarantined with reasons, or ignored.

Everything here works on whole columns of a batch: rows of one feed under one layout, of any number of deliveries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

import polars as pl

from dagster_project.contracts.model import Column, Contract
from dagster_project.intake.coded import Coded, texts_of
from dagster_project.intake.columns import parse
from dagster_project.intake.frames import landing_frame, quarantine_frame, unique_mentions
from dagster_project.intake.identifiers import is_ill_formed
from dagster_project.intake.layouts import Layout
from dagster_project.intake.readings import Masks, bad_orders, future_dates, settled, unfulfilled
from dagster_project.intake.stored import as_texts
from dagster_project.intake.text import Parsed, clean, put

UNIT_GROUP = ("uscc", "unit_name")


@dataclass
class TableInfo:
    """What holds for every row of one table: its delivery, its sheet, its units of money, its columns."""

    delivery_id: int
    received_on: dt.date
    reporter: str | None
    sheet: str | None
    units: dict[str, int]
    columns: frozenset[str]


@dataclass
class Batch:
    """Rows to type. `places` has `table` (place in `tables`), `row_no`, `line_no`; `columns`: the known ones as read.

    `notes`, `blanks`, `ragged`: where the first filled cell begins a note, no cell has a value, the row is ragged.
    `survey`, where notes and blanks are not known yet, tells them for some rows: positions in, two masks out.
    """

    places: pl.DataFrame
    columns: dict[str, pl.Series | Coded]
    tables: Sequence[TableInfo]
    notes: pl.Series | None = None
    blanks: pl.Series | None = None
    ragged: pl.Series | None = None
    survey: Callable[[pl.Series], tuple[pl.Series, pl.Series]] | None = None

    def __len__(self) -> int:
        return len(self.places)


@dataclass
class Typed:
    """What became of a batch: the landed rows, the quarantined ones, the mentions of both, and counts by delivery.

    `coded`: columns of the landed rows that are kept by their distinct values. `counts`: delivery_id, read,
    quarantined, ignored.
    """

    landed: pl.DataFrame
    coded: dict[str, Coded]
    quarantined: pl.DataFrame
    mentions: pl.DataFrame
    counts: pl.DataFrame = field(default_factory=pl.DataFrame)


def _any(masks: Sequence[pl.Series], rows: int) -> pl.Series:
    return reduce(or_, masks) if masks else pl.repeat(False, rows, dtype=pl.Boolean, eager=True)


def _of_tables(batch: Batch, values: Sequence[object], dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    """One value a table, for every row."""
    series = pl.Series(values, dtype=dtype)
    if len(batch.tables) == 1:
        return series.new_from_index(0, len(batch))
    return series.gather(batch.places["table"])


def _read_column(column: Column, batch: Batch, layout: Layout) -> Parsed | None:
    raw = batch.columns.get(column.name)
    parsed = None
    if raw is not None:
        # Tables of other units than each other's are read apart; only money has units.
        units = [table.units.get(column.name, 0) for table in batch.tables] if column.type == "money" else [0]
        if len(set(units)) > 1:
            parsed = _by_unit(column, raw, _of_tables(batch, units, pl.Int64), layout)
        else:
            parsed = parse(column, raw, layout, units[0] if units else 0)
    if column.name not in layout.constants:
        return parsed
    constant = parse(column, pl.Series(column.name, [layout.constants[column.name]]), layout, 0)
    filled = Parsed(constant.value.new_from_index(0, len(batch)), constant.given.new_from_index(0, len(batch)))
    if parsed is None:
        return filled
    lacks = _of_tables(batch, [column.name not in table.columns for table in batch.tables], pl.Boolean)
    return Parsed(filled.value.zip_with(lacks, parsed.value), filled.given.zip_with(lacks, parsed.given))


def _by_unit(column: Column, raw: pl.Series | Coded, units: pl.Series, layout: Layout) -> Parsed:
    parts, places = [], []
    for unit in units.unique(maintain_order=True).to_list():
        place = (units == unit).arg_true()
        parts.append(parse(column, raw.gather(place), layout, unit))
        places.append(place)
    order = pl.concat(places).arg_sort()
    value, given = (pl.concat([getattr(part, name) for part in parts]).gather(order) for name in ("value", "given"))
    return Parsed(value, given)


class _Rows:
    """The state of one batch while it is judged."""

    def __init__(self, contract: Contract, layout: Layout, batch: Batch) -> None:
        self.contract, self.layout, self.batch = contract, layout, batch
        self.count = len(batch)
        self.accepted = contract.accepted
        self.read = {
            name: parsed
            for name, column in self.accepted.items()
            if (parsed := _read_column(column, batch, layout)) is not None
        }
        self.nowhere = pl.repeat(False, self.count, dtype=pl.Boolean, eager=True)

    def given(self, name: str) -> pl.Series:
        return self.read[name].given if name in self.read else self.nowhere

    def unreadable(self, name: str) -> pl.Series:
        return self.read[name].unreadable if name in self.read else self.nowhere

    def missing(self, group: tuple[str, ...]) -> pl.Series:
        return ~_any([self.given(name) for name in group], self.count)

    def ignored(self) -> pl.Series:
        """Totals, notes, and rows without a value in any known column of the file."""
        batch = self.batch
        lacking = _any([self.missing(group) for group in self.contract.demanded_groups], self.count)
        places = lacking.arg_true()
        if not len(places):
            return self.nowhere
        if batch.survey:
            noted, blank = batch.survey(places)
            batch.notes = put(self.nowhere, places, noted)
            batch.blanks = put(self.nowhere, places, blank)
        notes = batch.notes.gather(places) if batch.notes is not None else None
        known = []
        for name in self.read:
            if name in batch.columns:
                raw = batch.columns[name].gather(places)
                # 无 is a value of a boolean, and no value here.
                known.append(clean(as_texts(raw)).is_not_null())
        empty = ~_any(known, len(places))
        return put(self.nowhere, places, empty | notes if notes is not None else empty)

    def retracted(self) -> pl.Series:
        if "retracted" not in self.read:
            return self.nowhere
        return self.read["retracted"].value.fill_null(False)

    def reasons(self, retracted: pl.Series) -> Masks:
        """Masks of what quarantines a row, by (kind, column or group), in the order of the columns."""
        contract, found = self.contract, {}
        standing = ~retracted
        key = set(contract.key_groups)
        if self.batch.ragged is not None:
            found["unreadable", "row"] = self.batch.ragged & standing
        for group in contract.demanded_groups:
            asked = True if group in key else standing
            found["missing", "|".join(group)] = self.missing(group) & asked
            name = group[0]
            bad = self.unreadable(name) & asked
            found["unreadable", name] = bad & ~self.given("unit_name") if group == UNIT_GROUP else bad
        for column in contract.columns.values():
            if column.quarantines:
                found["unreadable", column.name] = self.unreadable(column.name) & standing
        for name, needed in contract.needs.items():
            if name in self.read:
                demands = self.read[name].value.is_not_null() & standing
                found["missing", needed] = demands & ~self.given(needed)
                found["unreadable", needed] = demands & self.unreadable(needed)
        return {what: mask for what, mask in found.items() if mask.any()}

    def bad_values(self) -> Masks:
        found: Masks = {}
        demanded = {name for group in self.contract.demanded_groups for name in group} - set(UNIT_GROUP)
        if not self.contract.is_about_unit:
            demanded |= {name for group in self.contract.demanded_groups for name in group}
        for name in self.read:
            if name not in demanded:
                mask = self.unreadable(name)
                if name == "uscc" and self.contract.unit in ("key", "required"):
                    # A broken code that stands alone quarantines the row, or (retracted) is without a warning.
                    mask = mask & self.given("unit_name")
                if mask.any():
                    found["bad_value", name] = mask
        return found


def _ill_formed(rows: _Rows, name: str) -> pl.Series | None:
    """Where a case number is none of the courts' forms; an arbitration's need not be (feeds.md, "case number")."""
    if name not in rows.read or rows.accepted[name].type != "case_no":
        return None
    mask = is_ill_formed(rows.read[name].value)
    if "case_type" in rows.read:
        mask &= ~(rows.read["case_type"].value == "arbitration").fill_null(False)
    return mask if mask.any() else None


def type_rows(contract: Contract, layout: Layout, batch: Batch) -> Typed:
    """Types, judges and hashes the rows of a batch (feeds.md, "Header" to "What happens to a row")."""
    rows = _Rows(contract, layout, batch)
    ignored = rows.ignored()
    counted = ~batch.blanks if batch.blanks is not None else ~rows.nowhere
    ignored &= counted
    retracted = rows.retracted()
    reasons = rows.reasons(retracted)
    is_quarantined = _any(list(reasons.values()), rows.count) & counted & ~ignored
    is_landed = counted & ~ignored & ~is_quarantined

    received_on = _of_tables(batch, [table.received_on for table in batch.tables], pl.Date)
    warnings: Masks = rows.bad_values()
    for what, mask in unfulfilled(contract, rows.read, rows.count).items():
        warnings[what] = warnings[what] | mask if what in warnings else mask
    for name in ("case_no", "basis_no"):
        ill_formed = _ill_formed(rows, name)
        if ill_formed is not None:
            bad = warnings.get(("bad_value", name))
            warnings["bad_value", name] = ill_formed if bad is None else bad | ill_formed
    warnings |= bad_orders(contract, rows.read)
    warnings |= future_dates(contract, rows.read, received_on)
    values = settled(contract, rows.read, warnings)
    if contract.feed == "organizations":
        # Without a value it is false: the same version as one that says so.
        values["is_classified"] = texts_of(values.get("is_classified", rows.nowhere)).fill_null(False)

    delivery = _of_tables(batch, [table.delivery_id for table in batch.tables], pl.Int64)
    placed = batch.places.select("row_no", "line_no").with_columns(
        delivery_id=delivery, sheet=_of_tables(batch, [table.sheet for table in batch.tables], pl.String)
    )
    reporters = _of_tables(batch, [table.reporter for table in batch.tables], pl.String)
    landed, coded, mentions = landing_frame(
        contract, placed, values, warnings, retracted, reporters, rows.unreadable("compensation_due_yuan"), is_landed
    )
    quarantined, more = quarantine_frame(
        contract, batch.columns, placed, values, reasons, reporters, is_quarantined.arg_true()
    )
    counts = (
        pl.DataFrame({"delivery_id": delivery, "read": counted, "quarantined": is_quarantined, "ignored": ignored})
        .group_by("delivery_id", maintain_order=True)
        .agg(pl.col("read", "quarantined", "ignored").cast(pl.Int64).sum())
    )
    return Typed(landed, coded, quarantined, unique_mentions([mentions, more]), counts)
