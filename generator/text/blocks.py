"""What a text consists of once its Markdown is read: a small frozen tree that every edition can set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Plain characters, as the reader sees them."""

    text: str


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Strong:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Link:
    """`href` is http(s), mailto, tel, a relative address or a #fragment; nothing else gets this far."""

    href: str
    inlines: tuple[Inline, ...]

    @property
    def external(self) -> bool:
        """Whether following it leaves the site."""
        return self.href.startswith(("http://", "https://"))


@dataclass(frozen=True)
class FootnoteMark:
    """The mark of footnote `number`, from 1 in the order of first mention, which is `first`."""

    number: int
    first: bool


@dataclass(frozen=True)
class LineBreak:
    pass


Inline = Words | Code | Strong | Emphasis | Link | FootnoteMark | LineBreak


@dataclass(frozen=True)
class Heading:
    """`level` 2 to 6; `id` is unique in its text; `title` holds the inlines' characters."""

    level: int
    id: str
    title: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Listing:
    """A list: numbered from `start` if `ordered`. An item is a sequence of blocks."""

    ordered: bool
    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Quote:
    blocks: tuple[Block, ...]


Cell = tuple[Inline, ...]


@dataclass(frozen=True)
class Table:
    """`align` has "left", "center", "right" or "" for each column; every row has as many cells."""

    head: tuple[Cell, ...]
    align: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A picture of the exemplar's own folder. `alt` and `caption` as written in the text, maybe empty."""

    file: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Rule:
    pass


@dataclass(frozen=True)
class Footnotes:
    """The notes at the end of a text, number 1 first. The last `unmentioned` have no mark in the text."""

    notes: tuple[tuple[Block, ...], ...]
    unmentioned: int


Block = Heading | Paragraph | Listing | Quote | Table | Figure | Rule | Footnotes


@dataclass(frozen=True)
class TextNote:
    """Something an author should know. `line_offset` counts lines from the first line of the Markdown (0).

    `code` names its message in messages/<language>.toml, which `found` fills in as `{found}`."""

    line_offset: int
    code: str
    found: str = ""
