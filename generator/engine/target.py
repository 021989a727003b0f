"""A target: one file of the output and all that its bytes depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any


def digest_bytes(data: bytes) -> str:
    """32 hex digits of BLAKE2b: the name of these bytes in every manifest."""
    return blake2b(data, digest_size=16).hexdigest()


class InputChanged(Exception):
    """An input file no longer holds the bytes that were planned with: the file changed during the build."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(f"{name}: {path}")
        self.name = name
        self.path = path


@dataclass(frozen=True, slots=True)
class File:
    """An input file as planned: where it lies and the digest of its bytes."""

    path: Path
    digest: str


class Files(Mapping[str, File]):
    """The input files of one target by name. Reading one checks that it still is what was planned."""

    def __init__(self, files: tuple[tuple[str, File], ...]) -> None:
        self.pairs = files
        self._files = dict(files)

    def __getitem__(self, name: str) -> File:
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def bytes(self, name: str) -> bytes:
        """The bytes of input `name`. Raises KeyError if it was not planned, InputChanged if it has changed."""
        file = self._files[name]
        try:
            data = file.path.read_bytes()
        except OSError as cause:
            raise InputChanged(name, file.path) from cause
        if digest_bytes(data) != file.digest:
            raise InputChanged(name, file.path)
        return data

    def text(self, name: str) -> str:
        """The UTF-8 text of input `name`, line ends as LF."""
        return self.bytes(name).decode("utf-8").replace("\r\n", "\n")


# A recipe is a pure function at the top of a module; it sees its view and its files, nothing else.
Recipe = Callable[[Any, Files], bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """One output file.

    `path` is relative to the output folder, with `/`. `view` is frozen plain data. `files` are named inputs.
    `permits` are the tokens of what the file shows ("web:li-na", …): when a recipe fails, the old file may stay
    only if every token it was made with is still permitted. `about` is what a problem of this target is
    reported against, a path relative to the site. `keep` asks the store to hold the bytes (dear to make).
    """

    path: str
    recipe: Recipe
    view: Any
    files: tuple[tuple[str, File], ...] = ()
    permits: tuple[str, ...] = ()
    about: str = ""
    keep: bool = False
