"""Dice: chance that is the same on every machine, in every Python and on any day.

One dice a question, seeded by its identity and thrown in a fixed order, so that a new fact leaves the other
questions as they were. `random` promises its sequences for no method but `random()`; blake2b is a standard (RFC 7693).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

_T = TypeVar("_T")
_BLOCK = 64  # bytes that one blake2b gives


def _seed(parts: tuple[str | int, ...]) -> bytes:
    """The parts as bytes that no other parts share: each with its length before it. `1` and `"1"` are the same."""
    return _written(parts).encode("utf-8", "surrogatepass")


def _written(parts: tuple[str | int, ...]) -> str:
    return "".join([f"{len(text)}:{text}" for text in map(str, parts)])


def lot(*parts: str | int) -> int:
    """A number of 64 bits that belongs to these parts alone: sort by it to draw lots."""
    return int.from_bytes(blake2b(_seed(parts), digest_size=8).digest(), "big")


def lots(*parts: str | int) -> Callable[..., int]:
    """What gives `lot(*parts, *texts)` for many texts, faster."""
    begun = blake2b(_seed(parts), digest_size=8)

    def lot_of(*texts: str) -> int:
        drawn = begun.copy()
        drawn.update("".join([f"{len(text)}:{text}" for text in texts]).encode("utf-8", "surrogatepass"))
        return int.from_bytes(drawn.digest(), "big")

    return lot_of


def dice_of(before: tuple[str | int, ...], after: tuple[str | int, ...]) -> Callable[[str], Dice]:
    """What gives `Dice(*before, text, *after)` for many texts, in two thirds of the time."""
    begun, ended = _written(before), _written(after)

    def of(text: str) -> Dice:
        return _Seeded(f"{begun}{len(text)}:{text}{ended}".encode("utf-8", "surrogatepass"))

    return of


class Dice:
    """A dice seeded by its parts. Every throw is fair; the same parts and the same throws give the same results."""

    __slots__ = ("_bits", "_block", "_pool", "_seed")

    def __init__(self, *parts: str | int) -> None:
        self._begin(_seed(parts))

    def _begin(self, seed: bytes) -> None:
        self._seed = seed
        self._block = 0
        self._pool = 0  # bits not yet used, and how many
        self._bits = 0

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1, each as likely as another."""
        if n < 1:
            raise ValueError(f"no number is below {n}")
        wanted = (n - 1).bit_length()
        mask = (1 << wanted) - 1
        while True:
            if self._bits < wanted:
                self._refill(wanted)
            number = self._pool & mask
            self._pool >>= wanted
            self._bits -= wanted
            if number < n:  # throwing again is what keeps it fair
                return number

    def chance(self) -> bool:
        """True as often as False."""
        return self.below(2) == 1

    def shuffled(self, things: Sequence[_T]) -> tuple[_T, ...]:
        """All of `things`, in any order, each order as likely as another."""
        left = list(things)
        pool, bits = self._pool, self._bits
        for last in range(len(left) - 1, 0, -1):  # as `drawn` does it, which needs no list
            wanted = last.bit_length()
            mask = (1 << wanted) - 1
            while True:  # as `below` does it, without a call for each: an eighth less time for a dice and five things
                if bits < wanted:
                    self._pool, self._bits = pool, bits
                    self._refill(wanted)
                    pool, bits = self._pool, self._bits
                place = pool & mask
                pool >>= wanted
                bits -= wanted
                if place <= last:
                    break
            left[place], left[last] = left[last], left[place]
        self._pool, self._bits = pool, bits
        left.reverse()
        return tuple(left)

    def drawn(self, things: Sequence[_T]) -> Iterator[_T]:
        """All of `things`, in any order, one after another: each costs a throw when it is asked for."""
        moved: dict[int, int] = {}  # Fisher and Yates, on the few places that were touched
        for last in range(len(things) - 1, -1, -1):
            place = self.below(last + 1)
            yield things[moved.get(place, place)]
            moved[place] = moved.get(last, last)

    def pick(self, things: Sequence[_T], k: int) -> tuple[_T, ...]:
        """`k` of `things`, none twice, in any order. It costs k throws, however many things there are."""
        if not 0 <= k <= len(things):
            raise ValueError(f"cannot pick {k} of {len(things)}")
        return tuple(islice(self.drawn(things), k))

    def _refill(self, bits: int) -> None:
        """Sees to it that there are so many fresh bits."""
        while self._bits < bits:
            block = blake2b(self._seed, digest_size=_BLOCK, salt=self._block.to_bytes(16, "big")).digest()
            self._pool |= int.from_bytes(block, "big") << self._bits
            self._bits += 8 * _BLOCK
            self._block += 1


class _Seeded(Dice):
    """A dice whose seed is at hand."""

    __slots__ = ()

    def __init__(self, seed: bytes) -> None:
        self._begin(seed)
