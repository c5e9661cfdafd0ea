"""Proof: that a value is wrong, whatever of all that may be right is right; a value that is proved so."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.facts import Fact
from quizgen.values import Single, Text, rules_out
from quizgen.values.text import all_rule_out, compared, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A value proved wrong, and the fact that it comes from (None: made up)."""

    value: Single
    fact: Fact | None
    unlike: bool = False  # named by the curator as often confused with the key's fact


class Proof:
    """Says whether a value is proved wrong: ruled out by everything that may be right, and nothing that many may be.

    `right` is all that may be right. `shared` are folded texts that prove nothing: 'pianist' is not wrong of a
    composer.
    """

    __slots__ = ("_known", "_right", "_shared", "_texts")

    def __init__(self, right: tuple[Single, ...], shared: frozenset[str] = frozenset()) -> None:
        self._right = right
        self._shared = shared
        texts = [compared(one.text) for one in right if isinstance(one, Text)]
        self._texts = texts if len(texts) == len(right) else None  # where all are, which is quicker to know
        # What is right proves nothing of itself; one right value is as quickly compared anew.
        self._known: dict[Single | str, bool] | None = dict.fromkeys(map(_said, right), False) if right[1:] else None

    def __call__(self, value: Single) -> bool:
        """Whether `value` is proved wrong."""
        if self._known is None:
            return self._proved(value)
        said = _said(value)
        known = self._known.get(said)
        if known is None:
            known = self._known[said] = self._proved(value)
        return known

    def _proved(self, value: Single) -> bool:
        if self._shared and isinstance(value, Text) and fold(value.text) in self._shared:
            return False
        if self._texts is not None and type(value) is Text:
            return all_rule_out(self._texts, value.text)
        for right in self._right:  # noqa: SIM110 - a loop takes half as long, and runs most often of all
            if not rules_out(value, right):
                return False
        return True


def _said(value: Single) -> Single | str:
    """The value, by which it is known again: of a text its words, whose hash is at hand."""
    return value.text if type(value) is Text else value
