"""The press kits (媒体资料包): one for everybody whose consent covers the media. No font is needed for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Scope, Settings
from generator.presskit import render_kit
from generator.sheets import Sheets
from generator.sheets.paths import press_kit_path
from generator.theme import Theme
from generator.theme.words import date_filters, translator
from generator.views.print.parts import Deeds
from generator.views.print.press_kit import KitPicture, PressKitView

SMALL = 80  # millimetres: the width of a picture in the text, at the resolution of print
WORDS = "print.press-kit."


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """Every press kit of `catalogue.day`."""
    targets = tuple(_kit(sheets, exhibit) for exhibit in sheets.media.shown)
    turns = (catalogue.decide(entry, Scope.MEDIA).changes for entry in catalogue.entries)
    changes = min((day for day in turns if day is not None), default=None)
    return Plan(targets, sheets.media.permitted, changes)


def _kit(sheets: Sheets, exhibit: Exhibit) -> Target:
    settings, exemplar, card = sheets.catalogue.settings, exhibit.exemplar, exhibit.card
    story, words = exhibit.entry.story, sheets.theme.words
    read = date_filters(translator(words), settings.language)["date"]
    consent = exemplar.consent
    voices, pictures = sheets.media.voices(exhibit), _pictures(sheets, exhibit)
    view = PressKitView(
        slug=exhibit.slug,
        name=exemplar.name,
        pinyin="" if card.collective else card.pinyin,
        unit=card.unit,
        post=card.post,
        organisation=settings.organisation,
        issuer=settings.organisation + settings.department,
        contact=_contact(settings),
        address=sheets.address(exhibit.slug).url,
        until=read(consent.until) if consent and consent.until else "",
        dated=_dated(exhibit),
        language=settings.language,
        demonstration=settings.demonstration,
        preview=sheets.catalogue.preview,
        one_line=exemplar.one_line,
        summary=exemplar.summary,
        citation=story.citation,
        deeds=Deeds(exemplar.markdown),
        remarks=exemplar.remarks,
        voices=voices,
        honours=tuple(replace(honour, date=read(honour.date)) for honour in story.honours),
        photo=_photo(sheets, exhibit),
        pictures=pictures,
        words=tuple((key.removeprefix(WORDS), text) for key, text in words.items() if key.startswith(WORDS)),
    )
    permits = (
        *exhibit.tokens,
        *(sheets.media.voice_token(exhibit, voice) for voice in voices),
        *(sheets.media.picture_token(exhibit, picture.whole.name) for picture in pictures),
    )
    files = sheets.plates.inputs_of(view)
    return Target(press_kit_path(exhibit.slug), render_kit, view, files, permits, exemplar.source.file)


def _photo(sheets: Sheets, exhibit: Exhibit) -> KitPicture | None:
    photo = exhibit.exemplar.photo
    source = exhibit.entry.pictures.get(photo.file) if photo else None
    if photo is None or source is None:
        return None
    whole = sheets.plates.press(source, photo.file, photo.alt, "", photo.credit)
    return KitPicture(f"{exhibit.slug}-photo.jpg", whole)


def _pictures(sheets: Sheets, exhibit: Exhibit) -> tuple[KitPicture, ...]:
    """Those of the deeds that may be shown, in the order of the text. Their names are plain letters: Explorer
    of Windows 7 shows no others right."""
    found = []
    for number, (name, image) in enumerate(sheets.media.pictures(exhibit).items(), 1):
        source = exhibit.entry.pictures[name]
        said = (name, image.alt, image.caption, image.credit)
        whole, small = sheets.plates.press(source, *said), sheets.plates.whole(source, SMALL, *said)
        found.append(KitPicture(f"{exhibit.slug}-picture-{number}.jpg", whole, small))
    return tuple(found)


def _contact(settings: Settings) -> str:
    """Whom a newsroom asks: as printed on bulletins, else where corrections go."""
    correct = settings.feedback.correct
    reached = " ".join(way for way in (correct.phone, correct.email) if way) if correct else ""
    return settings.printing.contact or reached or settings.notice_contact


def _dated(exhibit: Exhibit) -> date | None:
    """The day of the last review, else of publication: never that of the build."""
    exemplar = exhibit.exemplar
    return max((review.date for review in exemplar.reviews), default=exemplar.publish.start)
