"""The form of a name in the look-ups is that of intake, written a second time because polars is slow to import."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import duckdb
import polars as pl

from dagster_project.cli.lookup import Office, name_norm
from dagster_project.intake.identifiers import name_norms

# Latin, punctuation and spaces, kana and squared words, Chinese characters, compatibility and full-width forms.
RANGES = ((0x00, 0x180), (0x2000, 0x3400), (0x4E00, 0xA000), (0xF900, 0x10000))


def test_what_is_published_during_a_look_up_is_not_mixed_in(tmp_path: Path) -> None:
    marts = tmp_path / "marts"
    for version, day in (("v1", "2024-10-08"), ("v2", "2024-10-09")):
        folder = marts / ".versions" / version
        folder.mkdir(parents=True)
        with duckdb.connect(str(folder / "integrity.duckdb")) as connection:
            connection.execute(f"create schema marts; create table marts.told as select '{version}' as version")
        (folder / "manifest.json").write_text(json.dumps({"made_from": {"as_of": day}}), "utf-8")
    (marts / "integrity.duckdb").symlink_to(".current/integrity.duckdb")
    current = marts / ".current"
    current.symlink_to(".versions/v1")
    office = Office(tmp_path)
    current.unlink()
    current.symlink_to(".versions/v2")
    assert (office.as_of(), office.ask("select version from told")) == ("2024-10-08", [{"version": "v1"}])


def differing(names: list[str]) -> list[str]:
    """The names of which intake makes another form."""
    norms = name_norms(pl.Series(names)).fill_null("").to_list()
    return [name for name, norm in zip(names, norms, strict=True) if name_norm(name) != norm]


def test_a_name_has_the_same_form_whatever_character_stands_in_it() -> None:
    assert differing([f"甲{chr(code)}b" for code in itertools.chain(*(range(*ends) for ends in RANGES))]) == []


def test_a_name_has_the_same_form_however_its_brackets_stand() -> None:
    parts = ["（", ")", "［", "]", "【", "】", "〔", "〕", "局"]
    assert differing(["甲" + "".join(inner) for inner in itertools.product(parts, repeat=4)]) == []
