"""The files of the project, as the rules look at them."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "dagster_project"
MODELS = ROOT / "dbt" / "models"
#: What arrives, and what stands for it in tests: data, as messy as it comes.
DATA = ("data/", "tests/fixtures/")
SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".json", ".md", ".toml", ".sh", ".html", ".css", ".js", ".lock", ".txt"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, kept in git; without git, every file that is not hidden or built."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        built = ("target", "build", "node_modules", "__pycache__")
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(part.startswith(".") or part in built for part in path.relative_to(ROOT).parts)
        ]
    return tuple(sorted(path for path in paths if path.is_file()))


def texts(*suffixes: str) -> dict[str, str]:
    """Text files that are no data, by their path from the root: those with these suffixes, or all."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in files()
        if (path.suffix in (suffixes or SUFFIXES) or (not suffixes and path.name == "Makefile"))
        and not path.relative_to(ROOT).as_posix().startswith(DATA)
    }


@cache
def python_modules() -> dict[str, ast.Module]:
    """The package's modules, parsed, by their dotted name."""
    modules = {}
    for name, text in texts(".py").items():
        if name.startswith(f"{PACKAGE}/"):
            dotted = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            modules[dotted] = ast.parse(text)
    return modules


@cache
def sql_files() -> dict[str, str]:
    """Models, macros and tests of dbt by their path under `dbt/`."""
    return {name.removeprefix("dbt/"): text for name, text in texts(".sql").items() if name.startswith("dbt/")}


def layer_of(path: str) -> str:
    """`staging`, `intermediate` or `marts` of a model's path under `dbt/`; else empty."""
    parts = path.split("/")
    return parts[1] if parts[0] == "models" else ""


@cache
def described_models() -> dict[str, dict[str, Any]]:
    """What the `.yml` files under `dbt/models` say of each model, by its name."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(MODELS.rglob("*.yml")):
        for model in (yaml.safe_load(path.read_text("utf-8")) or {}).get("models") or []:
            found.setdefault(model["name"], {"name": model["name"], "columns": [], "files": []})
            known = found[model["name"]]
            known["files"].append(path.name)
            known["columns"] += model.get("columns") or []
            known["description"] = model.get("description") or known.get("description", "")
    return found


def without_comments(sql: str) -> str:
    """SQL without comments of SQL and Jinja, and without what stands between single quotes."""
    sql = re.sub(r"\{#.*?#\}|/\*.*?\*/", " ", sql, flags=re.DOTALL)
    sql = re.sub(r"--[^\n]*", " ", sql)
    return re.sub(r"'[^']*'", "''", sql)
