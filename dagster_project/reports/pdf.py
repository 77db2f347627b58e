"""PDF from the Word files, by LibreOffice where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from dagster_project.reports.fonts import chinese_families, configuration

# To start takes some seconds; then a paper takes about one.
SECONDS_TO_START, SECONDS_A_PAPER = 120, 20
#: Debian's packages: a font for Chinese with what finds it, and what draws a PDF of a Word file.
FONT_PACKAGES = ("fontconfig", "fonts-noto-cjk")
CONVERTER_PACKAGES = ("libreoffice-writer", "fonts-liberation")

_CREATED = re.compile(rb"(/CreationDate ?\(D:)[0-9]{14}")
_MARK = re.compile(rb"/ID \[ <(?P<id>[0-9A-F]{32})>\s*<(?P=id)> \]|/DocChecksum /(?P<checksum>[0-9A-F]{32})")


def converter() -> str | None:
    """LibreOffice's program; none where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def missing() -> tuple[str, ...]:
    """Debian's packages that this machine lacks for a PDF in which Chinese can be read; none where it can make one.

    Without a font LibreOffice would fill the papers with boxes and say nothing.
    """
    fonts = () if chinese_families() else FONT_PACKAGES
    return fonts if converter() else (*fonts, *CONVERTER_PACKAGES)


def install_line(packages: Sequence[str]) -> str:
    """What an administrator types to have them."""
    return f"apt-get install --no-install-recommends {' '.join(packages)}"


def write_pdfs(papers: Sequence[Path], as_of: date) -> list[Path]:
    """Write beside each Word file its PDF, in one pass; those that came of it.

    None where `missing` names something; fewer than asked where LibreOffice failed or took too long: the Word files
    are what counts.
    """
    program = converter()
    if program is None or missing() or not papers:
        return []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "fonts.conf").write_text(configuration(), encoding="utf-8")
        copies = {}
        for number, paper in enumerate(papers):
            copies[paper] = work / f"{number}.docx"
            shutil.copyfile(paper, copies[paper])
        # A profile of its own: one that is open elsewhere would swallow the call.
        command = [program, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(work / "out"), *map(str, copies.values())]
        environment = {
            **os.environ,
            "FONTCONFIG_FILE": str(work / "fonts.conf"),
            # Its time of day is then written in as many letters everywhere.
            "TZ": "UTC",
        }
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=SECONDS_TO_START + SECONDS_A_PAPER * len(papers))
        except subprocess.TimeoutExpired:
            _end(process)
        except BaseException:
            _end(process)
            raise
        made = []
        for paper, copy in copies.items():
            drawn = work / "out" / f"{copy.stem}.pdf"
            if drawn.is_file() and drawn.stat().st_size:
                target = paper.with_suffix(".pdf")
                target.write_bytes(steady(drawn.read_bytes(), as_of))
                made.append(target)
    return made


def steady(content: bytes, as_of: date) -> bytes:
    """A PDF of LibreOffice's without the moment of its drawing, of which its marks are made too.

    The same papers drawn together then are the same bytes. What takes a place is as long as what was there, for a PDF
    counts its bytes.
    """
    content = _CREATED.sub(rb"\g<1>" + f"{as_of:%Y%m%d}000000".encode(), content)
    mark = sha256(_MARK.sub(b"", content)).hexdigest()[:32].upper().encode()
    return _MARK.sub(lambda found: found[0].replace(found["id"] or found["checksum"], mark), content)


def _end(process: subprocess.Popen[bytes]) -> None:
    # The program is a script that starts another one.
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
