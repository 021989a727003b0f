"""Blocks to HTML. What it writes is safe by construction; nh3 is the second lock on the door."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import nh3

from generator.text.blocks import (
    Block,
    Code,
    Emphasis,
    Figure,
    FootnoteMark,
    Footnotes,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Words,
)

TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "id", "rel", "class", "role"},
    "div": {"class", "role"},
    "figure": {"data-file"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    "li": {"id"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class", "scope"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


def html_of(blocks: Iterable[Block], prefix: str = "") -> str:
    """The HTML of `blocks`; `prefix` goes before every id, for pages that hold several texts."""
    return nh3.clean(
        "".join(_block(block, prefix) for block in blocks),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _block(block: Block, prefix: str) -> str:
    match block:
        case Paragraph(inlines):
            return f"<p>{_inlines(inlines, prefix)}</p>\n"
        case Heading(level, name, _, inlines):
            return f'<h{level} id="{_attribute(prefix + name)}">{_inlines(inlines, prefix)}</h{level}>\n'
        case Listing():
            return _listing(block, prefix)
        case Quote(blocks):
            return f"<blockquote>\n{_blocks(blocks, prefix)}</blockquote>\n"
        case Table():
            return _table(block, prefix)
        case Figure(file):
            return f'<figure data-file="{_attribute(file)}"></figure>\n'
        case Rule():
            return "<hr>\n"
        case Footnotes():
            return _footnotes(block, prefix)


def _blocks(blocks: Iterable[Block], prefix: str) -> str:
    return "".join(_block(block, prefix) for block in blocks)


def _listing(listing: Listing, prefix: str) -> str:
    tag = "ol" if listing.ordered else "ul"
    start = f' start="{listing.start}"' if listing.ordered and listing.start != 1 else ""
    items = "".join(f"<li>{_item(item, prefix)}</li>\n" for item in listing.items)
    return f"<{tag}{start}>\n{items}</{tag}>\n"


def _item(item: tuple[Block, ...], prefix: str) -> str:
    """An item of one paragraph, with or without a list below it, needs no <p>."""
    match item:
        case (Paragraph(inlines), *rest) if all(isinstance(block, Listing) for block in rest):
            return _inlines(inlines, prefix) + ("\n" + _blocks(rest, prefix) if rest else "")
        case _:
            return "\n" + _blocks(item, prefix)


def _table(table: Table, prefix: str) -> str:
    aligned = [f' class="{align}"' if align else "" for align in table.align]

    def row(cells: Iterable[tuple[Inline, ...]], tag: str, extra: str = "") -> str:
        inner = (
            f"<{tag}{extra}{align}>{_inlines(cell, prefix)}</{tag}>"
            for cell, align in zip(cells, aligned, strict=True)
        )
        return f"<tr>{''.join(inner)}</tr>\n"

    head = row(table.head, "th", ' scope="col"')
    body = "".join(row(cells, "td") for cells in table.rows)
    return (
        f"<table>\n<thead>\n{head}</thead>\n" + (f"<tbody>\n{body}</tbody>\n" if body else "") + "</table>\n"
    )


def _footnotes(footnotes: Footnotes, prefix: str) -> str:
    mentioned = len(footnotes.notes) - footnotes.unmentioned
    items = []
    for number, note in enumerate(footnotes.notes, start=1):
        back = f' <a href="#{prefix}fnref-{number}" role="doc-backlink">↩</a>' if number <= mentioned else ""
        match note:
            case (Paragraph(inlines),):
                inner = _inlines(inlines, prefix) + back
            case _:
                inner = f"\n{_blocks(note, prefix)}" + (f"<p>{back.strip()}</p>\n" if back else "")
        items.append(f'<li id="{prefix}fn-{number}">{inner}</li>\n')
    return f'<div class="footnotes" role="doc-endnotes">\n<ol>\n{"".join(items)}</ol>\n</div>\n'


def _inlines(inlines: Iterable[Inline], prefix: str) -> str:
    return "".join(_inline(inline, prefix) for inline in inlines)


def _inline(inline: Inline, prefix: str) -> str:
    match inline:
        case Words(text):
            return escape(text, quote=False)
        case Strong(inlines):
            return f"<strong>{_inlines(inlines, prefix)}</strong>"
        case Emphasis(inlines):
            return f"<em>{_inlines(inlines, prefix)}</em>"
        case Link(href, inlines):
            rel = ' rel="noopener noreferrer"' if inline.external else ""
            return f'<a href="{_attribute(href)}"{rel}>{_inlines(inlines, prefix)}</a>'
        case Code(text):
            return f"<code>{escape(text, quote=False)}</code>"
        case FootnoteMark(number, first):
            own = f' id="{prefix}fnref-{number}"' if first else ""
            return f'<sup><a href="#{prefix}fn-{number}"{own} role="doc-noteref">{number}</a></sup>'
        case LineBreak():
            return "<br>"


def _attribute(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")
