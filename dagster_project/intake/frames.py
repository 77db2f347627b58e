"""The frames that go to the landing: rows, quarantined rows, mentions (docs/architecture.md, 1)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dagster_project.contracts.model import Contract
from dagster_project.intake.cells import NUMBER_MARK
from dagster_project.intake.coded import Coded, texts_of
from dagster_project.intake.columns import dtype_of
from dagster_project.intake.hashing import MENTION_SEED, ROW_SEED, combined
from dagster_project.intake.identifiers import name_norms
from dagster_project.intake.readings import Masks, Values
from dagster_project.intake.stored import as_texts
from dagster_project.intake.text import put

# What says which unit a row is about: uscc, unit_name, region_code.
Units = tuple[pl.Series | Coded | None, pl.Series | Coded | None, pl.Series | Coded | None]

# Feeds that land more columns than their contract has, made from these.
_DERIVED = ("organizations", "identity_decisions", "transfers", "evaluations", "tasks")
_KINDS = ("bad_value", "bad_order", "future_date")
MASKED = "***"
MENTION_SCHEMA = {
    "mention_id": pl.Int64,
    "uscc": pl.String,
    "unit_name": pl.String,
    "name_norm": pl.String,
    "region_code": pl.String,
    "reporter": pl.String,
    "reporter_norm": pl.String,
}
# Of a mention what the row itself gives, without the names in the form that is compared.
_GIVEN_SCHEMA = {name: dtype for name, dtype in MENTION_SCHEMA.items() if not name.endswith("_norm")}
QUARANTINE_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "feed": pl.String,
    "delivery_id": pl.Int64,
    "sheet": pl.String,
    "row_no": pl.Int64,
    "reasons": pl.List(pl.String),
    "row": pl.String,
    "row_unnamed": pl.String,
    "mention_id": pl.Int64,
    "is_classified": pl.Boolean,
}


def landing_schema(contract: Contract) -> dict[str, pl.DataType | type[pl.DataType]]:
    """Columns and types of `landing/<feed>/<pack>.parquet`, in their order."""
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "delivery_id": pl.Int64,
        "sheet": pl.String,
        "row_no": pl.Int64,
        "line_no": pl.Int64,
    }
    if contract.is_about_unit:
        schema["mention_id"] = pl.Int64
    schema |= {"row_hash": pl.Int64, "warnings": pl.String, "retracted": pl.Boolean}
    if contract.is_about_unit:
        schema |= {"uscc": pl.String, "unit_name": pl.String, "region_code": pl.String}
    schema |= {column.name: dtype_of(column) for column in contract.columns.values()}
    match contract.feed:
        case "organizations":
            schema |= {"name_norm": pl.String, "short_norms": pl.List(pl.String), "former_norms": pl.List(pl.String)}
        case "identity_decisions":
            schema |= {"seen_norm": pl.String, "is_no_unit": pl.Boolean}
        case "commitments":
            schema |= {"compensation_unreadable": pl.Boolean}
        case "transfers":
            schema |= {"to_name_norm": pl.String}
        case "evaluations":
            schema |= {"evaluator_norm": pl.String}
        case "tasks":
            schema |= {"lead_norms": pl.List(pl.String), "cooperating_norms": pl.List(pl.String)}
    return schema


def _norms_of_lists(lists: pl.Series, in_place: bool = False) -> pl.Series:
    """The normalised names of each list; null for none.

    A name of which nothing is left is dropped; `in_place`: is empty, so that each stands where its name does.
    """
    flat = pl.DataFrame({"at": pl.int_range(len(lists), eager=True), "name": lists}).explode("name").drop_nulls("name")
    flat = flat.with_columns(name_norms(flat["name"]))
    flat = flat.with_columns(pl.col("name").fill_null("")) if in_place else flat.drop_nulls("name")
    lists_again = flat.group_by("at", maintain_order=True).agg("name")
    places = pl.DataFrame({"at": pl.int_range(len(lists), eager=True)})
    return places.join(lists_again, on="at", how="left", maintain_order="left")["name"]


def _warning_texts(contract: Contract, warnings: Masks, rows: int) -> pl.Series:
    order = {name: place for place, name in enumerate(contract.accepted)}
    what = sorted(warnings, key=lambda key: (order[key[1]], _KINDS.index(key[0])))
    nothing = pl.repeat(None, rows, dtype=pl.String, eager=True)
    if not what:
        return nothing
    frame = pl.DataFrame([warnings[key].alias(":".join(key)) for key in what])
    places = frame.select(pl.any_horizontal(pl.all())).to_series().arg_true()
    parts = [pl.when(pl.col(name)).then(pl.lit(name)) for name in frame.columns]
    texts = frame[places].select(pl.concat_str(parts, separator=",", ignore_nulls=True)).to_series()
    return put(nothing, places, texts) if len(places) else nothing


def is_null(column: pl.Series | Coded | None, rows: int) -> pl.Series:
    """Where a column has no value; everywhere for no column."""
    if column is None:
        return pl.repeat(True, rows, dtype=pl.Boolean, eager=True)
    return (column.codes if isinstance(column, Coded) else column).is_null()


def mention_ids(units: Units, reporters: pl.Series) -> pl.Series:
    """The mention of each row, null where neither code nor name is given. `units`: uscc, unit_name, region_code."""
    uscc, unit_name, region_code = units
    # A reporter says nothing where the row has a region of its own.
    reporter: pl.Series | None = None
    if reporters.null_count() < len(reporters):
        own = is_null(region_code, len(reporters))
        reporter = pl.select(pl.when(own).then(reporters).alias("reporter")).to_series()
    columns = [pl.String if column is None else column for column in (uscc, unit_name, region_code, reporter)]
    ids = combined(columns, MENTION_SEED, len(reporters))
    is_given = ~(is_null(uscc, len(reporters)) & is_null(unit_name, len(reporters)))
    return pl.select(pl.when(is_given).then(ids).alias("mention_id")).to_series()


def mention_frame(ids: pl.Series, units: Units, reporters: pl.Series) -> pl.DataFrame:
    """The distinct mentions among some rows: `_GIVEN_SCHEMA`."""
    places = pl.select(pl.lit(ids).arg_unique()).to_series()
    places = places.filter(ids.gather(places).is_not_null())
    nothing = pl.repeat(None, len(places), dtype=pl.String, eager=True)
    uscc, unit_name, region_code = (nothing if column is None else column.gather(places) for column in units)
    reporter = pl.select(pl.when(region_code.is_null()).then(reporters.gather(places))).to_series()
    made = {
        "mention_id": ids.gather(places),
        "uscc": uscc,
        "unit_name": unit_name,
        "region_code": region_code,
        "reporter": reporter,
    }
    return pl.DataFrame(made)


def unique_mentions(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The distinct mentions of several frames of them."""
    return pl.concat(frames).unique("mention_id", keep="first", maintain_order=True)


def with_compared_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Mentions with the names in the form that is compared: what is kept of them."""
    return mentions.with_columns(
        name_norm=name_norms(mentions["unit_name"]), reporter_norm=name_norms(mentions["reporter"])
    ).select(list(MENTION_SCHEMA))


def landing_frame(
    contract: Contract,
    placed: pl.DataFrame,
    values: Values,
    warnings: Masks,
    retracted: pl.Series,
    reporters: pl.Series,
    compensation_unreadable: pl.Series,
    is_landed: pl.Series,
) -> tuple[pl.DataFrame, dict[str, Coded], pl.DataFrame]:
    """The rows that land; those of their columns that are kept by their distinct values; the mentions in them."""
    rows = len(placed)
    schema = landing_schema(contract)
    hashed = [values.get(name, dtype_of(column)) for name, column in contract.accepted.items() if name != "retracted"]
    hashed.append(retracted)
    if contract.feed == "commitments":
        hashed.append(compensation_unreadable)
    units = (values.get("uscc"), values.get("unit_name"), values.get("region_code"))
    ids = mention_ids(units, reporters)
    made = {
        "row_hash": combined(hashed, ROW_SEED, rows),
        "warnings": _warning_texts(contract, warnings, rows),
        "retracted": retracted,
        "mention_id": ids,
        "compensation_unreadable": compensation_unreadable,
    }
    columns = {**values, **placed.to_dict(), **made}
    if contract.feed in _DERIVED:
        columns = {name: texts_of(column) for name, column in columns.items()}
    own = {name: columns[name] for name in schema if name in columns}
    coded = {name: column.filter(is_landed) for name, column in own.items() if isinstance(column, Coded)}
    frame = pl.DataFrame({name: column for name, column in own.items() if not isinstance(column, Coded)})
    frame = frame.filter(is_landed)
    frame = frame.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in own)
    frame = _derived(contract, frame)
    landed = frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items() if name not in coded)
    is_mentioned = is_landed if contract.is_about_unit else pl.repeat(False, rows, eager=True)
    uscc, unit_name, region_code = (None if column is None else column.filter(is_mentioned) for column in units)
    live = (uscc, unit_name, region_code)
    return landed, coded, mention_frame(ids.filter(is_mentioned), live, reporters.filter(is_mentioned))


def _derived(contract: Contract, frame: pl.DataFrame) -> pl.DataFrame:
    match contract.feed:
        case "organizations":
            return frame.with_columns(
                name_norm=name_norms(frame["name"]),
                short_norms=_norms_of_lists(frame["short_names"]),
                former_norms=_norms_of_lists(frame["former_names"]),
            )
        case "identity_decisions":
            no_unit = contract.columns["uscc"].no_unit
            return frame.with_columns(
                seen_norm=name_norms(frame["seen_name"]),
                is_no_unit=(pl.col("uscc") == no_unit).fill_null(False),
                uscc=pl.when(pl.col("uscc") != no_unit).then("uscc"),
            )
        case "transfers":
            return frame.with_columns(to_name_norm=name_norms(frame["to_name"]))
        case "evaluations":
            return frame.with_columns(evaluator_norm=name_norms(frame["evaluator"]))
        case "tasks":
            return frame.with_columns(
                lead_norms=_norms_of_lists(frame["lead"], in_place=True),
                cooperating_norms=_norms_of_lists(frame["cooperating"], in_place=True),
            )
        case _:
            return frame


def _shown(raw: pl.Series) -> pl.Series:
    """A column as the clerk sees it; null for an empty cell."""
    texts = as_texts(raw).str.strip_prefix(NUMBER_MARK)
    return pl.select(pl.when(texts.str.strip_chars() != "").then(texts)).to_series()


def _masked(texts: pl.Series) -> pl.Series:
    return pl.select(pl.when(texts.is_not_null()).then(pl.lit(MASKED))).to_series()


def _member(name: str, texts: pl.Series) -> pl.Expr:
    """A column as a member of a JSON object; null for no value."""
    json = texts.alias(name).to_frame().select(pl.struct(name).struct.json_encode()).to_series()
    return pl.when(texts.is_not_null()).then(json.str.slice(1, None).str.strip_suffix("}"))


def _object(members: Sequence[pl.Expr]) -> pl.Expr:
    if not members:
        return pl.lit("{}")
    return pl.concat_str([pl.lit("{"), pl.concat_str(members, separator=", ", ignore_nulls=True), pl.lit("}")])


def quarantine_frame(
    contract: Contract,
    columns: Values,
    placed: pl.DataFrame,
    values: Values,
    reasons: Masks,
    reporters: pl.Series,
    places: pl.Series,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The quarantined rows at `places`, and the mention of each of them.

    `row` shows key columns and columns at fault as texts; personal ones, and names of persons, are masked. So is the
    unit's name in `row_unnamed`.
    """
    rows = len(places)
    if not rows:
        return pl.DataFrame(schema=QUARANTINE_SCHEMA), pl.DataFrame(schema=_GIVEN_SCHEMA)
    masks = {what: mask.gather(places) for what, mask in reasons.items()}
    reason_parts = [pl.when(mask).then(pl.lit(":".join(what))) for what, mask in masks.items()]
    nothing = pl.repeat(None, rows, dtype=pl.String, eager=True)
    named = contract.named_units or {name: name for name in ("uscc", "unit_name", "region_code")}
    shown: list[pl.Expr] = []
    shown_unnamed: list[pl.Expr] = []
    keys = {name for group in contract.key_groups for name in group}
    for name, column in contract.accepted.items():
        at_fault = [mask for (_, group), mask in masks.items() if name in group.split("|")]
        if name not in columns or not (name in keys or at_fault):
            continue
        texts = _shown(columns[name].gather(places))
        if name not in keys:
            texts = pl.select(pl.when(pl.any_horizontal(at_fault)).then(texts)).to_series()
        if column.personal or (name == "unit_name" and contract.names_are_personal):
            texts = _masked(texts)
        shown.append(_member(name, texts))
        shown_unnamed.append(_member(name, _masked(texts)) if name == named.get("unit_name") else shown[-1])
    uscc, unit_name, region_code = (
        values[named[name]].gather(places) if named.get(name) in values else None
        for name in ("uscc", "unit_name", "region_code")
    )
    held = (uscc, unit_name, region_code)
    reporters = reporters.gather(places)
    ids = mention_ids(held, reporters)
    is_classified = values.get("is_classified") if contract.feed == "organizations" else None
    made = pl.DataFrame(
        {
            "delivery_id": placed["delivery_id"].gather(places),
            "sheet": placed["sheet"].gather(places),
            "row_no": placed["row_no"].gather(places),
            "mention_id": ids,
            "is_classified": nothing if is_classified is None else is_classified.gather(places),
        }
    ).with_columns(
        feed=pl.lit(contract.feed),
        reasons=pl.concat_list(reason_parts).list.drop_nulls() if reason_parts else pl.lit(None),
        row=_object(shown),
        row_unnamed=_object(shown_unnamed),
    )
    quarantined = made.select(pl.col(name).cast(dtype) for name, dtype in QUARANTINE_SCHEMA.items())
    return quarantined, mention_frame(ids, held, reporters)
