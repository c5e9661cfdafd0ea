"""The question bank as JSON is what its schema and DESIGN say, and nothing of a text is lost in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import quizgen.write
from quizgen.questions import Bank, Cloze, Gap, Question
from quizgen.write.bank_json import number, question_data, write
from tests.page_samples import hostile_bank, hostile_texts, job
from tests.samples import CHOICE, CLOZE, QUESTIONS, TRUTH

SCHEMA = json.loads((Path(quizgen.write.__file__).parent / "quizgen-questions-1.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def written(bank: Bank) -> dict[str, Any]:
    (data,) = write(job(bank)).files.values()
    loaded: dict[str, Any] = json.loads(data)
    return loaded


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_bank_with_every_form_is_valid() -> None:
    bank = written(Bank(questions=QUESTIONS, skipped=()))

    assert {question["form"] for question in bank["questions"]} == set(SCHEMA["$defs"]["form"]["enum"])
    assert not list(VALIDATOR.iter_errors(bank))


def test_a_question_has_the_members_of_the_format_in_its_order() -> None:
    assert question_data(replace(CHOICE, options=CHOICE.options[:2])) == {
        "id": "kabul-captured/when",
        "fact": "kabul-captured",
        "way": "when",
        "kind": "event",
        "form": "choice",
        "prompt": "In which year did this happen? The Taliban capture Kabul.",
        "answers": ["1996"],
        "options": [
            {
                "text": "1994",
                "right": False,
                "fact": "taliban-founded",
                "why": "1994 is when Mohammad Omar establishes the Taliban.",
            },
            {"text": "1996", "right": True},
        ],
        "status": "established",
        "by": None,
        "denied_by": None,
        "source": "Moscow wants back in, 46",
        "note": None,
        "tags": [],
    }


def test_a_cloze_marks_its_blanks_by_slot() -> None:
    data = question_data(CLOZE)

    assert data["text"] == "The bridge opens ({{2}}) in {{3}}."
    assert data["gaps"] == [{"slot": 2, "answers": ["May 1994", "1994-05"]}, {"slot": 3, "answers": ["Sel"]}]


def test_an_allegation_keeps_who_says_it_and_who_denies_it() -> None:
    data = question_data(TRUTH)

    assert (data["status"], data["by"]) == ("alleged", "senior U.S. officials")
    assert data["denied_by"] == "the Russian government"


def test_what_is_not_asked_is_there_with_its_reason() -> None:
    (data,) = write(job()).files.values()

    assert json.loads(data)["skipped"] == [{"fact": "flood", "way": "where", "form": "*", "why": "it has no 'where'"}]


def test_hostile_texts_come_back_the_same() -> None:
    texts = hostile_texts()
    bank = hostile_bank()
    left_out = [question for question in bank.questions if isinstance(question, Cloze) and "{{1}}" in question.prompt]
    data = written(bank)

    assert not list(VALIDATOR.iter_errors(data))
    assert len(data["questions"]) == len(bank.questions) - len(left_out) > 1500
    assert {question["prompt"] for question in data["questions"]} == set(texts)
    for question in data["questions"]:
        _check_key(question)


def _check_key(question: dict[str, Any]) -> None:
    """What a schema cannot say of a question."""
    form = question["form"]
    if form == "choice":
        right = [option["text"] for option in question["options"] if option["right"]]
        assert right
        assert question["answers"][: len(right)] == right
    elif form == "cloze":
        for gap in question["gaps"]:
            assert question["text"].count(f"{{{{{gap['slot']}}}}}") == 1
    elif form == "numeric":
        assert question["low"] is None or question["low"] <= question["value"]
        assert question["high"] is None or question["value"] <= question["high"]
    elif form == "match":
        lefts, rights = zip(*question["pairs"], strict=True)
        assert sorted(lefts) == list(range(len(question["left"])))
        assert sorted(rights) == list(range(len(question["right"])))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_the_key_of_every_form_is_whole(question: Question) -> None:
    _check_key(question_data(question))


def test_a_wrong_option_without_a_reason_is_invalid() -> None:
    bank = written(Bank(questions=(CHOICE,), skipped=()))
    bank["questions"][0]["options"][0]["why"] = None

    assert list(VALIDATOR.iter_errors(bank))


def test_a_member_that_nobody_knows_is_invalid() -> None:
    bank = written(Bank(questions=QUESTIONS, skipped=()))
    bank["questions"][3]["options"] = []

    assert list(VALIDATOR.iter_errors(bank))


def test_a_text_that_would_read_as_a_blank_is_left_out_and_told() -> None:
    question = Cloze(
        about=CLOZE.about, prompt="Fill in.", pieces=("{{2}} is ", Gap(slot=2, answers=("b",), answer_type="text"))
    )
    result = write(job(Bank(questions=(question,), skipped=())))

    assert json.loads(result.files["sample.json"])["questions"] == []
    assert [(problem.place, problem.rule) for problem in result.problems] == [(question.about.place, "json-blank")]


@pytest.mark.parametrize(
    "value, expected",
    [
        ("5", 5),
        ("4.50", 4.5),
        ("1E+3", 1000),
        ("-0.1", -0.1),
        ("1e99999", 10**300),
        ("12345678901234567890", 12345678901234567890),
    ],
)
def test_numbers_are_plain_json_numbers(value: str, expected: float) -> None:
    held = number(Decimal(value))

    assert (held, type(held)) == (expected, type(expected))


PROGRAM = """
import sys
from tests.page_samples import job
from quizgen.write.bank_json import write
sys.stdout.buffer.write(write(job()).files["sample.json"])
"""


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }

    assert len(outputs) == 1
    assert outputs.pop().endswith(b"}\n")
