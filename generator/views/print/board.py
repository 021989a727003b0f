"""The board (展板), from A3 to the roll-up."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.print.parts import Beginning, Cut, Person, PrintPicture, SheetFrame, Verse


@dataclass(frozen=True)
class Spoken:
    """A testimonial set large."""

    quote: Verse
    by: str
    whence: tuple[str, ...]


@dataclass(frozen=True)
class BoardView:
    """One exemplar on one sheet of `size` (a3, 60x90, 80x180).

    `across` is the whole picture of a team that lies across; the person then has no portrait. `lead` holds the
    paragraphs beside the QR code; `voice` the one testimonial of a roll-up."""

    frame: SheetFrame
    size: str
    cut: Cut | None
    person: Person
    across: PrintPicture | None
    lead: tuple[str, ...] | Beginning
    voice: Spoken | None
