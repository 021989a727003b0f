"""The digests of input files, without reading those that surely haven't changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.engine.database import Database, seal_of

_SETTLED = 2_000_000_000  # ns; within the coarsest clock of a file system, two edits can carry one time
_LARGE = 1 << 20


class _Seen(NamedTuple):
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    seen_ns: int
    digest: str


class Scan:
    """What was seen of files in the runs before. Names are relative to `root` where a file lies below it."""

    def __init__(self, database: Database, root: Path) -> None:
        self._database = database
        self._root = f"{root}{os.sep}"

    def digests(self, paths: Iterable[Path], trust: bool) -> dict[Path, str]:
        """The digest (see `digest_bytes`) of each file; one that can't be read is left out.

        With `trust`, a file whose size, times and inode are those seen before, and that had been at rest for
        two seconds then, isn't read. Without it, every file is."""
        known = self._known() if trust else {}
        found: dict[Path, str] = {}
        news: list[tuple[str, _Seen]] = []
        for path in paths:
            place = str(path)
            name = place.removeprefix(self._root)
            before = known.get(name)
            try:
                stat = os.stat(place)
                if before is not None and _same(before, stat):
                    found[path] = before.digest
                    continue
                now = time.time_ns()
                found[path] = digest = _digest(place, stat.st_size)
            except OSError:
                continue
            news.append(
                (name, _Seen(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, now, digest))
            )
        self._remember(news)
        return found

    def _known(self) -> dict[str, _Seen]:
        rows = self._database.rows(
            "select path, size, mtime_ns, ctime_ns, inode, seen_ns, digest, seal from scan"
        )
        return {row[0]: _Seen._make(row[1:7]) for row in rows if seal_of(*row[:7]) == row[7]}

    def _remember(self, news: list[tuple[str, _Seen]]) -> None:
        rows = [(name, *_storable(seen)) for name, seen in news]
        self._database.change(
            "insert or replace into scan values (?, ?, ?, ?, ?, ?, ?, ?)",
            [(*row, seal_of(*row)) for row in rows],
        )


def _storable(seen: _Seen) -> _Seen:
    return seen._replace(inode=_inode(seen.inode))


def _inode(number: int) -> int:
    """SQLite's integers have 63 bits and a sign; ReFS numbers files with up to 128."""
    return number & 0x7FFF_FFFF_FFFF_FFFF


def _same(seen: _Seen, stat: os.stat_result) -> bool:
    return (
        seen.size == stat.st_size
        and seen.mtime_ns == stat.st_mtime_ns
        and seen.ctime_ns == stat.st_ctime_ns
        and seen.inode == _inode(stat.st_ino)
        and stat.st_mtime_ns + _SETTLED < seen.seen_ns
    )


def _digest(place: str, size: int) -> str:
    with open(place, "rb") as file:
        if size < _LARGE:
            return hashlib.blake2b(file.read(), digest_size=16).hexdigest()
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
