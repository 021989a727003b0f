"""The bulletin (简报)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.views.print.parts import Deeds, Profile, SheetFrame


@dataclass(frozen=True)
class Circulation:
    """The foot of a bulletin: whom it is reported to (报), sent to (送), issued to (发), and the print run."""

    report: str = ""
    send: str = ""
    issue: str = ""
    copies: int = 0
    contact: str = ""


@dataclass(frozen=True)
class BulletinView:
    """One bulletin: of one exemplar, or an issue of several with its editor's note (按语).

    `number` is the issue of the year, `total` the issue since the first; 0 where it has none."""

    frame: SheetFrame
    masthead: str
    title: str
    number: int
    total: int
    date: date | None
    note: Deeds
    profiles: tuple[Profile, ...]
    circulation: Circulation
