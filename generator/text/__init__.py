"""Markdown, read once: safe HTML, a tree of blocks for print, and the plain characters.

Reading is the dearest step of a cold build, so a Text is frozen, pickles, and carries its input's digest."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from generator.text.blocks import Block, Figure, Heading, Paragraph, TextNote, Words
from generator.text.characters import SEAM, cleaned, joined
from generator.text.contents import links, walk
from generator.text.lines import arranged
from generator.text.plain import block_lines
from generator.typography import count_characters

__all__ = ["LONGEST", "Text", "TextNote", "read_text", "text_digest"]

VERSION = 1  # raise it when the same Markdown shall read differently, so that nobody keeps an old reading
LONGEST = 200_000  # characters: a book. What is longer is no text that somebody means to set

# A line that opens list in list in quotation a dozen times; a rule of spaced dashes is none.
_TANGLED = re.compile(r"^(?:[ \t]*+(?:[-*+>]|\d{1,3}\.)[ \t]+){12,}+(?![-*_]*[ \t]*$)", re.MULTILINE)
_LINE_END = re.compile(r"\n")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Text:
    """One text as read.

    `html` is clean and holds `<figure data-file="…"></figure>` where pictures go. `plain` has
    a line for each paragraph. `headings` and `figures` are those in `blocks`, `links` their addresses.
    `characters` counts `plain` without white space. `notes` says what its author should look at."""

    html: str
    plain: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    figures: tuple[Figure, ...]
    links: tuple[str, ...]
    characters: int
    digest: str
    notes: tuple[TextNote, ...]

    @property
    def images(self) -> tuple[str, ...]:
        """The files of the pictures, in order."""
        return tuple(figure.file for figure in self.figures)


def text_digest(markdown: str, *, level: int = 2, prefix: str = "") -> str:
    """32 hex digits that change whenever read_text may give another Text."""
    key = f"{VERSION}\0{level}\0{prefix}\0{markdown}"
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def read_text(markdown: str, *, level: int = 2, prefix: str = "") -> Text:
    """The Text of `markdown`. `#` and `##` become headings of `level` (2 to 6), `###` of the next; `prefix`
    goes before every id, for pages that hold several texts.

    Never raises: a text too long or too tangled is set as plain paragraphs, with a note."""
    # Imported here: a build with nothing to do unpickles Texts and reads none.
    from generator.text.markup import html_of
    from generator.text.tree import blocks_of

    source = cleaned(markdown)
    digest = text_digest(markdown, level=level, prefix=prefix)
    if len(source) > LONGEST:
        return _unread(source[:LONGEST], digest, TextNote(0, "text-too-long", str(len(source))))
    if tangle := _TANGLED.search(source):
        return _unread(source, digest, TextNote(source.count("\n", 0, tangle.start()), "text-tangled"))
    lines, notes = arranged(_without_comments(source).split("\n"))
    found: list[tuple[str, str]] = []
    try:
        blocks = blocks_of(lines, level, lambda code, what: found.append((code, what)))
        html = html_of(blocks, prefix)
        plain = "\n".join(block_lines(blocks))
        addresses = tuple(links(blocks))
        inner = tuple(walk(blocks))
    except RecursionError:
        return _unread(source, digest, TextNote(0, "text-tangled"))
    return Text(
        html=html,
        plain=plain,
        blocks=blocks,
        headings=tuple(block for block in inner if isinstance(block, Heading)),
        figures=tuple(block for block in inner if isinstance(block, Figure)),
        links=addresses,
        characters=count_characters(plain),
        digest=digest,
        notes=tuple(sorted([*notes, *_placed(found, source)], key=lambda note: note.line_offset)),
    )


def _without_comments(source: str) -> str:
    """`source` without <!-- … -->: an author's remark to himself is nobody else's business."""
    kept: list[str] = []
    at = 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start + 4)) >= 0:
        kept += [source[at:start], "\n" * source.count("\n", start, end)]
        at = end + 3
    return "".join(kept) + source[at:]


def _placed(found: Iterable[tuple[str, str]], source: str) -> list[TextNote]:
    """Notes at the lines where what was found stands; the second mention of a thing at its second place."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(source))]
    notes: list[TextNote] = []
    searched: dict[str, int] = {}
    for code, what in found:
        place = source.find(what, searched.get(what, 0))
        place = place if place >= 0 else max(source.find(what), 0)
        searched[what] = place + 1
        notes.append(TextNote(bisect_right(starts, place) - 1, code, what))
    return notes


def _unread(source: str, digest: str, note: TextNote) -> Text:
    """The paragraphs of `source` as they were typed."""
    from generator.text.markup import html_of

    paragraphs = [
        line
        for part in _BLANK_LINES.split(_without_comments(source))
        if (line := joined(part).replace(SEAM, ""))
    ]
    blocks = tuple(Paragraph((Words(line.replace("\n", " ")),)) for line in paragraphs)
    plain = "\n".join(block_lines(blocks))
    return Text(
        html=html_of(blocks),
        plain=plain,
        blocks=blocks,
        headings=(),
        figures=(),
        links=(),
        characters=count_characters(plain),
        digest=digest,
        notes=(note,),
    )
