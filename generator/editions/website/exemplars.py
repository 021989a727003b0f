"""An exemplar's own page at its permanent address, and the redirects of the addresses it had before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.editions.website.facets import Facets, unit_links
from generator.editions.website.hall import Hall, activity_path
from generator.editions.website.printed import sheets_of
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Activity, Campaign
from generator.views import Card, ExemplarView, Image, Link, RedirectView


def plan_exemplars(hall: Hall, facets: Facets) -> Iterator[Target]:
    """A page for everybody shown."""
    ways = _Ways(hall, facets)
    for exhibit in hall.exhibits.shown:
        yield from _page(hall, ways, exhibit)
        for old in exhibit.exemplar.formerly:
            view = RedirectView(
                hall.frame, f"exemplars/{old}/index.html", exhibit.card.path, exhibit.card.name
            )
            yield hall.page(view, [exhibit.card], about=exhibit.exemplar.source.file)


class _Ways:
    """The ways that lead from one exemplar to others, worked out once for all pages."""

    def __init__(self, hall: Hall, facets: Facets) -> None:
        self.honours = {facet.heading: facet.path for facet in facets.honours}
        self.years = {facet.key: facet.path for facet in facets.years}
        self.categories = {facet.key: Link(facet.heading, facet.path) for facet in facets.categories}
        self.lines = {facet.heading: Link(facet.heading, facet.path) for facet in facets.lines}
        self.lines |= {facet.key: Link(facet.heading, facet.path) for facet in facets.lines}
        self.activities: dict[str, list[Link]] = {}
        for document in hall.catalogue.activities:
            item = document.item
            if isinstance(item, Activity):
                for slug in item.exemplars:
                    self.activities.setdefault(slug, []).append(Link(item.title, activity_path(item)))
        self.campaigns = {
            document.item.slug: Link(document.item.title, f"campaigns/{document.item.slug}/index.html")
            for document in hall.catalogue.campaigns
            if isinstance(document.item, Campaign)
        }
        self._units: dict[tuple[str, ...], tuple[Link, ...]] = {}
        self.same_unit = _rings(hall.exhibits.shown, lambda e: ("/".join(e.unit.path),) if e.unit else ())
        self.same_category = _rings(hall.exhibits.shown, lambda e: tuple(t.key for t in e.categories))

    def units(self, exhibit: Exhibit) -> tuple[Link, ...]:
        """The way from the top of the tree to the exemplar's unit: one value for all of a unit."""
        key = exhibit.unit.path if exhibit.unit else ()
        if key not in self._units:
            self._units[key] = unit_links(exhibit.unit)
        return self._units[key]

    def related(self, exhibit: Exhibit) -> tuple[tuple[Card, ...], str]:
        """At most three others and why: the same unit, else the same trade. Each ring passes everybody on, so
        nobody is the neighbour of all and one newcomer changes few pages."""
        kin = {exhibit.slug, *exhibit.exemplar.lineage.mentors, *exhibit.exemplar.lineage.students}
        near = [card for card in self.same_unit.get(exhibit.slug, ()) if card.slug not in kin]
        wide = [card for card in self.same_category.get(exhibit.slug, ()) if card.slug not in kin]
        chosen = {card.slug: card for card in (*near[:2], *wide, *near[2:])}
        return tuple(chosen.values())[:3], "unit" if near else "category"


def _rings(shown: tuple[Exhibit, ...], groups_of: object) -> Mapping[str, tuple[Card, ...]]:
    """For each slug the next three around the ring of each of its groups."""
    assert callable(groups_of)
    groups: dict[str, list[Exhibit]] = {}
    for exhibit in sorted(shown, key=lambda e: e.slug):
        for group in groups_of(exhibit):
            groups.setdefault(group, []).append(exhibit)
    nexts: dict[str, dict[str, Card]] = {}
    for ring in groups.values():
        for at, exhibit in enumerate(ring):
            following = (ring[(at + step) % len(ring)] for step in range(1, min(6, len(ring))))
            nexts.setdefault(exhibit.slug, {}).update((e.slug, e.card) for e in following)
    return {slug: tuple(cards.values()) for slug, cards in nexts.items()}


def _page(hall: Hall, ways: _Ways, exhibit: Exhibit) -> Iterator[Target]:
    exemplar, exhibits = exhibit.exemplar, hall.exhibits
    voices, images = exhibits.voices(exhibit), exhibits.pictures(exhibit)
    mentors, students = exhibits.cards(exemplar.lineage.mentors), exhibits.cards(exemplar.lineage.students)
    related, reason = ways.related(exhibit)
    base, story = hall.frame.base_url, exhibit.entry.story
    view = ExemplarView(
        frame=hall.frame,
        path=exhibit.card.path,
        card=exhibit.card,
        story=story,
        photo=_group_photo(hall, exhibit),
        images=tuple(images.items()),
        voices=voices,
        honour_paths=tuple(ways.honours.get(honour.title, "") for honour in story.honours),
        categories=tuple(ways.categories[t.key] for t in exhibit.categories),
        units=ways.units(exhibit),
        line=ways.lines.get(exemplar.line),
        year_path=ways.years.get(str(exhibit.year), ""),
        mentors=mentors,
        students=students,
        campaign=ways.campaigns.get(exemplar.campaign),
        activities=tuple(ways.activities.get(exhibit.slug, ())),
        related=related,
        related_reason=reason,
        address=f"{base}exemplars/{exhibit.slug}/" if base else "",
        updated=max((review.date for review in exemplar.reviews), default=None),
        stages=hall.catalogue.settings.stages if not exhibit.decision.missing else (),
        legacy=exemplar.status == "legacy",
        sheets=sheets_of(hall.sheets, exhibit.slug),
        watermark=_lacking(hall, exhibit),
    )
    tokens = [
        *(exhibits.voice_token(exhibit, voice) for voice in voices),
        *(exhibits.picture_token(exhibit, file) for file in images),
    ]
    cards = (exhibit.card, *mentors, *students, *related)
    yield hall.page(view, cards, tokens=tokens, about=exemplar.source.file)


def _lacking(hall: Hall, exhibit: Exhibit) -> str:
    """What keeps a previewed record from being published, in words; "" in public."""
    if not hall.frame.preview:
        return ""
    return "；".join(problem.message(hall.frame.language) for problem in exhibit.decision.closed)


def _group_photo(hall: Hall, exhibit: Exhibit) -> Image | None:
    """The whole picture where it lies across: a 3:4 crop would cut people off."""
    photo = exhibit.exemplar.photo
    source = exhibit.entry.pictures.get(photo.file) if photo else None
    if photo is None or source is None or source.facts.width <= source.facts.height:
        return None
    return hall.exhibits.renditions.whole(
        source,
        f"exemplars/{exhibit.slug}/",
        alt=photo.alt,
        caption="",
        credit=photo.credit,
        permit=exhibit.tokens[-1],
        about=exhibit.exemplar.source.file,
    )
