"""Source lines made ready for Python-Markdown: the slips of Chinese typing put right, each block set apart.

A list may follow its introduction at once; `1、` counts when every line of a block has it; indentation that
came along from Word means nothing, but 　　 begins a paragraph; headings, quotations and tables end with their
lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.text.blocks import TextNote

DEEPEST = 6  # lists within lists and quotations within quotations; what lies deeper is set at this depth

_ITEM = re.compile(r"(?:(?P<bullet>[-*+])[ \t]+|(?P<dot>[•●▪])\s*|(?P<number>\d{1,3})\.[ \t]+)(?P<rest>\S.*)")
_FIRST_OF_ITEM = re.compile(r"[-*+•●▪0-9]")
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2})(?:[、．)）]|\.(?!\d))\s*(?P<rest>\S.*)")
_HEADING = re.compile(r"(?P<level>#{1,6}(?=[ \t\u3000]|$)|#{2,6}(?!#))[ \t\u3000]*(?P<title>.*)")
_CLOSING_HASHES = re.compile(r"(?<![#\S])#+$")
_RULE = re.compile(r"([-*_])(?: {0,2}\1){2,} *")
_SEPARATOR = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|?")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]:")
_YEAR_ITEM = re.compile(r"^(\d{4,})\.(?=[ \t])")
_INDENT = "    "


@dataclass(slots=True)
class _Arranger:
    """The state of one pass: `indents` of the open list items, `previous` kind of line."""

    first_line: int
    depth: int
    lines: list[str] = field(default_factory=list)
    notes: list[TextNote] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    kinds: list[bool] = field(default_factory=list)  # of the open list items: numbered or not
    in_footnote: bool = False
    continuing: bool = False  # inside a paragraph that continues a list item
    previous: str = "blank"

    def apart(self, *lines: str) -> None:
        """A block of its own: blank lines around it, no list open."""
        self.paragraph()
        self.lines += [*lines, ""]

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
        self.previous = "blank"
        self.continuing = False

    def paragraph(self) -> None:
        """A paragraph begins here: 　　 says so in Chinese, with or without an empty line."""
        self.blank()
        self.indents.clear()
        self.kinds.clear()
        self.in_footnote = False

    def note(self, offset: int, code: str, found: str) -> None:
        self.notes.append(TextNote(self.first_line + offset, code, found))

    def heading(self, offset: int, found: re.Match[str]) -> None:
        title = _CLOSING_HASHES.sub("", found["title"].strip()).strip()
        if title:
            self.apart(f"{found['level']} {title}")
        else:
            self.note(offset, "text-heading-empty", found["level"])
            self.blank()

    def item(self, indent: int, found: re.Match[str]) -> None:
        numbered = found["number"] is not None
        if self.continuing:
            self.blank()
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
            self.kinds.pop()
        if not self.indents or (indent >= self.indents[-1] + 2 and len(self.indents) < DEEPEST):
            if not self.indents:
                self.blank()
            self.indents.append(indent)
            self.kinds.append(numbered)
        elif self.kinds[-1] != numbered:
            self.blank()
            self.kinds[-1] = numbered
        sign = f"{found['number']}." if numbered else "-"
        self.lines.append(_INDENT * (len(self.indents) - 1) + f"{sign} {found['rest']}")
        self.previous = "item"

    def begins_item(self, found: re.Match[str]) -> bool:
        """Whether a line that looks like an item is one: in the middle of prose only a bullet or a 1 is."""
        return self.previous != "text" or bool(self.indents) or found["number"] in (None, "1")

    def text(self, indent: int, body: str) -> None:
        inside = 0
        if self.previous == "blank":
            while self.indents and indent < self.indents[-1] + 2:
                self.indents.pop()
                self.kinds.pop()
            self.in_footnote = self.in_footnote and indent >= 2
            inside = len(self.indents) or int(self.in_footnote)
            self.continuing = inside > 0
        if _FOOTNOTE.match(body):
            self.in_footnote = True
        body = _YEAR_ITEM.sub(r"\1\\.", body) if body[:4].isdigit() else body
        kept = body.rstrip()
        self.lines.append(_INDENT * inside + (kept + "  " if body.endswith("  ") else kept))
        self.previous = "text"


def arranged(lines: list[str], first_line: int = 0, depth: int = 0) -> tuple[list[str], list[TextNote]]:
    """`lines` with blank lines and indents where Python-Markdown expects them, and what was found amiss."""
    state = _Arranger(first_line, depth)
    lines = _renumbered(lines)
    at = 0
    while at < len(lines):
        at = _step(state, lines, at)
    if state.lines and not state.lines[-1]:
        state.lines.pop()
    return state.lines, state.notes


def _step(state: _Arranger, lines: list[str], at: int) -> int:
    """Takes the block or line at `at`; returns where the next begins."""
    line = lines[at]
    body = line.lstrip()
    if not body:
        state.blank()
        return at + 1
    space = line[: len(line) - len(body)]
    indent = len(space.expandtabs(4)) if space.isascii() else 0
    first = body[0]
    if "\u3000" in space:
        state.paragraph()
    if first == ">":
        return _quote(state, lines, at)
    if first == "#" and (found := _HEADING.fullmatch(body)):
        state.heading(at, found)
    elif first in "-*_" and _RULE.fullmatch(body):
        state.apart("---")
    elif "|" in body and _table_begins(lines, at):
        return _table(state, lines, at)
    elif (
        (first in "-*+•●▪" or first.isdigit())
        and (found := _ITEM.fullmatch(body))
        and state.begins_item(found)
    ):
        state.item(indent, found)
    else:
        state.text(indent, body)
    return at + 1


def _quote(state: _Arranger, lines: list[str], at: int) -> int:
    end = at
    while end < len(lines) and lines[end].lstrip().startswith(">"):
        end += 1
    inside = [line.lstrip()[1:].removeprefix(" ") for line in lines[at:end]]
    if state.depth >= DEEPEST:
        inside = [line.lstrip("> ") for line in inside]
    quoted, notes = arranged(inside, state.first_line + at, state.depth + 1)
    state.apart(*(f"> {line}".rstrip(" ") if not line else f"> {line}" for line in quoted))
    state.notes += notes
    return end


def _table_begins(lines: list[str], at: int) -> bool:
    if at + 1 == len(lines) or "|" not in lines[at + 1]:
        return False
    return bool(_SEPARATOR.fullmatch(lines[at + 1].strip())) and _cells(lines[at]) == _cells(lines[at + 1])


def _table(state: _Arranger, lines: list[str], at: int) -> int:
    width, end = _cells(lines[at]), at
    while end < len(lines) and "|" in lines[end]:
        if _cells(lines[end]) > width:
            state.note(end, "text-table-row", lines[end].strip()[:40])
        end += 1
    state.apart(*(line.strip() for line in lines[at:end]))
    return end


def _cells(line: str) -> int:
    """How many cells a row has, roughly: pipes in code are counted."""
    row = line.strip().removeprefix("|").removesuffix("|")
    return row.count("|") - row.count("\\|") + 1


def _renumbered(lines: list[str]) -> list[str]:
    """`1、` and its kin as `1. ` in each block of nothing but such lines, maybe after one ending in ：."""
    changed = list(lines)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        start = at + 1 if end - at > 2 and lines[at].rstrip().endswith(("：", ":")) else at
        found = [match for line in lines[start:end] if (match := _NUMBERED.fullmatch(line))]
        if len(found) == end - start >= 2 and _consecutive([int(match["number"]) for match in found]):
            changed[start:end] = [f"{match['number']}. {match['rest']}" for match in found]
        at = end + 1
    return changed


def _consecutive(numbers: list[int]) -> bool:
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
