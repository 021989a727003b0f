"""Working days in China. The official arrangement of 2026: 国办发明电〔2025〕7号."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from generator import workdays
from generator.model import Settings, Source

PLAIN = Settings("荣誉专区", "集团", Source("site.yaml"))


def settings(holidays=(), workdays=()):
    return Settings("荣誉专区", "集团", Source("site.yaml"), holidays=holidays, workdays=workdays)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-09-20", True),  # a Sunday worked for the National Day
        ("2026-09-25", False),  # 中秋节, a Friday
        ("2026-09-30", True),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # a Saturday
        ("2026-10-11", False),
        ("2026-02-14", True),  # a Saturday before the Spring Festival
        ("2026-02-16", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
    ],
)
def test_the_official_calendar_of_2026(day, worked):
    assert workdays.is_workday(date.fromisoformat(day), PLAIN) is worked


def test_a_notice_over_the_national_day():
    assert workdays.last_of(date(2026, 9, 28), 5, PLAIN) == date(2026, 10, 9)


def test_the_first_day_counts_when_it_is_worked():
    assert workdays.last_of(date(2026, 10, 8), 1, PLAIN) == date(2026, 10, 8)


def test_a_notice_that_begins_on_a_holiday_counts_from_the_next_working_day():
    assert workdays.last_of(date(2026, 10, 1), 5, PLAIN) == date(2026, 10, 13)


def test_the_sites_own_calendar_prevails():
    own = settings(holidays=(date(2026, 10, 8),), workdays=(date(2026, 10, 7),))
    assert not workdays.is_workday(date(2026, 10, 8), own)
    assert workdays.is_workday(date(2026, 10, 7), own)
    assert workdays.last_of(date(2026, 9, 28), 5, own) == date(2026, 10, 9)
    assert workdays.last_of(date(2026, 9, 28), 4, own) == date(2026, 10, 7)


def test_a_day_that_stands_in_both_lists_is_worked():
    day = date(2026, 10, 3)
    assert workdays.is_workday(day, settings(holidays=(day,), workdays=(day,)))


def test_a_year_that_nobody_knows_counts_monday_to_friday_and_the_sites_own_days():
    assert workdays.is_known(2026)
    assert not workdays.is_known(2199)
    tuesday, saturday = date(2199, 10, 1), date(2199, 10, 5)
    assert (tuesday.weekday(), saturday.weekday()) == (1, 5)
    assert workdays.is_workday(tuesday, PLAIN)
    assert not workdays.is_workday(saturday, PLAIN)
    own = settings(holidays=(tuesday,), workdays=(saturday,))
    assert not workdays.is_workday(tuesday, own)
    assert workdays.is_workday(saturday, own)


def test_counting():
    assert workdays.count(date(2026, 9, 28), date(2026, 10, 9), PLAIN) == 5
    assert workdays.count(date(2026, 10, 8), date(2026, 10, 8), PLAIN) == 1
    assert workdays.count(date(2026, 10, 1), date(2026, 10, 7), PLAIN) == 0
    assert workdays.count(date(2026, 10, 9), date(2026, 10, 8), PLAIN) == 0


days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
some = st.lists(st.dates(date(2026, 9, 1), date(2026, 11, 1)), max_size=5).map(tuple)


@given(days | st.dates(date(2026, 9, 1), date(2026, 11, 1)), st.integers(1, 60), some, some)
@trials(deadline=None)
def test_the_last_day_is_the_first_on_which_so_many_have_been_worked(start, number, holidays, extra):
    own = settings(holidays, extra)
    last = workdays.last_of(start, number, own)
    assert workdays.is_workday(last, own)
    assert workdays.count(start, last, own) == number
    assert workdays.count(start, last - timedelta(days=1), own) == number - 1
