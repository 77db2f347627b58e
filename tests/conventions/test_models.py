"""What every model says of itself: its name, its grain, and what its columns mean, Chinese first."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.conventions.tree import ROOT, described_models, layer_of, sql_files, texts

PREFIXES = {"staging": ("stg_",), "intermediate": ("int_",)}
CHINESE = "[一-鿿]"
Described = dict[str, dict[str, Any]]


def models() -> dict[str, str]:
    """The layer of each model."""
    return {path.rpartition("/")[2].removesuffix(".sql"): layer_of(path) for path in sql_files() if layer_of(path)}


def promised_columns() -> dict[str, list[str]]:
    """The columns that each mart promises to others, as its suite of expectations asks for them."""
    found: dict[str, list[str]] = {}
    for name, text in texts(".json").items():
        if name.startswith("expectations/marts/"):
            for item in json.loads(text)["expectations"]:
                if item["meta"]["check"].endswith("_has_the_promised_columns"):
                    query = item["kwargs"]["unexpected_rows_query"]
                    found[name.rpartition("/")[2].removesuffix(".json")] = re.findall(r"\('(\w+)', '[A-Z]", query)
    return found


def wrong_names(layers: dict[str, str]) -> list[str]:
    sins = []
    for name, layer in layers.items():
        prefixes = PREFIXES.get(layer)
        foreign = name.startswith(("stg_", "int_")) and layer == "marts"
        if foreign or (prefixes and not name.startswith(prefixes)) or not re.fullmatch("[a-z][a-z0-9_]*", name):
            sins.append(f"{layer}/{name}")
    return sins


def without_grain(described: Described) -> list[str]:
    """Models whose first sentence, after a Chinese name, does not say what one row is."""
    grain = re.compile(rf"(?:{CHINESE}[^·]* · )?One row for each \S[^.]*\.")
    return [name for name, model in described.items() if not grain.match(model["description"])]


def without_chinese_label(described: Described, layers: dict[str, str]) -> list[str]:
    """Marts, and columns of marts, whose description does not begin with their Chinese name (marts.md)."""
    sins = []
    for name, model in described.items():
        if layers.get(name) == "marts":
            if not re.match(CHINESE, model["description"]):
                sins.append(name)
            sins += [
                f"{name}.{column['name']}"
                for column in model["columns"]
                if not re.match(CHINESE, column.get("description") or "")
            ]
    return sins


def undescribed_columns(described: Described, promised: dict[str, list[str]]) -> list[str]:
    return [
        f"{name}.{column}"
        for name, columns in promised.items()
        for column in columns
        if column not in {item["name"] for item in described.get(name, {"columns": []})["columns"]}
    ]


def test_names_tell_the_layer() -> None:
    assert wrong_names(models()) == []


def test_every_model_is_described_once_and_every_description_has_its_model() -> None:
    assert sorted(set(models()) ^ set(described_models())) == []
    described = {name: model["files"] for name, model in described_models().items() if model["description"]}
    assert [name for name, found in described.items() if len(found) > 1] == []


def test_the_first_sentence_says_the_grain() -> None:
    assert without_grain(described_models()) == []


def test_labels_of_marts_begin_in_chinese() -> None:
    assert without_chinese_label(described_models(), models()) == []


def test_every_promised_column_is_described() -> None:
    promised = promised_columns()
    assert len(promised) == 17
    assert undescribed_columns(described_models(), promised) == []


def test_singular_tests_are_named_as_true_sentences() -> None:
    names = [path.rpartition("/")[2] for path in sql_files() if path.startswith("tests/singular/")]
    assert [name for name in names if not re.fullmatch(r"assert(_[a-z0-9]+){4,}\.sql", name)] == []


def test_dbt_is_no_package_of_python() -> None:
    # An __init__.py there would hide the package of that name.
    assert [name for name in texts(".py") if name.startswith("dbt/")] == []
    assert not (ROOT / "dbt" / "__init__.py").exists()


@pytest.mark.parametrize(
    ("found", "sins"),
    [
        (wrong_names({"stg_x": "staging", "x": "intermediate", "int_y": "marts"}), ["intermediate/x", "marts/int_y"]),
        (without_grain({"x": {"description": "Rows of x."}, "y": {"description": "One row for each y. Well."}}), ["x"]),
        (without_grain({"x": {"description": "表 · One row for each x."}, "y": {"description": "表 · Rows."}}), ["y"]),
        (
            without_chinese_label(
                {"x": {"description": "One row for each x.", "columns": [{"name": "a", "description": "code · 代码"}]}},
                {"x": "marts"},
            ),
            ["x", "x.a"],
        ),
        (undescribed_columns({"x": {"columns": [{"name": "a"}]}}, {"x": ["a", "b"]}), ["x.b"]),
    ],
)
def test_each_rule_finds_its_sin(found: list[str], sins: list[str]) -> None:
    assert found == sins
