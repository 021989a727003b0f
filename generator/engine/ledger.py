"""The ledger of an output folder: what the engine wrote there, from what, and why."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

from generator.engine.database import Database, seal_of
from generator.engine.manifest import Lines


class Row(NamedTuple):
    """One file that we wrote. `permits` are sorted and joined by line feeds; `sha256` is hexadecimal."""

    path: str
    key: str
    permits: str
    size: int
    mtime_ns: int
    sha256: str


class Story(NamedTuple):
    """Why a file was last remade (as in `Explanation`), and its manifest before and since."""

    why: str
    before: Lines
    lines: Lines


class Ledger:
    """The rows of one output folder, `out` being its name in the store."""

    def __init__(self, database: Database, out: str) -> None:
        self._database = database
        self._out = out

    def rows(self) -> dict[str, Row]:
        """Every row by path. A damaged row is left out: its file is then remade."""
        found = self._database.rows(
            "select path, key, permits, size, mtime_ns, sha256, seal from ledger where out = ?", (self._out,)
        )
        return {line[0]: Row._make(line[:6]) for line in found if seal_of(*line[:6]) == line[6]}

    def record(self, rows: Iterable[Row]) -> None:
        self._database.change(
            "insert or replace into ledger values (?, ?, ?, ?, ?, ?, ?, ?)",
            ((self._out, *row, seal_of(*row)) for row in rows),
        )

    def forget(self, paths: Iterable[str]) -> None:
        gone = [(self._out, path) for path in paths]
        self._database.change("delete from ledger where out = ? and path = ?", gone)
        self._database.change("delete from story where out = ? and path = ?", gone)

    def tell(self, stories: Iterable[tuple[str, str, bytes]]) -> None:
        """Store (path, why, packed lines); the lines stored until now become the story's `before`."""
        self._database.change(
            "insert into story values (?1, ?2, ?3, null, ?4) on conflict do update"
            " set why = excluded.why, before = lines, lines = excluded.lines",
            ((self._out, *story) for story in stories),
        )

    def story(self, path: str) -> Story | None:
        """None if the store knows nothing of `path`."""
        found = self._database.rows(
            "select why, before, lines from story where out = ? and path = ?", (self._out, path)
        )
        if not found:
            return None
        why, before, lines = found[0]
        return Story(str(why), unpack(before), unpack(lines))

    def commit(self) -> None:
        self._database.commit()


def pack(lines: Lines) -> bytes:
    """Manifest lines as stored. Tokens are one line by nature; the name of a file may be anything."""
    text = "\n".join(f"{_bare(name)}\t{token}" for name, token in lines)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(packed: object) -> Lines:
    """The lines of `pack`; none if they are damaged."""
    if not isinstance(packed, bytes):
        return ()
    try:
        text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError):
        return ()
    parts = (line.partition("\t") for line in text.split("\n"))
    return tuple((name, token) for name, _, token in parts)


def _bare(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
