"""Markdown to blocks: Python-Markdown finds lists, quotations, tables; inline.py reads their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableProcessor

from generator.text.blocks import (
    Block,
    Cell,
    Figure,
    Footnotes,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from generator.text.inline import Reader, Report
from generator.text.plain import inline_plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_TICKS = 200
_NOT_IN_IDS = re.compile(r"[^\w-]+")
_ALIGNED = re.compile(r"text-align: (left|center|right);")


class _HeadingProcessor(BlockProcessor):
    """`## 初心`; lines.py has seen to the space and to what looks like a heading and is none (#1机组)."""

    _RE = re.compile(r"(#{1,6}) (\S.*)")

    def test(self, parent: Element, block: str) -> bool:
        return bool(self._RE.fullmatch(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = self._RE.fullmatch(blocks.pop(0))
        assert found
        heading = parent.makeelement(f"h{len(found.group(1))}", {})
        heading.text = found.group(2)
        parent.append(heading)


class _Tables(TableProcessor):
    """Tables whose second line has a dash, without rows of so many backticks that pairing them would take long."""

    def test(self, parent: Element, block: str) -> bool:
        if "|" not in block:
            return False
        lines = block.split("\n")
        if len(lines) < 2 or "-" not in lines[1] or any(line.count("`") > MOST_TICKS for line in lines):
            return False
        return bool(super().test(parent, block))


class _Notes(FootnoteExtension):
    """Footnotes of which two of one name are both kept."""

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - the names are Python-Markdown's
        self.footnotes[id] = f"{self.footnotes[id]}\n\n{text}" if id in self.footnotes else text


class _Parser(NamedTuple):
    markdown: Markdown
    notes: _Notes


@cache
def _parser() -> _Parser:
    """One parser a process: making one costs as much as reading a record."""
    notes = _Notes()
    markdown = Markdown(extensions=[SaneListExtension(), notes])
    processors = markdown.parser.blockprocessors
    for unwanted in ("code", "setextheader", "reference", "hashheader"):
        processors.deregister(unwanted)
    processors.register(_HeadingProcessor(markdown.parser), "heading", 80)
    processors.register(_Tables(markdown.parser, {"use_align_attribute": False}), "table", 75)
    return _Parser(markdown, notes)


def blocks_of(lines: Iterable[str], level: int, report: Report) -> tuple[Block, ...]:
    """The blocks of arranged `lines`, headings from `level` down. `report` hears what the inlines hold amiss.

    Raises RecursionError for a text nested too deeply."""
    parser = _parser()
    try:
        parser.markdown.reset()
        parser.markdown.parser.parseDocument(lines)
        root = parser.markdown.parser.root
        return _Walk(parser, level, report).document(root)
    except RecursionError:
        _parser.cache_clear()  # its state is that of the interrupted text
        raise


class _Walk:
    """Turns the elements of one text into blocks."""

    def __init__(self, parser: _Parser, level: int, report: Report) -> None:
        self.parser = parser
        self.level = level
        self.ids: dict[str, int] = {}
        self.reader = Reader(frozenset(parser.notes.footnotes), report)

    def document(self, root: Element) -> tuple[Block, ...]:
        blocks = list(self.children(root))
        notes = self.parser.notes.footnotes
        read: list[tuple[Block, ...]] = []
        # A note may mention another one, so the list of those mentioned grows while they are read.
        while len(read) < len(self.reader.mentioned):
            read.append(self.note(notes[list(self.reader.mentioned)[len(read)]]))
        unmentioned = [name for name in notes if name not in self.reader.mentioned]
        read += [self.note(notes[name]) for name in unmentioned]
        if read:
            blocks.append(Footnotes(tuple(read), len(unmentioned)))
        return tuple(blocks)

    def note(self, text: str) -> tuple[Block, ...]:
        holder = self.parser.markdown.parser.root.makeelement("div", {})
        self.parser.markdown.parser.parseChunk(holder, text)
        return tuple(self.children(holder))

    def children(self, element: Element) -> Iterator[Block]:
        if element.text and element.text.strip():
            yield from self.paragraph(element.text)
        for child in element:
            yield from self.block(child)
            if child.tail and child.tail.strip():
                yield from self.paragraph(child.tail)

    def block(self, element: Element) -> Iterable[Block]:
        match element.tag:
            case "p":
                return self.paragraph(element.text or "")
            case "ul" | "ol":
                items = tuple(tuple(self.children(item)) for item in element)
                return (Listing(element.tag == "ol", int(element.get("start", "1")), items),)
            case "blockquote":
                return (Quote(tuple(self.children(element))),)
            case "table":
                return self.table(element)
            case "hr":
                return (Rule(),)
            case _:
                return self.heading(element)

    def paragraph(self, source: str) -> tuple[Block, ...]:
        inlines, figures = self.reader.read(source)
        return (Paragraph(inlines), *figures) if inline_plain(inlines).strip() else figures

    def heading(self, element: Element) -> tuple[Block, ...]:
        inlines, figures = self.reader.read(element.text or "")
        title = inline_plain(inlines)
        if not title:
            return figures
        level = min(6, max(self.level, self.level - 2 + int(element.tag[1])))
        return (Heading(level, self.id(title), title, inlines), *figures)

    def id(self, title: str) -> str:
        """The title without punctuation. The templates' own ids are ASCII, so an ASCII one is set apart."""
        name = _NOT_IN_IDS.sub("-", title).strip("-").lower() or "section"
        name = f"t-{name}" if name.isascii() else name
        unique = name
        while unique in self.ids:
            self.ids[name] += 1
            unique = f"{name}-{self.ids[name]}"
        self.ids[unique] = 1
        return unique

    def table(self, element: Element) -> Iterable[Block]:
        figures: list[Figure] = []
        rows = [
            tuple(self.cell(cell, figures) for cell in row) for part in element for row in part if len(row)
        ]
        found = (_ALIGNED.fullmatch(cell.get("style", "")) for cell in element[0][0])
        align = tuple(match.group(1) if match else "" for match in found)
        body = tuple(row for row in rows[1:] if any(row))
        return (Table(rows[0], align, body), *figures)

    def cell(self, element: Element, figures: list[Figure]) -> Cell:
        inlines, lifted = self.reader.read((element.text or "").replace("\\|", "|"))
        figures += lifted
        return inlines
