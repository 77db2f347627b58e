"""Arrow columns as bytes, and back: so they go from one process to another."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa

from dagster_project.intake.cells import Packed


def packed(batch: pa.RecordBatch) -> Packed:
    """A batch as bytes."""
    schema = batch.schema
    return Packed(schema.names, schema.serialize().to_pybytes(), batch.serialize().to_pybytes())


def unpacked(table: Packed) -> pa.RecordBatch:
    """The batch again; its columns lie in the bytes given."""
    return pa.ipc.read_record_batch(table.body, _schema(table.schema))


@lru_cache(maxsize=1024)
def _schema(told: bytes) -> pa.Schema:
    return pa.ipc.read_schema(pa.py_buffer(told))
