"""Nobody is named on the kiosk who may not be shown there, not even in somebody else's words.

A record for the web alone may be named in a colleague's deeds: on the website that is right, in the lobby the
name is not to be read. What others said is left out whole, for it is shown verbatim or not at all; in the office's
own prose a colleague without a name takes the place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from generator.engine.target import digest_bytes
from generator.exhibits import Exhibits
from generator.model import Exemplar, Kind
from generator.views import Story, Voice

V = TypeVar("V")

_LEAST = 2  # characters: a name of one would be in every text


class Discretion:
    """Knows whose names must not fall. `someone` and `some_team` are said instead."""

    def __init__(self, exhibits: Exhibits, someone: str, some_team: str) -> None:
        catalogue = exhibits.catalogue
        shown = {exhibit.exemplar.name for exhibit in exhibits.shown}
        everybody: Iterable[Exemplar] = (*(e.exemplar for e in catalogue.entries), *catalogue.aside)
        hidden = {e.name: e.kind for e in everybody if e.name not in shown and len(e.name) >= _LEAST}
        self._instead = {
            name: some_team if kind is Kind.COLLECTIVE else someone for name, kind in hidden.items()
        }
        longest_first = sorted(hidden, key=lambda name: (-len(name), name))
        # Whoever is shown is found first: of 李娜 and 李娜娜, the hidden one must not take a piece of the other.
        whole = sorted((n for n in shown if any(name in n for name in hidden)), key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, (*whole, *longest_first)))) if hidden else None

    def names(self, *texts: str) -> bool:
        """Whether any of `texts` names somebody who may not be named."""
        found = (self._names.finditer(text) for text in texts) if self._names else ()
        return any(name.group() in self._instead for names in found for name in names)

    def veiled(self, value: V) -> V:
        """`value` (a text, or frozen data that holds texts) without such names."""
        if self._names is None:
            return value
        return self._veil(value)  # type: ignore[no-any-return]

    def story(self, story: Story) -> Story:
        """A story without such names; the very same one if it has none."""
        if self._names is None or not self.names(repr(story)):
            return story
        veiled = self.veiled(story)
        return replace(veiled, digest=digest_bytes(repr(replace(veiled, digest="")).encode()))

    def voices(self, voices: Iterable[Voice]) -> tuple[Voice, ...]:
        """Those that name nobody they may not name and weren't said by such a one."""
        return tuple(
            voice for voice in voices if not self.names(voice.quote, voice.by, voice.unit, voice.relation)
        )

    def _veil(self, value: Any) -> Any:
        if isinstance(value, str):
            assert self._names is not None
            return self._names.sub(lambda name: self._instead.get(name.group(), name.group()), value)
        if isinstance(value, tuple):
            return tuple(self._veil(part) for part in value)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {
                f.name: self._veil(getattr(value, f.name))
                for f in fields(value)
                if isinstance(getattr(value, f.name), str | tuple) or is_dataclass(getattr(value, f.name))
            }
            return replace(value, **changed)
        return value
