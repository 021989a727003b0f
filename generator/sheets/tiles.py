"""A strip longer and higher than paper, cut into sheets that overlap: pure geometry in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

PAPERS = {"a4": (210, 297), "a3": (297, 420)}
MARGIN = 9  # of each sheet, which printers leave white; the marks stand there
OVERLAP = 10

_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Tile:
    """One sheet. `number` counts along the rows from 1, `row` and `column` from 0; `x` and `y` are where the upper
    left corner of what it shows lies on the strip, negative where that reaches beyond it."""

    number: int
    row: int
    column: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tiling:
    """`page` is the paper as it lies, `window` what one sheet shows of the strip: (width, height)."""

    page: tuple[int, int]
    window: tuple[int, int]
    columns: int
    rows: int
    tiles: tuple[Tile, ...]


def cut(length: float, height: float, paper: str) -> Tiling:
    """The sheets of `paper` that show a strip of `length` by `height`, upright or across, whichever takes fewer.

    Each shares a band of OVERLAP with its neighbours; what the last one has to spare is divided between both
    ends, so that the strip stands in the middle."""
    short, long = PAPERS[paper]
    both = (_cut(length, height, page) for page in ((short, long), (long, short)))
    return min(both, key=lambda tiling: (len(tiling.tiles), tiling.rows))


def _cut(length: float, height: float, page: tuple[int, int]) -> Tiling:
    across, down = page[0] - 2 * MARGIN, page[1] - 2 * MARGIN
    lefts, tops = _starts(length, across), _starts(height, down)
    tiles = (
        Tile(row * len(lefts) + column + 1, row, column, x, y)
        for row, y in enumerate(tops)
        for column, x in enumerate(lefts)
    )
    return Tiling(page, (across, down), len(lefts), len(tops), tuple(tiles))


def _starts(size: float, window: int) -> list[float]:
    """Where windows begin that cover 0 … `size`, each sharing OVERLAP with the next."""
    step = window - OVERLAP
    count = max(1, ceil((size - OVERLAP - _CLOSE) / step))
    first = round((size - OVERLAP - count * step) / 2, 3)
    return [first + step * number for number in range(count)]
