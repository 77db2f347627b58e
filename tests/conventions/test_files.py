"""What no file may hold: debts, places of this machine, hosts to install from, more than a reader can take in."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conventions.tree import ROOT, files, texts

MAX_LINES = 500
#: Code, as opposed to prose, locked versions and data.
CODE = (".py", ".sql", ".yml", ".yaml", ".json", ".sh", ".js", ".css", ".html")
#: Written so that this file does not hold what it looks for.
DEBT = re.compile("|".join(rf"\b{word}\b" for word in ("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")))
HOSTS = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "python" + "hosted",
            r"mirrors?\.\w+\.\w+",
            "npm" + r"js\.",
            "index" + r"-url[ =]*http",
            "ghcr" + r"\.io",
        )
    )
)
PLACES = re.compile(r"(?<![\w.~}*])/(?:home|root|work|tmp|Users|mnt|opt|srv|var)/\w|\b[A-Z]:\\\\?\w")
BUILT = re.compile(r"\.duckdb(\.wal)?$|(^|/)(target|__pycache__)/|^data/(marts|landing|state)/|\.(pyc|pkl|pickle|log)$")

Texts = dict[str, str]


def lines_with(pattern: re.Pattern[str], found: Texts) -> list[str]:
    return [
        f"{name}:{number}"
        for name, text in found.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def too_long(found: Texts) -> list[str]:
    return [name for name, text in found.items() if name.endswith(CODE) and text.count("\n") > MAX_LINES]


def not_run(found: Texts) -> list[str]:
    """Tests that are marked or told not to run."""
    names = ("skip", "skipif", "xfail", "importorskip")
    return [
        f"{name}:{node.lineno}"
        for name, text in found.items()
        if name.startswith("tests/") and name.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute)
        and node.attr in names
        and ast.unparse(node.value) in ("pytest", "pytest.mark")
    ]


def unpickled(found: Texts) -> list[str]:
    """Modules that read or write pickles: to read one is to run it."""
    return lines_with(re.compile(r"^\s*(?:import|from) (?:pickle|shelve|dill|joblib)\b"), found)


def test_no_file_leaves_a_debt() -> None:
    assert lines_with(DEBT, texts()) == []


def test_no_file_names_a_host_to_install_from() -> None:
    assert lines_with(HOSTS, texts()) == []


def test_no_file_names_a_place_on_a_machine() -> None:
    assert lines_with(PLACES, texts()) == []


def test_no_file_is_longer_than_a_reader_can_take_in() -> None:
    assert too_long(texts()) == []


def test_no_test_is_left_out() -> None:
    assert not_run(texts(".py")) == []


def test_nothing_is_pickled() -> None:
    assert unpickled(texts(".py")) == []


def test_nothing_built_is_kept() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in files()]
    assert [name for name in names if BUILT.search(name)] == []


def test_every_text_ends_with_a_line_end_and_has_no_tabs_or_trailing_space() -> None:
    sins = [name for name, text in texts().items() if text and not text.endswith("\n")]
    sins += lines_with(re.compile(r"[ \t]+$"), texts(".py", ".sql", ".yml", ".yaml", ".json", ".toml"))
    assert sins == []


def test_every_json_and_yaml_is_readable_chinese() -> None:
    assert lines_with(re.compile(r"\\u[0-9a-f]{4}"), texts(".json", ".yml", ".yaml")) == []


@pytest.mark.parametrize(
    ("found", "sins"),
    [
        (lines_with(DEBT, {"a.py": "x = 1\n# TO" + "DO later\n"}), ["a.py:2"]),
        (lines_with(HOSTS, {"a.toml": "https://py" + "pi.org/simple\n"}), ["a.toml:1"]),
        (lines_with(PLACES, {"a.py": "path = '/ho" + "me/li/data'\n"}), ["a.py:1"]),
        (lines_with(PLACES, {"a.md": "`data/raw/tmp/x` and `~/work/x` and https://a.example/home/x\n"}), []),
        (too_long({"a.sql": "\n" * 501, "b.md": "\n" * 501}), ["a.sql"]),
        (not_run({"tests/test_a.py": "@pytest.mark." + "skip\ndef test_a(): ...\n"}), ["tests/test_a.py:1"]),
        (unpickled({"a.py": "import pickle\n"}), ["a.py:1"]),
    ],
)
def test_each_rule_finds_its_sin(found: list[str], sins: list[str]) -> None:
    assert found == sins
