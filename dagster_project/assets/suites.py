"""The suites of `expectations/` in two steps: on what arrived before the models, on the marts before publishing."""

from collections.abc import Iterator, Sequence

import dagster as dg

from dagster_project import checks
from dagster_project.build import Build, Finding
from dagster_project.deferred import defer

#: Step, and the layers it looks at: the first before the models, the second after them.
STEPS = {"arrivals": ("raw", "policy"), "marts": ("marts",)}


def suite_checks(suites: Sequence[checks.Suite]) -> list[dg.AssetChecksDefinition]:
    """One step for each of `STEPS`; each expectation is a check on the asset whose rows it looks at."""
    return [
        _step(name, [suite for suite in suites if suite.layer in layers], layers == STEPS["marts"])
        for name, layers in STEPS.items()
    ]


def _step(name: str, suites: Sequence[checks.Suite], with_candidate: bool) -> dg.AssetChecksDefinition:
    @dg.multi_asset_check(
        name=f"expectations_{name}", specs=checks.check_specs(suites), required_resource_keys={"build"}
    )
    def step(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        build: Build = context.resources.build
        with build.stage("check"):
            # For expectations about distributions, and their pictures; no suite has one.
            defer("scipy.stats", "altair", "mistune")
            outcomes = checks.run_suites(
                build.warehouse, build.candidate if with_candidate else None, build.as_of, suites
            )
            build.findings.extend(_finding(outcome) for outcome in outcomes)
            yield from checks.check_results(outcomes)
            # Also for a check that could not be run: its severity may be a warning's, and Dagster would go on.
            build.raise_if_blocked()

    return step


def _finding(outcome: checks.CheckOutcome) -> Finding:
    return Finding(
        check=outcome.check,
        table=outcome.asset.replace("/", "."),
        passed=outcome.passed,
        blocking=outcome.blocking,
        note=outcome.note,
        observed=outcome.observed,
        examples=outcome.rows,
        error=outcome.error,
    )
