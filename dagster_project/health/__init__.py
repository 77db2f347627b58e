"""What is installed, what lies where, what is wrong and how to mend it. Nothing is changed by looking.

for finding in examine(paths):
    ...
"""

from __future__ import annotations

from collections.abc import Iterator

from dagster_project.health.finding import Finding, Status
from dagster_project.paths import DataPaths

__all__ = ["Finding", "Status", "examine"]


def examine(paths: DataPaths) -> Iterator[Finding]:
    """Every finding, the good ones too: the program, then DATA, from what comes in to what goes out."""
    from dagster_project.health import data, papers, program, state

    yield from program.findings()
    yield from data.findings(paths)
    if paths.root.is_dir():
        yield from state.findings(paths)
    yield from papers.findings(paths)
