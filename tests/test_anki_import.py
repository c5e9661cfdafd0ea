"""What the real Anki makes of our packages, and of one that follows another."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest

from quizgen.facts import Picture, Status
from quizgen.questions import Choice, Cloze, Gap, Option, Question, Recall, Truth
from quizgen.templates import Templates, shipped
from quizgen.write import Job
from quizgen.write.anki import write
from tests.anki_jobs import NOW, deck, fact, job, package_of
from tests.learner import Learner, learner, parsed, shown
from tests.samples import CHOICE, CLOZE, QUESTIONS, RECALL, SEVERAL, TRUTH, about

SCALARS: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("corpus").joinpath("scalars/scalars.json").read_bytes()
)
WITH_CARDS = (RECALL, CHOICE, SEVERAL, TRUTH, CLOZE)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c626001000000ffff0300000600"
    "0557bfabd40000000049454e44ae426082".replace(" ", "")
)
PICTURE = Picture(path=Path("a/map.png"), data=PNG, suffix=".png", alt='A "map" with \\(x\\) {{on}} it')


def _refused(text: str) -> bool:
    """Whether no deck can hold it: control characters, other than tab and newline, and lone surrogates."""
    return any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\n" for char in text)


@pytest.fixture
def someone(tmp_path: Path) -> Iterator[Learner]:
    with learner(tmp_path / "anki") as found:
        yield found


def following(before: Job, *questions: Question, **more: object) -> Job:
    """The job of the next build, a while later."""
    return job(questions, ledger=before.ledger, now=NOW + 1000, **more)  # type: ignore[arg-type]  # by hand


def test_every_question_that_has_a_card_arrives_with_it(someone: Learner) -> None:
    assert someone.imports(package_of(job(QUESTIONS))) == {"new": 5}
    cards = [(card.note()["Id"], card.note_type()["name"], card.ord) for card in someone.cards()]
    assert cards == [
        ("sample/taliban-founded/when", "quizgen recall", 0),
        ("sample/kabul-captured/when", "quizgen choice", 0),
        ("sample/piers/which", "quizgen choice", 0),
        ("sample/arms/claim", "quizgen truth", 0),
        ("sample/bridge-opened/cloze", "quizgen cloze", 1),
        ("sample/bridge-opened/cloze", "quizgen cloze", 2),
    ]
    assert someone.ailments() == []


def test_the_sides_of_each_note_type_show_what_was_written(someone: Learner) -> None:
    someone.imports(package_of(job(WITH_CARDS)))
    recall, choice, several, truth, first, second = someone.cards()
    source = ("source", "Moscow wants back in, 46")
    assert shown(recall.question()) == [("prompt", RECALL.prompt)]
    assert shown(recall.answer()) == [
        ("prompt", RECALL.prompt),
        ("answer", "1994"),
        ("note", "In the south, around Kandahar."),
        source,
    ]
    options = [text for name, text in shown(choice.question()) if name == "option"]
    assert shown(choice.question())[0] == ("prompt", CHOICE.prompt)
    assert options == ["1994", "1996", "2001"]
    assert ("why", "2001 is when al-Qaeda attacks New York.") in shown(choice.answer())
    assert ("instruction", "Pick all that are right.") in shown(several.question())
    assert shown(truth.question()) == [("instruction", "True or false?"), ("prompt", TRUTH.statement)]
    assert shown(truth.answer())[2:] == [
        ("answer", "False"),
        ("correction", TRUTH.correction),
        ("note", "Nobody speaks of tanks."),
        ("status", "Alleged by senior U.S. officials."),
        ("denied", "Denied by the Russian government."),
        source,
    ]
    assert shown(first.question()) == [("instruction", CLOZE.prompt), ("prompt", "The bridge opens ([...]) in Sel.")]
    assert shown(second.question())[1] == ("prompt", "The bridge opens (May 1994) in [...].")
    assert shown(first.answer()) == [
        ("instruction", CLOZE.prompt),
        ("prompt", "The bridge opens (May 1994) in Sel."),
        source,
    ]


def test_other_right_answers_stand_on_the_back(someone: Learner) -> None:
    names = replace(RECALL, answers=("Omar", "Mullah Omar", "M. Omar"), answer_type="name")
    someone.imports(package_of(job([names])))
    (card,) = someone.cards()
    assert ("also", "Also right: Mullah Omar · M. Omar") in shown(card.answer())


def test_another_way_to_write_a_date_teaches_nothing_but_another_date_does(someone: Learner) -> None:
    one = replace(RECALL, answers=("May 1994", "1994-05"), answer_type="date")
    two = replace(one, about=replace(one.about, fact="twice"), answers=("May 1994", "1996"), several=True)
    someone.imports(package_of(job([one, two])))
    backs = [shown(card.answer()) for card in someone.cards()]
    assert [part for back in backs for part in back if part[0] == "also"] == [("also", "Also right: 1996")]


@pytest.mark.parametrize(
    "status, says",
    [
        (Status.ATTRIBUTED, "According to the miller."),
        (Status.ESTIMATED, "An estimate by the miller."),
        (Status.ALLEGED, "Alleged by the miller."),
        (Status.DENIED, "Claimed by the miller, and denied since."),
        (Status.DISPUTED, "Disputed: the account of the miller."),
    ],
)
def test_a_back_says_who_asserts_what_is_not_established(someone: Learner, status: Status, says: str) -> None:
    someone.imports(package_of(job([replace(RECALL, about=replace(RECALL.about, status=status, by="the miller"))])))
    (card,) = someone.cards()
    assert ("status", says) in shown(card.answer())


def test_the_same_file_again_changes_nothing(someone: Learner) -> None:
    package = package_of(job(QUESTIONS))
    someone.imports(package)
    someone.reviews_everything()
    before = someone.schedule()
    assert someone.imports(package) == {"duplicate": 5}
    assert someone.schedule() == before


def test_a_correction_arrives_and_takes_no_progress(someone: Learner) -> None:
    first = job(QUESTIONS)
    someone.imports(package_of(first))
    assert someone.reviews_everything() == 6
    before = someone.schedule()
    for note in map(someone.collection.get_note, someone.collection.find_notes("")):
        note.tags = [*note.tags, "mine"]
        someone.collection.update_note(note)
    someone.ages()
    corrected = [replace(RECALL, answers=("1995",)), *QUESTIONS[1:]]
    assert someone.imports(package_of(following(first, *corrected))) == {"updated": 1, "duplicate": 4}
    assert someone.note("sample/taliban-founded/when")["Answer"] == "1995"
    assert someone.schedule() == before
    assert all(reps > 0 for reps, _, _ in before.values())
    kept = [card.note()["Id"] for card in someone.cards("tag:mine")]
    assert sorted(set(kept)) == sorted(
        f"sample/{question.about.id}" for question in WITH_CARDS if question is not RECALL
    )
    assert someone.ailments() == []


def test_rewording_a_fact_keeps_its_anki_identity(someone: Learner) -> None:
    first = job([RECALL])
    someone.imports(package_of(first))
    someone.reviews_everything()
    before = someone.schedule()
    again = package_of(following(first, replace(RECALL, prompt="When was that?")))
    assert someone.imports(again) == {"updated": 1}
    assert someone.schedule() == before


def test_a_fact_with_another_id_keeps_its_card(someone: Learner) -> None:
    first = job([RECALL], of=deck(fact("taliban-founded")))
    someone.imports(package_of(first))
    someone.reviews_everything()
    before = someone.schedule()
    renamed = deck(fact("movement-founded", was=("taliban-founded",)))
    question = replace(RECALL, about=replace(RECALL.about, fact="movement-founded", facts=("movement-founded",)))
    assert someone.imports(package_of(following(first, question, of=renamed))) == {"duplicate": 1}
    corrected = replace(question, answers=("1995",))
    second = following(first, question, of=renamed)
    assert someone.imports(package_of(following(second, corrected, of=renamed))) == {"updated": 1}
    assert someone.schedule() == before


def test_a_withdrawn_fact_reaches_the_learner_as_a_card_that_says_so(someone: Learner) -> None:
    first = job(QUESTIONS)
    slots = {"bridge-opened/when": 2, "bridge-opened/where": 3}
    first = replace(first, ledger=replace(first.ledger, slots=slots))
    someone.imports(package_of(first))
    someone.reviews_everything()
    before = someone.schedule()
    facts = [
        fact(id_, of, retired="It was never so.")
        for id_, of in (("taliban-founded", "event"), ("kabul-captured", "event"), ("bridge-opened", "event"))
    ]
    facts.append(fact("arms", "claim", retired="It was never so."))
    last = following(first, SEVERAL, of=deck(*facts))
    assert someone.imports(package_of(last)) == {"updated": 4, "duplicate": 1}
    assert someone.schedule() == before
    says = ("prompt", "This card was withdrawn. It was never so.")
    for id_ in ("taliban-founded/when", "kabul-captured/when", "arms/claim"):
        (card,) = someone.note(f"sample/{id_}").cards()
        assert says in shown(card.question())
    for card in someone.note("sample/bridge-opened/cloze").cards():
        assert ("instruction", says[1]) in shown(card.question())
    assert len(someone.cards("tag:quizgen::withdrawn")) == 5
    assert someone.ailments() == []


def test_a_withdrawn_fact_that_was_never_published_has_no_card() -> None:
    written = write(job([RECALL], of=deck(fact("flood", retired="A slip."))))
    assert written.files == write(job([RECALL])).files


def test_a_withdrawn_card_is_suspended_for_those_who_never_had_it(someone: Learner) -> None:
    first = job(QUESTIONS)
    last = following(first, SEVERAL, of=deck(fact("taliban-founded", retired="A slip.")))
    someone.imports(package_of(last), with_scheduling=True)
    assert [card.queue for card in someone.cards()] == [0, -1]


def test_a_new_look_arrives_without_a_conflict(someone: Learner, tmp_path: Path) -> None:
    first = job(QUESTIONS)
    someone.imports(package_of(first))
    someone.reviews_everything()
    before = someone.schedule()
    look = tmp_path / "templates" / "anki" / "recall.front.html"
    look.parent.mkdir(parents=True)
    look.write_text("<b class=mine dir=auto>{{Prompt}}</b>", encoding="utf-8")
    templates = Templates((look.parent.parent, shipped("templates")))
    assert someone.imports(package_of(following(first, *QUESTIONS, templates=templates))) == {"duplicate": 5}
    assert shown(someone.cards('"note:quizgen recall"')[0].question()) == [("mine", RECALL.prompt)]
    assert someone.schedule() == before
    assert someone.ailments() == []


def test_two_decks_share_their_note_types_and_nothing_else(someone: Learner) -> None:
    someone.imports(package_of(job(QUESTIONS)))
    other = deck(id="other", title="Another", language="ar")
    assert someone.imports(package_of(job(QUESTIONS, of=other))) == {"new": 5}
    assert len([name for name in someone.collection.models.all_names() if name.startswith("quizgen")]) == 4
    assert someone.ailments() == []


def test_a_picture_comes_along_and_says_what_it_shows(someone: Learner) -> None:
    pictured = [replace(question, about=replace(question.about, picture=PICTURE)) for question in (RECALL, CLOZE)]
    someone.imports(package_of(job(pictured)))
    for card in someone.cards():
        (image,) = parsed(card.question()).images
        assert image["alt"] == PICTURE.alt
        assert image["src"] == sha1(PNG, usedforsecurity=False).hexdigest()[:16] + ".png"
        assert Path(someone.collection.media.dir(), image["src"] or "").read_bytes() == PNG
    assert someone.ailments() == []


def test_colons_in_a_title_make_no_subdeck(someone: Learner) -> None:
    someone.imports(package_of(job([RECALL], of=deck(title="std::vector, a <b>text</b>"))))
    names = [found.name for found in someone.collection.decks.all_names_and_ids(skip_empty_default=True)]
    assert [name.replace("\u2060", "") for name in names] == ["std::vector, a <b>text</b>"]


def test_a_deck_says_what_it_is_and_where_it_comes_from(someone: Learner) -> None:
    someone.imports(package_of(job([RECALL], of=deck(about="5 < 6 & <b>"))))
    number = someone.collection.decks.id_for_name("A sample")
    assert number is not None
    found = someone.collection.decks.get(number)
    assert found is not None
    assert found["desc"] == (
        '<div dir="auto"><p>5 &lt; 6 &amp; &lt;b&gt;</p><p>Sources</p><ul><li>Moscow wants back in</li></ul>'
        "<p>Licence: CC-BY-4.0</p><p>Made with quizgen.</p></div>"
    )


def test_tags_are_words_that_anki_keeps(someone: Learner) -> None:
    tags = ("two words", 'a "quote"', "e\u0301te\u0301", "a::::b", "wide\u3000space", "taliban", "::")
    someone.imports(package_of(job([replace(RECALL, about=replace(RECALL.about, tags=tags))])))
    found = someone.note("sample/taliban-founded/when").tags
    assert found == sorted(
        ("two-words", "a-quote", "été", "a::b", "wide-space", "taliban", "quizgen::sample"), key=found.index
    )


def test_a_blank_whose_slot_went_leaves_the_others_their_progress(someone: Learner) -> None:
    first = job([CLOZE])
    someone.imports(package_of(first))
    someone.reviews_everything()
    before = someone.schedule()
    later = replace(CLOZE, pieces=("In May 1994 it opens in ", Gap(slot=3, answers=("Sel",), answer_type="place"), "."))
    assert someone.imports(package_of(following(first, later))) == {"updated": 1}
    assert someone.schedule() == before


def _hostile(text: str) -> list[Question]:
    """One question of each form that has a card, with the text in every place that a curator fills."""
    known = {"note": text, "source": text, "by": text, "denied_by": text, "status": Status.ALLEGED}
    picture = replace(PICTURE, alt=text)
    options = (Option(text=text, right=True), Option(text=f"not {text}", right=False, why=text))
    gap = Gap(slot=2, answers=(text, f"or {text}"), answer_type="text")
    return [
        Recall(about=about("f", "a", **known), prompt=text, answers=(text, text), answer_type="text"),
        Choice(about=about("f", "b", picture=picture, **known), prompt=text, options=options, answers=(text,)),
        Truth(about=about("f", "claim", "claim", **known), prompt="?", statement=text, verdict=False, correction=text),
        Cloze(about=about("f", "cloze", **known), prompt=text, pieces=(text, gap, text)),
    ]


@pytest.mark.parametrize("group", sorted(SCALARS))
def test_hostile_texts_are_drawn_as_they_were_written(someone: Learner, group: str) -> None:
    texts = [text for text in SCALARS[group] if text and not _refused(text)]
    questions: list[Question] = []
    for number, text in enumerate(texts):
        for question in _hostile(text):
            moved = replace(question.about, fact=f"f{number}", facts=(f"f{number}",))
            questions.append(replace(question, about=moved))
    assert someone.imports(package_of(job(questions))) == {"new": 4 * len(texts)}
    cards = someone.cards()
    assert len(cards) == len(questions)
    for card in cards:
        id_ = card.note()["Id"]
        text = texts[int(id_.split("/")[1][1:])]
        _expect(card.note_type()["name"], text, card.question(), card.answer())
        for side in (card.question(), card.answer()):
            drawn = parsed(side)
            assert drawn.tags <= {"div", "p", "hr", "ol", "li", "span", "bdi", "br", "img"}
            assert not any("\\(" in stretch or "\\[" in stretch for stretch in drawn.stretches), text
        assert not card.question_av_tags()
        assert not card.answer_av_tags()
    assert someone.ailments() == []


@pytest.mark.parametrize("text", [text for texts in SCALARS.values() for text in texts if _refused(text)])
def test_a_character_that_no_field_can_hold_is_a_problem_at_its_fact(text: str) -> None:
    for question in _hostile(text):
        written = write(job([question]))
        assert written.files == {}
        (problem,) = written.problems
        assert problem.place == question.about.place
        assert "cannot stand in an Anki field" in problem.says


def _expect(name: str, text: str, front: str, back: str) -> None:
    """That the sides of a card of that note type say exactly `text` wherever it was written."""
    text = unicodedata.normalize("NFC", text)  # as Anki stores it
    foot = [
        ("status", f"Alleged by {text}."),
        ("denied", f"Denied by {text}."),
        ("note", text),
        ("source", text),
    ]
    match name:
        case "quizgen recall":
            assert shown(front) == [("prompt", text)]
            assert shown(back) == [("prompt", text), ("answer", text), ("also", f"Also right: {text}"), *foot]
        case "quizgen choice":
            options = {("option", text), ("option", f"not {text}"), ("why", text)}
            assert shown(front)[0] == ("prompt", text)
            assert options <= set(shown(back))
            assert shown(back)[-4:] == foot
            assert parsed(front).images[0]["alt"] == text
        case "quizgen truth":
            assert shown(front)[1] == ("prompt", text)
            assert shown(back)[3:] == [("correction", text), *foot]
        case _:
            assert shown(front) == [("instruction", text), ("prompt", f"{text}[...]{text}")]
            assert shown(back)[1:] == [("prompt", text * 3), ("also", f"Also right: {text} = or {text}"), *foot]
