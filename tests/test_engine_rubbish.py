"""Builds in one process: the rubbish of each is let go, and nothing older is searched for it."""

from __future__ import annotations

import gc
import weakref

import pytest

from generator.engine.rubbish import uncollected


class Ring:
    """Nothing but a search lets it go."""

    def __init__(self) -> None:
        self.itself = self


def test_rubbish_of_a_build_is_let_go_at_its_end() -> None:
    with uncollected():
        made = weakref.ref(Ring())
        assert made() is not None and not gc.isenabled()
    assert made() is None
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_what_was_there_before_is_not_searched() -> None:
    gc.collect()
    gc.disable()
    older = weakref.ref(Ring())
    gc.enable()
    with uncollected():
        pass
    assert older() is not None
    gc.collect()
    assert older() is None


def test_a_fault_ends_it_as_well() -> None:
    with pytest.raises(ValueError), uncollected():
        raise ValueError
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_one_within_another_and_a_process_without_searches_are_left_alone() -> None:
    with uncollected():
        with uncollected():
            made = weakref.ref(Ring())
        assert made() is not None and not gc.isenabled()
    assert made() is None
