"""The seal of an output folder: `manifest.json` names every file that is ours, with its size and digest.

It lets ownership outlive the store, a release be verified, and a half-made folder be known as one. A part of the
folder may have a seal of its own, in the same form, so that it can be mirrored and verified by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.engine.paths import SEAL, fold, is_safe
from generator.engine.place import PREFIX, SUFFIX, Placed, put
from generator.engine.target import digest_bytes


class Entry(NamedTuple):
    """One file; its SHA-256 is empty and its size 0 while it is yet to be made."""

    path: str
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """What manifest.json says. `date` is the day built for, as 2017-12-16. `id` is the digest of the files'
    list, empty until all are known. `complete` promises the very files that a clean build makes."""

    id: str
    date: str
    preview: bool
    complete: bool
    files: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A folder below the output folder that has a seal of its own, with paths as that folder sees them."""

    folder: str

    @property
    def path(self) -> str:
        """Where its seal stands."""
        return f"{self.folder}/{SEAL}"

    def holds(self, path: str) -> bool:
        """Whether the file is one that its seal names."""
        return path.startswith(f"{self.folder}/") and path != self.path

    def within(self, files: Iterable[Entry]) -> Iterator[Entry]:
        """Those of `files` that its seal names, as it names them."""
        start = len(self.folder) + 1
        return (entry._replace(path=entry.path[start:]) for entry in files if self.holds(entry.path))


def parts_of(folders: Iterable[str], paths: Iterable[str]) -> tuple[Part, ...]:
    """The parts that have any of `paths` in them."""
    tops = tuple(paths)
    return tuple(part for part in map(Part, sorted(set(folders))) if any(map(part.holds, tops)))


def sealed(files: Iterable[Entry], *, date: str, preview: bool, complete: bool) -> Seal:
    """A seal over `files`, in any order."""
    listed = tuple(sorted(files))
    whole = all(entry.sha256 for entry in listed)
    text = "".join(f"{entry.path}\t{entry.size}\t{entry.sha256}\n" for entry in listed)
    return Seal(digest_bytes(text.encode()) if whole else "", date, preview, complete, listed)


def write(out: str, seal: Seal) -> Placed:
    """Put manifest.json in place; one that says the same isn't touched. One line a file."""
    return put(out, SEAL, to_bytes(seal), ours=True)


def to_bytes(seal: Seal) -> bytes:
    """manifest.json as written."""
    quote = json.encoder.encode_basestring
    head = {"id": seal.id, "date": seal.date, "preview": seal.preview, "complete": seal.complete}
    lines = [
        f'{{"path": {quote(entry.path)}, "size": {entry.size}, "sha256": "{entry.sha256}"}}'
        if entry.sha256
        else f'{{"path": {quote(entry.path)}}}'
        for entry in seal.files
    ]
    files = ",\n".join(lines)
    return f'{json.dumps(head)[:-1]}, "files": [\n{files}\n]}}\n'.encode()


def read(out: str) -> Seal | None:
    """The seal in the folder `out`; None if there is none, or a manifest.json that isn't ours."""
    try:
        with open(f"{out}/{SEAL}", "rb") as file:
            return parse(file.read())
    except OSError:
        return None


def parse(data: bytes) -> Seal | None:
    """The seal that `data` is; None if it is none of ours."""
    try:
        said: Any = json.loads(data)
        entries = tuple(_entry(line) for line in said["files"])
        return Seal(
            str(said["id"]), str(said["date"]), said["preview"] is True, said["complete"] is True, entries
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _entry(line: dict[str, Any]) -> Entry:
    """Raises ValueError for a path that no target could have had: nothing outside is ever ours to delete."""
    path = str(line["path"])
    if not is_safe(path) or fold(path) == SEAL:
        raise ValueError(path)
    return Entry(path, int(line.get("size", 0)), str(line.get("sha256", "")))


def enclosing(place: str) -> str | None:
    """The folder with a seal of ours that `place` lies in, however deep; None if it lies in none."""
    folder = os.path.dirname(place)
    while read(folder) is None:
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def is_foreign(out: str) -> bool:
    """Whether the folder holds something but no seal of ours, so that its files may be anybody's."""
    try:
        with os.scandir(out) as entries:
            strangers = any(not (e.name.startswith(PREFIX) and e.name.endswith(SUFFIX)) for e in entries)
    except FileNotFoundError:
        return False
    return strangers and read(out) is None
