"""What `make run` does, as make itself tells it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def commands(*arguments: str) -> list[str]:
    """The commands of the program that `make` would call."""
    plain = {name: value for name, value in os.environ.items() if name not in ("DATA", "AS_OF", "REGION", "MAKEFLAGS")}
    told = subprocess.run(
        ["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, text=True, check=True, env=plain
    )
    return [line.partition(" ")[2] for line in told.stdout.splitlines() if line.startswith(".venv/bin/jiannuo ")]


def test_make_run_ends_with_the_papers_of_the_samples_last_month() -> None:
    assert commands("run") == [
        "run --data data --as-of 2024-12-31",
        "report monthly latest --data data --region 2304",
    ]


def test_other_deliveries_have_their_own_day_and_every_region_that_has_a_policy() -> None:
    assert [line.split() for line in commands("run", "DATA=office", "AS_OF=")] == [
        ["run", "--data", "office"],
        ["report", "monthly", "latest", "--data", "office"],
    ]
    assert commands("run", "DATA=office", "REGION=3607")[1].split()[-2:] == ["--region", "3607"]


def test_what_is_published_stands_where_no_paper_can_be_made() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("run: env\n")[2].partition("\n\n")[0]
    assert [line.strip()[0] for line in recipe.splitlines() if "jiannuo" in line] == ["@", "-"]


def test_clean_spares_the_papers_and_the_log_of_look_ups(tmp_path: Path) -> None:
    kept = {"marts/reports/monthly/2024-03/r1/manifest.json", "state/audit.jsonl", "raw/tasks/a.csv"}
    built = {
        "marts/.versions/v1/integrity.duckdb",
        "state/logs/a.log",
        "state/run.lock",
        "landing/a",
        "warehouse.duckdb",
    }
    for name in kept | built:
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    # In a folder of its own: what else it removes is the checkout's.
    subprocess.run(["make", "-f", str(ROOT / "Makefile"), "clean"], cwd=tmp_path, capture_output=True, check=True)
    left = {path.relative_to(tmp_path / "data").as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == kept
