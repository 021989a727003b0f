"""Who stands in which edition with which data: asked of the plan, since a recipe shows nothing but its view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.building import Wish, code_of_generator, jobs_here, plan_of, survey
from generator.catalogue import Catalogue, Entry
from generator.editions import wanted
from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import Target
from generator.loading import Stage
from generator.model import Consent, Exemplar, Settings, Status
from generator.privacy.data import ORDER, mentions
from generator.privacy.findings import Findings
from generator.problems import Problem

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Disclosure:
    """What one edition publishes of somebody: keys of the record ("name", "photo", "deeds") and how many files."""

    edition: str
    data: tuple[str, ...]
    files: int


@dataclass(frozen=True)
class Other:
    """Somebody else whom a record names, and the editions that do. `consent` None is not said."""

    role: str
    name: str
    consent: bool | None
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """One exemplar who is published. `heed` are codes of what an office should look at: `no-consent`, `no-day`,
    `no-end`, `ends-soon`, `minor`, `legacy`, `other-unasked`."""

    exemplar: Exemplar
    disclosures: tuple[Disclosure, ...]
    others: tuple[Other, ...]
    heed: tuple[str, ...]

    @property
    def consent(self) -> Consent | None:
        return self.exemplar.consent


@dataclass(frozen=True)
class Office:
    """How the office itself is reached, as site.yaml says and editions show."""

    key: str
    value: str
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """`people` in the order of their slugs. Names in somebody's prose are not found: no program knows them."""

    day: date
    editions: tuple[str, ...]
    people: tuple[Person, ...]
    office: tuple[Office, ...]
    settings: Settings


def report(wish: Wish, stage: Stage) -> tuple[Report | None, Settings | None, tuple[Problem, ...]]:
    """The report of what a build would publish today; None without a readable site. Raises GeneratorError if the
    theme can't be used."""
    with (
        Store(wish.site, code_of_generator(), lock=False) as store,
        Workers(wish.jobs or jobs_here()) as workers,
    ):
        surveyed = survey(wish, store, workers, stage)
        if surveyed.catalogue is None:
            return None, surveyed.settings, surveyed.problems
        catalogue = surveyed.catalogue
        editions = wanted(catalogue.settings, wish.editions)
        targets: dict[str, Sequence[Target]] = {}
        for edition in editions:
            one = Wish(wish.site, wish.day, wish.preview, wish.out, (edition,), wish.jobs)
            targets[edition] = plan_of(one, catalogue, store)[1].targets
    return _reported(catalogue, editions, targets), surveyed.settings, surveyed.problems


def _reported(
    catalogue: Catalogue, editions: tuple[str, ...], targets: Mapping[str, Sequence[Target]]
) -> Report:
    entries = {entry.exemplar.slug: entry for entry in catalogue.entries}
    office = dict(_office(catalogue.settings))
    found = {edition: Findings(entries, catalogue.settings, office) for edition in editions}
    for edition, several in targets.items():
        for target in several:
            found[edition].take(target)
    people = [_person(entry, found, catalogue.day) for _, entry in sorted(entries.items())]
    reached = [
        Office(key, value, tuple(edition for edition in editions if key in found[edition].office))
        for key, value in office.items()
    ]
    return Report(
        catalogue.day,
        editions,
        tuple(person for person in people if person.disclosures),
        tuple(one for one in reached if one.editions),
        catalogue.settings,
    )


def _person(entry: Entry, found: Mapping[str, Findings], day: date) -> Person:
    slug, exemplar = entry.exemplar.slug, entry.exemplar
    disclosures = tuple(
        Disclosure(edition, tuple(key for key in ORDER if key in one.data[slug]), one.files[slug])
        for edition, one in found.items()
        if slug in one.data
    )
    others: dict[tuple[str, str, bool | None], list[str]] = {}
    for mention in mentions(exemplar):
        for edition, one in found.items():
            if mention in one.mentions.get(slug, ()):
                several = others.setdefault((mention.role, mention.name, mention.consent), [])
                several += [edition] if edition not in several else []
    listed = tuple(Other(*key, tuple(editions)) for key, editions in others.items())
    return Person(exemplar, disclosures, listed, tuple(_heed(exemplar, listed, day)))


def _heed(exemplar: Exemplar, others: tuple[Other, ...], day: date) -> Iterator[str]:
    consent = exemplar.consent
    if consent is None:
        yield "no-consent"
    else:
        if consent.date is None:
            yield "no-day"
        if consent.until is None:
            yield "no-end"
        elif consent.until <= day + SOON:
            yield "ends-soon"
    if exemplar.minor:
        yield "minor"
    if exemplar.status is Status.LEGACY:
        yield "legacy"
    if any(other.role in ("pictured", "member") and other.consent is not True for other in others):
        yield "other-unasked"


def _office(settings: Settings) -> Iterator[tuple[str, str]]:
    """How people of the office are reached: a name or a number in there may be somebody's own."""
    for way, channel in (("nominate", settings.feedback.nominate), ("correct", settings.feedback.correct)):
        for key in ("email", "phone"):
            if channel and (value := getattr(channel, key)):
                yield f"feedback.{way}.{key}", value
    if settings.notice_contact:
        yield "notice.contact", settings.notice_contact
    if settings.printing.contact:
        yield "print.contact", settings.printing.contact
    for unit in (unit for top in settings.units for unit in top.walk()):
        if unit.liaison:
            yield f"units.{'/'.join(unit.path)}.liaison", unit.liaison
