"""Chinese is really drawn where a font is there, and nothing is drawn where none is."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from dataclasses import replace

from dagster_project.reports import annual_paper, fonts, paper, pictures, score_pictures
from dagster_project.reports.annual import read_scores
from dagster_project.reports.figures import read_figures
from dagster_project.reports.period import read_period
from tests.unit.reports import marts

NO_FONT = "a family that is nowhere"


def dark_pixels(png: bytes) -> int:
    """How many pixels of an RGBA picture are not white, its rows unfiltered as the format says."""
    width, height = struct.unpack(">II", png[16:24])
    data, place = b"", 8
    while place < len(png):
        length = int.from_bytes(png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += length + 12
    raw, stride, before, dark = zlib.decompress(data), width * 4, bytes(width * 4), 0
    for line in range(height):
        kind, row = raw[line * (stride + 1)], bytearray(raw[line * (stride + 1) + 1 : (line + 1) * (stride + 1)])
        for at in range(stride):
            left, up = row[at - 4] if at >= 4 else 0, before[at]
            corner = before[at - 4] if at >= 4 else 0
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda value: abs(guess - value))
            row[at] = (row[at] + (0, left, up, (left + up) // 2, paeth)[kind]) % 256
        before = bytes(row)
        dark += sum(1 for at in range(0, stride, 4) if row[at] < 128)
    return dark


def test_a_font_is_taken_only_where_it_draws_chinese(monkeypatch):
    family = fonts.picture_font()
    assert (family is not None) == bool(fonts.chinese_families())
    fonts.picture_font.cache_clear()
    monkeypatch.setattr(fonts, "draws_chinese", lambda _family: False)
    assert fonts.picture_font() is None
    fonts.picture_font.cache_clear()


def test_glyphs_are_seen_where_a_font_is_there_and_a_font_that_is_absent_is_found_out():
    blank = dark_pixels(pictures.lettered(" ", "sans-serif"))
    for family in fonts.chinese_families()[:1]:
        # 践 has more strokes than 一, and both have some.
        assert dark_pixels(pictures.lettered("践", family)) > dark_pixels(pictures.lettered("一", family)) > blank
    assert blank == 0
    assert fonts.draws_chinese(NO_FONT) is False


def test_a_place_with_places_below_has_its_pictures_and_the_same_ones_each_time(march):
    city = march.place("360700")
    drawn = pictures.draw(march, city, "sans-serif")
    # Coverage is of March this year and last, fulfilment of two places, timeliness of two channels.
    assert list(drawn) == list(paper.PICTURES)
    assert pictures.draw(march, city, "sans-serif")["fulfilment_picture"] == drawn["fulfilment_picture"]
    assert {picture.png[:4] for picture in drawn.values()} == {b"\x89PNG"}
    for text in ("示例东区", "50.0%", "75.0%"):
        assert text in drawn["fulfilment_picture"].svg
    for text in ("12345热线", "信访", "按时办结率"):
        assert text in drawn["timeliness_picture"].svg
    assert "目标" in drawn["coverage_picture"].svg
    # The policy's scoring sets it; it sets none for fulfilment.
    assert "目标95.0%" in drawn["timeliness_picture"].svg
    assert "目标" not in drawn["fulfilment_picture"].svg


def test_listings_are_drawn_with_entries_and_exits_and_a_month_that_did_not_come_is_marked(march):
    city = march.place("360700")
    svg = pictures.draw(march, city, "sans-serif", ["listings_picture"])["listings_picture"].svg
    for text in ("月末在列（条）", "新列入", "退出", "2月", "2023年"):
        assert text in svg
    assert "未报" not in svg
    missing = replace(march, feeds=[{"feed": "dishonest_debtors", "month": marts.MARCH, "is_missing": True}])
    assert "未报" in pictures.draw(missing, city, "sans-serif", ["listings_picture"])["listings_picture"].svg


def test_a_place_without_listings_has_no_picture_of_them_and_none_of_their_loop(march):
    assert not {"listings_picture", "loop_picture"} & pictures.draw(march, march.place("360702"), "sans-serif").keys()


def test_the_loop_tells_the_days_of_each_step_and_what_stands_before_it(march):
    # Listed on the 9th and warned on the 11th, with feedback in April; another one is announced since the 20th.
    steps = [
        (row["stage"], row["listings"], row["mean_days"], row["waiting"], row["waiting_since"])
        for row in march.rows("loop_step", "360700")
    ]
    day = dt.date.fromisoformat
    assert steps == [
        ("shared", 0, None, 1, day("2024-03-20")),
        ("warned", 1, 2, 0, None),
        ("feedback", 0, None, 1, day("2024-03-11")),
        ("exited", 0, None, 0, None),
    ]
    svg = pictures.draw(march, march.place("360700"), "sans-serif", ["loop_picture"])["loop_picture"].svg
    for text in ("2.0天（1条）", "1条（最早自2024年3月20日）", "1条（最早自2024年3月11日）", "尚无", "截至3月31日"):
        assert text in svg


def test_the_days_of_a_step_are_whole_tenths_rounded_half_up(tmp_path):
    rows = marts.content()
    listing = rows["fct_listing"][0]
    # 2, 2, 2 and 3 days: 2.25.
    for number, warned in enumerate(("2024-03-11", "2024-03-11", "2024-03-12")):
        rows["fct_listing"].append(
            listing | {"case_no": f"（2024）赣0703执6{number}号", "warned_on": dt.date.fromisoformat(warned)}
        )
    paths = marts.publish_marts(tmp_path, "v1", rows)
    figures = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")
    step = next(row for row in figures.rows("loop_step", "360703") if row["stage"] == "warned")
    assert (step["listings"], step["days"], str(step["mean_days"])[:3]) == (4, 9, "2.3")


def test_notice_to_a_unit_that_has_gone_since_is_one_of_the_listing_of_its_successor(tmp_path):
    rows, day = marts.content(), dt.date.fromisoformat
    rows["dim_organization"].append(
        {"uscc": "OLD", "name": "示例西县旧镇", "region_code": marts.WEST, "level": "county", "org_type": "township"}
    )
    rows["succession"] = [{"uscc": "OLD", "valid_from": day("2024-02-15"), "answerable_uscc": marts.TOWN}]
    case_no = rows["fct_listing"][0]["case_no"]
    rows["listing_notice"] = [
        {"case_no": case_no, "uscc": uscc, "notice_on": day(on), "listed_on": day("2024-03-09")}
        for uscc, on in (("OLD", "2024-01-29"), (marts.FINANCE, "2024-01-01"))
    ]
    paths = marts.publish_marts(tmp_path, "v1", rows)
    figures = read_figures(paths.published_db, marts.AS_OF, read_period("monthly", "2024-03"), "3607")
    step = figures.rows("loop_step", marts.WEST)[0]
    # From 29 January to 9 March.
    assert (step["stage"], step["listings"], step["mean_days"]) == ("shared", 1, 40)


def test_the_annual_report_s_pictures_show_bands_causes_and_places(published):
    year = read_scores(published.published_db, marts.AS_OF, read_period("annual", "2024"), "3607", "final")
    drawn = score_pictures.draw(year, year.place(marts.CITY), "sans-serif")
    assert list(drawn) == list(annual_paper.PICTURES)
    said = {
        "bands_picture": ("各等次单位数（未报）", "优秀", "3个", "不合格", "1个"),
        "causes_picture": ("逾期未签署承诺书", "10.50分（1个单位）", "失信被执行人", "承诺事项逾期"),
        "places_picture": ("示例西县", "97.50", "示例东区", "94.25"),
    }
    assert [text for name, texts in said.items() for text in texts if text not in drawn[name].svg] == []
    # One band, one cause, no places below: nothing to show, but a band of which there are none.
    west = score_pictures.draw(year, year.place(marts.WEST), "sans-serif")
    assert list(west) == ["bands_picture"] and "0个" in west["bands_picture"].svg


def test_a_place_without_places_below_has_no_picture_of_them(march):
    assert "fulfilment_picture" not in pictures.draw(march, march.place("360703"), "sans-serif")
