"""interface.md: messages to people are Chinese by default, English where it is asked for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_project import intake
from dagster_project.cli import run_summary
from dagster_project.intake.wording import in_english
from tests.unit.intake.office import Office, csv

FOLDER = Path(intake.__file__).parent


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def said() -> Iterator[str]:
    """Every Chinese sentence in intake's code that is for people, with `x` for what is filled in."""
    for path in sorted(FOLDER.glob("*.py")):
        if path.name in ("wording.py", "mappings.py"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            text = ""
            if isinstance(node, ast.JoinedStr):
                text = "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)  # type: ignore[misc]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
                text = node.value.replace("{}", "x")
            if len(text) > 5 and text[-1] not in ".\n$" and sum(map(is_chinese, text)) > len(text) // 3:
                yield text


def test_every_sentence_that_intake_says_of_a_file_has_its_english() -> None:
    sentences = set(said())
    assert len(sentences) > 30
    assert sorted(text for text in sentences if is_chinese(in_english(text))) == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("文件打不开", "the file cannot be opened"),
        ("JSON 里第 7 条不是对象（{…}）", "entry 7 of the JSON is no object ({…})"),
        ("表头里有两列都是“year”：年度、年\n度", "two cells of the header mean “year”: 年度, 年\n度"),
        ("别的话", "别的话"),
    ],
)
def test_a_sentence_keeps_what_it_is_about(chinese: str, english: str) -> None:
    assert in_english(chinese) == english


def test_the_landing_keeps_the_chinese_whatever_the_language(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANNUO_LANG", "en")
    office.put(csv("", header="甲,乙"))
    assert office.read().reason() == "没有找到表头：前 20 行里没有一行含有全部必填列"


@pytest.mark.parametrize(("language", "word"), [("zh", "文件打不开"), ("en", "the file cannot be opened")])
def test_a_run_s_summary_says_why_a_file_was_rejected_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("JIANNUO_LANG", language)
    file = {"feed": "complaints", "received_on": "2024-04-02", "file": "a.csv", "reason": "文件打不开"}
    place = {"path": "raw/x", "message": "文件打不开"}
    assert run_summary._rejected({"rejected": [file]})[0].endswith(word)
    assert run_summary._misplaced({"misplaced": [place]})[0].endswith(word)
