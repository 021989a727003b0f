"""The SQLite file of the store: versioned, and begun anew when it can't be read."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_VERSION = 1
_SCHEMA = """
create table ledger (
    out text, path text, key text, permits text, size integer, mtime_ns integer, sha256 text, seal integer,
    primary key (out, path)) without rowid;
create table story (out text, path text, why text, before blob, lines blob, primary key (out, path));
create table memo (namespace text, key text, seal blob, value blob, primary key (namespace, key));
create table scan (
    path text primary key, size integer, mtime_ns integer, ctime_ns integer, inode integer,
    seen_ns integer, digest text, seal integer) without rowid;
"""

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def seal_of(*values: object) -> int:
    """A checksum of a row. SQLite notices a broken page, not a broken letter within one."""
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))


class Database:
    """One SQLite file, or a database in memory if `file` is None.

    `owner` may delete a file that is corrupt or of another version; anybody else then works in memory.
    Reading never raises sqlite3.DatabaseError: what can't be read is as if it had never been stored."""

    def __init__(self, file: Path | None, *, owner: bool) -> None:
        self._file = file
        self._owner = owner
        try:
            self._connection = _connect(file)
        except sqlite3.DatabaseError:
            self._connection = self._anew()

    @property
    def in_memory(self) -> bool:
        """Whether nothing will be left for the next run."""
        return self._file is None

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer to a `select`; empty if the file turns out corrupt."""
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.DatabaseError as cause:
            self._lose(cause)
            return []

    def change(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry `statement` out for every row; visible to other processes after `commit`."""
        rows = list(rows)
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.DatabaseError as cause:
            self._lose(cause)

    def commit(self) -> None:
        try:
            self._connection.commit()
        except sqlite3.DatabaseError as cause:
            self._lose(cause)

    def close(self) -> None:
        """Commit and close. The object is of no use afterwards."""
        self.commit()
        self._connection.close()

    def _lose(self, cause: sqlite3.DatabaseError) -> None:
        """Go on after a failure. What should have been stored is not: the next build makes it again.

        A file that somebody else is writing for longer than we wait is left to them; others are given up."""
        if getattr(cause, "sqlite_errorcode", None) not in _BUSY:
            self._connection.close()
            self._connection = self._anew()

    def _anew(self) -> sqlite3.Connection:
        if self._owner and self._file is not None:
            try:
                for end in ("", "-journal", "-wal", "-shm"):
                    Path(f"{self._file}{end}").unlink(missing_ok=True)
                return _connect(self._file)
            except (OSError, sqlite3.DatabaseError):
                pass  # a full or read-only disk: go on without the file
        self._file = None
        return _connect(None)


def _connect(file: Path | None) -> sqlite3.Connection:
    """An open database of this version. Raises sqlite3.DatabaseError for any other file."""
    connection = sqlite3.connect(file or ":memory:", timeout=5.0)
    try:
        # Imagine the power going off: rows may be lost, old or damaged. Each carries its seal, and what it says
        # of a file is compared with the file, so the next build is slower and no build waits for the disk.
        connection.execute("pragma synchronous = off")
        connection.execute("pragma cache_size = -16384")
        (version,) = connection.execute("pragma user_version").fetchone()
        if version == 0:
            connection.execute("begin immediate")
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {_VERSION}")
            connection.commit()
        elif version != _VERSION:
            raise sqlite3.DatabaseError(f"version {version}")
    except BaseException:
        connection.close()
        raise
    return connection
