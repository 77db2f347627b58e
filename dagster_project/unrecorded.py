"""A Dagster instance for one run that nobody will look up: what the run has to tell is in its summary.

Dagster's own instance in memory writes some two thousand events of a run into SQLite, and asks it for the history of
every asset that is read: a third of the run's time for a small office. The parts are those of
`DagsterInstance.ephemeral()` in the release that pyproject.toml pins; only the record of events is another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dagster as dg
from dagster._core.instance.types import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage


class _Forgetful(InMemoryEventLogStorage):
    """Keeps no event, and so knows of no asset."""

    def store_event(self, event: Any) -> None:
        pass

    def store_event_batch(self, events: Sequence[Any]) -> None:
        pass

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[Any]:
        return []


def unrecorded_instance() -> dg.DagsterInstance:
    """The instance; to be closed after the run."""
    return dg.DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),
        run_storage=InMemoryRunStorage(),
        event_storage=_Forgetful(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    )
