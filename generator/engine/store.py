"""The store of a site, `.honour/`: what builds know of one another. Disposable at any time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from generator.engine.database import Database
from generator.engine.kept import Kept
from generator.engine.ledger import Ledger
from generator.engine.lock import HeldError, Lock
from generator.engine.memo import Memo
from generator.engine.scan import Scan
from generator.problems import GeneratorError, Place, Problem, error, warning

FOLDER = ".honour"
KEPT_BYTES = 2 << 30


class Store:
    """An open store; use it in a `with`, or `close` it.

    `site` is the site's folder, `code` the digest of the generator's code. With `lock` (a build), it is
    GeneratorError `build-locked` if another build has the store; without (a check), it is read and added to
    beside one. A store that can't be written holds nothing, and `problems` has a warning `store-readonly`."""

    def __init__(self, site: Path, code: str, *, lock: bool = True) -> None:
        self.site = site.resolve()
        self.problems: tuple[Problem, ...] = ()
        self._lock: Lock | None = None
        folder = self.site / FOLDER
        file: Path | None = folder / "store.sqlite"
        try:
            folder.mkdir(exist_ok=True)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="ascii")
            if lock:
                self._lock = Lock(folder / "lock")
        except HeldError as held:
            raise GeneratorError([error(Place(FOLDER), "build-locked", pid=held.pid)]) from None
        except OSError as cause:
            file = None
            self._warn(cause.strerror or str(cause))
        self._database = Database(file, owner=lock)
        if file is not None and self._database.in_memory and lock:
            self._warn("store.sqlite")
        self.kept_folder = None if self._database.in_memory else folder / "kept"
        self._memo = Memo(self._database, code)
        self._scan = Scan(self._database, self.site)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Save everything, let go of memos that nobody asks for any more, and give the lock back."""
        if self._lock is not None:
            self._memo.trim()
        self._database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _warn(self, cause: str) -> None:
        self.problems = (warning(Place(FOLDER), "store-readonly", cause=cause),)

    def memo(self, namespace: str, key: str) -> Any | None:
        """The value remembered under `key`; None if there is none. Many at once: `memos`."""
        return self._memo.get(namespace, [key]).get(key)

    def memos(self, namespace: str, keys: Iterable[str]) -> dict[str, Any]:
        """The values remembered, by key; a key without one is left out."""
        return self._memo.get(namespace, keys)

    def remember(self, namespace: str, pairs: Iterable[tuple[str, Any]]) -> None:
        """Keep derived values by the digest of what they derive from; new code forgets all.

        Values are plain data, dates, and dataclasses and enums of the package `generator`; others are
        lost."""
        self._memo.put(namespace, pairs)
        self._database.commit()

    def digests(self, paths: Iterable[Path], trust: bool) -> dict[Path, str]:
        """The digest of each absolute path's bytes, unreadable ones left out; see `Scan.digests`."""
        found = self._scan.digests(paths, trust)
        self._database.commit()
        return found

    def ledger(self, out: Path) -> Ledger:
        """The ledger of an output folder; one inside the site is known by its name there: a site may move."""
        place = out.resolve()
        inside = place.is_relative_to(self.site)
        return Ledger(self._database, place.relative_to(self.site).as_posix() if inside else place.as_posix())

    def trim_kept(self, budget: int = KEPT_BYTES) -> None:
        """Delete the longest unused of the kept bytes until no more than `budget` bytes are left."""
        if self.kept_folder is not None:
            Kept(self.kept_folder).trim(budget)
