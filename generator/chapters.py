"""An exemplar's deeds as a page shows them: chapters, pictures at their place, a voice between two chapters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.text import Text
from generator.views import Chapter, Image, Voice

_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
_FIGURE = re.compile(r'<figure data-file="([^"]*)"></figure>')
_TAG = re.compile(r"<[^>]*>")


def parts_of(html: str, images: Mapping[str, Image]) -> tuple[str | Image, ...]:
    """Safe HTML cut at its figures; a figure whose picture may not be shown is left out."""
    pieces: list[str | Image] = []
    for n, piece in enumerate(_FIGURE.split(html)):
        if n % 2:
            if piece in images:
                pieces.append(images[piece])
        elif piece.strip():
            pieces.append(piece.strip())
    return tuple(pieces)


def chapters_of(
    text: Text, images: Mapping[str, Image], voices: tuple[Voice, ...]
) -> tuple[tuple[Chapter, ...], tuple[Voice, ...]]:
    """The chapters, and the voices that found no place between two of them.

    The first voice follows the second chapter: the reader knows by then whom it speaks of."""
    cut = _HEADING.split(text.html)
    chapters = [Chapter(0, "", "", parts_of(cut[0], images))] if cut[0].strip() else []
    titles = {heading.id: heading.title for heading in text.headings}
    for number, at in enumerate(range(1, len(cut), 3), start=1):
        title = titles.get(cut[at]) or _TAG.sub("", cut[at + 1])
        chapters.append(Chapter(number, cut[at], title, parts_of(cut[at + 2], images)))
    places = range(1, len(chapters) - 1)
    for voice, at in zip(voices, places, strict=False):
        old = chapters[at]
        chapters[at] = Chapter(old.number, old.id, old.title, old.parts, voice)
    return tuple(chapters), voices[len(places) :]
