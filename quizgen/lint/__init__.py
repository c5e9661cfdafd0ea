"""Lint: rules of item writing, checked over a deck and its questions.

A rule is a row of `RULES`; what a curator has looked at and set aside, in `silence`, is not told again.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.facts import Deck, Fact, Silence
from quizgen.language import Language
from quizgen.lint.found import Found, Rule
from quizgen.lint.table import BY_NAME, RULES
from quizgen.problems import Problem, did_you_mean, error, quoted, warning
from quizgen.questions import Bank

__all__ = ["RULES", "Rule", "lint"]


def lint(deck: Deck, bank: Bank, language: Language) -> tuple[Problem, ...]:
    """All that the rules find in a deck and its questions, sorted by place; each names its rule."""
    used: set[Silence] = set()
    problems: list[Problem] = []
    for rule in RULES:
        for found in rule.check(deck, bank, language):
            silences = [one for one in _silences(deck, found) if one.rule == rule.name]
            used.update(silences)
            if not silences and not rule.told_by_reading:
                problems.append(_problem(rule, found))
    problems.extend(_of_silences(deck, used))
    return tuple(sorted(set(problems)))


def _silences(deck: Deck, found: Found) -> tuple[Silence, ...]:
    return deck.silence + (found.about.silence if isinstance(found.about, Fact) else ())


def _problem(rule: Rule, found: Found) -> Problem:
    place = found.about.place if isinstance(found.about, Fact) else found.about
    return Problem(place, found.says, found.remedy, rule.level, rule.name)


def _of_silences(deck: Deck, used: set[Silence]) -> Iterator[Problem]:
    """Silences of rules that there are not, and those that silence nothing."""
    for silence in (*deck.silence, *(one for fact in deck.facts for one in fact.silence)):
        if silence.rule not in BY_NAME:
            remedy = did_you_mean(silence.rule, BY_NAME, otherwise="`quizgen check --rules` lists them.")
            yield error(silence.place, f"there is no rule {quoted(silence.rule)}", remedy)
        elif silence not in used:
            says = f"this silences nothing: the rule {quoted(silence.rule)} finds nothing wrong here"
            yield warning(silence.place, says, "Remove it.", rule="silence")
