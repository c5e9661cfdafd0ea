"""A deck is shown as a table, as a timeline, or a fact at a time, in plain characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.build import Asked
from quizgen.columns import width_of
from quizgen.facts import Deck, Fact
from quizgen.language import Language
from quizgen.problems import Problem
from quizgen.show import fact_page, find_fact, table, timeline
from tests.asking import asked

FACTS = """
mill-burns: {event: The guild burns the mill, when: 1979, where: Sel, status: alleged, by: the miller}
bridge: {event: The bridge at Sel opens, when: 1850, note: It was rebuilt., tags: [sel]}
siege: {event: The long siege of the old harbour town, when: 1860/1870, was: [blockade]}
peace: {event: Peace holds, when: 1990/..}
comet: {event: The comet returns, when: "1910~"}
weir: {term: weir, meaning: a low dam across a river}
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return asked(tmp_path_factory.mktemp("show"), FACTS)


def deck_of(read: Asked) -> tuple[Deck, Language]:
    return read.deck, read.language


def the_fact(read: Asked, name: str) -> Fact:
    found = find_fact(deck_of(read)[0], name)
    assert isinstance(found, Fact)
    return found


def test_a_table_has_a_column_for_each_field_that_is_used(read: Asked) -> None:
    assert (
        table(*deck_of(read), width=None)
        == """\
Invented

event (5)

id          event                                   when        where  status               source
----------  --------------------------------------  ----------  -----  -------------------  ------
mill-burns  The guild burns the mill                1979        Sel    alleged: the miller  book
bridge      The bridge at Sel opens                 1850                                    book
siege       The long siege of the old harbour town  1860–1870                               book
peace       Peace holds                             since 1990                              book
comet       The comet returns                       about 1910                              book

term (1)

id    term  meaning                   source
----  ----  ------------------------  ------
weir  weir  a low dam across a river  book
"""
    )


@pytest.mark.parametrize("width", [64, 80, 100])
def test_a_table_fits_the_screen_and_loses_no_word(read: Asked, width: int) -> None:
    deck, language = deck_of(read)
    shown = table(deck, language, width=width)
    assert max(map(width_of, shown.splitlines())) <= width
    whole = table(deck, language, width=None)
    assert sorted("".join(shown.replace("-", "").split())) == sorted("".join(whole.replace("-", "").split()))


def test_a_timeline_draws_dates_in_order(read: Asked) -> None:
    assert (
        timeline(*deck_of(read), width=90)
        == """\
Invented

1850        |*                       |  The bridge at Sel opens
1860–1870   | ===                    |  The long siege of the old harbour town
about 1910  |         ~~             |  The comet returns
1979        |                     *  |  The guild burns the mill (alleged: the miller)
since 1990  |                       >|  Peace holds
"""
    )


def test_a_deck_without_dates_says_so(tmp_path: Path) -> None:
    read = asked(tmp_path, "weir: {term: weir, meaning: a low dam across a river}")
    assert timeline(*deck_of(read)) == "Invented\n\nNo fact of this deck has a date.\n"


def test_a_fact_is_shown_with_its_questions_reasons_and_what_is_skipped(read: Asked) -> None:
    page = fact_page(the_fact(read, "bridge"), read.bank, deck_of(read)[1])
    assert page.startswith("bridge (event), ")
    assert "note: It was rebuilt." in page
    assert "tags: sel" in page
    assert "+ 1850" in page
    assert "that was in" in page or "is when" in page
    assert f"Questions: {sum(one.about.fact == 'bridge' for one in read.bank.questions)}" in page
    page = fact_page(the_fact(read, "weir"), read.bank, deck_of(read)[1])
    assert "Not asked: " in page
    assert "proved wrong" in page


def test_a_status_is_shown_with_who_says_so(read: Asked) -> None:
    page = fact_page(the_fact(read, "mill-burns"), read.bank, deck_of(read)[1])
    assert "status: alleged\nby: the miller\n" in page


@pytest.mark.parametrize("name", ["siege", "SIEGE", "blockade"])
def test_a_fact_is_found_by_its_id_in_any_case_and_by_one_that_it_had(read: Asked, name: str) -> None:
    assert the_fact(read, name).id == "siege"


def test_an_unknown_fact_is_a_problem_with_a_suggestion(read: Asked) -> None:
    found = find_fact(deck_of(read)[0], "brigde")
    assert isinstance(found, Problem)
    assert (found.says, found.remedy) == ("there is no fact 'brigde'", "Did you mean 'bridge'?")


def test_nothing_in_a_deck_steers_the_terminal(tmp_path: Path) -> None:
    read = asked(tmp_path, 'a: {event: "Bad\\u202e news", when: 1979, note: "x\\u200ey"}')
    deck, language = deck_of(read)
    for shown in (table(deck, language), timeline(deck, language), fact_page(deck.facts[0], read.bank, language)):
        assert "<U+202E>" in shown
        assert "\u202e" not in shown
