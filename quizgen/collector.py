"""The garbage collector, at rest while many objects are made that live on: it would walk them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MUCH = 100_000  # objects that are there since the last collection: some ten megabytes


@contextmanager
def collector_resting() -> Iterator[None]:
    """No garbage collection inside; afterwards as before.

    What was made inside then counts as old, as it would after a collection, which is spared: on 10,000 facts the next
    one would walk half a million young objects, a tenth of the time that it took to read them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():  # else somebody keeps frozen what this would thaw
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def let_go_of_circles() -> None:
    """Collects what goes in circles and nobody has any more, if there is much of it: between one deck and the next."""
    if gc.get_count()[0] > _MUCH:
        gc.collect()
