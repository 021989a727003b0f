"""What records refer to exists: units, categories, lines, levels, post classes, campaigns, other exemplars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from generator.catalogue import Catalogue
from generator.model import Activity, Circular, Exemplar, Settings, Source, Term, term
from generator.problems import Problem, error, warning


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Unknown terms are errors (the record would stand nowhere); unknown people are dropped with a warning."""
    settings = catalogue.settings
    slugs = {entry.exemplar.slug for entry in catalogue.entries}
    campaigns = {document.item.slug for document in catalogue.campaigns}
    for entry in catalogue.entries:
        exemplar = entry.exemplar
        yield from _unit(exemplar, settings)
        yield from _terms(exemplar, settings)
        if exemplar.campaign and exemplar.campaign not in campaigns:
            found = {"slug": exemplar.campaign, "near": _near(exemplar.campaign, campaigns) or "2026-xuanshu"}
            yield warning(exemplar.source.at("campaign"), "campaign-unknown", **found)
        for role in ("mentors", "students"):
            named = getattr(exemplar.lineage, role)
            yield from _people(exemplar.source, f"lineage.{role}", named, slugs)
    for document in (*catalogue.activities, *catalogue.circulars):
        if isinstance(document.item, Activity | Circular):
            yield from _people(document.item.source, "exemplars", document.item.exemplars, slugs)


def _unit(exemplar: Exemplar, settings: Settings) -> Iterator[Problem]:
    if settings.units and settings.unit(exemplar.unit) is None:
        known = ["/".join(unit.names) for top in settings.units for unit in top.walk()]
        written = "/".join(exemplar.unit)
        yield error(exemplar.source.at("unit"), "unit-unknown", unit=written, near=_near(written, known))


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
            found = {"word": word, "near": _near(word, titles), "known": "、".join(titles)}
            yield error(exemplar.source.at(place), code, **found)


def _people(source: Source, key: str, named: Iterable[str], slugs: set[str]) -> Iterator[Problem]:
    for number, slug in enumerate(named):
        if slug not in slugs:
            yield warning(
                source.at(f"{key}.{number}"), "exemplar-unknown", slug=slug, near=_near(slug, slugs)
            )


def _near(word: str, known: Iterable[str]) -> str:
    """The likeliest of `known`; the first when nothing is alike."""
    among = sorted(known)
    close = get_close_matches(word, among, 1, 0.3)
    return close[0] if close else next(iter(among), "")
