"""The command line, run in this process, on a tiny DATA."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dagster_project.cli import messages
from dagster_project.cli.app import make_app
from tests.unit.query.conftest import make_database

Jiannuo = Callable[..., Result]


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(messages.VARIABLE, raising=False)
    messages.use(None)
    yield
    messages.use(None)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A DATA folder in which nothing has been run."""
    root = tmp_path / "data"
    root.mkdir()
    return root


@pytest.fixture
def published(data: Path) -> Path:
    """A DATA folder with a published database."""
    version = data / "marts" / ".versions" / "v1"
    version.mkdir(parents=True)
    make_database(version / "integrity.duckdb")
    (data / "marts" / ".current").symlink_to(".versions/v1")
    (data / "marts" / "integrity.duckdb").symlink_to(".current/integrity.duckdb")
    return data


@pytest.fixture
def jiannuo() -> Jiannuo:
    """Run a command and give its exit code and what it said."""

    def run(*arguments: str | Path, **options: Any) -> Result:
        app = make_app([str(arguments[0])])
        return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)

    return run
