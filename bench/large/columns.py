"""Small steps that all generated feeds are made of: seeded numbers, picks, days, and the units that rows are about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench.large.sizes import SEED, month_end, month_start

Days = NDArray[np.int64]
#: The share of rows that give a unit by its name alone.
BY_NAME_ALONE = 0.05
PHRASES = {
    "where": [
        "园区",
        "示例工业集聚区",
        "老城改造片区",
        "乡镇卫生院",
        "学校周边",
        "产业孵化基地",
        "高铁新区",
        "农贸市场",
    ],
    "what": [
        "招商时答应的设备补贴一直没有到账，多次催问都说在走流程",
        "工程去年就验收合格，尾款却一拖再拖，民工工资也受影响",
        "协议约定的土地平整没有完成，企业迟迟无法开工",
        "法院判决已经生效半年，仍然没有履行给付义务",
        "拆迁安置承诺两年内交房，现在已经超过期限",
        "政府采购货款到期未付，供应商资金周转困难",
        "优惠政策文件明确写明减免，窗口却不予办理",
        "承诺公开的服务事项清单没有公开，办事要跑好几趟",
    ],
    "wish": [
        "请尽快核实并书面答复",
        "希望明确兑现时间",
        "请求协调解决",
        "要求说明原因并整改",
        "盼上级部门督办",
        "请依法处理",
    ],
}


def rng(*path: int) -> np.random.Generator:
    """Random numbers of one feed and month, independent of what else is generated."""
    return np.random.default_rng([SEED, *path])


def pick(random: np.random.Generator, size: int, shares: dict[str | None, float]) -> pl.Series:
    """A column of codes with about these shares (which sum to 1)."""
    choices = random.choice(len(shares), size=size, p=np.array(list(shares.values())))
    return pl.Series(list(shares), dtype=pl.String).gather(choices)


def some(random: np.random.Generator, size: int, share: float) -> NDArray[np.bool_]:
    """A mask that holds for about this share."""
    return random.random(size) < share


def days_of_month(random: np.random.Generator, size: int, month: int) -> Days:
    """Days within a month, since 1970-01-01."""
    first = np.datetime64(month_start(month), "D").astype(np.int64)
    last = np.datetime64(month_end(month), "D").astype(np.int64)
    return random.integers(first, last + 1, size)


def dates(days: Days, keep: NDArray[np.bool_] | None = None) -> pl.Series:
    """A DATE column; null where `keep` does not hold."""
    series = pl.Series(days.astype(np.int32), dtype=pl.Int32).cast(pl.Date)
    return series if keep is None else kept(series, keep)


def kept(series: pl.Series, keep: NDArray[np.bool_]) -> pl.Series:
    """The column, null where `keep` does not hold."""
    return series.zip_with(pl.Series(keep), series.clear(len(series)))


def yuan(random: np.random.Generator, size: int, typical: float) -> pl.Series:
    """Amounts around a typical one, DECIMAL(18,2)."""
    cents = np.exp(random.normal(np.log(typical), 1.1, size)) * 100
    return (pl.Series(cents.astype(np.int64)) / 100).cast(pl.Decimal(18, 2))


def numbers(prefix: str, first: int, size: int, digits: int = 8) -> pl.Series:
    """Natural numbers of documents: the prefix and a counter."""
    counter = pl.Series(np.arange(first, first + size)).cast(pl.String).str.zfill(digits)
    return prefix + counter


def text(random: np.random.Generator, size: int, parts: Sequence[str]) -> pl.Series:
    """Sentences of phrases; the numbers in them make each differ, and no file shrinks to nothing, as with real ones."""
    columns = {part: pl.Series(PHRASES[part]).gather(random.integers(0, len(PHRASES[part]), size)) for part in parts}
    contract, letter = (random.integers(10**11, 10**12, size) for _ in range(2))
    sentence = pl.format("{}，合同号{}，来文编号{}。", pl.concat_str([*parts], separator="，"), "contract", "letter")
    return pl.DataFrame({**columns, "contract": contract, "letter": letter}).select(sentence).to_series()


def about(random: np.random.Generator, size: int, units: pl.DataFrame) -> dict[str, pl.Series]:
    """uscc, unit_name, region_code of rows: mostly code and name, some by a name alone.

    Of those, some give a former, a short, or (of one unit in 200) a misspelt name.
    """
    # A few units have most of the rows, as in real ledgers.
    places = (random.random(size) ** 1.6 * len(units)).astype(np.int64)
    given = units.select("uscc", "name", "former_name", "short_name", "region_code").select(pl.all().gather(places))
    by_name = some(random, size, BY_NAME_ALONE)
    kind = random.random(size)
    former = by_name & (kind < 0.2)
    short = by_name & (kind > 0.9)
    name = given["name"].zip_with(pl.Series(~former), given["former_name"].fill_null(given["name"]))
    name = name.zip_with(pl.Series(~short), given["short_name"])
    slip = by_name & (places % 200 == 3)
    name = name.zip_with(pl.Series(~slip), name.str.replace("第", "笫", literal=True))
    return {
        "uscc": kept(given["uscc"], ~by_name),
        "unit_name": name,
        "region_code": kept(given["region_code"], short),
    }
