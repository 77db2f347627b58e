"""What a version was made from: whatever of the program decides a figure or a paper is in its digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project import fingerprint


@pytest.mark.parametrize(
    "name", ["run.py", "policies/p.yaml", "reports/sql/unit.sql", "notices/templates/tip_sheet.docx"]
)
def test_a_changed_file_of_the_package_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    package = tmp_path / "package"
    monkeypatch.setattr(fingerprint, "CHECKOUT", tmp_path)
    monkeypatch.setattr(fingerprint, "PACKAGE", package)
    path = package / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"one")
    before = fingerprint._program()
    assert fingerprint._program() == before
    path.write_bytes(b"two")
    assert fingerprint._program() != before


def test_every_kind_of_file_that_comes_with_the_package_is_in_the_digest() -> None:
    suffixes = {path.suffix for path in fingerprint.PACKAGE.rglob("*") if path.is_file()} - {".pyc"}
    assert suffixes == {".py", ".yaml", ".yml", ".sql", ".docx"}
