"""The typed model of a contract, and the reader of its file."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
# The loader in C where there is one: the contracts are read by every run, and ten times as fast.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Type = Literal[
    "text", "date", "money", "number", "integer", "boolean", "code", "list", "uscc", "region", "case_no", "quarter"
]


class Column(BaseModel):
    """One column of a feed.

    `names` are the Chinese names by which a header cell is recognised, `label` the one shown to people.
    `quarantines`: an unreadable value quarantines the row although the column is optional.
    `reference`: the column holds a key of another feed. `no_unit`: a text that stands for "no unit of ours".
    `personal`: it is about a person, and stays in the warehouse. `can_name`: it may name or quote one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    type: Type
    names: tuple[str, ...]
    description: str
    label: str
    key: bool = False
    required: bool = False
    quarantines: bool = False
    reference: bool = False
    personal: bool = False
    can_name: bool = False
    codes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    no_unit: str | None = None

    @property
    def is_demanded(self) -> bool:
        """Whether a row without a readable value in it is quarantined."""
        return self.key or self.required

    @property
    def loses_its_end(self) -> bool:
        """Whether a sheet's number of 16 digits or more is unreadable here (feeds.md, "Values")."""
        return self.key or self.reference or self.type in ("code", "uscc")


class Order(BaseModel):
    """`earlier → later`: `later` must not lie before `earlier`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    earlier: str
    later: str


class Contract(BaseModel):
    """One feed. `columns` are its own, in the order of the file; `unit_columns` say which unit a row is about.

    `unit`: `key` (the unit is part of the key), `required`, `optional`, or None (rows are about no unit).
    `needs`: a value in the first column demands one in the second. `named_units`: where rows are about no unit, the
    columns that name one all the same.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: str
    label: str
    description: str
    is_core: bool = False
    unit: Literal["key", "required", "optional"] | None = None
    names_are_personal: bool = False
    columns: dict[str, Column]
    unit_columns: dict[str, Column] = Field(default_factory=dict)
    region_column: Column | None = None
    retracted_column: Column
    orders: tuple[Order, ...] = ()
    future_checked: tuple[str, ...] = ()
    needs: dict[str, str] = Field(default_factory=dict)
    named_units: dict[str, str] = Field(default_factory=dict)

    @property
    def is_about_unit(self) -> bool:
        """Whether each row is about a unit given by uscc, unit_name, or both."""
        return self.unit is not None

    @property
    def accepted(self) -> dict[str, Column]:
        """Every column that a header may name: the unit's, the region's and `retracted` with the feed's own."""
        region = {"region_code": self.region_column} if self.region_column else {}
        return {**self.unit_columns, **region, **self.columns, "retracted": self.retracted_column}

    @property
    def key_groups(self) -> tuple[tuple[str, ...], ...]:
        """The key, as groups of columns of which at least one must be there."""
        unit = (("uscc", "unit_name"),) if self.unit == "key" else ()
        return unit + tuple((c.name,) for c in self.columns.values() if c.key)

    @property
    def demanded_groups(self) -> tuple[tuple[str, ...], ...]:
        """What a row needs (keys and required columns), as groups of columns of which at least one must be there."""
        unit = (("uscc", "unit_name"),) if self.unit in ("key", "required") else ()
        return unit + tuple((c.name,) for c in self.columns.values() if c.is_demanded)


def _read(path: Path) -> dict[str, Any]:
    given: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    return given


def _column(name: str, given: dict[str, Any], code_lists: dict[str, Any]) -> Column:
    given = dict(given)
    if shared := given.pop("code_list", None):
        given["codes"] = code_lists[shared]
    return Column(name=name, label=given.pop("label", given["names"][0]), **given)


def _contract(path: Path, shared: dict[str, Any]) -> Contract:
    given = _read(path)
    lists = shared["code_lists"]
    columns = {name: _column(name, c, lists) for name, c in given.pop("columns").items()}
    further_names = given.pop("unit_names", [])
    unit_columns: dict[str, Column] = {}
    if given.get("unit"):
        unit_columns = {name: _column(name, c, lists) for name, c in shared["unit_columns"].items()}
        name = unit_columns["unit_name"]
        unit_columns["unit_name"] = name.model_copy(update={"names": name.names + tuple(further_names)})
    region = None if "region_code" in columns else _column("region_code", shared["region_column"]["region_code"], lists)
    orders = [dict(zip(("earlier", "later"), text.split(" → "), strict=True)) for text in given.pop("orders", [])]
    return Contract(
        columns=columns,
        unit_columns=unit_columns,
        region_column=region,
        retracted_column=_column("retracted", shared["retracted_column"]["retracted"], lists),
        orders=tuple(Order(**order) for order in orders),
        **given,
    )


def read(feeds: tuple[str, ...]) -> dict[str, Contract]:
    """The contracts of `feeds`, by name, in that order."""
    shared = _read(HERE / "_shared.yml")
    return {feed: _contract(HERE / f"{feed}.yml", shared) for feed in feeds}
