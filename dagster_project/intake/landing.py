"""The landing: packs of typed rows that never change, and the index that says which delivery lies in which pack."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from dagster_project.contracts.model import Contract
from dagster_project.intake.discovery import INDEX, make_private
from dagster_project.intake.frames import landing_schema, unique_mentions, with_compared_names
from dagster_project.intake.rows import Typed

QUARANTINE = "_quarantine"
MENTION = "_mention"
ROWS_A_GROUP = 122_880
INDEX_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "delivery_id": pl.Int64,
    "feed": pl.String,
    "received_on": pl.Date,
    "file": pl.String,
    "sha256": pl.String,
    "reporter": pl.String,
    "status": pl.String,
    "reason": pl.String,
    "rows_read": pl.Int64,
    "rows_quarantined": pl.Int64,
    "rows_ignored": pl.Int64,
    "unknown_columns": pl.List(pl.String),
    "pack": pl.String,
}


def _keep(partial: Path, final: Path) -> None:
    """Makes a finished file appear under its name, whole, also after a power cut."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(final)


class Pack:
    """A pack being written: rows go to disk as they come, quarantined rows and mentions when it is closed."""

    def __init__(self, landing: Path, contract: Contract, name_start: str, mark: str = "") -> None:
        self.landing, self.contract, self.name_start = landing, contract, name_start
        self.schema = landing_schema(contract)
        self.partial = landing / contract.feed / f"{os.getpid()}{mark}.tmp"
        self.writer: pq.ParquetWriter | None = None
        self.quarantined: list[pl.DataFrame] = []
        self.mentions: list[pl.DataFrame] = []

    def add(self, typed: Typed) -> None:
        """Adds typed rows, in the order in which they come."""
        if len(typed.landed):
            table = self._table(typed)
            if self.writer is None:
                make_private(self.partial.parent)
                self.writer = pq.ParquetWriter(
                    self.partial,
                    table.schema,
                    # What zstd would save in size costs a fifth of all reading.
                    compression="snappy",
                    use_dictionary=self._of_few_values(typed),
                    # Nobody looks for ranges of texts; to find their bounds costs a third of the writing.
                    write_statistics=[name for name, dtype in self.schema.items() if dtype != pl.String],
                    store_schema=False,
                )
            self.writer.write_table(table, row_group_size=ROWS_A_GROUP)
        if len(typed.quarantined):
            self.quarantined.append(typed.quarantined)
        if len(typed.mentions):
            self.mentions.append(typed.mentions)

    def _of_few_values(self, typed: Typed) -> list[str]:
        """The columns to be stored by their distinct values: where it is known which are few, those alone."""
        texts = [name for name, dtype in self.schema.items() if dtype == pl.String]
        return [name for name in texts if not typed.coded or name in typed.coded]

    def _table(self, typed: Typed) -> pa.Table:
        plain = typed.landed.to_arrow()
        columns = {
            name: typed.coded[name].to_arrow() if name in typed.coded else plain.column(name) for name in self.schema
        }
        return pa.table(columns)

    def close(self, delivery_ids: Sequence[int]) -> str | None:
        """Finishes the pack of these deliveries; its name, or None where it holds nothing."""
        if self.writer is None and not self.quarantined:
            return None
        digest = hashlib.sha256(",".join(map(str, delivery_ids)).encode()).hexdigest()
        name = f"{self.name_start}-{digest[:24]}"
        if self.writer is not None:
            self.writer.close()
            self.writer = None
            _keep(self.partial, self.partial.with_name(f"{name}.parquet"))
        for folder, frame in (
            (QUARANTINE, pl.concat(self.quarantined) if self.quarantined else None),
            (MENTION, with_compared_names(unique_mentions(self.mentions)) if self.mentions else None),
        ):
            if frame is not None:
                make_private(self.landing / folder)
                partial = self.landing / folder / f"{name}.tmp"
                frame.write_parquet(partial, compression="zstd", compression_level=1, row_group_size=ROWS_A_GROUP)
                _keep(partial, partial.with_suffix(".parquet"))
        return name

    def abandon(self) -> None:
        """Drops what was written so far."""
        if self.writer is not None:
            self.writer.close()
            self.writer = None
        self.partial.unlink(missing_ok=True)


class Landing:
    """`DATA/landing`. `version` marks the packs; those of other versions are dropped once new ones are kept."""

    def __init__(self, data_dir: Path, version: str, feeds: Sequence[str]) -> None:
        self.folder = data_dir / "landing"
        self.name_start = version[:12]
        self.feeds = tuple(feeds)
        make_private(self.folder)
        self.index_path = data_dir / INDEX
        self.index = self._read_index()
        self._sweep()

    def _read_index(self) -> pl.DataFrame:
        try:
            index = pl.read_parquet(self.index_path)
        except (OSError, pl.exceptions.PolarsError):
            return pl.DataFrame(schema=INDEX_SCHEMA)
        if dict(index.schema) != {name: _instance(dtype) for name, dtype in INDEX_SCHEMA.items()}:
            return pl.DataFrame(schema=INDEX_SCHEMA)
        return index.filter(pl.col("pack").is_null() | pl.col("pack").str.starts_with(self.name_start))

    def _sweep(self) -> None:
        """Removes what no delivery of the index lies in: leftovers of a killed run, packs of other versions."""
        kept = set(self.index["pack"].drop_nulls().to_list())
        for folder in (*self.feeds, QUARANTINE, MENTION):
            for path in (self.folder / folder).glob("*"):
                if path.suffix != ".parquet" or path.stem not in kept:
                    path.unlink()

    def pack(self, contract: Contract, mark: str = "") -> Pack:
        """A new pack of a feed. `mark` tells apart two that are written at the same time."""
        return Pack(self.folder, contract, self.name_start, mark)

    def known(self) -> set[int]:
        """The deliveries that need not be read again: those of the index whose packs are all there."""
        index = self.index.with_columns(
            landed=pl.col("rows_read") - pl.col("rows_quarantined") - pl.col("rows_ignored")
        )
        lost = {
            (feed, pack)
            for feed, pack, landed, quarantined in index.select(
                "feed", "pack", "landed", "rows_quarantined"
            ).iter_rows()
            if pack is not None
            and (
                (landed and not (self.folder / feed / f"{pack}.parquet").exists())
                or (quarantined and not (self.folder / QUARANTINE / f"{pack}.parquet").exists())
            )
        }
        lost_packs = [pack for _, pack in lost]
        self.index = self.index.filter(pl.col("pack").is_null() | ~pl.col("pack").is_in(lost_packs))
        return set(self.index["delivery_id"].to_list())

    def add(self, deliveries: Sequence[dict[str, Any]]) -> None:
        """Adds deliveries to the index and swaps it in."""
        if not deliveries:
            return
        self.index = pl.concat([self.index, pl.DataFrame(list(deliveries), schema=INDEX_SCHEMA)])
        partial = self.index_path.with_suffix(".tmp")
        self.index.write_parquet(partial)
        _keep(partial, self.index_path)

    def paths(self, folder: str, packs: Sequence[str]) -> list[Path]:
        """The files of some packs in a folder of the landing, in the order of their names."""
        paths = (self.folder / folder / f"{pack}.parquet" for pack in sorted(set(packs)))
        return [path for path in paths if path.exists()]


def _instance(dtype: pl.DataType | type[pl.DataType]) -> pl.DataType:
    return dtype() if isinstance(dtype, type) else dtype
