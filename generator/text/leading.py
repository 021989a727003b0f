"""The beginning of a text, for sheets that have room for no more: never cut inside a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from generator.text.blocks import Block, Figure, Heading, Paragraph, Rule
from generator.text.plain import inline_plain
from generator.typography import count_characters, sentences


def leading(blocks: tuple[Block, ...], most: int) -> tuple[str, ...]:
    """The first whole paragraphs that have together at most `most` characters; where the first alone has more,
    its first whole sentences; nothing where not even a sentence is as short.

    Headings and pictures are passed over; a list, a quotation or a table ends the beginning, and so does the
    paragraph that leads to it: “他做了三件事：” with nothing behind it says less than nothing."""
    paragraphs: list[str] = []
    left = most
    for paragraph in _paragraphs(blocks):
        left -= count_characters(paragraph)
        if left < 0:
            break
        paragraphs.append(paragraph)
    else:
        paragraph = ""
    while paragraphs and paragraphs[-1].endswith(("：", ":")):
        paragraphs.pop()
    if paragraphs or not paragraph:
        return tuple(paragraphs)
    begun = _sentences(paragraph, most)
    return (begun,) if begun else ()


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                if words := inline_plain(block.inlines).strip():
                    yield words
            case Heading() | Figure() | Rule():
                continue
            case _:
                return


def _sentences(paragraph: str, most: int) -> str:
    """Whole sentences from the beginning of `paragraph`, as written: the blanks between them stay."""
    end = 0
    for sentence in sentences(paragraph):
        after = paragraph.index(sentence, end) + len(sentence)
        if count_characters(paragraph[:after]) > most:
            break
        end = after
    return paragraph[:end]
