"""Carry the job `publish_marts` out in this process, on a workplace that is already open."""

from __future__ import annotations

import logging

from dagster_project.automation import publish_marts
from dagster_project.build import Build, CheckBlockedError
from dagster_project.definitions import defs
from dagster_project.unrecorded import unrecorded_instance

#: Dagster repeats every event on standard error; what people need is in the summary and the log.
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def execute(build: Build) -> None:
    """Read, model, check and publish; what became of it stands in `build`."""
    job = defs.resolve_job_def(publish_marts.name)
    # So do the libraries below it with what they notice.
    logging.disable(logging.WARNING)
    with unrecorded_instance() as instance:
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
