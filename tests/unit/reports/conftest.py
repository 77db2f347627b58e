"""One tiny city, published once, for tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.paths import DataPaths
from dagster_project.reports.figures import Figures, read_figures
from dagster_project.reports.period import read_period
from tests.unit.reports import marts


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    return marts.publish_marts(tmp_path_factory.mktemp("data"), "v1", marts.content())


@pytest.fixture(scope="session")
def march(published: DataPaths) -> Figures:
    return read_figures(published.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")


@pytest.fixture
def data(tmp_path: Path) -> DataPaths:
    """The same city for tests that change something."""
    return marts.publish_marts(tmp_path / "data", "v1", marts.content())
