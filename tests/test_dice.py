"""Dice are fair, and the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.dice import Dice, dice_of, lot, lots


def chi_square(thrown: Iterable[object], outcomes: Iterable[object]) -> float:
    counts = Counter(thrown)
    faces = list(outcomes)
    expected = counts.total() / len(faces)
    assert set(counts) <= set(faces)
    return sum((counts[face] - expected) ** 2 / expected for face in faces)


@pytest.mark.parametrize("n, limit", [(2, 10.83), (3, 13.82), (5, 18.47), (6, 20.52), (7, 22.46), (100, 148.2)])
def test_every_number_is_as_likely_as_another(n: int, limit: float) -> None:
    dice = Dice("fair", n)
    assert chi_square((dice.below(n) for _ in range(20_000)), range(n)) < limit  # p > 0.001


@pytest.mark.parametrize("n, limit", [(2, 10.83), (4, 16.27), (6, 20.52)])
def test_the_first_throws_of_many_dice_are_fair_too(n: int, limit: float) -> None:
    assert chi_square((Dice("deck", f"fact-{i}", "when").below(n) for i in range(20_000)), range(n)) < limit


def test_every_order_is_as_likely_as_another() -> None:
    dice = Dice("orders")
    assert chi_square((dice.shuffled("abcd") for _ in range(24_000)), permutations("abcd")) < 49.73


def test_every_pair_is_as_likely_as_another() -> None:
    dice = Dice("pairs")
    assert chi_square((dice.pick("abcde", 2) for _ in range(20_000)), permutations("abcde", 2)) < 43.82


def test_chance_is_even() -> None:
    dice = Dice("coin")
    assert chi_square((dice.chance() for _ in range(20_000)), [True, False]) < 10.83


def test_the_throws_are_what_they_have_always_been() -> None:
    dice = Dice("deck", "taliban-founded", "when", 7)
    assert [dice.below(6) for _ in range(12)] == [5, 5, 1, 0, 1, 0, 1, 2, 3, 2, 3, 1]
    assert dice.shuffled("abcdefg") == tuple("afgbdce")
    assert lot("deck", 7) == 2456653060997985717


def test_the_hash_seed_of_the_interpreter_changes_nothing() -> None:
    throws = "from quizgen.dice import Dice; print(Dice('a', 1).shuffled(range(20)))"
    outs = {
        subprocess.run(
            [sys.executable, "-c", throws], check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outs) == 1


@given(st.text(), st.text(), st.integers(), st.text())
def test_many_dice_of_one_way_are_those_made_one_by_one(deck: str, fact: str, number: int, what: str) -> None:
    many, one = dice_of((deck,), (number, what))(fact), Dice(deck, fact, number, what)
    assert [many.below(1000) for _ in range(60)] == [one.below(1000) for _ in range(60)]


@given(st.text(), st.lists(st.integers(), max_size=200))
def test_things_are_shuffled_as_they_are_drawn(part: str, things: list[int]) -> None:
    quick, plain = Dice(part), Dice(part)
    drawn = tuple(plain.drawn(things))
    assert quick.shuffled(things) == drawn
    assert [quick.below(6) for _ in range(9)] == [plain.below(6) for _ in range(9)]


def test_parts_are_kept_apart() -> None:
    seeds = [("ab", "c"), ("a", "bc"), ("abc",), ("a", "b", "c"), ("1:a",), ("a", ""), ("", "a"), ("a",)]
    assert len({lot(*parts) for parts in seeds}) == len(seeds)


@given(st.text(), st.integers(min_value=1, max_value=2**600))
def test_a_number_is_below_its_limit(part: str, n: int) -> None:
    assert 0 <= Dice(part).below(n) < n


@given(st.text(), st.lists(st.integers()), st.data())
def test_what_is_picked_was_there_and_no_oftener(part: str, things: list[int], data: st.DataObject) -> None:
    k = data.draw(st.integers(min_value=0, max_value=len(things)))
    picked = Dice(part).pick(things, k)
    assert len(picked) == k
    assert Counter(picked) <= Counter(things)
    assert sorted(Dice(part).shuffled(things)) == sorted(things)


@pytest.mark.parametrize("n", [0, -1])
def test_no_number_is_below_nothing(n: int) -> None:
    with pytest.raises(ValueError, match="no number"):
        Dice("x").below(n)


def test_more_than_there_are_cannot_be_picked() -> None:
    with pytest.raises(ValueError, match="cannot pick 3 of 2"):
        Dice("x").pick("ab", 3)


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), min_size=1, max_size=3))
def test_lots_for_many_texts_are_those_drawn_one_by_one(parts: list[str], texts: list[str]) -> None:
    assert lots(*parts)(*texts) == lot(*parts, *texts)
