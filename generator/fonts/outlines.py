"""The outline of a sign in a font: for letters so large that readers of PDF no longer draw them as text.

Poppler leaves out text of more than 1440 points, half a metre, without a word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_DASH = "—"
_GAP = 50  # thousandths of an em that a dash of several leaves free on either side


@dataclass(frozen=True, slots=True)
class Shape:
    """`path` is SVG path data in thousandths of an em, y running down from the baseline; `advance`, `above` and
    `below` (how far ink reaches from the baseline) are ems."""

    path: str
    advance: float
    above: float
    below: float

    def packed(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Shape:
        return cls(**json.loads(data))


def shapes_of(path: Path, index: int, signs: Iterable[str]) -> dict[str, Shape]:
    """The shapes of `signs` in font `index` of the file. A sign may have marks that combine with it, and a dash
    may be several; what the font lacks of one is passed over."""
    from fontTools.ttLib import TTFont

    wanted = tuple(signs)
    if not wanted:  # to open a Chinese font takes half a second
        return {}
    with TTFont(path, fontNumber=index, lazy=True) as font:
        names, glyphs = font.getBestCmap() or {}, font.getGlyphSet()
        unit = 1000 / font["head"].unitsPerEm
        held = {sign: [names[ord(part)] for part in sign if ord(part) in names] for sign in wanted}
        return {sign: _shape(sign, several, glyphs, unit) for sign, several in held.items()}


def _shape(sign: str, names: list[str], glyphs: Any, unit: float) -> Shape:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    outline, bounds = SVGPathPen(glyphs, ntos=_number), BoundsPen(glyphs)
    at = 0.0
    for name, stretch in _stretched(sign, names, glyphs, unit):
        for pen in (outline, bounds):
            glyphs[name].draw(TransformPen(pen, (unit * stretch[0], 0, 0, -unit, at + stretch[1], 0)))
        at += glyphs[name].width * unit
    _, top, _, bottom = bounds.bounds or (0, 0, 0, 0)
    advance = len(sign) if sign.startswith(_DASH) else at / 1000
    return Shape(outline.getCommands(), round(advance, 4), round(-top / 1000, 4), round(bottom / 1000, 4))


def _stretched(
    sign: str, names: list[str], glyphs: Any, unit: float
) -> list[tuple[str, tuple[float, float]]]:
    """The glyphs to draw, each with the factor of its width and how far to shift it. The ink of a dash doesn't
    fill its square, so two of them side by side have a hole: one is stretched over both."""
    from fontTools.pens.boundsPen import BoundsPen

    if not sign.startswith(_DASH) or not names:
        return [(name, (1, 0)) for name in names]
    bounds = BoundsPen(glyphs)
    glyphs[names[0]].draw(bounds)
    left, _, right, _ = bounds.bounds
    factor = (1000 * len(sign) - 2 * _GAP) / ((right - left) * unit)
    return [(names[0], (factor, _GAP - left * unit * factor))]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
