"""Rules on blanks: what cannot be guessed, or need not be known."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.facts import Deck, Fact
from quizgen.language import Language
from quizgen.lint.found import Found
from quizgen.lint.words import words_of
from quizgen.problems import quoted
from quizgen.questions import Bank, Cloze, Gap
from quizgen.values import contains_words

_MOST = 8  # words of a blank


def _blanks(deck: Deck, bank: Bank) -> Iterator[tuple[Fact, Cloze, Gap]]:
    facts = {fact.id: fact for fact in deck.facts}
    for question in bank.questions:
        if isinstance(question, Cloze) and question.about.fact in facts:
            for gap in question.gaps:
                yield facts[question.about.fact], question, gap


def long_blank(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """A blank for more words than anybody fills in."""
    for fact, question, gap in _blanks(deck, bank):
        words = len(gap.answers[0].split())
        if words > _MOST:
            says = f"a blank of {quoted(question.about.id)} stands for {words} words: {quoted(gap.answers[0])}"
            yield Found(fact, says, "Shorten what it stands for, or leave `cloze` out of `ask`.")


def small_blank(deck: Deck, bank: Bank, language: Language) -> Iterator[Found]:
    """A blank for a word that says nothing."""
    small = frozenset(words_of(deck, language, "stop-words"))
    for fact, question, gap in _blanks(deck, bank):
        if small.issuperset(gap.answers[0].split()):  # as written: 'As' is the symbol of arsenic
            says = f"a blank of {quoted(question.about.id)} stands for {quoted(gap.answers[0])}"
            yield Found(fact, says, "Ask for what the fact is about, or leave `cloze` out of `ask`.")


def blank_tells(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """A blank whose answer stands elsewhere in the sentence."""
    for fact, question, gap in _blanks(deck, bank):
        pieces = question.with_one_gap(gap.slot).pieces
        rest = "".join("…" if isinstance(piece, Gap) else piece for piece in pieces)
        if contains_words(rest, gap.answers[0]):
            says = f"the rest of {quoted(question.about.id)} says {quoted(gap.answers[0])}, which a blank asks for"
            yield Found(fact, says, "Say it once.")
