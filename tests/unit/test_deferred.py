"""Modules that are loaded when touched."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_project.deferred import defer


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "heavy.py").write_text("LOADED = True\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("heavy", None)


def test_a_deferred_module_is_loaded_by_its_first_use_and_not_by_an_import(package: Path) -> None:
    defer("heavy")
    heavy = importlib.import_module("heavy")
    assert "LOADED" not in vars(heavy)
    assert heavy.LOADED
    assert "LOADED" in vars(sys.modules["heavy"])


def test_looking_for_a_modules_file_does_not_load_it(package: Path) -> None:
    defer("heavy")
    assert not hasattr(sys.modules["heavy"], "__file__")
    assert "LOADED" not in vars(sys.modules["heavy"])


def test_what_is_loaded_or_missing_stays_as_it_is(package: Path) -> None:
    loaded = importlib.import_module("heavy")
    defer("heavy", "no_such_module_anywhere")
    assert sys.modules["heavy"] is loaded
    assert "no_such_module_anywhere" not in sys.modules
