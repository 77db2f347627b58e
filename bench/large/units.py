"""The roster of the large feeds: units spread over the counties of the six policies' regions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from bench.codes import PREFIXES, made_up_usccs
from bench.large.columns import kept, pick, rng, some
from bench.large.sizes import Size
from bench.regions import regions

_DEPARTMENTS = [
    "发展和改革局", "教育局", "科技局", "工业和信息化局", "公安局", "民政局", "司法局", "财政局",
    "人力资源和社会保障局", "自然资源局", "生态环境局", "住房和城乡建设局", "交通运输局", "水利局", "农业农村局",
    "商务局", "文化和旅游局", "卫生健康局", "应急管理局", "审计局", "统计局", "医疗保障局", "城市管理局",
    "行政审批局", "市场监督管理局", "林业局", "信访局", "政务服务中心", "公共资源交易中心", "住房保障中心",
]  # fmt: skip
_TYPES = ("government", "department", "institution", "township", "enterprise", "other")
_SHARES = (0.03, 0.55, 0.17, 0.18, 0.05, 0.02)
#: Counties of one city in a large feed; the samples' codes are too few for 100,000 units.
_COUNTIES_OF_A_CITY = 24


def _counties() -> list[str]:
    cities = sorted({one.code[:4] for one in regions() if one.level != "province"} - {"4104"})
    cities += [f"23{city:02d}" for city in (3, 5, 6, 7, 8, 9, 10)] + [
        f"32{city:02d}" for city in (2, 4, 6, 8, 9, 10, 11, 12, 13)
    ]
    return sorted({f"{city}{county:02d}" for city in cities for county in range(1, _COUNTIES_OF_A_CITY)} | {"410422"})


def units(size: Size, counties: Sequence[str] = ()) -> pl.DataFrame:
    """One row a unit: the columns of the roster, and `name`, `former_name`, `short_name` as one text each.

    The units are spread over these counties; none given: over those of the six policies' regions.
    """
    random = rng(0)
    number = np.arange(size.units)
    counties = counties or _counties()
    codes = np.array(counties)[number % len(counties)]
    kinds = random.choice(len(_TYPES), size=size.units, p=np.array(_SHARES))
    types = np.array(_TYPES)[kinds]
    prefixes = np.array([PREFIXES[one] for one in _TYPES])[kinds]
    uscc = pl.Series(made_up_usccs(prefixes, codes, number))
    department = pl.Series(_DEPARTMENTS).gather(random.integers(0, len(_DEPARTMENTS), size.units))
    place = pl.Series(number % len(counties)).cast(pl.String)
    own = pl.Series(number // len(counties)).cast(pl.String)
    name = "示例第" + place + "区" + department + own + "处"
    frame = pl.DataFrame(
        {
            "uscc": uscc,
            "name": name,
            "short_name": department + own + "处",
            "former_name": kept("示例原第" + place + "区" + department + own + "处", some(random, size.units, 0.15)),
            "region_code": pl.Series(codes),
            "org_type": pl.Series(types),
            "is_classified": pl.Series(some(random, size.units, 0.003)),
            "abolished_on": pick(random, size.units, {"2023-09-30": 0.5, "2024-03-31": 0.5}).str.to_date(),
            "successor_uscc": uscc.shift(1),
        }
    )
    is_abolished = pl.Series(some(random, size.units, 0.02) & (number > 0))
    return frame.with_columns(
        pl.lit("county").alias("level"),
        pl.lit(date(2010, 1, 1)).alias("established_on"),
        pl.when(is_abolished).then("abolished_on").alias("abolished_on"),
        pl.when(is_abolished).then("successor_uscc").alias("successor_uscc"),
    )
