"""All sample deliveries, and the folder they are written to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bench.samples import files, oddities, plan, rosters
from bench.samples.sources import SOURCES


def deliveries() -> Iterator[tuple[str, bytes]]:
    """(path under `raw`, content) of every sample file. Raises ValueError where two files have one path."""
    seen: set[str] = set()
    for path, content in chain(rosters.deliveries(), plan.deliveries(SOURCES), oddities.deliveries()):
        if path in seen:
            raise ValueError(f"written twice: {path}")
        seen.add(path)
        yield path, content


def write_all(folder: Path) -> list[int]:
    """Write every delivery under the folder; their sizes in bytes."""
    sizes = []
    for path, content in deliveries():
        files.put(folder / path, content)
        sizes.append(len(content))
    return sizes
