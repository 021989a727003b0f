"""The lock of a destination: who publishes there, on whatever machine, and whether they are still alive.

A lock of the system would do on one machine; a share and the far side of ssh know none that can be relied on. So it
is a file that only one can make, and whose holder writes it anew every few seconds. Whoever waits judges by their
own clock whether it changes: no two machines need to agree on the time."""

from __future__ import annotations

import errno
import getpass
import json
import os
import secrets
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from generator.releases.history import now

FILE = ".honour-lock"
BEAT = 5.0  # seconds between two signs of life
DEAD = 60.0  # seconds without one after which a holder on another machine is given up
LOOK = 0.5  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock. `machine` tells whether the process id means anything here, `token` this lock from the
    next of the same process; `beat` counts signs of life."""

    host: str
    user: str
    pid: int
    since: str
    machine: str
    token: str
    beat: int = 0

    def to_bytes(self) -> bytes:
        """The lock's file: one line."""
        return f"{json.dumps(asdict(self), ensure_ascii=True)}\n".encode()


class HeldError(Exception):
    """Somebody else holds the lock; `holder` is None if their file says nothing."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(str(holder))
        self.holder = holder


class Post(Protocol):
    """Where the lock's file lies."""

    def read(self) -> bytes | None:
        """The file; None if there is none."""

    def make(self, data: bytes) -> bool:
        """Make the file; False if there is one."""

    def beat(self, data: bytes) -> None:
        """Write it anew."""

    def take_away(self, data: bytes) -> None:
        """Delete it if it is still `data`."""


def here() -> Holder:
    """This process as a holder."""
    return Holder(socket.gethostname(), _user(), os.getpid(), now(), _machine(), secrets.token_hex(8))


def parse(data: bytes | None) -> Holder | None:
    """Who wrote a lock's file; None if nobody can tell."""
    try:
        said = json.loads(data or b"")
        host, user, since, machine, token = (
            str(said[name]) for name in ("host", "user", "since", "machine", "token")
        )
        return Holder(host, user, int(said["pid"]), since, machine, token, int(said["beat"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


class Lease:
    """The lock once it is held, from `take` to `give_back`."""

    def __init__(self, post: Post, holder: Holder) -> None:
        self._post = post
        self._holder = holder
        self._done = Event()
        self._thread = Thread(target=self._live, daemon=True)
        self._thread.start()

    @property
    def is_ours(self) -> bool:
        """Whether nobody took it over. Imagine a laptop that slept for an hour in the middle of a publish."""
        found = parse(self._post.read())
        return found is not None and found.token == self._holder.token

    def give_back(self) -> None:
        """End it."""
        self._done.set()
        self._thread.join()
        found = self._post.read()
        holder = parse(found)
        if found is not None and holder is not None and holder.token == self._holder.token:
            self._post.take_away(found)

    def _live(self) -> None:
        while not self._done.wait(BEAT):
            with suppress(OSError):  # a share that is away for a moment
                if self.is_ours:
                    self._holder = replace(self._holder, beat=self._holder.beat + 1)
                    self._post.beat(self._holder.to_bytes())


def take(post: Post, wait: float, told: Callable[[Holder], None], dead: float = DEAD) -> Lease:
    """The lock, within `wait` seconds; `told` is called once with whoever holds it. Raises HeldError, OSError."""
    mine, seen, said = here(), b"", False
    start = changed = time.monotonic()
    while not post.make(mine.to_bytes()):
        found = post.read()
        if found is None:
            continue
        holder, moment = parse(found), time.monotonic()
        if found != seen:
            seen, changed = found, moment
        if moment - changed >= dead or (holder is not None and _is_gone(holder)):
            post.take_away(found)
            continue
        if moment - start >= wait:
            raise HeldError(holder)
        if holder is not None and not said:
            told(holder)
            said = True
        time.sleep(LOOK)
        mine = replace(mine, since=now())
    return Lease(post, mine)


class FilePost:
    """A lock's file in a folder of this machine or a share."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._beside = folder / f"{FILE}-{secrets.token_hex(4)}.tmp"

    def read(self) -> bytes | None:
        try:
            return self._file.read_bytes()
        except FileNotFoundError:
            return None

    def make(self, data: bytes) -> bool:
        try:
            handle = os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            return False
        try:
            if os.write(handle, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:  # a lock that says nothing would be everybody's for a minute
            self._file.unlink()
            raise
        finally:
            os.close(handle)
        return True

    def beat(self, data: bytes) -> None:
        self._beside.write_bytes(data)
        self._beside.replace(self._file)

    def take_away(self, data: bytes) -> None:
        """Two who find the same dead holder must not take away the lock of a third: the file is moved aside,
        looked at once more, and put back if it is another."""
        try:
            self._file.rename(self._beside)
        except FileNotFoundError:
            return
        if self._beside.read_bytes() != data:
            with suppress(OSError):
                os.link(self._beside, self._file)
        self._beside.unlink(missing_ok=True)


def _is_gone(holder: Holder) -> bool:
    """Whether the holder was a process of this very machine and is no more."""
    if holder.machine != _machine() or sys.platform == "win32":
        return False
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    """What a process id is good for: on Linux this boot and this container, elsewhere the host."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's number without a name
        return "?"
