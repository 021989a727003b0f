"""An exemplar as its record says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.model.source import Source


class Kind(StrEnum):
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


class Status(StrEnum):
    LEAD = "lead"
    CULTIVATING = "cultivating"
    NOMINATED = "nominated"
    NOTICE = "notice"
    APPROVED = "approved"
    LEGACY = "legacy"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class Scope(StrEnum):
    """Where a consent allows publication; each edition asks for one of these."""

    WEB = "web"
    KIOSK = "kiosk"
    PRINT = "print"
    MEDIA = "media"


@dataclass(frozen=True)
class Photo:
    """The one portrait. `focus` is (x, y) in 0..1 of the upright picture, the point a crop keeps."""

    file: str
    alt: str
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.4)


@dataclass(frozen=True)
class Picture:
    """A picture in the text. `people` are slugs or names of those it shows; `consent` None means not said."""

    file: str
    alt: str
    caption: str = ""
    credit: str = ""
    people: tuple[str, ...] = ()
    consent: bool | None = None


@dataclass(frozen=True)
class Honour:
    """`date` as written: 2017, 2017-12 or 2017-12-15."""

    title: str
    date: str
    grade: str = ""
    level: str = ""
    by: str = ""
    document: str = ""
    number: str = ""


@dataclass(frozen=True)
class Testimonial:
    """Words of somebody about the exemplar, verbatim. Shown only with `consent` True."""

    quote: str
    by: str
    relation: str = ""
    unit: str = ""
    consent: bool | None = None  # None is not said yet, False refused


@dataclass(frozen=True)
class Moment:
    """One line of the growth timeline. `date` as written: 2009, 2009-07 or 2009-07-01."""

    date: str
    text: str


@dataclass(frozen=True)
class Practice:
    title: str
    text: str = ""


@dataclass(frozen=True)
class Pledge:
    promise: str
    kept: str = ""
    post: str = ""


@dataclass(frozen=True)
class Lineage:
    """Slugs of those who taught the exemplar and those the exemplar taught."""

    mentors: tuple[str, ...] = ()
    students: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    stage: str
    by: str
    date: date
    digest: str


@dataclass(frozen=True)
class Consent:
    basis: str
    scope: tuple[Scope, ...]
    until: date | None = None
    date: date | None = None


@dataclass(frozen=True)
class Window:
    """Days on which publication is allowed, both ends included; None is open."""

    start: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Notice:
    """The public notice (公示) before approval."""

    start: date
    contact: str = ""


@dataclass(frozen=True)
class Exemplar:
    """One record as written. `private` holds (key, value) pairs for the nomination form and nothing else."""

    slug: str
    name: str
    kind: Kind
    unit: tuple[str, ...]
    categories: tuple[str, ...]
    status: Status
    source: Source
    pinyin: str = ""
    line: str = ""
    post: str = ""
    pronoun: str = ""
    identity: str = ""
    post_class: str = ""
    tags: tuple[str, ...] = ()
    year: int | None = None
    photo: Photo | None = None
    pictures: tuple[Picture, ...] = ()
    one_line: str = ""
    summary: str = ""
    citation: str = ""
    remarks: str = ""
    spirit: str = ""
    honours: tuple[Honour, ...] = ()
    testimonials: tuple[Testimonial, ...] = ()
    timeline: tuple[Moment, ...] = ()
    practices: tuple[Practice, ...] = ()
    pledge: Pledge | None = None
    lineage: Lineage = Lineage()
    members: tuple[str, ...] = ()
    campaign: str = ""
    reviews: tuple[Review, ...] = ()
    consent: Consent | None = None
    publish: Window = Window()
    notice: Notice | None = None
    followed_up: date | None = None
    minor: bool = False
    guardian_consent: bool = False
    formerly: tuple[str, ...] = ()
    private: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    markdown: str = ""
    body_line: int = 1  # the line of the file on which the Markdown begins

    def words(self) -> Iterator[tuple[str, str]]:
        """(key, text) of all it says in sentences, the Markdown under ""; names and what is private aren't."""
        yield "", self.markdown
        for key in ("one_line", "summary", "citation", "remarks", "spirit"):
            yield key, getattr(self, key)
        if self.photo:
            yield "photo.alt", self.photo.alt
        for number, picture in enumerate(self.pictures):
            yield f"pictures.{number}.alt", picture.alt
            yield f"pictures.{number}.caption", picture.caption
        for number, said in enumerate(self.testimonials):
            yield f"testimonials.{number}.quote", said.quote
        for number, moment in enumerate(self.timeline):
            yield f"timeline.{number}.text", moment.text
        for number, practice in enumerate(self.practices):
            yield f"practices.{number}.title", practice.title
            yield f"practices.{number}.text", practice.text
        if self.pledge:
            for key in ("promise", "kept", "post"):
                yield f"pledge.{key}", getattr(self.pledge, key)
