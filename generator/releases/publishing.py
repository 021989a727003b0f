"""A built folder becomes the release that is shown; an older release becomes it again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.engine.parallel import Progress
from generator.engine.seal import Seal
from generator.problems import GeneratorError
from generator.releases.content import Content
from generator.releases.destination import Destination, Guard, refuse
from generator.releases.history import History, now

# Names with a digest of what they hold, as in docs/contracts.md and deploy/server/nginx. The kiosk sees to itself.
_MARKED = re.compile(
    r"(?!kiosk/).+-(?:[0-9a-f]{12}|[0-9a-f]{6})(?:-\d+)?\.(?:css|js|webp|jpg|png)(?:\.gz|\.br)?"
)
_SHOWN = re.compile(r"(?:exemplars|activities)/[^/]+/")


@dataclass(frozen=True, slots=True)
class Published:
    """What is shown now. `new`: another release than before. `size` in bytes; `removed` counts old releases."""

    id: str
    date: str
    new: bool
    files: int
    size: int
    removed: int


def publish(
    destination: Destination,
    content: Content,
    *,
    keep: int,
    guards: Sequence[Guard] = (),
    progress: Progress | None = None,
    verify: Progress | None = None,
) -> Published:
    """Show `content` at a destination that is held, and leave the last `keep` releases there.

    `guards` look at the staged release; whatever problem one of them finds refuses the switch. Raises
    GeneratorError, and what was shown before still is."""
    release = content.seal.id
    was = destination.current()
    before = _history(destination, was)
    staged = destination.stage(content, was if was != release else "", progress, verify)
    if found := tuple(problem for guard in guards for problem in guard(staged)):
        raise GeneratorError(found)
    destination.check_lock()
    destination.admit(release)
    after = before.published(release, _lately(destination, before, was, content.seal))
    destination.show(release, after, was)
    removed = prune(destination, after, keep)
    return Published(
        release, content.seal.date, release != was, len(content.seal.files), content.size, removed
    )


def rollback(
    destination: Destination,
    wanted: str = "",
    *,
    guards: Sequence[Guard] = (),
    progress: Progress | None = None,
) -> Published:
    """Show the release before, or the one whose id begins with `wanted`, at a destination that is held.

    It is verified anew, and `guards` look at it as at any other. Raises GeneratorError."""
    was = destination.current()
    before = _history(destination, was)
    release = chosen(destination, before, wanted)
    said = destination.seal(release)
    damaged = destination.damage(release, progress)
    if damaged or said is None:
        raise refuse(destination.name, "release-damaged", id=release[:8], path=damaged[0], count=len(damaged))
    if guards:
        copy = destination.copy_of(release)
        if found := tuple(problem for guard in guards for problem in guard(copy)):
            raise GeneratorError(found)
    destination.check_lock()
    after = before.rolled_back(release, _lately(destination, before, was, said))
    destination.show(release, after, was)
    size = sum(entry.size for entry in said.files)
    return Published(release, said.date, release != was, len(said.files), size, 0)


def chosen(destination: Destination, history: History, wanted: str) -> str:
    """The release that somebody means. Raises GeneratorError if there is none, or more than one."""
    here = destination.releases()
    if not wanted:
        for release in history.before():
            if release in here:
                return release
        raise refuse(destination.name, "release-none-before")
    found = sorted(release for release in here if release.startswith(wanted.lower()))
    if len(found) != 1:
        known = "、".join(release[:8] for release in found or sorted(here)) or "—"
        raise refuse(destination.name, "release-unknown", id=wanted, known=known)
    return found[0]


def prune(destination: Destination, history: History, keep: int) -> int:
    """Delete all but the last `keep` releases, first of all those that never were shown. How many went."""
    shown = destination.current()
    order = [shown, *history.before()]
    old = [release for release in order[max(1, keep) :] if release != shown]
    gone = sorted(destination.releases() - set(order)) + old
    here = destination.releases()
    destination.remove(release for release in gone if release in here)
    return len(here) - len(destination.releases())


def _history(destination: Destination, current: str) -> History:
    return destination.history().of_only(destination.releases()).settled(current)


def _lately(destination: Destination, history: History, was: str, coming: Seal) -> Mapping[str, str]:
    """What pages that were opened a moment ago still ask for, and since when it is no more.

    Only names that carry a digest, so nothing of two releases is ever mixed; and nothing at all if somebody who
    was shown is not any more, or one of their pictures: a picture missing for a minute is no harm, a withdrawn
    one is."""
    going = destination.seal(was) if was else None
    if going is None or not _shown(going) <= _shown(coming):
        return {}
    stays = {entry.path for entry in coming.files}
    gone = dict.fromkeys((entry.path for entry in going.files if _MARKED.fullmatch(entry.path)), now())
    return {path: at for path, at in (history.young() | gone).items() if path not in stays}


def _shown(said: Seal) -> Counter[str]:
    """How many files belong to each person and event."""
    return Counter(found[0] for entry in said.files if (found := _SHOWN.match(entry.path)))
