"""The people of the kiosk: a slide for each in the deck, and a parcel with the rest of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from generator.catalogue import Catalogue
from generator.editions.kiosk.discretion import Discretion
from generator.editions.kiosk.naming import Naming
from generator.engine.target import Target
from generator.exhibits import Exhibit, Exhibits
from generator.model import Exemplar, Scope, Status
from generator.parcels import pack_page
from generator.theme import Theme, template_of
from generator.views import Card, Frame, Image, KioskExemplarView, Slide

_ANCHOR = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Planned:
    """Somebody's slide and the target of their parcel."""

    slide: Slide
    target: Target


def plan_people(
    exhibits: Exhibits, theme: Theme, frame: Frame, discretion: Discretion, naming: Naming
) -> Iterable[Planned]:
    """Everybody shown, in the order of lists."""
    for exhibit in exhibits.shown:
        target = _parcel(exhibits, theme, frame, discretion, naming, exhibit)
        group = _group(exhibits, exhibit)
        yield Planned(_slide(discretion, exhibit, naming.name_of(target.path), group), target)


def _parcel(
    exhibits: Exhibits,
    theme: Theme,
    frame: Frame,
    discretion: Discretion,
    naming: Naming,
    exhibit: Exhibit,
) -> Target:
    exemplar = exhibit.exemplar
    voices, images = discretion.voices(exhibits.voices(exhibit)), exhibits.pictures(exhibit)
    mentors, students = exhibits.cards(exemplar.lineage.mentors), exhibits.cards(exemplar.lineage.students)
    story = discretion.story(exhibit.entry.story)
    view = KioskExemplarView(
        frame=frame,
        path="",
        card=discretion.veiled(_unseen(exhibit.card)),
        # Nothing leads out of the kiosk.
        story=replace(story, html=_ANCHOR.sub("", story.html)),
        images=discretion.veiled(tuple(images.items())),
        voices=voices,
        mentors=tuple(map(_unseen, mentors)),
        students=tuple(map(_unseen, students)),
        address=_address(exhibits.catalogue, exhibit),
        legacy=exemplar.status is Status.LEGACY,
    )
    permits = (
        *exhibits.tokens((exhibit.card, *mentors, *students)),
        *(exhibits.voice_token(exhibit, voice) for voice in voices),
        *(exhibits.picture_token(exhibit, file) for file in images),
    )
    files = theme.files_for(template_of(view))
    told = Target("", pack_page, view, files, tuple(dict.fromkeys(permits)), exemplar.source.file)
    return naming.named("person", told)


def _unseen(card: Card) -> Card:
    """`card` without its picture and address: the deck knows these, and words aren't packed anew for a photo."""
    return replace(card, portrait=None, path="")


def _address(catalogue: Catalogue, exhibit: Exhibit) -> str:
    """Where a telephone reads on; "" for one whom the website doesn't show."""
    settings = catalogue.settings
    if not (settings.kiosk.handoff and settings.base_url):
        return ""
    shown = catalogue.decide(exhibit.entry, Scope.WEB).page
    return f"{settings.base_url}exemplars/{exhibit.slug}/" if shown else ""


def _group(exhibits: Exhibits, exhibit: Exhibit) -> Image | None:
    """The whole picture where it lies across: a 3:4 crop cuts people off."""
    photo = exhibit.exemplar.photo
    source = exhibit.entry.pictures.get(photo.file) if photo else None
    if photo is None or source is None or source.facts.width <= source.facts.height:
        return None
    return exhibits.renditions.whole(
        source,
        "",
        alt=photo.alt,
        caption="",
        credit=photo.credit,
        permit=exhibit.tokens[-1],
        about=exhibit.exemplar.source.file,
    )


def _slide(discretion: Discretion, exhibit: Exhibit, parcel: str, group: Image | None) -> Slide:
    card, exemplar = exhibit.card, exhibit.exemplar
    portrait = card.portrait or Image("", 0, 0, "")
    return Slide(
        slug=card.slug,
        name=card.name,
        parcel=parcel,
        collective=card.collective,
        one_line=discretion.veiled(card.one_line),
        unit=card.unit,
        post=card.post,
        year=card.year,
        categories=tuple(term.key for term in exhibit.categories),
        branch=exhibit.unit.path[0] if exhibit.unit else "",
        pronoun=card.pronoun,
        pinyin=card.pinyin,
        small=portrait.webp[0][0] if portrait.webp else "",
        large=portrait.path,
        group=group.path if group else "",
        group_shape=round(group.height / group.width, 4) if group else 0.0,
        alt=discretion.veiled(portrait.alt),
        mat=portrait.mat if portrait.path else "",
        honoured=max((honour.date for honour in exemplar.honours), default=""),
        until=last_day(exemplar),
        legacy=exemplar.status is Status.LEGACY,
    )


def last_day(exemplar: Exemplar) -> date | None:
    """The last day on which the gate stays open by itself."""
    ends = (exemplar.consent.until if exemplar.consent else None, exemplar.publish.until)
    return min((end for end in ends if end is not None), default=None)
