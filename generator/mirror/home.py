"""The folder of a kiosk's copies: `versions/<id>/`, each whole, and `current`, which names the one that is shown.

    current          a link to versions/<id>; on Windows, and where no links can be made, current.txt with the id
    versions/<id>/   the last versions, whole
    pulled.json      when the source was last asked, and what it showed
    .honour-…        at work

Nothing gets a name in `versions/` before it is whole and on the disk, and nothing is taken apart under that name:
whenever the machine stops, what `current` names is whole."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from generator.engine.durable import move, settle, write
from generator.engine.lock import HeldError, Lock
from generator.problems import GeneratorError, Place, error

STARTERS = ("start.bat", "start.sh")
_ID = re.compile("[0-9a-f]{32}")
_OLD = ".honour-old-"


class Home:
    """A locked folder of copies; use it in a `with`. What a killed pull left half made goes first.

    Raises GeneratorError `mirror-locked` if another pull is at work there, `mirror-foreign` if one of its names
    is taken by somebody else's file; OSError if it can't be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.versions = self.folder / "versions"
        self.new = self.folder / ".honour-new"
        self._link = self.folder / "current"
        self._pointer = self.folder / "current.txt"

    def __enter__(self) -> Home:
        if taken := self._taken():
            raise GeneratorError([error(Place(str(self.folder)), "mirror-foreign", path=taken)])
        self.versions.mkdir(parents=True, exist_ok=True)
        try:
            self._lock = Lock(self.folder / ".honour-lock")
        except HeldError as held:
            raise GeneratorError([error(Place(str(self.folder)), "mirror-locked", pid=held.pid)]) from None
        self.sweep()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self.sweep()
        self._lock.release()

    def _taken(self) -> str:
        """Which of its names is somebody else's; "" if none is."""
        if os.path.lexists(self._link) and not (self._link.is_symlink() and self._linked()):
            return self._link.name
        if os.path.lexists(self._pointer) and not self._pointed():
            return self._pointer.name
        real = self.versions.is_dir() and not self.versions.is_symlink()
        return "" if real or not os.path.lexists(self.versions) else self.versions.name

    def _linked(self) -> str:
        """The id that the link names; "" if it leads elsewhere."""
        target = self._link.readlink()
        own = target.parent in (Path("versions"), self.versions)
        return target.name if own and _ID.fullmatch(target.name) else ""

    def _pointed(self) -> str:
        """The id in current.txt; "" if there is none."""
        with suppress(OSError):
            named = self._pointer.read_text("ascii", "replace").strip()
            return named if _ID.fullmatch(named) else ""
        return ""

    def current(self) -> str:
        """The id of the version that is shown; "" if there is none yet."""
        named = self._linked() if self._link.is_symlink() else self._pointed()
        return named if named and self.version(named).is_dir() else ""

    def version(self, version: str) -> Path:
        """Where a version lies, or will."""
        return self.versions / version

    def others(self, than: str) -> list[Path]:
        """The other versions, the latest shown first."""
        found = [path for path in self.versions.iterdir() if _ID.fullmatch(path.name) and path.name != than]
        real = (path for path in found if path.is_dir() and not path.is_symlink())
        return sorted(real, key=lambda path: path.stat().st_mtime, reverse=True)

    def admit(self, version: str) -> None:
        """Give the finished `new` its name among the versions."""
        move(self.new, self.version(version))
        settle(self.versions)

    def show(self, version: str) -> None:
        """Switch to a whole version: in an instant, or not at all."""
        latest = max((path.stat().st_mtime for path in self.others(version)), default=0.0)
        stamp = max(
            latest + 1, self.version(version).stat().st_mtime
        )  # the order holds if the clock is wrong
        os.utime(self.version(version), (stamp, stamp))
        if not self._show_by_link(version):
            self._show_by_name(version)
        settle(self.folder)

    def _show_by_link(self, version: str) -> bool:
        if sys.platform != "win32":
            beside = self.folder / ".honour-current"
            try:
                beside.symlink_to(f"versions/{version}")
            except OSError:  # a file system without links: FAT, some shares
                return False
            move(beside, self._link)
            self._pointer.unlink(missing_ok=True)
            return True
        return False

    def _show_by_name(self, version: str) -> None:
        """Beside current.txt stand the programs that read it. One that is there may be running: it stays."""
        for name in STARTERS:
            starter = self.version(version) / name
            if starter.is_file() and not (self.folder / name).exists():
                write(self.folder / name, [starter.read_bytes()])
        write(self._pointer, [f"{version}\n".encode("ascii")])

    def keep(self, most: int) -> None:
        """Leave `most` versions, the one that is shown and those before it. What can't be deleted now, because
        a browser on Windows has it open, is tried again the next time."""
        self.drop(self.others(self.current())[most - 1 :])

    def drop(self, versions: Iterable[Path]) -> None:
        """Delete versions, none of them the one that is shown, as far as it can be done now."""
        for old in versions:
            with suppress(OSError):
                aside = self.folder / f"{_OLD}{old.name}"
                move(old, aside)
                shutil.rmtree(aside)

    def note(self, version: str, date: str) -> None:
        """Write down that the source was asked just now, for whoever watches."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        said = json.dumps({"id": version, "date": date, "checked": now})
        write(self.folder / "pulled.json", [f"{said}\n".encode("ascii")])

    def sweep(self) -> None:
        """Delete what is half made."""
        for path in self._leftovers():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def _leftovers(self) -> Iterator[Path]:
        yield from (self.new, self.folder / ".honour-current")
        yield from self.folder.glob(f"{_OLD}*")
        yield from self.folder.glob(".honour-*.tmp")
