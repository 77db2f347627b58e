"""The scores of a year, read from the published database: what the paper and the score book of 年考评 rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dagster_project.reports.figures import PlaceFigures, Row, common, keep, opened, rows_of
from dagster_project.reports.marks import unreported
from dagster_project.reports.period import Period

#: The stages of an assessment, in their order (rules.md, "Annual assessment").
STAGES = {"preliminary": "初评", "final": "复评"}
#: Queries with one or more rows for each place, by its code.
BY_PLACE = ("band_count", "deduction_count", "deduction_cause")


@dataclass(frozen=True)
class Scores(PlaceFigures):
    """The assessment of a year at one stage.

    `places`: scored_place.sql. `units`, `rules`, `deductions`, `causes`, `evidence`, `mitigations`: the rows of
    scored_unit, scoring_rule, deduction, unit_cause, deduction_evidence and mitigation, in the order of these files.
    Points are exact decimals.
    """

    stage: str
    units: list[Row]
    rules: list[Row]
    deductions: list[Row]
    causes: list[Row]
    evidence: list[Row]
    mitigations: list[Row]

    @property
    def stage_word(self) -> str:
        """What the office calls the stage: 初评, 复评."""
        return STAGES[self.stage]

    @property
    def mark(self) -> str:
        """The mark of scores where a core feed did not come in a month of the year: （未报）, （待报）, or nothing."""
        return unreported(self, "score")

    def rules_of(self, units: list[Row]) -> list[Row]:
        """The rules by which these units were assessed."""
        policies = {row["policy_id"] for row in units}
        return [row for row in self.rules if row["policy_id"] in policies]


def read_scores(database: Path, as_of: date, period: Period, prefix: str, stage: str) -> Scores:
    """The scores of a year for every region whose code begins with `prefix` (empty: all).

    Raises NothingPublishedError where there is no database, PeriodError where it has no such year or region.
    """
    with opened(database, as_of, period, prefix) as connection:
        units, rules, deductions = (keep(connection, name) for name in ("scored_unit", "scoring_rule", "deduction"))
        return Scores(
            **common(connection, period, BY_PLACE),
            places=rows_of(connection, "scored_place"),
            stage=stage,
            units=units,
            rules=rules,
            deductions=deductions,
            causes=rows_of(connection, "unit_cause"),
            evidence=rows_of(connection, "deduction_evidence"),
            mitigations=rows_of(connection, "mitigation"),
        )
