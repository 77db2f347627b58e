"""The pack holds what may be shown, as it may be shown, and is frozen as reports are."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from dagster_project.paths import DataPaths
from dagster_project.public_pack import content as content_of_pack
from dagster_project.public_pack.content import Told
from dagster_project.public_pack.making import make_pack
from dagster_project.public_pack.writing import csv_text
from dagster_project.reports.figures import NothingPublishedError
from dagster_project.reports.freeze import Revision, altered
from dagster_project.reports.period import PeriodError
from tests.unit.public_pack.conftest import content, publish, tickets
from tests.unit.reports.marts import CITY, EAST, EDUCATION, FINANCE, HOUSING, TOWN, WEST, Rows

MEASURES = ("complaints_accepted", "complaints_resolved", "complaints_rectified")


@pytest.fixture(scope="module")
def pack(city: DataPaths) -> Revision:
    return make_pack(city, "2024-03", "3607")


def lists(pack: Revision, code: str = CITY) -> dict[str, list[dict[str, Any]]]:
    said = json.loads((pack.folder / code / "public.json").read_text(encoding="utf-8"))
    return {name: one["rows"] for name, one in said["lists"].items()}


def counts(pack: Revision, measure: str, code: str = CITY) -> dict[str, Any]:
    found = lists(pack, code)
    return {row.get("uscc", row["region_code"]): row[measure] for row in [*found["regions"], *found["units"]]}


def read_csv(pack: Revision, name: str) -> list[list[str]]:
    return list(csv.reader(StringIO((pack.folder / CITY / f"{name}.csv").read_bytes().decode("utf-8-sig"))))


def test_a_small_count_is_hidden_with_what_would_tell_it(pack: Revision) -> None:
    # 2 in the west are hidden; of 20 in the city 12 are the east's, so finance (6) must not be shown either.
    assert counts(pack, "complaints_accepted") == {
        CITY: 20, EAST: 12, WEST: "*", FINANCE: "*", EDUCATION: 5, HOUSING: 7, TOWN: "*",
    }  # fmt: skip


def test_one_unit_that_has_all_does_not_tell_the_zeros_of_the_others(pack: Revision) -> None:
    assert counts(pack, "complaints_resolved") == {CITY: 5} | dict.fromkeys(
        (EAST, WEST, FINANCE, EDUCATION, HOUSING, TOWN), "*"
    )
    assert set(counts(pack, "complaints_rectified").values()) == {"*"}


def test_a_quarter_tells_nothing_that_its_months_do_not(city: DataPaths) -> None:
    quarter = make_pack(city, "2024Q1", "3607")
    # February has 9 of finance alone: 20 + 9 in the city; of finance March is hidden, and so is the quarter.
    assert counts(quarter, "complaints_accepted") == {
        CITY: 29, EAST: 12, WEST: "*", FINANCE: "*", EDUCATION: 5, HOUSING: 7, TOWN: "*",
    }  # fmt: skip


def test_the_pack_of_one_region_shows_what_that_of_all_shows(city: DataPaths) -> None:
    east = make_pack(city, "2024-03", EAST)
    assert counts(east, "complaints_accepted", EAST) == {EAST: 12, EDUCATION: 5, HOUSING: 7}


def test_rates_of_few_are_hidden_and_others_have_one_decimal_as_percent(pack: Revision) -> None:
    shown = {row["region_code"]: row for row in lists(pack)["regions"]}
    # Four units, three letters, five promises due in the city; four promises in the east.
    assert [shown[CITY][rate] for rate in ("coverage_rate", "publicity_rate", "fulfilment_ratio")] == ["*", "*", 0.625]
    assert shown[EAST]["fulfilment_ratio"] == "*"


def test_letters_and_service_commitments_stand_by_unit_without_numbers_of_persons(pack: Revision) -> None:
    found = lists(pack)
    letters = {row["uscc"]: (row["letter"], row["publication"]) for row in found["units"]}
    assert letters[HOUSING] == ("已签署", None)
    assert letters[EDUCATION] == (None, None)
    promises = [(row["commitment_no"], row["title"]) for row in found["service_commitments"]]
    assert promises == [("S1", "+一日办结，电话***，身份证***")]


def test_records_are_shown_that_count_and_are_neither_disputed_nor_about_persons(pack: Revision) -> None:
    shown = [(row["kind"], row["number"], row["status"]) for row in lists(pack)["records"]]
    # In the order of the days on which they occurred: the penalty of 2022 first.
    assert [row for row in shown if row[0] != "失信被执行人"] == [
        ("行政处罚", None, "有效"),
        ("败诉案件", "（2024）赣07民初1号", "有效"),
        ("行政处罚", None, "从轻"),
    ]


def test_a_listing_that_was_never_active_is_absent_and_one_removed_by_the_end_is_not_said_to_be_in_force(
    pack: Revision,
) -> None:
    shown = [(row["number"], row["status"]) for row in lists(pack)["records"] if row["kind"] == "失信被执行人"]
    # The first was removed on the day it was published; the second on the last day of March, the third a day later.
    assert shown == [
        ("（2024）赣07执2号", "已退出"),
        ("（2024）赣07执3号", "有效"),
        ("（2024）赣07执4号", "有效"),
    ]


def test_a_lenient_listing_that_was_removed_is_said_to_be_removed(tmp_path: Path) -> None:
    rows = content()
    for row in rows["record_period"]:
        if row["kind"] == "listing":
            row["status"] = "lenient"
    shown = lists(make_pack(publish(tmp_path, "v1", rows), "2024-03", "3607"))["records"]
    assert [row["status"] for row in shown if row["kind"] == "失信被执行人"] == ["已退出", "从轻", "从轻"]


# A promise that a complaint shows to be broken is not fulfilled: its rate rests on both feeds.
@pytest.mark.parametrize(
    ("feed", "of_complaints", "of_fulfilment"),
    [("complaints", "未报", "未报"), ("commitments", None, "未报"), ("dishonest_debtors", None, None)],
)
def test_a_figure_of_a_feed_that_did_not_come_is_marked(
    tmp_path: Path, feed: str, of_complaints: str | None, of_fulfilment: str | None
) -> None:
    rows = content()
    for row in rows["feed_monthly"]:
        row["reported"] = row["feed"] != feed
    rows["alert"] = [{"alert_id": f"feed_missing:{feed}:2024-03"}]
    marked = lists(make_pack(publish(tmp_path, "v1", rows), "2024-03", "3607"))
    assert {row["complaints_mark"] for row in [*marked["regions"], *marked["units"]]} == {of_complaints}
    assert {row["fulfilment_mark"] for row in marked["regions"]} == {of_fulfilment}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", "　@x"])
def test_text_that_begins_as_a_formula_gets_an_apostrophe_in_csv(text: str) -> None:
    assert csv_text(text) == "'" + text


def test_numbers_and_plain_text_stay_as_they_are_in_csv() -> None:
    assert [csv_text(value) for value in (12, None, "财政局", "*", "a=b")] == ["12", "", "财政局", "*", "a=b"]


def test_a_csv_is_utf_8_with_a_mark_and_no_cell_of_it_is_a_formula(pack: Revision) -> None:
    for path in (pack.folder / CITY).glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert not [cell for row in read_csv(pack, path.stem) for cell in row if cell[:1] in ("=", "+", "-", "@")]
    assert read_csv(pack, "units")[-1][2] == "'=示例西县<b>{{ 镇 }}&"
    assert read_csv(pack, "service_commitments")[1][4].startswith("'+一日办结")


def test_the_workbook_has_texts_as_texts_and_no_formula(pack: Revision) -> None:
    path = pack.folder / CITY / "public.xlsx"
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if re.search(rb"<f[ >]", package.read(name))]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["各地情况", "单位承诺书与投诉办理", "政务服务承诺事项", "政务失信记录", "说明"]
    town = [cell for cell in book["单位承诺书与投诉办理"]["C"] if str(cell.value).startswith("=")]
    assert [(cell.value, cell.data_type) for cell in town] == [("=示例西县<b>{{ 镇 }}&", "s")]


def test_the_three_forms_say_the_same(pack: Revision) -> None:
    book = openpyxl.load_workbook(pack.folder / CITY / "public.xlsx")["各地情况"]
    in_book = [[cell.value for cell in row][6:9] for row in book.iter_rows(min_row=3)]
    in_json = [[row[name] for name in MEASURES] for row in lists(pack)["regions"]]
    in_csv = [[int(cell) if cell.isdigit() else cell for cell in row[6:9]] for row in read_csv(pack, "regions")[1:]]
    assert in_book == in_json == in_csv


def test_no_hidden_count_lies_anywhere_in_the_pack(pack: Revision) -> None:
    for path in pack.folder.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        small = re.findall(r'"complaints_(?:accepted|resolved|rectified)": ([0-4])\b', text)
        assert small == []


def test_made_again_it_is_the_same_and_frozen(own_city: DataPaths) -> None:
    one, again = make_pack(own_city, "2024-03", "3607"), make_pack(own_city, "2024-03", "3607")
    assert (one.name, one.is_new, again.name, again.is_new) == ("r1", True, "r1", False)
    assert altered(one) == []


def test_what_a_pack_hid_the_next_revision_hides_too(own_city: DataPaths) -> None:
    make_pack(own_city, "2024-03", "3607")
    rows = content()
    rows["fct_complaint"] += tickets(TOWN, 5, accepted_on="2024-03-06")
    second = make_pack(publish(own_city.root, "v2", rows), "2024-03", "3607")
    # 7 now, which alone might be shown; but of the 25 of the city the first revision showed 20.
    assert second.name == "r2"
    assert counts(second, "complaints_accepted")[TOWN] == "*"
    # A city that never published a first one shows it.
    fresh = make_pack(publish(own_city.root.with_name("fresh"), "v1", rows), "2024-03", "3607")
    assert counts(fresh, "complaints_accepted")[TOWN] == 7


def second_pack(paths: DataPaths, rows: dict[str, Rows]) -> dict[str, Any]:
    """What the second revision shows as accepted, after a first one of `content`: the city 20, its finance and the west
    hidden with the 2 of the west's town, the east 12 of which education has 5 and housing 7."""
    make_pack(paths, "2024-03", "3607")
    second = make_pack(publish(paths.root, "v2", rows), "2024-03", "3607")
    assert second.name == "r2"
    return counts(second, "complaints_accepted")


def moved(rows: Rows, uscc: str, region_code: str) -> Rows:
    return [row | {"region_code": region_code} if row.get("uscc") == uscc else row for row in rows]


def without(rows: Rows, uscc: str) -> Rows:
    return [row for row in rows if row.get("uscc") != uscc]


def test_a_unit_that_changes_its_region_takes_no_hidden_count_along(own_city: DataPaths) -> None:
    rows = content()
    for table in ("dim_organization", "org_monthly"):
        rows[table] = moved(rows[table], TOWN, EAST)
    # The east has 14 now: less the 12 of the first revision, the town's 2.
    assert second_pack(own_city, rows) == {
        CITY: 20, EAST: "*", WEST: "*", FINANCE: "*", EDUCATION: 5, HOUSING: 7, TOWN: "*",
    }  # fmt: skip


def test_a_unit_that_is_no_longer_known_takes_no_hidden_count_along(own_city: DataPaths) -> None:
    rows = content()
    for table in ("dim_organization", "org_monthly", "fct_complaint"):
        rows[table] = without(rows[table], TOWN)
    # As when it is classified: the city has 18 instead of 20.
    assert second_pack(own_city, rows) == {CITY: "*", EAST: 12, WEST: "*", FINANCE: "*", EDUCATION: 5, HOUSING: 7}


def test_a_unit_that_is_succeeded_leaves_no_hidden_count_to_its_successor(own_city: DataPaths) -> None:
    rows = content()
    rows["org_monthly"] = without(rows["org_monthly"], TOWN)
    rows["succession"] = [{"uscc": TOWN, "valid_from": date(2024, 3, 1), "answerable_uscc": HOUSING}]
    # Housing has 9 instead of 7, and the east 14 instead of 12.
    assert second_pack(own_city, rows) == {
        CITY: 20, EAST: "*", WEST: "*", FINANCE: "*", EDUCATION: 5, HOUSING: "*",
    }  # fmt: skip


def test_a_unit_that_came_late_adds_no_hidden_count_to_what_was_shown(own_city: DataPaths) -> None:
    rows, late = content(), "11360700000000009X"
    rows["dim_organization"] += [{"uscc": late, "name": "示例东区水利局", "region_code": EAST, "level": "county"}]
    (like,) = [row for row in rows["org_monthly"] if (row["uscc"], row["month"]) == (HOUSING, date(2024, 3, 1))]
    rows["org_monthly"].append({**like, "uscc": late})
    # It has none, which is a count under 5 like others: an east of 12 as before would tell it.
    assert second_pack(own_city, rows) == {
        CITY: "*", EAST: "*", WEST: "*", FINANCE: "*", EDUCATION: 5, HOUSING: 7, TOWN: "*", late: "*",
    }  # fmt: skip


def test_a_unit_whose_count_is_shown_may_be_followed_to_its_new_region(own_city: DataPaths) -> None:
    rows = content()
    for table in ("dim_organization", "org_monthly"):
        rows[table] = moved(rows[table], HOUSING, WEST)
    # The east has 5 instead of 12: less the 7 that are shown of housing.
    assert second_pack(own_city, rows) == {
        CITY: 20, EAST: 5, WEST: "*", FINANCE: "*", EDUCATION: 5, HOUSING: 7, TOWN: "*",
    }  # fmt: skip


def test_a_county_without_units_covers_no_count_of_its_city() -> None:
    south, month = "360704", date(2024, 3, 1)
    above = {CITY: None, EAST: CITY, WEST: CITY, south: CITY}
    figures: Any = SimpleNamespace(places=[{"region_code": code, "parent_code": up} for code, up in above.items()])

    def row(count: int, **which: str) -> dict[str, Any]:
        return {"month": month, **which, **dict.fromkeys(MEASURES, count)}

    regions = [row(n, region_code=code) for code, n in ((CITY, 27), (EAST, 20), (WEST, 7), (south, 0))]
    units = [row(20, uscc=EDUCATION, region_code=EAST), row(7, uscc=TOWN, region_code=WEST)]
    before = Told({"2024-03": {MEASURES[0]: [WEST, TOWN]}}, {})
    # The south has nobody: were the east shown, the west would be 27 - 20 = 7, which an earlier pack hid.
    told = content_of_pack._hide(figures, units, regions, [], [before])
    assert told.hidden["2024-03"][MEASURES[0]] == sorted([EAST, EDUCATION, WEST, TOWN, south])


def test_a_period_or_region_that_there_is_not_is_told(city: DataPaths, tmp_path: Path) -> None:
    for period, region in (("2024-13", None), ("2024-03", "3608"), ("2024-03", "36x"), ("2024-05", None)):
        with pytest.raises(PeriodError):
            make_pack(city, period, region)
    with pytest.raises(NothingPublishedError):
        make_pack(DataPaths(tmp_path), "2024-03")
