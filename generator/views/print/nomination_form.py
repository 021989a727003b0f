"""The nomination form (推荐表)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.exemplar import HonourLine
from generator.views.print.parts import Deeds, Name, PrintPicture, SheetFrame


@dataclass(frozen=True)
class FormCell:
    """A label and what stands beside it; "" leaves room to write."""

    label: str
    text: str


@dataclass(frozen=True)
class NominationFormView:
    """One exemplar, for those who decide. The only view that has what is `private`; nothing published shows it.

    `rows` are of one or two cells, the first four beside the photo; `opinions` are the boxes to be sealed."""

    frame: SheetFrame
    title: str
    name: Name
    portrait: PrintPicture | None
    rows: tuple[tuple[FormCell, ...], ...]
    private: tuple[tuple[FormCell, ...], ...]
    summary: str
    honours: tuple[HonourLine, ...]
    deeds: Deeds
    opinions: tuple[str, ...]
