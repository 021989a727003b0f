"""The boxes of a page that a knife will cut out of a larger sheet: Media ⊃ Bleed ⊃ Trim (ISO 32000-2, 14.11.2).

Typst makes the medium as large as the bleed, which leaves crop marks no place outside it. Our templates therefore
draw the whole medium themselves, and the boxes are said afterwards."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from generator.engine.target import Files
from generator.typeset.render import render_sheet
from generator.views.print.board import BoardView
from generator.views.print.parts import Cut

if TYPE_CHECKING:
    import pikepdf

_MILLIMETRE = 72 / 25.4


def render_cut(view: BoardView, files: Files) -> bytes:
    """The PDF of `view`, a sheet with or without a margin around its cut edge."""
    pdf = render_sheet(view, files)
    return pdf if view.cut is None else boxed(pdf, view.cut)


def boxed(pdf: bytes, cut: Cut) -> bytes:
    """`pdf` with the boxes of `cut` on every page. The same bytes give the same bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.trimbox = page.artbox = _inside(page.mediabox, cut.margin)
            page.bleedbox = _inside(page.mediabox, cut.margin - cut.bleed)
        made = io.BytesIO()
        opened.save(made, static_id=True)
    return made.getvalue()


def _inside(medium: pikepdf.Array, millimetres: float) -> pikepdf.Array:
    """The box that lies so far inside `medium` on every side."""
    import pikepdf

    inset = millimetres * _MILLIMETRE
    left, bottom, right, top = (float(side) for side in medium)
    sides = (left + inset, bottom + inset, right - inset, top - inset)
    return pikepdf.Array([round(side, 3) for side in sides])
