"""A folder is brought to a list of targets: what changed is remade, what left the plan leaves the folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from generator.engine import seal
from generator.engine.carry import Bench, Order, Outcome, carry_out, died, prepare, unprepared
from generator.engine.ledger import Ledger, Row
from generator.engine.parallel import Progress, Workers
from generator.engine.paths import check_out, check_paths
from generator.engine.place import holds, real_folder, remove, remove_empty, sweep
from generator.engine.seal import Entry
from generator.engine.store import Store
from generator.engine.survey import Standing, Survey, permits_of, seal_row, standing, survey
from generator.engine.target import Derived, Target
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


def make(
    targets: Iterable[Target],
    out: Path,
    store: Store,
    *,
    code: str,
    permitted: frozenset[str],
    day: date,
    workers: Workers,
    preview: bool = False,
    progress: Progress | None = None,
    preparing: Progress | None = None,
) -> Report:
    """Bring `out` to `targets`, whatever was built or broken there before, and seal it.

    `code` is the digest of what recipes are made of; `permitted` are the tokens that may be shown today, for
    the old files of failed recipes; `day` goes into the seal; `progress` is told of targets, `preparing` of
    derived inputs. Failed recipes are in the report. Unusable paths or `out` raise GeneratorError, a view that
    isn't plain TypeError, before anything is made."""
    planned = tuple(targets)
    check_paths(planned)
    check_out(store.site, out)
    place = str(out.resolve())
    ledger = store.ledger(out)
    rows = ledger.rows()
    known = standing(place, rows)
    ledger.forget(rows.keys() - known.rows.keys())
    making = _Making(
        place, ledger, known, permitted if known.preview == preview else None, day.isoformat(), preview
    )
    try:
        making.prune({target.path for target in planned})
        found = survey(planned, place, making.known(), code)
        making.begin(found)
        bench = Bench(place, code, store.kept_folder)
        derived = _derived(found.orders)
        for _ in workers.run(partial(prepare, bench), derived, progress=preparing, died=unprepared):
            pass
        results = workers.run(partial(carry_out, bench), found.orders, progress=progress, died=died)
        for order, outcome in zip(found.orders, results, strict=True):
            making.settle(order, outcome)
        if derived or any(order.target.keep for order in found.orders):
            store.trim_kept()
        return making.finish()
    finally:
        making.save()


def _derived(orders: Iterable[Order]) -> list[Derived]:
    """What the orders' recipes will ask for, each once: made before them, it is made in parallel even if a
    single order, a book, asks for all."""
    inputs = (file for order in orders for _, file in order.target.files)
    return list({file.digest: file for file in inputs if isinstance(file, Derived)}.values())


class _Making:
    """The folder while it is being made: rows of the ledger, what is ours, and what the report will say."""

    def __init__(
        self,
        out: str,
        ledger: Ledger,
        known: Standing,
        permitted: frozenset[str] | None,
        day: str,
        preview: bool,
    ) -> None:
        self.out = out
        self.ledger = ledger
        self.rows = known.rows
        self.owned = set(known.owned)
        self.was = known
        self.permitted = permitted  # None: nothing of the old may stay
        self.day = day
        self.preview = preview
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

    def known(self) -> Standing:
        """The folder as it stands now."""
        return self.was._replace(owned=frozenset(self.owned), rows=self.rows)

    def prune(self, planned: set[str]) -> None:
        """Delete what is ours and no longer planned.

        First of all, so that what was withdrawn is gone even if the build is stopped a moment later, and so
        that a slug whose letter case changed doesn't meet its old self on Windows."""
        if not self.was.settled:
            sweep(self.out)
        gone = sorted(self.owned - planned)
        if gone:
            self._open(self.owned)
        for path in gone:
            if self._delete(path):
                self.pruned.append(path)

    def begin(self, found: Survey) -> None:
        """Say in the seal what is about to be ours, before the first file of it is."""
        self.reused += found.reused
        self._news += found.news
        self.rows.update((row.path, row) for row in found.news)
        if found.orders:
            self._open(self.owned.union(order.target.path for order in found.orders if order.ours))

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
        """Seal the folder as it is now."""
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

    def _open(self, paths: Iterable[str]) -> None:
        Path(self.out).mkdir(parents=True, exist_ok=True)
        entries = [_entry(path, self.rows.get(path)) for path in paths]
        preview = self.preview or self.was.preview
        seal.write(self.out, seal.sealed(entries, date=self.day, preview=preview, complete=False))

    def _fail(self, path: str, outcome: Outcome) -> None:
        errors = [problem for problem in outcome.problems if problem.is_error] or outcome.problems
        self.failed += [(path, problem) for problem in errors]
        self.problems += outcome.problems
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
            return False
        remove_empty(self.out, path)
        self.owned.discard(path)
        self.rows.pop(path, None)
        self._gone.append(path)
        return True


def _entry(path: str, row: Row | None) -> Entry:
    return Entry(path) if row is None else Entry(path, row.size, row.sha256)
