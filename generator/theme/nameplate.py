"""The typographic portrait: a name laid out on a field of 300 × 400 for those who have no photo."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

WIDTH, HEIGHT = 300, 400
BREAK = re.compile(r"[\s·•・‧]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A glyph, or a word of a Latin name, centred on `x` with its baseline on `y`."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Nameplate:
    """Where the name stands. `left`, `top`, `width`, `height` are the slip of paper under it (题签)."""

    size: float
    cells: tuple[Cell, ...]
    left: float
    top: float
    width: float
    height: float


def lay_out(name: str) -> Nameplate:
    """The name in vertical columns from the right, as large as the field allows; Latin words one a line."""
    words = [word for word in BREAK.split(name.strip()) if word]
    if any(letter.isalpha() and letter < "ɐ" for letter in name):
        return _lines(words)
    return _columns(_deal([_glyphs(word) for word in words]))


def _glyphs(word: str) -> list[str]:
    """Characters as readers see them: a variation selector or combining mark stays with its base."""
    glyphs: list[str] = []
    for character in word:
        if glyphs and unicodedata.category(character) in ("Mn", "Me", "Cf"):
            glyphs[-1] += character
        else:
            glyphs.append(character)
    return glyphs


def _deal(words: list[list[str]]) -> list[list[str]]:
    """A short name is one column, 阿依古丽·买买提 two, a long unit as many as set it largest."""
    if len(words) > 1 and max(map(len, words)) <= 6:
        return words
    glyphs = [glyph for word in words for glyph in word]
    if len(glyphs) <= 4:
        return [glyphs]
    count = max(range(1, 9), key=lambda columns: _size(columns, math.ceil(len(glyphs) / columns)))
    rows, longer = divmod(len(glyphs), count)  # no column of one character at the end
    columns, at = [], 0
    for column in range(count):
        end = at + rows + (column < longer)
        columns.append(glyphs[at:end])
        at = end
    return columns


def _size(columns: int, rows: int) -> float:
    """The em, in units of the field, at which so many columns and rows fill the slip."""
    return min(216 / (columns * 1.2 - 0.2), 250 / (rows * 1.14 - 0.14), 92)


def _columns(columns: list[list[str]]) -> Nameplate:
    rows = max(len(column) for column in columns) or 3  # without a name the slip waits for one
    size = _size(len(columns), rows)
    across, down = size * 1.2, size * (1.14 if rows > 2 else 1.4)
    width = across * len(columns) - size * 0.2 + min(size * 0.76, 56)
    tall = max(down * (rows - 1) + size + min(size, 70), 250)
    left = (WIDTH - width) / 2
    # A wide slip hangs low: the page's banner covers the upper left of a portrait that opens a page.
    top = max(HEIGHT - tall - 28, 0) if left < 84 else (HEIGHT - tall) / 2
    first = top + (tall - down * (rows - 1) - size) / 2
    right = WIDTH / 2 + across * (len(columns) - 1) / 2
    cells = tuple(
        Cell(glyph, _round(right - across * x), _round(first + down * y + size * 0.88))
        for x, column in enumerate(columns)
        for y, glyph in enumerate(column)
    )
    return Nameplate(_round(size), cells, _round(left), _round(top), _round(width), _round(tall))


def _lines(words: list[str]) -> Nameplate:
    longest = max((len(word) for word in words), default=1)
    size = min(224 / (longest * 0.6), 260 / (len(words) * 1.3), 64)
    pitch = size * 1.3
    tall = max(pitch * len(words) + 60, 160)
    top = (HEIGHT - tall) / 2
    first = HEIGHT / 2 - pitch * (len(words) - 1) / 2 + size * 0.34
    cells = tuple(Cell(word, WIDTH / 2, _round(first + pitch * at)) for at, word in enumerate(words))
    return Nameplate(_round(size), cells, 20, _round(top), WIDTH - 40, _round(tall))


def _round(value: float) -> float:
    return round(value, 1)
