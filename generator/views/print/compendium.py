"""The compendium (事迹汇编): a book of exemplars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.parts import Voice
from generator.views.print.parts import Address, Deeds, Name, PrintPicture, Profile, SheetFrame, Verse


@dataclass(frozen=True)
class Part:
    """A chapter of the book. Its opening faces the `picture` of one of its people or, where that would be the same
    on two spreads, the `voice` of somebody about one of them: whoever `about` names."""

    title: str
    intro: Verse
    picture: PrintPicture | None
    voice: Voice | None
    about: str
    profiles: tuple[Profile, ...]


@dataclass(frozen=True)
class IndexEntry:
    """Where somebody's pages are found, by slug. `note` stands behind the name; it must not be left out where
    `namesakes` can't be told apart without."""

    slug: str
    name: Name
    note: str
    namesakes: bool


@dataclass(frozen=True)
class IndexGroup:
    """A part of an index under its `head`: an initial, a number of strokes; "" for all others."""

    head: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class UnitEntry:
    """A unit and who of it is in the book. `depth` 0 is the top of the tree; units without anybody in or below
    them are left out."""

    name: str
    depth: int
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class CompendiumView:
    """One book. `years` are those it covers, first and last, or the one; `face` looks out of the cover.

    With `spreads` everybody has a page for the portrait, facing name and text; without, the portrait stands
    beside the name, for books too thick otherwise."""

    frame: SheetFrame
    title: str
    subtitle: str
    years: tuple[int, ...]
    date: date | None
    foreword: Deeds
    face: PrintPicture | None
    parts: tuple[Part, ...]
    pinyin: tuple[IndexGroup, ...]
    strokes: tuple[IndexGroup, ...]
    units: tuple[UnitEntry, ...]
    individuals: int
    collectives: int
    colophon: str
    home: Address
    spreads: bool
    bleed: bool
