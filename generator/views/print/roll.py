"""The honour roll (光荣榜)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.print.parts import Name, PrintPicture, SheetFrame


@dataclass(frozen=True)
class Hung:
    """Somebody as the wall shows them. `unit` holds names from the top; `portrait` is 3:4, None for nobody's face;
    `across` a team's whole picture that lies across, and then there is no portrait. `strokes` are those of the
    first sign, 0 where nobody counted them; `level` is the highest of the honours."""

    name: Name
    unit: tuple[str, ...]
    portrait: PrintPicture | None
    across: PrintPicture | None
    strokes: int
    level: str


@dataclass(frozen=True)
class RollView:
    """A year's wall on paper of `size` (a3, a2), people and teams each in `order` ("strokes", "honour")."""

    frame: SheetFrame
    size: str
    year: int
    order: str
    people: tuple[Hung, ...]
    teams: tuple[Hung, ...]
