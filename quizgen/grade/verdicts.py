"""The verdict on a typed answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Right, right but misspelt, or wrong."""

    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Grade:
    """A verdict; the listed answer that was meant, or, if it was wrong, the rival that was typed."""

    verdict: Verdict
    answer: str | None = None
    rival: str | None = None

    @property
    def right(self) -> bool:
        """Whether it counts as right."""
        return self.verdict is not Verdict.WRONG


WRONG = Grade(Verdict.WRONG)


def best(graded: Iterable[Grade]) -> Grade:
    """The best of these grades, the first of equals; WRONG if there is none."""
    order = list(Verdict)
    return min(graded, key=lambda one: order.index(one.verdict), default=WRONG)


def worse(one: Verdict, other: Verdict) -> Verdict:
    """The worse of two verdicts."""
    return max(one, other, key=list(Verdict).index)
