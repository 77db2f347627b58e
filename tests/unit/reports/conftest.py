"""One tiny city, published once, for tests that only read it."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def _untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city before any report is made of it: those that read `published` may leave some there."""
    return marts.publish_marts(tmp_path_factory.mktemp("untouched"), "v1", marts.content()).root


@pytest.fixture
def data(_untouched: Path, tmp_path: Path) -> DataPaths:
    """The same city for tests that change something."""
    return DataPaths(Path(shutil.copytree(_untouched, tmp_path / "data", symlinks=True)))
