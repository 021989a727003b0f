"""What machines read: feed, site map, the exemplars as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.parts import Card, Frame


@dataclass(frozen=True, slots=True)
class FeedEntry:
    card: Card
    address: str
    summary: str
    published: date


@dataclass(frozen=True, slots=True)
class FeedView:
    frame: Frame
    path: str
    entries: tuple[FeedEntry, ...]
    updated: date


@dataclass(frozen=True, slots=True)
class AddressesView:
    """sitemap.xml and robots.txt. `paths` are pages."""

    frame: Frame
    path: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One exemplar for scripts: the facet keys are those of the filter options."""

    card: Card
    categories: tuple[str, ...]
    unit: str  # key of the top-level unit
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """exemplars.json and data/people.js."""

    frame: Frame
    path: str
    rows: tuple[PeopleRow, ...]
