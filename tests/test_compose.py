"""Sheets ask of much, tell nothing of each other, and follow from their seed alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.compose import Sheet, compose, read_form, version_name
from quizgen.compose.recipes import Part, Recipe, read_recipe
from quizgen.grade import fold
from quizgen.language import read_language
from quizgen.problems import Level, Problem
from quizgen.questions import Bank, Choice, Cloze, Gap, Match, Order, Question, Recall, Truth, form_of
from quizgen.templates import Templates
from tests import samples
from tests.banks import about, bank, word

TEMPLATES = Templates.found()
ENGLISH = read_language(TEMPLATES, "en")[0]
BANK = bank(60)


def recipe(*parts: Part, **more: object) -> Recipe:
    return Recipe(name="r", parts=parts, **more)  # type: ignore[arg-type]  # by hand


def shipped(name: str) -> Recipe:
    found, problems = read_recipe(TEMPLATES, name, ENGLISH)
    assert found is not None
    assert problems == ()
    return found


TEST = shipped("test")


def composed(
    of: Bank = BANK, by: Recipe = TEST, *, seed: int = 1, **more: object
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    return compose(of, by, deck_id="made", title="Fairs", language=ENGLISH, seed=seed, **more)  # type: ignore[arg-type]


def sheet(of: Bank = BANK, by: Recipe = TEST, *, seed: int = 1, **more: object) -> Sheet:
    (one,), _ = composed(of, by, seed=seed, **more)
    return one


def ids(one: Sheet) -> list[str]:
    return [f"{form_of(entry.question)}:{entry.question.about.id}" for entry in one.entries]


def answers(question: Question) -> set[str]:
    match question:
        case Truth():  # what a true statement has to say
            return {found[1] for found in [re.search(r"\((\d+)\)", question.correction)] if found}
        case Cloze():
            return {answer for gap in question.gaps for answer in gap.answers}
        case Choice():
            return {option.text for option in question.options if option.right}
        case Match():
            return set(question.right)
        case Order():
            return set(question.values)
        case _:
            return set(question.answers)


def running_text(question: Question) -> str:
    match question:
        case Truth():
            return f"{question.statement} / {question.correction}"
        case Cloze():
            return "".join("…" if isinstance(piece, Gap) else piece for piece in question.pieces)
        case _:
            return question.prompt


def gives_away(one: Question, other: Question) -> bool:
    shown = f" {fold(running_text(one))} "
    return any(f" {fold(answer)} " in shown for answer in answers(other))


# ---- what stands on a sheet --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_no_question_on_a_sheet_gives_away_another(seed: int) -> None:
    questions = [entry.question for entry in sheet(seed=seed).entries]
    assert len(questions) == 20
    for one in questions:
        assert [other for other in questions if other is not one and gives_away(one, other)] == []


@pytest.mark.parametrize("seed", range(30))
def test_no_fact_is_asked_twice_for_one_answer(seed: int) -> None:
    asked = Counter(
        (entry.question.about.fact, answer)
        for entry in sheet(seed=seed, of=bank(12)).entries
        if not isinstance(entry.question, Match | Order)
        for answer in answers(entry.question)
    )
    assert asked
    assert max(asked.values()) == 1


def test_no_two_questions_read_the_same() -> None:
    twice = [
        Recall(about=about(number, "when"), prompt="Which year?", answers=(f"{1900 + number}",), answer_type="date")
        for number in range(5)
    ]
    one = sheet(Bank(questions=tuple(twice), skipped=()), recipe(Part(forms=("recall",), count=5)))
    assert len(one.entries) == 1


def test_facts_not_yet_on_the_sheet_come_first() -> None:
    parts = (Part(forms=("recall",), ways=frozenset({way}), count=32) for way in ("when", "where"))
    by = recipe(*parts)
    for seed in range(10):
        one = sheet(bank(64), by, seed=seed)
        assert len({entry.question.about.fact for entry in one.entries}) == 64


def test_questions_are_spread_over_the_deck() -> None:
    for seed in range(20):
        one = sheet(bank(240), recipe(Part(forms=("recall",), count=24)), seed=seed)
        tenths = Counter(entry.question.about.position // 24 for entry in one.entries)
        assert len(tenths) >= 9
        assert max(tenths.values()) <= 4


def test_kinds_and_tags_have_about_the_share_that_they_have_in_the_deck() -> None:
    for seed in range(20):
        one = sheet(bank(240), recipe(Part(forms=("recall",), count=24)), seed=seed)
        tagged = sum("third" in entry.question.about.tags for entry in one.entries)
        figures = sum(entry.question.about.kind == "figure" for entry in one.entries)
        assert 5 <= tagged <= 11  # 8 of 24 would be even
        assert 3 <= figures <= 9  # 6 would be


def test_a_cloze_has_one_blank_on_paper() -> None:
    one = sheet(by=recipe(Part(forms=("cloze",), count=10)))
    assert len(one.entries) == 10
    for entry in one.entries:
        assert isinstance(entry.question, Cloze)
        assert len(entry.question.gaps) == 1


def test_an_option_that_is_only_the_answer_gives_nothing_away_but_a_longer_one_does() -> None:
    who = Recall(about=about(1, "who"), prompt="Who opened the fair?", answers=("the Old Miller",), answer_type="name")
    cells = samples.CHOICE.options
    only = replace(samples.CHOICE, about=about(2, "what"), options=(replace(cells[0], text="Old Miller"), *cells[1:]))
    by = recipe(Part(forms=("recall", "choice"), count=2))
    assert len(sheet(Bank(questions=(who, only), skipped=()), by).entries) == 2
    more = replace(only, options=(replace(cells[0], text="the son of the old miller"), *cells[1:]))
    assert len(sheet(Bank(questions=(who, more), skipped=()), by).entries) == 1


def test_the_correction_of_a_false_statement_gives_away_too() -> None:
    one = replace(samples.TRUTH, about=about(1, "claim"))
    other = Recall(about=about(2, "what"), prompt="What?", answers=("small arms",), answer_type="text")
    by = recipe(Part(forms=("recall",), count=1), Part(forms=("truth",), count=1))
    assert len(sheet(Bank(questions=(one, other), skipped=()), by).entries) == 1


def test_every_form_can_stand_on_a_sheet() -> None:
    by = recipe(
        *(Part(forms=(form,), count=1) for form in ("recall", "choice", "truth", "cloze", "numeric", "match", "order"))
    )
    assert [form_of(entry.question) for entry in sheet(by=by).entries] == [part.forms[0] for part in by.parts]


# ---- the recipe --------------------------------------------------------------------------------------------------


def test_sections_share_the_count_in_whole_questions() -> None:
    assert [len(section.entries) for section in sheet().sections] == [8, 4, 6, 2]
    assert [len(section.entries) for section in sheet(count=7).sections] == [3, 1, 2, 1]  # 2.8, 1.4, 2.1, 0.7
    assert sum(len(section.entries) for section in sheet(count=11).sections) == 11


def test_forms_leave_out_sections_and_keep_the_count() -> None:
    one = sheet(forms=["truth", "cloze"])
    assert Counter(form_of(entry.question) for entry in one.entries) == {"truth": 8, "cloze": 12}


def test_tags_leave_out_all_other_questions() -> None:
    one = sheet(tags=["third"], count=9)
    assert len(one.entries) == 9
    assert all("third" in entry.question.about.tags for entry in one.entries)


def test_a_section_takes_only_its_ways_kinds_and_tags() -> None:
    part = Part(
        forms=("recall", "choice"),
        count=4,
        ways=frozenset({"when"}),
        kinds=frozenset({"figure"}),
        tags=frozenset({"third"}),
    )
    for entry in sheet(by=recipe(part)).entries:
        about = entry.question.about
        assert (about.way, about.kind, "third" in about.tags) == ("when", "figure", True)


def test_questions_are_numbered_through_and_marks_add_up() -> None:
    one = sheet()
    assert [entry.number for entry in one.entries] == list(range(1, 21))
    assert one.marks == sum(entry.marks for entry in one.entries)
    arranged = one.sections[-1].entries
    assert [entry.marks for entry in arranged] == [4, 4]  # each pair, each item
    assert all(entry.marks == 2 for entry in one.sections[2].entries)


def test_a_section_is_arranged_as_it_says_and_its_versions_differ_all_the_same() -> None:
    def arranged(arrange: tuple[str, ...], **more: object) -> list[list[tuple[bool, int]]]:
        part = Part(forms=("recall",), count=20, arrange=arrange)
        sheets, _ = composed(BANK, recipe(part), versions=2, **more)  # type: ignore[arg-type]  # by hand
        return [[("third" in e.question.about.tags, e.question.about.position) for e in one.entries] for one in sheets]

    for first, second in (arranged(("third",)), arranged(("importance",), importance=("none", "third"))):
        tagged = [has for has, _ in first]
        assert tagged == sorted(tagged, reverse=True)
        assert True in tagged
        assert False in tagged
        assert sorted(first) == sorted(second)
        assert first != second
    for one in arranged(("deck",)):
        assert [position for _, position in one] == sorted(position for _, position in one)
    (one, other) = arranged(("shuffled",))
    assert one != sorted(one)
    assert one != other


def test_what_stands_to_choose_from_is_proved_wrong_for_every_other_blank() -> None:
    names = ("Ada Lind", "Ada Lind the elder", "Bo Ek", "a miller", "two millers")
    proved = {"Ada Lind": ("Bo Ek",), "Bo Ek": ("Ada Lind",)}  # descriptions and parts of names rule out nobody
    ones: list[Question] = [
        Recall(
            about=about(number, "who"),
            prompt=f"Who opened fair number {number}?",
            answers=(name,),
            answer_type="name",
            rivals=proved.get(name, ()),
        )
        for number, name in enumerate(names, 5)
    ]
    part = Part(forms=("recall",), count=5, bank=True)
    for seed in range(12):
        (one,), problems = composed(Bank(questions=tuple(ones), skipped=()), recipe(part), seed=seed)
        [section] = one.sections
        assert list(section.bank) == sorted(
            entry.question.answers[0] for entry in section.entries if isinstance(entry.question, Recall)
        )
        assert len(section.bank) == 1 or set(section.bank) == {"Ada Lind", "Bo Ek"}
        assert problems


def test_too_few_questions_give_what_there_is_and_say_so() -> None:
    by = recipe(Part(heading="Dates", forms=("recall", "choice"), count=50), Part(forms=("numeric",), count=1))
    (one,), problems = composed(bank(8), by)
    assert len(one.entries) == 17
    assert [(problem.level, problem.rule, problem.says) for problem in problems] == [
        (
            Level.WARNING,
            "few",
            "the section 'Dates' wants 50 questions and gets 16; of its forms the deck gives 8 choice, 16 recall",
        )
    ]
    assert problems[0].remedy.startswith("8 more would ask the same again")


def test_an_empty_bank_makes_no_sheet_and_says_so() -> None:
    sheets, problems = composed(Bank(questions=(), skipped=()))
    assert sheets == ()
    assert len(problems) == 4
    assert problems[0].says.endswith("of its forms the deck gives none")


def test_a_form_that_no_section_takes_is_an_error() -> None:
    sheets, problems = composed(by=shipped("warm-up"), forms=["order"])
    assert sheets == ()
    assert [(problem.level, problem.says) for problem in problems] == [
        (Level.ERROR, "the recipe 'warm-up' has no section for order questions")
    ]


# ---- seeds, versions, forms --------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_sheets_anywhere() -> None:
    program = (
        "from tests.test_compose import composed; import hashlib;"
        "print(hashlib.sha256(repr(composed(seed=5, versions=3)).encode()).hexdigest())"
    )
    outs = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Kabul"), ("77", "America/Lima"))
    }
    assert len(outs) == 1


def test_another_seed_gives_another_sheet() -> None:
    assert len({tuple(sorted(ids(sheet(seed=seed)))) for seed in range(20)}) == 20


def test_versions_ask_the_same_in_another_order() -> None:
    (a, b, c), _ = composed(versions=3)
    assert [one.version for one in (a, b, c)] == ["A", "B", "C"]
    for section, other, third in zip(a.sections, b.sections, c.sections, strict=True):
        alike = [sorted(entry.question.about.id for entry in one.entries) for one in (section, other, third)]
        assert alike[0] == alike[1] == alike[2]
    assert ids(a) != ids(b) != ids(c)
    assert a.marks == b.marks == c.marks


def test_a_version_does_not_depend_on_how_many_there_are() -> None:
    assert composed(versions=2)[0] == composed(versions=5)[0][:2]
    assert composed(versions=2, fresh=True)[0] == composed(versions=5, fresh=True)[0][:2]


def test_versions_put_options_columns_and_items_in_another_order() -> None:
    sheets, _ = composed(versions=40)
    shown: dict[str, set[object]] = {}
    for one in sheets:
        for entry in one.entries:
            question = entry.question
            if isinstance(question, Choice):
                assert [question.options[key].text for key in question.key] == [question.answers[0]]
                shown.setdefault(question.about.id, set()).add(question.options)
            elif isinstance(question, Match):
                right = {question.left[left]: question.right[right] for left, right in question.pairs}
                assert right == {f"The fair of {word(n)} opens": str(1000 + n) for n in facts_of(question)}
                assert question.pairs != tuple((i, i) for i in range(len(question.left)))
                shown.setdefault(question.about.id, set()).add((question.left, question.right))
            elif isinstance(question, Order):
                assert sorted(question.shown) == list(range(len(question.items)))
                assert question.shown != tuple(range(len(question.items)))
                shown.setdefault(question.about.id, set()).add(question.shown)
    assert len(shown) == 10
    assert all(len(orders) > 10 for orders in shown.values())


def facts_of(question: Question) -> list[int]:
    return [int(fact.removeprefix("f")) for fact in question.about.facts]


def test_the_key_stands_in_every_place_as_often() -> None:
    sheets, _ = composed(versions=500, by=recipe(Part(forms=("choice",), count=20)))
    places = Counter(
        entry.question.key[0] for one in sheets for entry in one.entries if isinstance(entry.question, Choice)
    )
    assert places.total() == 10_000
    assert sum((places[place] - 2500) ** 2 / 2500 for place in range(4)) < 16.27  # p > 0.001


def verdicts(one: Sheet) -> Counter[bool]:
    return Counter(entry.question.verdict for entry in one.entries if isinstance(entry.question, Truth))


def leaning(counts: Counter[bool]) -> int:
    return abs(counts[True] - counts[False])


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(min_value=0, max_value=10**9),
    count=st.integers(min_value=1, max_value=12),
    forms=st.sampled_from([("truth",), ("choice", "truth"), ("truth", "recall")]),
    fresh=st.booleans(),
)
def test_no_section_leans_to_true_or_to_false(*, seed: int, count: int, forms: tuple[str, ...], fresh: bool) -> None:
    sheets, problems = composed(by=recipe(Part(forms=forms, count=count)), seed=seed, versions=3, fresh=fresh)
    assert [problem for problem in problems if problem.rule == "few"] == []
    for one in sheets:
        found = verdicts(one)
        assert leaning(found) <= (2 if found.total() > 2 else 1), found
        assert found.total() < 2 or (found[True] and found[False])


def test_each_section_has_both_verdicts_by_itself() -> None:
    by = recipe(Part(forms=("truth",), count=2), Part(forms=("truth",), count=2))
    for seed in range(20):
        for section in sheet(by=by, seed=seed).sections:
            found = [entry.question.verdict for entry in section.entries if isinstance(entry.question, Truth)]
            assert sorted(found) == [False, True]


def test_truths_and_falsehoods_are_about_even_without_being_counted_out() -> None:
    """Whoever is sure of all but one statement cannot tell the last by counting."""
    by = recipe(Part(forms=("truth",), count=10))
    shares = Counter(verdicts(sheet(by=by, seed=seed))[True] for seed in range(200))
    assert set(shares) == {4, 5, 6}
    assert min(shares.values()) > 20
    assert abs(sum(share * times for share, times in shares.items()) / 2000 - 0.5) < 0.02


def test_where_all_statements_are_false_a_section_has_as_many_as_it_wants() -> None:
    false = [one for one in BANK.questions if isinstance(one, Truth) and not one.verdict]
    one = sheet(Bank(questions=tuple(false), skipped=()), recipe(Part(forms=("truth",), count=6)))
    assert verdicts(one) == {False: 6}


def test_fresh_versions_have_other_questions_by_the_same_recipe() -> None:
    sheets, problems = composed(bank(400), versions=8, fresh=True)
    assert problems == ()
    everything = [one for sheet in sheets for one in ids(sheet)]
    blanks = [
        f"{entry.question.about.id}/{entry.question.gaps[0].slot}"
        for one in sheets
        for entry in one.entries
        if isinstance(entry.question, Cloze)
    ]
    others = [one for one in everything if not one.startswith("cloze")]
    assert len(set(others)) == len(others)
    assert len(set(blanks)) == len(blanks)
    assert all([len(section.entries) for section in one.sections] == [8, 4, 6, 2] for one in sheets)


def test_fresh_versions_of_a_small_deck_share_questions_and_say_so() -> None:
    by = recipe(Part(forms=("truth",), count=5))
    sheets, problems = composed(bank(12), by, versions=6, fresh=True)
    used = Counter(one for sheet in sheets for one in ids(sheet))
    assert max(used.values()) - min(used.values()) <= 1
    assert [problem.rule for problem in problems] == ["fresh"]


def test_a_new_fact_leaves_most_of_a_sheet_as_it_was() -> None:
    kept = []
    for seed in range(10):
        before, after = ids(sheet(bank(200), seed=seed)), ids(sheet(bank(201), seed=seed))
        kept.append(len(set(before) & set(after)))
    assert sum(kept) / len(kept) > 10


def test_the_form_tells_seed_and_version() -> None:
    sheets, _ = composed(versions=30, seed=4711)
    for one in sheets:
        assert read_form(one.form) == (4711, one.version)
        assert read_form(f" {one.form.lower()} ") == (4711, one.version)
    assert len({one.form for one in sheets}) == 30
    assert len(sheets[0].form) == len("BKMT-HQR-4711-A")


@pytest.mark.parametrize("form", ["", "made", "BCDF-A", "BCDF-1", "BCD-1-A"])
def test_what_is_no_form_tells_nothing(form: str) -> None:
    assert read_form(form) is None


def test_another_blueprint_has_another_form() -> None:
    forms = {sheet(**more).form for more in ({}, {"count": 5}, {"forms": ["truth"]}, {"tags": ["third"]})}
    assert len(forms) == 4


@given(st.integers(min_value=0, max_value=20_000))
def test_versions_are_named_like_the_columns_of_a_spreadsheet(number: int) -> None:
    name = version_name(number)
    value = 0
    for letter in name:
        value = value * 26 + ord(letter) - ord("A") + 1
    assert value == number + 1


def test_the_first_versions_are_a_b_c() -> None:
    assert [version_name(number) for number in (0, 1, 25, 26, 27, 701, 702)] == ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]


@settings(max_examples=40, deadline=None)
@given(
    facts=st.integers(min_value=1, max_value=30),
    seed=st.integers(min_value=-(10**9), max_value=10**9),
    count=st.integers(min_value=1, max_value=40),
    name=st.sampled_from(["test", "worksheet", "warm-up", "exit-ticket"]),
)
def test_a_sheet_of_any_deck_is_sound(facts: int, seed: int, count: int, name: str) -> None:
    sheets, problems = composed(bank(facts), shipped(name), seed=seed, count=count)
    for one in sheets:
        questions = [entry.question for entry in one.entries]
        assert 0 < len(questions) <= count
        assert len(questions) == count or problems
        assert not any(gives_away(a, b) for a in questions for b in questions if a is not b)
        assert read_form(one.form) == (seed, "A")


# ---- cost --------------------------------------------------------------------------------------------------------


def test_a_thousand_versions_cost_little_more_than_their_entries() -> None:
    start = time.process_time()
    composed(versions=20)
    few = time.process_time() - start
    start = time.process_time()
    composed(versions=1000)
    many = time.process_time() - start
    assert many < 50 * 1.5 * few + 0.1


@pytest.mark.slow
def test_a_bank_ten_times_as_large_costs_about_ten_times_as_much() -> None:
    small, large = bank(1_000), bank(10_000)

    def ratio() -> float:
        start = time.process_time()
        composed(small)
        middle = time.process_time()
        composed(large)
        return (time.process_time() - middle) / (middle - start)

    assert any(ratio() < 20 for _ in range(3))  # once is enough: only others can make it take longer
