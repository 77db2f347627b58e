"""Code, models and tests cite the pages of the specification: a citation leads to words that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.conventions.tree import ROOT

PAGES = ROOT / "docs" / "specification"
PLACES = ("bench", "dagster_project", "dbt/macros", "dbt/models", "dbt/tests", "expectations", "tests")
ENDINGS = {".py", ".sql", ".yml", ".json"}
CITED = re.compile(r'\b(feeds|rules|marts|interface|policies)\.md(?:[,:] ["`]([^"`\n]+)["`])?')


def citations(root: Path) -> Iterator[tuple[str, str, str]]:
    """Each citation: file, page, and the words that it names there, if any."""
    for place in PLACES:
        for path in sorted((root / place).rglob("*")):
            if path.suffix in ENDINGS:
                for page, words in CITED.findall(path.read_text("utf-8")):
                    yield str(path.relative_to(root)), page, words


def astray(found: Iterator[tuple[str, str, str]]) -> list[str]:
    """The citations that lead nowhere."""
    texts = {path.stem: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    return [f'{file}: {page}.md, "{words}"' for file, page, words in found if words.lower() not in texts[page].lower()]


def test_every_citation_leads_to_words_of_its_page() -> None:
    assert len(list(citations(ROOT))) > 100
    assert astray(citations(ROOT)) == []


def test_a_citation_of_words_that_stand_nowhere_is_found(tmp_path: Path) -> None:
    model = tmp_path / "dbt" / "models" / "some.sql"
    model.parent.mkdir(parents=True)
    page = "rules.md"
    model.write_text(f'-- {page}, "Commitments"; {page}, "Commotions"; {page}\n', "utf-8")
    assert astray(citations(tmp_path)) == [f'dbt/models/some.sql: {page}, "Commotions"']
