"""The quick ways of asking come to what the plain ones do."""

from __future__ import annotations

import gc
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.ask import ask
from quizgen.ask.agree import Agreeing, singles
from quizgen.ask.plainly import PlainCards
from quizgen.ask.plausible import plausible_beside, see
from quizgen.ask.proof import Proof
from quizgen.ask.scales import MOST_TICKS, _grids, _ticks
from quizgen.facts import Fact, Status
from quizgen.kinds import Way
from quizgen.language import read_language
from quizgen.questions import Recall
from quizgen.templates import Templates
from quizgen.values import Text, Value, contains_words, fold, rules_out, same
from quizgen.values.compare import meaning
from quizgen.values.dates import first_day
from quizgen.values.text import all_rule_out, compared, text_rules_out
from tests.messy import messy_deck

ENGLISH, _ = read_language(Templates.found(), "en")


@pytest.mark.parametrize("seed", range(6))
def test_what_is_remembered_changes_no_question(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memo that is full at once remembers nothing for long: everything is worked out for each fact."""
    deck = messy_deck(seed, facts=90)
    remembered = ask(deck, ENGLISH)
    monkeypatch.setattr("quizgen.ask.memo._FULL", 0)
    assert ask(deck, ENGLISH) == remembered
    assert len(remembered.questions) > 90


@pytest.mark.parametrize("collecting", [True, False])
def test_asking_leaves_the_garbage_collector_as_it_was(collecting: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    before = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        ask(messy_deck(1), ENGLISH)
        assert gc.isenabled() is collecting
        monkeypatch.setattr("quizgen.ask.Asker", None)
        with pytest.raises(TypeError):
            ask(messy_deck(1), ENGLISH)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


def values_of(name: str) -> list[tuple[Fact, Value]]:
    facts = [fact for seed in range(6) for fact in messy_deck(seed).facts]
    return [(fact, fact.values[name]) for fact in facts if name in fact.values]


@pytest.mark.parametrize("name", ["event", "when", "value", "by", "where", "meaning", "members"])
def test_different_values_are_those_that_are_the_same_as_none_before(name: str) -> None:
    held = values_of(name)
    assert len(held) > 20
    found: list[Value] = []
    for _, value in held:
        if not any(same(value, known) for known in found):
            found.append(value)
    facts = tuple(fact for fact, _ in held)
    assert Agreeing(facts, (), facts).distinct(held[0][1], name) == tuple(found)


@pytest.mark.parametrize("name", ["event", "when", "value", "meaning"])
def test_values_are_the_same_where_they_have_one_meaning(name: str) -> None:
    held = values_of(name)
    pairs = [(one, other) for _, one in held for _, other in held]
    assert all(same(one, other) == (meaning(one) == meaning(other)) for one, other in pairs)
    assert {same(one, other) for one, other in pairs if one is not other} == {True, False}


@pytest.mark.parametrize("name", ["event", "when", "value", "by", "where"])
def test_nothing_is_proved_wrong_that_may_be_right(name: str) -> None:
    every = [single for _, value in values_of(name) for single in singles(value)]
    for right in (tuple(every[:1]), tuple(every[:3])):
        proof = Proof(right)
        expected = [all(rules_out(value, one) for one in right) for value in every]
        assert [proof(value) for value in every] == [proof(value) for value in every] == expected
        assert True in expected and not any(proof(one) for one in right)


WORDS = st.text(alphabet="aAbé 1-.ß’", max_size=8)


@given(WORDS, WORDS)
def test_a_text_contains_the_words_that_its_folding_does(text: str, words: str) -> None:
    inner = fold(words)
    assert contains_words(text, words) == (bool(inner) and f" {inner} " in f" {fold(text)} ")


@given(st.lists(WORDS, min_size=1), WORDS, st.one_of(st.none(), st.just(0.5)), st.sampled_from((None, 0.0, 1.0)))
def test_words_that_all_texts_have_change_no_score(
    texts: list[str], key: str, near: float | None, topic: float | None
) -> None:
    seen = [see(Text(f"the Mill {text}"), near=near, topic=topic) for text in texts]
    for beside in (Text(f"a mill {key}"), Text(key)):
        assert plausible_beside(beside, seen, frozenset(("mill",))) == plausible_beside(beside, seen)


def test_a_timeline_has_the_ticks_of_the_first_grid_that_reaches() -> None:
    chance = Random(1)  # noqa: S311 - no secret
    for _ in range(300):
        first = chance.randrange(-400_000, 800_000)
        end = first + int(10 ** chance.uniform(0, 6))
        assert _ticks(first, end) == plain_ticks(first, end)


def plain_ticks(first: int, end: int) -> list[object]:
    for grid, _ in _grids(first):
        ticks = [next(grid)]
        while first_day(ticks[-1]) < end and len(ticks) <= MOST_TICKS:
            ticks.append(next(grid))
            if first_day(ticks[-1]) <= first:
                ticks = ticks[-1:]
        if len(ticks) <= MOST_TICKS:
            return [*ticks]
    return []


@pytest.mark.parametrize("seed", range(12))
def test_plain_facts_are_asked_the_short_way_as_they_are_the_long_way(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = messy_deck(seed, facts=60)
    plain = [fact for fact in deck.facts if fact.status is Status.ESTABLISHED]
    deck = replace(deck, facts=tuple(plain)) if seed % 2 else deck
    taken: list[Recall] = []

    quick = PlainCards.card

    def noted(self: PlainCards, fact: Fact, way: Way) -> Recall | None:
        card = quick(self, fact, way)
        taken.extend([card] if card else [])
        return card

    monkeypatch.setattr(PlainCards, "card", noted)
    short = ask(deck, ENGLISH, only_cards=True)
    monkeypatch.setattr(PlainCards, "card", lambda *_: None)
    assert ask(deck, ENGLISH, only_cards=True) == short
    assert len(taken) > 5


def test_a_text_is_compared_with_many_as_with_each() -> None:
    texts = [single.text for _, value in values_of("meaning") for single in singles(value) if isinstance(single, Text)]
    texts += ["engineer", "chief engineer", "a low dam across the river", "a low dam accross the river"]
    for text in texts:
        assert all_rule_out(map(compared, texts), text) == all(text_rules_out(text, other) for other in texts)
        others = [other for other in texts if text_rules_out(text, other)]
        assert all_rule_out(map(compared, others), text) and len(others) > 5
