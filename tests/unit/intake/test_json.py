"""feeds.md, "File types": JSON."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from tests.unit.intake.office import Office

ONE = {"工单编号": "T-1", "来源渠道": "问政", "单位": "样本局", "投诉日期": "2024-03-01"}


def line(**changes: object) -> str:
    return json.dumps({**ONE, **changes}, ensure_ascii=False)


@pytest.mark.parametrize("ending", [".json", ".jsonl", ".ndjson"])
def test_an_array_or_one_object_a_line_is_read_whatever_the_ending(office: Office, ending: str) -> None:
    office.put(f"\n [{line()},\n{line(工单编号='T-2')}]", f"array{ending}")
    office.put(f"{line()}\n\n{line(工单编号='T-2')}\n", f"lines{ending}")
    rows = office.read().rows()
    assert [(row["ticket_no"], row["row_no"]) for row in rows] == [("T-1", 1), ("T-2", 2), ("T-1", 1), ("T-2", 3)]


def test_the_header_is_the_union_of_the_keys(office: Office) -> None:
    office.put(f"{line()}\n{line(办结日期='2024-03-09', 备注='x')}\n", "a.jsonl")
    reading = office.read()
    assert [row["resolved_on"] for row in reading.rows()] == [None, dt.date(2024, 3, 9)]
    assert reading.delivery()["unknown_columns"] == ["备注"]


def test_an_empty_array_is_a_nil_report(office: Office) -> None:
    office.put("[]", "a.json")
    entry = office.read().delivery()
    assert (entry["status"], entry["rows_read"]) == ("loaded", 0)


def test_numbers_are_read_by_their_digits_and_null_is_no_value(office: Office) -> None:
    content = (
        '{"编号": "Q-1", "欠款单位": "样本局", "欠款金额": 12345678901234.10, "到期日期": 20240131,'
        ' "已付金额": 4.5e3, "清偿日期": null}'
    )
    office.put(content, "a.jsonl", "arrears")
    (row,) = office.read().rows("arrears")
    assert (row["amount_yuan"], row["paid_yuan"]) == (Decimal("12345678901234.10"), Decimal(4500))
    assert (row["due_on"], row["cleared_on"]) == (dt.date(2024, 1, 31), None)


def test_a_long_number_has_not_lost_its_end_in_json(office: Office) -> None:
    office.put(
        '{"工单编号": 2024031500001234, "来源渠道": "问政", "单位": "样本局", "投诉日期": "2024-03-01"}', "a.jsonl"
    )
    assert [row["ticket_no"] for row in office.read().rows()] == ["2024031500001234"]


def test_lists_and_booleans_are_read(office: Office) -> None:
    content = '{"任务编号": "R-1", "牵头单位": ["样本局", "样本委"], "撤销": true}'
    office.put(content, "a.jsonl", "tasks")
    (row,) = office.read().rows("tasks")
    assert (row["lead"], row["retracted"]) == (["样本局", "样本委"], True)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "没有内容"),
        ("  \n", "没有内容"),
        ('{"工单编号": "[', "第 1 行"),
        (line() + "\n{oops}", "第 2 行"),
        (line() + "\n[1]", "第 2 条"),
        ("[1, 2]", "第 1 条"),
        ("[" * 100_000, "嵌套太深"),
        ('{"工单编号": 1, "工单编号": 2}', "重复的键"),
        ('{"工单编号": "T-1"}', "没有找到表头"),
        ("{}", "没有找到表头"),
        (line() + "\n" + line(ticket_no="T-2"), "两列"),
    ],
)
def test_json_without_content_sense_or_header_is_rejected(office: Office, content: str, word: str) -> None:
    office.put(content, "a.jsonl")
    assert word in office.read().reason()


def test_json_in_gb18030_is_read(office: Office) -> None:
    office.put(line().encode("gb18030"), "a.jsonl")
    assert office.read().rows()[0]["unit_name"] == "样本局"


def test_json_in_a_text_s_ending_is_no_json(office: Office) -> None:
    office.put(line(), "a.txt")
    assert "没有找到表头" in office.read().reason()


def test_a_number_of_endless_digits_is_unreadable_and_harms_nothing(office: Office) -> None:
    content = '{"编号": "Q-1", "欠款单位": "样本局", "欠款金额": 5, "到期日期": "2024-01-31", "已付金额": 1e999999999}'
    office.put(content, "a.jsonl", "arrears")
    assert [row["warnings"] for row in office.read().rows("arrears")] == ["bad_value:paid_yuan"]


def test_half_of_a_pair_of_escapes_alone_is_replaced_and_a_whole_pair_is_one_character(office: Office) -> None:
    office.put(
        '{"工单编号": "T-\\ud842\\udfb7", "来源渠道": "问政", "单位": "样\\ud800局", "投诉日期": "2024-03-01"}',
        "a.jsonl",
    )
    (row,) = office.read().rows()
    assert (row["ticket_no"], row["unit_name"]) == ("T-𠮷", "样\ufffd局")
