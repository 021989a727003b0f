"""What the files of one edition show of whom: looked for in the views and inputs of its targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from generator.catalogue import Entry
from generator.engine.target import Derived, Input, Target
from generator.model import Settings
from generator.privacy.data import LEAST, Mention, Values, mentions, own

_CONTACT = 300  # characters; a text as long as that is no line of contacts
_FEW = 3  # people; a file about no more than so many is searched for parts of texts, others for whole ones


class Findings:
    """What was found in the files of one edition."""

    def __init__(self, entries: Mapping[str, Entry], settings: Settings, office: Mapping[str, str]) -> None:
        self.data: dict[str, set[str]] = {}
        self.files: dict[str, int] = {}
        self.mentions: dict[str, set[Mention]] = {}
        self.office: set[str] = set()
        self._entries, self._settings = entries, settings
        # A kit says telephone and address in one line.
        self._reached = {
            key: re.compile(rf"(?<!\w){re.escape(value)}(?!\w)") for key, value in office.items()
        }
        self._own: dict[str, tuple[tuple[str, Values], ...]] = {}
        self._pictures: dict[str, list[tuple[str, str]]] = {}
        for slug, entry in entries.items():
            photo = entry.exemplar.photo
            for name, picture in entry.pictures.items():
                key = "photo" if photo and photo.file == name else "pictures"
                self._pictures.setdefault(picture.digest, []).append((slug, key))

    def take(self, target: Target) -> None:
        """Look through one file's view and inputs."""
        texts = set(_texts(target.view))
        short = "\n".join(text for text in texts if len(text) < _CONTACT)
        self.office |= {key for key, pattern in self._reached.items() if pattern.search(short)}
        shown = {token.split(":")[1] for token in target.permits if token.count(":")} & self._entries.keys()
        whole = "\n".join(texts) if len(shown) <= _FEW else ""
        for slug in shown:
            keys = [key for key, values in self._own_of(slug) if _says(texts, whole, values)]
            self._note(slug, keys)
            told = self.mentions.setdefault(slug, set())
            told |= {one for one in mentions(self._entries[slug].exemplar) if _says(texts, "", one.values)}
        for digest in _digests(file for _, file in target.files):
            for slug, key in self._pictures.get(digest, ()):
                if slug in shown:
                    self._note(slug, [key])
                    if key == "pictures":
                        self._pictured(slug, digest)

    def _own_of(self, slug: str) -> tuple[tuple[str, Values], ...]:
        if slug not in self._own:
            self._own[slug] = tuple(own(self._entries[slug], self._settings))
        return self._own[slug]

    def _note(self, slug: str, keys: list[str]) -> None:
        if keys:
            self.data.setdefault(slug, set()).update(keys)
            self.files[slug] = self.files.get(slug, 0) + 1

    def _pictured(self, slug: str, digest: str) -> None:
        """Those whom the record names in the picture of these bytes."""
        entry = self._entries[slug]
        people = {
            person
            for picture in entry.exemplar.pictures
            if (source := entry.pictures.get(picture.file)) and source.digest == digest
            for person in picture.people
        }
        told = self.mentions.setdefault(slug, set())
        told |= {one for one in mentions(entry.exemplar) if one.role == "pictured" and one.name in people}


def _says(texts: set[str], whole: str, values: Values) -> bool:
    return any(value in texts or (len(value) >= LEAST and value in whole) for value in values)


def _texts(value: Any) -> Iterator[str]:
    """Every text that a view holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list, frozenset)):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, int):
        yield str(value)


def _digests(inputs: Iterator[Input]) -> Iterator[str]:
    """The digests of the files that inputs are made of."""
    for one in inputs:
        if isinstance(one, Derived):
            yield from _digests(file for _, file in one.files)
        else:
            yield one.digest
