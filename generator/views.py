"""Everything a template may see: frozen, plain, public.

No view holds a Site, an Exemplar or a mutable value; a neighbour is a Card or a Link. Paths are those of the
output folder, with `/`; templates make them relative to the page. Dates are datetime.date where whole, else
as written ("2009-07")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# --- parts -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `count` < 0 is not shown."""

    title: str
    path: str
    count: int = -1


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in several widths. `webp` is a ladder of (path, width), narrowest first; `path` the JPEG.

    `width` and `height` are those of the JPEG in pixels; `mat` a CSS colour that stands while it loads."""

    path: str
    width: int
    height: int
    alt: str
    webp: tuple[tuple[str, int], ...] = ()
    caption: str = ""
    credit: str = ""
    mat: str = "#EFE8DC"


@dataclass(frozen=True, slots=True)
class Card:
    """An exemplar as others show it. `portrait` is 3:4; None asks for the typographic portrait.

    `path` is "" for one who has no page (in public notice)."""

    slug: str
    name: str
    path: str
    collective: bool
    one_line: str
    unit: tuple[str, ...]  # names from the top
    post: str
    year: int
    portrait: Image | None
    pinyin: str  # "lǐ nà"
    initial: str  # "L", "#" for none
    pronoun: str  # "", "他", "她", "他们"
    category: str  # title of the first category
    levels: tuple[str, ...]  # titles, highest first


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `nav` holds ("people", path) pairs whose words the translations give."""

    title: str
    organisation: str
    department: str
    language: str
    base_url: str
    demonstration: bool
    preview: bool
    party: bool
    stylesheet: str
    script: str
    nav: tuple[tuple[str, str], ...]
    footer: tuple[Link, ...]
    has_feedback: bool


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
class Voice:
    """A testimonial (身边人说) whose speaker allows it here."""

    quote: str
    by: str
    relation: str
    unit: str


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
class Option:
    """One choice of a filter row. `share` is 0..1 of the row's greatest count, for bars."""

    title: str
    path: str
    count: int
    selected: bool
    share: float
    key: str


@dataclass(frozen=True, slots=True)
class FilterRow:
    """`key` is "year", "category", "unit" or "level"; the first option is 全部."""

    key: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class YearGroup:
    year: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year of the strip. `share` is 0..1 of the fullest year."""

    year: int
    path: str
    count: int
    share: float
    current: bool


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    path: str


# --- pages -----------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list. `heading` is a word of the data, else `heading_key` names a translation.

    `newest` pages carry the filters; older ones lead to them. `newer` and `older` are paths or "".
    `facet` is "all", "category", "unit", "line", "year", "level", "honour", "collectives", "legacy";
    `also` are those of other years honoured again in this one (a year's page).
    """

    frame: Frame
    path: str
    facet: str
    heading: str
    heading_key: str
    intro: str
    total: int
    newest: bool
    number: int
    groups: tuple[YearGroup, ...]
    filters: tuple[FilterRow, ...]
    newer: str
    older: str
    crumbs: tuple[Crumb, ...]
    below: tuple[Link, ...]  # units under this one
    also: tuple[Card, ...]
    data: str  # path of the classic script with every card, for combined filters; "" on older pages
    facet_key: str  # the selected option's key


@dataclass(frozen=True, slots=True)
class FacetRow:
    """An entry of an index of categories, units, lines, levels, honours. `depth` indents units."""

    title: str
    path: str
    count: int
    intro: str
    depth: int
    faces: tuple[Card, ...]  # at most 3, newest first


@dataclass(frozen=True, slots=True)
class FacetIndexView:
    """`facet` names the translation of the heading: "categories", "units", "lines", "levels", "honours"."""

    frame: Frame
    path: str
    facet: str
    rows: tuple[FacetRow, ...]


@dataclass(frozen=True, slots=True)
class YearsView:
    """The archive: every year with at most 12 of its people; `years` has the counts."""

    frame: Frame
    path: str
    years: tuple[YearBar, ...]
    groups: tuple[YearGroup, ...]


@dataclass(frozen=True, slots=True)
class NamesView:
    """The index by pinyin: ("L", cards) in order, "#" last."""

    frame: Frame
    path: str
    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    total: int
    data: str


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
class CampaignRow:
    title: str
    path: str
    summary: str
    start: date | None
    until: date | None
    running: bool
    count: int


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


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """People of one top-level unit by year, in the order of `StatisticsView.years`; `per_thousand` "" unknown."""

    name: str
    path: str
    counts: tuple[int, ...]
    total: int
    per_thousand: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """Share of a post class among the individuals of each year, 0..1; None where the year has nobody."""

    title: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence chosen by a computed condition: translation key "finding.<code>" and its words."""

    code: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Years run oldest first. `matrix` rows match `units`; `year_totals` the columns."""

    frame: Frame
    path: str
    years: tuple[int, ...]
    individuals: int
    collectives: int
    units_seen: int
    units_total: int
    rotation_days: int
    units: tuple[UnitCounts, ...]
    year_totals: tuple[int, ...]
    total_per_thousand: str
    post_classes: tuple[ShareLine, ...]
    levels: tuple[Link, ...]
    categories: tuple[Link, ...]
    findings: tuple[Finding, ...]
    spreadsheet: str  # path of the CSV


@dataclass(frozen=True, slots=True)
class ChannelView:
    """`address` is what a QR code leads to: the form, else the mailbox; "" if neither is given."""

    url: str
    email: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class FeedbackView:
    frame: Frame
    path: str
    nominate: ChannelView | None
    correct: ChannelView | None
    mailbox: str


@dataclass(frozen=True, slots=True)
class PageView:
    frame: Frame
    path: str
    title: str
    summary: str
    parts: tuple[str | Image, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """`base` is the path under which the site stands ("/" or "/honour/"): 404 pages have no fixed depth."""

    frame: Frame
    path: str
    base: str
    years: tuple[YearBar, ...]


@dataclass(frozen=True, slots=True)
class RedirectView:
    """The old address of a renamed exemplar."""

    frame: Frame
    path: str
    to: str
    name: str


# --- for machines ----------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class SpreadsheetView:
    """statistics/honours.csv: UTF-8 with BOM for Excel and WPS; one exemplar a row."""

    path: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
