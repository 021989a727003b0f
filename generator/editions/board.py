"""The board (展板): one exemplar on a wall, read from two metres: A3, 60×90 cm, and the roll-up of 80×180 cm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Exemplar
from generator.photos import portrait_crop
from generator.problems import Problem, warning
from generator.sheets import Sheets, board_path
from generator.theme import Theme
from generator.typeset.boxes import render_cut
from generator.typography import count_characters
from generator.views.parts import Voice
from generator.views.print.board import BoardView, Spoken
from generator.views.print.parts import Beginning, Cut, PrintPicture, Verse

# Characters that somebody reads standing before a wall.
MOST_CHARACTERS = 260

# Millimetres across: of the sheet, and of the widest portrait that board.typ sets on it.
WIDTHS = {"a3": (297, 210), "60x90": (600, 424), "80x180": (800, 800)}

# Dots per inch below which a face falls apart into dots at two metres.
LEAST_RESOLUTION = 60
_INCH = 25.4

# A team's picture that is hardly wider than high is cut as a portrait is.
_ACROSS = 1.2


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """A board of each exemplar in each size that site.yaml asks for."""
    printing = catalogue.settings.printing
    sizes = [
        size for size in printing.boards if size in WIDTHS
    ]  # `honour print --size a2` is none of a board
    shown = sheets.exhibits.shown
    targets = tuple(single(sheets, exhibit, size, printing.bleed) for exhibit in shown for size in sizes)
    widest = max(sizes, key=WIDTHS.__getitem__, default="")
    blurred = (problem for exhibit in shown for problem in _blurred(exhibit, widest))
    return Plan(targets, sheets.permitted, sheets.changes, (*sheets.problems, *blurred))


def single(sheets: Sheets, exhibit: Exhibit, size: str, bleed: bool) -> Target:
    """The board of `exhibit` in `size` (a3, 60x90, 80x180), with or without bleed and crop marks."""
    person = sheets.person(exhibit, WIDTHS[size][1])
    across = _across(sheets, exhibit, size)
    voice = next(iter(sheets.exhibits.voices(exhibit)), None) if size == "80x180" else None
    view = BoardView(
        frame=sheets.frame,
        size=size,
        cut=Cut() if bleed else None,
        person=replace(person, portrait=None) if across else person,
        across=across,
        lead=board_text(exhibit.exemplar),
        voice=Spoken(Verse(voice.quote), voice.by, (voice.unit, voice.relation)) if voice else None,
    )
    return sheets.sheet(
        board_path(exhibit.slug, size),
        view,
        (exhibit,),
        tokens=_voice_tokens(sheets, exhibit, voice),
        about=exhibit.exemplar.source.file,
        problems=sheets.own_words,
        recipe=render_cut,
    )


def board_text(exemplar: Exemplar) -> tuple[str, ...] | Beginning:
    """The text of a board: the summary if it is short enough, else how the deeds begin."""
    summary = " ".join(exemplar.summary.split())
    if 0 < count_characters(summary) <= MOST_CHARACTERS:
        return (summary,)
    return Beginning(exemplar.markdown, MOST_CHARACTERS)


def _voice_tokens(sheets: Sheets, exhibit: Exhibit, voice: Voice | None) -> tuple[str, ...]:
    return (sheets.exhibits.voice_token(exhibit, voice),) if voice else ()


def _across(sheets: Sheets, exhibit: Exhibit, size: str) -> PrintPicture | None:
    """The whole picture of a team, if it lies across."""
    picture = sheets.plates.group(exhibit.entry, exhibit.exemplar.photo, WIDTHS[size][0] / 2)
    if picture is None or not exhibit.card.collective or picture.width < _ACROSS * picture.height:
        return None
    return picture


def _blurred(exhibit: Exhibit, size: str) -> Iterator[Problem]:
    """A warning where the face would be a blur on the board of `size`."""
    photo = exhibit.exemplar.photo
    source = exhibit.entry.pictures.get(photo.file) if photo else None
    if photo is None or source is None or not size:
        return
    facts = source.facts
    sheet, portrait = WIDTHS[size]
    left, _, right, _ = portrait_crop(facts.width, facts.height, photo.focus)
    whole = exhibit.card.collective and facts.width >= _ACROSS * facts.height
    pixels, width = (facts.width, sheet) if whole else (round((right - left) * facts.width), portrait)
    resolution = pixels / width * _INCH
    if resolution < LEAST_RESOLUTION:
        yield warning(
            exhibit.exemplar.source.at("photo.file"),
            "board-blurred",
            file=photo.file,
            size=size,
            dpi=int(resolution),
            least=LEAST_RESOLUTION,
            width=pixels,
            pixels=-int(-LEAST_RESOLUTION * width // _INCH),
        )
