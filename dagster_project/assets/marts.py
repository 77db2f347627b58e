"""What is published: the marts of one run, audited, in one step."""

from typing import Any

import dagster as dg

from dagster_project import __version__, publish, summary
from dagster_project.assets.warehouse import asset_key
from dagster_project.build import Build
from dagster_project.modelling import compiled

PUBLISHED = dg.AssetKey(["published", "integrity"])


def published_asset(graph: compiled.Graph) -> dg.AssetsDefinition:
    """The published database and its Parquet files, after every blocking check on the marts."""

    @dg.asset(
        key=PUBLISHED,
        deps=[asset_key(model.key) for model in graph.models if model.key[0] == "marts"],
        group_name="published",
        kinds={"duckdb", "parquet"},
        required_resource_keys={"build"},
        description="marts/integrity.duckdb and marts/*.parquet: what analysts and other programs read.",
    )
    def integrity(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        build: Build = context.resources.build
        with build.stage("publish"):
            build.raise_if_blocked()
            rows = publish.write_parquet(build.candidate, graph.keys("marts"))
        # The summary is part of what is published, so its seconds end here.
        build.summary = summary.describe(build, rows)
        with build.stage("publish"):
            publish.place_warehouse(build.warehouse, build.paths.warehouse)
            manifest = {
                "program": __version__,
                "made_from": build.inputs.as_dict(),
                "files_to_read_again": build.intake.files_to_read_again if build.intake else 0,
                "rows": rows,
                "summary": build.summary,
            }
            publish.publish(build.paths.marts, build.version, manifest, build.umask)
        return dg.MaterializeResult(
            metadata={
                "version": build.version,
                "tables": len(rows),
                "dagster/row_count": sum(rows.values()),
                "database": dg.MetadataValue.path(build.paths.marts / publish.DATABASE),
            }
        )

    return integrity
