"""A target: one file of the output and all that its bytes depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol


def digest_bytes(data: bytes) -> str:
    """32 hex digits of BLAKE2b: the name of these bytes in every manifest."""
    return blake2b(data, digest_size=16).hexdigest()


class Shelf(Protocol):
    """Where bytes that were dear to make lie by a name that covers all they depend on."""

    def fetch(self, key: str) -> bytes | None:
        """The bytes of `key`, None if they aren't there."""

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`, if the disk takes it."""


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


@dataclass(frozen=True, slots=True)
class Derived:
    """An input that a pure recipe makes from files: a photo at the size that several sheets print it in.

    It is made once for all targets that ask for it, and kept. `digest` names its bytes before they are made:
    whoever plans it promises that it covers recipe, view, files and the versions that matter."""

    recipe: Recipe
    view: Any
    files: tuple[tuple[str, File], ...]
    digest: str


Input = File | Derived


class Files(Mapping[str, Input]):
    """The inputs of one target by name. Reading one checks that it still is what was planned.

    `shelf` holds the bytes of what is derived, if there is one; without it they are made at each asking."""

    def __init__(self, files: tuple[tuple[str, Input], ...], shelf: Shelf | None = None) -> None:
        self.pairs = files
        self._files = dict(files)
        self._shelf = shelf

    def __getitem__(self, name: str) -> Input:
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def bytes(self, name: str) -> bytes:
        """The bytes of input `name`. Raises KeyError if it was not planned, InputChanged if it has changed."""
        file = self._files[name]
        if isinstance(file, Derived):
            return derive(file, self._shelf)
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


def derive(wanted: Derived, shelf: Shelf | None) -> bytes:
    """The bytes of `wanted`, from the shelf if it has them. Raises what its recipe raises."""
    found = shelf.fetch(wanted.digest) if shelf is not None else None
    if found is None:
        found = wanted.recipe(wanted.view, Files(wanted.files))
        if shelf is not None:
            shelf.put(wanted.digest, found)
    return found


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
    files: tuple[tuple[str, Input], ...] = ()
    permits: tuple[str, ...] = ()
    about: str = ""
    keep: bool = False
