"""Where DATA lies: as the command line says, else the environment, else ./data."""

from pathlib import Path

import pytest

from dagster_project.paths import DataPaths


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JIANNUO_DATA", raising=False)


def test_the_command_line_goes_before_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("JIANNUO_DATA", str(tmp_path / "named"))
    assert DataPaths.resolve(tmp_path / "given").root == tmp_path / "given"
    assert DataPaths.resolve(None).root == tmp_path / "named"


@pytest.mark.parametrize("named", [None, ""])
def test_without_either_it_is_data_in_the_current_folder(monkeypatch, tmp_path, named):
    if named is not None:
        monkeypatch.setenv("JIANNUO_DATA", named)
    assert DataPaths.resolve().root == tmp_path / "data"


def test_a_place_stays_where_it_was_when_the_folder_changes(monkeypatch, tmp_path):
    paths = DataPaths(Path("here"))
    monkeypatch.chdir("/")
    assert paths.raw == tmp_path / "here" / "raw"


def test_everything_lies_where_the_interface_says(tmp_path):
    paths = DataPaths(tmp_path)
    names = ("raw", "warehouse", "landing", "marts", "published_db", "mappings", "policies", "state", "lock", "audit")
    assert {name: str(getattr(paths, name).relative_to(tmp_path)) for name in names} == {
        "raw": "raw",
        "warehouse": "warehouse.duckdb",
        "landing": "landing",
        "marts": "marts",
        "published_db": "marts/integrity.duckdb",
        "mappings": "mappings",
        "policies": "policies",
        "state": "state",
        "lock": "state/run.lock",
        "audit": "state/audit.jsonl",
    }


def test_looking_up_places_makes_none(tmp_path):
    DataPaths.resolve(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []
