"""Reads a whole site through the store: only what changed is parsed again, and that in parallel.

Problems of an author's file hide that file alone. What is readable goes into the Catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.catalogue import Catalogue, Document, Entry, Pictures
from generator.engine.derive import Remembered
from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import digest_bytes
from generator.loading.documents import RECORD, Job, ReadFile, Stage, find_files, read_file, read_files
from generator.loading.pictures import find_pictures, pictures_of
from generator.model import Exemplar, Settings
from generator.problems import Problem
from generator.reviewed import reviewed_digest
from generator.sources.encoding import read_bytes
from generator.sources.pages import PageKind
from generator.sources.settings import FILE, parse_settings, read_settings

__all__ = ["Loaded", "Stage", "load", "read_entry"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """`catalogue` is None only without a readable site.yaml."""

    catalogue: Catalogue | None
    settings: Settings | None
    problems: tuple[Problem, ...]


def load(
    site: Path,
    store: Store,
    workers: Workers,
    *,
    today: Callable[[Settings], date],
    preview: bool = False,
    trust: bool = True,
    stage: Stage = lambda name: None,
) -> Loaded:
    """Read `site`. `today` gives the day in the site's time zone; `trust` believes unchanged file times."""
    settings, problems = _settings(site, store)
    if settings is None:
        return Loaded(None, None, problems)
    jobs, stray = find_files(site)
    read = read_files(site, jobs, store, workers, trust=trust, stage=stage)
    pictures, refused = find_pictures(site, read, store, workers, trust=trust, stage=stage)
    entries: list[Entry] = []
    aside: list[Exemplar] = []
    documents: dict[str, list[Document]] = {kind: [] for kind in PageKind}
    reviewed = _reviewed(read, pictures, store) if settings.stages else {}
    for job, found in read.items():
        if isinstance(found.item, Exemplar):
            entry = _entry(found, pictures[job.file], reviewed.get(job.file, ""))
            if entry is None or job.file in refused:
                aside.append(found.item)
            else:
                entries.append(entry)
        elif found.item is not None and found.text is not None:
            documents[job.kind].append(Document(found.item, found.text, pictures[job.file]))
    catalogue = Catalogue(
        settings=settings,
        day=today(settings),
        preview=preview,
        entries=tuple(entries),
        pages=tuple(documents[PageKind.PAGE]),
        activities=tuple(documents[PageKind.ACTIVITY]),
        campaigns=tuple(documents[PageKind.CAMPAIGN]),
        circulars=tuple(documents[PageKind.CIRCULAR]),
        bulletins=tuple(documents[PageKind.BULLETIN]),
        compendia=tuple(documents[PageKind.COMPENDIUM]),
        aside=tuple(aside),
        unreadable=frozenset(job.file for job, f in read.items() if f.item is None),
        derive=Remembered(store, workers),
    )
    found_problems = (
        *(problem for found in read.values() for problem in found.problems),
        *(problem for several in refused.values() for problem in several),
    )
    return Loaded(catalogue, settings, (*problems, *stray, *found_problems))


def read_entry(site: Path, slug: str) -> tuple[Entry | None, tuple[Problem, ...]]:
    """One record by itself, without the store. None and the errors if it or one of its pictures can't be used."""
    job = Job(str(site), RECORD, f"exemplars/{slug}/index.md")
    found = read_file(job)
    own, refused = pictures_of(site, job, found)
    if refused or not isinstance(found.item, Exemplar):
        return None, (*found.problems, *refused)
    return _entry(found, own, reviewed_digest(found.item, _digests(own))), found.problems


@dataclass(frozen=True)
class _ReadSettings:
    settings: Settings | None
    problems: tuple[Problem, ...]


def _settings(site: Path, store: Store) -> tuple[Settings | None, tuple[Problem, ...]]:
    """As `read_settings`, kept by the file's bytes: to derive keys from Chinese names loads a large dictionary."""
    data, unread = read_bytes(site, Path(FILE))
    if unread:
        return read_settings(site)
    key = digest_bytes(data)
    known = store.memo("settings", key)
    if not isinstance(known, _ReadSettings):
        known = _ReadSettings(*parse_settings(data))
        store.remember("settings", [(key, known)])
    return known.settings, known.problems


def _reviewed(read: Mapping[Job, ReadFile], pictures: Mapping[str, Pictures], store: Store) -> dict[str, str]:
    """The digest of the reviewed content of each record, by its file; remembered by all that it covers."""
    records = {job.file: found for job, found in read.items() if isinstance(found.item, Exemplar)}
    keys = {file: _key(found, pictures[file]) for file, found in records.items()}
    known: dict[str, str] = store.memos("reviewed", keys.values())
    news = {}
    for file, found in records.items():
        if keys[file] not in known and isinstance(found.item, Exemplar):
            news[keys[file]] = reviewed_digest(found.item, _digests(pictures[file]))
    store.remember("reviewed", news.items())
    known |= news
    return {file: known[key] for file, key in keys.items()}


def _key(found: ReadFile, own: Pictures) -> str:
    return digest_bytes("\n".join((found.digest, *(f"{n} {d}" for n, d in _digests(own).items()))).encode())


def _digests(own: Pictures) -> dict[str, str]:
    return {name: own[name].digest for name in sorted(own)}


def _entry(found: ReadFile, own: Pictures, digest: str) -> Entry | None:
    if not isinstance(found.item, Exemplar) or found.text is None or found.reading is None:
        return None
    return Entry(found.item, found.text, found.reading, digest, own, found.story)
