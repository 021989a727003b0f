"""The home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.events import ActivityRow
from generator.views.parts import Card, Frame, Voice, YearBar


@dataclass(frozen=True, slots=True)
class Daily:
    """Who stands on the home page on one day."""

    day: date
    card: Card


@dataclass(frozen=True, slots=True)
class CategoryRow:
    key: str
    title: str
    path: str
    count: int
    latest: str  # name of the latest honoured; "" if nobody


@dataclass(frozen=True, slots=True)
class HomeView:
    """`daily` begins with the day of the build; empty when nobody is published yet."""

    frame: Frame
    path: str
    daily: tuple[Daily, ...]
    year: int
    wall: tuple[Card, ...]  # at most 7 of this year's
    individuals_this_year: int
    collectives_this_year: int
    year_path: str
    voice: Voice | None
    voice_of: Card | None
    individuals: int
    collectives: int
    categories: tuple[CategoryRow, ...]
    old_friend: Card | None  # not seen for long
    activities: tuple[ActivityRow, ...]  # at most 3, next first
    last_activity: ActivityRow | None  # the last one with a picture
    years: tuple[YearBar, ...]
    slogans: tuple[str, ...]
