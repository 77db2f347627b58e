"""How the circular ranks the places below one, and whom it praises."""

from __future__ import annotations

from dagster_project.reports.figures import Figures, Row
from dagster_project.reports.marks import is_compared, unreported
from dagster_project.reports.words import percent, place_name, sentence

#: How many are called the best, and how many ranks make a rise that is told.
BEST, RISEN = 3, 3


def ranking(figures: Figures, place: Row) -> list[str]:
    """How the places straight below rank, in their order; nothing where none has a rank."""
    ranked = _ranked(figures, place)
    if len(ranked) < 2:
        return []
    mark = unreported(figures, "rank")
    said = [f"按承诺覆盖率、兑现率、按时办结率依次比较（前项相同的比较后项），所辖各地名次{mark}如下："]
    by_rank: dict[int, list[Row]] = {}
    for row in ranked:
        by_rank.setdefault(row["rank"], []).append(row)
    said.append(
        "；".join(ranked_as(rank, [_with_rates(figures, row) for row in rows]) for rank, rows in by_rank.items()) + "。"
    )
    risen = [row for row in ranked if row["rank_before"] is not None and row["rank_before"] - row["rank"] >= RISEN]
    # Ranks rest on what adds up from January on: they begin anew with the year.
    is_in_one_year = figures.period.starts_on.month > 1
    if risen and is_in_one_year and is_compared(figures, "rank", figures.period.months):
        risen.sort(key=lambda row: (row["rank"] - row["rank_before"], row["rank"], row["region_code"]))
        said.append(
            sentence(
                f"与{figures.period.before}相比，名次上升较多的有"
                + "、".join(f"{place_name(row)}（上升{row['rank_before'] - row['rank']}位）" for row in risen)
            )
        )
    return said


def praise(figures: Figures, place: Row) -> str:
    """The best places, by name; nothing where there are too few to speak of the best, or too many share a rank."""
    ranked = _ranked(figures, place)
    best = [row for row in ranked if row["rank"] <= BEST]
    if len(ranked) < 2 * BEST or len(best) > 2 * BEST:
        return ""
    return sentence(f"对名次居前的{'、'.join(place_name(row) for row in best)}予以通报表扬")


def ranked_as(rank: int, named: list[str]) -> str:
    """Who has a rank; several share it."""
    return f"{'并列' if len(named) > 1 else ''}第{rank}名{'、'.join(named)}"


def _ranked(figures: Figures, place: Row) -> list[Row]:
    below = [row for row in figures.below(place["region_code"]) if row["rank"] is not None and row["units_in_scope"]]
    return sorted(below, key=lambda row: (row["rank"], row["region_code"]))


def _with_rates(figures: Figures, row: Row) -> str:
    rates = (("覆盖率", "coverage_rate"), ("兑现率", "fulfilment_ratio"), ("按时办结率", "resolution_rate"))
    shown = [f"{word}{percent(row[name])}{unreported(figures, name)}" for word, name in rates if row[name] is not None]
    return f"{place_name(row)}（{'，'.join(shown)}）" if shown else place_name(row)
