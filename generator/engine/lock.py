"""The lock of a site's store: one build at a time."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_FAR = 1 << 20  # Windows lets nobody read a locked byte, so the locked one lies beyond the process id


class HeldError(Exception):
    """Another process, `pid`, holds the lock."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


class Lock:
    """A lock held from its making to `release`. Raises HeldError, or OSError if `file` can't be written.

    The system drops it with the process. Imagine the power going off in the middle of a build: the file stays
    with its process id, which may by then be another program's, and still the next build is not refused."""

    def __init__(self, file: Path) -> None:
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        if not _take(self._handle):
            os.close(self._handle)
            raise HeldError(file.read_text(encoding="ascii", errors="replace").strip() or "?")
        with suppress(OSError):  # a full disk takes no number; the lock holds without it
            os.ftruncate(self._handle, 0)
            os.write(self._handle, str(os.getpid()).encode())

    def release(self) -> None:
        os.close(self._handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a network folder that knows no locks: better no lock than no build
            return True
        return True
