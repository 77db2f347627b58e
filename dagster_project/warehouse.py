"""The warehouse before the models: schemas `raw` and `policy` (docs/architecture.md, 2 and 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from dagster_project import contracts
from dagster_project.calendar import calendar_table
from dagster_project.intake import IntakeResult
from dagster_project.intake.frames import MENTION_SCHEMA, QUARANTINE_SCHEMA, landing_schema
from dagster_project.policies import policy_tables, read_policies

Schema = Mapping[str, "pl.DataType | type[pl.DataType]"]


def fill_raw(warehouse: Path, result: IntakeResult) -> None:
    """Make schema `raw`: views over the landing's live packs, and what is known of deliveries, days and feeds."""
    feeds = contracts.load()
    with duckdb.connect(str(warehouse)) as connection:
        # In one transaction: each of their own would be written through to the disk.
        connection.begin()
        connection.execute("create schema raw")
        for name, contract in feeds.items():
            _make_view(connection, name, result.packs[name], landing_schema(contract))
        _make_view(connection, "mention", result.mention_packs, MENTION_SCHEMA)
        _make_view(connection, "quarantine", result.quarantine_packs, QUARANTINE_SCHEMA)
        _make_table(connection, "raw.delivery", result.deliveries)
        _make_table(connection, "raw.calendar", calendar_table())
        _make_table(
            connection,
            "raw.feed",
            pl.DataFrame(
                {
                    "feed": list(feeds),
                    "label": [contract.label for contract in feeds.values()],
                    "is_core": [contract.is_core for contract in feeds.values()],
                }
            ),
        )
        connection.commit()


def fill_policy(warehouse: Path, data_dir: Path) -> dict[str, int]:
    """Make schema `policy` of the policies that come with the program and the region's own; rows of each table.

    Raises PolicyError with everything that is wrong in any file.
    """
    tables = policy_tables(read_policies(data_dir))
    with duckdb.connect(str(warehouse)) as connection:
        connection.begin()
        connection.execute("create schema policy")
        for name, table in tables.items():
            _make_table(connection, f"policy.{name}", table)
        connection.commit()
    return {name: len(table) for name, table in tables.items()}


def _make_view(connection: duckdb.DuckDBPyConnection, name: str, packs: Sequence[Path], schema: Schema) -> None:
    if not packs:
        _make_table(connection, f"raw.{name}", pl.DataFrame(schema=dict(schema)))
        return
    paths = ", ".join("'{}'".format(str(path).replace("'", "''")) for path in packs)
    columns = ", ".join(f'"{column}"' for column in schema)
    connection.execute(f"create view raw.{name} as select {columns} from read_parquet([{paths}])")


def _make_table(connection: duckdb.DuckDBPyConnection, name: str, table: pl.DataFrame) -> None:
    connection.register("given", table.to_arrow())
    connection.execute(f"create table {name} as select * from given")
    connection.unregister("given")
