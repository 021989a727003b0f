"""What a tree of blocks contains, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.text.blocks import (
    Block,
    Emphasis,
    Footnotes,
    Heading,
    Inline,
    Link,
    Listing,
    Paragraph,
    Quote,
    Strong,
    Table,
)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, a holder before what it holds."""
    for block in blocks:
        yield block
        match block:
            case Quote(inner):
                yield from walk(inner)
            case Listing(_, _, groups) | Footnotes(groups):
                for group in groups:
                    yield from walk(group)
            case _:
                pass


def links(blocks: Iterable[Block]) -> Iterator[str]:
    """The address of every link."""
    for block in walk(blocks):
        match block:
            case Paragraph() | Heading():
                yield from _in_inlines(block.inlines)
            case Table():
                for row in (block.head, *block.rows):
                    for cell in row:
                        yield from _in_inlines(cell)
            case _:
                pass


def _in_inlines(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Link(href):
                yield href
            case Strong(inner) | Emphasis(inner):
                yield from _in_inlines(inner)
            case _:
                pass
