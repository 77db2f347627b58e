"""The circular ranks places, praises the best, names who has not signed, and adds the quarter up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from dagster_project.reports import paper, ranking, word
from dagster_project.reports.figures import read_figures
from dagster_project.reports.making import make_report
from dagster_project.reports.office import SHIPPED, Office
from dagster_project.reports.period import PeriodError, read_period
from tests.unit.reports import marts


@pytest.fixture(scope="module")
def quarter(published):
    return read_figures(published.published_db, marts.AS_OF, read_period("quarterly", "2024Q1"), "3607")


def test_places_are_ranked_and_those_that_rose_are_told_within_a_year(quarter):
    ranks = [
        "按承诺覆盖率、兑现率、按时办结率依次比较（前项相同的比较后项），所辖各地名次如下：",
        "第1名示例西县（覆盖率100.0%）；第2名示例东区（覆盖率50.0%，兑现率50.0%）。",
    ]
    assert ranking.ranking(quarter, quarter.place("360700")) == ranks
    second = replace(quarter, period=read_period("quarterly", "2024Q2"))
    assert ranking.ranking(second, second.place("360700")) == [
        *ranks,
        "与上季度相比，名次上升较多的有示例西县（上升4位）。",
    ]
    assert ranking.ranking(quarter, quarter.place("360703")) == []


def test_the_best_are_praised_only_where_there_are_enough_to_be_the_best_of(quarter):
    city = quarter.place("360700")
    assert ranking.praise(quarter, city) == ""
    six = [quarter.place("360702") | {"region_code": f"36070{n}", "name": f"示例{n}县", "rank": n} for n in range(1, 7)]
    praised = ranking.praise(replace(quarter, places=[city, *six]), city)
    assert praised == "对名次居前的示例1县、示例2县、示例3县予以通报表扬。"


def test_windows_of_units_add_up_over_the_quarter_and_the_rest_is_of_its_last_month(quarter):
    finance = next(row for row in quarter.units if row["uscc"] == marts.FINANCE)
    assert (finance["complaints_received"], finance["commitments_overdue"]) == (3, 0)


def test_the_circular_speaks_of_quarters(quarter):
    office = Office(SHIPPED)
    said = paper.fields(quarter, quarter.place("360700"), office)
    assert said["title"] == "关于示例市2024年第一季度\n政务诚信履约情况的通报"
    assert said["document_no"] == "信用办通报〔2024〕1号"
    assert said["complaints_text"].startswith("本季度收到投诉4件")
    assert not [name for name, text in said.items() if "上月" in str(text) or "本月" in str(text)]
    document = Document(BytesIO(word.render(office.template("quarterly"), said, {}, marts.AS_OF)))
    headings = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "一级标题"]
    assert headings == [
        "一、总体情况",
        "二、各地排名",
        "三、通报表扬与通报批评",
        "四、逾期事项与近期到期事项",
        "五、数据说明",
    ]
    texts = [one.text for one in document.paragraphs]
    assert "对签署期限已过、仍未签署政务诚信承诺书的下列单位予以通报批评，请尽快补签并公示。" in texts
    assert "逾期未签署承诺书的单位1个：示例东区教育局。" in texts


def test_parts_without_content_are_left_out_and_the_others_numbered_on(quarter):
    said = paper.fields(quarter, quarter.place("360703"), Office(SHIPPED))
    assert said["headings"] == {"overall": "一", "ranking": "", "naming": "", "owed": "二", "notes": "三"}


def test_a_quarter_is_frozen_beside_the_months_with_ranks_in_its_table(data, monkeypatch):
    monkeypatch.setattr("dagster_project.reports.making.picture_font", lambda: None)
    revision = make_report(data, "quarterly", "2024Q1", "3607", wants_pdf=False).revision
    assert revision.folder == data.marts / "reports" / "quarterly" / "2024Q1" / "r1"
    sheet = openpyxl.load_workbook(revision.folder / "360700" / "quarterly.xlsx")["各地指标"]
    assert sheet.cell(2, sheet.max_column).value == "名次"
    assert [sheet.cell(row, sheet.max_column).value for row in (3, 4, 5)] == ["—", 2, 1]


@pytest.mark.parametrize("text", ["2024Q5", "2024-03", "Q1", "2024q1"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(PeriodError):
        read_period("quarterly", text)


def test_of_a_unit_that_is_no_more_only_what_happened_in_the_quarter_is_told(tmp_path):
    rows = marts.content()
    gone = {"has_letter": False, "is_late": True, "commitments_overdue": 1, "listings_active": 1}
    for uscc, received in (("OLD", 2), ("SILENT", 0)):
        rows["dim_organization"].append(
            {"uscc": uscc, "name": f"示例东区{uscc}局", "region_code": marts.EAST, "level": "county"}
            | {"org_type": "department", "abolished_on": dt.date(2024, 3, 10)}
        )
        february = marts.unit(uscc, marts.EAST, marts.FEBRUARY, **gone, complaints_received=received)
        rows["org_monthly"].append(february)
    paths = marts.publish_marts(tmp_path, "v1", rows)
    quarter = read_figures(paths.published_db, marts.AS_OF, read_period("quarterly", "2024Q1"), "3607")
    units = {unit["uscc"]: unit for unit in quarter.units}
    assert "SILENT" not in units
    told = ("in_scope", "has_letter", "is_late", "commitments_overdue", "listings_active", "complaints_received")
    assert [units["OLD"][name] for name in told] == [False, False, False, 0, 0, 2]
    # Education alone is late at the quarter's end, and no unit of the east is on the list.
    (counted,) = quarter.rows("unit_count", marts.EAST)
    assert (counted["units_late"], counted["units_listed"]) == (1, 0)
