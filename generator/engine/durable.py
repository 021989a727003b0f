"""Files that are on the disk, not only on their way to it, before anything relies on them."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.engine.place import PREFIX, SUFFIX


def write(place: Path, chunks: Iterable[bytes]) -> None:
    """Put a file in its place whole, on the disk. Raises OSError, or what `chunks` raises; then nothing changed."""

    def save(beside: Path) -> None:
        with beside.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    put(place, save)


def link(old: Path, place: Path) -> None:
    """Put the same file in another place. Raises OSError where the file system has no hard links."""
    put(place, lambda beside: beside.hardlink_to(old))


def put(place: Path, save: Callable[[Path], None]) -> None:
    """Let `save` make a file beside its place, and move it there."""
    beside = place.with_name(f"{PREFIX}{os.getpid()}{SUFFIX}")
    beside.unlink(missing_ok=True)
    try:
        save(beside)
        move(beside, place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def move(old: Path, new: Path) -> None:
    """Rename a file, or a folder to a name that is free. On Windows a virus scanner may hold it for a moment."""
    for pause in (0.05, 0.2, 0.5) if sys.platform == "win32" else ():
        try:
            old.replace(new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    old.replace(new)


def settle(folder: Path) -> None:
    """Bring the names in a folder to the disk. Windows and some file systems have no call for it."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as cause:
            if cause.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(handle)


def settle_all(folder: Path) -> None:
    """Bring the names in a folder and in all below it to the disk."""
    for parent, _, _ in os.walk(folder, topdown=False):
        settle(Path(parent))
