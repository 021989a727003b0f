"""Commands on another machine, over OpenSSH: a POSIX shell, coreutils and rsync are all that it needs.

`RSYNC_RSH`, which rsync reads as well, may name another ssh or its options, as in `ssh -F config`."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from generator.releases.lease import FILE

_ALONE = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15"]


class FarError(OSError):
    """The other machine didn't answer, or a command failed there; what it said."""


class Far:
    """The folder `path` of a host. Raises FarError."""

    def __init__(self, host: str, path: str) -> None:
        self.host = host
        self.path = path
        self.ssh = [*shlex.split(os.environ.get("RSYNC_RSH") or "ssh"), *_ALONE]

    def run(self, script: str, data: bytes = b"") -> bytes:
        """What a script, started in the folder, prints; `data` is its input."""
        done = self._run(script, data)
        if done.returncode:
            raise FarError(0, _told(done))
        return done.stdout

    def succeeds(self, script: str, data: bytes = b"") -> bool:
        """Whether a script ends with 0. 255 is ssh's own: then nobody knows."""
        done = self._run(script, data)
        if done.returncode == 255:
            raise FarError(0, _told(done))
        return done.returncode == 0

    def send(self, folder: Path, to: str, before: str) -> None:
        """Make the folder `to` hold what the local `folder` holds; unchanged files are links to those of `before`,
        relative to `to`. Every file's bytes are compared: neither times nor sizes are trusted."""
        link = [f"--link-dest={before}"] if before else []
        self._rsync("--delete", *link, f"{folder}/", f"{self.host}:{self.path}/{to}/")

    def fetch(self, what: str, folder: Path, like: Path) -> None:
        """Make the local `folder` hold what the folder there holds; `like` has most of it already."""
        self._rsync("--delete", f"--link-dest={like}", f"{self.host}:{self.path}/{what}/", f"{folder}/")

    def _rsync(self, *words: str) -> None:
        # No times: two builds of one page differ in nothing else, and a link may be kept.
        command = [
            "rsync",
            "-rlp",
            "--chmod=D755,F644",
            "--checksum",
            "-s",
            "-e",
            shlex.join(self.ssh),
            *words,
        ]
        done = _start(command, b"")
        if done.returncode:
            raise FarError(0, _told(done))

    def _run(self, script: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
        return _start([*self.ssh, self.host, f"cd -- {shlex.quote(self.path)} && {{ {script}\n}}"], data)

    def make(self) -> None:
        """Make the folder itself."""
        done = _start([*self.ssh, self.host, f"mkdir -p -- {shlex.quote(self.path)}"], b"")
        if done.returncode:
            raise FarError(0, _told(done))


class FarPost:
    """The file of a lock on another machine; see `Post`."""

    def __init__(self, far: Far, name: str) -> None:
        self._far = far
        self._beside = f"{FILE}-{name}.tmp"

    def read(self) -> bytes | None:
        said = self._far.run(f"if [ -e {FILE} ]; then echo; cat {FILE}; fi")
        return said.removeprefix(b"\n") if said else None

    def make(self, data: bytes) -> bool:
        return self._far.succeeds(f"set -C; cat 2>/dev/null >{FILE}", data)

    def beat(self, data: bytes) -> None:
        self._far.run(f"cat >{self._beside} && mv -f {self._beside} {FILE}", data)

    def take_away(self, data: bytes) -> None:
        self._far.run(
            f"mv -f {FILE} {self._beside} 2>/dev/null || exit 0; "
            f"cmp -s {self._beside} - || ln {self._beside} {FILE}; rm -f {self._beside}",
            data,
        )


def _start(command: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603  # no shell
    except FileNotFoundError as cause:
        raise FarError(0, f"{command[0]}: {cause.strerror}") from cause


def _told(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit {done.returncode}"
