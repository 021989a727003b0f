"""YAML text → a plain tree of texts, lists and maps in which everything knows its line and column.

Scalars stay as the author wrote them: 012 is "012", 12:30 is "12:30", NO is "NO"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

import yaml

from generator.problems import Place, Problem, error
from generator.sources.encoding import INVISIBLE

MOST_DEPTH = 20
MOST_NODES = 20_000

# White space and what Word, WeChat and web pages leave at the ends of a pasted text.
INVISIBLE_EDGES = " \t\n\r\u3000\xa0\u2002\u2003\u2009\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")
_HAN = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
_FOLD_IN_CHINESE = re.compile(f"(?<={_HAN}) (?={_HAN})")


@dataclass(slots=True)
class Node:
    """A piece of the tree. `value` is None for nothing; a map holds (key node, value node) by written key."""

    value: str | list[Node] | dict[str, tuple[Node, Node]] | None
    line: int
    column: int


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def parse(text: str, file: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of the YAML document `text`, which begins on line `first_line` of `file`.

    Raises yaml.YAMLError where it isn't YAML. Tags, anchors, aliases, a second document, keys that are no
    text, more than MOST_DEPTH levels or MOST_NODES pieces end the reading: None and the error. A key that
    stands twice is an error too, but the tree (with the first of the two) is returned all the same.
    """
    builder = _Builder(file, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _RefusedError as refused:
        return None, (*builder.problems, refused.problem)
    except yaml.scanner.ScannerError as cause:  # the scanner reads ahead: it may meet its own limit first
        if "nesting depth" not in str(cause.problem):
            raise
        mark = cause.problem_mark
        where = Place(file, first_line + mark.line, mark.column + 1) if mark else Place(file, first_line)
        return None, (*builder.problems, error(where, "yaml-too-deep", most=MOST_DEPTH))
    return builder.root, tuple(builder.problems)


class _Builder:
    """Puts events together without recursion, so that no file can exhaust the stack."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Node] = []
        self._keys: list[Node | None] = []  # the key that waits for its value, for each open piece
        self._count = 0

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"' and (bad := INVISIBLE.search(event.value)):
                raise self._refused(event, "character-invisible", character=f"U+{ord(bad.group()):04X}")
            self._add(event, _text(event))
        elif isinstance(event, yaml.MappingStartEvent):
            self._enter(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._enter(event, [])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise self._refused(event, "yaml-special-start", character="*")
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise self._refused(event, "yaml-several-documents")

    def _enter(self, event: Any, value: list[Node] | dict[str, tuple[Node, Node]]) -> None:
        if len(self._open) >= MOST_DEPTH:
            raise self._refused(event, "yaml-too-deep", most=MOST_DEPTH)
        node = self._add(event, value)
        self._open.append(node)
        self._keys.append(None)

    def _add(self, event: Any, value: str | list[Node] | dict[str, tuple[Node, Node]] | None) -> Node:
        self._count += 1
        if self._count > MOST_NODES:
            raise self._refused(event, "yaml-too-many", most=MOST_NODES)
        if event.tag is not None:
            raise self._refused(event, "yaml-tag", tag=event.tag)
        if event.anchor is not None:
            raise self._refused(event, "yaml-special-start", character="&")
        mark = event.start_mark
        node = Node(value, mark.line + self.first_line, mark.column + 1)
        if not self._open:
            self.root = node
            return node
        parent = self._open[-1].value
        if isinstance(parent, list):
            parent.append(node)
        elif self._keys[-1] is None:
            self._take_key(event, node)
        else:
            self._put(cast("dict[str, tuple[Node, Node]]", parent), self._keys[-1], node)
            self._keys[-1] = None
        return node

    def _take_key(self, event: Any, node: Node) -> None:
        if not isinstance(node.value, str):
            raise self._refused(event, "yaml-key-not-text")
        self._keys[-1] = node

    def _put(self, parent: dict[str, tuple[Node, Node]], key: Node, value: Node) -> None:
        name = cast(str, key.value)
        if name in parent:
            first = parent[name][0].line
            self.problems.append(error(self._place(key), "key-twice", key=name, first=first))
        else:
            parent[name] = (key, value)

    def _place(self, node: Node) -> Place:
        return Place(self.file, node.line, node.column)

    def _refused(self, event: Any, code: str, **found: object) -> _RefusedError:
        mark = event.start_mark
        place = Place(self.file, mark.line + self.first_line, mark.column + 1)
        return _RefusedError(error(place, code, **found))


def _text(event: Any) -> str | None:
    """The text as written, None for nothing. Line ends within a Chinese paragraph become no spaces."""
    value: str = event.value
    if event.implicit[0] and value in _NOTHING:
        return None
    value = value.strip(INVISIBLE_EDGES)
    if event.style != "|" and " " in value and event.end_mark.line > event.start_mark.line:
        value = _FOLD_IN_CHINESE.sub("", value)
    return value
