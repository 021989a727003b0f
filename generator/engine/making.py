"""A folder while it is being made: what is ours in it, what the ledger knows, and what the report will say."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.engine import seal
from generator.engine.carry import Order, Outcome
from generator.engine.ledger import Ledger, Row
from generator.engine.place import StrangerError, holds, put, real_folder, remove, remove_empty, sweep
from generator.engine.seal import Entry, Part
from generator.engine.survey import Standing, Survey, permits_of, seal_row
from generator.engine.unwritten import unwritten
from generator.problems import Place, Problem, error

_FLUSH = 500  # files made between two commits: what a kill costs the next build to make again


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, by path.

    `failed` pairs a path with each of its errors; `kept_old` are those of the failed whose old file stays.
    `traces` are tracebacks for the log. `complete` and `id` are the seal's."""

    made: tuple[str, ...]
    reused: tuple[str, ...]
    pruned: tuple[str, ...]
    failed: tuple[tuple[str, Problem], ...]
    kept_old: tuple[str, ...]
    problems: tuple[Problem, ...]
    traces: tuple[tuple[str, str], ...]
    complete: bool
    id: str


class Making:
    """The folder while it is being made: rows of the ledger, what is ours, and what the report will say."""

    def __init__(
        self,
        out: str,
        ledger: Ledger,
        known: Standing,
        permitted: frozenset[str] | None,
        day: str,
        preview: bool,
        parts: tuple[Part, ...],
    ) -> None:
        self.out = out
        self.ledger = ledger
        self.rows = known.rows
        self.owned = set(known.owned)
        self.was = known
        self.permitted = permitted  # None: nothing of the old may stay
        self.day = day
        self.preview = preview
        self.parts = parts
        self.made: list[str] = []
        self.reused: list[str] = []
        self.pruned: list[str] = []
        self.kept_old: list[str] = []
        self.failed: list[tuple[str, Problem]] = []
        self.problems: list[Problem] = []
        self.traces: list[tuple[str, str]] = []
        self._news: list[Row] = []
        self._stories: list[tuple[str, str, bytes]] = []
        self._gone: list[str] = []
        self._broken: list[str] = []

    def known(self) -> Standing:
        """The folder as it stands now."""
        return self.was._replace(owned=frozenset(self.owned), rows=self.rows)

    def prune(self, planned: set[str]) -> None:
        """Delete what is ours and no longer planned.

        First of all, so that what was withdrawn is gone even if the build is stopped a moment later, and so
        that a slug whose letter case changed doesn't meet its old self on Windows."""
        if not self.was.settled:
            sweep(self.out)
        gone = sorted(self.owned - planned - {part.path for part in self.parts})
        if not gone:
            return
        try:
            self._open(self.owned, gone)
        except OSError:  # of a full disk: what was withdrawn goes all the same, and makes room for the seal
            self._remove(gone)
            self._open(self.owned, gone)
        else:
            self._remove(gone)

    def _remove(self, gone: Iterable[str]) -> None:
        self.pruned += [path for path in gone if self._delete(path)]

    def begin(self, found: Survey) -> None:
        """Say in the seal what is about to be ours, before the first file of it is."""
        self.reused += found.reused
        self._news += found.news
        self.rows.update((row.path, row) for row in found.news)
        coming = [order.target.path for order in found.orders if order.ours]
        coming += [part.path for part in self.parts if self._is_new(part.path)]
        if found.orders or coming:
            self._open(self.owned.union(coming), (order.target.path for order in found.orders))

    def settle(self, order: Order, outcome: Outcome) -> None:
        """Enter what became of an order."""
        path = order.target.path
        if outcome.placed is None:
            self._fail(path, outcome)
            return
        size, mtime_ns, sha256, _ = outcome.placed
        row = Row(path, order.key, permits_of(order.target), size, mtime_ns, sha256)
        self.rows[path] = row
        self.owned.add(path)
        self._news.append(row)
        self._stories.append((path, order.why, outcome.lines))
        (self.reused if outcome.kept else self.made).append(path)
        if len(self._news) >= _FLUSH:
            self.save()

    def finish(self) -> Report:
        """Seal the folder as it is now, its parts before the whole."""
        for part in self.parts:
            self._seal(part)
        entries = [_entry(path, self.rows.get(path)) for path in self.owned]
        whole = seal.sealed(entries, date=self.day, preview=self.preview, complete=not self.problems)
        Path(self.out).mkdir(parents=True, exist_ok=True)
        seal.write(self.out, whole)
        row = seal_row(whole, self.out)
        if row != self.was.seal:
            self._news.append(row)
        return Report(
            made=tuple(self.made),
            reused=tuple(self.reused),
            pruned=tuple(self.pruned),
            failed=tuple(self.failed),
            kept_old=tuple(self.kept_old),
            problems=tuple(self.problems),
            traces=tuple(self.traces),
            complete=whole.complete,
            id=whole.id,
        )

    def save(self) -> None:
        """Commit to the ledger what was entered since the last time."""
        self.ledger.forget(self._gone)
        self.ledger.record(self._news)
        self.ledger.tell(self._stories)
        self.ledger.commit()
        self._gone, self._news, self._stories = [], [], []

    def _open(self, paths: Iterable[str], touched: Iterable[str]) -> None:
        """Say that the folder, and each part with one of the `touched` files, is not whole for now."""
        Path(self.out).mkdir(parents=True, exist_ok=True)
        entries = [_entry(path, self.rows.get(path)) for path in paths]
        preview = self.preview or self.was.preview
        seal.write(self.out, seal.sealed(entries, date=self.day, preview=preview, complete=False))
        changing = tuple(touched)
        for part in self.parts:
            if part.path in self.owned and any(map(part.holds, changing)):
                said = seal.sealed(part.within(entries), date=self.day, preview=preview, complete=False)
                with suppress(OSError, StrangerError):  # `finish` will say so
                    put(self.out, part.path, seal.to_bytes(said), ours=True)

    def _is_new(self, path: str) -> bool:
        """Whether a seal of a part is about to be ours; a file that stands there already may be anybody's."""
        return path not in self.owned and not os.path.lexists(f"{self.out}/{path}")

    def _seal(self, part: Part) -> None:
        entries = part.within(_entry(path, self.rows.get(path)) for path in self.owned)
        whole = not any(map(part.holds, self._broken))
        said = seal.sealed(entries, date=self.day, preview=self.preview, complete=whole)
        path, old = part.path, self.rows.get(part.path)
        try:
            placed = put(self.out, path, seal.to_bytes(said), ours=path in self.owned)
        except StrangerError:
            self._lack(path, error(Place(path), "stranger", path=path))
        except OSError as cause:
            self._lack(path, unwritten(self.out, path, cause))
        else:
            row = Row(path, "", "", placed.size, placed.mtime_ns, placed.sha256)
            (self.made if placed.written else self.reused).append(path)
            self.owned.add(path)
            if row != old:
                self.rows[path] = row
                self._news.append(row)

    def _lack(self, path: str, problem: Problem) -> None:
        self.failed.append((path, problem))
        self.problems.append(problem)

    def _fail(self, path: str, outcome: Outcome) -> None:
        errors = [problem for problem in outcome.problems if problem.is_error] or outcome.problems
        self.failed += [(path, problem) for problem in errors]
        self.problems += outcome.problems
        self._broken.append(path)
        if outcome.trace:
            self.traces.append((path, outcome.trace))
        if self._may_stay(self.rows.get(path)):
            self.kept_old.append(path)
        elif path in self.owned:
            self._delete(path)

    def _may_stay(self, old: Row | None) -> bool:
        """Whether the old file is the very one that was made from what may still be shown."""
        if old is None or self.permitted is None:
            return False
        permits = set(old.permits.split("\n")) - {""}
        return permits <= self.permitted and holds(f"{self.out}/{old.path}", old.size, old.sha256)

    def _delete(self, path: str) -> bool:
        if real_folder(self.out, path.rpartition("/")[0]) and not remove(f"{self.out}/{path}"):
            self.problems.append(error(Place(path), "prune-failed", path=path))
            self._broken.append(path)
            return False
        remove_empty(self.out, path)
        self.owned.discard(path)
        self.rows.pop(path, None)
        self._gone.append(path)
        return True


def _entry(path: str, row: Row | None) -> Entry:
    return Entry(path) if row is None else Entry(path, row.size, row.sha256)
