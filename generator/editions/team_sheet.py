"""The sheet for the team room (班组张贴): what colleagues can learn from one exemplar, read on the way past."""

from __future__ import annotations

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.sheets import Sheets, team_sheet_path
from generator.theme import Theme
from generator.views.parts import Voice
from generator.views.print.parts import Verse
from generator.views.print.team_sheet import Lesson, Said, TeamSheetView

PORTRAIT = 100  # millimetres, as wide as it gets
GLANCE = 70  # characters of a testimonial that are taken in by the way


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """One sheet of each exemplar."""
    targets = tuple(single(sheets, exhibit) for exhibit in sheets.exhibits.shown)
    return Plan(targets, sheets.permitted, sheets.changes, sheets.problems)


def single(sheets: Sheets, exhibit: Exhibit) -> Target:
    """The sheet of `exhibit`."""
    story, photo = exhibit.entry.story, exhibit.exemplar.photo
    voice = _voice(sheets.exhibits.voices(exhibit))
    view = TeamSheetView(
        frame=sheets.frame,
        person=sheets.person(exhibit, PORTRAIT),
        group=sheets.plates.group(exhibit.entry, photo, PORTRAIT) if exhibit.card.collective else None,
        practices=tuple(Lesson(practice.title, Verse(practice.text)) for practice in story.practices),
        summary=Verse("" if story.practices else story.summary),
        timeline=() if story.practices else story.timeline,
        voice=Said(Verse(voice.quote), voice.by, voice.relation, voice.unit) if voice else None,
        spirit=Verse(story.spirit),
    )
    return sheets.sheet(
        team_sheet_path(exhibit.slug),
        view,
        (exhibit,),
        tokens=(sheets.exhibits.voice_token(exhibit, voice),) if voice else (),
        about=exhibit.exemplar.source.file,
        problems=sheets.own_words,
    )


def _voice(voices: tuple[Voice, ...]) -> Voice | None:
    """The first testimonial that is taken in at a glance, else the shortest."""
    brief = (voice for voice in voices if len(voice.quote) <= GLANCE)
    return next(brief, None) or min(voices, key=lambda voice: len(voice.quote), default=None)
