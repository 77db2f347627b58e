"""The calendar, against days known from the State Council's notices."""

from datetime import date, timedelta

import chinese_calendar
import polars as pl
import pytest

from dagster_project.calendar import calendar_table


@pytest.fixture(scope="module")
def calendar():
    return {row["day"]: (row["is_workday"], row["is_official"]) for row in calendar_table().to_dicts()}


@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        (date(2024, 2, 4), True),  # a Sunday worked for the Spring Festival
        (date(2024, 2, 12), False),  # a Monday of the Spring Festival
        (date(2024, 2, 18), True),  # a Sunday worked for it
        (date(2024, 9, 14), True),  # a Saturday worked for the Mid-Autumn Festival
        (date(2024, 10, 1), False),  # National Day, a Tuesday
        (date(2024, 10, 12), True),  # a Saturday worked for it
        (date(2024, 10, 13), False),  # a Sunday like any other
        (date(2023, 1, 2), False),  # a Monday of New Year
        (date(2023, 9, 29), False),  # Mid-Autumn, a Friday
        (date(2020, 1, 31), False),  # the Spring Festival prolonged by the epidemic
        (date(2024, 3, 5), True),  # a Tuesday like any other
        (date(2004, 10, 9), True),  # a Saturday worked for National Day, in the first year covered
    ],
)
def test_holidays_rest_and_adjusted_weekends_work(calendar, day, is_workday):
    assert calendar[day] == (is_workday, True)


@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        (date(2027, 10, 1), True),  # National Day, a Friday: nothing is known of that year yet
        (date(2027, 10, 2), False),
        (date(2003, 12, 31), True),
        (date(1949, 10, 1), False),  # a Saturday
        (date(2101, 12, 30), True),
    ],
)
def test_outside_the_official_years_monday_to_friday_work(calendar, day, is_workday):
    assert calendar[day] == (is_workday, False)


def test_official_are_the_years_2004_to_2026(calendar):
    assert {day.year for day, (_, is_official) in calendar.items() if is_official} == set(range(2004, 2027))


def test_every_day_stands_once_from_the_first_readable_one_to_the_end_of_2101(calendar):
    days = calendar_table()["day"].to_list()
    assert (days[0], days[-1], len(days)) == (date(1949, 10, 1), date(2101, 12, 31), len(calendar))
    assert all(later - earlier == timedelta(days=1) for earlier, later in zip(days, days[1:], strict=False))


def test_the_table_has_the_types_of_the_warehouse():
    schema = calendar_table().schema
    assert schema == {"day": pl.Date, "is_workday": pl.Boolean, "is_official": pl.Boolean}


def test_five_workdays_of_2024_around_the_spring_festival_end_after_it(calendar):
    """From Wednesday 7 February: 8 (Thursday), 9 (Friday, worked), then 18 (Sunday, worked), 19 and 20."""
    found: list[int] = []
    day = date(2024, 2, 7)
    while len(found) < 5:
        day += timedelta(days=1)
        if calendar[day][0]:
            found.append(day.day)
    assert found == [8, 9, 18, 19, 20]


def test_the_calendar_is_that_of_the_library(calendar):
    days = [date(2019, 12, 28) + timedelta(days=n) for n in range(800)]
    assert [calendar[day][0] for day in days] == [chinese_calendar.is_workday(day) for day in days]
