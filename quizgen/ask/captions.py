"""Captions: which may stand under a picture before the question is answered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from quizgen.facts import Fact
from quizgen.language import Language
from quizgen.questions import Question, accepted_answers
from quizgen.values.show import show
from quizgen.values.text import fold

LONG = 4  # letters: a word of as many tells something of an answer that it stands in
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]")  # no spaces part words


def with_captions(questions: Iterable[Question], facts: Mapping[str, Fact], language: Language) -> tuple[Question, ...]:
    """The questions, each with its picture's caption where that tells nothing of an answer.

    A caption that does tell something is still the picture's own, to be shown after answering.
    """
    held = tuple(questions)
    if not any(question.about.picture and question.about.picture.caption for question in held):
        return held
    answers: dict[str, list[str]] = defaultdict(list)  # a true or false statement is asked in one way with others
    for question in held:
        answers[question.about.id].extend(_answers(question, facts[question.about.fact], language))
    return tuple(_captioned(question, answers[question.about.id]) for question in held)


def tells(caption: str, answer: str) -> bool:
    """Whether the caption has a number or a longer word of the answer, or all of a short one.

    >>> tells("The crew with Neil Armstrong", "Armstrong"), tells("Three men in a boat", "1969")
    (True, False)
    >>> tells("July 1969", "20 July 1969"), tells("Gold is soft", "Au")
    (True, False)
    """
    said, wanted = fold(caption), fold(answer).split()
    if _UNSPACED.search(answer):
        return any(word in said for word in wanted)
    telling = [word for word in wanted if len(word) >= LONG or word.isdigit()] or wanted
    return any(_alike(word, one) for word in telling for one in said.split())


def _alike(word: str, other: str) -> bool:
    """Whether they are one word, or one is the other with an ending."""
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= LONG and not short.isdigit() and long.startswith(short))


def _captioned(question: Question, answers: Iterable[str]) -> Question:
    about = question.about
    caption = about.picture.caption if about.picture else ""
    if not caption or any(tells(caption, answer) for answer in answers):
        return question
    return replace(question, about=replace(about, caption=caption))


def _answers(question: Question, fact: Fact, language: Language) -> Iterator[str]:
    """What the question asks for, as it is accepted and as the deck has it."""
    yield from accepted_answers(question)
    way = fact.kind.ways.get(question.about.way)
    if way is not None and way.answer in fact.values:
        yield show(fact.values[way.answer], language)
        if way.answer == fact.kind.headline:
            yield from fact.also
