"""A text's characters alone, a line for each paragraph: for search, counting, comparing and descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.text.blocks import (
    Block,
    Code,
    Emphasis,
    Footnotes,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Paragraph,
    Quote,
    Strong,
    Table,
    Words,
)


def inline_plain(inlines: Iterable[Inline]) -> str:
    """The characters of `inlines` on one line; footnote marks are left out."""
    return "".join(_characters(inline) for inline in inlines)


def _characters(inline: Inline) -> str:
    match inline:
        case Words(text) | Code(text):
            return text
        case Strong(inlines) | Emphasis(inlines) | Link(_, inlines):
            return inline_plain(inlines)
        case LineBreak():
            return " "
        case _:
            return ""


def block_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of `blocks` in reading order: paragraphs, headings, items, and table rows with spaces between
    their cells. Pictures have none."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield inline_plain(block.inlines)
            case Listing():
                for item in block.items:
                    yield from block_lines(item)
            case Quote():
                yield from block_lines(block.blocks)
            case Footnotes():
                for note in block.notes:
                    yield from block_lines(note)
            case Table():
                for row in (block.head, *block.rows):
                    yield " ".join(inline_plain(cell) for cell in row).strip()
