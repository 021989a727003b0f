"""Which paths a target may have, and which folders may be an output folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from generator.engine.target import Target
from generator.problems import GeneratorError, Place, Problem, error

SEAL = "manifest.json"
SOURCES = ("content", "exemplars", "themes", "generator", ".honour", ".git")
_LONGEST = 240  # Windows refuses whole paths of 260 characters, and the output folder needs some

# A name that NTFS and IIS take: no control characters, none of <>:"|?*\, no dot or space at its end, and not
# a device's, whatever its extension (docs.microsoft.com, "Naming Files, Paths, and Namespaces").
_NAME = (
    r"(?!(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:[./]|$))"
    r'[^\x00-\x1f<>:"|?*\\/]*[^\x00-\x1f<>:"|?*\\/. ]'
)
_PATH = re.compile(rf"{_NAME}(?:/{_NAME})*", re.IGNORECASE)


def fold(path: str) -> str:
    """The same text for paths that some file system takes for one: letter case and Unicode form ignored."""
    return path.lower() if path.isascii() else normalize("NFC", normalize("NFC", path).casefold())


def is_safe(path: str) -> bool:
    """Whether `path` is relative, stays below its folder, and is a name on every file system."""
    return len(path) <= _LONGEST and _PATH.fullmatch(path) is not None


def check_paths(targets: Iterable[Target], sealed: Iterable[str] = ()) -> None:
    """Raise GeneratorError for each path that can't be a file (`path-unsafe`) or is another's (`path-twice`).

    Two targets of one path differ in letter case or Unicode form at most, or one is a folder of the other.
    `sealed` are the folders that get a seal of their own."""
    problems: list[Problem] = []
    seals = (SEAL, *(f"{folder}/{SEAL}" for folder in sealed))
    files: dict[str, Target | str] = {fold(path): path for path in seals}
    folders: dict[str, Target] = {}
    for target in targets:
        path = target.path
        if not is_safe(path):
            problems.append(error(_place(target), "path-unsafe", path=path))
            continue
        folded = fold(path)
        if folded in files:
            problems.append(_twice(target, files[folded]))
        files[folded] = target
        folder = folded.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = target
            folder = folder.rpartition("/")[0]
    problems += [_twice(inside, files[folder]) for folder, inside in folders.items() if folder in files]
    if problems:
        raise GeneratorError(problems)


def _twice(target: Target, other: Target | str) -> Problem:
    path, about = (other, other) if isinstance(other, str) else (other.path, _place(other).file)
    return error(_place(target), "path-twice", path=target.path, other=path, about=about)


def _place(target: Target) -> Place:
    return Place(target.about or target.path)


def check_out(site: Path, out: Path) -> None:
    """Raise GeneratorError `out-unsafe` if building into `out` could harm what people wrote.

    Imagine `--out .` typed for `--out public`."""
    site, out = site.resolve(), out.resolve()
    mine = _Folder(out)
    package = Path(__file__).resolve().parents[1]
    written = [*(site / name for name in SOURCES), package]
    if (
        mine.holds(site)
        or any(_Folder(folder).holds(out) or mine.holds(folder) for folder in written)
        or os.path.isfile(out)  # noqa: PTH113  # nor raises where we may not look
    ):
        raise GeneratorError([error(Place(out.as_posix()), "out-unsafe", out=out.as_posix())])


class _Folder:
    def __init__(self, path: Path) -> None:
        self._parts = Path(os.path.normcase(path)).parts

    def holds(self, path: Path) -> bool:
        """Whether `path` is this folder or lies in it."""
        return Path(os.path.normcase(path)).parts[: len(self._parts)] == self._parts
