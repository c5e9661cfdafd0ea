"""Timelines and bars on a card: HTML of which the style sheet makes a picture, with the words that stand for it."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.questions import Scale
from quizgen.write.anki.text import inert

_NEAR = 0.1  # of the axis: marks nearer than that stand one above the other, so that they do not touch on a phone
_SHORT = 6  # letters of a tick's label; where some are longer, a phone has room for the first and the last alone
_SEEN = 0.01  # of the axis: a shorter span is only a point


def timeline(scale: Scale, says: str) -> str:
    """The axis with its ticks, and a numbered mark for each item at its place. `says` is what a screen reader reads."""
    levels = _levels([(begin + end) / 2 for begin, end in scale.spans])
    parts = []
    for at, label in scale.ticks:
        parts.append(f'<span class="tick" style="--at:{_percent(at)}"><bdi>{inert(label)}</bdi></span>')
    for number, ((begin, end), level) in enumerate(zip(scale.spans, levels, strict=True), 1):
        if end - begin > _SEEN:
            parts.append(f'<span class="span" style="--at:{_percent(begin)};--long:{_percent(end - begin)}"></span>')
        middle = _percent((begin + end) / 2)
        parts.append(f'<span class="mark" style="--at:{middle};--level:{level}"><b>{number}</b></span>')
    crowded = " crowded" if any(len(label) > _SHORT for _, label in scale.ticks) else ""
    drawn = "".join(parts)
    return f'<div class="axis{crowded}" style="--levels:{max(levels)}" role="img" aria-label="{says}">{drawn}</div>'


def bar(span: tuple[float, float]) -> str:
    """A bar as long as that part of the axis; the amount stands beside it in words."""
    return f'<span class="bar" style="--long:{_percent(span[1])}" aria-hidden="true"></span>'


def _levels(places: Sequence[float]) -> list[int]:
    """How high each mark stands, from 0, for places in their order: the lowest level where it touches no other."""
    last: list[float] = []  # the place that was given out last, by level
    levels = []
    for place in places:
        level = next((number for number, other in enumerate(last) if place - other >= _NEAR), len(last))
        last[level : level + 1] = [place]
        levels.append(level)
    return levels


def _percent(part: float) -> str:
    return f"{part * 100:.2f}".rstrip("0").rstrip(".") + "%"
