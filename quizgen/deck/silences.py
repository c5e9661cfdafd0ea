"""Silences: the rules of `quizgen check` that a deck or a fact sets aside, each with the reason."""

from __future__ import annotations

from quizgen.deck.texts import Texts
from quizgen.facts import Silence
from quizgen.source.nodes import Map


def read_silence(owner: Map, texts: Texts) -> tuple[Silence, ...]:
    """The silences of a deck or a fact, as written; whether there are such rules is for the check to say."""
    node = owner["silence"]
    if not isinstance(node, Map) or not node:
        place = owner.key_place("silence")
        texts.wrong(
            place, "'silence' is a mapping of rules to reasons", "Write `silence: {absolutes: the law says so}`."
        )
        return ()
    reasons = {rule: texts.one(node, rule, "reason") for rule in node}
    return tuple(
        Silence(rule=rule, reason=reason, place=node.key_place(rule)) for rule, reason in reasons.items() if reason
    )
