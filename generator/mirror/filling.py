"""A folder is made into what a listing says, and every file of it verified, wherever it comes from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from generator.engine.durable import link, settle_all, write
from generator.engine.paths import SEAL
from generator.engine.place import holds, sweep
from generator.engine.seal import Entry
from generator.mirror.listing import Listing
from generator.mirror.source import Source, UnlikeError, patiently
from generator.problems import GeneratorError, Place, error

Progress = Callable[[int, int], None]

_SPARE = 16 << 20  # bytes that a disk should have left


class Filling:
    """`folder` on its way; what the folders `known` hold already is taken from there.

    `fetched` counts the files that came from the source, `reused` those that were here."""

    def __init__(
        self, source: Source, folder: Path, known: Iterable[Path], progress: Progress | None = None
    ) -> None:
        self.source = source
        self.folder = folder
        self.known = tuple(known)
        self.progress = progress
        self.fetched = 0
        self.reused = 0

    def fill(self, wanted: Listing) -> None:
        """Raises GeneratorError, or OSError if the disk doesn't take it. Whatever was whole before still is."""
        self.folder.mkdir(exist_ok=True)
        sweep(str(self.folder))
        missing = [entry for entry in wanted.files if not self._has(entry)]
        self.reused = len(wanted.files) - len(missing)
        needed = sum(entry.size for entry in missing)
        self._check_space(needed)
        done = 0
        for entry in missing:
            patiently(partial(self._fetch, entry))
            self.fetched += 1
            done += entry.size
            if self.progress is not None:
                self.progress(done, needed)
        if not holds(str(self.folder / SEAL), len(wanted.data), sha256(wanted.data).hexdigest()):
            write(self.folder / SEAL, [wanted.data])
        settle_all(self.folder)

    def _has(self, entry: Entry) -> bool:
        """Whether the file is here, or could be brought from a version before."""
        place = self.folder / entry.path
        if holds(str(place), entry.size, entry.sha256):
            return True
        for folder in self.known:
            old = folder / entry.path
            if holds(str(old), entry.size, entry.sha256):
                place.parent.mkdir(parents=True, exist_ok=True)
                try:
                    link(old, place)
                except OSError:
                    write(place, _read(old))
                return holds(str(place), entry.size, entry.sha256)
        return False

    def _check_space(self, needed: int) -> None:
        free = shutil.disk_usage(self.folder).free
        if needed and needed + _SPARE > free:
            where = Place(str(self.folder.parent))
            raise GeneratorError([error(where, "mirror-space", needed=_mb(needed), free=_mb(free))])

    def _fetch(self, entry: Entry) -> None:
        place = self.folder / entry.path
        place.parent.mkdir(parents=True, exist_ok=True)
        write(place, self._verified(entry))

    def _verified(self, entry: Entry) -> Iterator[bytes]:
        """The file's bytes. Raises UnlikeError at the last one unless they are those that the seal names."""
        digest, size = sha256(), 0
        for chunk in self.source.chunks(entry.path):
            size += len(chunk)
            digest.update(chunk)
            if size > entry.size:
                break
            yield chunk
        if size != entry.size or digest.hexdigest() != entry.sha256:
            raise UnlikeError([error(Place(self.source.name), "mirror-differs", path=entry.path)])


def _read(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        yield from iter(partial(file.read, 1 << 20), b"")


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
