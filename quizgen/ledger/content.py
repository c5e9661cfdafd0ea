"""What the content of a question is: all that its learner reads, and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from quizgen.facts import Picture
from quizgen.questions import Question

# Where a fact stands, what it is called and what it is compared with are not what the learner reads. If they counted,
# a new fact would change its neighbours, and an update takes a learner's own tags off every note that changed.
_NOT_CONTENT = frozenset({"place", "position", "deck", "kind", "fact", "facts", "answer_type", "rivals"})


def digest_of(question: Question) -> str:
    """A digest of what the question says: its canonical JSON, without places, ids and rivals.

    Members that are empty are left out, so that a member that is added to questions later changes no digest.
    """
    return digest(json.dumps(question, default=_plain, sort_keys=True, ensure_ascii=True, separators=(",", ":")))


def digest(text: str) -> str:
    """The first half of the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(value: object) -> object:
    if isinstance(value, Picture):
        words = {"caption": value.caption, "credit": value.credit}
        held = {"sha256": hashlib.sha256(value.data).hexdigest(), "alt": value.alt}
        return held | {name: text for name, text in words.items() if text}
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((name, getattr(value, name)) for name in _members(type(value)))
        return {name: part for name, part in parts if part or isinstance(part, Decimal)}
    raise TypeError(f"a question holds a {type(value).__name__}, which has no canonical JSON")


@cache
def _members(kind: type[Any]) -> tuple[str, ...]:
    return tuple(member.name for member in fields(kind) if member.name not in _NOT_CONTENT)
