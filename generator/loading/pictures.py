"""The picture files that Markdown files refer to: where they lie, what they show, why one can't be used."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from generator.catalogue import Pictures, SourcePicture
from generator.engine.parallel import Workers
from generator.engine.store import Store
from generator.engine.target import digest_bytes
from generator.loading.documents import Job, ReadFile, Stage
from generator.model import Exemplar, Page
from generator.photos import MOST_BYTES, PhotoFacts, PhotoRefusal, examine
from generator.problems import Place, Problem, error

_MISSING = PhotoRefusal("picture-missing", ())
Refused = dict[str, list[Problem]]  # by the Markdown file that refers to the picture


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A picture that a file refers to: its name there, where it is said, where it should lie."""

    name: str
    where: Place
    path: Path


@dataclass(frozen=True, slots=True)
class _Examined:
    """What was found in a picture file, and the digest of the bytes it was found in."""

    facts: PhotoFacts | PhotoRefusal
    digest: str = ""


def find_pictures(
    site: Path,
    read: Mapping[Job, ReadFile],
    store: Store,
    workers: Workers,
    *,
    trust: bool,
    stage: Stage,
) -> tuple[dict[str, Pictures], Refused]:
    """For each Markdown file its pictures, and the problems of those that are missing or refused."""
    wanted = {job.file: list(_wanted(site, job, found)) for job, found in read.items()}
    every = (one.path for several in wanted.values() for one in several)
    bad = {path: why for path in dict.fromkeys(every) if (why := _unfit(site, path)) is not None}
    paths = (one.path for several in wanted.values() for one in several if one.path not in bad)
    digests = store.digests(list(dict.fromkeys(paths)), trust)
    known: dict[str, PhotoFacts | PhotoRefusal] = store.memos("photo", digests.values())
    fresh = {digest: path for path, digest in digests.items() if digest not in known}
    for found in workers.run(_examine, list(fresh.values()), progress=stage("photos"), died=_died):
        # By the digest of what was examined: the file may have changed since its digest was taken.
        known[found.digest] = found.facts
    store.remember("photo", [(digest, known[digest]) for digest in fresh if digest in known])
    pictures: dict[str, Pictures] = {}
    refused: Refused = {}
    for file, several in wanted.items():
        own: dict[str, SourcePicture] = {}
        for one in several:
            digest = digests.get(one.path)
            facts = known.get(digest) if digest else bad.get(one.path)
            if digest and isinstance(facts, PhotoFacts):
                own[one.name] = SourcePicture(one.path, digest, facts)
            else:
                refused.setdefault(file, []).append(_refusal(one, facts, there=digest is not None))
        pictures[file] = own
    return pictures, refused


def pictures_of(site: Path, job: Job, found: ReadFile) -> tuple[Pictures, list[Problem]]:
    """The pictures of one file, without a store."""
    own: dict[str, SourcePicture] = {}
    refused: list[Problem] = []
    for one in _wanted(site, job, found):
        unfit = _unfit(site, one.path)
        seen = _examine(one.path) if unfit is None else _Examined(unfit)
        if isinstance(seen.facts, PhotoFacts):
            own[one.name] = SourcePicture(one.path, seen.digest, seen.facts)
        else:
            refused.append(_refusal(one, seen.facts, there=unfit is None))
    return own, refused


def _examine(path: Path) -> _Examined:
    try:
        data = path.read_bytes()
    except OSError as cause:
        return _Examined(PhotoRefusal("photo-unreadable", (("reason", cause.strerror or str(cause)),)))
    return _Examined(examine(data), digest_bytes(data))


def _died(path: Path) -> _Examined:
    return _Examined(PhotoRefusal("photo-unreadable", (("reason", "memory"),)))


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
        yield _Wanted(name, where, _lying(folder, name))


def _lying(folder: Path, name: str) -> Path:
    """Where the picture lies: a zip made on a Mac has é as e and an accent, to the eye the same name."""
    path = folder / name
    if name.isascii() or os.path.exists(path):  # noqa: PTH110  # a name may be longer than a system takes
        return path
    wanted = normalize("NFC", name)
    try:
        same = (other for other in sorted(path.parent.iterdir()) if normalize("NFC", other.name) == wanted)
        return next(same, path)
    except OSError:  # no such folder
        return path


def _line_of(markdown: str, file: str) -> int:
    """How many lines after the first of the Markdown `file` is named."""
    return next((n for n, line in enumerate(markdown.split("\n")) if file in line), 0)


def _unfit(site: Path, path: Path) -> PhotoRefusal | None:
    """Why the picture isn't even opened: it isn't there, a link leads out of the site, it is no plain file, or it
    is larger than any photo. Its name must be exact, as on a server; Windows would forgive `Photo.JPG`."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(site.resolve()):
            return PhotoRefusal("outside-site", ())
        size = real.stat().st_size
        if not real.is_file() or not (real.name == path.name or path.is_symlink()):
            return _MISSING
    except OSError:
        return _MISSING
    return (
        PhotoRefusal("photo-too-heavy", (("megabytes", str(size // 1_000_000)),))
        if size > MOST_BYTES
        else None
    )


def _refusal(one: _Wanted, facts: PhotoFacts | PhotoRefusal | None, *, there: bool) -> Problem:
    if isinstance(facts, PhotoRefusal) and facts is not _MISSING:
        return error(one.where, facts.code, file=one.name, **dict(facts.found))
    files = _files_in(one.path.parent)
    if there or one.name in files:  # it came or went while the site was being read
        return error(one.where, "input-changed", file=one.name, path=one.name)
    from difflib import get_close_matches

    others = {name.casefold(): name for name in files if not name.endswith(".md") and name[0] != "."}
    near = get_close_matches(one.name.casefold(), others, 1, 0.5)
    if not near:
        return error(one.where, "picture-missing", file=one.name)
    return error(one.where, "picture-misnamed", file=one.name, near=others[near[0]])


def _files_in(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError:  # gone meanwhile
        return []
