"""The page's questions, written out, are the JSON of the plain form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.facts import Picture, Status
from quizgen.questions import About, Bank, Choice, Cloze, Gap, Option, Question, Recall, Truth
from quizgen.write.page.data import in_script, page_data
from quizgen.write.page.quick import as_json, page_script
from tests.page_samples import hostile_bank, job
from tests.samples import BANK, QUESTIONS

TEXT = st.text(min_size=1)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, min_size=1, max_size=3).map(tuple)
SOME = st.lists(TEXT, max_size=3).map(tuple)
PICTURES = tuple(Picture(path=Path(f"{i}.png"), data=bytes([i]), suffix=".png", alt=f"{i}") for i in range(2))

ABOUT = st.builds(
    About,
    deck=TEXT,
    fact=TEXT,
    way=TEXT,
    kind=TEXT,
    facts=st.just(()),
    status=st.sampled_from(Status),
    by=MAYBE,
    denied_by=MAYBE,
    source=MAYBE,
    note=MAYBE,
    tags=SOME,
    picture=st.none() | st.sampled_from(PICTURES),
)
GAP = st.builds(Gap, slot=st.integers(1, 99), answers=TEXTS, answer_type=TEXT, rivals=SOME)
OPTION = st.builds(Option, text=TEXT, right=st.booleans(), fact=MAYBE, why=MAYBE)
RECALL = st.builds(
    Recall, about=ABOUT, prompt=TEXT, answers=TEXTS, answer_type=TEXT, rivals=SOME, several=st.booleans()
)
OPTIONS = st.lists(OPTION, min_size=1, max_size=4).map(tuple)
CHOICE = st.builds(Choice, about=ABOUT, prompt=TEXT, options=OPTIONS, answers=SOME, instruction=MAYBE)
TRUTH = st.builds(
    Truth, about=ABOUT, prompt=TEXT, statement=TEXT, verdict=st.booleans(), correction=st.text(), why=MAYBE
)
CLOZE = st.builds(Cloze, about=ABOUT, prompt=TEXT, pieces=st.tuples(TEXT, GAP, TEXT, GAP))


def both(questions: tuple[Question, ...], **more: object) -> tuple[str, str]:
    asked = job(Bank(questions=questions, skipped=()), **more)
    return page_script(asked).decode(), in_script(as_json(page_data(asked)))


@given(st.lists(RECALL | CHOICE | TRUTH | CLOZE | st.sampled_from(QUESTIONS), max_size=5))
def test_questions_of_any_content_are_written_as_json_writes_them(questions: list[Question]) -> None:
    quick, plain = both(tuple(questions))
    assert quick == plain


@pytest.mark.parametrize("bank", [BANK, hostile_bank()], ids=["samples", "hostile"])
def test_all_forms_are_written_as_json_writes_them(bank: Bank) -> None:
    quick, plain = both(bank.questions)
    assert quick == plain


def test_pictures_are_numbered_in_the_same_order() -> None:
    pictures: Mapping[int, Picture] = {0: PICTURES[1], 3: PICTURES[0], 5: PICTURES[1]}
    abouts = [replace(question.about, picture=pictures.get(i)) for i, question in enumerate(QUESTIONS)]
    questions = tuple(replace(question, about=about) for question, about in zip(QUESTIONS, abouts, strict=True))
    quick, plain = both(questions)
    assert quick == plain and quick.count('"picture":') == 3


def test_what_stands_once_is_named_by_every_question_that_has_it() -> None:
    same = ("a", "b")
    recall = Recall(about=BANK.questions[0].about, prompt="p", answers=("c",), answer_type="text", rivals=same)
    wrong = Option(text="a", right=False, why="b")
    choice = Choice(about=recall.about, prompt="p", options=(Option(text="c", right=True), wrong), answers=("c",))
    data = page_data(job(Bank(questions=(recall, choice, recall, choice), skipped=())))
    questions, again = data["questions"], data["again"]
    assert isinstance(questions, list) and isinstance(again, list) and len(again) == 3
    for one, two in (questions[:2], questions[2:]):
        assert tuple(again[one["rivals"]]) == same and again[one["about"]] == again[two["about"]]
        assert again[two["options"][1]] == {"text": "a", "right": False, "why": "b"} and two["options"][0] == "c"
