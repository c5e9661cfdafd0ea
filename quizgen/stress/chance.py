"""Chance: how likely a result is where nothing but chance is at work."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log, sqrt

UNLIKELY = 0.001  # a result this rare is no accident
SIGMAS = 3.0
_TERMS = 10_000
_CLOSE = 1e-15
_TINY = 1e-300


def chi_square(observed: Sequence[float], expected: Sequence[float]) -> float:
    """How likely counts that differ at least so much from those expected are: Pearson's test, all but one free."""
    statistic = sum((seen - due) ** 2 / due for seen, due in zip(observed, expected, strict=True))
    return survival(statistic, len(observed) - 1)


def survival(statistic: float, freedom: int) -> float:
    """The chance that a chi-square variable of so many degrees of freedom is at least `statistic`."""
    return 1.0 if statistic <= 0 or freedom < 1 else _upper_gamma(freedom / 2, statistic / 2)


def _upper_gamma(a: float, x: float) -> float:
    """The regularised incomplete gamma function Q(a, x), for a > 0 and x > 0.

    A series below x = a + 1, a continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31, by Lentz's method).
    """
    scale = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, _TERMS):
            term *= x / (a + n)
            total += term
            if term < total * _CLOSE:
                break
        return max(0.0, 1 - scale * total)
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    h = d
    for n in range(1, _TERMS):
        b += 2
        d = 1 / (b - n * (n - a) * d or _TINY)
        c = b - n * (n - a) / c or _TINY
        h *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return scale * h


def spread(chances: Sequence[float]) -> tuple[float, float]:
    """The expected number of hits among independent tries with these chances, and its standard deviation."""
    return sum(chances), sqrt(sum(chance * (1 - chance) for chance in chances))
