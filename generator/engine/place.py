"""A finished file is put in its place whole: written beside it, then renamed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

PREFIX, SUFFIX = ".honour-", ".tmp"


class StrangerError(Exception):
    """Something that we didn't write stands where a file is wanted."""


class Placed(NamedTuple):
    """A file as it lies in the output folder; `written` is False if it held the very bytes already."""

    size: int
    mtime_ns: int
    sha256: str
    written: bool


def put(out: str, path: str, data: bytes, *, ours: bool) -> Placed:
    """Make `path` (with `/`, below the folder `out`) hold `data`. Raises OSError.

    Unless `ours`, what stands there is a stranger's: StrangerError, but for a file of the very same bytes."""
    place = f"{out}/{path}"
    digest = sha256(data).hexdigest()
    if holds(place, len(data), digest):
        return _placed(place, digest, written=False)
    if not ours and os.path.lexists(place):
        raise StrangerError(path)
    if not _make_folder(out, path.rpartition("/")[0]) or _is_folder(place):
        raise StrangerError(path)
    beside = f"{os.path.dirname(place)}/{PREFIX}{os.getpid()}{SUFFIX}"
    try:
        with open(beside, "wb") as file:
            file.write(data)
        _replace(beside, place)
    except BaseException:
        remove(beside)
        raise
    return _placed(place, digest, written=True)


def holds(place: str, size: int, digest: str) -> bool:
    """Whether `place` is a regular file of `size` bytes whose SHA-256 is `digest`."""
    try:
        if os.path.islink(place) or os.stat(place).st_size != size:
            return False
        with open(place, "rb") as file:
            return sha256(file.read()).hexdigest() == digest
    except OSError:
        return False


def remove(place: str) -> bool:
    """Delete a file; False if it can't be deleted. One that isn't there, or is a folder now, is gone."""
    try:
        os.unlink(place)
    except OSError:
        return not os.path.lexists(place) or _is_folder(place)
    return True


def remove_empty(out: str, path: str) -> None:
    """Delete the folders of `path` below `out` that have become empty."""
    folder = path.rpartition("/")[0]
    while folder:
        try:
            os.rmdir(f"{out}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def real_folder(out: str, folder: str) -> bool:
    """Whether `folder` lies in `out` itself: no link on the way leads to a place that isn't ours."""
    while folder:
        if os.path.islink(f"{out}/{folder}"):
            return False
        folder = folder.rpartition("/")[0]
    return True


def sweep(out: str) -> None:
    """Delete what a killed build left half written."""
    for place in list(_files(out)):
        name = os.path.basename(place)
        if name.startswith(PREFIX) and name.endswith(SUFFIX):
            remove(place)


def _files(folder: str) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        yield from (f"{parent}/{name}" for name in names)


def _make_folder(out: str, folder: str) -> bool:
    """False if a file or a link stands in the way."""
    if not real_folder(out, folder):
        return False
    try:
        os.makedirs(f"{out}/{folder}", exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    return True


def _is_folder(place: str) -> bool:
    return os.path.isdir(place) and not os.path.islink(place)


def _placed(place: str, digest: str, *, written: bool) -> Placed:
    stat = os.lstat(place)
    return Placed(stat.st_size, stat.st_mtime_ns, digest, written)


def _replace(beside: str, place: str) -> None:
    """On Windows a virus scanner or a browser may hold the file for a moment."""
    for pause in (0.05, 0.2, 0.5) if sys.platform == "win32" else ():
        try:
            os.replace(beside, place)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(beside, place)
