"""What publishing asks of the place that it publishes to, be it a folder, a share or another machine.

    current            a link to releases/<id>; with a pointer, current.txt with the id, and what servers read
    releases/<id>/     the last releases, whole
    history.json       which were shown, in order
    lately/            what pages opened a moment ago still ask for
    .honour-…          at work

Nothing gets a name in `releases/` before it is whole, verified and on the disk, and `current` changes by one
rename: whenever a publisher or its machine stops, what `current` names is whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from generator.engine.seal import Seal
from generator.problems import GeneratorError, Place, Problem, error
from generator.releases.content import Content
from generator.releases.history import History
from generator.releases.lease import Holder

Progress = Callable[[int, int], None]
Guard = Callable[[Path], tuple[Problem, ...]]
Told = Callable[[Holder], None]

ID = re.compile("[0-9a-f]{32}")
RELEASES, CURRENT, POINTER, LATELY = "releases", "current", "current.txt", "lately"


class Destination(Protocol):
    """Every method may raise GeneratorError; nothing but `show` changes what is shown."""

    name: str

    def lock(self, wait: float, told: Told) -> None:
        """Take the lock within `wait` seconds; `told` is called once with who holds it. Raises GeneratorError
        `release-locked`. What a killed publisher left half made goes."""

    def unlock(self) -> None:
        """Give the lock back."""

    def check_lock(self) -> None:
        """Raise GeneratorError `release-lock-lost` if somebody took the lock over."""

    def current(self) -> str:
        """The id of the release that is shown; "" if there is none yet."""

    def releases(self) -> frozenset[str]:
        """The ids of those that are here."""

    def seal(self, release: str) -> Seal | None:
        """What the manifest of a release says; None if it says nothing of ours."""

    def history(self) -> History:
        """Which were shown, as last written."""

    def stage(
        self, content: Content, before: str, progress: Progress | None, verify: Progress | None
    ) -> Path:
        """Bring the files of a release here, beside what is shown, unchanged ones as links to the release
        `before`; verify every byte. A folder of this machine that holds the same, for guards."""

    def admit(self, release: str) -> None:
        """Give what was staged its name."""

    def damage(self, release: str, progress: Progress | None) -> tuple[str, ...]:
        """The paths of a release that are not what its manifest says."""

    def copy_of(self, release: str) -> Path:
        """A folder of this machine that holds a release, for guards."""

    def show(self, release: str, history: History, was: str) -> None:
        """Write the history, let `lately` hold what it names, new ones from the release `was`, and switch."""

    def place(self, name: str, data: bytes) -> None:
        """Put a file beside the releases, where servers read it and nobody asks for it."""

    def remove(self, releases: Iterable[str]) -> None:
        """Delete releases, as far as it can be done now."""


@contextmanager
def held(destination: Destination, wait: float, told: Told) -> Iterator[Destination]:
    """A destination while nobody else publishes there."""
    destination.lock(wait, told)
    try:
        yield destination
    finally:
        destination.unlock()


def refuse(name: str, code: str, **found: object) -> GeneratorError:
    """What a destination says when it can't."""
    return GeneratorError([error(Place(name), code, **found)])
