"""The regions of the samples: real codes of GB/T 2260 under the six region policies, with invented place words.

The units are invented, so their names carry an invented place: no row can be read as one about a real unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

_NAMES = {
    "360700": "赣州市",
    "360702": "章贡区",
    "360703": "南康区",
    "360704": "赣县区",
    "360722": "信丰县",
    "360723": "大余县",
    "360724": "上犹县",
    "360725": "崇义县",
    "360726": "安远县",
    "360728": "定南县",
    "360729": "全南县",
    "360730": "宁都县",
    "360731": "于都县",
    "360732": "兴国县",
    "360733": "会昌县",
    "360734": "寻乌县",
    "360735": "石城县",
    "360781": "瑞金市",
    "360783": "龙南市",
    "410700": "新乡市",
    "410702": "红旗区",
    "410703": "卫滨区",
    "410704": "凤泉区",
    "410711": "牧野区",
    "410721": "新乡县",
    "410724": "获嘉县",
    "410725": "原阳县",
    "410726": "延津县",
    "410727": "封丘县",
    "410781": "卫辉市",
    "410782": "辉县市",
    "410783": "长垣市",
    "410422": "叶县",
    "230000": "黑龙江省",
    "230100": "哈尔滨市",
    "230102": "道里区",
    "230103": "南岗区",
    "230200": "齐齐哈尔市",
    "230202": "龙沙区",
    "231100": "黑河市",
    "231102": "爱辉区",
    "231200": "绥化市",
    "231202": "北林区",
    "230400": "鹤岗市",
    "230402": "向阳区",
    "230403": "工农区",
    "230404": "南山区",
    "230405": "兴安区",
    "230406": "东山区",
    "230407": "兴山区",
    "230421": "萝北县",
    "230422": "绥滨县",
    "320000": "江苏省",
    "320100": "南京市",
    "320102": "玄武区",
    "320104": "秦淮区",
    "320300": "徐州市",
    "320302": "鼓楼区",
    "320500": "苏州市",
    "320505": "虎丘区",
    "320581": "常熟市",
    "320700": "连云港市",
    "320706": "海州区",
}
_FIRST = "云青松柳石竹枫兰梅桂杉桐荷苇霜雪"
_SECOND = "岭禾涧湾桥溪坪渡"


@dataclass(frozen=True)
class Region:
    """One region of the samples. `place` is the invented word that its units bear, with 省, 市, 区 or 县."""

    code: str
    name: str
    place: str

    @property
    def level(self) -> str:
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"


@cache
def regions() -> tuple[Region, ...]:
    """All regions, in the order of the list above, each with a place word of its own."""
    made = []
    for position, (code, name) in enumerate(_NAMES.items()):
        word = _FIRST[position % len(_FIRST)] + _SECOND[(position // len(_FIRST) + 2 * position) % len(_SECOND)]
        made.append(Region(code, name, word + name[-1]))
    return tuple(made)


def region(code: str) -> Region:
    """The region of a code. Raises KeyError."""
    return {one.code: one for one in regions()}[code]
