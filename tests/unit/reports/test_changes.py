"""What a restatement lists, and whom it does not name."""

from __future__ import annotations

from typing import Any

from dagster_project.reports.changes import Change, changes

PLACE = {"prefix": "3607"}


def said(**units: str) -> dict[str, Any]:
    """What figures.json holds of units with one figure each."""
    of_units = {
        uscc: {"name": f"{uscc}局", "region_code": "360702", "figures": {"received": figure}}
        for uscc, figure in units.items()
    }
    of_deductions = {
        f"{uscc}|rule|commitment|C1": {"name": f"{uscc}局", "region_code": "360702", "figures": {"承诺逾期": "1.00分"}}
        for uscc in units
    }
    return {"units": of_units, "deductions": of_deductions}


def test_a_unit_that_may_be_named_no_more_is_in_no_restatement():
    old, new = said(A="1", B="2", C="3"), said(A="4")
    listed = changes(PLACE, old, new, ("units", "deductions"), lambda _, column: column, {"A", "B"})
    # B is there no more and may be named; C has become classified.
    assert listed == [
        Change("A局", "received", "1", "4"),
        Change("B局", "received", "2", "—"),
        Change("B局", "承诺逾期", "1.00分", "—"),
    ]
