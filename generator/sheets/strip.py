"""A slogan in one line: where each of its signs stands, in ems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.fonts import Shape

_SPACE = 0.5
_BETWEEN = 0.04

# A mark needs no whole square at this size: the half of it that is empty is cut.
_MARK = 0.6
_AFTER = set("，。、；：！？）》〉」』】〕”’")  # ink in the left half of the square
_BEFORE = set("（《〈「『【〔“‘")  # in the right half

# The least that a strip reaches above and below the baseline: the square of Han.
_ABOVE, _BELOW = 0.87, 0.12

_PIECE = re.compile(r"\s+|—+|\S")


@dataclass(frozen=True, slots=True)
class Standing:
    """A sign of the strip: its shape with the origin at `left`."""

    shape: Shape
    left: float


@dataclass(frozen=True, slots=True)
class Strip:
    """`above` and `below` are how far it reaches from the baseline, `length` the whole."""

    signs: tuple[Standing, ...]
    length: float
    above: float
    below: float


def strip_of(slogan: str, shapes_of: Callable[[Iterable[str]], Mapping[str, Shape]]) -> Strip:
    """`slogan` in one line. `shapes_of` knows the shapes of signs; one that it doesn't know takes no room."""
    pieces = _pieces(slogan.strip())
    shapes = shapes_of(piece for piece in pieces if not piece.isspace())
    signs: list[Standing] = []
    at = 0.0
    for piece in pieces:
        if piece.isspace():
            at += _SPACE
        elif piece in shapes:
            shape = shapes[piece]
            cell = min(shape.advance, _MARK) if piece[0] in _AFTER | _BEFORE else shape.advance
            signs.append(Standing(shape, round(at - (shape.advance - cell) * (piece[0] in _BEFORE), 4)))
            at += cell + _BETWEEN
    return Strip(
        tuple(signs),
        round(max(at - _BETWEEN, 0), 4),
        max((_ABOVE, *(sign.shape.above for sign in signs))),
        max((_BELOW, *(sign.shape.below for sign in signs))),
    )


def _pieces(slogan: str) -> list[str]:
    """Signs with what combines with them; a dash of two is one."""
    pieces: list[str] = []
    for piece in _PIECE.findall(unicodedata.normalize("NFC", slogan)):
        if pieces and unicodedata.category(piece[0]) in ("Mn", "Me", "Cf"):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
