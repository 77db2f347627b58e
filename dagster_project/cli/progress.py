"""How far a run is, on standard error: a bar where somebody watches, else a line for each stage."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from dagster_project.cli.messages import t

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


def stage_label(name: str) -> str:
    """A stage as people call it."""
    labels = {
        "read": t("读取", "read"),
        "model": t("建模", "model"),
        "check": t("检查", "check"),
        "publish": t("发布", "publish"),
    }
    return labels[name]


class Progress:
    """A listener (`dagster_project.build.Listener`) that shows what it hears on `out`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._watched = out.isatty()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def stage(self, name: str) -> None:
        label = stage_label(name)
        if not self._watched:
            print(f"{label} …", file=self._out, flush=True)
            return
        bar = self._started()
        if self._task is not None:
            bar.remove_task(self._task)
        self._task = bar.add_task(label, total=None)

    def progress(self, done: int, total: int) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def _started(self) -> Bar:
        if self._bar is None:
            # A run with nothing to do never gets here.
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Bar(*columns, console=Console(file=self._out), transient=True)
            self._bar.start()
        return self._bar
