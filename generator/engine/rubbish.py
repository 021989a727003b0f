"""What Python's search for circular rubbish may cost a build: nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MUCH = 1.25  # times as many objects as after the last search, and it is time for another
_left = 0  # how many objects the last search left


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circular rubbish meanwhile: a build makes millions of values that all live to its end, and
    going through them again and again takes a third of its time.

    Imagine `honour serve` left open for a week: what builds froze is let go before a later one, once there is
    enough of it to be worth a second's search through everything."""
    global _left
    if (frozen := gc.get_freeze_count()) > _left * _MUCH:
        if frozen:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        _left = gc.get_freeze_count()
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else the first search afterwards goes through all of them after all
        if was:
            gc.enable()
