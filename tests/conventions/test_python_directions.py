"""Which module may know which: contracts → intake → assets → definitions, and Dagster at one end only."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator

import pytest

from tests.conventions.tree import PACKAGE, ROOT, python_modules

#: What a room may know of the package, besides itself and the plain modules that know no room.
ROOMS: dict[str, set[str]] = {
    "contracts": set(),
    "policies": {"contracts"},
    "intake": {"contracts"},
}
#: What people see.
SHOWN = {"reports", "notices", "public_pack", "cli"}
#: Rooms from which nothing may be imported by what stands before them.
LATER = {
    "contracts": {"policies", "intake", "modelling", "assets", "definitions"} | SHOWN,
    "policies": {"intake", "modelling", "assets", "definitions"} | SHOWN,
    "intake": {"policies", "modelling", "assets", "definitions"} | SHOWN,
    "modelling": {"policies", "intake", "assets", "definitions"} | SHOWN,
    "assets": {"definitions", "execution", "run", "cli"},
    "reports": {"policies", "intake", "modelling", "assets", "definitions", "notices", "public_pack", "cli"},
    "notices": {"policies", "intake", "modelling", "assets", "definitions", "public_pack", "cli"},
    "public_pack": {"policies", "intake", "modelling", "assets", "definitions", "notices", "cli"},
}
#: The modules that are about Dagster; no other one imports it.
ORCHESTRATION = {"assets", "definitions", "automation", "resources", "execution", "checks"}
#: What a room may not import at all.
FOREIGN = {
    "contracts": {"dagster", "duckdb", "dbt", "great_expectations", "sqlalchemy", "polars", "pandas"},
    "policies": {"dagster", "duckdb", "dbt", "great_expectations", "sqlalchemy", "pandas"},
    "intake": {"dagster", "duckdb", "dbt", "great_expectations", "sqlalchemy", "pandas"},
    "modelling": {"dagster", "great_expectations", "sqlalchemy", "pandas"},
    "reports": {"dagster", "dbt", "great_expectations", "sqlalchemy"},
    "notices": {"dagster", "dbt", "great_expectations", "sqlalchemy"},
    "public_pack": {"dagster", "dbt", "great_expectations", "sqlalchemy"},
}
Modules = dict[str, ast.Module]


def room_of(module: str) -> str:
    """The room of a module of the package, or the module itself where it stands in the package's root."""
    return module.split(".")[1] if "." in module else ""


def imports(tree: ast.Module, everywhere: bool = True) -> Iterator[str]:
    """Dotted names that a module imports; without `everywhere`, only what is imported when it is."""
    for node in ast.walk(tree) if everywhere else _at_import(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _at_import(node)


def own_imports(modules: Modules, module: str, everywhere: bool = True) -> set[str]:
    """The modules of the package that a module imports."""
    found = set()
    for name in imports(modules[module], everywhere):
        if name.split(".")[0] == PACKAGE:
            found.add(name if name in modules else name.rpartition(".")[0])
    return found - {module}


def wrong_directions(modules: Modules) -> list[str]:
    sins = []
    for module in modules:
        room = room_of(module)
        for imported in sorted(own_imports(modules, module)):
            target = room_of(imported)
            if target in LATER.get(room, set()):
                sins.append(f"{module} imports {imported}")
            if (
                room in ROOMS
                and target
                and target not in ROOMS[room] | {room}
                and f"{PACKAGE}.{target}" not in plain(modules)
            ):
                sins.append(f"{module} imports {imported}, which knows other rooms")
    return sins


def plain(modules: Modules) -> set[str]:
    """Modules in the package's root that import nothing of the package but each other."""
    rooms = {".".join(name.split(".")[:2]) for name in modules if name.count(".") > 1}
    found = {name for name in modules if name.count(".") == 1} - rooms
    while True:
        kept = {name for name in found if own_imports(modules, name) <= found | {PACKAGE}}
        if kept == found:
            return found
        found = kept


def foreign_imports(modules: Modules) -> list[str]:
    sins = []
    for module, tree in modules.items():
        room = room_of(module)
        for name in imports(tree):
            library = name.split(".")[0]
            if library in FOREIGN.get(room, set()):
                sins.append(f"{module} imports {name}")
            elif library == "dagster" and room not in ORCHESTRATION:
                sins.append(f"{module} imports {name}: only {', '.join(sorted(ORCHESTRATION))} may")
    return sins


def circles(modules: Modules) -> list[str]:
    """Modules that import themselves through others, be it late, inside of functions."""
    edges = {module: own_imports(modules, module) & modules.keys() for module in modules}
    sins = []
    for start in modules:
        seen, waiting = set(), list(edges[start])
        while waiting:
            module = waiting.pop()
            if module not in seen:
                seen.add(module)
                waiting += edges[module]
        if start in seen:
            sins.append(start)
    return sins


def early_heavy_imports(modules: Modules) -> list[str]:
    """Great Expectations (seconds of CPU) or its data source, imported outside of a function."""
    heavy = ("great_expectations", f"{PACKAGE}.gx_duckdb")
    return [
        f"{module} imports {name}"
        for module, tree in modules.items()
        if module != f"{PACKAGE}.gx_duckdb"
        for name in imports(tree, everywhere=False)
        if name.startswith(heavy)
    ]


def clocks(modules: Modules) -> list[str]:
    """Calls that read a clock in a room whose result must depend on its input alone."""
    timeless = {"contracts", "policies", "intake", "assets", "reports", "checks", "gx_duckdb", "findings"}
    timeless |= {"compiled", "compiling", "modelling"}
    calls = ("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time")
    return [
        f"{module} reads {ast.unparse(node.func)}"
        for module, tree in modules.items()
        if room_of(module) in timeless
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(calls)
    ]


def test_contracts_intake_assets_definitions_know_only_what_stands_before_them() -> None:
    assert wrong_directions(python_modules()) == []


def test_only_the_orchestration_imports_dagster_and_intake_knows_no_database() -> None:
    assert foreign_imports(python_modules()) == []


def test_no_module_imports_itself_through_others() -> None:
    assert circles(python_modules()) == []


def test_great_expectations_is_imported_only_when_checks_run() -> None:
    assert early_heavy_imports(python_modules()) == []


def test_what_is_computed_reads_no_clock() -> None:
    assert clocks(python_modules()) == []


def test_every_import_is_of_the_standard_library_or_of_a_package_that_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {spec.split("==")[0].split("[")[0].strip().lower().replace("-", "_") for spec in project["dependencies"]}
    # Distributions whose import has another name.
    named |= {"chinese_calendar", "python_calamine", "pydantic_core", "stdnum", "ruamel", "dbt", "yaml", PACKAGE}
    named |= {"docx", "vl_convert"}
    known = named | set(sys.stdlib_module_names)
    found = {(module, name.split(".")[0]) for module, tree in python_modules().items() for name in imports(tree)}
    assert sorted((module, library) for module, library in found if library not in known) == []


@pytest.mark.parametrize(
    ("rule", "module", "text", "sin"),
    [
        (wrong_directions, "intake.rows", "from dagster_project.assets import raw", "imports dagster_project.assets"),
        (wrong_directions, "contracts.model", "from dagster_project.intake.rows import Row", "intake.rows"),
        (wrong_directions, "intake.rows", "from dagster_project import build", "knows other rooms"),
        (wrong_directions, "reports.monthly", "def f():\n    from dagster_project.intake import rows", "intake"),
        (foreign_imports, "intake.rows", "import duckdb", "imports duckdb"),
        (foreign_imports, "publish", "def f():\n    import dagster as dg", "imports dagster"),
        (circles, "intake.rows", "from dagster_project.intake import again", "dagster_project.intake.rows"),
        (
            circles,
            "intake.rows",
            "def f():\n    from dagster_project.intake import again",
            "dagster_project.intake.rows",
        ),
        (early_heavy_imports, "checks", "import great_expectations as gx", "imports great_expectations"),
        (clocks, "intake.rows", "def f():\n    return date.today()", "reads date.today"),
    ],
)
def test_each_rule_finds_its_sin(rule, module: str, text: str, sin: str) -> None:
    others = {
        "assets": "",
        "assets.raw": "",
        "intake": "",
        "intake.again": "from dagster_project.intake import rows",
        "intake.rows": "",
        "contracts": "",
        "build": "from dagster_project import assets",
    }
    modules = {f"{PACKAGE}.{name}": ast.parse(content) for name, content in {**others, module: text}.items()}
    found = rule(modules)
    assert found and all(PACKAGE in line for line in found)
    assert any(sin in line for line in found)


def test_what_is_only_named_for_types_is_no_import() -> None:
    tree = ast.parse("if TYPE_CHECKING:\n    import great_expectations\ndef f():\n    import great_expectations")
    assert list(imports(tree, everywhere=False)) == []
