"""An oracle that judges questions: it reads the *shown* texts again and compares them with every fact of the deck.

It shares no code with the engine that asks: its own reading of dates, numbers, names and places, its own idea of what
may be the same. It is strict: what it cannot tell apart is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from quizgen.facts import Deck, Fact, Status
from quizgen.questions import Bank, Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth
from quizgen.values import Date, Many, Name, Quantity, Text
from tests.messy import PEOPLE

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
SMALL = {"a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "by", "with", "from"}
METRES = {"km": 1000.0, "m": 1.0, "mi": 1609.344}
ENDLESS = float("inf")
Span = tuple[float, float]

SHOWS = {  # (kind, way) -> the fields that its question shows, and the field that it wants
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
    ("list", "which"): (["list"], "members"),
    ("list", "members"): (["list"], "members"),
}
MATCHED = {"event": "when", "figure": "value", "quote": "by", "person": "role", "term": "meaning"}


# ---- what shown texts say ------------------------------------------------------------------------------------------


def days(text: str) -> Span:
    """The span of days that a shown date may mean."""
    if text.startswith("about "):
        low, high = days(text.removeprefix("about "))
        return low - 5 * 365, high + 5 * 365
    if text.startswith("since "):
        return days(text.removeprefix("since "))[0], ENDLESS
    if found := re.fullmatch(r"the (\d+)s", text):
        return _year(int(found[1]))[0], _year(int(found[1]) + 9)[1]
    for mark in ("–", " to "):
        start, found_mark, end = text.partition(mark)
        if found_mark:
            return days(start)[0], days(end)[1]
    if found := re.fullmatch(r"(\d+) BCE", text):
        return -365.25 * int(found[1]), -365.25 * (int(found[1]) - 1) - 1
    words = text.split()
    if len(words) == 1:
        return _year(int(words[0]))
    year, month = int(words[-1]), MONTHS.index(words[-2]) + 1
    if len(words) == 2:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1).toordinal(), (following - timedelta(days=1)).toordinal()
    day = date(year, month, int(words[0])).toordinal()
    return day, day


def _year(year: int) -> Span:
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def amount(text: str) -> tuple[str, Span]:
    """What a shown number measures, and between what bounds it may lie, in metres where it is a length."""
    found = re.fullmatch(r"(about|at least|up to|more than|nearly)? ?([$€])?([\d,.]+)(?:-([\d,.]+))?(%| \w+)?", text)
    assert found, text
    low = high = float(found[3].replace(",", ""))
    if found[4]:
        high = float(found[4].replace(",", ""))
    if found[1] in ("about", "nearly"):
        low, high = low * 0.9, high * (1.1 if found[1] == "about" else 1)
    elif found[1] in ("at least", "more than"):
        high = ENDLESS
    elif found[1] == "up to":
        low = 0.0
    unit = (found[5] or "").strip()
    if unit in METRES:
        return "length", (low * METRES[unit], high * METRES[unit])
    return (f"money {found[2]}" if found[2] else "share" if unit == "%" else "count"), (low, high)


def words(text: str) -> frozenset[str]:
    """The words of a text that tell something."""
    found = frozenset(re.sub(r"[^\w ]", " ", text.casefold()).split())
    return found - SMALL or found


def apart(one: Span, other: Span) -> bool:
    """Whether two spans have nothing in common."""
    return one[1] < other[0] or other[1] < one[0]


def maybe_equal(field: str, one: str, other: str) -> bool:
    """Whether two shown values of a field may both be right."""
    if field == "when":
        return not apart(days(one), days(other))
    if field == "value":
        (kind, span), (other_kind, other_span) = amount(one), amount(other)
        if kind.startswith("money") and other_kind.startswith("money") and kind != other_kind:
            return True  # who knows the rate of exchange
        return kind == other_kind and not apart(span, other_span)
    if field in ("by", "person"):
        return any(_maybe_one(a, b) for a in _names(one) for b in _names(other))
    if field == "where":
        return _maybe_one_place(one, other)
    a, b = words(one), words(other)
    return a <= b or b <= a


def _names(name: str) -> tuple[str, ...]:
    for whole, also in PEOPLE.items():
        if name == whole or name in also:
            return (whole, *also)
    return (name,)


def _maybe_one(one: str, other: str) -> bool:
    known = {name for whole, also in PEOPLE.items() for name in (whole, *also)}
    if one in known and other in known:
        return _names(one) == _names(other)
    if any(name.rpartition(" ")[2].islower() for name in (one, other)):
        return True  # a description may be anybody
    a, b = one.casefold().replace(".", "").split(), other.casefold().replace(".", "").split()
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return len(a) == len(b) and a[-1] == b[-1] and a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0]))


def _maybe_one_place(one: str, other: str) -> bool:
    (a, _, in_a), (b, _, in_b) = one.partition(","), other.partition(",")
    if in_a and in_a == in_b:
        return bool(words(a) & words(b))
    return bool(words(one) & words(other))


# ---- what a deck says ----------------------------------------------------------------------------------------------


def shown(fact: Fact, field: str) -> list[str]:
    """The members of a fact's field, worded by the oracle."""
    value = fact.values.get(field)
    if value is None:
        return []
    return [_text_of(member) for member in (value.members if isinstance(value, Many) else (value,))]


def _text_of(value: Text | Date | Quantity | Name) -> str:
    if isinstance(value, Date):
        return _worded(value.written)
    return value.written if isinstance(value, Quantity) else value.text


def _worded(written: str) -> str:
    if written.endswith("~"):
        return f"about {_worded(written[:-1])}"
    if written.endswith("X"):
        return f"the {written[:-1]}0s"
    if written.endswith(" BC"):
        return f"{written}E"
    start, _, end = written.partition("/")
    if end:
        return f"since {start}" if end == ".." else f"{start}–{end}"
    parts = written.split("-")
    return " ".join(
        [*(str(int(part)) for part in parts[2:]), *(MONTHS[int(part) - 1] for part in parts[1:2]), parts[0]]
    )


class Oracle:
    """Judges the questions of one deck. What it has against one is an AssertionError."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.facts = {fact.id: fact for fact in deck.facts}
        self.living = [fact for fact in deck.facts if fact.retired is None]

    def judge(self, bank: Bank) -> int:
        """Judges every question; how many there were."""
        for question in bank.questions:
            self._attributed(question)
            assert self.facts[question.about.fact].retired is None, question
            match question:
                case Choice():
                    self._choice(question)
                case Truth():
                    self._truth(question)
                case Order():
                    self._order(question)
                case Match():
                    self._match(question)
                case Recall() | Numeric():
                    self._typed(question)
                case Cloze():
                    self._cloze(question)
        return len(bank.questions)

    def _agreeing(self, fact: Fact, fields: Iterable[str]) -> list[Fact]:
        """The facts of the kind that may say the same as `fact` in all fields that both have."""

        def may_agree(other: Fact, field: str) -> bool:
            pairs = [(one, two) for one in shown(fact, field) for two in shown(other, field)]
            return not pairs or any(maybe_equal(field, one, two) for one, two in pairs)

        kin = [other for other in self.living if other.kind.name == fact.kind.name]
        return [other for other in kin if all(may_agree(other, field) for field in fields)]

    def _rights(self, question: Question) -> list[str]:
        """Every text that may be a right answer."""
        fact = self.facts[question.about.fact]
        fields, wanted = SHOWS[fact.kind.name, question.about.way]
        stem = question.correction if isinstance(question, Truth) else question.prompt
        told_apart = [field for field in fact.values if any(f"({text})" in stem for text in shown(fact, field))]
        return [text for other in self._agreeing(fact, [*fields, *told_apart]) for text in shown(other, wanted)]

    def _attributed(self, question: Question) -> None:
        """Who asserts a doubtful fact stands in every question on it; in columns, only claims beside who makes them."""
        doubtful = [fact for id_ in question.about.facts if (fact := self.facts[id_]).status is not Status.ESTABLISHED]
        if isinstance(question, Match | Order):
            assert not doubtful or (question.about.kind, question.about.way) == ("claim", "match"), question
            for fact in doubtful:
                assert not fact.denied_by or question.about.note, question
        elif doubtful and question.about.kind != "quote":
            assert "the miller" in repr(question.prompt) + repr(getattr(question, "statement", "")) + repr(
                getattr(question, "pieces", "")
            ), question

    def _choice(self, question: Choice) -> None:
        fact = self.facts[question.about.fact]
        wanted = SHOWS[fact.kind.name, question.about.way][1]
        possible = self._rights(question)
        assert any(option.right for option in question.options)
        for option in question.options:
            if option.right:
                assert option.text in possible, question
                continue
            assert option.why, question
            assert option.fact is None or self.facts[option.fact].retired is None, question
            assert not any(maybe_equal(wanted, option.text, text) for text in possible), question
            if wanted == fact.kind.headline:
                assert option.text not in fact.also, question
        for one, two in self._pairs(question):
            assert not maybe_equal(wanted, one, two), question
            if wanted == "value":
                assert amount(one)[0] == amount(two)[0], question
        assert " ".join(question.prompt.split()).rstrip("?.:") != "", question
        key = next(option.text for option in question.options if option.right)
        if wanted not in ("event", "figure", "quote"):
            assert f" {key.casefold()} " not in f" {re.sub(r'[^a-z0-9]', ' ', question.prompt.casefold())} ", question

    def _pairs(self, question: Choice) -> Iterator[tuple[str, str]]:
        for i, one in enumerate(question.options):
            for two in question.options[i + 1 :]:
                if not (one.right and two.right):
                    yield one.text, two.text

    def _truth(self, question: Truth) -> None:
        fact = self.facts[question.about.fact]
        wanted = SHOWS[fact.kind.name, question.about.way][1]
        own = shown(fact, wanted)[0]
        assert own in question.correction, question
        if question.verdict:
            assert question.statement == question.correction, question
            return
        start = question.correction.rindex(own) if wanted != "by" else question.correction.index(own)
        after = len(question.correction) - start - len(own)
        false = question.statement[start : len(question.statement) - after]
        assert question.statement[:start] == question.correction[:start], question
        if wanted in ("when", "value", "by", "role", "meaning"):
            assert not any(maybe_equal(wanted, false, text) for text in self._rights(question)), question

    def _order(self, question: Order) -> None:
        spans = [days(value) for value in question.values]
        assert len(spans) >= 3, question
        assert all(one[1] < two[0] for one, two in pairwise(spans)), question
        assert sorted(question.shown) == list(range(len(spans))), question
        assert list(question.shown) != sorted(question.shown), question

    def _match(self, question: Match) -> None:
        kind = question.about.kind
        left, right = self.deck.kinds[kind].headline, MATCHED[kind]
        own = dict(question.pairs)
        assert sorted(own) == sorted(own.values()) == list(range(len(question.left))), question
        assert len(question.left) >= 3, question
        for i, text in enumerate(question.left):
            fits = [
                f
                for f in self.living
                if f.kind.name == kind and any(maybe_equal(left, text, s) for s in shown(f, left))
            ]
            for value in (value for fact in fits for value in shown(fact, right)):
                for j, candidate in enumerate(question.right):
                    assert j == own[i] or not maybe_equal(right, candidate, value), question

    def _typed(self, question: Recall | Numeric) -> None:
        possible = self._rights(question)
        fact = self.facts[question.about.fact]
        wanted = SHOWS[fact.kind.name, question.about.way][1]
        assert all(text in question.answers[0] for text in shown(fact, wanted)), question
        if isinstance(question, Recall) and wanted == fact.kind.headline:
            # Who fits what is shown is accepted, or it is not asked.
            shows = SHOWS[fact.kind.name, question.about.way][0]
            for other in self._agreeing(fact, shows):
                if all(words(shown(fact, name)[0]) <= words(shown(other, name)[0]) for name in shows):
                    names = shown(other, wanted)
                    assert any(maybe_equal(wanted, name, answer) for name in names for answer in question.answers), (
                        question
                    )
        if isinstance(question, Numeric):
            own = shown(fact, wanted)[0]
            accepted = [t for t in possible if t in question.answers and amount(t)[0] == amount(own)[0]]
            assert all(maybe_equal(wanted, own, text) for text in accepted), question

    def _cloze(self, question: Cloze) -> None:
        assert all(gap.answers for gap in question.gaps), question
        text = "".join(piece if isinstance(piece, str) else "___" for piece in question.pieces).casefold()
        spaced = re.sub(r"[^a-z0-9_ ]", " ", text)
        for gap in question.gaps:
            plain = re.sub(r"[^a-z0-9 ]", " ", gap.answers[0].casefold()).strip()
            assert not plain or f" {plain} " not in f" {spaced} ", question
