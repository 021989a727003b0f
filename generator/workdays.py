"""Working days in China: site.yaml's calendar first, then the State Council's as chinesecalendar knows it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from generator.model import Settings

_ONE_DAY = timedelta(days=1)


def is_workday(day: date, settings: Settings) -> bool:
    """Whether `day` is worked. A year that nobody knows yet counts Monday to Friday (see `is_known`)."""
    if day in settings.workdays:
        return True
    if day in settings.holidays:
        return False
    known = _official(day)
    return day.weekday() < 5 if known is None else known


def is_known(year: int) -> bool:
    """Whether the official calendar of `year` is in the installed chinesecalendar."""
    return _official(date(year, 1, 1)) is not None


def last_of(start: date, days: int, settings: Settings) -> date:
    """The last of `days` working days counted from `start`, which counts when it is worked itself."""
    day = start
    left = days - is_workday(day, settings)
    while left > 0:
        day += _ONE_DAY
        left -= is_workday(day, settings)
    return day


def count(first: date, last: date, settings: Settings) -> int:
    """Working days from `first` to `last`, both included; 0 when `last` is earlier."""
    days = (last - first).days + 1
    return sum(is_workday(first + _ONE_DAY * n, settings) for n in range(max(days, 0)))


@cache
def _official(day: date) -> bool | None:
    import chinese_calendar  # lazily: 20 ms that a site without public notices never needs

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # its way to say that it has no data for the year
        return None
