"""Asking: how each form stands in a terminal, and what a typed line is worth as its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from quizgen.grade import Grade, Verdict, grade, grade_number, plain
from quizgen.language import Language
from quizgen.practice.screen import Talk
from quizgen.questions import Choice, Cloze, Match, Numeric, Option, Order, Question, Recall, Truth, one_line

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
RIGHT, WRONG = Verdict.RIGHT, Verdict.WRONG


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict on a typed line; what the line said, in words; and why that is wrong, where we know."""

    verdict: Verdict
    said: str
    why: str | None = None


def put(question: Question, talk: Talk, language: Language) -> None:
    """Shows the question; a picture in the words that stand for it."""
    if question.about.picture:
        talk.say(language.say("practice.picture", alt=question.about.picture.alt), "quiet")
    if question.about.caption:
        talk.say(question.about.caption, "quiet")
    if isinstance(question, Cloze):
        talk.say(question.prompt)
    talk.say(one_line(question), "strong")
    for number, text in enumerate(_numbered(question, language), start=1):
        talk.say(text, indent="  ", label=f"{number:>2}  ")
    if isinstance(question, Match):
        for letter, text in zip(_LETTERS, question.right, strict=False):
            talk.say(text, indent="      ", label=f"{letter}  ")
    if isinstance(question, Choice) and question.instruction:
        talk.say(question.instruction)


def hint(question: Question, language: Language) -> str:
    """How to answer it, where that is not by typing the answer ('' where it is)."""
    match question:
        case Choice():
            return language.say("practice.type-numbers" if question.several else "practice.type-number")
        case Truth():
            return language.say("practice.type-number")
        case Match():
            example = " ".join(_LETTERS[: len(question.left)][::-1])
            return language.say("practice.type-letters", example=example)
        case Order():
            example = " ".join(str(i) for i in range(len(question.items), 0, -1))
            return language.say("practice.type-order", example=example)
        case Recall() | Cloze() | Numeric():
            return ""
        case _:
            assert_never(question)


def answer_of(question: Question, language: Language) -> str:
    """The right answer, in words."""
    match question:
        case Recall() | Numeric():
            return question.answers[0]
        case Choice():
            return "; ".join(option.text for option in question.options if option.right)
        case Truth():
            return language.say("practice.true" if question.verdict else "practice.false")
        case Cloze():
            return question.gaps[0].answers[0]
        case Match():
            return "; ".join(f"{question.left[left]} → {question.right[right]}" for left, right in question.pairs)
        case Order():
            said = zip(question.items, question.values, strict=True)
            return "; ".join(f"{item} ({value})" for item, value in said)
        case _:
            assert_never(question)


def correction_of(question: Question) -> str | None:
    """The true statement, where a false one was shown."""
    return question.correction if isinstance(question, Truth) and not question.verdict else None


def mark(question: Question, typed: str, language: Language, options: Sequence[Option] = ()) -> Mark | None:
    """What the line is worth; None if it cannot be an answer. `options` tell why, of another form of the question."""
    match question:
        case Recall():
            return _typed(
                grade(
                    typed,
                    question.answers,
                    answer_type=question.answer_type,
                    rivals=question.rivals,
                    language=language,
                ),
                typed,
                options,
            )
        case Cloze():
            gap = question.gaps[0]
            known = grade(typed, gap.answers, answer_type=gap.answer_type, rivals=gap.rivals, language=language)
            return _typed(known, typed, options)
        case Numeric():
            known = grade_number(
                typed,
                question.answers,
                low=question.low,
                high=question.high,
                unit=question.unit,
                language=language,
            )
            return _typed(known, typed, options)
        case Choice():
            return _chosen(question, typed, language)
        case Truth():
            return _judged(question, typed, language)
        case Match():
            return _matched(question, typed)
        case Order():
            return _ordered(question, typed)
        case _:
            assert_never(question)


def takes(question: Question, typed: str) -> bool:
    """Whether the line is just a listed answer, so that it is no command, whatever it looks like."""
    match question:
        case Recall() | Numeric() | Choice():
            answers = question.answers
        case Cloze():
            answers = question.gaps[0].answers
        case Truth() | Match() | Order():
            return False
        case _:
            assert_never(question)
    return plain(typed) in {plain(answer) for answer in answers}


def _numbered(question: Question, language: Language) -> tuple[str, ...]:
    """What is numbered on the screen."""
    match question:
        case Choice():
            return tuple(option.text for option in question.options)
        case Truth():
            return language.say("practice.true"), language.say("practice.false")
        case Match():
            return question.left
        case Order():
            return tuple(question.items[item] for item in question.shown)
        case Recall() | Cloze() | Numeric():
            return ()
        case _:
            assert_never(question)


def _typed(known: Grade, typed: str, options: Sequence[Option]) -> Mark:
    meant = plain(known.rival or typed)
    why = next((option.why for option in options if not option.right and plain(option.text) == meant), None)
    return Mark(known.verdict, typed.strip(), why)


def _chosen(question: Choice, typed: str, language: Language) -> Mark | None:
    numbers = _numbers(typed, len(question.options))
    if numbers is None or (len(numbers) > 1 and not question.several):
        return _named(question, typed, language)
    chosen = [question.options[number - 1] for number in sorted(set(numbers))]
    why = next((option.why for option in chosen if not option.right), None)
    right = {number - 1 for number in numbers} == set(question.key)
    return Mark(RIGHT if right else WRONG, "; ".join(option.text for option in chosen), why)


def _named(question: Choice, typed: str, language: Language) -> Mark | None:
    """An option typed out in place of its number."""
    if question.several:
        return None
    for option in question.options:
        rivals = tuple(other.text for other in question.options if other is not option)
        if grade(typed, (option.text,), answer_type="text", rivals=rivals, language=language).right:
            return Mark(RIGHT if option.right else WRONG, option.text, option.why)
    return None


def _judged(question: Truth, typed: str, language: Language) -> Mark | None:
    words = {1: ("1", *language.words["practice.true-words"]), 2: ("2", *language.words["practice.false-words"])}
    said = next((number for number, same in words.items() if plain(typed) in same), None)
    if said is None:
        return None
    text = language.say("practice.true" if said == 1 else "practice.false")
    return Mark(RIGHT if (said == 1) == question.verdict else WRONG, text, question.why)


def _matched(question: Match, typed: str) -> Mark | None:
    """Letters in the order of the numbers: `b a c`, `bac`, or with the numbers before them: `1b 2a 3c`."""
    written = plain(typed)
    letters = re.findall("[a-z]", written)
    numbers = re.findall("[0-9]+", written)
    if len(letters) != len(question.left) or not set(letters) <= set(_LETTERS[: len(question.right)]):
        return None
    if numbers and numbers != [str(number) for number in range(1, len(letters) + 1)]:
        return None
    given = {(row, _LETTERS.index(letter)) for row, letter in enumerate(letters)}
    said = " ".join(f"{row}{letter}" for row, letter in enumerate(letters, start=1))
    return Mark(RIGHT if given == set(question.pairs) else WRONG, said)


def _ordered(question: Order, typed: str) -> Mark | None:
    numbers = _numbers(typed, len(question.items))
    if numbers is None or sorted(numbers) != list(range(1, len(question.items) + 1)):
        return None
    given = [question.shown[number - 1] for number in numbers]
    right = given == sorted(given)
    return Mark(RIGHT if right else WRONG, " ".join(map(str, numbers)))


def _numbers(typed: str, most: int) -> list[int] | None:
    """The numbers that a line lists, from 1 to `most`: `3 1 2`, `3,1,2`, or `312` where each has one digit."""
    written = plain(typed)
    if not re.fullmatch("[0-9]+([ ,.;]+[0-9]+)*[ ,.;]*", written):
        return None
    found = re.findall("[0-9]+", written)
    if len(found) == 1 and most < 10 and len(found[0]) > 1:  # noqa: PLR2004 - one digit each
        found = list(found[0])
    numbers = [int(number) for number in found if len(number) < 4]  # noqa: PLR2004 - nothing has a thousand options
    return numbers if len(numbers) == len(found) and all(1 <= number <= most for number in numbers) else None
