"""Court cases, listings, notices, accountability, actions on records, and arrears of the large feeds."""

from __future__ import annotations

import numpy as np
import polars as pl

from bench.large.columns import about, dates, days_of_month, kept, numbers, pick, rng, some, text, yuan
from bench.large.sizes import MONTHS
from bench.large.things import Feed, World, share_of_month

_TYPES: dict[str | None, float] = {"administrative": 0.25, "civil": 0.4, "arbitration": 0.05, "enforcement": 0.3}
_OUTCOMES: dict[str | None, float] = {"lost": 0.3, "partly_lost": 0.15, "won": 0.35, "settled": 0.12, "withdrawn": 0.08}
#: Most rows of these feeds are about companies.
_ABOUT_COMPANIES = 0.4


def _case_no(year: int, kind: str, first: int, size: int) -> pl.Series:
    """Numbers of cases of the example court 赣07."""
    return f"（{year}）赣07{kind}" + pl.Series(np.arange(first, first + size)).cast(pl.String) + "号"


def _about_companies(
    given: dict[str, pl.Series], random: np.random.Generator, size: int, first: int
) -> dict[str, pl.Series]:
    """The same rows, part of them about companies, which are no units and bear names that are like none."""
    company = some(random, size, _ABOUT_COMPANIES)
    name = numbers("宏图商贸样本公司", first, size, 7)
    return {
        "uscc": kept(given["uscc"], ~company),
        "unit_name": given["unit_name"].zip_with(pl.Series(~company), name),
        "region_code": given["region_code"],
    }


def court_cases(world: World, month: int) -> pl.DataFrame:
    """The cases filed in a month, with what becomes of them."""
    before, size = share_of_month(world.size.cases, month, MONTHS)
    random = rng(7, month)
    filed = days_of_month(random, size, month)
    kind = pick(random, size, _TYPES)
    is_enforcement = (kind == "enforcement").to_numpy()
    decided = filed + random.integers(30, 240, size)
    fulfilled = is_enforcement & some(random, size, 0.6)
    year = 2023 + month // 12
    judged, enforced = _case_no(year, "民初", before, size), _case_no(year, "执", before, size)
    amount = yuan(random, size, 300_000)
    paid = kept(amount, fulfilled).fill_null((amount.cast(pl.Float64) / 3).cast(pl.Decimal(18, 2)))
    return pl.DataFrame(
        {
            "case_no": enforced.zip_with(pl.Series(is_enforcement), judged),
            "basis_no": kept(_case_no(year - 1, "民初", before, size), is_enforcement | some(random, size, 0.05)),
            **_about_companies(about(random, size, world.units), random, size, before),
            "court": pl.Series(["示例市中级人民法院"]).new_from_index(0, size),
            "case_type": kind,
            "filed_on": dates(filed),
            "decided_on": dates(decided, ~is_enforcement),
            "outcome": kept(pick(random, size, _OUTCOMES), ~is_enforcement),
            "amount_yuan": amount,
            "paid_yuan": kept(paid, is_enforcement),
            "status": pl.Series(["performing"]).new_from_index(0, size),
            "fulfilled_on": dates(filed + random.integers(30, 300, size), fulfilled),
        }
    )


def _status(frame: pl.DataFrame) -> pl.DataFrame:
    is_enforcement = pl.col("case_type") == "enforcement"
    status = (
        pl.when(pl.col("fulfilled_on").is_not_null())
        .then(pl.lit("fulfilled"))
        .when(is_enforcement)
        .then(pl.lit("performing"))
        .otherwise(pl.lit("pending"))
    )
    paid = pl.when(pl.col("fulfilled_on").is_not_null() | (pl.col("paid_yuan") < pl.col("amount_yuan"))).then(
        "paid_yuan"
    )
    return frame.with_columns(status.alias("status"), paid.alias("paid_yuan"))


def listings(world: World, month: int) -> pl.DataFrame:
    """The entries published in a month: most of them of enforcement cases filed four months before."""
    before, size = share_of_month(world.size.listings, month, MONTHS)
    random = rng(8, month)
    published = days_of_month(random, size, month)
    filed = court_cases(world, max(month - 4, 0)).filter(pl.col("case_type") == "enforcement")
    case = filed.select("case_no", "uscc", "unit_name", "region_code", "basis_no", "filed_on").head(size)
    rest = size - len(case)
    other = pl.DataFrame(
        {"case_no": _case_no(2022, "执恢", before, rest), **about(random, rest, world.units)},
    )
    return pl.concat([case, other], how="diagonal").with_columns(
        pl.lit("示例市中级人民法院").alias("court"),
        pick(random, size, {"nothing": 0.6, "part": 0.4}).alias("performance"),
        pl.min_horizontal("filed_on", dates(published)).alias("filed_on"),
        dates(published).alias("published_on"),
        dates(published + random.integers(20, 400, size), some(random, size, 0.7)).alias("removed_on"),
        dates(published + 5, some(random, size, 0.6)).alias("warned_on"),
        dates(published + 5 + random.integers(1, 40, size), some(random, size, 0.4)).alias("feedback_on"),
    )


def _feedback_needs_a_warning(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.when(pl.col("warned_on").is_not_null()).then("feedback_on").alias("feedback_on"))


def listing_notices(world: World, month: int) -> pl.DataFrame:
    """The notices of a month: half of them are followed by a listing."""
    listed = listings(world, min(month + 1, MONTHS - 1))
    random = rng(9, month)
    notice = days_of_month(random, len(listed), month)
    return listed.select("case_no", "uscc", "unit_name", "region_code", "court").with_columns(
        dates(notice).alias("notice_on"),
        dates(notice + 30).alias("planned_list_on"),
        dates(notice + 15, some(random, len(listed), 0.3)).alias("withdrawn_on"),
    )


def accountability(world: World, month: int) -> pl.DataFrame:
    """The decisions of a month."""
    before, size = share_of_month(world.size.units // 2, month, MONTHS)
    random = rng(10, month)
    decided = days_of_month(random, size, month)
    return pl.DataFrame(
        {
            "record_no": numbers("示例问责", before, size),
            **about(random, size, world.units),
            "subject": pick(random, size, {"unit": 0.6, "person": 0.4}),
            "kind": pick(random, size, {"penalty": 0.3, "discipline": 0.2, "accountability": 0.3, "circular": 0.2}),
            "decided_on": dates(decided),
            "basis": text(random, size, ["what"]),
            "revoked_on": dates(decided + 120, some(random, size, 0.05)),
        }
    )


def record_actions(world: World, month: int) -> pl.DataFrame:
    """Applications about the decisions of two months before, and about lost judgments."""
    if month < 2:
        return pl.DataFrame()
    records = accountability(world, month - 2).select(
        pl.col("kind").alias("record_kind"), pl.col("record_no").alias("record_key"), "uscc", "unit_name", "region_code"
    )
    lost = court_cases(world, month - 2).filter(pl.col("outcome") == "lost", pl.col("uscc").is_not_null())
    cases = lost.select(
        pl.lit("judgment").alias("record_kind"),
        pl.col("case_no").alias("record_key"),
        "uscc",
        "unit_name",
        "region_code",
    )
    both = pl.concat([records, cases])
    random = rng(11, month)
    both = both.filter(pl.Series(some(random, len(both), 0.2)))
    size = len(both)
    filed = days_of_month(random, size, month)
    is_decided = some(random, size, 0.85)
    return both.with_columns(
        numbers(f"A{month:02d}-", 0, size).alias("action_no"),
        pick(random, size, {"repair": 0.6, "objection": 0.25, "tolerance": 0.1, "leniency": 0.05}).alias("action"),
        dates(filed).alias("filed_on"),
        dates(filed + random.integers(5, 60, size), is_decided).alias("decided_on"),
        kept(pick(random, size, {"upheld": 0.6, "rejected": 0.4}), is_decided).alias("result"),
    )


def arrears(world: World, month: int) -> pl.DataFrame:
    """The arrears reported first in a month."""
    before, size = share_of_month(world.size.units, month, MONTHS)
    random = rng(12, month)
    due = days_of_month(random, size, month)
    cleared = some(random, size, 0.7)
    amount = yuan(random, size, 200_000)
    return pl.DataFrame(
        {
            "arrear_no": numbers("Q", before, size),
            **about(random, size, world.units),
            "creditor": numbers("示例债权企业", before, size),
            "amount_yuan": amount,
            "due_on": dates(due),
            "paid_yuan": kept(amount, cleared),
            "cleared_on": dates(due + random.integers(5, 300, size), cleared),
        }
    )


FEEDS = (
    Feed(
        "court_cases",
        court_cases,
        ("filed_on", "decided_on", "fulfilled_on"),
        {"decided_on": ("outcome",)},
        _status,
    ),
    Feed(
        "dishonest_debtors",
        listings,
        ("published_on", "warned_on", "removed_on", "feedback_on"),
        finish=_feedback_needs_a_warning,
    ),
    Feed("listing_notices", listing_notices, ("notice_on", "withdrawn_on")),
    Feed("accountability", accountability, ("decided_on", "revoked_on")),
    Feed("record_actions", record_actions, ("filed_on", "decided_on"), {"decided_on": ("result",)}),
    Feed("arrears", arrears, ("due_on", "cleared_on"), {"cleared_on": ("paid_yuan",)}),
)
