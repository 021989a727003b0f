"""What machines read: feed, site map, exemplars.json, the data of the filters; feedback, 404 and shared assets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from generator.data import render_people
from generator.editions.website.facets import Facets
from generator.editions.website.hall import Hall
from generator.editions.website.lists import DATA
from generator.engine.target import Target
from generator.model import Channel
from generator.theme import Theme, copy_asset, render_page, render_script, render_stylesheet, template_of
from generator.views import (
    AddressesView,
    ChannelView,
    FeedbackView,
    FeedEntry,
    FeedView,
    NotFoundView,
    PeopleRow,
    PeopleView,
)

FEED_LENGTH = 30
FEEDBACK = "feedback/index.html"


def plan_machine(hall: Hall, facets: Facets, pages: Iterable[str]) -> Iterator[Target]:
    """Everything that stands beside the pages; `pages` are their paths, for the site map."""
    shown = hall.exhibits.shown
    everyone = [exhibit.card for exhibit in shown]
    rows = tuple(
        PeopleRow(
            e.card,
            tuple(t.key for t in e.categories),
            e.unit.path[0] if e.unit else "",
            tuple(level.key for level in e.levels),
        )
        for e in shown
    )
    for path in ("exemplars.json", DATA):
        permits = hall.exhibits.tokens(everyone)
        yield Target(path, render_people, PeopleView(hall.frame, path, rows), permits=permits)
    feedback, addresses = hall.catalogue.settings.feedback, set(pages)
    if feedback.nominate or feedback.correct or feedback.mailbox:
        addresses.add(FEEDBACK)
        yield hall.page(
            FeedbackView(
                hall.frame,
                FEEDBACK,
                _channel(feedback.nominate),
                _channel(feedback.correct),
                feedback.mailbox,
            )
        )
    base = hall.frame.base_url
    yield hall.page(NotFoundView(hall.frame, "404.html", urlsplit(base).path or "/", facets.year_bars()))
    yield _plain(hall, AddressesView(hall.frame, "robots.txt", ()))
    if base:
        yield _feed(hall)
        yield _plain(hall, AddressesView(hall.frame, "sitemap.xml", tuple(sorted(addresses))))


def plan_assets(theme: Theme) -> Iterator[Target]:
    """The stylesheet, the scripts and the files that the theme brings along."""
    yield Target(theme.stylesheet_path, render_stylesheet, None, theme.styles())
    yield Target(theme.script_path, render_script, None, theme.scripts())
    yield Target(theme.search_path, render_script, None, theme.folder("search"))
    for path, file in theme.assets():
        yield Target(path, copy_asset, None, ((path, file),))


def _plain(hall: Hall, view: AddressesView) -> Target:
    return Target(view.path, render_page, view, hall.theme.files_for(template_of(view)))


def _feed(hall: Hall) -> Target:
    """The latest published, by their day of publication. Without any, the day of the build dates the feed."""
    base = hall.frame.base_url
    dated = sorted(
        ((e.exemplar.publish.start, e) for e in hall.exhibits.shown if e.exemplar.publish.start),
        key=lambda pair: (-pair[0].toordinal(), pair[1].slug),
    )
    entries = tuple(
        FeedEntry(e.card, f"{base}exemplars/{e.slug}/", e.exemplar.summary or e.card.one_line, day)
        for day, e in dated[:FEED_LENGTH]
    )
    updated = entries[0].published if entries else hall.catalogue.day
    view = FeedView(hall.frame, "feed.xml", entries, updated)
    return hall.page(view, [entry.card for entry in entries])


def _channel(channel: Channel | None) -> ChannelView | None:
    if channel is None:
        return None
    address = channel.url or (f"mailto:{channel.email}" if channel.email else "")
    return ChannelView(channel.url, channel.email, channel.phone, address)
