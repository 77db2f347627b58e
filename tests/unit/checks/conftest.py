"""One world in one DuckDB for all tests of the suites: what a test breaks is mended before the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dagster_project.checks import open_checks
from tests.unit.checks.checks_world import AS_OF, World, build


@pytest.fixture(scope="package")
def built_world() -> Iterator[World]:
    connections: list[Any] = []

    def attach(connection: Any) -> None:
        if not connections:
            connection.execute("ATTACH ':memory:' AS warehouse")
            connection.execute("ATTACH ':memory:' AS mart")
            build(connection.execute)
        connections.append(connection)

    with open_checks(attach, AS_OF) as runner:
        world = World(connections[0], runner)
        world.keep()
        yield world


@pytest.fixture
def world(built_world: World) -> Iterator[World]:
    yield built_world
    built_world.mend()
