"""Memo: what has been worked out before in one run of asking; it forgets all when it is full, and goes with the run.

Many facts of a large deck have one date, place or author, and what follows from these alone is worked out once.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")

_FULL = 1 << 14  # entries: more than a deck has dates, and too few to weigh beside its questions


class Memo(dict[_K, _V]):
    """What was worked out, by what it follows from."""

    def keep(self, key: _K, value: _V) -> _V:
        """Remembers that value, and gives it back."""
        if len(self) >= _FULL:
            self.clear()
        self[key] = value
        return value
