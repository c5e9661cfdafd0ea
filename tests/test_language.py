"""Languages: a file of one's own over what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.build import read
from quizgen.language import Language, read_language
from quizgen.problems import Problem
from quizgen.templates import Templates
from tests.reading import with_facts


def with_own(folder: Path, text: str, code: str = "en") -> Templates:
    path = folder / f"languages/{code}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Templates.found(project=folder)


def language(folder: Path, text: str, code: str = "en") -> tuple[Language, tuple[Problem, ...]]:
    return read_language(with_own(folder, text, code), code)


def test_english_of_ones_own_says_only_what_it_says_otherwise(tmp_path: Path) -> None:
    own, problems = language(tmp_path, 'date: {in: {year: "Anno {date}"}}\n')
    assert problems == ()
    assert own.say("date.in.year", date="1994") == "Anno 1994"
    assert own.say("date.in.month", date="May") == "in May"
    assert "January" in own.words["months"]


def test_another_language_takes_what_it_lacks_from_english_of_ones_own(tmp_path: Path) -> None:
    with_own(tmp_path, "date: {in: {month: in}}\n")
    months = "months: [" + ", ".join(f"Monat{n}" for n in range(12)) + "]\n"
    own, problems = language(tmp_path, months + 'lint: {vague: [oft]}\ndate: {in: {year: "im Jahr {date}"}}\n', "de")
    assert problems == ()
    assert own.code == "de"
    assert own.say("date.in.year", date="1994") == "im Jahr 1994"
    assert own.say("date.in.month", date="Mai") == "in"
    assert own.words["lint.vague"] == ("oft",)
    assert own.words["months"][11] == "Monat11"
    assert own.words.get("lint.absolutes") is None, "English words mean nothing there"


WRONG = {
    'date: {month: "{mon} {year}"}': (1, 15, "nothing is known of {mon} in the phrase 'date.month'"),
    "date: {month: [a, b]}": (1, 15, "'date.month' is one text, not a list"),
    "articles: the": (1, 11, "'articles' is a list of words"),
    "months: [Jan, Feb]": (1, 9, "'months' is a list of 12 words, not of 2"),
    "stats: {weekdays: [Mon]}": (1, 19, "'stats.weekdays' is a list of 7 words, not of 1"),
    "mothns: [Jan]": (1, 1, "unknown key 'mothns' in a language"),
    "- a": (1, 1, "this is no language"),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_said_is_told_in_its_place_and_said_in_english(text: str, tmp_path: Path) -> None:
    own, (problem,) = language(tmp_path, text)
    line, column, says = WRONG[text]
    assert (problem.place.line, problem.place.column) == (line, column)
    assert says in problem.says
    assert problem.remedy
    shipped, _ = read_language(Templates.found(project=tmp_path / "none"), "en")
    assert {**own.phrases, **shipped.phrases} == own.phrases
    assert {**own.words, **shipped.words} == own.words


@pytest.mark.parametrize("text", WRONG)
def test_a_deck_in_a_language_with_mistakes_is_not_built_and_nothing_breaks(text: str, tmp_path: Path) -> None:
    deck = with_facts(tmp_path, "a: {event: The bridge opens, when: 1894-05}\nb: {event: It falls, when: 1901-02-03}")
    asked, problems = read(deck, with_own(tmp_path, text))
    assert asked is None
    assert {Path(problem.place.file).name for problem in problems} == {"en.yaml"}
