"""What Python's search for circular rubbish may cost a build: nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circular rubbish meanwhile: a build makes millions of values that all live to its end, and
    going through them again and again takes a third of its time.

    Imagine `honour serve` left open for a week: what one build froze is let go before the next."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else the first search afterwards goes through all of them after all
        if was:
            gc.enable()
