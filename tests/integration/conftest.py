"""One first run of the small city, for all tests that begin where it ended."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration import small_city
from tests.integration.test_run import run_in_json

NewCity = Callable[[str], Path]


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city's data folder after its first run, and what that told as `first.json`. Nobody changes it."""
    data = tmp_path_factory.mktemp("ran")
    small_city.write(data, small_city.deliveries())
    code, summary = run_in_json(data)
    assert (code, summary["status"], summary["error"]) == (0, "published", None), summary
    (data / "first.json").write_text(json.dumps(summary), encoding="utf-8")
    return data


@pytest.fixture(scope="session")
def new_city(ran: Path, tmp_path_factory: pytest.TempPathFactory) -> NewCity:
    """Makes a copy of the city for tests that change it."""

    def copied(name: str) -> Path:
        data = tmp_path_factory.mktemp(name) / "data"
        return Path(shutil.copytree(ran, data, symlinks=True))

    return copied
