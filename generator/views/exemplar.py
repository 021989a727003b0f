"""An exemplar's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.parts import Card, Frame, Image, Link, Voice


@dataclass(frozen=True, slots=True)
class Chapter:
    """A `## ` part of the deeds. `parts` are safe HTML (str) and pictures in reading order.

    `number` 0 is text before the first heading, without title. `voice` is set between this chapter and the next.
    """

    number: int
    id: str
    title: str
    parts: tuple[str | Image, ...]
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class HonourLine:
    date: str
    title: str
    grade: str
    level: str
    by: str
    document: str
    path: str  # the page of all who hold it


@dataclass(frozen=True, slots=True)
class DatedText:
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class TitledText:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PledgeView:
    promise: str
    kept: str
    post: str


@dataclass(frozen=True, slots=True)
class ExemplarView:
    """One exemplar's own page. `photo` is the whole landscape picture of a group, None for a 3:4 portrait."""

    frame: Frame
    path: str
    card: Card
    photo: Image | None
    categories: tuple[Link, ...]
    units: tuple[Link, ...]  # from the top
    line: Link | None
    identity: str
    year_path: str
    summary: str
    citation: tuple[str, ...]  # lines
    citation_vertical: bool
    spirit: str
    honours: tuple[HonourLine, ...]
    chapters: tuple[Chapter, ...]
    footnotes: str  # safe HTML; "" if none
    voices: tuple[Voice, ...]  # those that found no place between chapters
    remarks: str
    timeline: tuple[DatedText, ...]
    practices: tuple[TitledText, ...]
    pledge: PledgeView | None
    members: tuple[str, ...]
    mentors: tuple[Card, ...]
    students: tuple[Card, ...]
    campaign: Link | None
    activities: tuple[Link, ...]
    related: tuple[Card, ...]  # at most 3
    related_reason: str  # "unit" or "category"
    address: str  # permanent; "" without base_url
    updated: date | None
    stages: tuple[str, ...]  # the review stages passed, for the foot
    legacy: bool
    watermark: str  # what is missing, in preview; "" otherwise
