"""A folder is brought to a list of targets: what changed is remade, what left the plan leaves the folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from generator.engine.carry import Bench, Order, carry_out, died, prepare, unprepared
from generator.engine.making import Making, Report
from generator.engine.parallel import Progress, Workers
from generator.engine.paths import SEAL, check_out, check_paths
from generator.engine.seal import parts_of
from generator.engine.store import Store
from generator.engine.survey import standing, survey
from generator.engine.target import Derived, Target
from generator.engine.unwritten import unwritten
from generator.problems import GeneratorError

__all__ = ["Report", "make"]


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
    sealed: Iterable[str] = (),
    progress: Progress | None = None,
    preparing: Progress | None = None,
) -> Report:
    """Bring `out` to `targets`, whatever was built or broken there before, and seal it.

    `code` is the digest of what recipes are made of; `permitted` are the tokens that may be shown today, for
    the old files of failed recipes; `day` goes into the seal; `sealed` are folders of `out` that get a seal of
    their own, if they have any file; `progress` is told of targets, `preparing` of
    derived inputs. Failed recipes are in the report. Unusable paths or `out` raise GeneratorError, a view that
    isn't plain TypeError, before anything is made; a seal that can't be written is GeneratorError too, and what
    was sealed before is as it was, but for what had to go."""
    planned = tuple(targets)
    paths = {target.path for target in planned}
    parts = parts_of(sealed, paths)
    check_paths(planned, (part.folder for part in parts))
    check_out(store.site, out)
    place = str(out.resolve())
    ledger = store.ledger(out)
    rows = ledger.rows()
    try:
        known = standing(place, rows)
    except OSError as cause:  # a folder that we may not even look into
        raise GeneratorError([unwritten(place, SEAL, cause)]) from cause
    ledger.forget(rows.keys() - known.rows.keys())
    still = permitted if known.preview == preview else None
    making = Making(place, ledger, known, still, day.isoformat(), preview, parts)
    try:
        making.prune(paths)
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
    except OSError as cause:  # of the seal: recipes and their files have their own say
        raise GeneratorError([*making.problems, unwritten(place, SEAL, cause)]) from cause
    finally:
        making.save()


def _derived(orders: Iterable[Order]) -> list[Derived]:
    """What the orders' recipes will ask for, each once: made before them, it is made in parallel even if a
    single order, a book, asks for all."""
    inputs = (file for order in orders for _, file in order.target.files)
    return list({file.digest: file for file in inputs if isinstance(file, Derived)}.values())
