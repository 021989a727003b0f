"""The deck: everybody's slide, what comes between them, and how fast it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from generator.catalogue import Catalogue
from generator.editions.kiosk.discretion import Discretion
from generator.model import Activity, Settings
from generator.views import DeckView, Happening, Slide, Tempo

COMING, PAST = 4, 2  # activities shown at most
AHEAD, BACK = timedelta(days=60), timedelta(days=365)


def deck_of(
    catalogue: Catalogue, discretion: Discretion, people: tuple[Slide, ...], letters: str
) -> DeckView:
    """What the kiosk shows on the day of the build and, as long as nothing newer comes, after it."""
    settings = catalogue.settings
    terms = {key for slide in people for key in slide.categories}
    branches = {slide.branch for slide in people}
    return DeckView(
        path="",
        day=catalogue.day,
        language=settings.language,
        letters=letters,
        people=people,
        terms=tuple((term.key, term.title) for term in settings.categories if term.key in terms),
        branches=tuple((unit.key, unit.name) for unit in settings.units if unit.key in branches),
        slogans=tuple(slogan for slogan in settings.slogans if not discretion.names(slogan)),
        happenings=tuple(_happenings(catalogue, discretion)),
        tempo=_tempo(settings),
    )


def _happenings(catalogue: Catalogue, discretion: Discretion) -> Iterator[Happening]:
    """The next activities, then the last ones; one that names somebody hidden is left out."""
    day = catalogue.day
    items = [d.item for d in catalogue.activities if isinstance(d.item, Activity)]
    named = [i for i in items if not discretion.names(i.title, i.summary, i.place, i.kind)]
    coming = sorted((i for i in named if day <= i.date <= day + AHEAD), key=lambda i: (i.date, i.slug))
    past = sorted((i for i in named if day - BACK <= i.date < day), key=lambda i: (i.date, i.slug))
    yield from _each(coming[:COMING], coming=True)
    yield from _each(reversed(past[-PAST:]), coming=False)


def _each(items: Iterable[Activity], *, coming: bool) -> Iterator[Happening]:
    for item in items:
        until = item.date if coming else None
        yield Happening(item.title, item.date, item.time, item.place, item.kind, item.summary, until)


def _tempo(settings: Settings) -> Tempo:
    kiosk = settings.kiosk
    return Tempo(
        newly_days=kiosk.newly.days,
        newly_factor=kiosk.newly.factor,
        seconds=(kiosk.seconds.least, kiosk.seconds.most),
        between=kiosk.between,
        idle=kiosk.idle,
        warning=kiosk.warning,
        poll=(kiosk.poll.every, kiosk.poll.jitter),
        dim=kiosk.dim,
        wake=kiosk.wake,
        restart=kiosk.restart,
        heartbeat=kiosk.heartbeat,
        drift=kiosk.drift,
    )
