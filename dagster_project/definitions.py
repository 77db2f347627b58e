"""What Dagster knows of the project: assets, checks, the jobs that publish and make papers, and when they start."""

from __future__ import annotations

import dagster as dg

from dagster_project import checks, modelling
from dagster_project.assets.marts import published_asset
from dagster_project.assets.raw import policy_asset, raw_assets
from dagster_project.assets.reports import report_assets
from dagster_project.assets.suites import suite_checks
from dagster_project.assets.warehouse import models_asset
from dagster_project.automation import deliveries_sensor, monthly_schedule, publish_marts, report_jobs, report_schedules
from dagster_project.resources import build_resource

graph = modelling.load_graph()
suites = checks.load_suites()

defs = dg.Definitions(
    assets=[raw_assets, policy_asset, models_asset(graph), published_asset(graph), *report_assets()],
    asset_checks=suite_checks(suites),
    jobs=[publish_marts, *report_jobs.values()],
    schedules=[monthly_schedule, *report_schedules],
    sensors=[deliveries_sensor],
    resources={"build": build_resource},
    # One process: imports are paid once, and one connection at a time holds the warehouse.
    executor=dg.in_process_executor,
)
