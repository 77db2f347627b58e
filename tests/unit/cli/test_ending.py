"""How `jiannuo run` leaves: at once, but with its code, all that it said, and all that was to be done at the end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import atexit, importlib, sys, types
from dagster_project.cli import app

def run() -> None:
    atexit.register(print, "put away")
    print("said", end=" ")
    {}

module = types.ModuleType("stub")
module.run = run
sys.modules["stub"] = module
app.COMMANDS["run"] = "stub"

class Heavy:
    def __del__(self) -> None:
        print("freed", flush=True)

sys.heavy = Heavy()
app.main()
"""


@pytest.mark.parametrize(
    ("last", "code"),
    [("pass", 0), ("raise __import__('typer').Exit(4)", 4), ("raise RuntimeError('so it is')", 1)],
)
def test_a_run_ends_with_its_code_and_leaves_its_memory_to_the_system(tmp_path: Path, last: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(last), "run"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stdout.split()) == (code, ["said", "put", "away"]), done.stderr
    assert ("so it is" in done.stderr) == (code == 1)
