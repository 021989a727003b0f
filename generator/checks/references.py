"""What records refer to exists: units, categories, lines, levels, post classes, campaigns, other exemplars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from generator.catalogue import Catalogue
from generator.model import Activity, Bulletin, Circular, Compendium, Exemplar, Settings, Source, Term, term
from generator.problems import Problem, error, warning

NAMED = 8  # more names than this are no help


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Unknown terms are errors (the record would stand nowhere); unknown people are dropped with a warning."""
    settings = catalogue.settings
    slugs = {entry.exemplar.slug for entry in catalogue.entries} | {one.slug for one in catalogue.aside}
    campaigns = {document.item.slug for document in catalogue.campaigns}
    # What has errors of its own exists all the same; to call it unknown would send its editor the wrong way.
    for file in catalogue.unreadable:
        folder, _, name = file.removesuffix("/index.md").removesuffix(".md").rpartition("/")
        (slugs if folder == "exemplars" else campaigns).add(name)
    for entry in catalogue.entries:
        exemplar = entry.exemplar
        yield from _unit(exemplar, settings)
        yield from _terms(exemplar, settings)
        yield from _campaign(exemplar.source, exemplar.campaign, campaigns)
        for role in ("mentors", "students"):
            named = getattr(exemplar.lineage, role)
            yield from _people(exemplar.source, f"lineage.{role}", named, slugs)
    listing = (*catalogue.activities, *catalogue.circulars, *catalogue.bulletins, *catalogue.compendia)
    for document in listing:
        if isinstance(document.item, Activity | Circular | Bulletin | Compendium):
            yield from _people(document.item.source, "exemplars", document.item.exemplars, slugs)
        if isinstance(document.item, Compendium):
            yield from _campaign(document.item.source, document.item.campaign, campaigns)
            yield from _people(document.item.source, "face", filter(None, [document.item.face]), slugs)


def _unit(exemplar: Exemplar, settings: Settings) -> Iterator[Problem]:
    if settings.units and settings.unit(exemplar.unit) is None:
        known = ["/".join(unit.names) for top in settings.units for unit in top.walk()]
        written = "/".join(exemplar.unit)
        yield error(exemplar.source.at("unit"), "unit-unknown", unit=written, known=_nearest(written, known))


def _terms(exemplar: Exemplar, settings: Settings) -> Iterator[Problem]:
    yield from _known(exemplar, "categories", "category-unknown", exemplar.categories, settings.categories)
    levels = tuple(honour.level for honour in exemplar.honours)
    yield from _known(exemplar, "honours", "level-unknown", levels, settings.levels, "level")
    if settings.lines:
        yield from _known(exemplar, "line", "line-unknown", (exemplar.line,), settings.lines)
    if settings.post_classes:
        written = (exemplar.post_class,)
        yield from _known(exemplar, "post_class", "post-class-unknown", written, settings.post_classes)


def _known(
    exemplar: Exemplar,
    key: str,
    code: str,
    written: tuple[str, ...],
    terms: tuple[Term, ...],
    below: str = "",
) -> Iterator[Problem]:
    if not terms:
        return
    for number, word in enumerate(written):
        if word and term(terms, word) is None:
            place = f"{key}.{number}.{below}".rstrip(".")
            titles = [known.title for known in terms]
            yield error(exemplar.source.at(place), code, word=word, known=_nearest(word, titles))


def _campaign(source: Source, slug: str, campaigns: set[str]) -> Iterator[Problem]:
    if slug and slug not in campaigns:
        known = _nearest(slug, campaigns) or "…"
        yield warning(source.at("campaign"), "campaign-unknown", slug=slug, known=known)


def _people(source: Source, key: str, named: Iterable[str], slugs: set[str]) -> Iterator[Problem]:
    for number, slug in enumerate(named):
        if slug not in slugs:
            where = source.at(f"{key}.{number}")
            yield warning(where, "exemplar-unknown", slug=slug, known=_nearest(slug, slugs) or "…")


def _nearest(word: str, known: Iterable[str]) -> str:
    """At most eight of `known`, those most like `word` first: a wrong guess is worse than a short list."""
    among = sorted(known)
    alike = get_close_matches(word, among, NAMED, 0.4)
    return "、".join([*alike, *(one for one in among if one not in alike)][:NAMED])
