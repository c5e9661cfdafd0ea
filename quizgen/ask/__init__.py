"""Ask: from a deck to its bank of questions, with all that cannot be asked."""

from __future__ import annotations

import gc
from collections.abc import Collection

from quizgen.ask.captions import with_captions
from quizgen.ask.forms import Asked, ask_fact
from quizgen.ask.groups import ask_groups
from quizgen.ask.items import Asker
from quizgen.ask.plainly import PlainCards
from quizgen.ask.plausible import forget_looks
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.questions import Bank, form_of
from quizgen.values.text import forget_texts


def ask(deck: Deck, language: Language, *, only_cards: bool = False, of: Collection[str] | None = None) -> Bank:
    """Every sound question of the deck, in the deck's order, and what was skipped with the reason.

    With `only_cards`, of all these those that become Anki cards, without their rivals, in a third of the time. With
    `of`, of all these those of the facts with these ids, in a time that grows with their number.
    """
    enabled = gc.isenabled()
    gc.disable()  # all that is made lives on, without cycles: walking it again and again takes longer than asking
    try:
        return _ask(deck, language, only_cards=only_cards and not _captions(deck), of=of)
    finally:
        if only_cards:  # what follows is writing, which compares no texts
            forget_texts()
            forget_looks()
        if enabled:
            gc.enable()


def _captions(deck: Deck) -> bool:
    """Whether there are captions, which are read beforehand only if they tell the answer in no form."""
    return any(fact.picture is not None and fact.picture.caption for fact in deck.facts)


def _ask(deck: Deck, language: Language, *, only_cards: bool, of: Collection[str] | None) -> Bank:
    asker = Asker(deck, language, only_cards=only_cards)
    plain = PlainCards(asker) if only_cards else None
    asked = Asked()
    for fact in deck.facts:
        if of is None or fact.id in of:
            one = ask_fact(asker, fact, plain)
            asked.questions.extend(one.questions)
            asked.skipped.extend(one.skipped)
    for kind in deck.kinds.values():
        several = ask_groups(asker, kind, of)
        asked.questions.extend(several.questions)
        asked.skipped.extend(several.skipped)
    questions = sorted(asked.questions, key=lambda question: question.about.position)  # stable: ways in their order
    return Bank(questions=with_captions(questions, asker.facts, language), skipped=tuple(asked.skipped))


def counts(bank: Bank) -> dict[str, int]:
    """How many questions there are of each form."""
    out: dict[str, int] = {}
    for question in bank.questions:
        out[form_of(question)] = out.get(form_of(question), 0) + 1
    return out
