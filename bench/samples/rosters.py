"""The roster's deliveries: six offices' lists, the 33 departments of annex 1, and what changed in two years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bench.codes import with_wrong_check
from bench.samples.dress import Dress, render
from bench.samples.roster import Unit, annex_units, by_name, current, units
from bench.samples.things import Row

#: What must be said wherever real names stand.
ANNEX_NOTES = (
    "注：单位名称取自2023年8月15日通知附件1（公开文件），一字不改；信用代码系为演示编造，仅形式有效，并非这些单位的真实代码。",
    "注：样例中没有关于这些单位的任何其他数据，图表中显示的“无承诺书”只表示样例未收录。",
)
FIRST = date(2023, 1, 6)


def _region_name(row: Row) -> str:
    return f"{row['region_name']}"


_DRESSES = {
    "ganzhou": Dress("xlsx", titles=("机构编制名录（示例）",), dates="cell", split=_region_name, has_numbers=True),
    "xinxiang": Dress("xls", titles=("机构编制名录（示例）",), dates="dot", notes=("制表：示例编办",)),
    "yexian": Dress("text", encoding="gb18030", dates="chinese", variant=1, blank="无"),
    "heilongjiang": Dress("json", dates="iso"),
    "hegang": Dress("text", encoding="utf-16", delimiter="\t", dates="slash", variant=1),
    "jiangsu": Dress("parquet", header="en"),
}
_OFFICES = {
    "ganzhou": "赣州",
    "xinxiang": "新乡",
    "yexian": "叶县",
    "heilongjiang": "黑龙江",
    "hegang": "鹤岗",
    "jiangsu": "江苏",
}


def row_of(unit: Unit) -> Row:
    """A unit as a row of the roster."""
    return {
        "uscc": unit.uscc,
        "name": unit.name,
        "short_names": list(unit.short_names) or None,
        "former_names": list(unit.former_names) or None,
        "region_code": unit.region.code,
        "region_name": unit.region.name,
        "level": unit.level,
        "org_type": unit.org_type,
        "parent_uscc": unit.parent_uscc,
        "is_classified": unit.is_classified or None,
        "established_on": unit.established_on,
        "abolished_on": unit.abolished_on,
        "successor_uscc": unit.successor_uscc,
    }


def _known(route: str, day: date) -> list[Row]:
    """The units of an office's list on a day."""
    begun = [unit for unit in units() if unit.established_on is None or unit.established_on <= day]
    return [row_of(current(unit, day)) for unit in begun if unit.route == route]


def deliveries() -> Iterator[tuple[str, bytes]]:
    """(path under `raw`, content) of every delivery of the roster."""
    for route, dress in _DRESSES.items():
        path = f"organizations/{FIRST}/{_OFFICES[route]}机构名录.{dress.ending}"
        yield path, render("organizations", _known(route, FIRST), dress)
    annex = Dress("xlsx", titles=("市直有关部门名单（附件1）",), notes=ANNEX_NOTES)
    yield (
        f"organizations/{FIRST}/市直有关部门名单.xlsx",
        render("organizations", [row_of(u) for u in annex_units()], annex),
    )
    # A slip in a code: the roster is where a wrong check character keeps the row out.
    slipped = {**row_of(by_name("示例桂涧县人民政府")), "uscc": with_wrong_check(by_name("示例桂涧县人民政府").uscc)}
    yield "organizations/2023-02-10/更正.csv", render("organizations", [slipped], Dress("text"))
    for route in ("xinxiang", "jiangsu"):
        day = date(2024, 1, 12)
        path = f"organizations/{day}/{_OFFICES[route]}机构名录（年度核对）.{_DRESSES[route].ending}"
        yield path, render("organizations", _known(route, day), _DRESSES[route])
    changes = {
        date(2023, 7, 14): ("撤并单位.csv", ["示例枫溪区旅游质监所"]),
        date(2024, 4, 10): ("机构改革.xlsx", ["示例云岭市乡村发展局", "示例青涧区扶贫开发办公室", "示例云岭市数据局"]),
        date(2024, 6, 7): ("撤销单位.csv", ["示例云涧县开发区管理委员会"]),
        date(2024, 7, 5): ("撤并单位.csv", ["示例枫溪区旅游服务中心"]),
        date(2024, 11, 28): ("新设单位.csv", ["示例石湾省低空经济促进中心"]),
    }
    for day, (file, names) in changes.items():
        dress = (
            Dress("xlsx", titles=("机构改革涉改单位（示例）",), dates="cell")
            if file.endswith("xlsx")
            else Dress("text")
        )
        rows = [row_of(current(by_name(name), day)) for name in names]
        yield f"organizations/{day}/{file}", render("organizations", rows, dress)
