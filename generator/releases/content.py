"""What a release is made of: a built folder's files, as its seal names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.engine import seal
from generator.engine.seal import Seal
from generator.problems import GeneratorError, Place, error

SIGNATURE = "manifest.json.sig"
BESIDE = (SIGNATURE,)  # what a release holds besides the files that its seal names


@dataclass(frozen=True, slots=True)
class Content:
    """The seal of a release, and by path where the bytes of every file lie on this machine.

    `beside` are files that the seal doesn't name, for they speak of it."""

    seal: Seal
    sources: Mapping[str, Path]
    beside: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.seal.files)


def content_of(built: Path, *, whole: bool = True) -> Content:
    """What the folder `built` holds. Raises GeneratorError for a preview, for what is no finished build, and,
    if it must be `whole`, for one that isn't."""
    said = seal.read(str(built))
    where = Place(str(built))
    if said is None:
        raise GeneratorError([error(where, "release-not-built")])
    if said.preview:
        raise GeneratorError([error(where, "release-preview")])
    if whole and not said.complete:
        raise GeneratorError([error(where, "release-incomplete")])
    made = [entry for entry in said.files if entry.sha256]
    told = seal.sealed(made, date=said.date, preview=False, complete=said.complete)
    return Content(told, {entry.path: built / entry.path for entry in made}, {})
