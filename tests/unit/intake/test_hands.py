"""Who does what while files are read, and how much may wait."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dagster_project.intake import hands
from dagster_project.intake.hands import Hands


def test_rows_wait_outside_until_there_is_room_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "MOST_WAITING_ROWS", 3)
    is_free, is_typed = Event(), Event()

    def wait() -> None:
        is_free.wait()

    with Hands() as at_work:
        at_work.have_typed(2, wait)
        giver = Thread(target=at_work.have_typed, args=(2, is_typed.set))
        giver.start()
        giver.join(0.2)
        assert giver.is_alive() and not is_typed.is_set()
        is_free.set()
        giver.join()
    assert is_typed.is_set()


def test_what_failed_to_be_typed_is_told_to_whoever_gives_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "MOST_WAITING_ROWS", 0)

    def fail() -> None:
        raise MemoryError

    with pytest.raises(MemoryError), Hands() as at_work:
        at_work.have_typed(1, fail)
        at_work.have_typed(1, lambda: None)
