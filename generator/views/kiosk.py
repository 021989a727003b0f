"""The kiosk: its page, its version, and the parcels that it loads: scripts that carry a text, a picture or code.

Pictures, words and code are named by the parcel that carries them, relative to the kiosk's folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.exemplar import Story
from generator.views.parts import Card, Frame, Image, Voice
from generator.views.search import ColumnsView, NameShardView


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel that is made of its files alone: code, style, a picture."""

    path: str


@dataclass(frozen=True, slots=True)
class Core:
    """The parcels without which nothing starts."""

    code: str
    style: str
    shell: str
    deck: str


@dataclass(frozen=True, slots=True)
class KioskView:
    """index.html: as little as can be, since a kiosk that runs never loads it anew. `boot` is the script that it
    begins with, `heartbeat` the origin that the content security policy lets it ask, "" for none."""

    frame: Frame
    path: str
    version: str
    boot: str
    core: Core
    heartbeat: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """version.js. `files` are the names of every parcel."""

    path: str
    version: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KioskShellView:
    """What all of the kiosk's screens are made of: its templates."""

    frame: Frame
    path: str


@dataclass(frozen=True, slots=True)
class Slide:
    """Somebody as the loop, the wall and the search know them. `parcel` carries the rest of their words.

    `small` and `large` are portraits, "" without one; `group` is a photo that lies across, whole, its height
    `group_shape` of its width. `honoured` is the day of the latest honour as far as
    it is known; `until` the last day on which they may be shown, None for open."""

    slug: str
    name: str
    parcel: str
    collective: bool
    one_line: str
    unit: tuple[str, ...]  # names from the top
    post: str
    year: int
    categories: tuple[str, ...]  # keys
    branch: str  # key of the top-level unit
    pronoun: str
    pinyin: str
    small: str
    large: str
    group: str
    group_shape: float
    alt: str
    mat: str
    honoured: str
    until: date | None
    legacy: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """An activity between two people. Those to come end with their day (`until`)."""

    title: str
    day: date
    time: str
    place: str
    kind: str
    summary: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Tempo:
    """The settings of site.yaml that the kiosk's script goes by; see model.Kiosk."""

    newly_days: int
    newly_factor: int
    seconds: tuple[int, int]
    between: int
    idle: int
    warning: int
    poll: tuple[int, int]
    dim: str
    wake: str
    restart: int
    heartbeat: str
    drift: int


@dataclass(frozen=True, slots=True)
class DeckView:
    """Whom and what the kiosk shows. `letters` is the parcel by which people are found; `terms` and `branches`
    pair keys with titles, those that somebody has."""

    path: str
    day: date
    language: str
    letters: str
    people: tuple[Slide, ...]
    terms: tuple[tuple[str, str], ...]
    branches: tuple[tuple[str, str], ...]
    slogans: tuple[str, ...]
    happenings: tuple[Happening, ...]
    tempo: Tempo


@dataclass(frozen=True, slots=True)
class LettersView:
    """Who is found by which letters: `slugs`, and `words` in syllables, in the order of the search's ids."""

    path: str
    slugs: tuple[str, ...]
    words: tuple[tuple[tuple[str, ...], ...], ...]
    columns: ColumnsView
    names: tuple[NameShardView, ...]


@dataclass(frozen=True, slots=True)
class KioskExemplarView:
    """One exemplar: the slide of the loop, the voices of its second half, the page behind a touch.

    `images` are the pictures of the deeds by file name. `address` is what the QR code leads to, "" for none."""

    frame: Frame
    path: str
    card: Card
    story: Story
    images: tuple[tuple[str, Image], ...]
    voices: tuple[Voice, ...]
    mentors: tuple[Card, ...]
    students: tuple[Card, ...]
    address: str
    legacy: bool
