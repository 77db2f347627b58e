"""What the models make of the deliveries: one asset for each dbt model, one asset check for each data test."""

import warnings
from collections.abc import Iterator
from typing import Any

import dagster as dg

from dagster_project import modelling
from dagster_project.build import Build, CheckBlockedError, Finding
from dagster_project.modelling import compiled
from dagster_project.modelling.findings import Findings

#: Sources that one asset stands for as a whole.
WHOLE_SOURCES = {"policy": ("policy", "parameters")}


def asset_key(key: tuple[str, str]) -> dg.AssetKey:
    """`layer/name` of a model or source."""
    return dg.AssetKey(list(WHOLE_SOURCES.get(key[0], key)))


def models_asset(graph: compiled.Graph) -> dg.AssetsDefinition:
    """All models as one step: they are made in one go, by two workers."""
    by_id = {model.unique_id: model for model in graph.models}
    tests = {test.unique_id: test for test in graph.tests}

    @dg.multi_asset(
        name="models",
        specs=[_asset_spec(model) for model in graph.models],
        check_specs=[_check_spec(test) for test in graph.tests],
        required_resource_keys={"build"},
    )
    def models(context: dg.AssetExecutionContext) -> Iterator[Any]:
        build: Build = context.resources.build
        with build.stage("model"):
            outcomes = _carry_out(build, graph)
            broken = [outcome for outcome in outcomes if outcome.is_broken]
            with Findings(build.warehouse, build.candidate) as found:
                rows = found.row_counts()
                for outcome in outcomes:
                    model = by_id.get(outcome.unique_id)
                    test = tests.get(outcome.unique_id)
                    if model is not None and outcome.status == "success":
                        yield dg.MaterializeResult(
                            asset_key=asset_key(model.key),
                            metadata=_metadata(outcome, rows.get(model.key), found.columns(model)),
                        )
                    elif test is not None and outcome.status in {"pass", "warn", "fail"}:
                        finding = found.of_test(test, outcome)
                        build.findings.append(finding)
                        yield _check_result(test, finding)
            if broken:
                first = broken[0]
                raise compiled.ModelError(first.message, first.unique_id.split(".")[2])
            build.raise_if_blocked()
            skipped = [outcome.unique_id for outcome in outcomes if outcome.status == "skipped"]
            if skipped:
                raise CheckBlockedError(f"skipped: {', '.join(skipped)}")

    return models


def _carry_out(build: Build, graph: compiled.Graph) -> list[modelling.Outcome]:
    done, total = 0, len(graph.models) + len(graph.tests)

    def count(_name: str) -> None:
        nonlocal done
        done += 1
        build.listener.progress(done, total)

    build.outcomes = modelling.build_models(
        graph=graph,
        warehouse=build.warehouse,
        candidate=build.candidate,
        variables={"as_of": build.inputs.as_of, "span_start": build.inputs.span_start},
        on_finished=count,
    )
    return build.outcomes


def _asset_spec(model: compiled.Model) -> dg.AssetSpec:
    return dg.AssetSpec(
        key=asset_key(model.key),
        # Several tables of one source are one asset.
        deps=sorted({asset_key(key) for key in model.upstream}),
        description=model.description,
        group_name=model.key[0],
        kinds={"dbt", "duckdb"},
        metadata={"model": f"dbt/{model.path}", "dagster/code_references": _code_of(model)},
    )


def _code_of(model: compiled.Model) -> dg.CodeReferencesMetadataValue:
    with warnings.catch_warnings():
        # Dagster calls its references to code "beta", once for each model.
        warnings.simplefilter("ignore", dg.BetaWarning)
        place = dg.LocalFileCodeReference(
            file_path=str(modelling.PROJECT / model.path), line_number=1, label=f"dbt/{model.path}"
        )
        return dg.CodeReferencesMetadataValue(code_references=[place])


def _check_spec(test: compiled.Test) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        name=test.name,
        asset=asset_key(test.about),
        description=test.description or None,
        blocking=test.blocking,
        metadata={"test": f"dbt/{test.path}"},
    )


def _metadata(outcome: modelling.Outcome, rows: int | None, columns: list[tuple[str, str, str]]) -> dict[str, Any]:
    metadata: dict[str, Any] = {"seconds": round(outcome.seconds, 3)}
    if rows is not None:
        metadata["dagster/row_count"] = rows
    if columns:
        metadata["dagster/column_schema"] = dg.TableSchema(
            [dg.TableColumn(name, type=kind, description=label or None) for name, kind, label in columns]
        )
    return metadata


def _check_result(test: compiled.Test, finding: Finding) -> dg.AssetCheckResult:
    metadata: dict[str, Any] = {"rows": finding.rows or 0}
    if finding.examples:
        metadata["examples"] = dg.MetadataValue.json([dict(example) for example in finding.examples])
    return dg.AssetCheckResult(
        asset_key=asset_key(test.about),
        check_name=test.name,
        passed=finding.passed,
        severity=dg.AssetCheckSeverity.ERROR if test.blocking else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )
