"""From the flat pieces that a scan leaves to the nested inlines that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.text.blocks import Code, Emphasis, FootnoteMark, Inline, LineBreak, Link, Strong, Words
from generator.text.emphasis import Mark


@dataclass(slots=True)
class Bracket:
    """An open `[` or `![`: `source` is where its label starts in the text, `piece` and `mark` how many pieces
    and marks came before it. It stays the characters `literal` unless a link begins here."""

    literal: str
    source: int
    piece: int
    mark: int
    href: str | None = None

    @property
    def picture(self) -> bool:
        return self.literal.startswith("!")


@dataclass(slots=True)
class LinkEnd:
    """Where the innermost open link stops."""


Piece = str | Code | FootnoteMark | LineBreak | Link | Mark | Bracket | LinkEnd


class _Frame:
    """The children of one inline being built; neighbouring characters become one Words."""

    def __init__(self, href: str | None = None) -> None:
        self.href = href
        self.done: list[Inline] = []
        self.words: list[str] = []

    def add(self, inline: Inline) -> None:
        self.flush()
        self.done.append(inline)

    def flush(self) -> None:
        text = "".join(self.words)
        if text:
            self.done.append(Words(text))
        self.words.clear()

    def children(self) -> tuple[Inline, ...]:
        self.flush()
        return tuple(self.done)


def assembled(pieces: Iterable[Piece]) -> tuple[Inline, ...]:
    """The inlines of `pieces`, whose marks have been paired."""
    stack = [_Frame()]
    for piece in pieces:
        match piece:
            case str():
                stack[-1].words.append(piece)
            case Mark():
                _stress(stack, piece)
            case Bracket(href=None):
                stack[-1].words.append(piece.literal)
            case Bracket():
                stack.append(_Frame(piece.href))
            case LinkEnd():
                _link(stack)
            case _:
                stack[-1].add(piece)
    return trimmed(stack[0].children())


def trimmed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`inlines` without the white space and breaks at their ends that a picture lifted out leaves behind."""
    while inlines and (isinstance(inlines[-1], LineBreak) or inlines[-1] == Words(" ")):
        inlines = inlines[:-1]
    while inlines and (isinstance(inlines[0], LineBreak) or inlines[0] == Words(" ")):
        inlines = inlines[1:]
    if inlines and isinstance(inlines[0], Words):
        inlines = (Words(inlines[0].text.lstrip()), *inlines[1:])
    if inlines and isinstance(inlines[-1], Words):
        inlines = (*inlines[:-1], Words(inlines[-1].text.rstrip()))
    return inlines


def _stress(stack: list[_Frame], mark: Mark) -> None:
    for width in mark.ends:
        inlines = stack.pop().children()
        if inlines:
            stack[-1].add(Strong(inlines) if width == 2 else Emphasis(inlines))
    stack[-1].words.append(mark.char * mark.left)
    stack.extend(_Frame() for _ in mark.begins)


def _link(stack: list[_Frame]) -> None:
    frame = stack.pop()
    inlines = tuple(plain for child in frame.children() for plain in _unlinked(child))
    if inlines:
        stack[-1].add(Link(frame.href or "", inlines))


def _unlinked(inline: Inline) -> tuple[Inline, ...]:
    """`inline` without links in it: HTML knows no link within a link."""
    match inline:
        case Link():
            return inline.inlines
        case Strong():
            return (Strong(tuple(plain for child in inline.inlines for plain in _unlinked(child))),)
        case Emphasis():
            return (Emphasis(tuple(plain for child in inline.inlines for plain in _unlinked(child))),)
        case _:
            return (inline,)
