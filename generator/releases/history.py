"""Which releases a destination has shown, in order: what a rollback goes back to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FILE = "history.json"
GRACE = 3600  # seconds for which pages that were opened before a switch find their pictures and styles


@dataclass(frozen=True, slots=True)
class Turn:
    """A release and the moment, in UTC as 2026-11-25T06:00:00+00:00, at which it came or went."""

    id: str
    at: str


@dataclass(frozen=True, slots=True)
class History:
    """`shown` are the releases from the first to the one that is shown; a rollback takes the last ones away.

    `was` is the same before the latest switch: it is written before that switch, so a publisher that is killed
    between the two leaves both, and `current` tells which is true. `gone` are releases that were shown lately."""

    shown: tuple[Turn, ...] = ()
    was: tuple[Turn, ...] = ()
    gone: tuple[Turn, ...] = ()

    def settled(self, current: str) -> History:
        """The same, as it must be if `current` is what is shown."""
        for shown in (self.shown, self.was):
            if _last(shown) == current:
                return History(shown, shown, self.gone)
        told = (*self.shown, Turn(current, now())) if current else ()
        return History(told, told, self.gone)

    def published(self, release: str) -> History:
        """After a switch to a release that was built just now."""
        if _last(self.shown) == release:
            return History(self.shown, self.shown, self._lately())
        return History((*self.shown, Turn(release, now())), self.shown, self._lately())

    def rolled_back(self, release: str) -> History:
        """After a rollback to a release; one that was never shown counts as new."""
        at = max((n for n, turn in enumerate(self.shown[:-1]) if turn.id == release), default=-1)
        if at < 0:
            return self.published(release)
        return History(self.shown[: at + 1], self.shown, self._lately())

    def before(self) -> tuple[str, ...]:
        """The other releases that were shown, the latest first, each once."""
        current = _last(self.shown)
        return tuple(dict.fromkeys(t.id for t in reversed(self.shown) if t.id != current))

    def of_only(self, known: frozenset[str]) -> History:
        """Without the releases that are no more."""
        return History(
            *(tuple(t for t in turns if t.id in known) for turns in (self.shown, self.was, self.gone))
        )

    def last_shown(self, release: str) -> str:
        """When a release was last switched to; "" if it never was."""
        return max((turn.at for turn in self.shown if turn.id == release), default="")

    def _lately(self) -> tuple[Turn, ...]:
        """Those gone within the grace, and the one that goes now. A clock that was put back ends the grace."""
        moment = datetime.now(UTC)
        young = [turn for turn in self.gone if 0 <= (moment - _moment(turn.at)).total_seconds() < GRACE]
        return (*young, *(Turn(turn.id, now()) for turn in self.shown[-1:]))

    def to_bytes(self) -> bytes:
        """history.json as written."""
        said = {
            name: [{"id": turn.id, "at": turn.at} for turn in turns]
            for name, turns in (("shown", self.shown), ("was", self.was), ("gone", self.gone))
        }
        return f"{json.dumps(said, indent=1)}\n".encode()


def parse(data: bytes | None) -> History:
    """The history that `data` is; an empty one if it is none of ours: `current` is what counts."""
    try:
        said: Any = json.loads(data or b"")
        return History(*(tuple(map(_turn, said[name])) for name in ("shown", "was", "gone")))
    except (ValueError, KeyError, TypeError, RecursionError):
        return History()


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _turn(line: dict[str, Any]) -> Turn:
    at = str(line["at"])
    _moment(at)
    return Turn(str(line["id"]), at)


def _moment(at: str) -> datetime:
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError(at)
    return moment


def _last(turns: tuple[Turn, ...]) -> str:
    return turns[-1].id if turns else ""
