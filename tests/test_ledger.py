"""The ledger: when content changed, slots for ever, and a file that merges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.facts import Deck, Picture
from quizgen.ledger import (
    FIRST,
    Ledger,
    Line,
    brought_up,
    digest_of,
    identities,
    key_of,
    lost,
    path_beside,
    read_ledger,
    to_bytes,
    updated,
    with_looks,
    with_slots,
)
from quizgen.problems import Level, Place
from quizgen.questions import About, Bank, Choice, Cloze, Gap, Option, Question, Recall
from tests.anki_jobs import KINDS, deck, fact, kind
from tests.samples import BANK, CHOICE, CLOZE, NUMERIC, QUESTIONS, RECALL, TRUTH

NOW = FIRST + 5_000_000


def bank(*questions: Question) -> Bank:
    return Bank(questions=questions, skipped=())


def published(
    *questions: Question,
    after: Ledger | None = None,
    now: int = NOW,
    of: Deck | None = None,
    more: Mapping[str, str] | None = None,
) -> Ledger:
    """The ledger after these questions went out as cards that are what the questions are, and `more` notes by key."""
    ledger, of = after or Ledger(), of or deck()
    identity = identities(ledger, of.facts)
    cards = {key_of(question, identity): digest_of(question) for question in questions} | dict(more or {})
    lines = {key: brought_up(ledger.lines.get(key), mark, now, card=True) for key, mark in cards.items()}
    return updated(ledger, lines, deck=of)


# ---- when content changed ------------------------------------------------------------------------------------------


def test_what_is_new_counts_as_changed_at_the_first_moment_whatever_the_clock_says() -> None:
    assert published(*QUESTIONS, now=NOW) == published(*QUESTIONS, now=NOW + 1)
    assert {line.changed for line in published(*QUESTIONS).lines.values()} == {FIRST}
    assert len(published(*QUESTIONS).lines) == len(QUESTIONS)


def test_only_what_changed_is_newer() -> None:
    first = published(RECALL, CHOICE)
    later = published(replace(RECALL, answers=("1995",)), CHOICE, after=first, now=NOW)
    assert later.lines["taliban-founded/when/recall"].changed == NOW
    assert later.lines["kabul-captured/when/choice"] == first.lines["kabul-captured/when/choice"]


def test_a_change_is_newer_than_the_one_before_even_if_the_clock_went_back() -> None:
    first = published(RECALL)
    second = published(replace(RECALL, answers=("1995",)), after=first, now=NOW)
    third = published(replace(RECALL, answers=("1996",)), after=second, now=FIRST - 1)
    assert third.lines["taliban-founded/when/recall"].changed == NOW + 1


def test_a_card_that_is_no_more_keeps_its_line() -> None:
    first = published(RECALL, CHOICE)
    assert published(CHOICE, after=first) == first


def test_where_a_fact_stands_and_what_it_is_compared_with_is_no_change() -> None:
    moved = replace(RECALL, about=replace(RECALL.about, place=Place("other.yaml", 7, 1), position=9), rivals=("2001",))
    assert digest_of(moved) == digest_of(RECALL)


@pytest.mark.parametrize("question", QUESTIONS)
def test_all_that_a_learner_reads_is_content(question: Question) -> None:
    marks = {digest_of(question), digest_of(replace(question, prompt="Another prompt"))}
    picture = Picture(path=Path("x.png"), data=b"png", suffix=".png", alt="a map")
    for change in (
        {"note": "!"},
        {"source": "!"},
        {"tags": ("x",)},
        {"by": "!"},
        {"denied_by": "!"},
        {"picture": picture},
        {"picture": replace(picture, alt="a plan")},
        {"picture": replace(picture, data=b"gnp")},
        {"picture": replace(picture, caption="Ombria")},
        {"picture": replace(picture, credit="Ombria")},
    ):
        marks.add(digest_of(replace(question, about=replace(question.about, **change))))
    assert len(marks) == 12


def test_a_picture_without_words_below_it_has_the_digest_that_it_always_had() -> None:
    picture = Picture(path=Path("x.png"), data=b"png", suffix=".png", alt="a map")
    question = replace(RECALL, about=replace(RECALL.about, picture=picture))
    assert digest_of(question) == "263e7fd262665b803543223bdd291da1"


def test_details_of_a_form_are_content() -> None:
    options = CHOICE.options[:-1]
    pairs: list[tuple[Question, Question]] = [
        (CHOICE, replace(CHOICE, options=options)),
        (CHOICE, replace(CHOICE, options=tuple(replace(option, right=True) for option in CHOICE.options))),
        (TRUTH, replace(TRUTH, verdict=True)),
        (NUMERIC, replace(NUMERIC, low=None)),
        (replace(NUMERIC, low=NUMERIC.value * 0), replace(NUMERIC, low=None)),
        (CLOZE, CLOZE.with_one_gap(2)),
    ]
    for one, other in pairs:
        assert digest_of(one) != digest_of(other)


def test_the_digest_of_a_question_is_the_same_in_every_version_of_quizgen() -> None:
    # If this fails, every note of every learner would be updated, and their own tags be lost: find another way.
    about = About(deck="d", fact="f", way="w", kind="event", facts=("f",), source="A book, 7", tags=("old",))
    recall = Recall(about=about, prompt="When?", answers=("1994", "'94"), answer_type="date")
    options = (Option(text="1994", right=True), Option(text="1996", right=False, fact="g", why="That is g."))
    choice = Choice(about=about, prompt="When?", options=options, answers=("1994",))
    assert digest_of(recall) == "4fb21abab9acf480d3583ca9a372fd26"
    assert digest_of(choice) == "54853a317c1133f2aadf8939c50c37bf"


def test_a_fact_that_was_renamed_goes_on_under_its_first_id() -> None:
    first = published(RECALL)
    again = replace(RECALL, about=replace(RECALL.about, fact="founding", facts=("founding",)))
    renamed = deck(fact("founding", was=("start", "taliban-founded")))
    later = published(again, after=first, of=renamed)
    assert later.lines == first.lines
    assert published(again, after=later, of=renamed) == later


def test_a_fact_whose_new_id_was_published_already_keeps_that() -> None:
    again = replace(RECALL, about=replace(RECALL.about, fact="founding", facts=("founding",)))
    first = published(again, after=published(RECALL))
    later = published(again, after=first, of=deck(fact("founding", was=("taliban-founded",))))
    assert later == first


def test_a_withdrawal_changes_the_lines_of_its_fact_once_and_a_return_changes_them_back() -> None:
    key = "taliban-founded/when/recall"
    first = published(RECALL, CHOICE)
    without = deck(fact("taliban-founded", retired="A slip."))
    second = published(CHOICE, after=first, of=without, more={key: "A slip."})
    assert second.lines[key].changed == NOW
    assert second.lines["kabul-captured/when/choice"] == first.lines["kabul-captured/when/choice"]
    assert second.retired == {"taliban-founded": "A slip."}
    assert published(CHOICE, after=second, now=NOW + 9, of=without, more={key: "A slip."}) == second
    back = published(RECALL, CHOICE, after=second, now=NOW + 9, of=deck(fact("taliban-founded")))
    assert back.lines[key] == Line(digest=first.lines[key].digest, changed=NOW + 9, card=True)
    assert back.retired == {}


def test_looks_follow_the_same_rule() -> None:
    first = with_looks(Ledger(), {"anki/recall": "a"}, NOW)
    assert first.looks == {"anki/recall": Line(digest="a", changed=FIRST)}
    assert updated(first, {}, deck=deck()).looks == first.looks
    later = with_looks(first, {"anki/recall": "b"}, NOW)
    assert later.looks == {"anki/recall": Line(digest="b", changed=NOW)}


def test_facts_that_were_published_and_are_gone_are_missed() -> None:
    ledger = published(RECALL, CHOICE, TRUTH)
    here = deck(fact("arms", "claim"), fact("kabul-taken", was=("kabul-captured",)))
    (problem,) = lost(ledger, here, cards=ledger.lines)
    assert problem.says == "the fact 'taliban-founded' was published and is gone"
    assert "retired: why" in problem.remedy
    assert "was: taliban-founded" in problem.remedy
    assert problem.level is Level.WARNING
    retired = updated(ledger, {}, deck=deck(fact("taliban-founded", retired="A slip.")))
    assert lost(retired, here, cards=ledger.lines) == ()


# ---- slots ---------------------------------------------------------------------------------------------------------


def slots_of(bank_: Bank) -> list[int]:
    return [gap.slot for question in bank_.questions if isinstance(question, Cloze) for gap in question.gaps]


def test_a_blank_begins_with_the_number_of_its_field() -> None:
    ledger, found = with_slots(Ledger(), deck(), BANK)
    assert ledger.slots == {"bridge-opened/when": 2, "bridge-opened/where": 3}
    assert found == BANK


def test_blanks_keep_their_slots_when_their_kind_gets_another_field() -> None:
    ledger, _ = with_slots(Ledger(), deck(), bank(CLOZE))
    wider = deck(kinds={**KINDS, "event": kind("event", "event", "who", "when", "where")})
    gaps = (
        Gap(slot=2, answers=("the guild",), answer_type="name"),
        Gap(slot=3, answers=("May 1994",), answer_type="date"),
        Gap(slot=4, answers=("Sel",), answer_type="place"),
    )
    later, found = with_slots(ledger, wider, bank(replace(CLOZE, pieces=gaps)))
    assert slots_of(found) == [4, 2, 3]
    assert later.slots == {"bridge-opened/when": 2, "bridge-opened/where": 3, "bridge-opened/who": 4}
    assert with_slots(later, wider, bank(replace(CLOZE, pieces=gaps))) == (later, found)


def test_a_slot_is_never_given_to_another_blank() -> None:
    ledger = Ledger(slots={"bridge-opened/cost": 2})  # a field that the kind had once
    later, found = with_slots(ledger, deck(), bank(CLOZE))
    assert later.slots == {"bridge-opened/cost": 2, "bridge-opened/when": 3, "bridge-opened/where": 4}
    assert slots_of(found) == [3, 4]


# ---- the file ------------------------------------------------------------------------------------------------------

FULL = Ledger(
    lines={"b/when/recall": Line(digest="d", changed=FIRST), "a/when/choice": Line(digest="e", changed=NOW)},
    slots={"b/when": 2},
    retired={"c": 'It was "never" so: сёл\u2028.'},
    looks={"anki/recall": Line(digest="f", changed=FIRST)},
)


def test_the_ledger_stands_beside_its_deck() -> None:
    assert path_beside(Path("decks/russia.yaml")) == Path("decks/russia.ledger.json")
    assert path_beside(Path("decks/russia/deck.yaml")) == Path("decks/russia/deck.ledger.json")


def test_a_ledger_has_one_line_for_each_entry_and_is_sorted() -> None:
    assert to_bytes(FULL).decode().splitlines()[2:6] == [
        '"lines": {',
        f'"a/when/choice": ["e", {NOW}],',
        f'"b/when/recall": ["d", {FIRST}]',
        "},",
    ]
    json.loads(to_bytes(FULL))
    json.loads(to_bytes(Ledger()))


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger.json"
    for ledger in (FULL, Ledger(), published(*QUESTIONS)):
        path.write_bytes(to_bytes(ledger))
        assert read_ledger(path) == (ledger, ())
        path.write_bytes(b"\xef\xbb\xbf" + to_bytes(ledger).replace(b"\n", b"\r\n"))
        assert read_ledger(path) == (ledger, ())


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "x.ledger.json") == (Ledger(), ())


def test_what_two_people_added_is_merged_and_of_one_line_the_later_holds(tmp_path: Path) -> None:
    path = tmp_path / "x.ledger.json"
    twice = f'"a/b/recall": ["old", {FIRST}],\n"a/b/recall": ["new", {NOW}],\n"a/b/recall": ["older", {FIRST}]'
    path.write_text(f'{{"format": "quizgen-ledger/1",\n"lines": {{{twice}}}}}', encoding="utf-8")
    assert read_ledger(path) == (Ledger(lines={"a/b/recall": Line(digest="new", changed=NOW)}), ())


HEAD = b'{"format": "quizgen-ledger/1",\n'


@pytest.mark.parametrize(
    "data, line, says",
    [
        (b'{\n<<<<<<< HEAD\n"a": 1\n=======\n"b": 2\n>>>>>>> theirs\n}', 2, "mark '<<<<<<<' of a merge"),
        (b'{\n"a": 1\n=======\n}', 3, "mark '=======' of a merge"),
        (b'{\n"format": ', 2, "is not JSON here"),
        (b"", 1, "is not JSON here"),
        (b"\xff\xfe", 1, "is not UTF-8"),
        (b"{}\n\n\xff", 3, "is not UTF-8"),
        (b"[" * 100_000, 0, "nested too deeply"),
        (b'{"format": ' + b"9" * 5000 + b"}", 0, "number that cannot be read"),
        (b"[]", 0, "does not say"),
        (b'{"lines": {}}', 0, "does not say"),
        (b'{"format": "quizgen-ledger/2"}', 0, "has the format 'quizgen-ledger/2'"),
        (HEAD + b'"linse": {}}', 0, "has a part 'linse'"),
        (HEAD + b'"lines": []}', 2, "has no entries in 'lines'"),
        (HEAD + b'"lines": {"a": ["d", 5]}}', 2, "has 'a' in 'lines', which is no key there"),
        (HEAD + b'"lines": {"a/b/c": ["d", true]}}', 2, "else than a digest and a time for 'a/b/c' in 'lines'"),
        (HEAD + b'"lines": {"a/b/c": ["d", -5]}}', 2, "else than a digest and a time for 'a/b/c' in 'lines'"),
        (HEAD + b'"lines": {"a/b/c": ["d", 1e400]}}', 2, "else than a digest and a time for 'a/b/c' in 'lines'"),
        (HEAD + b'"slots": {"a/b": 0}}', 2, "else than a number from 1 to 499 for 'a/b' in 'slots'"),
        (HEAD + b'"slots": {"a/b": 2, "a/b": 3}}', 0, "says two things of 'a/b'"),
        (HEAD + b'"retired": {"a": null}}', 2, "something else than a reason for 'a' in 'retired'"),
    ],
)
def test_a_damaged_ledger_is_an_error_with_a_remedy(tmp_path: Path, data: bytes, line: int, says: str) -> None:
    path = tmp_path / "x.ledger.json"
    path.write_bytes(data)
    ledger, (problem,) = read_ledger(path)
    assert ledger == Ledger()
    assert says in problem.says
    assert problem.level is Level.ERROR
    assert (problem.place.file, problem.place.line) == (str(path), line)
    assert problem.remedy


def test_a_ledger_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    _, (problem,) = read_ledger(tmp_path)
    assert problem.says.startswith("this ledger cannot be read: ")


KEYS = st.from_regex(r"\A[a-z_-]{1,8}\Z")
LINES = st.builds(Line, digest=st.text(st.characters(codec="utf-8")), changed=st.integers(1, (1 << 35) - 1))


@given(
    lines=st.dictionaries(st.tuples(KEYS, KEYS, KEYS).map("/".join), LINES),
    slots=st.dictionaries(st.tuples(KEYS, KEYS).map("/".join), st.integers(1, 499)),
    retired=st.dictionaries(KEYS, st.text(st.characters(codec="utf-8"))),
)
def test_every_ledger_survives_its_file(
    tmp_path_factory: pytest.TempPathFactory, lines: dict[str, Line], slots: dict[str, int], retired: dict[str, str]
) -> None:
    ledger = Ledger(lines=lines, slots=slots, retired=retired)
    path = tmp_path_factory.mktemp("ledger") / "x.ledger.json"
    path.write_bytes(to_bytes(ledger))
    assert read_ledger(path) == (ledger, ())
