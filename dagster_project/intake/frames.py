"""The frames that go to the landing: rows, quarantined rows, mentions (docs/architecture.md, 1)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dagster_project.contracts.model import Contract
from dagster_project.intake.cells import NUMBER_MARK
from dagster_project.intake.columns import dtype_of
from dagster_project.intake.hashing import MENTION_SEED, ROW_SEED, combined
from dagster_project.intake.identifiers import name_norms
from dagster_project.intake.readings import Masks
from dagster_project.intake.text import put

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
QUARANTINE_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "feed": pl.String,
    "delivery_id": pl.Int64,
    "sheet": pl.String,
    "row_no": pl.Int64,
    "reasons": pl.List(pl.String),
    "row": pl.String,
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
    return schema


def _norms_of_lists(lists: pl.Series) -> pl.Series:
    """The normalised names of each list; null for none."""
    flat = pl.DataFrame({"at": pl.int_range(len(lists), eager=True), "name": lists}).explode("name")
    flat = flat.with_columns(name_norms(flat["name"])).drop_nulls("name")
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


def mention_frame(
    uscc: pl.Series | None, unit_name: pl.Series | None, region_code: pl.Series | None, reporter: pl.Series
) -> pl.DataFrame:
    """The mention of each row, `mention_id` null where neither code nor name is given."""
    rows = len(reporter)
    nothing = pl.repeat(None, rows, dtype=pl.String, eager=True)
    uscc, unit_name, region_code = (nothing if s is None else s for s in (uscc, unit_name, region_code))
    frame = pl.DataFrame({"uscc": uscc, "unit_name": unit_name, "region_code": region_code, "reporter": reporter})
    frame = frame.with_columns(reporter=pl.when(pl.col("region_code").is_null()).then("reporter"))
    mention_id = combined(frame.get_columns(), MENTION_SEED, rows)
    is_given = uscc.is_not_null() | unit_name.is_not_null()
    return frame.with_columns(mention_id=pl.select(pl.when(is_given).then(mention_id)).to_series())


def unique_mentions(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The distinct mentions of some rows, with the normalised name."""
    given = [frame.drop_nulls("mention_id").unique("mention_id", keep="first", maintain_order=True) for frame in frames]
    distinct = pl.concat(given, how="diagonal").unique("mention_id", keep="first", maintain_order=True)
    if "name_norm" not in distinct.columns:
        distinct = distinct.with_columns(name_norm=name_norms(distinct["unit_name"]))
    distinct = distinct.with_columns(reporter_norm=name_norms(distinct["reporter"]))
    return distinct.select(list(MENTION_SCHEMA))


def landing_frame(
    contract: Contract,
    placed: pl.DataFrame,
    values: dict[str, pl.Series],
    warnings: Masks,
    retracted: pl.Series,
    reporters: pl.Series,
    compensation_unreadable: pl.Series,
    is_landed: pl.Series,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that land, and the mention of each of them."""
    rows = len(placed)
    schema = landing_schema(contract)
    hashed = [values.get(name, dtype_of(column)) for name, column in contract.accepted.items() if name != "retracted"]
    hashed.append(retracted)
    if contract.feed == "commitments":
        hashed.append(compensation_unreadable)
    mentions = mention_frame(values.get("uscc"), values.get("unit_name"), values.get("region_code"), reporters)
    made = {
        "row_no": placed["#row"],
        "line_no": placed["#line"],
        "row_hash": combined(hashed, ROW_SEED, rows),
        "warnings": _warning_texts(contract, warnings, rows),
        "retracted": retracted,
        "mention_id": mentions["mention_id"],
        "compensation_unreadable": compensation_unreadable,
    }
    columns = {**values, **{name: placed[name] for name in ("delivery_id", "sheet")}, **made}
    own = {name: columns[name] for name in schema if name in columns}
    frame = pl.DataFrame(own).filter(is_landed)
    frame = frame.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in own)
    frame = _derived(contract, frame)
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()), mentions.filter(is_landed)


def _derived(contract: Contract, frame: pl.DataFrame) -> pl.DataFrame:
    match contract.feed:
        case "organizations":
            return frame.with_columns(
                pl.col("is_classified").fill_null(False),
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
        case _:
            return frame


def _shown(raw: pl.Series) -> pl.Series:
    """A column as the clerk sees it; null for an empty cell."""
    texts = raw.cast(pl.String) if raw.dtype != pl.String else raw.str.strip_prefix(NUMBER_MARK)
    return pl.select(pl.when(texts.str.strip_chars() != "").then(texts)).to_series()


def quarantine_frame(
    contract: Contract,
    frame: pl.DataFrame,
    placed: pl.DataFrame,
    values: dict[str, pl.Series],
    reasons: Masks,
    reporters: pl.Series,
    places: pl.Series,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The quarantined rows at `places`, and the mention of each of them.

    `row` shows key columns and columns at fault as texts; personal ones, and names of persons, are masked.
    """
    rows = len(places)
    masks = {what: mask.gather(places) for what, mask in reasons.items()}
    reason_parts = [pl.when(mask).then(pl.lit(":".join(what))) for what, mask in masks.items()]
    nothing = pl.repeat(None, rows, dtype=pl.String, eager=True)
    shown: list[pl.Expr] = []
    keys = {name for group in contract.key_groups for name in group}
    for name, column in contract.accepted.items():
        at_fault = [mask for (_, group), mask in masks.items() if name in group.split("|")]
        if name not in frame.columns or not (name in keys or at_fault):
            continue
        texts = _shown(frame[name].gather(places))
        if name not in keys:
            texts = pl.select(pl.when(pl.any_horizontal(at_fault)).then(texts)).to_series()
        if column.personal or (name == "unit_name" and contract.names_are_personal):
            texts = pl.select(pl.when(texts.is_not_null()).then(pl.lit(MASKED))).to_series()
        json = texts.alias(name).to_frame().select(pl.struct(name).struct.json_encode()).to_series()
        shown.append(pl.when(texts.is_not_null()).then(json.str.slice(1, None).str.strip_suffix("}")))
    row = (
        pl.concat_str([pl.lit("{"), pl.concat_str(shown, separator=", ", ignore_nulls=True), pl.lit("}")])
        if shown
        else "{}"
    )
    named = contract.named_units or {name: name for name in ("uscc", "unit_name", "region_code")}
    units = {name: values[column].gather(places) for name, column in named.items() if column in values}
    mentions = mention_frame(
        units.get("uscc"), units.get("unit_name"), units.get("region_code"), reporters.gather(places)
    )
    has_mention = contract.is_about_unit or bool(contract.named_units)
    is_classified = values.get("is_classified") if contract.feed == "organizations" else None
    made = pl.DataFrame(
        {
            "delivery_id": placed["delivery_id"].gather(places),
            "sheet": placed["sheet"].gather(places),
            "row_no": placed["#row"].gather(places),
            "mention_id": mentions["mention_id"] if has_mention else nothing,
            "is_classified": is_classified.gather(places) if is_classified is not None else nothing,
        }
    ).with_columns(
        feed=pl.lit(contract.feed),
        reasons=pl.concat_list(reason_parts).list.drop_nulls() if reason_parts else pl.lit(None),
        row=row if isinstance(row, pl.Expr) else pl.lit(row),
    )
    quarantined = made.select(pl.col(name).cast(dtype) for name, dtype in QUARANTINE_SCHEMA.items())
    return quarantined, mentions if has_mention else mentions.clear()
