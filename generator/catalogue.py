"""The site as editions see it: every readable record with what was derived from it, on one day.

Made by loading.py, asked by editions. `Catalogue.admit` is the only way to the gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from generator import lifecycle
from generator.engine.derive import Derive, afresh
from generator.engine.target import File
from generator.lifecycle import Decision
from generator.model import (
    Activity,
    Bulletin,
    Campaign,
    Circular,
    Compendium,
    Exemplar,
    Page,
    Picture,
    Scope,
    Settings,
)
from generator.photos import PhotoFacts
from generator.pinyin import Reading
from generator.text import Text
from generator.views import Story


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture file of a content folder: where it lies, what its bytes are, what they show in pixels."""

    path: Path
    digest: str
    facts: PhotoFacts

    @property
    def file(self) -> File:
        return File(self.path, self.digest)


Pictures = Mapping[str, SourcePicture]


@dataclass(frozen=True, slots=True)
class Entry:
    """An exemplar with everything derived from its folder. `digest` is that of the reviewed content; the HTML of
    the deeds is in `story`."""

    exemplar: Exemplar
    text: Text
    reading: Reading
    digest: str
    pictures: Pictures = field(default_factory=dict, hash=False)
    story: Story = Story()


@dataclass(frozen=True, slots=True)
class Document:
    """A file of content/ with its text and pictures."""

    item: Page | Activity | Campaign | Circular | Bulletin | Compendium
    text: Text
    pictures: Pictures = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Admitted:
    """An entry that the gate lets into an edition."""

    entry: Entry
    decision: Decision


@dataclass(frozen=True)
class Catalogue:
    """Everything editions plan from. Immutable; `day` and `preview` are inputs like any other.

    `aside` are those whose records a rule refused: they are shown nowhere, and still asked when a picture
    names them. `unreadable` are the files of which nothing is known; a picture that names such a record waits.
    `derive` remembers what is dear to derive from entries; without it everything is derived anew."""

    settings: Settings
    day: date
    preview: bool
    entries: tuple[Entry, ...] = ()
    pages: tuple[Document, ...] = ()
    activities: tuple[Document, ...] = ()
    campaigns: tuple[Document, ...] = ()
    circulars: tuple[Document, ...] = ()
    bulletins: tuple[Document, ...] = ()
    compendia: tuple[Document, ...] = ()
    aside: tuple[Exemplar, ...] = ()
    unreadable: frozenset[str] = frozenset()
    derive: Derive = field(default=afresh, compare=False, repr=False)

    @cached_property
    def _decided(self) -> dict[tuple[str, Scope], Decision]:
        return {}

    @cached_property
    def people(self) -> dict[str, tuple[Exemplar, ...]]:
        """Exemplars by slug and by name: whom a picture may name."""
        found: dict[str, list[Exemplar]] = {}
        for exemplar in (*(entry.exemplar for entry in self.entries), *self.aside):
            for key in {exemplar.slug, exemplar.name}:
                found.setdefault(key, []).append(exemplar)
        return {key: tuple(exemplars) for key, exemplars in found.items()}

    @property
    def documents(self) -> tuple[Document, ...]:
        """Everything of content/."""
        events = (*self.activities, *self.campaigns, *self.circulars)
        return (*self.pages, *events, *self.bulletins, *self.compendia)

    def without(self, files: Collection[str]) -> Catalogue:
        """This catalogue without the records and documents of these files."""
        if not files:
            return self
        refused = (entry.exemplar for entry in self.entries if entry.exemplar.source.file in files)
        return replace(
            self,
            aside=(*self.aside, *refused),
            entries=tuple(entry for entry in self.entries if entry.exemplar.source.file not in files),
            pages=_rest(self.pages, files),
            activities=_rest(self.activities, files),
            campaigns=_rest(self.campaigns, files),
            circulars=_rest(self.circulars, files),
            bulletins=_rest(self.bulletins, files),
            compendia=_rest(self.compendia, files),
        )

    def in_public(self) -> Catalogue:
        """The same site as the public would see it."""
        return replace(self, preview=False)

    def decide(self, entry: Entry, scope: Scope) -> Decision:
        """The gate's answer for one entry; asked once and remembered."""
        key = (entry.exemplar.slug, scope)
        if key not in self._decided:
            self._decided[key] = lifecycle.decide(
                entry.exemplar, entry.digest, self.settings, scope, self.day, preview=self.preview
            )
        return self._decided[key]

    def allows(self, picture: Picture, scope: Scope) -> bool:
        """Whether everyone in `picture` lets an edition of this scope show it today."""
        if any(f"exemplars/{person}/index.md" in self.unreadable for person in picture.people):
            return False
        return lifecycle.may_show_picture(
            picture, self.people, self.settings, scope, self.day, preview=self.preview
        )

    def admit(self, scope: Scope) -> tuple[Admitted, ...]:
        """Every entry that has a page or a notice in an edition of this scope."""
        asked = ((entry, self.decide(entry, scope)) for entry in self.entries)
        return tuple(Admitted(entry, answer) for entry, answer in asked if answer.page or answer.notice)


def _rest(documents: tuple[Document, ...], files: Collection[str]) -> tuple[Document, ...]:
    return tuple(document for document in documents if document.item.source.file not in files)
