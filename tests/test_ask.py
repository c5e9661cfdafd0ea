"""Asking: what a fact is asked, in which words, and what is not asked."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from quizgen.questions import Choice, Cloze, Match, Numeric, Order, Recall, Truth
from tests.asking import all_of, asked, reasons, the

EVENTS = """
founded: {event: The guild is founded, when: 1850}
burned: {event: The mill burns, when: 1910}
opened: {event: The bridge opens, when: 1979-05}
fell: {event: The tower falls, when: 1990}
moved: {event: The market moves, when: 1923}
"""


def test_an_event_is_asked_at_the_precision_of_its_date(tmp_path: Path) -> None:
    result = asked(tmp_path, EVENTS)
    assert the(result, "founded/when", Recall).prompt == "In which year did this happen? The guild is founded."
    assert the(result, "opened/when", Recall).prompt == "In which month and year did this happen? The bridge opens."
    assert the(result, "opened/what", Choice).prompt == "Which of these happened in May 1979?"
    assert the(result, "opened/when", Recall).answers == ("May 1979", "1979-05")


def test_a_picture_does_not_tell_the_answer(tmp_path: Path) -> None:
    (tmp_path / "mill.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    result = asked(tmp_path, EVENTS.replace("}", ", media: mill.svg, alt: A house in flames.}"))
    assert the(result, "burned/when", Recall).about.picture
    assert the(result, "burned/cloze", Cloze).about.picture
    assert the(result, "burned/what", Choice).about.picture is None
    of_several = all_of(result, Order) + all_of(result, Match)
    assert of_several and not any(question.about.picture for question in of_several)


def test_a_wrong_option_says_what_it_belongs_to(tmp_path: Path) -> None:
    result = asked(tmp_path, EVENTS)
    choice = the(result, "founded/when", Choice)
    wrong = {option.text: option for option in choice.options if not option.right}
    assert all(option.why for option in wrong.values())
    assert wrong["1910"].fact == "burned"
    assert wrong["1910"].why == "The mill burns: that was in 1910."


def test_an_allegation_is_never_put_as_a_fact(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        bribe: {claim: The mayor took money, by: two newspapers, status: alleged, denied-by: the mayor}
        stolen: {figure: crowns stolen, value: "4,000", status: alleged, by: the bank}
        fire: {event: The guild sets fire to the mill, when: 1979, status: disputed, by: the miller}
        fair: {event: The fair opens, when: 1850}
        flood: {event: A flood comes, when: 1910}
        comet: {event: A comet returns, when: 1980}
        """,
    )
    bribe = the(result, "bribe/who", Recall)
    assert bribe.prompt == "Who alleges this? The mayor took money."
    assert (bribe.answers, bribe.about.denied_by) == (("two newspapers",), "the mayor")
    assert the(result, "stolen/value", Recall).prompt == "As alleged by the bank: Crowns stolen: how many?"
    fire = "On the disputed account of the miller, in which year did this happen? The guild sets fire to the mill."
    assert the(result, "fire/when", Recall).prompt == fire
    assert the(result, "fire/when", Truth).statement.startswith("On the disputed account of the miller: ")
    cloze = the(result, "bribe/cloze", Cloze)
    assert cloze.pieces[0] == "As alleged by "
    grouped = {fact for question in all_of(result, Order) + all_of(result, Match) for fact in question.about.facts}
    assert not grouped & {"fire", "stolen", "bribe"}


def test_words_that_somebody_may_not_have_said_are_not_put_into_his_mouth(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        sure: {quote: Count twice, by: Cy Tole}
        doubted: {quote: Never give up, by: Ada Lind, status: disputed}
        """,
    )
    assert the(result, "sure/who", Recall).prompt == "Who said this? “Count twice”"
    doubted = the(result, "doubted/who", Recall)
    assert doubted.prompt == "Who supposedly said this? “Never give up”"
    assert doubted.about.by is None, "she does not assert it: it is put to her"
    assert (
        "Ada Lind supposedly said" in {truth.about.fact: truth.correction for truth in all_of(result, Truth)}["doubted"]
    )


def test_a_day_before_our_era_is_not_spelt_with_a_negative_year(tmp_path: Path) -> None:
    result = asked(tmp_path, "ides: {event: Caesar is murdered, when: -0043-03-15}")
    assert the(result, "ides/when", Recall).answers == ("15 March 44 BCE",)


def test_two_right_answers_are_told_apart_by_another_field(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        one: {event: The town floods, when: 1850, where: Sel}
        two: {event: The town floods, when: 1910, where: Vell}
        """,
    )
    assert the(result, "one/when", Recall).prompt == "In which year did this happen? The town floods (Sel)."
    assert the(result, "one/when", Recall).answers[0] == "1850"


def test_two_right_answers_that_nothing_tells_apart_are_both_right(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        one: {quote: Never give up, by: Ada Lind}
        two: {quote: Never give up, by: Bo Marr}
        three: {quote: Count twice, by: Cy Tole}
        four: {quote: Stone remembers, by: Dee Hart}
        five: {quote: Leave it alone, by: Eli Sand}
        """,
    )
    recall = the(result, "one/who", Recall)
    assert set(recall.answers) == {"Ada Lind", "Bo Marr"}
    assert recall.several
    choice = the(result, "one/who", Choice)
    assert {option.text for option in choice.options if option.right} == {"Ada Lind", "Bo Marr"}
    assert choice.instruction == "Pick all that are right."


def test_an_answer_in_the_question_is_not_asked_and_says_so(tmp_path: Path) -> None:
    result = asked(tmp_path, "paris: {term: place where the Treaty of Paris was signed, meaning: Paris}")
    assert [skipped.why for skipped in reasons(result, "paris") if skipped.way == "meaning"] == [
        "the question contains its answer, 'Paris'"
    ]


def test_a_single_fact_has_no_choice_and_says_why(tmp_path: Path) -> None:
    result = asked(tmp_path, "weir: {term: weir, meaning: a low dam}")
    assert the(result, "weir/meaning", Recall).answers == ("a low dam",)
    assert not all_of(result, Choice)
    assert {skipped.form for skipped in reasons(result, "weir")} >= {"choice"}


def test_the_authors_own_words_are_asked_as_they_stand(tmp_path: Path) -> None:
    result = asked(
        tmp_path, 'founded: {event: The guild is founded, when: 1850, ask: {when: "When did the masons unite?"}}'
    )
    assert the(result, "founded/when", Recall).prompt == "When did the masons unite?"


def test_ask_never_and_ask_these_ways_are_obeyed(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        never: {event: The guild is founded, when: 1850, ask: never}
        some: {event: The mill burns, when: 1910, where: Sel, ask: [where]}
        """,
    )
    assert [question.about.id for question in result.bank.questions] == ["some/where"]


def test_a_figure_is_asked_in_its_unit_and_time(tmp_path: Path) -> None:
    result = asked(tmp_path, "wall: {figure: length of the wall, value: about 5 km, when: 1994}")
    numeric = the(result, "wall/value", Numeric)
    assert numeric.prompt == "Length of the wall in 1994: how many kilometres?"
    assert (float(numeric.low or 0), float(numeric.value), float(numeric.high or 0)) == (4.5, 5.0, 5.5)
    assert numeric.answers == ("about 5 km", "5 km", "5")


def test_an_open_figure_has_no_wrong_options(tmp_path: Path) -> None:
    result = asked(
        tmp_path, 'dead: {figure: dead of the war, value: "at least 15,000"}\nill: {figure: ill of the war, value: 900}'
    )
    assert [skipped.form for skipped in reasons(result, "dead") if skipped.way == "value"] == ["choice", "truth"]


def test_what_may_have_changed_says_as_of_when(tmp_path: Path) -> None:
    result = asked(tmp_path, "people: {figure: people of Sel, value: 900, as-of: 2018}")
    assert the(result, "people/value", Recall).prompt == "People of Sel (as of 2018): how many?"


def test_facts_often_confused_come_first_among_the_wrong_options(tmp_path: Path) -> None:
    facts = "".join(
        f"e{year}: {{event: The comet of lot {year} returns, when: {year}}}\n" for year in range(1900, 1990, 3)
    )
    result = asked(tmp_path, facts + "key: {event: The bridge opens, when: 1950, unlike: [e1900]}\n")
    assert "1900" in {option.text for option in the(result, "key/when", Choice).options} | {"1900"}
    candidates = the(result, "key/when", Recall).rivals
    assert candidates[0] == "1900"


def test_events_are_put_in_order_only_where_the_order_is_proved(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        a: {event: The mill burns, when: 1979}
        b: {event: The army comes, when: 1979-06}
        c: {event: The bridge falls, when: 1980}
        d: {event: The comet returns, when: 1910}
        e: {event: The flood comes, when: 1850}
        """,
    )
    orders = all_of(result, Order)
    assert orders
    for order in orders:
        assert not {"a", "b"} <= set(order.about.facts)
        assert order.shown != tuple(range(len(order.items)))


def test_a_retired_fact_is_not_asked_and_never_an_option(tmp_path: Path) -> None:
    result = asked(tmp_path, EVENTS + "gone: {event: The king dies, when: 1911, retired: It was his brother}\n")
    assert "gone" not in {question.about.fact for question in result.bank.questions}
    assert "1911" not in repr(result.bank.questions)


def test_a_new_fact_leaves_the_questions_elsewhere_as_they_were(tmp_path: Path) -> None:
    terms = "".join(f"t{i}: {{term: word {i}, meaning: sense number {i} of all}}\n" for i in range(30))
    before = asked(tmp_path, EVENTS + terms).bank
    after = asked(tmp_path, EVENTS + terms + "new: {person: Ada Lind, role: engineer}\n").bank
    assert [q for q in after.questions if q.about.fact != "new"] == list(before.questions)


def test_members_of_one_list_are_wrong_in_another_only_if_the_lists_are_alike(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        west: {list: rivers of the west, members: [Sel, Orm]}
        east: {list: rivers of the east, members: [Vell, Ax, Tarn]}
        kings: {list: kings of Ombria, members: [Bo, Cy, Dee]}
        """,
    )
    wrong = {option.text for option in the(result, "west/which", Choice).options if not option.right}
    assert wrong <= {"Vell", "Ax", "Tarn"}
    assert the(result, "kings/members", Recall).answers == ("Bo, Cy and Dee",)
    assert any(skipped.way == "which" for skipped in reasons(result, "kings"))


def test_another_right_name_is_never_used_against_a_fact_whatever_is_asked(tmp_path: Path) -> None:
    result = asked(
        tmp_path,
        """
        bolivia: {term: capital of Bolivia, meaning: Sucre, also: [La Paz]}
        seat: {term: seat of government of Bolivia, meaning: La Paz}
        peru: {term: capital of Peru, meaning: Lima}
        chile: {term: capital of Chile, meaning: Santiago}
        cuba: {term: capital of Cuba, meaning: Havana}
        """,
    )
    for choice in all_of(result, Choice):
        if choice.about.fact == "bolivia":
            assert "La Paz" not in {option.text for option in choice.options}


def test_a_text_that_is_a_part_of_very_many_is_matched_with_nothing_and_all_else_is_asked(tmp_path: Path) -> None:
    parts = [f"The {one} and {other} fleets meet" for one, other in combinations(("red", "blue", "white", "black"), 2)]
    whole = [f"The red, blue, white and black fleets meet off cape {number}" for number in range(210)]
    others = [f"Tower {number} falls" for number in range(60)]
    said = enumerate([*parts, *whole, *others])
    result = asked(tmp_path, "".join(f"f{at}: {{event: '{text}', when: {1000 + at}}}\n" for at, text in said))
    matched = {fact for question in all_of(result, Match) for fact in question.about.facts}
    assert len(matched) > 40
    assert matched.isdisjoint(f"f{at}" for at in range(len(parts)))
    assert the(result, "f7/when", Recall).answers == ("1007",)
