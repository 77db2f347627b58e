"""A tiny published database."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest


def make_database(path: Path) -> Path:
    """A database as `publish` leaves it: schema `marts`, comments, storage that older readers know."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as mart (storage_version 'v1.4.0')")
        connection.execute("create schema mart.marts")
        connection.execute("create table mart.marts.alert (alert_id varchar, due_on date, points decimal(12, 4))")
        connection.execute("comment on table mart.marts.alert is '预警。One row an alert.'")
        connection.execute("comment on column mart.marts.alert.alert_id is '预警编号。Key.'")
        connection.execute(
            "insert into mart.marts.alert values ('a', date '2024-03-05', 1.5), ('b', null, 20), ('c', null, null)"
        )
        connection.execute("create table mart.marts.delivery (feed varchar)")
    path.chmod(0o444)
    return path


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("published") / "integrity.duckdb")
