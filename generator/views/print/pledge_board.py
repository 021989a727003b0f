"""The board of a unit's pledges (承诺践诺公开栏)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.print.parts import Name, PrintPicture, SheetFrame, Verse


@dataclass(frozen=True)
class Pledged:
    """Somebody who has made a pledge. `title` is what the record calls the post (党员先锋岗), `unit` the names
    below that of the board; `group` is the whole picture of a team that lies across."""

    name: Name
    portrait: PrintPicture | None
    group: PrintPicture | None
    unit: tuple[str, ...]
    post: str
    title: str
    promise: Verse
    kept: Verse


@dataclass(frozen=True)
class PledgeBoardView:
    """`unit` holds the names of the board's unit from the top."""

    frame: SheetFrame
    unit: tuple[str, ...]
    people: tuple[Pledged, ...]
