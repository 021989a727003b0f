"""How a map of an author's file is read: its fields by either name, every problem at its place.

A shape lists the fields of one kind of map in plain sight (schema.py, settings_schema.py); a reader
(values.py) knows how one value is written. documentation.py makes the manual's tables of the same lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Protocol

from generator.problems import Place, Problem, error
from generator.sources.positions import Node

LONGEST_FINDING = 600
LONGEST_NAME = 40
# Looking for the nearest name is slow, and a file with more errors than this has other troubles than typing.
_MOST_SUGGESTIONS = 50


@dataclass(slots=True)
class Reading:
    """One file being read. `places` gathers (key, line, column) of everything that was found."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    places: list[tuple[str, int, int]] = field(default_factory=list)
    errors: int = 0

    def refuse(self, node: Node, code: str, **found: object) -> None:
        """Notes an error at `node`; what was found is cut to a length that a person reads."""
        said = {name: str(part)[:LONGEST_FINDING] for name, part in found.items()}
        self.problems.append(error(Place(self.file, node.line, node.column), code, **said))
        self.errors += 1


class Reader(Protocol):
    """Reads one kind of value."""

    def read(self, node: Node, reading: Reading, at: str, key: str) -> Any:
        """The value at `node` (not empty), or None after noting why not.

        `at` is its place in the model's words ("honours.0.level"), `key` the name its author gave it.
        """

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of what may be written."""

    def described(self, language: str) -> str:
        """What may be written, in a few words."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a map: its English and Chinese name, how it is read, what it means, an example as written.

    `into` is the model's name for it where that differs from the key (`from` is a Python word)."""

    key: str
    chinese: str
    reader: Reader
    zh: str
    en: str
    required: bool = False
    example: str = ""
    into: str = ""

    @property
    def attribute(self) -> str:
        return self.into or self.key


# Looks at the values of a whole map, by attribute; notes what can't be true together.
Check = Callable[[Mapping[str, Any], Node, Reading], None]


@dataclass(frozen=True)
class Shape:
    """The fields of one kind of map and the class of its values. A bare text stands for the key `short`."""

    make: Callable[..., Any]
    fields: tuple[Field, ...]
    short: str = ""
    check: Check | None = None

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by English and by Chinese name."""
        return {name: entry for entry in self.fields for name in (entry.key, entry.chinese)}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every key that may stand in this map or in one below it."""
        return frozenset(self.by_name).union(*(shape.names for _, shape in self.below()))

    def below(self) -> Iterator[tuple[Field, Shape]]:
        """The fields that are maps or lists of maps, with their shapes; not a map within itself."""
        for entry in self.fields:
            shape = getattr(entry.reader, "shape", None)
            if isinstance(shape, Shape) and shape is not self:
                yield entry, shape

    def read(self, node: Node, reading: Reading, at: str, key: str) -> Any:
        """The value that the map at `node` means; None after noting every reason why there is none."""
        before = reading.errors
        values = self.values(node, reading, at, key)
        return self.make(**values) if reading.errors == before else None

    def values(self, node: Node, reading: Reading, at: str = "", key: str = "") -> dict[str, Any]:
        """The values of the map at `node` by the model's names; none for what is absent, empty or wrong."""
        entries = self._entries(node, reading, key)
        if entries is None:
            return {}
        prefix = f"{at}." if at else ""
        values: dict[str, Any] = {}
        given: dict[str, Node] = {}
        told = set()  # fields about which something was said: that they are missing as well is no news
        for written, (name, value) in entries.items():
            entry = self.by_name.get(written)
            if entry is None:
                told.add(self._unknown(written, name, reading))
            elif entry.key in given:
                first = given[entry.key]
                reading.refuse(name, "key-both", key=written, other=first.value, first=first.line)
            else:
                given[entry.key] = name
                spot = value if value.line == name.line else name
                reading.places.append((prefix + entry.key, spot.line, spot.column))
                errors = reading.errors
                if value.value is not None and value.value != "":
                    values[entry.attribute] = entry.reader.read(value, reading, prefix + entry.key, written)
                if reading.errors > errors:
                    told.add(entry.key)
        values = {name: value for name, value in values.items() if value is not None}
        for entry in self.fields:
            if entry.required and entry.key not in told and values.get(entry.attribute, ()) == ():
                self._missing(entry, key, node, given, reading)
        if self.check:
            self.check(values, node, reading)
        return values

    def _entries(self, node: Node, reading: Reading, key: str) -> dict[str, tuple[Node, Node]] | None:
        if isinstance(node.value, dict):
            return node.value
        if isinstance(node.value, str) and self.short:
            short = self.by_name[self.short]
            return {short.chinese if is_chinese(key) else short.key: (node, node)}
        code = "map-but-list" if isinstance(node.value, list) else "map-but-text"
        reading.refuse(node, code, key=key, example=self.example(is_chinese(key)))
        return None

    def _unknown(self, written: str, name: Node, reading: Reading) -> str:
        """Refuses a key and returns the key that was probably meant, or ""."""
        chinese = is_chinese(written)
        names = [entry.chinese if chinese else entry.key for entry in self.fields]
        plain = written.casefold().replace("-", "_").replace(" ", "_")
        near = []
        if reading.errors < _MOST_SUGGESTIONS:
            near = get_close_matches(plain[:LONGEST_NAME], names, n=1, cutoff=0.5 if chinese else 0.6)
        if near:
            reading.refuse(name, "key-unknown-near", key=written, near=near[0])
            return self.by_name[near[0]].key
        reading.refuse(name, "key-unknown", key=written, keys=("、" if chinese else ", ").join(names))
        return ""

    def _missing(
        self, entry: Field, key: str, node: Node, given: Mapping[str, Node], reading: Reading
    ) -> None:
        written = node.value if isinstance(node.value, dict) else [key]
        chinese = any(map(is_chinese, written)) or not written
        name = entry.chinese if chinese else entry.key
        if isinstance(node.value, str):
            example = self.example(chinese, {self.short: node.value})
            reading.refuse(node, "key-missing-short", key=name, owner=key, example=example)
        elif entry.key in given:
            reading.refuse(given[entry.key], "key-empty", key=name, example=entry.example or "…")
        else:
            reading.refuse(node, "key-missing", key=name, example=entry.example or "…")

    def example(self, chinese: bool, known: Mapping[str, str] | None = None) -> str:
        """A map of this shape in one line, as an author would write it, with the `known` values by key."""
        shown = [entry for entry in self.fields if entry.required] or list(self.fields[:2])
        filled = {entry.key: entry.example or "…" for entry in shown} | dict(known or {})
        pairs = (f"{entry.chinese if chinese else entry.key}: {filled[entry.key]}" for entry in shown)
        return "{" + ", ".join(pairs) + "}"


def is_chinese(text: str) -> bool:
    """Whether `text` holds a character of Chinese script; then its author is answered with Chinese names."""
    return any(character > "\u2e7f" for character in text)
