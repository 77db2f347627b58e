"""One run at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dagster_project.lock import RunLockedError, run_lock


def test_a_second_run_is_refused_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "state" / "run.lock"
    with run_lock(lock), pytest.raises(RunLockedError) as refused, run_lock(lock):
        pass
    assert refused.value.pid == os.getpid()
    assert refused.value.since is not None


def test_the_lock_is_free_after_a_run_and_after_an_error(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="failed"), run_lock(tmp_path / "run.lock"):
            raise ValueError("failed")


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    code = (
        "import os, sys; from pathlib import Path; from dagster_project.lock import run_lock\n"
        "with run_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(RunLockedError) as refused, run_lock(lock):
        pass
    assert refused.value.pid == holder.pid
    holder.kill()
    holder.communicate()
    with run_lock(lock):
        pass


def test_reading_the_locked_file_does_not_free_it(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with run_lock(lock):
        lock.read_bytes()
        with pytest.raises(RunLockedError), run_lock(lock):
            pass


def test_a_lock_without_a_note_is_still_a_lock(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with run_lock(lock):
        os.truncate(lock, 0)
        with pytest.raises(RunLockedError, match="unknown"), run_lock(lock):
            pass


def test_a_file_system_without_locks_is_not_taken_for_another_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OSError, match="No locks"), run_lock(tmp_path / "run.lock"):
        pass
