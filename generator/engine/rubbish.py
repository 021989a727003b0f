"""What Python's search for circular rubbish may cost a build: nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circular rubbish meanwhile: a build makes millions of values that all live to its end, and
    going through them again and again takes a third of its time.

    Imagine `honour serve` left open for a week: at the end what the build made is searched once, and nothing
    older. A command that ends soon has turned searching off for itself (cli.main), and is left alone."""
    if not gc.isenabled():
        yield
        return
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        gc.enable()
