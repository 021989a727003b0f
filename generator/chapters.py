"""An exemplar's deeds as a page shows them: chapters, pictures in their place, voices between chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from generator.views import Chapter, ExemplarView, Image, Voice

_FIGURE = re.compile(r'<figure data-file="([^"]*)"></figure>\n?')
_FOOTNOTES = '<div class="footnotes"'
_TAG = re.compile(r"<[^>]*>")
# What a cut must not go through: a heading or picture in a quotation, list or table stands inside of it.
_MARK = re.compile(
    r'<h2 id="(?P<id>[^"]*)">(?P<title>.*?)</h2>|<figure data-file="[^"]*"></figure>\n?'
    r"|<(?P<end>/?)(?:blockquote|ul|ol|table|div)\b[^>]*>",
    re.DOTALL,
)
_EMPTIED = re.compile(r"<(li|ul|ol|blockquote)\b[^>]*>\s*</\1>\n?")


def parts_of(html: str, images: Mapping[str, Image]) -> tuple[str | Image, ...]:
    """Safe HTML cut at its figures; a figure whose picture may not be shown is left out.

    Every piece is whole HTML: a picture within a list or quotation follows it."""
    pieces: list[str | Image] = []
    for n, piece in enumerate(_FIGURE.split(_hoisted(html))):
        if n % 2:
            file = unescape(piece)
            if file in images:
                pieces.append(images[file])
        elif piece.strip():
            pieces.append(piece.strip())
    return tuple(pieces)


def footnotes_of(html: str) -> str:
    """The notes at the end of a text, safe HTML without pictures; "" if it has none."""
    _, mark, notes = html.partition(_FOOTNOTES)
    return mark + _FIGURE.sub("", notes)


def chapters_of(
    html: str, images: Mapping[str, Image], voices: tuple[Voice, ...]
) -> tuple[tuple[Chapter, ...], tuple[Voice, ...]]:
    """The chapters, and the voices that found no place between two of them.

    The first voice follows the second chapter: the reader knows by then whom it speaks of."""
    html = html.partition(_FOOTNOTES)[0]
    headings = [mark for mark, depth in _marks(html) if mark["title"] is not None and not depth]
    ends = [heading.start() for heading in headings[1:]] + [len(html)]
    opening = html[: headings[0].start()] if headings else html
    chapters = [Chapter(0, "", "", parts_of(opening, images))] if opening.strip() else []
    for number, (heading, end) in enumerate(zip(headings, ends, strict=False), start=1):
        title = unescape(_TAG.sub("", heading["title"]))
        parts = parts_of(html[heading.end() : end], images)
        chapters.append(Chapter(number, unescape(heading["id"]), title, parts))
    places = range(1, len(chapters) - 1)
    for voice, at in zip(voices, places, strict=False):
        old = chapters[at]
        chapters[at] = Chapter(old.number, old.id, old.title, old.parts, voice)
    return tuple(chapters), voices[len(places) :]


def _marks(html: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each heading, figure and tag of a container, with the number of containers around it."""
    depth = 0
    for mark in _MARK.finditer(html):
        if mark["end"] == "/":
            depth -= 1
        yield mark, depth
        if mark["end"] == "":
            depth += 1


def _hoisted(html: str) -> str:
    """`html` with the figures that stand within a list or quotation moved behind it."""
    done: list[str] = []
    waiting: list[str] = []
    at = 0
    for mark, depth in _marks(html):
        if depth and mark["end"] is None and mark["title"] is None:
            done.append(html[at : mark.start()])
            waiting.append(mark.group())
            at = mark.end()
        elif waiting and mark["end"] == "/" and not depth:
            done += [html[at : mark.end()], "\n", *waiting]
            waiting.clear()
            at = mark.end()
    if not done:
        return html
    moved = "".join(done) + html[at:]
    while (cleared := _EMPTIED.sub("", moved)) != moved:
        moved = cleared
    return moved


def chapters_of_view(view: ExemplarView) -> tuple[tuple[Chapter, ...], tuple[Voice, ...]]:
    """`chapters_of` what a page shows."""
    return chapters_of(view.story.html, dict(view.images), view.voices)
