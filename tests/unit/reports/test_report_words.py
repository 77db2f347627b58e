"""`jiannuo report` says what a machine could not make and what to install for it, in the language asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from dagster_project.cli import messages
from dagster_project.cli.app import make_app
from dagster_project.paths import DataPaths
from dagster_project.reports import making, pdf
from tests.unit.reports import marts


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with neither fonts nor LibreOffice, where nobody asked for a language."""
    monkeypatch.setattr(making, "picture_font", lambda: None)
    monkeypatch.setattr(pdf, "converter", lambda: None)
    monkeypatch.setattr(pdf, "chinese_families", lambda: ())
    messages.use(None)
    yield
    messages.use(None)


def told(paths: DataPaths, *options: str) -> list[str]:
    arguments = ["report", "monthly", "2024-03", "--region", marts.EAST, "--data", str(paths.root), *options]
    ended = CliRunner().invoke(make_app(["report"]), arguments)
    assert ended.exit_code == 0
    return ended.stdout.splitlines()[1:-1]


def test_it_names_the_packages_that_are_missing_and_how_to_install_them(data: DataPaths) -> None:
    assert told(data) == [
        "没有画图：这台机器没有能写中文的字体（apt-get install --no-install-recommends fontconfig fonts-noto-cjk）",
        "没有生成 PDF：这台机器没有 fontconfig、fonts-noto-cjk、libreoffice-writer、fonts-liberation"
        "（apt-get install --no-install-recommends fontconfig fonts-noto-cjk libreoffice-writer fonts-liberation）",
    ]


def test_it_says_so_in_english_and_of_a_pdf_only_where_one_was_wanted(data: DataPaths) -> None:
    assert told(data, "--lang", "en", "--no-pdf") == [
        "no pictures: this machine has no font for Chinese"
        " (apt-get install --no-install-recommends fontconfig fonts-noto-cjk)"
    ]
