"""Beside each notice lies its PDF where one can be made, numbered with it; where none can be, the command says why."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from dagster_project.notices.making import make_notices
from dagster_project.notices.register import Register, opened, place_of
from dagster_project.paths import DataPaths
from dagster_project.reports import pdf
from tests.unit.notices.test_cli import called

MARCH = ("--month", "2024-03", "--region", "3607")


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A machine that draws every paper but the last: it writes what it is asked for, and which those were is kept."""
    asked: list[Path] = []

    def write_pdfs(papers: Sequence[Path], as_of: date) -> list[Path]:
        asked.extend(papers)
        made = [paper.with_suffix(".pdf") for paper in papers[:-1]]
        for path in made:
            path.write_bytes(f"%PDF {path.name} {as_of}".encode())
        return made

    monkeypatch.setattr(pdf, "write_pdfs", write_pdfs)
    return asked


def test_each_notice_has_its_pdf_read_only_with_its_digest(data: DataPaths, drawing: list[Path]) -> None:
    made = make_notices(data, "2024-03", "3607")
    folder = place_of(data)
    assert drawing == [folder / notice.file for notice in made]
    for notice in made[:-1]:
        drawn = folder / notice.pdf
        content = f"%PDF {drawn.name} 2024-04-29".encode()
        assert (drawn.read_bytes(), notice.pdf_sha256) == (content, sha256(content).hexdigest())
        assert stat.S_IMODE(drawn.stat().st_mode) & 0o222 == 0
    assert (made[-1].pdf_sha256, (folder / made[-1].pdf).exists()) == (None, False)
    assert Register(folder).notices == made


def test_a_pdf_that_was_altered_is_told_and_one_without_a_number_swept(data: DataPaths, drawing: list[Path]) -> None:
    first = make_notices(data, "2024-03", "3607")[0]
    stray = place_of(data) / "2024" / "360700" / "tip_sheet-9.pdf"
    stray.write_bytes(b"%PDF")
    with opened(data) as register:
        assert register.altered() == []
        register.sweep()
        drawn = place_of(data) / first.pdf
        assert (drawn.is_file(), stray.exists()) == (True, False)
        drawn.unlink()
        assert register.altered() == [first.pdf]


def test_none_is_drawn_where_none_is_wanted(data: DataPaths, drawing: list[Path]) -> None:
    assert called(data, "notice", *MARCH, "--no-pdf").stdout.count("PDF") == 0
    assert drawing == []


def test_without_libreoffice_the_command_says_what_to_install(data: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "chinese_families", lambda: ("SimSun",))
    told = called(data, "notice", *MARCH)
    line = "apt-get install --no-install-recommends libreoffice-writer fonts-liberation"
    assert (told.exit_code, "没有生成 PDF" in told.stdout, line in told.stdout) == (0, True, True)


def test_in_english_too_and_a_missing_font_is_named(data: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "converter", lambda: "soffice")
    monkeypatch.setattr(pdf, "chinese_families", lambda: ())
    told = called(data, "notice", *MARCH, "--lang", "en")
    assert "no PDF was made: this machine has no fontconfig, fonts-noto-cjk (apt-get install" in told.stdout


def test_where_libreoffice_failed_nothing_is_told_to_be_missing(
    data: DataPaths, drawing: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "converter", lambda: "soffice")
    monkeypatch.setattr(pdf, "chinese_families", lambda: ("SimSun",))
    told = called(data, "notice", *MARCH)
    assert ("LibreOffice 出错或超时" in told.stdout, "apt-get" in told.stdout) == (True, False)
