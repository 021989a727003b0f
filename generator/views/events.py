"""Activities, campaigns, public notices and circulars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.parts import Card, Frame, Image


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity in a list. `upcoming` is said of the day of the build."""

    title: str
    path: str
    day: date
    time: str
    place: str
    kind: str
    summary: str
    people: tuple[str, ...]  # names
    upcoming: bool
    picture: Image | None


@dataclass(frozen=True, slots=True)
class CampaignRow:
    title: str
    path: str
    summary: str
    start: date | None
    until: date | None
    running: bool
    count: int


@dataclass(frozen=True, slots=True)
class ActivitiesView:
    frame: Frame
    path: str
    upcoming: tuple[ActivityRow, ...]
    past: tuple[ActivityRow, ...]
    campaigns: tuple[CampaignRow, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    frame: Frame
    path: str
    row: ActivityRow
    parts: tuple[str | Image, ...]
    pictures: tuple[Image, ...]
    people: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PhaseView:
    """`state` is "past", "now" or "coming" on the day of the build."""

    title: str
    start: date
    until: date
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    title: str
    number: str
    date: date | None


@dataclass(frozen=True, slots=True)
class CampaignView:
    frame: Frame
    path: str
    row: CampaignRow
    phases: tuple[PhaseView, ...]
    documents: tuple[DocumentView, ...]
    parts: tuple[str | Image, ...]
    people: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Somebody in public notice. `remaining` working days, the day of the build included; 0 when it has run."""

    card: Card
    start: date
    until: date
    days: int
    remaining: int
    contact: str
    summary: str


@dataclass(frozen=True, slots=True)
class CircularRow:
    title: str
    path: str
    day: date
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class NoticesView:
    frame: Frame
    path: str
    people: tuple[NoticeRow, ...]
    circulars: tuple[CircularRow, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class CircularView:
    frame: Frame
    path: str
    row: CircularRow
    parts: tuple[str | Image, ...]
    people: tuple[Card, ...]
