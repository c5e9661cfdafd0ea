"""Pace: how long a class takes for a question, for recipes that say minutes in place of a number of questions."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.compose.recipes import Part

# Minutes for one question of a form, with reading and checking. Test authors reckon with about a minute for a choice,
# half a minute for a true/false statement, and one to two for a short answer in writing.
MINUTES = {"choice": 1.0, "truth": 0.5, "recall": 1.25, "numeric": 1.25, "cloze": 0.75, "match": 2.5, "order": 2.0}


def count_in(minutes: int, parts: Sequence[Part]) -> int:
    """How many questions, shared by these parts as they say, a class answers in so many minutes; at least one."""
    shares = [part.share or part.count or 1 for part in parts]
    each = sum(share * _minutes(part) for share, part in zip(shares, parts, strict=True)) / sum(shares)
    return max(1, int(minutes / each))


def _minutes(part: Part) -> float:
    return sum(MINUTES[form] for form in part.forms) / (len(part.forms) or 1)
