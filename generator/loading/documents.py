"""Finds the Markdown files of a site and reads those that changed, in parallel."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.engine.parallel import Progress, Workers
from generator.engine.store import Store
from generator.engine.target import digest_bytes
from generator.model import Exemplar
from generator.pinyin import Reading, read_name
from generator.problems import Place, Problem, error, misnamed, warning
from generator.sources.encoding import MOST_BYTES, read_bytes
from generator.sources.pages import Content, PageKind, parse_page
from generator.sources.records import parse_record
from generator.stories import story_of
from generator.text import Text, read_text
from generator.views import Story

RECORD = "record"

# Names a phase of the work and returns the progress to report to.
Stage = Callable[[str], Progress | None]


@dataclass(frozen=True, slots=True)
class Job:
    """A Markdown file to read: sent to a worker, which reads the file itself.

    One that isn't `plain`, a link or far too large for a text, is read anew each time, or refused."""

    site: str
    kind: str
    file: str
    plain: bool = True

    @property
    def slug(self) -> str:
        """The folder of a record, the name of another file without its ending."""
        name = Path(self.file)
        return name.parent.name if self.kind == RECORD else name.stem


@dataclass(frozen=True)
class ReadFile:
    """One Markdown file as read and derived from. `digest` is that of the bytes that were read, "" of none."""

    item: Exemplar | Content | None
    problems: tuple[Problem, ...]
    text: Text | None = None
    reading: Reading | None = None
    story: Story = Story()
    digest: str = ""


def find_files(site: Path) -> tuple[list[Job], list[Problem]]:
    """Every Markdown file of the site, in order of name; a record's folder without index.md is a problem."""
    jobs: list[Job] = []
    problems: list[Problem] = []
    for name, linked in _names(site / "exemplars", folders=True):
        place = f"exemplars/{name}/index.md"
        if (problem := misnamed(f"exemplars/{name}")) is not None:
            problems.append(problem)
        elif os.path.isfile(f"{site}/{place}"):  # noqa: PTH113  # 10,000 folders: 23 ms; a Path each, 72
            jobs.append(Job(str(site), RECORD, place, not linked and _is_plain(f"{site}/{place}")))
        else:
            problems.append(error(Place(place), "record-missing", folder=name))
    for kind in PageKind:
        for name, linked in _names(site / kind.value, folders=False):
            place = f"{kind.value}/{name}"
            if not name.endswith(".md"):
                continue
            if (problem := misnamed(place)) is not None:
                problems.append(problem)
            else:
                jobs.append(Job(str(site), kind.value, place, not linked and _is_plain(f"{site}/{place}")))
    return jobs, problems


def _names(directory: Path, *, folders: bool) -> list[tuple[str, bool]]:
    """The names of the folders or of the files of a directory, in order, and whether a link leads there; hidden
    and private ones left out."""
    if not directory.is_dir():
        return []
    linked = directory.is_symlink() or directory.parent.is_symlink()
    with os.scandir(directory) as entries:
        return sorted(
            (entry.name, linked or entry.is_symlink())
            for entry in entries
            if not entry.name.startswith((".", "_")) and (entry.is_dir() if folders else entry.is_file())
        )


def _is_plain(place: str) -> bool:
    seen = os.lstat(place)
    return stat.S_ISREG(seen.st_mode) and seen.st_size <= MOST_BYTES


def read_files(
    site: Path, jobs: list[Job], store: Store, workers: Workers, *, trust: bool, stage: Stage
) -> dict[Job, ReadFile]:
    """What each of `jobs` holds. What the store knows by the digest of the file's bytes isn't read again."""
    paths = {job: site / job.file for job in jobs}
    digests = store.digests((paths[job] for job in jobs if job.plain), trust)
    keys = {job: _key(job, digests.get(paths[job], "")) for job in jobs}
    known = store.memos("read", keys.values())
    fresh = [job for job in jobs if keys[job] not in known]
    found = workers.run(read_file, fresh, progress=stage("read"), died=_died)
    news = dict(zip(fresh, found, strict=True))
    # Kept under the digest of what was read: the file may have changed since its digest was taken.
    store.remember("read", [(_key(job, read.digest), read) for job, read in news.items() if read.digest])
    return {job: news[job] if job in news else known[keys[job]] for job in jobs}


def read_file(job: Job) -> ReadFile:
    """Read and derive one file. Depends on its path in the site and its bytes alone."""
    data, problems = read_bytes(Path(job.site), Path(job.file))
    if problems:
        return ReadFile(None, problems)
    digest = digest_bytes(data)
    item: Exemplar | Content | None
    if job.kind == RECORD:
        item, problems = parse_record(job.slug, job.file, data)
    else:
        item, problems = parse_page(PageKind(job.kind), job.slug, job.file, data)
    if item is None:
        return ReadFile(None, problems, digest=digest)
    read = read_text(item.markdown)
    # The tree for print stays out: of 10,000 records it would be most of what a build has to load and hold.
    text = replace(read, blocks=())
    notes = tuple(
        warning(Place(job.file, item.body_line + note.line_offset), note.code, found=note.found)
        for note in text.notes
    )
    if not isinstance(item, Exemplar):
        return ReadFile(item, (*problems, *notes), text, digest=digest)
    reading = read_name(item.name, item.pinyin, collective=item.kind == "collective")
    # Its story has the deeds; only what the rules ask for remains beside it.
    text = replace(text, html="", plain="", headings=(), links=())
    return ReadFile(item, (*problems, *notes), text, reading, story_of(item, read.html), digest)


def _key(job: Job, digest: str) -> str:
    return digest_bytes(f"{job.kind}\n{job.file}\n{digest}".encode())


def _died(job: Job) -> ReadFile:
    return ReadFile(None, (error(Place(job.file), "worker-died", path=job.file),))
