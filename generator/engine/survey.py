"""What has to be done to bring a folder to a list of targets, and why."""

from __future__ import annotations

import os
import stat as modes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from generator.engine import seal
from generator.engine.carry import Order
from generator.engine.ledger import Row
from generator.engine.manifest import Walk
from generator.engine.paths import SEAL
from generator.engine.place import holds
from generator.engine.seal import Entry
from generator.engine.target import Target
from generator.problems import GeneratorError, Place, error


class Standing(NamedTuple):
    """What is known of an output folder: the files that are ours, and the ledger's rows of them.

    `settled` is False where a build was killed or failed; `preview` is that of the build that wrote them."""

    owned: frozenset[str]
    rows: dict[str, Row]
    settled: bool
    preview: bool
    seal: Row | None


def standing(out: str, rows: dict[str, Row]) -> Standing:
    """Raises GeneratorError `out-foreign` if `out` holds files but no seal of ours.

    The seal says what is ours, the rows only what we know of it: somebody may have deleted the store, or put
    another folder in the place of this one."""
    row = rows.pop(SEAL, None)
    settled = row is not None and row.key in _settled_keys(len(rows))
    if row is not None and settled and _rests(out, row) and _covers(row, rows):
        preview = row.key == _settled_keys(len(rows))[True]
        return Standing(frozenset(rows), rows, settled=True, preview=preview, seal=row)
    if seal.is_foreign(out):
        raise GeneratorError([error(Place(out.replace("\\", "/")), "out-foreign", out=out)])
    found = seal.read(out)
    owned = frozenset(entry.path for entry in found.files) if found is not None else frozenset()
    known = {path: row for path, row in rows.items() if path in owned}
    return Standing(owned, known, settled=False, preview=found is not None and found.preview, seal=row)


def _settled_keys(files: int) -> tuple[str, str]:
    """The seal's key in the ledger after a whole build, and after a whole preview, of so many files.

    Imagine one damaged row: its file must not be taken for a stranger's, so the seal itself is read."""
    return f"public {files}", f"preview {files}"


def _covers(row: Row, rows: dict[str, Row]) -> bool:
    """Whether the seal was made over these very rows.

    Imagine the power going off: some of the rows are a build older than the seal, each of them sound."""
    entries = (Entry(path, known.size, known.sha256) for path, known in rows.items())
    return seal.sealed(entries, date="", preview=False, complete=True).id == row.sha256


def seal_row(written: seal.Seal, out: str) -> Row:
    """The ledger's row of the seal itself; its key spares the next build the reading of it."""
    stat = os.stat(f"{out}/{SEAL}")
    key = _settled_keys(len(written.files))[written.preview] if written.complete else ""
    return Row(SEAL, key, "", stat.st_size, stat.st_mtime_ns, written.id)


@dataclass(frozen=True, slots=True)
class Survey:
    """`orders` are to be made; `reused` paths hold what is wanted; `news` are rows of those to correct."""

    orders: tuple[Order, ...]
    reused: tuple[str, ...]
    news: tuple[Row, ...]


def survey(targets: Iterable[Target], out: str, known: Standing, code: str) -> Survey:
    """Compare every target with the folder. Raises TypeError for a view that isn't frozen plain data."""
    walk = Walk(code)
    orders: list[Order] = []
    reused: list[str] = []
    news: list[Row] = []
    for target in targets:
        path = target.path
        key = walk.key(target)
        row = known.rows.get(path)
        found = _stat(f"{out}/{path}")
        why, now = _compare(path, row, found, out)
        if row is not None and not why and row.key == key:
            wanted = replace_permits(now or row, target)
            if wanted is not row:
                news.append(wanted)
            reused.append(path)
            continue
        ours = found is None or path in known.owned
        orders.append(Order(target, key, _reason(path, row, why, known), ours))
    return Survey(tuple(orders), tuple(reused), tuple(news))


def replace_permits(row: Row, target: Target) -> Row:
    """The same row if its permits are those of `target`."""
    permits = permits_of(target)
    return row if row.permits == permits else row._replace(permits=permits)


def permits_of(target: Target) -> str:
    """The permits of a target as a row has them."""
    return "\n".join(sorted(set(target.permits))) if target.permits else ""


def _reason(path: str, row: Row | None, why: str, known: Standing) -> str:
    if row is None:
        return "forgotten" if path in known.owned else "new"
    return why or "changed"


def _compare(path: str, row: Row | None, found: os.stat_result | None, out: str) -> tuple[str, Row | None]:
    """Whether the file is what its row says: ("", None), or ("", its corrected row), or (why not, None).

    Imagine an output folder restored from a pipeline's cache: the times are new, the bytes are not."""
    if row is None:
        return "", None
    if found is None:
        return "missing", None
    if found.st_size == row.size and found.st_mtime_ns == row.mtime_ns and modes.S_ISREG(found.st_mode):
        return "", None
    if holds(f"{out}/{path}", row.size, row.sha256):
        return "", row._replace(mtime_ns=found.st_mtime_ns)
    return "edited", None


def _rests(out: str, row: Row) -> bool:
    found = _stat(f"{out}/{row.path}")
    return found is not None and found.st_size == row.size and found.st_mtime_ns == row.mtime_ns


def _stat(place: str) -> os.stat_result | None:
    try:
        return os.lstat(place)
    except OSError:
        return None
