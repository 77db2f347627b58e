"""`python -m bench`: make the large feeds, run the pipeline on them, print the figures beside their targets.

All ratios come from one invocation on one machine; single seconds depend on what else it does.
"""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bench.cases import Bench, Figure, papers, parquet, workbooks
from bench.large.sizes import AS_OF
from bench.measure import python, run

OUT = Path(__file__).resolve().parent / "out"
#: So many models are shown by --profile.
SLOWEST = 25


class Size(StrEnum):
    """What to run: the default is a city, as Parquet and as workbooks."""

    DEFAULT = "default"
    CITY = "city"
    WORKBOOKS = "workbooks"
    HALF = "half"
    PROVINCE = "province"
    PAPERS = "papers"
    ALL = "all"


_CASES = {
    Size.DEFAULT: ("city", "workbooks"),
    Size.ALL: ("city", "workbooks", "papers", "half", "province"),
}


def bench(
    size: Annotated[Size, typer.Option(help="Which feeds to run on")] = Size.DEFAULT,
    profile: Annotated[bool, typer.Option("--profile", help="Run once and print the slowest models")] = False,
    work: Annotated[Path, typer.Option(help="Where feeds and results lie; a province takes some 10 GB")] = OUT / "work",
) -> None:
    """Generate feeds, run the pipeline on them, compare with the least that any program must do."""
    console = Console()
    measured = Bench(work.absolute(), lambda step: console.print(f"[dim]{step} …[/dim]"))
    cases = _CASES.get(size, (size.value,))
    if profile:
        _profile(console, measured, cases[0])
        return
    for case in cases:
        if case == "workbooks":
            workbooks(measured)
        elif case == "papers":
            papers(measured)
        else:
            parquet(measured, case)
    console.print(_table(measured.figures))
    OUT.mkdir(exist_ok=True)
    kept = OUT / f"{datetime.now().astimezone():%Y-%m-%dT%H%M}.json"
    kept.write_text(json.dumps(measured.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    console.print(f"[dim]{kept}[/dim]")


def _table(figures: list[Figure]) -> Table:
    table = Table("feeds", "figure", "value", "target", "")
    for column in table.columns[2:4]:
        column.justify = "right"
    for before, figure in zip([None, *figures], figures, strict=False):
        if before is not None and before.size != figure.size:
            table.add_section()
        target = "" if figure.target is None else f"≤ {_number(figure.target)} {figure.unit}"
        mark = {True: "[green]met[/green]", False: "[red]missed[/red]", None: ""}[figure.is_met]
        table.add_row(figure.size, figure.name, f"{_number(figure.value)} {figure.unit}", target, mark)
    return table


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def _profile(console: Console, measured: Bench, case: str) -> None:
    data = measured.data(measured.feeds(case), f"{case}-profile")
    told = measured.work / f"{case}-profile.json"
    cost = run(python("bench.profiled", str(told), "run", "--data", str(data), "--as-of", AS_OF.isoformat(), "--json"))
    table = Table("model or test", "seconds", title=f"{case}: {cost.wall:.1f} s, {cost.cpu:.1f} CPU s")
    for node in json.loads(told.read_text("utf-8"))[:SLOWEST]:
        table.add_row(node["node"].split(".", 2)[-1], f"{node['seconds']:.2f}")
    console.print(table)
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in cost.said["seconds"].items())
    console.print(f"seconds: {stages}; peak {cost.peak_bytes / 2**30:.2f} GiB")


if __name__ == "__main__":
    typer.run(bench)
