"""The day of observation and the first month, as people give them."""

from __future__ import annotations

from datetime import date

import pytest

from dagster_project.settings import SettingError, as_of_of, span_start_of, today


def test_the_span_begins_with_january_of_the_year_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIANNUO_SPAN_FROM", raising=False)
    assert span_start_of(None, date(2024, 1, 1)) == date(2023, 1, 1)
    assert span_start_of(None, date(2024, 12, 31)) == date(2023, 1, 1)


def test_the_command_line_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANNUO_SPAN_FROM", "2020-05")
    assert span_start_of(None, date(2024, 3, 1)) == date(2020, 5, 1)
    assert span_start_of("2022-07", date(2024, 3, 1)) == date(2022, 7, 1)


def test_the_month_of_the_day_itself_can_be_the_first() -> None:
    assert span_start_of("2024-03", date(2024, 3, 1)) == date(2024, 3, 1)


@pytest.mark.parametrize("text", ["2024-04", "2024", "2024-3", "2024-13", "2024-01-01", "1949-12", "x"])
def test_what_is_no_month_up_to_the_day_is_refused(text: str) -> None:
    with pytest.raises(SettingError) as refused:
        span_start_of(text, date(2024, 3, 31))
    assert text in str(refused.value) and "月份" in refused.value.zh and text in refused.value.zh


@pytest.mark.parametrize("text", ["2024-02-30", "2024/01/01", "20240101", "2024-1-1", "1949-12-31", "2100-01-01", ""])
def test_what_is_no_day_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(SettingError) as refused:
        as_of_of(text)
    assert text in str(refused.value) and "日期" in refused.value.zh and text in refused.value.zh


def test_no_day_means_today_in_the_office() -> None:
    assert as_of_of(None) == today()
    assert as_of_of("2024-02-29") == date(2024, 2, 29)
