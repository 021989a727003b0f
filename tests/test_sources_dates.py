from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.dates import Day, PartialDay, Year
from generator.sources.positions import Node
from generator.sources.shape import Reader, Reading


def read(reader: Reader, written: str) -> tuple[Any, str]:
    reading = Reading("a.md")
    value = reader.read(Node(written, 3, 7), reading, "date", "日期")
    return value, reading.problems[0].code if reading.problems else ""


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2017-12-15", "2017-12-15"),
        ("2017年12月15日", "2017-12-15"),
        ("2017 年 7 月 5 日", "2017-07-05"),
        ("2017年12月15号", "2017-12-15"),
        ("2017年12月15", "2017-12-15"),
        ("2017.12.15", "2017-12-15"),
        ("2017/7/5", "2017-07-05"),
        ("２０１７-１２-１５", "2017-12-15"),
        ("2017年12月", "2017-12"),
        ("2017.12", "2017-12"),
        ("2017-7", "2017-07"),
        ("2017年", "2017"),
        ("2017", "2017"),
    ],
)
def test_ways_of_writing_a_date(written: str, iso: str) -> None:
    assert read(PartialDay(), written) == (iso, "")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024-13-40", "date-impossible"),
        ("2023-02-29", "date-impossible"),
        ("2017-00-01", "date-impossible"),
        ("0217-12-15", "date-impossible"),
        ("去年", "date-form"),
        ("17-12-15", "date-form"),
        ("2017-12-15 08:00", "date-form"),
    ],
)
def test_dates_that_are_none(written: str, code: str) -> None:
    assert read(PartialDay(), written) == (None, code)


def test_a_whole_day_is_asked_for_where_one_is_needed() -> None:
    assert read(Day(), "2017年12月15日") == (date(2017, 12, 15), "")
    assert read(Day(), "2017-12") == (None, "date-incomplete")


def test_a_year_is_a_number() -> None:
    assert read(Year(), "2017年") == (2017, "")
    assert read(Year(), "2017-12") == (None, "year-expected")


def test_a_list_is_no_date() -> None:
    reading = Reading("a.md")
    assert Day().read(Node([], 1, 1), reading, "date", "date") is None
    assert reading.problems[0].code == "date-form"


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_day_written_in_chinese_is_that_day(day: date) -> None:
    assert read(Day(), f"{day.year}年{day.month}月{day.day}日") == (day, "")
