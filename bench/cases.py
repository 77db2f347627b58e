"""The cases: what is run on which feeds, and which figure comes of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from bench import papers as province
from bench.core import CORE_MARTS
from bench.large.generate import generate
from bench.large.sizes import AS_OF, MONTHS, SIZES, month_end
from bench.large.workbooks import write_workbooks
from bench.measure import Cost, python, run
from dagster_project.modelling import load_graph
from dagster_project.modelling.compiled import Model

#: As many processes as the intake has for workbooks.
READERS = 2
STAGES = ("read", "model", "check", "publish")
#: Every mart that is none of the main job judges, and so do these rooms of models below them.
JUDGING_ROOMS = {"ledger", "scoring", "clearance", "alerts", "smaller"}


@dataclass(frozen=True)
class Figure:
    """One measured figure. `target`: the most it should be; none where it only explains another."""

    size: str
    name: str
    value: float
    unit: str
    target: float | None = None

    @property
    def is_met(self) -> bool | None:
        return None if self.target is None else self.value <= self.target


@dataclass
class Bench:
    """The figures of one run of the benchmark; feeds and results of the pipeline lie under `work`."""

    work: Path
    say: Callable[[str], None]
    figures: list[Figure] = field(default_factory=list)
    totals: dict[str, float] = field(default_factory=dict)

    def add(self, size: str, name: str, value: float, unit: str, target: float | None = None) -> None:
        self.figures.append(Figure(size, name, value, unit, target))

    def as_json(self) -> dict[str, Any]:
        return {"processors": os.cpu_count(), "figures": [{**asdict(f), "met": f.is_met} for f in self.figures]}

    def feeds(self, size: str) -> Path:
        """The Parquet feeds of a size, made where they are not there yet."""
        folder = self.work / size
        self.say(f"{size}: feeds")
        generate(SIZES[size], folder)
        return folder

    def data(self, feeds: Path, name: str, last_month: int = MONTHS - 1) -> Path:
        """A fresh DATA with links to the deliveries up to a month."""
        data = self.work / "data" / name
        if data.exists():
            shutil.rmtree(data)
        for feed in sorted((feeds / "raw").iterdir()):
            for day in sorted(feed.iterdir()):
                if day.name <= month_end(last_month).isoformat():
                    _link(day, data / "raw" / feed.name / day.name)
        return data

    def pipeline(self, data: Path, program: str = "bench.profiled") -> Cost:
        """`jiannuo run` on a DATA, as at the feeds' last day; the seconds of each model lie in `models_of(data)`."""
        self.say(f"{data.name}: run")
        # Compiled once for a version of the program, which is no part of a run.
        load_graph()
        told = str(self.models_of(data))
        return run(python(program, told, "run", "--data", str(data), "--as-of", AS_OF.isoformat(), "--json"))

    def models_of(self, data: Path) -> Path:
        """Where the last run on a DATA left the seconds of each model."""
        return self.work / f"{data.name}-models.json"


def _link(day: Path, place: Path) -> None:
    place.mkdir(parents=True)
    for file in day.iterdir():
        (place / file.name).hardlink_to(file)


def parquet(bench: Bench, size: str) -> None:
    """The whole run against a bare scan of the same files, with the share of each stage; then a second run."""
    feeds = bench.feeds(size)
    scans = [_scan(bench, size, feeds)]
    data = bench.data(feeds, size)
    whole = bench.pipeline(data)
    scans.append(_scan(bench, size, feeds))
    scan = _mean(scans)
    bench.totals[size] = whole.wall
    rows = whole.said["rows"]
    bench.add(size, "rows read", rows["read"], "rows")
    bench.add(size, "scan of all columns", scan["seconds"], "s")
    bench.add(size, "whole run", whole.wall, "s")
    # Small feeds are all fixed cost: the ratio says something from half a province on.
    bench.add(size, "whole run / scan", whole.wall / scan["seconds"], "×", 20 if size != "city" else None)
    bench.add(size, "the same in CPU seconds", whole.cpu / scan["cpu"], "×")
    _stages(bench, size, whole)
    bench.add(size, "peak memory", whole.peak_bytes / 2**30, "GiB", 12)
    # At the size of a city a model costs what dbt takes for it, whatever it holds.
    share = judgement_share(json.loads(bench.models_of(data).read_text("utf-8")), load_graph().models)
    bench.add(size, "models of the judgement / of the core", share, "×", 0.5 if size != "city" else None)
    again = bench.pipeline(data)
    # A program that was changed in between builds anew, and rightly so; that is no second run.
    is_second = again.said["status"] == "unchanged"
    bench.add(size, "second run, nothing new" if is_second else "second run, built anew", again.wall, "s")
    if is_second:
        bench.add(size, "second run / whole run", 100 * again.wall / whole.wall, "%", 5)
    if size == "city":
        _one_more_month(bench, size, feeds, whole)
    else:
        _main_job(bench, size, feeds, scans[-1])
    if size == "province" and "half" in bench.totals:
        bench.add(size, "province / half", whole.wall / bench.totals["half"], "×", 2.3)
    shutil.rmtree(data)


def _scan(bench: Bench, size: str, feeds: Path) -> dict[str, float]:
    bench.say(f"{size}: scan")
    return run(python("bench.baseline", "scan", str(feeds))).said


def _mean(costs: Sequence[dict[str, float]]) -> dict[str, float]:
    """The machine is not as fast at one time as at another: what is measured before and after stands for between."""
    return {name: fmean(cost[name] for cost in costs) for name in costs[0]}


def _main_job(bench: Bench, size: str, feeds: Path, scan_before: dict[str, float]) -> None:
    """The same deliveries again, and only the core marts made of them: the main job without the judgement."""
    data = bench.data(feeds, f"{size}-core")
    core = bench.pipeline(data, "bench.core")
    scan = _mean([scan_before, _scan(bench, size, feeds)])
    bench.add(size, "main job alone (core marts)", core.wall, "s")
    bench.add(size, "main job alone / scan", core.wall / scan["seconds"], "×", 20)
    bench.add(size, "the same in CPU seconds", core.cpu / scan["cpu"], "×")
    bench.add(size, "CPU of the main job", core.cpu, "CPU s")
    shutil.rmtree(data)


def judgement_share(told: list[dict[str, Any]], models: Sequence[Model]) -> float:
    """Seconds of the models that judge, by those of the others. `told`: `node` (a dbt id) and `seconds`."""
    judging = {
        model.unique_id
        for model in models
        if (model.key[0] == "marts" and model.key[1] not in CORE_MARTS)
        or JUDGING_ROOMS & set(Path(model.path).parent.parts)
    }
    known = {model.unique_id for model in models}
    seconds = {True: 0.0, False: 0.0}
    for node in told:
        if node["node"] in known:
            seconds[node["node"] in judging] += node["seconds"]
    return seconds[True] / seconds[False]


def _stages(bench: Bench, size: str, cost: Cost) -> None:
    seconds = cost.said["seconds"]
    for stage in STAGES:
        bench.add(size, f"share of {stage}", 100 * seconds[stage] / seconds["total"], "%")
    rest = seconds["total"] - sum(seconds[stage] for stage in STAGES)
    bench.add(size, "share of the rest (start, Dagster)", 100 * rest / seconds["total"], "%")
    bench.add(size, "CPU of the run, children too", cost.cpu, "CPU s")
    outside = cost.cpu - cost.said["cpu_seconds"]["read"]
    bench.add(size, "of it outside reading (Dagster, dbt, checks)", outside, "CPU s", 25 if size == "city" else None)


def _one_more_month(bench: Bench, size: str, feeds: Path, whole: Cost) -> None:
    """A run on 23 months, then the last month comes: what was read is not read again."""
    data = bench.data(feeds, f"{size}-months", MONTHS - 2)
    bench.pipeline(data)
    last = month_end(MONTHS - 1).isoformat()
    for feed in sorted((feeds / "raw").iterdir()):
        if (feed / last).exists():
            _link(feed / last, data / "raw" / feed.name / last)
    more = bench.pipeline(data)
    bench.add(size, "run with one more month", more.wall, "s")
    bench.add(size, "one more month / whole run", more.wall / whole.wall, "×")
    bench.add(size, "its reading / reading all", more.said["seconds"]["read"] / whole.said["seconds"]["read"], "×")
    shutil.rmtree(data)


def papers(bench: Bench) -> None:
    """A province's monthly papers against its Word files alone, the pictures in them drawn; their PDF beside both."""
    size = province.SIZE.name
    bench.say(f"{size}: feeds")
    folder = bench.work / size
    generate(province.SIZE, folder, province.roster)
    data = bench.data(folder, size)
    (data / "policies").mkdir()
    (data / "policies" / "bench.yaml").write_text(province.POLICY, "utf-8")
    bench.pipeline(data)
    costs = {}
    for what in ("word", "pictures", "make", "pdf"):
        bench.say(f"{size}: {what}")
        costs[what] = run(python("bench.papers", what, str(data)))
    word, pictures, made, drawn = (costs[what].said for what in ("word", "pictures", "make", "pdf"))
    bench.add(size, "regions, each with its papers", made["papers"], "regions")
    bench.add(size, "Word files alone, pictures left out", word["seconds"], "s")
    bench.add(size, f"the {pictures['papers']} pictures in them", pictures["seconds"], "s")
    bench.add(size, "the report: figures, Word, Excel, pictures, frozen", made["seconds"], "s")
    for unit in ("seconds", "cpu"):
        said = "" if unit == "seconds" else ", in CPU seconds"
        whole = word[unit] + pictures[unit]
        bench.add(size, f"report / Word files with their pictures{said}", made[unit] / whole, "×", None if said else 2)
        bench.add(size, f"report / Word files without them{said}", made[unit] / word[unit], "×")
    bench.add(size, "peak memory of the report", costs["make"].peak_bytes / 2**30, "GiB")
    if drawn["papers"]:
        bench.add(size, "PDF of all of them, by LibreOffice, besides", drawn["seconds"], "s")
    shutil.rmtree(data)


def workbooks(bench: Bench) -> None:
    """The city's rows in small workbooks: intake against opening them and reading every cell.

    Calamine reads in one process, as it comes, and in as many as the intake has: the harder to keep up with.
    """
    feeds = bench.feeds("city")
    folder = bench.work / "workbooks"
    bench.say("workbooks: feeds")
    write_workbooks(feeds, folder)
    alone = _cells(bench, folder, 1)
    bare = [_cells(bench, folder, READERS)]
    data = bench.data(folder, "workbooks")
    whole = bench.pipeline(data)
    bare.append(_cells(bench, folder, READERS))
    cells, cells_cpu = fmean(cost.said["seconds"] for cost in bare), fmean(cost.cpu for cost in bare)
    intake = whole.said["seconds"]["read"]
    bench.add("workbooks", "calamine reads all cells, one process", alone.said["seconds"], "s")
    bench.add("workbooks", f"calamine reads all cells, {READERS} processes", cells, "s")
    bench.add("workbooks", f"intake, {READERS} reading processes", intake, "s")
    bench.add("workbooks", "intake / calamine, one process", intake / alone.said["seconds"], "×", 1.5)
    bench.add("workbooks", f"intake / calamine, {READERS} processes", intake / cells, "×", 1.5)
    bench.add("workbooks", "the same in CPU seconds", whole.said["cpu_seconds"]["read"] / cells_cpu, "×")
    bench.add("workbooks", "whole run", whole.wall, "s")
    bench.add("workbooks", "rows quarantined", whole.said["rows"]["quarantined"], "rows", 0)
    _stages(bench, "workbooks", whole)
    bench.add("workbooks", "peak memory", whole.peak_bytes / 2**30, "GiB", 12)
    shutil.rmtree(data)


def _cells(bench: Bench, folder: Path, processes: int) -> Cost:
    bench.say("workbooks: cells")
    return run(python("bench.baseline", "calamine", str(folder), str(processes)))
