"""Nothing is asked that has a second right answer: an oracle of its own judges the questions of messy decks.

The oracle shares no code with the engine: it reads the *shown* texts again, with its own reading of dates and numbers,
and compares them with every fact of the deck.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from quizgen.ask import ask
from quizgen.facts import Deck, Fact
from quizgen.language import read_language
from quizgen.questions import Bank, Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth
from quizgen.templates import Templates
from quizgen.values import Date, Many, Name, Quantity, Text
from tests.messy import messy_deck

DECKS = int(os.environ.get("QUIZGEN_MESSY_DECKS", "60"))
ENGLISH, _ = read_language(Templates.found(), "en")
MONTHS = {name: number for number, name in enumerate(ENGLISH.words["months"], 1)}
SMALL = {"a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "by", "with", "from"}
PER_MILE = 1609.344
Span = tuple[float, float]


def bank_of(deck: Deck) -> Bank:
    return ask(deck, ENGLISH)


# ---- the oracle ---------------------------------------------------------------------------------------------------


def days(text: str) -> Span:
    """The span of days that a shown date may mean."""
    about = text.startswith("about ")
    text = text.removeprefix("about ")
    if text.startswith("since "):
        return day_span(text.removeprefix("since "))[0], float("inf")
    for mark in ("–", " to "):
        if mark in text:
            start, _, end = text.partition(mark)
            return day_span(start)[0], day_span(end)[1]
    low, high = day_span(text)
    return (low - 5 * 365, high + 5 * 365) if about else (low, high)


def day_span(text: str) -> Span:
    words = text.split()
    year = int(words[-1])
    if len(words) == 1:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    month = MONTHS[words[-2]]
    if len(words) == 2:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1).toordinal(), (following - timedelta(days=1)).toordinal()
    day = date(year, month, int(words[0])).toordinal()
    return day, day


def amount(text: str) -> tuple[str, Span]:
    """What a shown number measures, and between what bounds it may lie, in metres where it is a length."""
    found = re.fullmatch(r"(about|at least|up to|more than)? ?([\d,.]+)(?:-([\d,.]+))?(%| \w+)?", text)
    assert found, text
    low = high = float(found[2].replace(",", ""))
    if found[3]:
        high = float(found[3].replace(",", ""))
    if found[1] == "about":
        low, high = low * 0.9, high * 1.1
    elif found[1] in ("at least", "more than"):
        high = float("inf")
    elif found[1] == "up to":
        low = 0.0
    unit = (found[4] or "").strip()
    scale = {"km": 1000.0, "m": 1.0, "mi": PER_MILE}.get(unit)
    return ("length", (low * scale, high * scale)) if scale else ("%" if unit == "%" else "", (low, high))


def words(text: str) -> frozenset[str]:
    found = frozenset(re.sub(r"[^\w ]", " ", text.casefold()).split())
    return found - SMALL or found


def maybe_same_text(one: str, other: str) -> bool:
    a, b = words(one), words(other)
    return a <= b or b <= a


def maybe_same_name(one: str, other: str) -> bool:
    if one.rsplit(maxsplit=1)[-1].islower() or other.rsplit(maxsplit=1)[-1].islower():
        return True  # a description may be anybody
    a, b = one.casefold().replace(".", "").split(), other.casefold().replace(".", "").split()
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return len(a) == len(b) and a[-1] == b[-1] and a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))


def apart(one: Span, other: Span) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def maybe_equal(field: str, shown: str, other: str) -> bool:
    """Whether two shown values of a field may both be right."""
    if field == "when":
        return not apart(days(shown), days(other))
    if field == "value":
        (kind, span), (other_kind, other_span) = amount(shown), amount(other)
        return kind == other_kind and not apart(span, other_span)
    if field in ("by", "person"):
        return maybe_same_name(shown, other)
    if field == "where":
        return bool(words(shown) & words(other))
    return maybe_same_text(shown, other)


def shown(fact: Fact, field: str) -> list[str]:
    """The shown members of a fact's field, worded by the oracle."""
    value = fact.values.get(field)
    if value is None:
        return []
    members = value.members if isinstance(value, Many) else (value,)
    return [text_of(member) for member in members]


def text_of(value: Text | Date | Quantity | Name) -> str:
    match value:
        case Text() | Name():
            return value.text
        case Quantity():
            return value.written
        case Date():
            return worded(value.written)


def worded(written: str) -> str:
    if written.endswith("~"):
        return f"about {worded(written[:-1])}"
    start, _, end = written.partition("/")
    if end == "..":
        return f"since {start}"
    if end:
        return f"{start}–{end}"
    parts = written.split("-")
    names = {number: name for name, number in MONTHS.items()}
    return " ".join([*(str(int(part)) for part in parts[2:]), *(names[int(part)] for part in parts[1:2]), parts[0]])


def agreeing(deck: Deck, fact: Fact, fields: Iterable[str]) -> list[Fact]:
    """The facts of the kind that may say the same as `fact` in all fields that both have."""

    def may_agree(other: Fact, field: str) -> bool:
        pairs = [(one, two) for one in shown(fact, field) for two in shown(other, field)]
        return not pairs or any(maybe_equal(field, one, two) for one, two in pairs)

    kin = [other for other in deck.facts if other.kind.name == fact.kind.name]
    return [other for other in kin if all(may_agree(other, field) for field in fields)]


SHOWS = {  # way -> the fields that its question shows, and the field that it wants
    ("event", "when"): (["event"], "when"),
    ("event", "what"): (["when"], "event"),
    ("event", "where"): (["event"], "where"),
    ("figure", "value"): (["figure", "when"], "value"),
    ("figure", "what"): (["value"], "figure"),
    ("quote", "who"): (["quote"], "by"),
    ("person", "role"): (["person"], "role"),
    ("person", "who"): (["role"], "person"),
    ("term", "meaning"): (["term"], "meaning"),
    ("term", "term"): (["meaning"], "term"),
}


def rights(deck: Deck, question: Question) -> list[str]:
    """Every text that may be a right answer."""
    fact = next(fact for fact in deck.facts if fact.id == question.about.fact)
    fields, wanted = SHOWS[fact.kind.name, question.about.way]
    told_apart = [field for field in fact.values if any(f"({text})" in asked(question) for text in shown(fact, field))]
    return [text for other in agreeing(deck, fact, [*fields, *told_apart]) for text in shown(other, wanted)]


def asked(question: Question) -> str:
    return question.correction if isinstance(question, Truth) else question.prompt


# ---- the judgements -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(DECKS))
def test_no_wrong_option_may_be_right_and_no_statement_is_doubtful(seed: int) -> None:
    deck = messy_deck(seed)
    judged = 0
    for question in bank_of(deck).questions:
        match question:
            case Choice():
                judge_choice(deck, question)
            case Truth():
                judge_truth(deck, question)
            case Order():
                judge_order(question)
            case Match():
                judge_match(deck, question)
            case Recall() | Numeric() | Cloze():
                judge_answers(deck, question)
        judged += 1
    assert judged > 50


def judge_choice(deck: Deck, question: Choice) -> None:
    wanted = SHOWS[question.about.kind, question.about.way][1]
    possible = rights(deck, question)
    right = [option.text for option in question.options if option.right]
    assert right
    for option in question.options:
        if option.right:
            assert option.text in possible
        else:
            assert option.why
            assert not any(maybe_equal(wanted, option.text, text) for text in possible), question
    for one in question.options:
        for two in question.options:
            if one is not two and not (one.right and two.right):
                assert not maybe_equal(wanted, one.text, two.text) or wanted in ("event", "figure"), question


def judge_truth(deck: Deck, question: Truth) -> None:
    fact = next(fact for fact in deck.facts if fact.id == question.about.fact)
    own = shown(fact, SHOWS[fact.kind.name, question.about.way][1])[0]
    assert own in question.correction
    if question.verdict:
        assert question.statement == question.correction
        return
    assert question.statement != question.correction
    before = len(os.path.commonprefix([question.statement, question.correction]))
    tail = len(os.path.commonprefix([question.statement[::-1], question.correction[::-1]]))
    wanted = SHOWS[fact.kind.name, question.about.way][1]
    if wanted in ("when", "value"):
        start = question.correction.rindex(own)
        assert start <= before
        false = question.statement[start : len(question.statement) - (len(question.correction) - start - len(own))]
        assert tail >= len(question.correction) - start - len(own)
        assert not any(maybe_equal(wanted, false, text) for text in rights(deck, question)), question


def judge_order(question: Order) -> None:
    spans = [days(value) for value in question.values]
    assert len(spans) >= 3
    assert all(one[1] < two[0] for one, two in pairwise(spans)), question
    assert question.shown != tuple(range(len(spans)))


def judge_match(deck: Deck, question: Match) -> None:
    kind = question.about.kind
    left, right = {
        "event": ("event", "when"),
        "figure": ("figure", "value"),
        "quote": ("quote", "by"),
        "person": ("person", "role"),
        "term": ("term", "meaning"),
    }[kind]
    own = dict(question.pairs)
    assert sorted(own) == sorted(own.values()) == list(range(len(question.left)))
    for i, text in enumerate(question.left):
        for fact in deck.facts:
            if fact.kind.name == kind and any(maybe_equal(left, text, other) for other in shown(fact, left)):
                for value in shown(fact, right):
                    for j, candidate in enumerate(question.right):
                        assert j == own[i] or not maybe_equal(right, candidate, value), question


def judge_answers(deck: Deck, question: Recall | Numeric | Cloze) -> None:
    if isinstance(question, Cloze):
        assert all(gap.answers for gap in question.gaps)
        text = "".join(piece if isinstance(piece, str) else "___" for piece in question.pieces)
        assert not any(f" {gap.answers[0].casefold()} " in f" {text.casefold()} " for gap in question.gaps)
        return
    possible = rights(deck, question)
    assert question.answers[0] in possible or " and " in question.answers[0]


def test_the_same_deck_gives_the_same_questions() -> None:
    assert bank_of(messy_deck(1)) == bank_of(messy_deck(1))


def test_most_of_a_messy_deck_is_asked_or_says_why_not() -> None:
    deck = messy_deck(2)
    bank = bank_of(deck)
    spoken = {question.about.fact for question in bank.questions} | {skipped.fact for skipped in bank.skipped}
    assert spoken == {fact.id for fact in deck.facts}


@pytest.mark.parametrize(
    "broken",
    [
        "quizgen.ask.items.Proof.__call__",
        "quizgen.ask.groups._apart",
        "quizgen.ask.groups._not_right",
        "quizgen.ask.groups.rules_out",
    ],
)
def test_the_oracle_sees_a_rule_that_is_switched_off(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broken, lambda *_: True)
    with pytest.raises((AssertionError, ValueError)):
        for seed in range(20):
            test_no_wrong_option_may_be_right_and_no_statement_is_doubtful(seed)
