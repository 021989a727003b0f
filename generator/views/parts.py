"""What pages have in common: links, pictures, cards, the frame around it all."""

from __future__ import annotations

from dataclasses import dataclass


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
    has_sheets: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """A testimonial (身边人说) whose speaker allows it here."""

    quote: str
    by: str
    relation: str
    unit: str


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
