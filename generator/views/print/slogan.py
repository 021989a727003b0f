"""A slogan over several sheets (标语)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.print.parts import SheetFrame


@dataclass(frozen=True)
class StripSign:
    """A sign of the strip, drawn as its outline: `left` is its origin on the baseline, `path` its SVG path data in
    thousandths of the height of a character, y running down from the baseline."""

    left: float
    width: float
    path: str


@dataclass(frozen=True)
class StripTile:
    """A sheet: where the upper left corner of what it shows lies on the strip."""

    number: int
    row: int
    column: int
    x: float
    y: float


@dataclass(frozen=True)
class SloganView:
    """All lengths are millimetres. `height` is that of a character, `tall` that of the strip with what reaches
    above and below, `above` how far it reaches above the baseline; `page` is the paper as it lies, `window` what
    of it shows the strip, between margins of `margin`; neighbours share `overlap`."""

    frame: SheetFrame
    slogan: str
    paper: str
    height: int
    length: float
    tall: float
    above: float
    page: tuple[int, int]
    window: tuple[int, int]
    margin: int
    overlap: int
    columns: int
    rows: int
    signs: tuple[StripSign, ...]
    tiles: tuple[StripTile, ...]
