"""What arrived, and the parameters by which it is judged."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from dagster_project import contracts, intake
from dagster_project.build import Build

#: Tables of schema `raw` beside the feeds (docs/architecture.md, 2).
OTHER_TABLES = {
    "delivery": "One row for each delivery seen.",
    "mention": "One row for each distinct way in which a unit was given.",
    "quarantine": "One row for each quarantined row.",
    "calendar": "One row for each day: workdays with the holiday shifts.",
    "feed": "One row for each feed of the contracts.",
}


@dg.multi_asset(
    name="raw",
    specs=[
        *(
            dg.AssetSpec(
                ["raw", feed],
                group_name="raw",
                kinds={"polars", "parquet"},
                description=f"One row for each row of {feed} that was read and neither ignored nor quarantined.",
            )
            for feed in contracts.feed_names()
        ),
        *(
            dg.AssetSpec(["raw", name], group_name="raw", kinds={"duckdb"}, description=description)
            for name, description in OTHER_TABLES.items()
        ),
    ],
    required_resource_keys={"build"},
)
def raw_assets(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
    """New deliveries are read into the landing; schema `raw` shows all that are seen."""
    build: Build = context.resources.build
    with build.stage("read"):
        result = intake.read_deliveries(
            build.paths.root, build.as_of, lambda done, total, _file: build.listener.progress(done, total)
        )
        build.intake = result
        # Opens duckdb, polars and the contracts: not for whoever only looks at the definitions.
        from dagster_project import warehouse

        warehouse.fill_raw(build.warehouse, result)
    counts = {feed: (0, 0, 0, 0) for feed in contracts.feed_names()}
    told = result.deliveries.select("feed", "status", "rows_read", "rows_quarantined", "rows_ignored")
    for feed, status, read, quarantined, ignored in told.iter_rows():
        files, rejected, rows, held = counts[feed]
        landed = read - quarantined - ignored
        counts[feed] = (files + 1, rejected + (status == "rejected"), rows + landed, held + quarantined)
    for feed, (files, rejected, rows, held) in counts.items():
        yield dg.MaterializeResult(
            asset_key=["raw", feed],
            metadata={"dagster/row_count": rows, "deliveries": files, "rejected": rejected, "quarantined": held},
        )
    for name in OTHER_TABLES:
        known = {"dagster/row_count": len(result.deliveries)} if name == "delivery" else {}
        yield dg.MaterializeResult(asset_key=["raw", name], metadata=known)


@dg.asset(
    key=["policy", "parameters"],
    group_name="policy",
    kinds={"yaml", "duckdb"},
    required_resource_keys={"build"},
    # Both write the same file, one after the other.
    deps=[dg.AssetKey(["raw", "feed"])],
    description="The parameters of each policy, resolved: schema policy of the warehouse.",
)
def policy_asset(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    build: Build = context.resources.build
    # The first of what the models are made with: no delivery is read here.
    with build.stage("model"):
        from dagster_project import warehouse

        rows = warehouse.fill_policy(build.warehouse, build.paths.root)
    return dg.MaterializeResult(metadata={"policies": rows["policy"] - 1, "dagster/row_count": rows["parameter"]})
