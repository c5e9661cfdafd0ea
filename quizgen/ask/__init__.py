"""Ask: from a deck to its bank of questions, with all that cannot be asked."""

from __future__ import annotations

import gc

from quizgen.ask.forms import Asked, ask_fact
from quizgen.ask.groups import ask_groups
from quizgen.ask.items import Asker
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.questions import Bank, form_of


def ask(deck: Deck, language: Language) -> Bank:
    """Every sound question of the deck, in the deck's order, and what was skipped with the reason."""
    enabled = gc.isenabled()
    gc.disable()  # all that is made lives on, without cycles: walking it again and again takes longer than asking
    try:
        return _ask(deck, language)
    finally:
        if enabled:
            gc.enable()


def _ask(deck: Deck, language: Language) -> Bank:
    asker = Asker(deck, language)
    asked = Asked()
    for fact in deck.facts:
        one = ask_fact(asker, fact)
        asked.questions.extend(one.questions)
        asked.skipped.extend(one.skipped)
    for kind in deck.kinds.values():
        several = ask_groups(asker, kind)
        asked.questions.extend(several.questions)
        asked.skipped.extend(several.skipped)
    questions = sorted(asked.questions, key=lambda question: question.about.position)  # stable: ways in their order
    return Bank(questions=tuple(questions), skipped=tuple(asked.skipped))


def counts(bank: Bank) -> dict[str, int]:
    """How many questions there are of each form."""
    out: dict[str, int] = {}
    for question in bank.questions:
        out[form_of(question)] = out.get(form_of(question), 0) + 1
    return out
