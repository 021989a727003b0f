"""The chapters of a book: by category in the order of site.yaml, each exemplar in that of their first category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.exhibits import Exhibit
from generator.model import Term
from generator.sheets import Sheets
from generator.views.parts import Voice
from generator.views.print.compendium import Part
from generator.views.print.parts import PrintPicture, Profile, Verse

PAGE = 185  # millimetres: the width of a page, all of it picture
MEASURE = 140  # of the text
# Of a portrait beside its name. It stands 50 mm wide; at 240 dots per inch it has as many pixels as one of 40 mm at
# 300, and a book of 500 of them fits in two gigabytes while it is made.
PORTRAIT = 40


def parts_of(sheets: Sheets, people: Iterable[Exhibit], *, spreads: bool) -> tuple[Part, ...]:
    """Everybody once. Those of no category come last, in a chapter without a title."""
    members: dict[Term | None, list[Exhibit]] = {term: [] for term in sheets.catalogue.settings.categories}
    for exhibit in people:
        members.setdefault(next(iter(exhibit.categories), None), []).append(exhibit)
    return tuple(_part(sheets, term, several, spreads) for term, several in members.items() if several)


def _part(sheets: Sheets, term: Term | None, people: list[Exhibit], spreads: bool) -> Part:
    picture, shown = _picture(sheets, people)
    voice, praised = (None, "") if picture else _voice(sheets, people)
    return Part(
        title=term.title if term else "",
        intro=Verse(term.intro if term else ""),
        picture=picture,
        voice=voice,
        about=shown or praised,
        profiles=tuple(_profile(sheets, exhibit, spreads) for exhibit in people),
    )


def _picture(sheets: Sheets, people: list[Exhibit]) -> tuple[PrintPicture | None, str]:
    """One of the portraits and whose it is, from the middle: the first stands on the next spread anyway. None
    where it would be the only one, of somebody to whom the opening leads at once."""
    portraits = [
        (portrait, exhibit.exemplar.name)
        for exhibit in people[1:]
        if sheets.plates.group(exhibit.entry, exhibit.exemplar.photo, PAGE) is None
        and (portrait := sheets.person(exhibit, PAGE).portrait) is not None
    ]
    return portraits[len(portraits) // 2] if portraits else (None, "")


def _voice(sheets: Sheets, people: list[Exhibit]) -> tuple[Voice | None, str]:
    """The shortest testimonial of the chapter, for it is set large, and of whom it speaks."""
    said = [(voice, exhibit.exemplar.name) for exhibit in people for voice in sheets.exhibits.voices(exhibit)]
    return min(said, key=lambda one: len(one[0].quote), default=(None, ""))


def _profile(sheets: Sheets, exhibit: Exhibit, spreads: bool) -> Profile:
    """The profile with a portrait for a page of its own, or for a place beside the name."""
    profile = sheets.profile(exhibit, PAGE if spreads else PORTRAIT, column=MEASURE)
    if profile.group is None:
        return profile
    return replace(profile, person=replace(profile.person, portrait=None)) if spreads else profile
