"""An exemplar's own page at its permanent address, and the redirects of the addresses it had before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.chapters import chapters_of, footnotes_of
from generator.editions.website.facets import Facets, unit_links
from generator.editions.website.hall import Hall, activity_path
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.model import Activity, Campaign
from generator.views import (
    Card,
    DatedText,
    ExemplarView,
    HonourLine,
    Image,
    Link,
    PledgeView,
    RedirectView,
    TitledText,
)

ORDINARY = "正式员工"  # what most people are needs no saying

# A citation is set vertically while it fits the panel: at most 60 characters in lines of at most 10 (spec.md 5).
VERTICAL_CITATION = 60
VERTICAL_LINE = 10


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
        self.same_unit = _rings(hall.exhibits.shown, lambda e: ("/".join(e.unit.path),) if e.unit else ())
        self.same_category = _rings(hall.exhibits.shown, lambda e: tuple(t.key for t in e.categories))

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
    chapters, left = chapters_of(exhibit.entry.text, images, voices)
    mentors, students = exhibits.cards(exemplar.lineage.mentors), exhibits.cards(exemplar.lineage.students)
    related, reason = ways.related(exhibit)
    base = hall.frame.base_url
    address = f"{base}exemplars/{exhibit.slug}/" if base else ""
    made = exemplar.pledge
    pledge = PledgeView(made.promise, made.kept, made.post) if made else None
    citation = tuple(line.strip() for line in exemplar.citation.splitlines() if line.strip())
    view = ExemplarView(
        frame=hall.frame,
        path=exhibit.card.path,
        card=exhibit.card,
        photo=_group_photo(hall, exhibit),
        categories=tuple(ways.categories[t.key] for t in exhibit.categories),
        units=unit_links(exhibit.unit),
        line=ways.lines.get(exemplar.line),
        identity=exemplar.identity if exemplar.identity != ORDINARY else "",
        year_path=ways.years.get(str(exhibit.year), ""),
        summary=exemplar.summary,
        citation=citation,
        citation_vertical=_is_vertical(citation),
        spirit=exemplar.spirit,
        honours=tuple(
            HonourLine(h.date, h.title, h.grade, h.level, h.by, h.document, ways.honours.get(h.title, ""))
            for h in sorted(exemplar.honours, key=lambda h: h.date, reverse=True)
        ),
        chapters=chapters,
        footnotes=footnotes_of(exhibit.entry.text),
        voices=left,
        remarks=exemplar.remarks,
        timeline=tuple(DatedText(moment.date, moment.text) for moment in exemplar.timeline),
        practices=tuple(TitledText(practice.title, practice.text) for practice in exemplar.practices),
        pledge=pledge,
        members=exemplar.members,
        mentors=mentors,
        students=students,
        campaign=ways.campaigns.get(exemplar.campaign),
        activities=tuple(ways.activities.get(exhibit.slug, ())),
        related=related,
        related_reason=reason,
        address=address,
        updated=max((review.date for review in exemplar.reviews), default=None),
        stages=hall.catalogue.settings.stages if not exhibit.decision.missing else (),
        legacy=exemplar.status == "legacy",
        watermark="、".join(exhibit.decision.missing) if hall.frame.preview else "",
    )
    tokens = [
        *(exhibits.voice_token(exhibit, voice) for voice in voices),
        *(exhibits.picture_token(exhibit, file) for file in images),
    ]
    cards = (exhibit.card, *mentors, *students, *related)
    yield hall.page(view, cards, tokens=tokens, about=exemplar.source.file)


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


def _is_vertical(lines: tuple[str, ...]) -> bool:
    return sum(map(len, lines)) <= VERTICAL_CITATION and all(len(line) <= VERTICAL_LINE for line in lines)
