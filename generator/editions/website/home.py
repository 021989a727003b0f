"""The home page: who stands there today, this year's wall, one voice, the ways in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.editions.website.events import events_of
from generator.editions.website.facets import Facets
from generator.editions.website.hall import Hall
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Status
from generator.rotation import Stay, rotation
from generator.views import Card, CategoryRow, Daily, HomeView, Voice

DAYS = 14
WALL = 7
ACTIVITIES = 3
# A testimonial set at 40 px stays one thought on one screen.
VOICE_LENGTH = 70


def plan_home(hall: Hall, facets: Facets) -> Iterator[Target]:
    """index.html for the day of the build and the 13 days after it."""
    catalogue, shown = hall.catalogue, hall.exhibits.shown
    daily = daily_cards(hall)
    year = facets.years[0] if facets.years else None
    members = year.members if year else ()
    wall = _wall(members, daily)
    voice, speaker = _voice_of_the_day(hall, daily)
    events = events_of(hall)
    upcoming = [event for event in reversed(events) if event.row.upcoming]
    past = [event for event in events if not event.row.upcoming]
    chosen = (upcoming or past)[:ACTIVITIES]
    last = next((event for event in past if event.row.picture), None)
    old_friend = _old_friend(shown, catalogue.day, daily)
    view = HomeView(
        frame=hall.frame,
        path="index.html",
        daily=daily,
        year=int(year.key) if year else catalogue.day.year,
        wall=wall,
        individuals_this_year=sum(not e.card.collective for e in members),
        collectives_this_year=sum(e.card.collective for e in members),
        year_path=year.path if year else "",
        voice=voice,
        voice_of=speaker.card if speaker else None,
        individuals=sum(not e.card.collective for e in shown),
        collectives=sum(e.card.collective for e in shown),
        categories=tuple(
            CategoryRow(f.key, f.heading, f.path, len(f.members), f.members[0].card.name if f.members else "")
            for f in facets.categories
        ),
        old_friend=old_friend,
        activities=tuple(event.row for event in chosen),
        last_activity=last.row if last else None,
        years=facets.year_bars(),
        slogans=catalogue.settings.slogans,
    )
    latest = tuple(facet.members[0].card for facet in facets.categories if facet.members)
    cards = (*(one.card for one in daily), *wall, *latest, *((old_friend,) if old_friend else ()))
    invited = [event for event in (*chosen, last) if event is not None]
    tokens = [token for event in invited for token in event.tokens]
    cards = (*cards, *(card for event in invited for card in event.people))
    if voice and speaker:
        cards = (*cards, speaker.card)
        tokens.append(hall.exhibits.voice_token(speaker, voice))
    yield hall.page(view, cards, tokens=tokens)


def daily_cards(hall: Hall) -> tuple[Daily, ...]:
    """Who stands on the home page from the day of the build on; only those who are shown on that very day."""
    day, exhibits = hall.catalogue.day, hall.exhibits
    slugs = rotation((_stay(exhibit) for exhibit in exhibits.shown), day, DAYS)
    return tuple(Daily(day + timedelta(days=n), exhibits.by_slug[slug].card) for n, slug in enumerate(slugs))


def _stay(exhibit: Exhibit) -> Stay:
    """From publication until consent or window ends, whichever is first."""
    exemplar = exhibit.exemplar
    ends = [exemplar.publish.until, exemplar.consent.until if exemplar.consent else None]
    first = exemplar.publish.start or min((review.date for review in exemplar.reviews), default=None)
    return Stay(
        exhibit.slug,
        first or date(max(exhibit.year, 1), 1, 1),
        min((end for end in ends if end is not None), default=None),
    )


def _wall(members: tuple[Exhibit, ...], daily: tuple[Daily, ...]) -> tuple[Card, ...]:
    """This year's people; the sooner somebody stands on the first screen, the later on the wall."""
    coming = {one.card.slug: n for n, one in reversed(list(enumerate(daily)))}
    ordered = sorted(members, key=lambda exhibit: -coming.get(exhibit.slug, DAYS))
    return tuple(exhibit.card for exhibit in ordered[:WALL])


def _voice_of_the_day(hall: Hall, daily: tuple[Daily, ...]) -> tuple[Voice | None, Exhibit | None]:
    """Words about somebody who will stand here in the coming days, short enough to be set large."""
    for one in (*daily[1:], *daily[:1]):
        exhibit = hall.exhibits.by_slug[one.card.slug]
        for voice in hall.exhibits.voices(exhibit):
            if len(voice.quote) <= VOICE_LENGTH:
                return voice, exhibit
    return None, None


def _old_friend(shown: tuple[Exhibit, ...], day: date, daily: tuple[Daily, ...]) -> Card | None:
    """One of the legacy, another every week, who does not stand here in the coming days anyway."""
    coming = {one.card.slug for one in daily[:2]}
    legacy = [e.card for e in shown if e.exemplar.status is Status.LEGACY and e.slug not in coming]
    if not legacy:
        return None
    return sorted(legacy, key=lambda card: card.slug)[day.toordinal() // 7 % len(legacy)]
