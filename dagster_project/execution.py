"""Carry the job `publish_marts` out in this process, on a workplace that is already open."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence, Set
from typing import Any

import dagster as dg
from dagster._core.execution.context.system import StepExecutionContext
from dagster._core.instance.types import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage

from dagster_project.automation import publish_marts
from dagster_project.build import Build, CheckBlockedError
from dagster_project.definitions import defs

#: Dagster repeats every event on standard error; what people need is in the summary and the log.
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class _OutputKeys:
    """Which assets a step yields, found out once for each step.

    Dagster looks all of them up again for each asset that is yielded, to see that none comes before those that it
    hangs on: forty thousand look-ups for two hundred models. Neither the step nor the job changes while it runs.
    """

    def __init__(self, look_up: Callable[[StepExecutionContext], Set[dg.AssetKey]]) -> None:
        self.look_up = look_up
        self._last: tuple[StepExecutionContext, Set[dg.AssetKey]] | None = None

    def of(self, step: StepExecutionContext) -> Set[dg.AssetKey]:
        last = self._last
        if last is None or last[0] is not step:
            self._last = last = (step, self.look_up(step))
        return last[1]


_OUTPUT_KEYS = _OutputKeys(StepExecutionContext.get_output_asset_keys)
# A function, since only those know the object that they are called on.
StepExecutionContext.get_output_asset_keys = lambda step: _OUTPUT_KEYS.of(step)  # type: ignore[assignment, method-assign]


class _Forgetful(InMemoryEventLogStorage):
    """Keeps no event, and so knows of no asset."""

    def store_event(self, event: Any) -> None:
        pass

    def store_event_batch(self, events: Sequence[Any]) -> None:
        pass

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[Any]:
        return []

    def fetch_observations(self, *_: Any, **__: Any) -> dg.EventRecordsResult:
        return dg.EventRecordsResult([], cursor="", has_more=False)

    def fetch_materializations(self, *_: Any, **__: Any) -> dg.EventRecordsResult:
        return dg.EventRecordsResult([], cursor="", has_more=False)


def _unrecorded() -> dg.DagsterInstance:
    """An instance for one run that nobody will look up: what the run has to tell is in its summary.

    Dagster's own instance in memory writes some two thousand events of a run into SQLite, and asks it for the history
    of every asset that is read: a third of the run's time for a small office. The parts are those of
    `DagsterInstance.ephemeral()` in the release that pyproject.toml pins; only the record of events is another.
    """
    return dg.DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),  # type: ignore[no-untyped-call]
        run_storage=InMemoryRunStorage(),
        event_storage=_Forgetful(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    )


def execute(build: Build) -> None:
    """Read, model, check and publish; what became of it stands in `build`."""
    job = defs.resolve_job_def(publish_marts.name)
    # So do the libraries below it with what they notice.
    logging.disable(logging.WARNING)
    with _unrecorded() as instance:
        try:
            result = job.execute_in_process(
                resources={"build": build}, run_config=_QUIET, instance=instance, raise_on_error=True
            )
        except CheckBlockedError:
            return
        except Exception as error:
            # What Dagster makes of a blocking check that failed, or of an error that the stage has kept.
            if build.error is None and not build.blocking:
                build.error = error
            return
        if not result.success and build.error is None and not build.blocking:
            build.error = RuntimeError("the job did not finish")
