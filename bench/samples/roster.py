"""The units of the samples: 600 invented ones, and the 33 departments that annex 1 of the Ganzhou notice names.

Of the 33 nothing is known but their names: they stand in the roster and in no other feed. All codes are made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from bench.codes import made_up_uscc
from bench.regions import Region, region, regions
from bench.samples import words
from bench.samples.chance import stream

#: Annex 1 of the notice of 15 August 2023, in its order.
NAMED_IN_ANNEX = (
    "市发展改革委",
    "市教育局",
    "市科技局",
    "市工信局",
    "市公安局",
    "市民政局",
    "市司法局",
    "市财政局",
    "市人社局",
    "市自然资源局",
    "市生态环境局",
    "市住建局",
    "市公积金中心",
    "市交通运输局",
    "市水利局",
    "市农业农村局",
    "市商务局",
    "市文广新旅局",
    "市卫健委",
    "市应急管理局",
    "市国资委",
    "市林业局",
    "市政府金融办",
    "市市场监管局",
    "市体育局",
    "市统计局",
    "市人防办",
    "市乡村振兴局",
    "市医保局",
    "市城管局",
    "市行政审批局",
    "市城市住房服务中心",
    "市供销社",
)
_ANNEX_TYPES = {"市公积金中心": "institution", "市城市住房服务中心": "institution", "市供销社": "institution"}
#: Whose deliveries a region's come with: the code's beginning, longest first.
ROUTES = (
    ("410422", "yexian"),
    ("3607", "ganzhou"),
    ("4107", "xinxiang"),
    ("2304", "hegang"),
    ("23", "heilongjiang"),
    ("32", "jiangsu"),
)
#: (government, departments, institutions, towns, enterprises, others) of a region, by route and level.
_MAKE_UP = {
    ("ganzhou", "city"): (1, 9, 3, 0, 2, 0),
    ("ganzhou", "county"): (1, 6, 1, 2, 1, 0),
    ("xinxiang", "city"): (1, 8, 2, 0, 1, 2),
    ("xinxiang", "county"): (1, 5, 1, 1, 0, 1),
    ("yexian", "county"): (1, 16, 5, 7, 1, 0),
    ("heilongjiang", "province"): (0, 7, 1, 0, 0, 0),
    ("heilongjiang", "city"): (1, 3, 1, 0, 0, 0),
    ("heilongjiang", "county"): (1, 3, 1, 1, 0, 0),
    ("hegang", "city"): (1, 8, 2, 0, 1, 0),
    ("hegang", "county"): (1, 3, 1, 1, 0, 0),
    ("jiangsu", "province"): (0, 8, 1, 0, 1, 0),
    ("jiangsu", "city"): (1, 4, 1, 0, 1, 0),
    ("jiangsu", "county"): (1, 6, 1, 2, 0, 0),
}


@dataclass(frozen=True)
class Unit:
    """One unit. `trust` (0–1) is how well it keeps its word in the samples; it stands in no file."""

    uscc: str
    name: str
    region: Region
    org_type: str
    level: str
    short_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    parent_uscc: str | None = None
    is_classified: bool = False
    established_on: date | None = None
    abolished_on: date | None = None
    successor_uscc: str | None = None
    trust: float = field(default=0.8, compare=False)

    @property
    def route(self) -> str:
        return route_of(self.region.code)

    def exists_on(self, day: date) -> bool:
        begun = self.established_on is None or self.established_on <= day
        return begun and (self.abolished_on is None or self.abolished_on > day)


def route_of(code: str) -> str:
    """Which of the six regional offices sends a region's deliveries. Raises StopIteration for a foreign code."""
    return next(route for prefix, route in ROUTES if code.startswith(prefix))


@cache
def annex_units() -> tuple[Unit, ...]:
    """The 33 departments, with made-up codes."""
    city = region("360700")
    return tuple(
        Unit(
            made_up_uscc("institution" if name in _ANNEX_TYPES else "department", city.code, 900001 + number),
            name,
            city,
            _ANNEX_TYPES.get(name, "department"),
            "city",
        )
        for number, name in enumerate(NAMED_IN_ANNEX)
    )


@cache
def units() -> tuple[Unit, ...]:
    """All invented units as they are known in the end, those of the small stories among them."""
    made: list[Unit] = []
    for place in regions():
        made += _ordinary(place, len(made) + 1)
    return tuple(_with_stories(made))


def by_name(name: str) -> Unit:
    """The invented unit of a name. Raises KeyError."""
    return {unit.name: unit for unit in units()}[name]


def _ordinary(place: Region, first: int) -> list[Unit]:
    random = stream("roster", place.code)
    governments, departments, institutions, towns, enterprises, others = _MAKE_UP[(route_of(place.code), place.level)]
    names: list[tuple[str, str, str]] = [("人民政府", "", "government")] * governments
    # The first eight departments are everywhere, the rest as it comes.
    chosen = (
        list(words.DEPARTMENTS)[:departments]
        if departments < 8
        else random.sample(list(words.DEPARTMENTS), departments)
    )
    names += [(name, words.DEPARTMENTS[name], "department") for name in words.DEPARTMENTS if name in chosen]
    names += [(name, words.INSTITUTIONS[name], "institution") for name in list(words.INSTITUTIONS)[:institutions]]
    names += [(name, "", "township") for name in words.TOWNS[:towns]]
    names += [(name, "", "enterprise") for name in words.ENTERPRISES[:enterprises]]
    names += [(name, "", "other") for name in words.OTHERS[:others]]
    made: list[Unit] = []
    for number, (name, short, org_type) in enumerate(names, first):
        renamed = org_type == "department" and random.random() < 0.15
        made.append(
            Unit(
                uscc=made_up_uscc(org_type, place.code, number),
                name=f"示例{place.place}{name}",
                region=place,
                org_type=org_type,
                level="township" if org_type == "township" else place.level,
                short_names=(short,) if short else (),
                former_names=(f"示例{place.place}{_formerly(name)}",) if renamed else (),
                parent_uscc=made[0].uscc if made and org_type in ("institution", "enterprise") else None,
                established_on=date(random.randint(1986, 2019), random.randint(1, 12), random.randint(1, 28))
                if random.random() < 0.6
                else None,
                trust=min(1.0, random.betavariate(6, 1.8)),
            )
        )
    return made


def _formerly(name: str) -> str:
    changes = {"委员会": "局", "局": "委员会"}
    return next(name.removesuffix(end) + other for end, other in changes.items() if name.endswith(end))


def _with_stories(made: list[Unit]) -> list[Unit]:
    """The units to which something happens: `data/README.md` tells each story."""
    known = {unit.name: unit for unit in made}
    city, district, county = region("360700"), region("360702"), region("410422")

    def new(name: str, place: Region, org_type: str = "department", **more: object) -> Unit:
        number = len(made) + 1
        unit = Unit(made_up_uscc(org_type, place.code, number), name, place, org_type, place.level, **more)  # type: ignore[arg-type]
        made.append(unit)
        known[name] = unit
        return unit

    # Merged in the reform of March 2024; its promises and debts go to the successor.
    new(
        "示例云岭市乡村发展局",
        city,
        abolished_on=date(2024, 3, 31),
        successor_uscc=known["示例云岭市财政局"].uscc,
        trust=0.4,
    )
    new(
        "示例青涧区扶贫开发办公室",
        district,
        abolished_on=date(2024, 3, 31),
        successor_uscc=known["示例青涧区财政局"].uscc,
        trust=0.4,
    )
    # A chain of successors: 2023-06-30 to the second, 2024-06-30 to the third.
    last = new("示例枫溪区文化旅游发展中心", region("410704"), "institution", established_on=date(2023, 1, 1))
    middle = new(
        "示例枫溪区旅游服务中心",
        last.region,
        "institution",
        abolished_on=date(2024, 6, 30),
        successor_uscc=last.uscc,
        trust=0.5,
    )
    new(
        "示例枫溪区旅游质监所",
        last.region,
        "institution",
        abolished_on=date(2023, 6, 30),
        successor_uscc=middle.uscc,
        trust=0.4,
    )
    # Abolished, and nobody took over.
    new("示例云涧县开发区管理委员会", county, abolished_on=date(2024, 5, 31), trust=0.3)
    # New: one old enough to be measured in the end, one still within its days of grace.
    new("示例云岭市数据局", city, established_on=date(2024, 1, 15))
    new("示例石湾省低空经济促进中心", region("320000"), "institution", established_on=date(2024, 11, 20))
    # Alike, and two all the same.
    new("示例松桥区城乡建设发展中心", region("360703"), "institution", trust=0.5)
    new("示例松桥区城镇建设发展中心", region("360703"), "institution", trust=0.9)
    # Classified: no figure and no output knows them.
    new("示例云岭市保密工作一处", city, is_classified=True)
    new("示例青桥省保密工作二处", region("230000"), is_classified=True)
    return made


def current(unit: Unit, day: date) -> Unit:
    """The unit as the roster of that day tells it: what was decided later is not known yet."""
    if unit.abolished_on is not None and unit.abolished_on > day:
        return replace(unit, abolished_on=None, successor_uscc=None)
    return unit
