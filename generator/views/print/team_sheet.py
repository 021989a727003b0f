"""The sheet for the team room (班组张贴)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.exemplar import DatedText
from generator.views.print.parts import Person, PrintPicture, SheetFrame, Verse


@dataclass(frozen=True)
class Lesson:
    """A practice that colleagues can learn."""

    title: str
    text: Verse


@dataclass(frozen=True)
class Said:
    """A testimonial, set large."""

    words: Verse
    by: str
    relation: str
    unit: str


@dataclass(frozen=True)
class TeamSheetView:
    """One exemplar on a wall, read from a metre away. `summary` and `timeline` stand where there are no
    practices; `group` is the whole picture of a team that lies across."""

    frame: SheetFrame
    person: Person
    group: PrintPicture | None
    practices: tuple[Lesson, ...]
    summary: Verse
    timeline: tuple[DatedText, ...]
    voice: Said | None
    spirit: Verse
