"""An exemplar's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.parts import Card, Frame, Image, Link, Voice


@dataclass(frozen=True)
class Chapter:
    """A `## ` part of the deeds. `parts` are safe HTML (str) and pictures in reading order.

    `number` 0 is text before the first heading, without title. `voice` is set between this chapter and the next.
    """

    number: int
    id: str
    title: str
    parts: tuple[str | Image, ...]
    voice: Voice | None = None


@dataclass(frozen=True)
class HonourLine:
    """`key` is the title as an address, "" if nothing of it can be read."""

    date: str
    title: str
    grade: str
    level: str
    by: str
    document: str
    key: str = ""


@dataclass(frozen=True)
class DatedText:
    date: str
    text: str


@dataclass(frozen=True)
class TitledText:
    title: str
    text: str


@dataclass(frozen=True)
class PledgeView:
    promise: str
    kept: str
    post: str


@dataclass(frozen=True)
class Story:
    """What a record says for everybody to read, derived once when it is read; `digest` covers every field.

    `html` is the deeds, safe, with markers where pictures go (see chapters.py). `citation` are lines,
    `citation_vertical` whether they fit the upright panel. `honours` run from the latest."""

    digest: str = ""
    html: str = ""
    summary: str = ""
    citation: tuple[str, ...] = ()
    citation_vertical: bool = False
    spirit: str = ""
    remarks: str = ""
    identity: str = ""
    honours: tuple[HonourLine, ...] = ()
    timeline: tuple[DatedText, ...] = ()
    practices: tuple[TitledText, ...] = ()
    pledge: PledgeView | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExemplarView:
    """One exemplar's own page. `photo` is the whole landscape picture of a group, None for a 3:4 portrait.

    `images` are the pictures of the deeds by file name, `voices` the testimonials; `chapters(…)` sets both into
    the story. `honour_paths` are the pages of all who hold each of the story's honours, "" for none."""

    frame: Frame
    path: str
    card: Card
    story: Story
    photo: Image | None
    images: tuple[tuple[str, Image], ...]
    voices: tuple[Voice, ...]
    honour_paths: tuple[str, ...]
    categories: tuple[Link, ...]
    units: tuple[Link, ...]  # from the top
    line: Link | None
    year_path: str
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
    sheets: tuple[tuple[str, str], ...]  # ("bulletin", path): what can be printed of them
    watermark: str  # what is missing, in preview; "" otherwise
