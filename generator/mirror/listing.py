"""What a published kiosk says that it holds: its seal, believed only if it can be true and may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine import seal
from generator.engine.paths import SEAL, fold
from generator.engine.seal import Entry
from generator.problems import GeneratorError, Place, Problem, error

NEEDED = ("index.html", "version.js")  # without these a sealed folder is no kiosk
LONGEST = 64 << 20  # bytes of a seal: half a million files
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of one version. `id` is their digest, `date` the day built for, `data` the seal's own bytes."""

    id: str
    date: str
    files: tuple[Entry, ...]
    data: bytes

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files)


def listing(source: str, data: bytes) -> Listing:
    """The listing that a seal read at `source` holds. Raises GeneratorError if it may not be shown or can't be
    true."""
    said = seal.parse(data)
    if said is None:
        raise _no(error(Place(source), "mirror-not-seal", source=source))
    if said.preview:
        raise _no(error(Place(source), "mirror-preview", source=source))
    if not said.complete:
        raise _no(error(Place(source), "mirror-incomplete", source=source))
    if wrong := _untrue(said):
        raise _no(error(Place(source), "mirror-untrue", source=source, path=wrong))
    paths = {entry.path for entry in said.files}
    if not paths.issuperset(NEEDED):
        raise _no(error(Place(source), "mirror-no-kiosk", source=source))
    return Listing(said.id, said.date, said.files, data)


def _untrue(said: seal.Seal) -> str:
    """What can't be true: a file without size or digest, two files of one name, an id of other files."""
    folders = {folder for entry in said.files for folder in _folders(fold(entry.path))}
    seen: set[str] = set()
    for entry in said.files:
        folded = fold(entry.path)
        if entry.size < 0 or not _SHA256.fullmatch(entry.sha256) or folded in seen or folded in folders:
            return entry.path
        seen.add(folded)
    true = seal.sealed(said.files, date=said.date, preview=False, complete=True)
    return "" if said.id == true.id else f"{SEAL}: id"


def _folders(path: str) -> Iterable[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _no(problem: Problem) -> GeneratorError:
    return GeneratorError([problem])
