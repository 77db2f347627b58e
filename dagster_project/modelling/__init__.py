"""Modelling: what dbt makes of the project, carried out by DuckDB (docs/architecture.md, 4). It knows no dagster.

Importing this package is cheap: dbt is imported when a file of the project has changed, DuckDB when models are built.
"""

from dagster_project.modelling.building import PROJECT, Outcome, build_models, load_graph

__all__ = ["PROJECT", "Outcome", "build_models", "load_graph"]
