"""What an office's files say, as frozen values: the site's settings, its exemplars, pages and events.

Nothing here knows files or templates. `private` lives on Exemplar alone and no view has a field for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.problems import Place, Problem

# Where each key of a record stands: ("honours.0.level", line, column). Lets later rooms point at the spot.
Places = tuple[tuple[str, int, int], ...]


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


@dataclass(frozen=True, slots=True)
class Source:
    """The file a value was read from. `file` is relative to the site, with `/`."""

    file: str
    places: Places = ()

    def at(self, key: str = "") -> Place:
        """Where `key` ("unit", "honours.0.level") stands; its nearest parent if it has no place of its own."""
        known = {name: (line, column) for name, line, column in self.places}
        while key:
            if key in known:
                return Place(self.file, *known[key])
            key = key.rpartition(".")[0]
        return Place(self.file)


# --- an exemplar -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Photo:
    """The one portrait. `focus` is (x, y) in 0..1 of the upright picture, the point a crop keeps."""

    file: str
    alt: str
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.4)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text. `people` are slugs or names of those it shows; `consent` None means not said."""

    file: str
    alt: str
    caption: str = ""
    credit: str = ""
    people: tuple[str, ...] = ()
    consent: bool | None = None


@dataclass(frozen=True, slots=True)
class Honour:
    """`date` as written: 2017, 2017-12 or 2017-12-15."""

    title: str
    date: str
    grade: str = ""
    level: str = ""
    by: str = ""
    document: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Testimonial:
    """Words of somebody about the exemplar, verbatim. Shown only with `consent` True."""

    quote: str
    by: str
    relation: str = ""
    unit: str = ""
    consent: bool | None = None  # None is not said yet, False refused


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the growth timeline. `date` as written: 2009, 2009-07 or 2009-07-01."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Practice:
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    promise: str
    kept: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """Slugs of those who taught the exemplar and those the exemplar taught."""

    mentors: tuple[str, ...] = ()
    students: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    stage: str
    by: str
    date: date
    digest: str


@dataclass(frozen=True, slots=True)
class Consent:
    basis: str
    scope: tuple[Scope, ...]
    until: date | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which publication is allowed, both ends included; None is open."""

    start: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The public notice (公示) before approval."""

    start: date
    contact: str = ""


@dataclass(frozen=True, slots=True)
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


# --- other content ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A page of content/*.md. `order` places it in the footer; 0 keeps it out of there."""

    slug: str
    title: str
    source: Source
    summary: str = ""
    order: int = 0
    markdown: str = ""
    body_line: int = 1


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Phase:
    title: str
    start: date
    until: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class BasisDocument:
    title: str
    number: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


# --- the settings ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a list the office defines: a category, business line, level or post class."""

    key: str
    title: str
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the unit tree. `path` is its keys from the top; `names` likewise; `staff` 0 is unknown."""

    key: str
    name: str
    path: tuple[str, ...]
    names: tuple[str, ...]
    staff: int = 0
    liaison: str = ""
    units: tuple[Unit, ...] = ()

    def walk(self) -> Iterator[Unit]:
        """This unit, then every unit below it, in the order of site.yaml."""
        yield self
        for unit in self.units:
            yield from unit.walk()


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach the office: any of these may be empty."""

    url: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    nominate: Channel | None = None
    correct: Channel | None = None
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Most characters of each text, counted as readers count: without white space."""

    deeds: int = 1500
    one_line: int = 140
    summary: int = 300


@dataclass(frozen=True, slots=True)
class Settings:
    """site.yaml. `signers` pairs a review stage with the names that may sign it; empty means anybody."""

    title: str
    organisation: str
    source: Source
    department: str = ""
    base_url: str = ""
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    theme: str = "honour"
    demonstration: bool = False
    party: bool = False
    units: tuple[Unit, ...] = ()
    lines: tuple[Term, ...] = ()
    categories: tuple[Term, ...] = ()
    levels: tuple[Term, ...] = ()  # highest first
    post_classes: tuple[Term, ...] = ()
    stages: tuple[str, ...] = ("初审", "复审", "终审")
    signers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    consent_required: bool = True
    notice_required: bool = False
    notice_days: int = 5
    notice_contact: str = ""
    holidays: tuple[date, ...] = ()  # site.yaml's `calendar:`, before what chinesecalendar says
    workdays: tuple[date, ...] = ()
    limits: Limits = Limits()
    slogans: tuple[str, ...] = ()
    feedback: Feedback = Feedback()

    def unit(self, path: tuple[str, ...]) -> Unit | None:
        """The unit that a record's `unit:` names, by names or keys from the top; None if there is none."""
        below = self.units
        found: Unit | None = None
        for part in path:
            found = next((unit for unit in below if part in (unit.name, unit.key)), None)
            if found is None:
                return None
            below = found.units
        return found


def term(terms: tuple[Term, ...], written: str) -> Term | None:
    """The term that `written` names by key or by title; None if there is none."""
    return next((entry for entry in terms if written in (entry.key, entry.title)), None)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything read. Unreadable files are absent here and stand in `problems`."""

    settings: Settings
    exemplars: tuple[Exemplar, ...] = ()
    pages: tuple[Page, ...] = ()
    activities: tuple[Activity, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    circulars: tuple[Circular, ...] = ()
    problems: tuple[Problem, ...] = ()
