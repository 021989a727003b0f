"""Builds in one process: their rubbish is let go, and looked for seldom."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from generator.engine.rubbish import uncollected


def rubbish(count: int) -> None:
    for _ in range(count):
        one: list[object] = []
        one.append(one)


@contextmanager
def searches() -> Iterator[list[int]]:
    """The generations of the searches meanwhile."""
    seen: list[int] = []

    def note(phase: str, said: dict[str, int]) -> None:
        if phase == "start":
            seen.append(said["generation"])

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


def test_much_rubbish_is_let_go() -> None:
    with uncollected():
        pass
    heap = gc.get_freeze_count()
    for _ in range(12):
        with uncollected():
            rubbish(heap // 5)
    assert gc.get_freeze_count() < heap * 1.6


def test_a_little_rubbish_is_not_looked_for_again_and_again() -> None:
    for _ in range(2):
        with uncollected():
            pass
    with searches() as seen:
        for _ in range(12):
            with uncollected():
                rubbish(100)
    assert 2 not in seen


def test_nothing_is_looked_for_meanwhile_and_all_is_as_before() -> None:
    assert gc.isenabled()
    with searches() as seen, uncollected():
        seen.clear()
        rubbish(100_000)
        assert not gc.isenabled() and seen == []
    assert gc.isenabled()
