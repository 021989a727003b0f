"""Activities, campaigns, public notices, circulars and the office's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator import lifecycle, workdays
from generator.catalogue import Document
from generator.editions.website.hall import Hall, activity_path
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Activity, Campaign, Circular, Page
from generator.views import (
    ActivitiesView,
    ActivityRow,
    ActivityView,
    CampaignRow,
    CampaignView,
    Card,
    CircularRow,
    CircularView,
    DocumentView,
    Image,
    NoticeRow,
    NoticesView,
    PageView,
    PhaseView,
)


@dataclass(frozen=True, slots=True)
class Event:
    """An activity's row with the people it names and the tokens of what it shows."""

    document: Document
    row: ActivityRow
    people: tuple[Card, ...]
    tokens: tuple[str, ...]


def events_of(hall: Hall) -> tuple[Event, ...]:
    """Every activity, the latest first; people who are hidden are not named."""
    events = [_event(hall, d, d.item) for d in hall.catalogue.activities if isinstance(d.item, Activity)]
    return tuple(sorted(events, key=lambda event: (event.row.day, event.row.path), reverse=True))


def _event(hall: Hall, document: Document, activity: Activity) -> Event:
    people = hall.exhibits.cards(activity.exemplars)
    picture: Image | None = None
    tokens: tuple[str, ...] = ()
    for told in activity.pictures:
        picture = hall.picture(document, told, f"activities/{activity.slug}/")
        if picture is not None:
            tokens = (hall.token(document, told.file),)
            break
    row = ActivityRow(
        title=activity.title,
        path=activity_path(activity),
        day=activity.date,
        time=activity.time,
        place=activity.place,
        kind=activity.kind,
        summary=activity.summary,
        people=tuple(card.name for card in people),
        upcoming=activity.date >= hall.catalogue.day,
        picture=picture,
    )
    return Event(document, row, people, tokens)


def plan_events(hall: Hall) -> Iterator[Target]:
    """activities/, campaigns/, notices/ and one page for each of them, and content/*.md."""
    events = events_of(hall)
    campaigns = _campaign_rows(hall)
    upcoming = tuple(event.row for event in reversed(events) if event.row.upcoming)
    past = tuple(event.row for event in events if not event.row.upcoming)
    people = [card for event in events for card in event.people]
    tokens = [token for event in events for token in event.tokens]
    yield hall.page(
        ActivitiesView(hall.frame, "activities/index.html", upcoming, past, tuple(campaigns.values())),
        people,
        tokens=tokens,
    )
    for event in events:
        yield _activity_page(hall, event)
    for document in hall.catalogue.campaigns:
        if isinstance(document.item, Campaign):
            yield _campaign_page(hall, document, document.item, campaigns[document.item.slug])
    yield from _notices(hall)
    for document in hall.catalogue.pages:
        if isinstance(document.item, Page):
            page, folder = document.item, f"{document.item.slug}/"
            parts, tokens_of_page = hall.prose(document, folder)
            view = PageView(hall.frame, f"{folder}index.html", page.title, page.summary, parts)
            yield hall.page(view, tokens=tokens_of_page, about=page.source.file)


def _activity_page(hall: Hall, event: Event) -> Target:
    activity, folder = event.document.item, event.row.path.removesuffix("index.html")
    parts, tokens = hall.prose(event.document, folder)
    told = activity.pictures if isinstance(activity, Activity) else ()
    in_text = set(event.document.text.images)
    gallery = {p.file: hall.picture(event.document, p, folder) for p in told if p.file not in in_text}
    shown = {file: image for file, image in gallery.items() if image is not None}
    view = ActivityView(hall.frame, event.row.path, event.row, parts, tuple(shown.values()), event.people)
    every = (*tokens, *event.tokens, *(hall.token(event.document, file) for file in shown))
    return hall.page(view, event.people, tokens=every, about=activity.source.file)


def _campaign_rows(hall: Hall) -> dict[str, CampaignRow]:
    """By slug, the latest first."""
    counts: dict[str, int] = {}
    for exhibit in hall.exhibits.shown:
        counts[exhibit.exemplar.campaign] = counts.get(exhibit.exemplar.campaign, 0) + 1
    items = [d.item for d in hall.catalogue.campaigns if isinstance(d.item, Campaign)]
    items.sort(key=lambda item: (item.start or date.min, item.slug), reverse=True)
    return {
        item.slug: CampaignRow(
            title=item.title,
            path=f"campaigns/{item.slug}/index.html",
            summary=item.summary,
            start=item.start,
            until=item.until,
            running=_state(item.start, item.until, hall.catalogue.day) == "now",
            count=counts.get(item.slug, 0),
        )
        for item in items
    }


def _campaign_page(hall: Hall, document: Document, campaign: Campaign, row: CampaignRow) -> Target:
    day = hall.catalogue.day
    people = tuple(e.card for e in hall.exhibits.shown if e.exemplar.campaign == campaign.slug)
    parts, tokens = hall.prose(document, f"campaigns/{campaign.slug}/")
    view = CampaignView(
        frame=hall.frame,
        path=row.path,
        row=row,
        phases=tuple(
            PhaseView(p.title, p.start, p.until, p.text, _state(p.start, p.until, day))
            for p in campaign.phases
        ),
        documents=tuple(DocumentView(d.title, d.number, d.date) for d in campaign.documents),
        parts=parts,
        people=people,
    )
    return hall.page(view, people, tokens=tokens, about=campaign.source.file)


def turns_of_events(hall: Hall) -> Iterator[date]:
    """Days to come on which what is coming becomes present, or what is present past."""
    for document in (*hall.catalogue.activities, *hall.catalogue.campaigns):
        item = document.item
        spans: list[tuple[date | None, date | None]] = []
        if isinstance(item, Activity):
            spans = [(None, item.date)]
        if isinstance(item, Campaign):
            spans = [(item.start, item.until), *((phase.start, phase.until) for phase in item.phases)]
        for start, until in spans:
            turns = (start, until + timedelta(days=1) if until else None)
            yield from (turn for turn in turns if turn is not None and turn > hall.catalogue.day)


def _state(start: date | None, until: date | None, day: date) -> str:
    """ "past", "now" or "coming"."""
    if start is not None and day < start:
        return "coming"
    return "past" if until is not None and day > until else "now"


def _notices(hall: Hall) -> Iterator[Target]:
    settings = hall.catalogue.settings
    rows = tuple(row for exhibit in hall.exhibits.noticed if (row := _notice_row(hall, exhibit)))
    circulars = [(d, d.item) for d in hall.catalogue.circulars if isinstance(d.item, Circular)]
    circulars.sort(key=lambda pair: (pair[1].date, pair[1].slug), reverse=True)
    by_slug = {
        item.slug: CircularRow(
            item.title, f"notices/{item.slug}/index.html", item.date, item.kind, item.number
        )
        for _, item in circulars
    }
    view = NoticesView(
        hall.frame, "notices/index.html", rows, tuple(by_slug.values()), settings.notice_contact
    )
    yield hall.page(view, [row.card for row in rows])
    for document, item in circulars:
        people = hall.exhibits.cards(item.exemplars)
        parts, tokens = hall.prose(document, f"notices/{item.slug}/")
        said = by_slug[item.slug]
        yield hall.page(
            CircularView(hall.frame, said.path, said, parts, people),
            people,
            tokens=tokens,
            about=item.source.file,
        )


def _notice_row(hall: Hall, exhibit: Exhibit) -> NoticeRow | None:
    settings, day = hall.catalogue.settings, hall.catalogue.day
    notice, ends = exhibit.exemplar.notice, lifecycle.notice_ends(exhibit.exemplar, settings)
    if notice is None or ends is None:
        return None
    return NoticeRow(
        card=exhibit.card,
        start=notice.start,
        until=ends,
        days=settings.notice_days,
        remaining=workdays.count(max(day, notice.start), ends, settings),
        contact=notice.contact or settings.notice_contact,
        summary=exhibit.exemplar.summary,
    )
