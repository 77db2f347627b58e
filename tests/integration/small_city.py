"""A small city's deliveries as separated text, for tests of what must always hold of the marts."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from pathlib import Path

import duckdb

from dagster_project import modelling
from dagster_project.intake import read_deliveries
from dagster_project.modelling import compiled
from dagster_project.warehouse import fill_policy, fill_raw

AS_OF = dt.date(2024, 6, 30)

Table = list[tuple[object, ...]]
#: feed, day received, file → lines, the header first.
Deliveries = dict[tuple[str, str, str], list[str]]


def uscc(number: int) -> str:
    """A code of the right form and check character for the n-th unit."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"11360700{number:09d}"
    total = sum(alphabet.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


def deliveries(seed: int = 7) -> Deliveries:
    """Twelve units, one of them merged and one classified, and half a year of what they promised and were told."""
    chance = random.Random(seed)
    units = [uscc(number) for number in range(1, 13)]

    def day(first: int, last: int) -> str:
        return (dt.date(2024, 1, 1) + dt.timedelta(days=chance.randint(first, last))).isoformat()

    made: Deliveries = {}
    roster = ["统一社会信用代码,单位名称,简称,行政区划代码,层级,机构类型,是否涉密,撤销日期,承接单位代码"]
    for number, code in enumerate(units):
        classified = "是" if number == 5 else "否"
        merged = f"2024-03-15,{units[1]}" if number == 0 else ","
        region = f"36070{number % 3}"
        roster.append(f"{code},示例市第{number}局,第{number}局,{region},city,department,{classified},{merged}")
    made["organizations", "2024-01-02", "名录.csv"] = roster

    letters = ["信用代码,年度,签署日期"]
    letters += [f"{code},2024,{day(0, 150)}" for code in units if chance.random() < 0.7]
    made["commitment_letters", "2024-06-03", "承诺书.csv"] = letters

    header = "承诺编号,信用代码,年度,承诺类别,承诺事项,承诺日期,兑现期限,履行状态,兑现日期,金额"
    rows = []
    for number in range(80):
        due = day(30, 200)
        state, done = chance.choice([("已兑现", day(20, 170)), ("履行中", ""), ("未兑现", ""), ("已兑现", "看不清")])
        unit, made_on = chance.choice(units), day(0, 15)
        rows.append(f"C{number},{unit},2024,policy,事项{number},{made_on},{due},{state},{done},{number}.05")
    made["commitments", "2024-06-25", "清单.csv"] = [header, *rows, rows[3]]

    penalties = ["文号,信用代码,类型,决定日期"]
    penalties += [f"P{number},{chance.choice(units)},行政处罚,{day(0, 100)}" for number in range(9)]
    made["accountability", "2024-06-04", "处罚.csv"] = penalties

    header = "工单编号,来源渠道,单位,投诉日期,受理日期,办结日期,核查结果,满意度,承诺编号,重复工单,整改期限"
    for month in (2, 3, 4, 5, 6):
        lines = []
        for number in range(40):
            received = dt.date(2024, month, 1) - dt.timedelta(days=chance.randint(1, 28))
            closed = received + dt.timedelta(days=chance.randint(0, 25))
            until = dt.date(2024, month, 5)
            place = chance.randrange(13)
            lines.append(
                ",".join(
                    (
                        f"T{month}-{number}" if number else f"T{max(2, month - 1)}-1",
                        chance.choice(["12345", "信访", "问政"]),
                        f"示例市第{place}局" if place < 12 else "哪个局",
                        received.isoformat() if chance.random() > 0.03 else "不详",
                        (received + dt.timedelta(days=1)).isoformat(),
                        closed.isoformat() if closed <= until else "",
                        chance.choice(["属实", "不属实", ""]),
                        chance.choice(["满意", "不满意", ""]),
                        f"C{chance.randrange(80)}" if chance.random() < 0.3 else "",
                        f"T{month}-{number - 1}" if number % 9 == 8 else "",
                        (closed + dt.timedelta(days=20)).isoformat() if chance.random() < 0.3 else "",
                    )
                )
            )
        made["complaints", f"2024-0{month}-05", "台账.csv"] = [header, *lines]
    return made


def write(root: Path, what: Deliveries) -> None:
    """Lay deliveries under `root/raw`."""
    for (feed, received, file), lines in what.items():
        path = root / "raw" / feed / received / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def split(what: Deliveries) -> Deliveries:
    """The same rows, each file cut in two that are read one after the other."""
    cut: Deliveries = {}
    for (feed, received, file), (header, *rows) in what.items():
        half = len(rows) // 2
        cut[feed, received, f"1_{file}"] = [header, *rows[:half]]
        cut[feed, received, f"2_{file}"] = [header, *rows[half:]]
    return cut


def read(root: Path) -> None:
    """Only the reading of what has come so far."""
    read_deliveries(root, AS_OF)


def build(root: Path, name: str) -> Mapping[str, Table]:
    """Read and model; every mart as sorted rows. Data tests are carried out: a failed one fails the build."""
    folder = root / "built" / name
    folder.mkdir(parents=True)
    warehouse, candidate = folder / compiled.WAREHOUSE_NAME, folder / "integrity.duckdb"
    fill_raw(warehouse, read_deliveries(root, AS_OF))
    fill_policy(warehouse, root)
    outcomes = modelling.build_models(
        modelling.load_graph(),
        warehouse,
        candidate,
        {"as_of": AS_OF.isoformat(), "span_start": "2023-01-01"},
        lambda _name: None,
    )
    assert [outcome.unique_id for outcome in outcomes if outcome.status not in ("success", "pass")] == []
    return marts_in(candidate)


def marts_in(database: Path) -> Mapping[str, Table]:
    """Every mart of a database as sorted rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts' order by 1"
        ).fetchall()
        return {
            table: sorted(connection.execute(f'select * from marts."{table}"').fetchall(), key=repr)
            for (table,) in names
        }


def differing(one: Mapping[str, Table], other: Mapping[str, Table]) -> list[str]:
    """The marts that are not the same."""
    assert set(one) == set(other)
    return [name for name in one if one[name] != other[name]]
