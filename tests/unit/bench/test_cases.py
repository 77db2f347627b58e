"""What the benchmark makes of what is measured."""

from __future__ import annotations

from bench.cases import judgement_share
from bench.core import CORE_MARTS, of_the_core
from dagster_project.modelling import load_graph
from dagster_project.modelling.compiled import Model


def model(layer: str, name: str, path: str) -> Model:
    return Model(f"model.jiannuo.{name}", (layer, name), (), "", {}, path, ("", layer, name), "table", "", False)


MODELS = [
    model("marts", "fct_complaint", "models/marts/fct_complaint.sql"),
    model("marts", "alert", "models/marts/alert.sql"),
    model("intermediate", "int_record", "models/intermediate/ledger/int_record.sql"),
    model("intermediate", "int_complaint", "models/intermediate/events/int_complaint.sql"),
]


def test_marts_beside_the_core_and_the_rooms_below_them_are_the_judgement() -> None:
    told = [
        {"node": "model.jiannuo.fct_complaint", "seconds": 5.0},
        {"node": "model.jiannuo.int_complaint", "seconds": 3.0},
        {"node": "model.jiannuo.alert", "seconds": 1.5},
        {"node": "model.jiannuo.int_record", "seconds": 0.5},
        {"node": "test.jiannuo.key_alert", "seconds": 100.0},
    ]
    assert judgement_share(told, MODELS) == 0.25


def test_the_main_job_is_the_core_marts_with_all_that_they_rest_on() -> None:
    whole = load_graph()
    core = of_the_core(whole)
    made, all_keys = {model.key for model in core.models}, {model.key for model in whole.models}
    assert {name for layer, name in made if layer == "marts"} == CORE_MARTS
    assert all(set(model.upstream) & all_keys <= made for model in core.models)
    left_out = [model.place for model in whole.models if model.key not in made]
    assert '"mart"."marts"."annual_assessment"' in left_out
    assert core.tests and not [test.name for test in core.tests if any(place in test.sql for place in left_out)]
