"""Pictures drawn by processes of their own are the same as those drawn here, and none is missed in silence."""

from __future__ import annotations

import os
import sys

import pytest

from dagster_project.reports import drawing, pictures
from dagster_project.reports.drawing import DrawingError, Drawings, processes_for
from dagster_project.reports.figures import Figures
from tests.unit.reports import marts

FONT = "Noto Sans CJK SC"


def specs(march: Figures) -> dict[str, drawing.Specs]:
    made = pictures.specs(march, march.place(marts.CITY))
    return {marts.CITY: dict(list(made.items())[:2])}


def test_a_picture_is_the_same_whoever_draws_it(march: Figures) -> None:
    asked = specs(march)
    with Drawings(asked, FONT, processes=1) as beside, Drawings(asked, FONT, processes=0) as here:
        assert beside.of(marts.CITY) == here.of(marts.CITY) != {}
        assert beside.of(marts.EAST) == here.of(marts.EAST) == {}


def test_a_process_that_ends_or_refuses_a_picture_is_an_error(march: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        Drawings({marts.CITY: {"coverage_picture": {"mark": 1}}}, FONT, processes=1) as beside,
        pytest.raises(DrawingError),
    ):
        beside.of(marts.CITY)
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with Drawings(specs(march), FONT, processes=1) as beside, pytest.raises(DrawingError, match="ended"):
        beside.of(marts.CITY)


def test_leaving_early_ends_what_draws(march: Figures) -> None:
    with Drawings(specs(march), FONT, processes=1) as beside:
        pass
    assert all(process.poll() is not None for process in beside._started)


def test_one_processor_or_few_papers_draw_where_they_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    assert (processes_for(7), processes_for(8)) == (0, 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert processes_for(100) == 0
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
    assert processes_for(100) == drawing.MOST_PROCESSES
