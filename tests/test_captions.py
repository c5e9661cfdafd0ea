"""Captions and credits: the credit stands wherever the picture does, the caption never where it tells an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from quizgen.ask.captions import tells
from quizgen.build import Asked, Printing, build_deck, composer, read
from quizgen.compose.leaks import Candidate, Told
from quizgen.problems import report
from quizgen.questions import Choice, Cloze, Recall, Truth
from quizgen.templates import Templates
from quizgen.write.page.data import page_data
from tests.asking import all_of, asked, the
from tests.pdf_jobs import bare, job, pages_of, sheet_of, text_of

CREDIT = "Ada Marr, CC BY-SA 4.0"
EVENTS = """
burned:
  event: The mill burns
  when: 1910
  where: Sel
  media: mill.png
  alt: A house
  caption: CAPTION
  credit: CREDIT
founded: {event: The guild is founded, when: 1850, where: Orm}
opened: {event: The bridge opens, when: 1979, where: Vay}
moved: {event: The market moves, when: 1923, where: Tarn}
""".replace("CREDIT", CREDIT)


def deck(folder: Path, caption: str) -> Asked:
    """A deck with one picture, which has that caption."""
    Image.new("RGB", (60, 40), (20, 90, 160)).save(folder / "mill.png")
    return asked(folder, EVENTS.replace("CAPTION", caption))


def test_a_caption_stands_with_the_questions_whose_answers_it_does_not_tell(tmp_path: Path) -> None:
    result = deck(tmp_path, "The ruin in the summer of 1910")
    assert the(result, "burned/when", Recall).about.caption is None
    assert the(result, "burned/when", Truth).about.caption is None
    assert the(result, "burned/where", Recall).about.caption == "The ruin in the summer of 1910"
    clozes = [question for question in all_of(result, Cloze) if question.about.fact == "burned"]
    assert clozes and all(question.about.caption is None for question in clozes)
    pictures = {question.about.picture for question in result.bank.questions if question.about.picture}
    assert [picture.caption for picture in pictures] == ["The ruin in the summer of 1910"]  # shown after answering


def test_what_was_not_asked_for_has_no_caption(tmp_path: Path) -> None:
    result = deck(tmp_path, "The ruin")
    assert {question.about.fact for question in result.bank.questions if question.about.caption} == {"burned"}
    assert {question.about.caption for question in result.bank.questions if not question.about.picture} == {None}


@pytest.mark.parametrize(
    "caption, answer, told",
    [
        ("Armstrong and his crew", "Neil Armstrong", True),
        ("Armstrongs", "Armstrong", True),
        ("The crew in July", "20 July 1969", True),
        ("Taken in 1969", "1970", False),
        ("Taken in 1969", "196", False),
        ("A yellow metal", "Au", False),
        ("Au, a yellow metal", "Au", True),
        ("長城的一段", "長城", True),
        ("長城的一段", "北京", False),
        ("", "anything", False),
    ],
)
def test_a_caption_tells_an_answer_by_a_number_or_a_longer_word(caption: str, answer: str, told: bool) -> None:  # noqa: FBT001 - a table
    assert tells(caption, answer) is told


def test_on_one_sheet_no_caption_gives_away_another_questions_answer(tmp_path: Path) -> None:
    result = deck(tmp_path, "The ruin, seen from Orm")
    pictured, asked_for = the(result, "burned/when", Recall), the(result, "founded/where", Recall)
    assert asked_for.answers[0] == "Orm"
    for question, leaks in ((pictured, True), (replace(pictured, about=replace(pictured.about, caption=None)), False)):
        told = Told()
        told.add(Candidate(question, question.answers, ()))
        assert told.leaks(Candidate(asked_for, asked_for.answers, ())) is leaks


@pytest.mark.parametrize("caption, shown", [("A view from the north", True), ("The summer of 1910", False)])
def test_paper_shows_the_credit_always_and_the_caption_where_it_may(tmp_path: Path, caption: str, shown: bool) -> None:  # noqa: FBT001 - a table
    from quizgen.write.pdf import write  # noqa: PLC0415 - reportlab loads slowly

    result = deck(tmp_path, caption)
    sheet = sheet_of([the(result, "burned/when", Recall)])
    cards = replace(sheet, sections=(replace(sheet.sections[0], draw="cards"),))
    paper, (front, back) = (pages_of(write(job(one)).files["sample-quiz.pdf"]) for one in (sheet, cards))
    for page in (paper[0], front):
        assert bare(CREDIT) in bare(page)
        assert (bare(caption) in bare(page)) is shown
    assert (bare(caption) in bare(back)) is not shown
    key = text_of(write(job(sheet, key="separate")).files["sample-key.pdf"])
    assert (bare(caption) in bare(key)) is not shown


def test_a_picture_that_paper_cannot_show_keeps_its_words(tmp_path: Path) -> None:
    from quizgen.write.pdf import write  # noqa: PLC0415 - as above

    question = the(deck(tmp_path, "A view from the north"), "burned/when", Recall)
    assert question.about.picture is not None
    drawn = replace(question.about.picture, suffix=".svg")
    written = write(job(sheet_of([replace(question, about=replace(question.about, picture=drawn))])))
    assert bare("A house A view from the north " + CREDIT) in bare(text_of(written.files["sample-quiz.pdf"]))


def test_cards_page_and_json_show_them(tmp_path: Path) -> None:
    result = deck(tmp_path, "The summer of 1910 <& after>")
    built = build_deck(
        result,
        Templates.found(),
        to=("anki-text", "json"),
        sheets_of=composer("test", seed=1),
        printing=Printing(),
        now=1_800_000_000,
    )
    cards = next(data.decode() for name, data in built.files.items() if name.endswith(".txt"))
    for line in cards.splitlines():
        if "mill" in line and "<img" in line:
            assert f"<br><small><bdi>{CREDIT}</bdi></small>" in line
    assert cards.count("<bdi>The summer of 1910 &lt;&amp; after&gt;</bdi>") > 0  # where the place is asked for
    bank = json.loads(
        next(data for name, data in built.files.items() if name.endswith(".json") and "ledger" not in name)
    )
    told = {question["id"]: question["picture"] for question in bank["questions"] if "picture" in question}
    assert told["burned/when"] == {
        "file": "mill.png",
        "alt": "A house",
        "caption": "The summer of 1910 <& after>",
        "credit": CREDIT,
    }
    page = page_data(replace(job(), deck=result.deck, bank=result.bank, sheets=()))
    pictures = page["pictures"]
    assert isinstance(pictures, list)
    assert [(one["caption"], one["credit"]) for one in pictures] == [("The summer of 1910 <& after>", CREDIT)]


def test_words_below_a_picture_without_a_picture_are_told(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text(
        "deck: A\nsources: {book: {title: B}}\nfrom: book\nfacts:\n"
        "  a: {term: weir, meaning: a low dam, caption: A weir, credit: Me}\n",
        encoding="utf-8",
    )
    _, problems = read(file, Templates.found())
    told = report(problems)
    assert "'caption' stands under a picture, and there is none" in told
    assert "'credit' tells the owner of a picture, and there is none" in told


def test_a_kinds_own_field_of_that_name_is_no_caption(tmp_path: Path) -> None:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "loan.yaml").write_text(
        'kind: loan\nfields: {loan: text, credit: text}\nstatement: "{loan} is given by {credit}."\n'
        'ask:\n  who: {prompt: "Who gave this? {loan}.", answer: credit}\n',
        encoding="utf-8",
    )
    Image.new("RGB", (60, 40)).save(tmp_path / "a.png")
    file = tmp_path / "deck.yaml"
    file.write_text(
        "deck: A\nsources: {book: {title: B}}\nfrom: book\nfacts:\n"
        "  a: {loan: The first loan, credit: the bank, media: a.png, alt: A coin}\n",
        encoding="utf-8",
    )
    found, problems = read(file, Templates.found())
    assert found is not None, report(problems)
    [fact] = found.deck.facts
    assert fact.picture is not None and fact.picture.credit == ""


def test_choices_too_have_their_captions(tmp_path: Path) -> None:
    result = deck(tmp_path, "A view from the north")
    assert the(result, "burned/when", Choice).about.caption == "A view from the north"
