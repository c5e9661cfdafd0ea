"""Rules on a deck's questions as a whole: habits that pay for whoever knows them, and answers that stand everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import sqrt

from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.lint.found import Found, whole
from quizgen.lint.options import single_choices
from quizgen.lint.words import words_of
from quizgen.problems import quoted
from quizgen.questions import Bank, Cloze, Numeric, Recall, Truth, accepted_answers
from quizgen.values import contains_words, fold
from quizgen.values.text import telling_words

_SIGMAS = 3
_FEW = 20  # questions of which no share is told
_LEAST, _SHARE = 8, 6  # an answer stands everywhere where more than 8 facts, and one of 6, are asked with it
_LOOKED = 2_000  # stems with an answer's rarest word that are read


def longest_often_right(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """The longest option is right more often than chance would have it."""
    chances: list[float] = []
    longest = 0
    for _, question, right, wrong in single_choices(deck, bank):
        if right.text[:1].isdecimal():
            continue
        chances.append(1 / len(question.options))
        longest += all(len(right.text) > len(option.text) for option in wrong)
    if len(chances) >= _FEW and longest > sum(chances) + _SIGMAS * sqrt(sum(p * (1 - p) for p in chances)):
        says = f"the longest option is the right one in {longest} of {len(chances)} choices"
        yield Found(whole(deck), says, "Shorten the longest values, or say as much of the others.")


def true_false_balance(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """True, or false, is right more often than chance would have it."""
    verdicts = [question.verdict for question in bank.questions if isinstance(question, Truth)]
    true = sum(verdicts)
    if len(verdicts) >= _FEW and abs(true - len(verdicts) / 2) > _SIGMAS * sqrt(len(verdicts)) / 2:
        says = f"{true} of {len(verdicts)} statements are true"
        yield Found(whole(deck), says, "Add facts of these kinds; what is true of each statement is thrown by dice.")


def answer_everywhere(deck: Deck, bank: Bank, language: Language) -> Iterator[Found]:
    """An answer that stands in the stems of many other questions, which give it away."""
    prompts: dict[str, dict[str, None]] = defaultdict(dict)
    for question in bank.questions:
        if isinstance(question, Recall | Numeric):
            prompts[question.about.fact].setdefault(question.prompt)
    stems = {fact: "; ".join(found) for fact, found in prompts.items()}
    holding: dict[str, list[str]] = defaultdict(list)
    for fact, stem in stems.items():
        for word in telling_words(stem):
            holding[word].append(fact)
    most = max(_LEAST, len(stems) // _SHARE)
    small = frozenset(words_of(deck, language, "stop-words"))
    counted: dict[str, int] = {}
    told: set[str] = set()
    for question in bank.questions:
        answers = accepted_answers(question)
        if not answers or question.about.fact in told or isinstance(question, Cloze):
            continue
        answer = answers[0]
        if small.issuperset(fold(answer).split()):
            continue  # 'In' is the symbol of indium
        if answer not in counted:
            counted[answer] = _stems_with(answer, stems, holding, most)
        if counted[answer] > most:
            told.add(question.about.fact)
            asked = f"{quoted(answer)}, the answer of {quoted(question.about.id)}"
            says = f"{asked}, stands in the questions on {counted[answer]} other facts"
            remedy = "Name it less often in headlines, or ask for it in other ways only: `ask: [...]`."
            yield Found(deck.facts[question.about.position], says, remedy)


def _stems_with(answer: str, stems: dict[str, str], holding: dict[str, list[str]], most: int) -> int:
    rarest = min((holding.get(word, []) for word in telling_words(answer)), key=len)
    if len(rarest) <= most or answer[:1].isdecimal():
        return 0
    return sum(contains_words(stems[fact], answer) for fact in rarest[:_LOOKED])
