"""feeds.md, "The feeds": the contracts are whole and of one piece."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from dagster_project import contracts
from dagster_project.contracts.model import Column
from dagster_project.intake.headers import header_name
from dagster_project.intake.layouts import code_name

FEEDS = contracts.load()


def test_every_feed_has_its_contract_and_five_are_core() -> None:
    assert len(FEEDS) == 21
    core = {feed for feed, contract in FEEDS.items() if contract.is_core}
    assert core == {"commitments", "complaints", "court_cases", "dishonest_debtors", "accountability"}


@pytest.mark.parametrize("feed", FEEDS)
def test_a_header_name_means_one_column_of_a_feed(feed: str) -> None:
    columns = FEEDS[feed].accepted.values()
    meant = [(header_name(name), column.name) for column in columns for name in (column.name, *column.names)]
    assert len({name for name, _ in meant}) == len(set(meant))


@pytest.mark.parametrize("feed", FEEDS)
def test_a_code_s_name_means_one_code_of_a_column(feed: str) -> None:
    for column in FEEDS[feed].accepted.values():
        names = [name for code, others in column.codes.items() for name in set(map(code_name, (code, *others)))]
        assert len(names) == len(set(names)), column.name
        assert (column.type == "code") == bool(column.codes), column.name


@pytest.mark.parametrize("feed", FEEDS)
def test_orders_checks_and_needs_name_columns_of_the_feed(feed: str) -> None:
    contract = FEEDS[feed]
    named = {order.earlier for order in contract.orders} | {order.later for order in contract.orders}
    named |= set(contract.future_checked)
    assert all(contract.columns[name].type == "date" for name in named)
    assert set(contract.needs) | set(contract.needs.values()) <= set(contract.columns)
    assert set(contract.named_units.values()) <= set(contract.columns)


@pytest.mark.parametrize("feed", FEEDS)
def test_every_column_has_a_chinese_label_and_an_english_description(feed: str) -> None:
    contract = FEEDS[feed]
    for column in contract.accepted.values():
        assert not column.label.isascii() or column.label.startswith("Word"), column.name
        assert column.description.replace("非政府机构", "").isascii(), column.name
    assert not contract.label.isascii()
    assert contract.key_groups


def test_dates_that_complete_something_are_checked_against_the_day_of_the_delivery() -> None:
    completing = {
        "fulfilled_on", "change_approved_on", "accepted_on", "resolved_on", "replied_on", "rectified_on", "removed_on",
        "feedback_on", "cleared_on", "completed_on",
    }  # fmt: skip
    for contract in FEEDS.values():
        assert set(contract.future_checked) == completing & set(contract.columns)


def test_a_row_s_unit_is_part_of_the_key_required_optional_or_absent_as_the_feed_says() -> None:
    units = {feed: contract.unit for feed, contract in FEEDS.items()}
    assert {feed for feed, unit in units.items() if unit == "key"} == {
        "commitment_letters", "publications", "court_cases", "dishonest_debtors", "inventories", "listing_notices",
    }  # fmt: skip
    assert {feed for feed, unit in units.items() if unit == "optional"} == {"record_actions", "evaluations"}
    assert {feed for feed, unit in units.items() if unit is None} == {
        "organizations", "identity_decisions", "procedures", "transfers", "tasks",
    }  # fmt: skip


def test_a_contract_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValidationError):
        Column.model_validate({"name": "x", "type": "txt", "names": ["甲"], "description": "x", "label": "甲"})
    with pytest.raises(ValidationError):
        Column.model_validate(
            {"name": "x", "type": "text", "names": ["甲"], "description": "x", "label": "甲", "kye": True}
        )
