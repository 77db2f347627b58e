"""`python -m bench.core OUT run --data … --json`: `jiannuo` as `bench.profiled`, and only what the main job is.

The core marts are made, with the models that they rest on, their tests and checks: what only the ledger, the scores and
the alerts need is left out. So the main job can be measured by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench import profiled
from dagster_project import checks, modelling
from dagster_project.cli.app import main
from dagster_project.modelling import compiled

CORE_MARTS = {
    "dim_organization",
    "dim_date",
    "fct_commitment",
    "fct_complaint",
    "fct_court_case",
    "fct_listing",
    "org_monthly",
    "region_monthly",
    "region_quarterly",
    "feed_monthly",
    "delivery",
    "quarantine",
}


def of_the_core(graph: compiled.Graph) -> compiled.Graph:
    """The core marts and all that they are made from, with the tests that speak of these alone."""
    by_key = {model.key: model for model in graph.models}
    needed = {("marts", name) for name in CORE_MARTS}
    looked_at = list(needed)
    while looked_at:
        fresh = set(by_key[looked_at.pop()].upstream) & by_key.keys() - needed
        needed |= fresh
        looked_at += fresh
    made = tuple(model for model in graph.models if model.key in needed)
    places = {model.place for model in graph.models if model.key not in needed}
    tests = (test for test in graph.tests if test.about in needed)
    return compiled.Graph(made, tuple(test for test in tests if not any(place in test.sql for place in places)))


def leave_out_the_rest() -> None:
    """Have the program know of nothing else, before it looks at its models and suites."""
    graph = of_the_core(modelling.load_graph())
    known = {("marts", name) for name in CORE_MARTS}
    suites = tuple(
        suite for suite in checks.load_suites() if suite.layer != "marts" or tuple(suite.asset.split("/")) in known
    )
    modelling.load_graph = lambda: graph
    checks.load_suites = lambda *_: suites


if __name__ == "__main__":
    profiled.listen(Path(sys.argv.pop(1)))
    leave_out_the_rest()
    main()
