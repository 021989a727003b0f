"""The files of a release are brought into a folder, and every one of them verified there."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from generator.engine.durable import put, settle_all, write
from generator.engine.paths import SEAL
from generator.engine.place import holds, real_folder
from generator.engine.seal import Entry, read, to_bytes
from generator.problems import GeneratorError, Place, error
from generator.releases.content import BESIDE, Content

Progress = Callable[[int, int], None]

_CHUNK = 1 << 20
_SPARE = 16 << 20  # bytes that a disk should have left


def stage(
    content: Content, folder: Path, before: Path | None, progress: Progress | None, verify: Progress | None
) -> None:
    """Make `folder` hold the content and nothing else, all of it on the disk. What the release in the folder
    `before` holds already is linked. Raises GeneratorError, OSError."""
    old = read(str(before)) if before is not None else None
    known = {entry.path: entry for entry in old.files} if old is not None else {}
    folder.mkdir(exist_ok=True)
    _check_space(content, folder, known)
    strangers = _others(folder, content)
    for path in strangers:
        (folder / path).unlink()
    fresh = set()
    for done, entry in enumerate(content.seal.files, 1):
        place = folder / entry.path
        if not os.path.lexists(place):
            link = before / entry.path if before is not None and known.get(entry.path) == entry else None
            if link is None or not _link(link, place):
                _copy(content.sources[entry.path], place, _later_than(before, entry.path))
                fresh.add(entry.path)
        if progress is not None:
            progress(done, len(content.seal.files))
    for name, data in (*content.beside.items(), (SEAL, to_bytes(content.seal))):
        _write(folder / name, data)
    _mend(content, folder, wrong(folder, content.seal.files, verify, settle=fresh))
    _settle(folder)


def gather(content: Content, folder: Path, progress: Progress | None) -> None:
    """Make `folder`, which is not there yet, hold the content for as long as it takes to carry it elsewhere.
    Raises GeneratorError, OSError."""
    for done, entry in enumerate(content.seal.files, 1):
        place, source = folder / entry.path, content.sources[entry.path]
        if not _link(source, place):
            _copy(source, place, 0)
        if progress is not None:
            progress(done, len(content.seal.files))
    for name, data in (*content.beside.items(), (SEAL, to_bytes(content.seal))):
        _write(folder / name, data)


def wrong(
    folder: Path, entries: Iterable[Entry], progress: Progress | None = None, settle: Iterable[str] = ()
) -> list[str]:
    """The paths of those that `folder` doesn't hold byte for byte; those to `settle` are on the disk then."""
    found, fresh, listed = [], frozenset(settle), tuple(entries)
    for done, entry in enumerate(listed, 1):
        if not _is_right(folder, entry, settle=entry.path in fresh):
            found.append(entry.path)
        if progress is not None:
            progress(done, len(listed))
    return found


def damage(folder: Path, progress: Progress | None = None) -> tuple[str, ...]:
    """What is wrong with a release: its seal, files that aren't those it names, files that it doesn't name."""
    said = read(str(folder))
    if said is None or said.id != folder.name:
        return (SEAL,)
    known = {entry.path for entry in said.files} | {SEAL, *BESIDE}
    return (*wrong(folder, said.files, progress), *sorted(_files(folder) - known))


def _mend(content: Content, folder: Path, paths: list[str]) -> None:
    """A damaged file, perhaps linked from a release before, is written again; what then still is not what the
    build made has changed under our hands."""
    for path in paths:
        _copy(content.sources[path], folder / path, 0)
    entries = {entry.path: entry for entry in content.seal.files}
    left = wrong(folder, (entries[path] for path in paths), settle=paths)
    if left:
        raise GeneratorError([error(Place(path), "release-changed", path=path) for path in left])


def _is_right(folder: Path, entry: Entry, *, settle: bool) -> bool:
    place = folder / entry.path
    if place.is_symlink() or not real_folder(str(folder), entry.path.rpartition("/")[0]):
        return False
    digest = sha256()
    try:
        with place.open("r+b" if settle else "rb") as file:
            if settle:
                os.fsync(file.fileno())
            if os.fstat(file.fileno()).st_size != entry.size:
                return False
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as cause:
        if cause.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        return False
    return digest.hexdigest() == entry.sha256


def _link(old: Path, place: Path) -> bool:
    """False where the file system has no hard links, or too many of this file."""
    make_folder(place.parent)
    try:
        os.link(old, place)
    except OSError as cause:
        if cause.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        return False
    return True


def _copy(source: Path, place: Path, least: int) -> None:
    """A new file in its place, never through a link to an old one, dated no earlier than the second `least`."""
    make_folder(place.parent)
    moment = max(int(time.time()), least)

    def save(beside: Path) -> None:
        shutil.copyfile(source, beside)
        _open_to_all(beside, 0o644)
        os.utime(beside, (moment, moment))

    try:
        put(place, save)
    except FileNotFoundError as cause:
        raise GeneratorError([error(Place(place.name), "release-changed", path=source)]) from cause


def _later_than(before: Path | None, path: str) -> int:
    """Servers tell two versions of a page by size and second: one second after the old one, if there is one."""
    if before is not None:
        with suppress(OSError):
            return int((before / path).stat().st_mtime) + 1
    return 0


def _write(place: Path, data: bytes) -> None:
    """Nothing happens to a file that holds just this: it may be shown."""
    if not holds(str(place), len(data), sha256(data).hexdigest()):
        write(place, [data])
        _open_to_all(place, 0o644)


def make_folder(folder: Path) -> None:
    """A folder that a server may read, whatever the umask."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir()
        _open_to_all(folder, 0o755)


def _open_to_all(place: Path, mode: int) -> None:
    """A timer's umask of 077 must not hide the site from the server. A share may know no such thing."""
    if sys.platform != "win32":
        with suppress(OSError):
            place.chmod(mode)


def _settle(folder: Path) -> None:
    _open_to_all(folder, 0o755)
    settle_all(folder)


def _files(folder: Path) -> set[str]:
    found = set()
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        found |= {Path(parent, name).relative_to(folder).as_posix() for name in (*names, *links)}
    return found


def _others(folder: Path, content: Content) -> list[str]:
    return sorted(_files(folder) - content.sources.keys() - {SEAL, *content.beside})


def _check_space(content: Content, folder: Path, known: dict[str, Entry]) -> None:
    """Told before an hour's copying instead of after it. A disk may fill up all the same."""
    needed = sum(entry.size for entry in content.seal.files if known.get(entry.path) != entry)
    free = shutil.disk_usage(folder).free
    if needed and not os.path.lexists(folder / SEAL) and needed + _SPARE > free:
        found = {"needed": f"{needed / 1e6:.1f} MB", "free": f"{free / 1e6:.1f} MB"}
        raise GeneratorError([error(Place(str(folder.parent)), "release-space", **found)])
