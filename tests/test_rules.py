"""Every rule of soundness is watched: switched off, one at a time, each makes the judges find something wrong.

The judges are the oracle over messy decks, and a few small decks on what the oracle does not look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from quizgen.ask import ask
from quizgen.ask.agree import singles
from quizgen.questions import Choice, Cloze, Match, Order, Recall, Truth
from quizgen.values import Quantity, Text
from tests.asking import all_of, asked, the
from tests.messy import messy_deck
from tests.oracle import Oracle
from tests.test_soundness import ENGLISH

SEEDS = range(40)


def over_messy_decks() -> None:
    for seed in SEEDS:
        deck = messy_deck(seed)
        Oracle(deck).judge(ask(deck, ENGLISH))


def over_small_decks(folder: Path) -> None:
    for number, judge in enumerate(
        (no_leak, ambiguous, units, attributed, several, told_apart, numbers, lengths, blanks, alike, shared)
    ):
        own = folder / str(number)
        own.mkdir()
        judge(own)


def no_leak(folder: Path) -> None:
    result = asked(
        folder,
        """
        paris: {term: place where the Treaty of Paris was signed, meaning: Paris}
        vell: {term: place of the Peace of Sel, meaning: Vell}
        war: {event: The war of 1914 breaks out, when: 1914}
        peace: {event: Peace is made, when: 1850}
        fair: {event: The fair opens, when: 1900}
        flood: {event: The flood comes, when: 1800}
        comet: {event: The comet returns, when: 1700}
        """,
    )
    assert "paris/meaning" not in {question.about.id for question in result.bank.questions}
    assert "war/when" not in {question.about.id for question in result.bank.questions}
    assert "war/what" not in {question.about.id for question in result.bank.questions}
    for cloze in all_of(result, Cloze):
        assert cloze.about.fact != "war"
    for order in all_of(result, Order):
        assert "war" not in order.about.facts


def ambiguous(folder: Path) -> None:
    result = asked(
        folder,
        """
        one: {person: Ada Lind, role: former official}
        two: {person: Bo Marr, role: former senior official}
        three: {person: Cy Tole, role: poet of the court}
        """,
    )
    assert "one/who" not in {recall.about.id for recall in all_of(result, Recall)}


def units(folder: Path) -> None:
    result = asked(
        folder,
        """
        a: {figure: length of the wall, value: 5 km}
        b: {figure: length of the dyke, value: 5000 m}
        c: {figure: cost of the wall, value: 500 crowns}
        d: {figure: length of the road, value: 12 km}
        e: {figure: length of the lane, value: 40 km}
        f: {figure: length of the canal, value: 7 km}
        """,
    )
    for choice in all_of(result, Choice):
        texts = {option.text for option in choice.options}
        assert not {"5 km", "5000 m"} <= texts
        if choice.about.way == "value":
            assert len({text.partition(" ")[2] for text in texts}) == 1


def attributed(folder: Path) -> None:
    result = asked(
        folder,
        """
        bribe: {claim: The mayor took money, by: two newspapers, status: alleged, denied-by: the mayor}
        fire: {event: The guild burns the mill, when: 1979, status: disputed, by: the miller}
        fair: {event: The fair opens, when: 1850}
        flood: {event: The flood comes, when: 1910}
        comet: {event: The comet returns, when: 1800}
        gone: {event: The king dies, when: 1890, retired: It was his brother}
        """,
    )
    assert the(result, "bribe/who", Recall).prompt.startswith("Who alleges")
    assert "the miller" in the(result, "fire/when", Recall).prompt
    assert "the miller" in the(result, "fire/when", Truth).statement
    assert "the miller" in str(the(result, "fire/cloze", Cloze).pieces)
    assert "fire" not in {fact for match in all_of(result, Match) for fact in match.about.facts}
    assert "1890" not in repr(result.bank.questions)


def several(folder: Path) -> None:
    result = asked(
        folder,
        """
        one: {quote: Never give up, by: Ada Lind}
        two: {quote: Never give up, by: Bo Marr}
        three: {quote: Count twice, by: Cy Tole}
        four: {quote: Stone remembers, by: Dee Hart}
        five: {quote: Leave it alone, by: Eli Sand}
        """,
    )
    assert set(the(result, "one/who", Recall).answers) == {"Ada Lind", "Bo Marr"}
    assert not [cloze for cloze in all_of(result, Cloze) if cloze.about.fact in ("one", "two")]
    assert not [truth for truth in all_of(result, Truth) if truth.about.fact in ("one", "two")]


def told_apart(folder: Path) -> None:
    result = asked(
        folder,
        """
        one: {event: The town floods, when: 1850, where: Sel}
        two: {event: The town floods, when: 1910, where: Vell}
        """,
    )
    assert the(result, "one/when", Recall).prompt.endswith("The town floods (Sel).")


def numbers(folder: Path) -> None:
    result = asked(
        folder,
        """
        a: {figure: dead of the war, value: "at least 15,000"}
        b: {figure: dead of the flood, value: "900"}
        c: {figure: dead of the fire, value: "20,000"}
        d: {figure: height of the tower, value: 12 km}
        e: {figure: height of the tower, value: 500 crowns}
        """,
    )
    assert not [choice for choice in all_of(result, Choice) if choice.about.id == "a/value"]
    assert not [truth for truth in all_of(result, Truth) if truth.about.id == "a/value"]
    assert "d/value" not in {question.about.id for question in result.bank.questions}


def lengths(folder: Path) -> None:
    long = "the process by which plants turn light, water and carbon dioxide into sugar and oxygen"
    result = asked(
        folder,
        f"""
        a: {{term: photosynthesis, meaning: "{long}"}}
        b: {{term: osmosis, meaning: water movement}}
        c: {{term: mitosis, meaning: cell division}}
        d: {{term: diffusion, meaning: even spreading}}
        """,
    )
    assert "a/meaning" not in {choice.about.id for choice in all_of(result, Choice)}


def blanks(folder: Path) -> None:
    result = asked(folder, "a: {figure: the 12 apostles, value: 12}")
    assert not all_of(result, Cloze)


def alike(folder: Path) -> None:
    result = asked(
        folder,
        """
        parts: {list: parts of the craft, members: [hull, mast, keel]}
        crew: {list: parts of the crew, members: [Ada, Bo, Cy]}
        kings: {list: kings of Ombria, members: [Dee, Eli, Fay]}
        rivers: {list: rivers of Ombria, members: [Sel, Orm]}
        lakes: {list: rivers of the north, members: [Vell, Ax]}
        """,
    )
    choices = {choice.about.fact: choice for choice in all_of(result, Choice)}
    assert "parts" not in choices
    assert "kings" not in choices
    assert {option.text for option in choices["rivers"].options} == {"Sel", "Orm", "Vell", "Ax"}


def shared(folder: Path) -> None:
    result = asked(
        folder,
        """
        ada: {person: Ada Lind, role: pianist}
        bo: {person: Bo Marr, role: composer of songs}
        cy: {person: Cy Tole, role: composer of songs}
        dee: {person: Dee Hart, role: founder of the guild}
        eli: {person: Eli Sand, role: builder of the mill}
        fay: {person: Fay Orr, role: keeper of the gate}
        gil: {person: Gil West, role: maker of the first map}
        """,
    )
    classes = {"pianist", "composer of songs"}
    whose = {"ada", "bo", "cy"}
    assert whose <= {recall.about.fact for recall in all_of(result, Recall) if recall.about.way == "role"}
    assert not whose & {question.about.fact for question in result.bank.questions if question.about.way == "who"}
    assert not [o for choice in all_of(result, Choice) for o in choice.options if o.text in classes and not o.right]
    assert not [t for t in all_of(result, Truth) if not t.verdict and any(name in t.statement for name in classes)]
    assert not [match for match in all_of(result, Match) if classes & set(match.right)]
    assert {"dee", "eli"} <= {choice.about.fact for choice in all_of(result, Choice) if choice.about.way == "who"}


def test_the_judges_find_nothing_wrong(tmp_path: Path) -> None:
    over_messy_decks()
    over_small_decks(tmp_path)


# ---- the rules, each with what it is like without it -----------------------------------------------------------------

Broken = Callable[..., Any]


def yes(*_: object, **__: object) -> bool:
    return True


def no(*_: object, **__: object) -> bool:
    return False


def nothing(*_: object, **__: object) -> None:
    return None


def _sure_only(agreeing: Any, field: str) -> tuple[Any, ...]:  # noqa: ANN401 - as the rule takes them
    return tuple(s for o in agreeing.sure if field in o.values for s in singles(o.values[field]))


def _exact(_: str, number: Any, upper: Any, __: str) -> tuple[Any, Any]:  # noqa: ANN401 - as above
    return number, number if upper is None else upper


def _first_only(*args: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as above
    fact, _, field = args
    return (fact.values[field],)


RULES: dict[str, tuple[str, Broken]] = {
    "dates with a day in common rule nothing out": (
        "quizgen.values.compare._RULES",
        lambda: {"Date": lambda one, other: one.written != other.written},
    ),
    "numbers that overlap rule nothing out": (
        "quizgen.values.compare._RULES",
        lambda: {"Quantity": lambda one, other: one.written != other.written},
    ),
    "names may be aliases, parts, initials or descriptions": (
        "quizgen.values.compare._RULES",
        lambda: {"Name": lambda one, other: one.text != other.text},
    ),
    "a text may be another with more words": (
        "quizgen.values.compare._RULES",
        lambda: {"Text": lambda one, other: one.text != other.text},
    ),
    "a qualifier widens a number": ("quizgen.values.quantities._bounds", lambda: _exact),
    "units convert": ("quizgen.values.quantities.unit_of", lambda: nothing),
    "names may be parts of one another": ("quizgen.values.names._may_be_one", lambda: no),
    "an initial may hide a name": ("quizgen.values.names._by_initials", lambda: no),
    "places may lie in one another": ("quizgen.values.names._apart", lambda: lambda one, other: one != other),
    "what may agree counts": ("quizgen.ask.items._right", lambda: _sure_only),
    "a wrong option is ruled out by every right value": ("quizgen.ask.items.Proof.__call__", lambda: yes),
    "options rule one another out": ("quizgen.ask.wrong.rules_out", lambda: yes),
    "two right answers are told apart, or both right": ("quizgen.ask.items.distinct", lambda: _first_only),
    "a blank has one right answer": ("quizgen.ask.cloze.distinct", lambda: _first_only),
    "a question does not contain its answer": ("quizgen.ask.items.leaked", lambda: nothing),
    "a sentence does not contain its blank": ("quizgen.ask.cloze.leaked", lambda: nothing),
    "a column does not contain its order": ("quizgen.ask.groups.leaked", lambda: nothing),
    "answers are of one kind": ("quizgen.ask.items.Asker._one_kind", lambda: nothing),
    "what fits as well is not left out of a recall": (
        "quizgen.ask.forms._fitting",
        lambda: lambda item: item.agreeing,
    ),
    "a right option does not stand out by its length": (
        "quizgen.ask.wrong._stands_out",
        lambda: no,
    ),
    "options have the key's shape": ("quizgen.ask.pool._row", lambda: lambda *_: ""),
    "lists lend members to lists that are alike": ("quizgen.ask.wrong._alike", lambda: yes),
    "orders are proved": ("quizgen.ask.groups._apart", lambda: yes),
    "matches are one to one": ("quizgen.ask.groups._not_right", lambda: yes),
    "sides of a match rule one another out": ("quizgen.ask.groups.rules_out", lambda: yes),
    "who asserts it is said": ("quizgen.ask.speaking.Speaker._wants_attribution", lambda: no),
    "what many may be is no wrong option": ("quizgen.ask.items.Asker.shared", lambda: lambda *_: frozenset()),
    "nobody is asked for by what many may be": ("quizgen.ask.items.Asker._tells_one", lambda: nothing),
    "what many may be is not matched": ("quizgen.ask.groups.Asker.is_shared", lambda: no),
    "withdrawn facts are not asked": (
        "quizgen.ask.about.asks",
        lambda: lambda fact, way: fact.only_ways is None or way in fact.only_ways,
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_switched_off_is_missed(rule: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target, broken = RULES[rule]
    switch_off(monkeypatch, target, broken())
    with pytest.raises((AssertionError, ValueError, KeyError, AttributeError, TypeError)):
        over_small_decks(tmp_path)
        over_messy_decks()


def switch_off(monkeypatch: pytest.MonkeyPatch, target: str, broken: Any) -> None:  # noqa: ANN401 - anything is patched
    """Put `broken` in the place of a rule, wherever it has been imported."""
    if isinstance(broken, dict):
        rules = __import__("quizgen.values.compare", fromlist=["_RULES"])._RULES
        for kind in list(rules):
            if kind.__name__ in broken:
                monkeypatch.setitem(rules, kind, broken[kind.__name__])
        return
    monkeypatch.setattr(target, broken)
    if target == "quizgen.ask.about.asks":
        monkeypatch.setattr("quizgen.ask.forms.asks", broken)
        monkeypatch.setattr("quizgen.ask.groups.asks", broken)


def test_the_judges_look_at_what_they_are_given() -> None:
    seen: Iterable[type] = (Text, Quantity)
    deck = messy_deck(0)
    kinds = {type(value) for fact in deck.facts for value in fact.values.values()}
    assert set(seen) <= kinds
    assert Oracle(deck).judge(ask(deck, ENGLISH)) > 50
