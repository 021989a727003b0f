"""A folder of this machine or a share as the place that is published to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Set
from contextlib import suppress
from pathlib import Path

from generator.engine import seal
from generator.engine.durable import link, move, settle, write
from generator.engine.paths import SEAL
from generator.engine.seal import Seal
from generator.problems import GeneratorError
from generator.releases import history, staging, switching
from generator.releases.content import Content
from generator.releases.destination import CURRENT, ID, LATELY, RELEASES, Progress, Told, refuse
from generator.releases.history import History
from generator.releases.lease import FilePost, HeldError, Lease, take

_NEW, _OLD = ".honour-new", ".honour-old-"


class Folder:
    """See `Destination`. With `pointer`, a file says what is shown even where links can be made."""

    def __init__(self, folder: Path, *, pointer: bool = False) -> None:
        self.folder = folder.absolute()
        self.name = str(folder)
        self._pointer = pointer
        self._releases = self.folder / RELEASES
        self._new = self.folder / _NEW
        self._lease: Lease | None = None

    def lock(self, wait: float, told: Told) -> None:
        try:
            self._check_ours()
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lease = take(FilePost(self.folder), wait, told)
            self._releases.mkdir(exist_ok=True)
            self._sweep()
        except HeldError as held:
            raise locked(self.name, held) from None
        except OSError as cause:
            self.unlock()
            raise not_written(self.name, cause) from cause

    def unlock(self) -> None:
        if self._lease is not None:
            with suppress(OSError):
                self._sweep()
            with suppress(OSError):
                self._lease.give_back()
            self._lease = None

    def check_lock(self) -> None:
        if self._lease is None or not self._lease.is_ours:
            raise refuse(self.name, "release-lock-lost")

    def current(self) -> str:
        named = switching.shown(self.folder)
        return named if named and (self._releases / named).is_dir() else ""

    def releases(self) -> frozenset[str]:
        with suppress(FileNotFoundError, NotADirectoryError):
            found = (path for path in self._releases.iterdir() if ID.fullmatch(path.name))
            return frozenset(path.name for path in found if path.is_dir() and not path.is_symlink())
        return frozenset()

    def seal(self, release: str) -> Seal | None:
        return seal.read(str(self._releases / release))

    def history(self) -> History:
        try:
            return history.parse((self.folder / history.FILE).read_bytes())
        except OSError:
            return History()

    def stage(
        self, content: Content, before: str, progress: Progress | None, verify: Progress | None
    ) -> Path:
        here = self._releases / content.seal.id
        folder = here if here.is_dir() else self._new
        try:
            staging.stage(content, folder, self._releases / before if before else None, progress, verify)
        except OSError as cause:
            raise not_written(self.name, cause) from cause
        return folder

    def admit(self, release: str) -> None:
        if self._new.is_dir():
            try:
                move(self._new, self._releases / release)
                settle(self._releases)
            except OSError as cause:
                raise not_written(self.name, cause) from cause

    def damage(self, release: str, progress: Progress | None) -> tuple[str, ...]:
        return staging.damage(self._releases / release, progress)

    def copy_of(self, release: str) -> Path:
        return self._releases / release

    def show(self, release: str, history: History, was: str) -> None:
        lately = {path for path, _ in history.lately}
        try:
            self._add_lately(lately, self._releases / was)
            write(self.folder / "history.json", [history.to_bytes()])
            settle(self.folder)
            switching.switch(self.folder, release, pointer=self._pointer)
            settle(self.folder)
            self._trim_lately(lately)
        except OSError as cause:
            raise not_written(self.name, cause) from cause

    def place(self, name: str, data: bytes) -> None:
        try:
            if not (self.folder / name).is_file() or (self.folder / name).read_bytes() != data:
                write(self.folder / name, [data])
        except OSError as cause:
            raise not_written(self.name, cause) from cause

    def remove(self, releases: Iterable[str]) -> None:
        """What a server on Windows has open goes the next time."""
        for release in releases:
            with suppress(OSError):
                aside = self.folder / f"{_OLD}{release}"
                move(self._releases / release, aside)
                shutil.rmtree(aside)

    def _add_lately(self, wanted: Set[str], was: Path) -> None:
        """Before the switch; if nothing may stay, nothing does already now."""
        if not wanted:
            self._trim_lately(wanted)
        for path in wanted:
            place, old = self.folder / LATELY / path, was / path
            if not place.exists() and old.is_file():
                staging.make_folder(place.parent)
                try:
                    link(old, place)
                except OSError:
                    write(place, [old.read_bytes()])

    def _trim_lately(self, wanted: Set[str]) -> None:
        folder = self.folder / LATELY
        for parent, _, names in os.walk(folder, topdown=False):
            for place in (Path(parent, name) for name in names):
                if place.relative_to(folder).as_posix() not in wanted:
                    place.unlink()
            with suppress(OSError):
                Path(parent).rmdir()

    def _check_ours(self) -> None:
        """Raises GeneratorError `release-foreign` if one of our names is somebody else's."""
        current, releases = self.folder / CURRENT, self._releases
        if self.folder.exists() and not self.folder.is_dir():
            raise refuse(self.name, "release-foreign", path=self.folder.name)
        if os.path.lexists(current) and not switching.linked(self.folder):
            raise refuse(self.name, "release-foreign", path=CURRENT)
        if os.path.lexists(releases) and (not releases.is_dir() or releases.is_symlink()):
            raise refuse(self.name, "release-foreign", path=RELEASES)
        if (self.folder / SEAL).is_file():  # a built folder or a release itself
            raise refuse(self.name, "release-foreign", path=SEAL)

    def _sweep(self) -> None:
        for path in (self._new, *self.folder.glob(f"{_OLD}*"), *self.folder.glob(".honour-[!l]*.tmp")):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def locked(name: str, held: HeldError) -> GeneratorError:
    """Who publishes there."""
    holder = held.holder
    found = {"host": "?", "user": "?", "pid": "?", "since": "?"}
    if holder is not None:
        found = {"host": holder.host, "user": holder.user, "pid": str(holder.pid), "since": holder.since}
    return refuse(name, "release-locked", **found)


def not_written(name: str, cause: OSError) -> GeneratorError:
    """What to say when a disk or a share doesn't take it."""
    return refuse(name, "release-write", reason=cause.strerror or str(cause))
