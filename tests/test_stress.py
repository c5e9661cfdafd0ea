"""The stress test: chance is told from habit, every verdict can fail, and what quizgen makes passes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import erfc, exp, sqrt
from pathlib import Path

import pytest

from quizgen.ask import ask
from quizgen.build import Asked, read
from quizgen.columns import width_of
from quizgen.compose import compose, picks
from quizgen.compose.recipes import read_recipe
from quizgen.facts import Deck
from quizgen.language import read_language
from quizgen.problems import Place
from quizgen.questions import About, Bank, Choice, Match, Option, Order, Question, Truth
from quizgen.stress import drawn, stress, verdict
from quizgen.stress.chance import UNLIKELY, chi_square, spread, survival
from quizgen.stress.findings import Finding
from quizgen.stress.guessing import guessed, marks, odds_of
from quizgen.stress.items import Looked, Weighed, look, plausible
from quizgen.stress.options import Ranked, length, position, rank, reuse, single_choices, truth
from quizgen.stress.sheets import Drawn, coverage, draw, guessing, shortages, variety
from quizgen.templates import Templates
from tests.messy import messy_deck

TEMPLATES = Templates.found()
ENGLISH, _ = read_language(TEMPLATES, "en")
SEEDS = int(os.environ.get("QUIZGEN_STRESS_SEEDS", "300"))
FACTS = 30  # of a messy deck
ROOT = Path(__file__).parent.parent
SHIPPED = ["russia-afghanistan.yaml", "elements", "moon-race"]


# ---- chance ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [0.01, 0.5, 1, 2.9, 7, 30, 120])
def test_the_chi_square_distribution_has_its_closed_forms(x: float) -> None:
    assert survival(x, 1) == pytest.approx(erfc(sqrt(x / 2)), rel=1e-10)
    assert survival(x, 2) == pytest.approx(exp(-x / 2), rel=1e-10)
    assert survival(x, 4) == pytest.approx(exp(-x / 2) * (1 + x / 2), rel=1e-10)
    assert survival(x, 6) == pytest.approx(exp(-x / 2) * (1 + x / 2 + x * x / 8), rel=1e-10)


@pytest.mark.parametrize(
    "freedom, twentieth, thousandth", [(1, 3.8415, 10.8276), (3, 7.8147, 16.2662), (9, 16.9190, 27.8772)]
)
def test_the_chi_square_distribution_agrees_with_the_printed_tables(
    freedom: int, twentieth: float, thousandth: float
) -> None:
    assert survival(twentieth, freedom) == pytest.approx(0.05, rel=1e-4)
    assert survival(thousandth, freedom) == pytest.approx(0.001, rel=1e-4)
    assert survival(0, freedom) == 1


def test_even_counts_are_likely_and_uneven_ones_are_not() -> None:
    assert chi_square([25, 25, 25, 25], [25] * 4) == 1
    assert chi_square([27, 22, 26, 25], [25] * 4) > 0.5
    assert chi_square([70, 10, 10, 10], [25] * 4) < 1e-9


# ---- what quizgen makes ----------------------------------------------------------------------------------------------


@cache
def messy() -> tuple[int, Bank, Looked]:
    """The questions of hundreds of messy decks (a thousand in `make judge`), and the values behind their choices."""
    questions: list[Question] = []
    looked = []
    for seed in range(SEEDS):
        deck = messy_deck(seed, FACTS)
        bank = ask(deck, ENGLISH)
        questions += bank.questions
        looked.append(look(deck, ENGLISH, bank))
    together = Looked(
        ranked=tuple(one for each in looked for one in each.ranked),
        worded=tuple(one for each in looked for one in each.worded),
        weighed=tuple(one for each in looked for one in each.weighed),
    )
    return len(questions), Bank(questions=tuple(questions), skipped=()), together


@pytest.mark.slow
@pytest.mark.xdist_group("messy")
def test_no_statistic_of_thousands_of_items_tells_the_key() -> None:
    number, bank, looked = messy()
    assert number >= 100 * SEEDS
    found = {
        finding.respect: finding
        for finding in (position(bank, 1), rank(looked.ranked), length(looked.worded), truth(bank))
    }
    assert len(single_choices(bank)) > 25 * SEEDS
    assert sum(one.free for one in looked.ranked) > 3 * SEEDS
    assert len(looked.worded) > 15 * SEEDS
    assert {name: finding.wrong for name, finding in found.items()} == dict.fromkeys(found, "")
    weighed = plausible(looked.weighed)
    chosen, by_chance = (bar.share for bar in weighed.bars)
    assert chosen > by_chance + 0.1


@cache
def shipped(name: str) -> Asked:
    asked, problems = read(ROOT / "decks" / name, TEMPLATES)
    assert asked is not None, problems
    return asked


@cache
def findings(name: str, seeds: int = 100) -> tuple[Finding, ...]:
    asked = shipped(name)
    recipe, _ = read_recipe(TEMPLATES, "test", asked.language)
    assert recipe is not None
    return stress(asked.deck, asked.language, asked.bank, recipe, seeds=seeds)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_decks_are_fair_and_their_wrong_options_better_than_chance(name: str) -> None:
    wrong = {finding.respect: finding.wrong for finding in findings(name)}
    wrong.pop("shortages")  # the article has few facts that can be put in order
    assert wrong == dict.fromkeys(wrong, "")
    weighed = next(finding for finding in findings(name) if finding.respect == "plausible wrong options")
    chosen, by_chance = (bar.share for bar in weighed.bars)
    assert chosen > by_chance + 0.15


def test_the_same_seeds_give_the_same_report() -> None:
    assert findings("moon-race", 20) == findings.__wrapped__("moon-race", 20)


def test_many_sheets_are_picked_as_one_by_one() -> None:
    asked = shipped("moon-race")
    recipe, _ = read_recipe(TEMPLATES, "test", asked.language)
    assert recipe is not None
    many = picks(asked.bank, recipe, deck_id=asked.deck.id, language=asked.language, seeds=range(1, 6))
    for seed, (picked, problems) in enumerate(many, 1):
        sheets, more = compose(asked.bank, recipe, deck_id=asked.deck.id, title="", language=asked.language, seed=seed)
        asks = sorted(one.question.about.id for ones in picked.values() for one in ones)
        assert asks == sorted(entry.question.about.id for entry in sheets[0].entries)
        assert problems == more


# ---- every verdict can fail ------------------------------------------------------------------------------------------


def about(number: int = 0, fact: str = "") -> About:
    name = fact or f"f{number}"
    return About(deck="d", fact=name, way="when", kind="event", facts=(name,))


def choice(number: int, right: int = 0, texts: tuple[str, ...] = ()) -> Choice:
    texts = texts or tuple(f"{number} {letter}" for letter in "abcd")
    options = tuple(Option(text=text, right=i == right, fact=f"f{i}") for i, text in enumerate(texts))
    return Choice(about=about(number), prompt=f"Question {number}?", options=options, answers=(texts[right],))


def statement(number: int, *, verdict: bool) -> Truth:
    said = f"Statement {number}."
    return Truth(about=about(number), prompt="True or false?", statement=said, verdict=verdict, correction=said)


def bank(*questions: Question) -> Bank:
    return Bank(questions=questions, skipped=())


def sheets(*questions: Question, times: int = 50) -> Drawn:
    ids = frozenset(question.about.id for question in questions)
    one = tuple((question, 1) for question in questions)
    return Drawn(recipe="test", sheets=(one,) * times, ids=(ids,) * times, short=((),) * times)


def test_a_key_that_always_stands_first_is_found() -> None:
    found = position(bank(*map(choice, range(100))), seeds=10)
    assert "the right one stands as number 1 in 100%, where 25% is fair" in found.wrong
    assert "in the bank" in found.wrong and "drawn" not in found.wrong


def test_a_shuffle_that_does_not_shuffle_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.stress.options.shuffled", lambda question, _: question)
    fair = bank(*(choice(number, right=number % 4) for number in range(100)))
    assert position(fair, seeds=10).fair
    leaning = bank(*(choice(number, right=number % 3) for number in range(100)))
    assert "drawn" in position(leaning, seeds=10).wrong


def test_a_key_that_is_always_in_the_middle_is_found() -> None:
    middling = [Ranked(rank=1 + number % 2, options=4, free=True) for number in range(100)]
    assert "of 4 numbers by size, the right one is as number 2 in 50%" in rank(middling).wrong
    assert rank([replace(one, free=False) for one in middling]).fair  # the deck has it at an end
    assert rank([Ranked(rank=number % 4, options=4, free=True) for number in range(100)]).fair


def test_a_key_that_is_always_the_longest_is_found() -> None:
    texts = ("the one that is right and long", "short", "brief", "terse")
    assert "the longest in 100%" in length([choice(number, texts=texts) for number in range(30)]).wrong
    assert length([choice(number, number % 4, texts=texts) for number in range(30)]).fair


def test_too_many_true_statements_are_found() -> None:
    assert "90% are true" in truth(bank(*(statement(n, verdict=n % 10 > 0) for n in range(100)))).wrong
    assert truth(bank(*(statement(n, verdict=n % 2 > 0) for n in range(100)))).fair


def test_an_option_that_is_always_the_wrong_one_is_found() -> None:
    same = [choice(n, texts=(f"{n}", "the usual suspect", f"{n} b", f"{n} c")) for n in range(30)]
    assert "'the usual suspect' is a wrong option in 30 of the 30 choices" in reuse(bank(*same)).wrong
    assert reuse(bank(*map(choice, range(30)))).fair


def test_options_worse_than_chance_are_found() -> None:
    bad = Weighed(id="f/when", place=Place("d", 1, 1), key="1994", chosen=((0.1, "4004 BCE"),), by_chance=(0.5, 0.6))
    found = plausible([bad])
    assert found.wrong == "chosen 0.10, by chance 0.55: any other values would do better"
    assert "0.10 d:1:1: f/when: '4004 BCE' beside '1994'" in found.lines


def test_a_test_that_can_be_guessed_is_found() -> None:
    statements = [statement(n, verdict=n % 2 > 0) for n in range(10)]
    assert "a guess is worth 50% of the marks" in guessing(bank(*statements), sheets(*statements)).wrong
    choices = [choice(n) for n in range(10)]
    assert guessing(bank(*choices), sheets(*choices)).fair


def deck_of(*ids: str) -> Deck:
    plain = messy_deck(0, len(ids))
    return replace(plain, facts=tuple(replace(f, id=i) for f, i in zip(plain.facts, ids, strict=True)))


def test_a_fact_that_never_comes_is_found() -> None:
    both = bank(choice(0), choice(1))
    assert coverage(deck_of("f0", "f1"), both, sheets(choice(0), times=100)).wrong == "1 facts never come: f1"
    assert coverage(deck_of("f0", "f1"), both, sheets(choice(0), choice(1))).fair
    few = coverage(deck_of("f0", "f1"), both, sheets(choice(0), times=3))
    assert few.fair and "1 never came, which so few sheets do not prove." in few.lines


def test_sheets_that_repeat_one_another_are_found() -> None:
    assert "49 of 50 sheets had been there before" in variety(sheets(choice(0))).wrong
    each = replace(sheets(choice(0)), ids=tuple(frozenset([str(n)]) for n in range(50)))
    assert variety(each).fair


def test_sheets_that_lack_questions_are_found() -> None:
    short = replace(sheets(choice(0), times=4), short=(("a section wants 2",), (), (), ()))
    found = shortages(short)
    assert found.wrong == "1 of 4 sheets lack questions"
    assert found.lines == ("1 times: a section wants 2",)


def test_the_last_line_names_every_respect_that_is_not_fair() -> None:
    good, bad = Finding(respect="length", about=""), Finding(respect="rank", about="", wrong="all in the middle")
    assert verdict("d", (good, bad)) == "d: NOT fair in 1 of 2 respects: rank."
    assert verdict("d", (good, good)) == "d: fair in all 2 respects."


# ---- guessing --------------------------------------------------------------------------------------------------------


def test_what_a_guess_is_worth() -> None:
    match = Match(about=about(), prompt="", left=("a", "b", "c"), right=("x", "y", "z"), pairs=((0, 0), (1, 1), (2, 2)))
    order = Order(about=about(), prompt="", items=("a", "b", "c"), values=("1", "2", "3"), shown=(2, 1, 0))
    assert odds_of(match) == ({0: pytest.approx(1 / 3), 1: pytest.approx(1 / 2), 2: 0, 3: pytest.approx(1 / 6)}, 3)
    assert guessed(match) == guessed(order) == pytest.approx(1 / 3)
    assert guessed(choice(0)) == 0.25
    two_right = replace(choice(0), options=tuple(replace(o, right=i < 2) for i, o in enumerate(choice(0).options)))
    assert guessed(two_right) == pytest.approx(0.5)
    assert marks([(statement(0, verdict=True), 1), (statement(1, verdict=False), 2)]) == [0.25, 0.25, 0.25, 0.25]
    mean, sigma = spread([0.5] * 100)
    assert (mean, sigma) == (50, 5)


# ---- the report ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_the_report_fits_a_terminal_and_needs_no_colour(name: str) -> None:
    lines = [line for finding in findings(name) for line in drawn(finding).splitlines()]
    assert len(lines) > 60
    assert max(map(width_of, lines)) <= 80
    assert not any("\x1b" in line for line in lines)
    assert sum(line.startswith("    => ") for line in lines) == len(findings(name))


def test_a_name_that_steers_a_terminal_is_made_visible() -> None:
    bad = Weighed(id="f/when", place=Place("d", 1, 1), key="\x1b[31m", chosen=((0.1, "\u202ex"),), by_chance=(0.1,))
    assert "<U+001B>" in drawn(plausible([bad])) and "<U+202E>" in drawn(plausible([bad]))


def test_more_seeds_ask_no_less() -> None:
    asked = shipped("moon-race")
    recipe, _ = read_recipe(TEMPLATES, "warm-up", asked.language)
    assert recipe is not None
    few, more = (draw(asked.deck, asked.language, asked.bank, recipe, seeds) for seeds in (10, 20))
    assert more.ids[:10] == few.ids
    assert all(len(one) <= len(other) for one, other in pairwise([few.sheets, more.sheets]))
    assert UNLIKELY < 0.01


# ---- the command -----------------------------------------------------------------------------------------------------


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quizgen", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_checking_under_stress_ends_with_a_verdict_and_fails_only_if_strict(tmp_path: Path) -> None:
    assert run("new", "history", cwd=tmp_path).returncode == 0
    told = run("check", "history", "--stress", "30", "--recipe", "warm-up", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1].startswith("history: ")
    assert told.stdout == run("check", "history", "--stress", "30", "--recipe", "warm-up", cwd=tmp_path).stdout
    facts = "".join(f"  a{n}: {{event: It rains on day {n}b, when: {1900 + n}, from: b}}\n" for n in range(5))
    deck = tmp_path / "decks/small.yaml"
    deck.write_text(f"deck: Small\nlanguage: en\nsources: {{b: {{title: B}}}}\nfacts:\n{facts}")
    unfair = run("check", "small", "--stress", "30", cwd=tmp_path)
    assert (unfair.returncode, "NOT fair" in unfair.stdout.splitlines()[-1]) == (0, True), unfair.stdout
    assert run("check", "small", "--stress", "30", "--strict", cwd=tmp_path).returncode == 1


def test_a_recipe_without_a_stress_test_is_wrong_usage(tmp_path: Path) -> None:
    assert run("new", "history", cwd=tmp_path).returncode == 0
    assert run("check", "history", "--recipe", "test", cwd=tmp_path).returncode == 2
    missing = run("check", "history", "--stress", "2", "--recipe", "tset", cwd=tmp_path)
    assert missing.returncode == 1
    assert "there is no recipe 'tset'" in missing.stderr
