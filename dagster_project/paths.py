"""Where everything lies under DATA (interface.md)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

VARIABLE = "JIANNUO_DATA"
DEFAULT = Path("data")


@dataclass(frozen=True)
class DataPaths:
    """The places under one DATA folder. `root` is absolute, so that a later change of folder moves nothing."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", self.root.expanduser().absolute())

    @classmethod
    def resolve(cls, option: Path | None = None) -> Self:
        """DATA as the command line says, else JIANNUO_DATA (empty: not given), else ./data. Nothing is made."""
        if option is not None:
            return cls(option)
        named = os.environ.get(VARIABLE)
        return cls(Path(named) if named else DEFAULT)

    @property
    def raw(self) -> Path:
        """Deliveries, as received."""
        return self.root / "raw"

    @property
    def warehouse(self) -> Path:
        """The whole warehouse, personal data included: 0600."""
        return self.root / "warehouse.duckdb"

    @property
    def landing(self) -> Path:
        """What was read, typed; personal data included: 0700."""
        return self.root / "landing"

    @property
    def marts(self) -> Path:
        """What analysts and other programs read."""
        return self.root / "marts"

    @property
    def published_db(self) -> Path:
        """The published database, read-only."""
        return self.marts / "integrity.duckdb"

    @property
    def mappings(self) -> Path:
        """Layouts of single senders."""
        return self.root / "mappings"

    @property
    def policies(self) -> Path:
        """The region's own policy files."""
        return self.root / "policies"

    @property
    def state(self) -> Path:
        """What the orchestrator keeps."""
        return self.root / "state"

    @property
    def audit(self) -> Path:
        """Who looked up what, and when: 0600 (`dagster_project.audit`)."""
        return self.state / "audit.jsonl"

    @property
    def lock(self) -> Path:
        """Held by the run that works (`dagster_project.lock`)."""
        return self.state / "run.lock"
