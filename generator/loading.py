"""Reads a whole site through the store: only what changed is parsed again, and that in parallel.

Problems of an author's file hide that file alone. What is readable goes into the Catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.catalogue import Catalogue, Document, Entry, Pictures, SourcePicture
from generator.engine.parallel import Progress, Workers
from generator.engine.store import Store
from generator.engine.target import digest_bytes
from generator.model import Exemplar, Page, Settings
from generator.photos import PhotoFacts, PhotoRefusal, examine
from generator.pinyin import Reading, read_name
from generator.problems import Place, Problem, error, warning
from generator.reviewed import reviewed_digest
from generator.sources.encoding import read_bytes
from generator.sources.pages import Content, PageKind, parse_page
from generator.sources.records import parse_record
from generator.sources.settings import read_settings
from generator.text import Text, read_text

RECORD = "record"

# Names a phase of the work and returns the progress to report to.
Stage = Callable[[str], Progress | None]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One Markdown file as read and derived from: kept in the store under the digest of its bytes."""

    item: Exemplar | Content | None
    problems: tuple[Problem, ...]
    text: Text | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """`catalogue` is None only without a readable site.yaml."""

    catalogue: Catalogue | None
    settings: Settings | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A Markdown file to read: sent to a worker, which reads the file itself."""

    site: str
    kind: str
    file: str


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
    settings, problems = read_settings(site)
    if settings is None:
        return Loaded(None, None, problems)
    jobs, stray = _find(site)
    read = _read(site, jobs, store, workers, trust, stage)
    pictures, refused = _pictures(site, read, store, workers, trust, stage)
    entries: list[Entry] = []
    documents: dict[str, list[Document]] = {kind: [] for kind in PageKind}
    for job, found in read.items():
        if found.item is None or found.text is None:
            continue
        own = pictures[job.file]
        if isinstance(found.item, Exemplar):
            if job.file not in refused and found.reading is not None:
                entries.append(_entry(found.item, found.text, found.reading, own))
        else:
            documents[job.kind].append(Document(found.item, found.text, own))
    problems = (
        *problems,
        *stray,
        *(problem for found in read.values() for problem in found.problems),
        *(problem for several in refused.values() for problem in several),
    )
    catalogue = Catalogue(
        settings=settings,
        day=today(settings),
        preview=preview,
        entries=tuple(entries),
        pages=tuple(documents[PageKind.PAGE]),
        activities=tuple(documents[PageKind.ACTIVITY]),
        campaigns=tuple(documents[PageKind.CAMPAIGN]),
        circulars=tuple(documents[PageKind.CIRCULAR]),
    )
    return Loaded(catalogue, settings, problems)


def read_entry(site: Path, slug: str) -> tuple[Entry | None, tuple[Problem, ...]]:
    """One record by itself, without the store. None and the errors if it or one of its pictures can't be used."""
    job = Job(str(site), RECORD, f"exemplars/{slug}/index.md")
    found = read_file(job)
    if not isinstance(found.item, Exemplar) or found.text is None or found.reading is None:
        return None, found.problems
    own: dict[str, SourcePicture] = {}
    refused: list[Problem] = []
    for one in _wanted(site, job, found):
        facts = examine_file(one.path) if _inside(site, one.path) else None
        if isinstance(facts, PhotoFacts):
            own[one.name] = SourcePicture(one.path, digest_bytes(one.path.read_bytes()), facts)
        else:
            refused.append(_refusal(one, facts))
    if refused:
        return None, (*found.problems, *refused)
    return _entry(found.item, found.text, found.reading, own), found.problems


def _entry(exemplar: Exemplar, text: Text, reading: Reading, own: Pictures) -> Entry:
    digest = reviewed_digest(exemplar, {name: own[name].digest for name in sorted(own)})
    return Entry(exemplar, text, reading, digest, own)


# --- Markdown --------------------------------------------------------------------------------------


def _find(site: Path) -> tuple[list[Job], list[Problem]]:
    """Every Markdown file of the site, in order of name; a record's folder without index.md is a problem."""
    jobs, problems = [], []
    records = site / "exemplars"
    for folder in sorted(records.iterdir()) if records.is_dir() else ():
        if not folder.is_dir() or folder.name.startswith((".", "_")):
            continue
        place = f"exemplars/{folder.name}/index.md"
        if (folder / "index.md").is_file():
            jobs.append(Job(str(site), RECORD, place))
        else:
            problems.append(error(Place(place), "record-missing", folder=folder.name))
    for kind in PageKind:
        directory = site / kind.value
        for file in sorted(directory.glob("*.md")) if directory.is_dir() else ():
            if file.is_file():
                jobs.append(Job(str(site), kind.value, f"{kind.value}/{file.name}"))
    return jobs, problems


def _read(
    site: Path, jobs: list[Job], store: Store, workers: Workers, trust: bool, stage: Stage
) -> dict[Job, ReadFile]:
    paths = {job: site / job.file for job in jobs}
    digests = store.digests(paths.values(), trust)
    keys = {job: digest_bytes(f"{job.kind}\n{job.file}\n{digests.get(paths[job])}".encode()) for job in jobs}
    known = store.memos("read", keys.values())
    fresh = [job for job in jobs if keys[job] not in known]
    for job, found in zip(fresh, workers.run(read_file, fresh, progress=stage("read")), strict=True):
        known[keys[job]] = found
    store.remember("read", [(keys[job], known[keys[job]]) for job in fresh if paths[job] in digests])
    return {job: known[keys[job]] for job in jobs}


def read_file(job: Job) -> ReadFile:
    """Read and derive one file. Depends on its path in the site and its bytes alone."""
    data, problems = read_bytes(Path(job.site), Path(job.file))
    if problems:
        return ReadFile(None, problems)
    name = Path(job.file)
    item: Exemplar | Content | None
    if job.kind == RECORD:
        item, problems = parse_record(name.parent.name, job.file, data)
    else:
        item, problems = parse_page(PageKind(job.kind), name.stem, job.file, data)
    if item is None:
        return ReadFile(None, problems)
    # The tree for print stays out: of 10,000 records it would be most of what a build has to load and hold.
    text = replace(read_text(item.markdown), blocks=())
    notes = tuple(
        warning(Place(job.file, item.body_line + note.line_offset), note.code, found=note.found)
        for note in text.notes
    )
    reading = None
    if isinstance(item, Exemplar):
        reading = read_name(item.name, item.pinyin, collective=item.kind == "collective")
    return ReadFile(item, (*problems, *notes), text, reading)


# --- pictures --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A picture that a file refers to: its name there, where it is said, where it should lie."""

    name: str
    where: Place
    path: Path


def _pictures(
    site: Path,
    read: Mapping[Job, ReadFile],
    store: Store,
    workers: Workers,
    trust: bool,
    stage: Stage,
) -> tuple[dict[str, Pictures], dict[str, list[Problem]]]:
    """For each Markdown file its pictures, and the problems of those that are missing or refused."""
    wanted = {job.file: list(_wanted(site, job, found)) for job, found in read.items()}
    paths = dict.fromkeys(
        one.path for several in wanted.values() for one in several if _inside(site, one.path)
    )
    digests = store.digests(paths, trust)
    facts = store.memos("photo", digests.values())
    fresh = {digest: path for path, digest in digests.items() if digest not in facts}
    examined = workers.run(examine_file, list(fresh.values()), progress=stage("photos"))
    news = list(zip(fresh, examined, strict=True))
    store.remember("photo", news)
    facts.update(news)
    pictures: dict[str, Pictures] = {}
    refused: dict[str, list[Problem]] = {}
    for file, several in wanted.items():
        found: dict[str, SourcePicture] = {}
        for one in several:
            digest = digests.get(one.path)
            fact = facts.get(digest) if digest else None
            if digest and isinstance(fact, PhotoFacts):
                found[one.name] = SourcePicture(one.path, digest, fact)
            else:
                refused.setdefault(file, []).append(_refusal(one, fact))
        pictures[file] = found
    return pictures, refused


def examine_file(path: Path) -> PhotoFacts | PhotoRefusal:
    """What a picture file shows, or why it can't be used."""
    return examine(path.read_bytes())


def _wanted(site: Path, job: Job, found: ReadFile) -> Iterable[_Wanted]:
    item, text = found.item, found.text
    if item is None or text is None:
        return
    folder = (site / job.file).parent
    said: dict[str, Place] = {}
    if isinstance(item, Exemplar) and item.photo:
        said[item.photo.file] = item.source.at("photo.file")
    if not isinstance(item, Page) and hasattr(item, "pictures"):
        for number, picture in enumerate(item.pictures):
            said.setdefault(picture.file, item.source.at(f"pictures.{number}.file"))
    for file in text.images:
        said.setdefault(file, Place(job.file, item.body_line + _line_of(item.markdown, file)))
    for name, where in said.items():
        yield _Wanted(name, where, folder / name)


def _line_of(markdown: str, file: str) -> int:
    """How many lines after the first of the Markdown `file` is named."""
    return next((n for n, line in enumerate(markdown.split("\n")) if file in line), 0)


def _inside(site: Path, path: Path) -> bool:
    """Whether the picture really lies in the site: a link out of it is not followed. Its name must be exact,
    as on a server; Windows would forgive `Photo.JPG`."""
    try:
        real = path.resolve(strict=True)
        exact = real.name == path.name or path.is_symlink()
        return exact and real.is_relative_to(site.resolve()) and path.is_file()
    except OSError:
        return False


def _refusal(one: _Wanted, fact: PhotoRefusal | None) -> Problem:
    if fact is not None:
        return error(one.where, fact.code, file=one.name, **dict(fact.found))
    from difflib import get_close_matches

    files = sorted(path.name for path in one.path.parent.iterdir() if path.is_file())
    there = {name.casefold(): name for name in files if not name.endswith(".md") and name[0] != "."}
    if not there:
        return error(one.where, "picture-missing", file=one.name)
    near = get_close_matches(one.name.casefold(), there, 1, 0.5) or list(there)
    return error(one.where, "picture-misnamed", file=one.name, near=there[near[0]])
