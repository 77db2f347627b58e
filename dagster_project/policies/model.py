"""The typed model of a policy, with the defaults of policies.md. `title` is the parameter's Chinese name."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from dagster_project.policies.codes import (
    ComplaintChannel,
    ComplaintKey,
    Copy,
    Element,
    Feed,
    Item,
    Metric,
    OrgType,
    OrgTypeKey,
    PublicationChannel,
    RecordKind,
    Step,
    TermPart,
)

# No term is longer; a longer one leads to dates that nobody has.
MOST_DAYS = 3660
#: Far more than any office's full score; what is larger bursts the sums of a year.
MOST_POINTS = 10_000

_TERM = re.compile(r"([0-9]{1,5})(wd|d)(@accepted)?")
_MONTH_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
_REGION_PREFIX = re.compile(r"[0-9]{2}([0-9]{2}){0,2}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _number(given: Any) -> Any:
    # A boolean is an int to Python, a text with digits a number to pydantic.
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise PydanticCustomError("number_type", "a number")
    return given


def _day(given: Any) -> Any:
    if isinstance(given, str) and _ISO_DAY.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    if type(given) is not date:
        raise PydanticCustomError("date_type", "a date")
    return given


def _month_day(given: str) -> str:
    try:
        # 29 February is a day of some years.
        if _MONTH_DAY.fullmatch(given) and date.fromisoformat(f"2000-{given}"):
            return given
    except ValueError:
        pass
    raise PydanticCustomError("month_day_type", "MM-DD")


def _region_prefix(given: Any) -> Any:
    # Not quoted it is a number, which has lost its leading zeros.
    if not isinstance(given, str) or not _REGION_PREFIX.fullmatch(given):
        raise PydanticCustomError("region_prefix_type", "2, 4 or 6 digits, quoted")
    return given


def _filled(given: str) -> str:
    if not given.strip():
        raise PydanticCustomError("text_type", "a text")
    return given.strip()


def _not_empty(given: tuple[Any, ...]) -> tuple[Any, ...]:
    if not given:
        raise PydanticCustomError("too_short", "not empty")
    return given


Text = Annotated[StrictStr, AfterValidator(_filled)]
Day = Annotated[date, BeforeValidator(_day)]
MonthDay = Annotated[StrictStr, AfterValidator(_month_day)]
Days = Annotated[StrictInt, Field(ge=0, le=MOST_DAYS)]
Rate = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=1)]
Weight = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=1, max_digits=6, decimal_places=4)]
Points = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=MOST_POINTS, max_digits=18, decimal_places=8)]
Score = Annotated[Decimal, BeforeValidator(_number), Field(max_digits=12, decimal_places=4)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(_Section):
    """A length of time: `5wd` (workdays) or `30d` (days), from receipt or, with `@accepted`, from acceptance."""

    days: Days
    is_workdays: bool
    from_accepted: bool

    @classmethod
    def read(cls, given: Any) -> Term:
        """From the way it is written. Raises PydanticCustomError for anything else."""
        found = _TERM.fullmatch(given) if isinstance(given, str) else None
        if found is None or int(found[1]) > MOST_DAYS:
            raise PydanticCustomError("term_type", "a term")
        return cls(days=int(found[1]), is_workdays=found[2] == "wd", from_accepted=found[3] is not None)

    def __str__(self) -> str:
        return f"{self.days}{'wd' if self.is_workdays else 'd'}{'@accepted' if self.from_accepted else ''}"


WrittenTerm = Annotated[Term, BeforeValidator(Term.read)]


class Terms(_Section):
    """The terms of one channel; a part left out is taken from `default`."""

    accept: WrittenTerm | None = Field(default=None, title="受理期限")
    resolve: WrittenTerm | None = Field(default=None, title="办结期限")
    max_extension: WrittenTerm | None = Field(default=None, title="最长延期")


class Scope(_Section):
    org_types: tuple[OrgType, ...] = Field(
        default=("government", "department", "institution", "township"), title="纳入范围的机构类型"
    )
    grace_days: Days = Field(default=0, title="新设单位宽限日数")


class Letter(_Section):
    due: MonthDay | None = Field(default=None, title="承诺书截止日")
    elements: tuple[Element, ...] = Field(default=(), title="承诺书要素")
    copies: tuple[Copy, ...] = Field(default=(), title="报送版本")
    head_signature_required: StrictBool = Field(default=False, title="须主要负责人签字")
    quarterly_inventory: StrictBool = Field(default=False, title="按季梳理承诺事项")
    inventory_days: Days = Field(default=15, title="季末后梳理报送日数")


class Target(_Section):
    """The rate to be reached by a day."""

    by: Day
    rate: Rate


class Coverage(_Section):
    targets: tuple[Target, ...] = Field(default=(), title="承诺覆盖率目标")


class Publicity(_Section):
    targets: tuple[Target, ...] = Field(default=(), title="公开公示率目标")
    due: MonthDay | None = Field(default=None, title="公示截止日")
    require: Literal["any", "all"] = Field(default="any", title="须公示的渠道：任一或全部")
    # An empty list would say neither "every channel is good" nor "none is".
    channels: dict[OrgTypeKey, Annotated[tuple[PublicationChannel, ...], AfterValidator(_not_empty)]] = Field(
        default_factory=dict, title="公示渠道"
    )


class Listing(_Section):
    risk_days: Days | None = Field(default=None, title="执行案件预警日数")
    feedback_days: Days | None = Field(default=None, title="工作提示单反馈日数")


class Ledger(_Section):
    kinds: tuple[RecordKind, ...] = Field(default=(), title="记入失信记录的类型")
    tolerance: StrictBool = Field(default=False, title="认可容错纠错")
    repaired_weight: Weight = Field(default=Decimal(1), title="已修复记录的权重")
    lenient_weight: Weight = Field(default=Decimal(1), title="从轻记录的权重")
    listing_years: Literal["active", "published"] = Field(default="active", title="失信被执行人记录计入的年份")


class Clearance(_Section):
    years: Annotated[StrictInt, Field(ge=1, le=100)] = Field(default=3, title="信用核查年数")


class Procedure(_Section):
    steps: tuple[Step, ...] = Field(default=(), title="决策程序环节")


class Reporting(_Section):
    """Who is to report which feed, in a folder of its own (Jiangsu, 一(三)); none: nobody is asked."""

    feeds: dict[Feed, Annotated[tuple[OrgType, ...], AfterValidator(_not_empty)]] = Field(
        default_factory=dict, title="应自行报送的单位类型"
    )


class _Rule(_Section):
    id: Text
    cap: Points | None = None


class PerRecord(_Rule):
    type: Literal["per_record"]
    kinds: Annotated[tuple[RecordKind, ...], AfterValidator(_not_empty)]
    points: Points


class PercentPerRecord(_Rule):
    type: Literal["percent_per_record"]
    kinds: Annotated[tuple[RecordKind, ...], AfterValidator(_not_empty)]
    percent: Points


class MissingThing(_Rule):
    type: Literal["missing_letter", "incomplete_letter", "unpublished_letter", "missing_inventory"]
    points: Points


class Shortfall(_Rule):
    type: Literal["shortfall"]
    metric: Metric
    target: Annotated[Points, Field(gt=0)]
    points: Points


class PerOverdue(_Rule):
    type: Literal["per_overdue"]
    item: Item
    points: Points


Rule = Annotated[PerRecord | PercentPerRecord | MissingThing | Shortfall | PerOverdue, Field(discriminator="type")]


class Scoring(_Section):
    base: Annotated[Score, Field(ge=0)] = Field(default=Decimal(100), title="基准分")
    bands: dict[Text, Score] = Field(default_factory=dict, title="等次的最低分")
    rules: tuple[Rule, ...] = Field(default=(), title="扣分规则")


class Policy(_Section):
    """One policy file as written, or one policy resolved: what is left out has the default of policies.md."""

    id: Text
    name: Text
    notice: Text | None = None
    region_prefix: Annotated[StrictStr, BeforeValidator(_region_prefix)] | None = None
    extends: Text | None = None
    effective_from: Day | None = None
    effective_to: Day | None = None
    scope: Scope = Field(default_factory=Scope, title="适用范围")
    letter: Letter = Field(default_factory=Letter, title="承诺书")
    coverage: Coverage = Field(default_factory=Coverage, title="覆盖率")
    publicity: Publicity = Field(default_factory=Publicity, title="公示")
    complaints: dict[ComplaintKey, Terms] = Field(default_factory=dict, title="投诉办理期限")
    listing: Listing = Field(default_factory=Listing, title="失信被执行人")
    ledger: Ledger = Field(default_factory=Ledger, title="失信记录")
    clearance: Clearance = Field(default_factory=Clearance, title="信用核查")
    procedure: Procedure = Field(default_factory=Procedure, title="决策程序")
    reporting: Reporting = Field(default_factory=Reporting, title="数据报送")
    scoring: Scoring = Field(default_factory=Scoring, title="年度评分")
    set_by: dict[Text, Text] = Field(default_factory=dict)

    @property
    def is_template(self) -> bool:
        """Whether it is never in force by itself."""
        return self.region_prefix is None

    def term(self, channel: ComplaintKey, part: TermPart) -> Term | None:
        """The term of a channel; what the channel lacks is taken from `default`, part by part."""
        own: Term | None = getattr(self.complaints.get(channel, Terms()), part)
        common: Term | None = getattr(self.complaints.get("default", Terms()), part)
        return common if own is None else own


#: Keys that no policy inherits.
NEVER_INHERITED = ("id", "name", "notice", "region_prefix", "effective_from", "effective_to", "extends")
#: Maps that are replaced as if they were lists.
REPLACED_WHOLE = frozenset({("publicity", "channels")})
CHANNELS: tuple[ComplaintChannel, ...] = get_args(ComplaintChannel)
PARTS: tuple[TermPart, ...] = get_args(TermPart)
