"""feeds.md, "File types": Parquet."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from decimal import Decimal
from itertools import pairwise
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dagster_project import contracts
from dagster_project.intake import feed_reader, parquet_reader
from dagster_project.intake.layouts import layout_of
from tests.unit.intake.office import Office, csv

COLUMNS: dict[str, list[Any]] = {
    "ticket_no": ["T-1", " T-2 ", "T-3", None, "合计"],
    "channel": ["问政", "hotline", "电话", None, None],
    "unit_name": ["样本局", "样本委", "样本办", None, None],
    "received_on": [dt.date(2024, 3, 1), dt.date(2024, 3, 2), dt.date(1900, 1, 1), None, None],
}


def parquet(**columns: Any) -> bytes:
    content = io.BytesIO()
    pl.DataFrame(columns).write_parquet(content)
    return content.getvalue()


@pytest.fixture(params=["small", "large"])
def any_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file read with others, and read part by part into a pack of its own."""
    if request.param == "large":
        monkeypatch.setattr(feed_reader, "LARGE_PARQUET_ROWS", -1)
        monkeypatch.setattr(feed_reader, "LARGE_BYTES", -1)


@pytest.mark.usefixtures("any_size")
def test_rows_of_parquet_are_read_quarantined_ignored_and_skipped(office: Office) -> None:
    office.put(parquet(**COLUMNS), "a.parquet")
    reading = office.read()
    assert [(row["ticket_no"], row["row_no"], row["line_no"]) for row in reading.rows()] == [
        ("T-1", 1, 1),
        ("T-2", 2, 2),
    ]
    (held,) = reading.quarantined()
    assert held["reasons"] == ["unreadable:channel", "unreadable:received_on"]
    assert held["row"] == {"ticket_no": "T-3", "channel": "电话", "received_on": "1900-01-01"}
    entry = reading.delivery()
    assert (entry["rows_read"], entry["rows_quarantined"], entry["rows_ignored"]) == (4, 1, 1)


@pytest.mark.usefixtures("any_size")
def test_a_first_cell_in_an_unknown_column_makes_a_note_too(office: Office) -> None:
    office.put(
        parquet(no=["注：样本", "1"], **{name: [None, values[0]] for name, values in COLUMNS.items()}), "a.parquet"
    )
    reading = office.read()
    assert reading.delivery()["rows_ignored"] == 1
    assert reading.delivery()["unknown_columns"] == ["no"]
    assert [row["ticket_no"] for row in reading.rows()] == ["T-1"]


@pytest.mark.usefixtures("any_size")
def test_columns_of_every_type_are_read(office: Office) -> None:
    content = parquet(
        arrear_no=[2024031500001234, 2],
        unit_name=pl.Series(["样本局", "样本局"], dtype=pl.Categorical),
        amount_yuan=[0.1, 1e16 / 1000],
        due_on=[dt.datetime(2024, 1, 31, 23, 59), dt.datetime(2024, 2, 1)],
        paid_yuan=[Decimal("1.50"), None],
        cleared_on=["2024年2月1日", "-"],
        retracted=[True, None],
    )
    office.put(content, "a.parquet", "arrears")
    rows = office.read().rows("arrears")
    assert [row["arrear_no"] for row in rows] == ["2024031500001234", "2"]
    assert [str(row["amount_yuan"]) for row in rows] == ["0.10", "10000000000000.00"]
    assert [row["due_on"] for row in rows] == [dt.date(2024, 1, 31), dt.date(2024, 2, 1)]
    assert [row["cleared_on"] for row in rows] == [dt.date(2024, 2, 1), None]
    assert [(row["paid_yuan"], row["retracted"]) for row in rows] == [(Decimal("1.50"), True), (None, False)]


@pytest.mark.usefixtures("any_size")
def test_a_list_column_is_read_and_a_nested_one_rejects_the_file(office: Office) -> None:
    office.put(parquet(task_no=["R-1"], lead=[["样本局", "样本委"]], more=[{"a": 1}]), "a.parquet", "tasks")
    office.put(parquet(task_no=[{"a": 1}], lead=["样本局"]), "b.parquet", "tasks")
    reading = office.read()
    assert [row["lead"] for row in reading.rows("tasks")] == [["样本局", "样本委"]]
    assert "task_no" in reading.reason("b.parquet")


@pytest.mark.usefixtures("any_size")
def test_parquet_without_rows_is_a_nil_report_and_without_header_rejected(office: Office) -> None:
    office.put(parquet(**{name: values[:0] for name, values in COLUMNS.items()}), "nil.parquet")
    office.put(parquet(ticket_no=["T-1"]), "none.parquet")
    reading = office.read()
    assert reading.delivery("nil.parquet")["status"] == "loaded"
    assert "没有找到表头" in reading.reason("none.parquet")


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize("keep", [8, 200, -9])
def test_broken_parquet_is_rejected_and_leaves_no_rows(office: Office, keep: int) -> None:
    office.put(parquet(**COLUMNS)[:keep], "a.parquet")
    office.put(csv("T-9,问政,样本局,2024-03-01"), "good.csv")
    reading = office.read()
    assert reading.reason("a.parquet")
    assert [row["ticket_no"] for row in reading.rows()] == ["T-9"]


def test_a_page_broken_in_the_middle_of_a_large_file_rejects_it_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_reader, "LARGE_PARQUET_ROWS", 1)
    content = io.BytesIO()
    rows = 3000
    pl.DataFrame(
        {
            "ticket_no": [f"T-{at}" for at in range(rows)],
            "channel": ["问政"] * rows,
            "unit_name": ["样本局"] * rows,
            "received_on": [dt.date(2024, 3, 1)] * rows,
        }
    ).write_parquet(content, row_group_size=1000, compression="zstd")
    broken = bytearray(content.getvalue())
    middle = len(broken) * 3 // 4
    broken[middle : middle + 64] = bytes(64)
    office.put(bytes(broken), "a.parquet")
    reading = office.read()
    assert reading.reason()
    assert reading.rows() == []
    assert not list((office.root / "landing" / "complaints").glob("*"))


@pytest.mark.usefixtures("any_size")
def test_parquet_is_known_by_its_first_bytes_whatever_the_ending(office: Office) -> None:
    office.put(parquet(**COLUMNS), "a.csv")
    assert len(office.read().rows()) == 2


def test_columns_of_few_values_give_the_same_rows_as_texts(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    many = 4000
    words = ["问政", "电话", "HOTLINE", "网络问政", "-", None]
    columns = {
        "ticket_no": [f"T-{at}" for at in range(many)],
        "channel": [words[at % 6] for at in range(many)],
        "unit_name": [f"样本 {at % 50} 局（本级）" for at in range(many)],
        "uscc": [["11360700070146777W", "x", None][at % 3] for at in range(many)],
        "received_on": [f"2024-03-{at % 28 + 1:02}" for at in range(many)],
        "satisfaction": [["满意", "非常满意", "还行", None][at % 4] for at in range(many)],
    }
    lines = [",".join("" if cell is None else cell for cell in row) for row in zip(*columns.values(), strict=True)]
    office.put(csv(*lines, header=",".join(columns)))
    texts = office.read()
    monkeypatch.setattr(feed_reader, "LARGE_PARQUET_ROWS", 1)
    stored = Office(office.root / "other")
    stored.put(parquet(**columns), "a.csv")
    coded = stored.read()
    # In a text the header is the first row.
    own = ("delivery_id", "row_no")

    def bare(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: value for name, value in row.items() if name not in own} for row in rows]

    assert bare(coded.rows()) == bare(texts.rows())
    assert bare(coded.quarantined()) == bare(texts.quarantined())
    by_id = {mention["mention_id"]: mention for mention in coded.mentions()}
    assert by_id == {mention["mention_id"]: mention for mention in texts.mentions()}
    assert len(coded.rows()) == many // 6 * 3 + 3


GROUPS = {
    "ticket_no": [f"T-{at}" for at in range(3000)],
    # Few values, and in each group of rows others than in the one before.
    "channel": ["问政"] * 1000 + ["信访"] * 1000 + ["其他"] * 1000,
    "unit_name": ["样本局"] * 3000,
    "received_on": [dt.date(2024, 3, 1)] * 3000,
}


@pytest.mark.parametrize("rows_a_frame", [600, 1000, 1999, 2500, 3000])
def test_groups_of_rows_are_read_in_as_few_frames_as_their_bound_allows(
    office: Office, monkeypatch: pytest.MonkeyPatch, rows_a_frame: int
) -> None:
    content = io.BytesIO()
    pl.DataFrame(GROUPS).write_parquet(content, row_group_size=1000)
    path = office.put(content.getvalue(), "a.parquet")
    monkeypatch.setattr(parquet_reader, "ROWS_A_FRAME", rows_a_frame)
    monkeypatch.setattr(feed_reader, "LARGE_PARQUET_ROWS", 1)
    plan = layout_of(contracts.load()["complaints"]).plan
    sizes = [len(frame) for frame in parquet_reader.read_parquet(parquet_reader.open_parquet(path), plan)]
    assert sum(sizes) == 3000
    assert max(sizes) <= rows_a_frame
    assert all(one + next_one > rows_a_frame for one, next_one in pairwise(sizes))
    rows = office.read().rows()
    assert [(row["ticket_no"], row["row_no"]) for row in rows] == [(f"T-{at}", at + 1) for at in range(3000)]
    assert [row["channel"] for row in rows] == ["inquiry"] * 1000 + ["petition"] * 1000 + ["other"] * 1000


@pytest.mark.usefixtures("any_size")
def test_typed_numbers_are_taken_as_they_are_within_the_bounds_of_their_kind(office: Office) -> None:
    amounts = pl.Series([Decimal("1.5"), Decimal("-1"), Decimal("100000000000.01"), None], dtype=pl.Decimal(18, 2))
    columns = {
        "arrear_no": ["1", "2", "3", "4"],
        "unit_name": ["样本局"] * 4,
        "due_on": [dt.date(2024, 1, 31)] * 4,
        "amount_yuan": [1, 2, 3, 4],
        "已付金额（万元）": amounts,
    }
    office.put(parquet(**columns), "a.parquet", "arrears")
    rows = office.read().rows("arrears")
    assert [row["paid_yuan"] for row in rows] == [Decimal(15_000), None, None, None]
    assert [row["warnings"] for row in rows] == [None, "bad_value:paid_yuan", "bad_value:paid_yuan", None]
    assert rows[3]["amount_yuan"] == 4


@pytest.mark.usefixtures("any_size")
def test_a_typed_year_or_count_out_of_bounds_is_unreadable(office: Office) -> None:
    columns = {"unit_name": ["甲", "乙"], "quarter": ["2024Q1"] * 2, "submitted_on": [dt.date(2024, 4, 1)] * 2}
    office.put(parquet(**columns, items=[-1, 0]), "a.parquet", "inventories")
    office.put(
        parquet(unit_name=["甲", "乙"], year=[1948, 1949], signed_on=["2024-01-01"] * 2),
        "b.parquet",
        "commitment_letters",
    )
    reading = office.read()
    assert [(row["items"], row["warnings"]) for row in reading.rows("inventories")] == [
        (None, "bad_value:items"),
        (0, None),
    ]
    assert [row["year"] for row in reading.rows("commitment_letters")] == [1949]
    assert reading.quarantined()[0]["row"] == {"unit_name": "甲", "year": "1948"}


def arrow(**columns: Any) -> bytes:
    """A Parquet file of one row under COLUMNS' names, with further columns as Arrow holds them."""
    content = io.BytesIO()
    row = {name: [values[0]] for name, values in COLUMNS.items()}
    pq.write_table(pa.table({**row, **columns}), content)
    return content.getvalue()


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    "array",
    [
        pa.array([10**9], pa.date32()),
        pa.array([2**60], pa.date64()),
        pa.array([2**60], pa.timestamp("ms", "UTC")),
        pa.array([-(2**62)], pa.timestamp("us")),
        pa.array([5], pa.duration("s")),
        pa.array([Decimal(10) ** 50], pa.decimal256(60, 2)),
        pa.array([2**63], pa.uint64()),
    ],
    ids=lambda array: str(array.type),
)
def test_values_beyond_every_calendar_and_count_are_unreadable_dates(office: Office, array: pa.Array) -> None:
    office.put(arrow(resolved_on=array, odd=array), "a.parquet")
    (row,) = office.read().rows()
    assert (row["ticket_no"], row["resolved_on"], row["warnings"]) == ("T-1", None, "bad_value:resolved_on")


@pytest.mark.usefixtures("any_size")
def test_bytes_that_are_no_text_reject_a_file_in_a_known_column_and_do_not_in_an_unknown_one(office: Office) -> None:
    office.put(arrow(handler_name=pa.array([b"\xff"])), "known.parquet")
    office.put(arrow(odd=pa.array([b"\xff"])), "unknown.parquet")
    reading = office.read()
    assert reading.reason("known.parquet")
    assert [row["file"] for row in reading.rows()] == ["unknown.parquet"]


@pytest.mark.usefixtures("any_size")
def test_numbers_of_a_list_are_written_as_numbers_are(office: Office) -> None:
    office.put(arrow(handler_name=pa.array([[1.0, 2.5, None, 1e-7]])), "a.parquet")
    assert office.read().rows()[0]["handler_name"] == "1、2.5、0.0000001"


UUID = uuid.UUID("11111111-2222-3333-4444-ff5555555555")


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    ("array", "text"),
    [
        (pa.array([UUID.bytes], pa.uuid()), str(UUID)),
        (pa.ExtensionArray.from_storage(pa.json_(), pa.array(['{"a": 1}'])), '{"a": 1}'),
        (pa.array(["样本".encode()], pa.binary(6)), "样本"),
        (pa.array([["样本".encode(), None, b"B"]], pa.list_(pa.binary())), "样本、B"),
    ],
    ids=lambda given: str(given.type) if isinstance(given, pa.Array) else "",
)
def test_what_is_stored_as_bytes_is_read_as_its_text(office: Office, array: pa.Array, text: str) -> None:
    office.put(arrow(handler_name=array, odd=array), "a.parquet")
    assert office.read().rows()[0]["handler_name"] == text


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    "array",
    [pa.array([UUID.bytes], pa.binary(16)), pa.array([[b"\xff"]], pa.list_(pa.binary()))],
    ids=lambda array: str(array.type),
)
def test_bytes_in_a_known_column_reject_their_file_and_no_other(office: Office, array: pa.Array) -> None:
    office.put(arrow(handler_name=array), "a.parquet")
    office.put(csv("T-9,问政,样本局,2024-03-01"), "good.csv")
    reading = office.read()
    assert reading.reason("a.parquet")
    assert [row["ticket_no"] for row in reading.rows()] == ["T-9"]


@pytest.mark.usefixtures("any_size")
def test_what_the_engines_can_t_convert_rejects_its_file_and_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise pl.exceptions.ComputeError

    office.put(arrow(), "a.parquet")
    office.put(csv("T-9,问政,样本局,2024-03-01", header="工单编号,来源渠道,单位,投诉日期"), "b.csv", day="2024-04-03")
    monkeypatch.setattr(feed_reader, "as_raw", broken)
    monkeypatch.setattr("dagster_project.intake.batches.batch_of_frame", broken)
    reading = office.read()
    assert "不能转换" in reading.reason("a.parquet")
    assert [row["ticket_no"] for row in reading.rows()] == ["T-9"]


@pytest.mark.usefixtures("any_size")
def test_an_amount_beyond_every_type_under_a_unit_is_unreadable(office: Office) -> None:
    columns = {"arrear_no": ["1", "2"], "unit_name": ["样本局"] * 2, "due_on": [dt.date(2024, 1, 31)] * 2}
    paid = pl.Series([Decimal(10) ** 35, Decimal(10**7)], dtype=pl.Decimal(38, 0))
    office.put(parquet(**columns, amount_yuan=[1, 1], **{"已付金额（亿元）": paid}), "a.parquet", "arrears")
    rows = office.read().rows("arrears")
    assert [row["paid_yuan"] for row in rows] == [None, Decimal(10**15)]
    assert [row["warnings"] for row in rows] == ["bad_value:paid_yuan", None]


@pytest.mark.usefixtures("any_size")
def test_a_moment_with_a_zone_is_of_the_day_that_it_was_in_the_office(office: Office) -> None:
    # 16:00 in UTC on 29 February is midnight of 1 March in Shanghai, in whatever zone and unit it is written.
    midnight = dt.datetime(2024, 2, 29, 16)
    moments = [
        pa.array([midnight], pa.timestamp(unit, zone))
        for unit, zone in (("us", "UTC"), ("ms", "+08:00"), ("ns", "America/New_York"), ("us", "Asia/Shanghai"))
    ]
    for at, moment in enumerate(moments):
        office.put(arrow(resolved_on=moment, handler_name=moment), f"{at}.parquet")
    # In the summers of 1986 to 1991 the clocks were an hour ahead.
    office.put(arrow(handler_name=pa.array([dt.datetime(1990, 6, 30, 15)], pa.timestamp("us", "UTC"))), "5.parquet")
    office.put(arrow(handler_name=pa.array([midnight])), "6.parquet")
    *zoned, summer, plain = office.read().rows()
    assert [(row["resolved_on"], row["handler_name"]) for row in zoned] == [(dt.date(2024, 3, 1), "2024-03-01")] * 4
    assert summer["handler_name"] == "1990-07-01"
    assert plain["handler_name"] == "2024-02-29 16:00:00"


@pytest.mark.usefixtures("any_size")
def test_an_old_moment_of_parquet_has_no_zone(office: Office) -> None:
    content = io.BytesIO()
    row: dict[str, Any] = {name: [values[0]] for name, values in COLUMNS.items()}
    table = pa.table({**row, "resolved_on": pa.array([dt.datetime(2024, 3, 1, 23, 30)], pa.timestamp("ns"))})
    pq.write_table(table, content, use_deprecated_int96_timestamps=True)
    office.put(content.getvalue(), "a.parquet")
    assert office.read().rows()[0]["resolved_on"] == dt.date(2024, 3, 1)


@pytest.mark.parametrize("number", [float("inf"), float("-inf")])
def test_an_infinite_number_is_unreadable_and_not_missing(office: Office, number: float) -> None:
    office.put(arrow(resolved_on=pa.array([number])), "a.parquet")
    assert office.read().rows()[0]["warnings"] == "bad_value:resolved_on"
    office.put(arrow(received_on=pa.array([number])), "a.parquet")
    assert office.read().quarantined()[0]["reasons"] == ["unreadable:received_on"]


def test_not_a_number_in_an_unknown_column_is_no_value(office: Office) -> None:
    nothing = {name: pa.nulls(1, pa.string()) for name in COLUMNS}
    office.put(arrow(**{**nothing, "odd": pa.array([float("nan")])}), "a.parquet")
    assert office.read().delivery()["rows_read"] == 0
