"""Pages, activities, campaigns and circulars of content/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.exemplar import Picture
from generator.model.source import Source


@dataclass(frozen=True)
class Page:
    """A page of content/*.md. `order` places it in the footer; 0 keeps it out of there."""

    slug: str
    title: str
    source: Source
    summary: str = ""
    order: int = 0
    markdown: str = ""
    body_line: int = 1


@dataclass(frozen=True)
class Activity:
    slug: str
    title: str
    date: date
    source: Source
    time: str = ""
    place: str = ""
    kind: str = ""
    summary: str = ""
    exemplars: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    markdown: str = ""
    body_line: int = 1


@dataclass(frozen=True)
class Phase:
    title: str
    start: date
    until: date
    text: str = ""


@dataclass(frozen=True)
class BasisDocument:
    title: str
    number: str = ""
    date: date | None = None


@dataclass(frozen=True)
class Campaign:
    slug: str
    title: str
    source: Source
    summary: str = ""
    start: date | None = None
    until: date | None = None
    phases: tuple[Phase, ...] = ()
    documents: tuple[BasisDocument, ...] = ()
    markdown: str = ""
    body_line: int = 1


@dataclass(frozen=True)
class Circular:
    """A document of content/notices/: 公示, 通报 or 通知 (`kind`, as written), with its number (文号)."""

    slug: str
    title: str
    date: date
    source: Source
    kind: str = ""
    number: str = ""
    exemplars: tuple[str, ...] = ()
    markdown: str = ""
    body_line: int = 1


@dataclass(frozen=True)
class Bulletin:
    """An issue of the bulletin: content/bulletins/2017-12.md; its Markdown is the editor's note (按语).

    `number` is the issue of the year (第×期), `total` the issue since the first (总第×期); 0 is not said."""

    slug: str
    date: date
    exemplars: tuple[str, ...]
    source: Source
    title: str = ""
    number: int = 0
    total: int = 0
    markdown: str = ""
    body_line: int = 1


@dataclass(frozen=True)
class Compendium:
    """A book (事迹汇编): content/compendia/2026.md; its Markdown is the foreword.

    Those of `year`, of `campaign`, or `exemplars` by name; whatever is given narrows the choice, and nothing
    given takes everybody. `face` is the slug of whoever looks out of the cover."""

    slug: str
    title: str
    source: Source
    subtitle: str = ""
    year: int | None = None
    campaign: str = ""
    exemplars: tuple[str, ...] = ()
    face: str = ""
    date: date | None = None
    colophon: str = ""
    markdown: str = ""
    body_line: int = 1
