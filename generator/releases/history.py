"""Which releases a destination has shown, in order: what a rollback goes back to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from generator.engine.paths import is_safe

FILE = "history.json"
GRACE = 3600  # seconds for which pages that were opened before a switch find their pictures and styles


@dataclass(frozen=True, slots=True)
class Turn:
    """A release and the moment, in UTC as 2026-11-25T06:00:00+00:00, at which it was switched to."""

    id: str
    at: str


@dataclass(frozen=True, slots=True)
class History:
    """`shown` are the releases from the first to the one that is shown; a rollback takes the last ones away.

    `was` is the same before the latest switch: it is written before that switch, so a publisher that is killed
    between the two leaves both, and `current` tells which is true. `lately` are paths that went with a switch, and
    the moment: pages that were opened before it still ask for them."""

    shown: tuple[Turn, ...] = ()
    was: tuple[Turn, ...] = ()
    lately: tuple[tuple[str, str], ...] = ()

    def settled(self, current: str) -> History:
        """The same, as it must be if `current` is what is shown."""
        for shown in (self.shown, self.was):
            if _last(shown) == current:
                return History(shown, shown, self.lately)
        told = (*self.shown, Turn(current, now())) if current else ()
        return History(told, told, self.lately)

    def published(self, release: str, lately: Mapping[str, str]) -> History:
        """After a switch to a release that was built just now."""
        same = _last(self.shown) == release
        shown = self.shown if same else (*self.shown, Turn(release, now()))
        return History(shown, self.shown, tuple(lately.items()))

    def rolled_back(self, release: str, lately: Mapping[str, str]) -> History:
        """After a rollback to a release; one that was never shown counts as new."""
        at = max((n for n, turn in enumerate(self.shown[:-1]) if turn.id == release), default=-1)
        if at < 0:
            return self.published(release, lately)
        return History(self.shown[: at + 1], self.shown, tuple(lately.items()))

    def before(self) -> tuple[str, ...]:
        """The other releases that were shown, the latest first, each once."""
        current = _last(self.shown)
        return tuple(dict.fromkeys(t.id for t in reversed(self.shown) if t.id != current))

    def of_only(self, known: frozenset[str]) -> History:
        """Without the releases that are no more."""
        shown, was = (tuple(t for t in turns if t.id in known) for turns in (self.shown, self.was))
        return History(shown, was, self.lately)

    def last_shown(self, release: str) -> str:
        """When a release was last switched to; "" if it never was."""
        return max((turn.at for turn in self.shown if turn.id == release), default="")

    def young(self) -> dict[str, str]:
        """Those of `lately` within the grace. A clock that was put back ends it."""
        moment = datetime.now(UTC)
        return {path: at for path, at in self.lately if 0 <= (moment - _moment(at)).total_seconds() < GRACE}

    def to_bytes(self) -> bytes:
        """history.json as written."""
        said: dict[str, Any] = {
            name: [{"id": turn.id, "at": turn.at} for turn in turns]
            for name, turns in (("shown", self.shown), ("was", self.was))
        }
        said["lately"] = dict(self.lately)
        return f"{json.dumps(said, indent=1)}\n".encode()


def parse(data: bytes | None) -> History:
    """The history that `data` is; an empty one if it is none of ours: `current` is what counts."""
    try:
        said: Any = json.loads(data or b"")
        shown, was = (tuple(map(_turn, said[name])) for name in ("shown", "was"))
        lately = tuple((str(path), _checked(at)) for path, at in said["lately"].items() if is_safe(str(path)))
        return History(shown, was, lately)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return History()


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _turn(line: dict[str, Any]) -> Turn:
    return Turn(str(line["id"]), _checked(line["at"]))


def _checked(at: object) -> str:
    _moment(str(at))
    return str(at)


def _moment(at: str) -> datetime:
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError(at)
    return moment


def _last(turns: tuple[Turn, ...]) -> str:
    return turns[-1].id if turns else ""
