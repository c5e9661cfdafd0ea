"""Drawn sections, read back: timelines and bars, passages with their words in a box, flashcards back to back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.build import Asked, composer, read
from quizgen.compose import Section, Sheet
from quizgen.compose.recipes import recipe_names
from quizgen.questions import Choice, Cloze, Gap, Match, Order, Question, Truth
from quizgen.templates import shipped
from quizgen.write.pdf import write
from quizgen.write.pdf.cards import Grid
from quizgen.write.pdf.look import read_look
from quizgen.write.pdf.paper import PAPERS, paper_of
from quizgen.write.pdf.passage import stop_after
from quizgen.write.pdf.scaled import spread
from tests.pdf_jobs import BARS, TEMPLATES, TIMELINE, bare, drawn, job, pages_of, sheet_of, text_of
from tests.samples import CLOZE, RECALL, about
from tests.test_pdf import KEY, QUIZ, by_version, told_in_words


def part(draw: str) -> Sheet:
    """The sheet with only that section."""
    return replace(drawn(), sections=tuple(section for section in drawn().sections if section.draw == draw))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8).map(sorted), st.floats(0.1, 10))
def test_boxes_stand_apart_in_their_order_inside_the_width_and_stay_where_they_can(
    places: list[float], apart: float
) -> None:
    found = spread(places, apart, 0, 100)

    assert all(later - one >= apart - 1e-6 for one, later in pairwise(found))
    assert found[0] >= -1e-6
    assert found[-1] <= 100 + 1e-6
    if all(later - one >= apart for one, later in pairwise(places)):
        assert found == pytest.approx(places)


@pytest.mark.parametrize("draw, order", [("timeline", TIMELINE), ("bars", BARS)])
def test_the_key_of_a_drawing_names_the_printed_letters_in_the_right_order(draw: str, order: Order) -> None:
    files = write(job(part(draw))).files
    paper = bare(text_of(files[QUIZ]))
    printed = {item: paper[paper.index(bare(item)) - 1] for item in order.items}

    letters = "".join(printed[item] for item in order.items)
    key = bare(text_of(files[KEY]))

    assert len(set(letters)) == len(order.items)
    assert key.count(f"5{letters}") == 2 or key.count(f"6{letters}") == 2  # at a glance, and in its row
    assert all(f"{printed[item]}{bare(value)}" in key for item, value in zip(order.items, order.values, strict=True))
    assert bare(order.prompt) not in paper  # what is to be done stands over the section


def test_dots_on_a_timeline_lie_where_the_dates_do() -> None:
    """On the picture that a reader draws: black dots stand out over and under the axis."""
    data = write(job(part("timeline"), key="none")).files[QUIZ]
    image = pypdfium2.PdfDocument(data)[0].render(scale=4).to_pil().convert("L")
    rows = [sum(image.crop((0, y, image.width, y + 1)).histogram()[:60]) for y in range(image.height)]
    axis = max(range(image.height // 4, image.height), key=rows.__getitem__)  # below the head and its rule
    above = [x for x in range(image.width) if image.getpixel((x, axis - 6)) < 60]  # ticks, and dots
    ends = [x for x in range(image.width) if image.getpixel((x, axis)) < 60]
    long, left = ends[-1] - ends[0], ends[0]
    ticks = [left + place * long for place, _ in (TIMELINE.scale.ticks if TIMELINE.scale else ())]
    dots = [x for x in above if min(abs(x - tick) for tick in ticks) > 6]

    spans = TIMELINE.scale.spans if TIMELINE.scale else ()
    middles = [left + long * (first + last) / 2 for first, last in spans]
    assert dots
    for x in dots:
        assert min(abs(x - middle) for middle in middles) < 10
    for middle in middles[2:]:  # the first two lie beside a tick
        assert any(abs(x - middle) < 10 for x in dots)


def test_drawings_are_told_in_words_that_give_nothing_away() -> None:
    timeline, bars = told_in_words(write(job(replace(drawn(), sections=drawn().sections[1:3]))).files[QUIZ])[::-1]

    assert timeline == (
        "A timeline from 1850 to 1990 with 4 boxes. Box 1 stands between 1850 and 1890. Box 2 stands between 1850 and "
        "1890. Box 3 stands between 1970 and 1990. Box 4 stands between 1970 and 1990."
    )
    assert bars.startswith("3 bars, each with a box. Bar 1 is 3 % as long as the longest.")
    for words in (timeline, bars):
        assert not any(item in words for item in (*TIMELINE.items, *BARS.items))
    key = told_in_words(write(job(part("timeline"))).files[KEY])
    assert "Box 1: B." in key[0]  # 'The fair opens' was shown second


def test_a_passage_runs_as_one_text_and_its_words_stand_once_in_the_box() -> None:
    data = write(job(part("passage"))).files[QUIZ]
    text = bare(text_of(data))

    starts = [text.index(f"Sentencenumber{i}") for i in range(4)]
    assert starts == sorted(starts)
    for entry in part("passage").entries:
        assert isinstance(entry.question, Cloze)
        assert text.count(bare(entry.question.gaps[0].answers[0])) == 1
    key = bare(text_of(write(job(part("passage"))).files[KEY]))
    assert all(f"{i}{bare(place)}" in key for i, place in enumerate(("Sel", "Ombria", "Kandahar", "New York"), 1))


@pytest.mark.parametrize(
    "paper, large_print, direction",
    [
        ("a4", False, "ltr"),
        ("a4", True, "ltr"),
        ("letter", False, "rtl"),
        ("a5", False, "ltr"),
        ("legal", False, "ltr"),
    ],
)
def test_the_back_of_each_card_lies_behind_its_front(paper: str, large_print: bool, direction: str) -> None:  # noqa: FBT001
    given = job(part("cards"), paper=paper, large_print=large_print)
    given = replace(given, language=replace(given.language, direction=direction))
    written = write(given)
    grid = Grid.of(paper_of(given), read_look(TEMPLATES, large_print=large_print)[0])
    pages = list(pypdfium2.PdfDocument(written.files[QUIZ]))

    assert list(written.files) == [QUIZ]  # cards tell their answers themselves
    fronts = [
        cell for page in pages[::2] for cell in cells(page, grid, PAPERS[paper].height, mirrored=direction == "rtl")
    ]
    backs = [
        cell for page in pages[1::2] for cell in cells(page, grid, PAPERS[paper].height, mirrored=direction != "rtl")
    ]
    told = [re.findall(r"number (\d+)", cell) for cell in fronts]
    assert [number for [number] in told[:10]] == [str(i) for i in range(10)]
    assert [re.findall(r"Back number (\d+)", cell) for cell in backs[:10]] == told[:10]
    assert all("Moscow wants back in, 46" in cell for cell in backs[:10])


def cells(page: pypdfium2.PdfPage, grid: Grid, height: float, *, mirrored: bool) -> Iterator[str]:
    """What stands on each card of a page, row by row; from the right where they are mirrored."""
    text = page.get_textpage()
    for number in range(grid.count):
        x, y = grid.corner(number, back=mirrored)
        yield text.get_text_bounded(x, height - y - grid.height, x + grid.width, height - y).replace("\r\n", " ")


def test_a_card_that_holds_no_such_text_is_left_out_and_told() -> None:
    long = replace(RECALL, prompt="word " * 900)
    cards = part("cards").sections[0]
    entries = (replace(cards.entries[0], question=long), *cards.entries[1:])
    written = write(job(replace(part("cards"), sections=(replace(cards, entries=entries),))))

    [problem] = written.problems
    assert (problem.place, problem.rule) == (RECALL.about.place, "card")
    assert "Front number 9?" in text_of(written.files[QUIZ])


def test_a_page_that_is_alone_stands_twice_on_a_sheet_of_two_and_is_heard_once() -> None:
    one = replace(part("timeline"), layout=replace(drawn().layout, fields=()))
    data = write(job(one, two_up=True, key="none")).files[QUIZ]
    two = write(job(one, replace(one, version="B"), two_up=True, key="none")).files[QUIZ]

    assert [text.count("The fair opens") for text in pages_of(data)] == [2]
    assert [text.count("Answer key ·") for text in pages_of(write(job(one, two_up=True)).files[KEY])] == [2]  # and foot
    assert len(told_in_words(data)) == 1
    assert len(told_in_words(two)) == 2
    assert ["Version A" in text and "Version B" in text for text in pages_of(two)] == [True]


DECKS = sorted(path for path in shipped("decks").iterdir() if path.suffix == ".yaml" or (path / "deck.yaml").is_file())


@pytest.fixture(scope="module", params=DECKS, ids=lambda path: path.stem)
def deck(request: pytest.FixtureRequest) -> Asked:
    asked, _ = read(request.param, TEMPLATES)
    assert asked is not None
    return asked


@pytest.mark.parametrize("recipe", recipe_names(TEMPLATES))
def test_every_recipe_prints_every_deck_and_its_key_holds_for_the_printed_order(deck: Asked, recipe: str) -> None:
    sheets, _ = composer(recipe, seed=len(recipe), versions=2)(deck, TEMPLATES)
    if not sheets:
        return  # test_compose_shipped says which decks lack what
    given = replace(job(*sheets, key="separate"), deck=deck.deck, language=deck.language)
    written = write(given)
    paper = solid(text_of(written.files[QUIZ]))

    assert [problem for problem in written.problems if problem.rule != "picture"] == []
    for sheet in sheets:
        assert paper.count(solid(sheet.form)) >= 1
    for section in sheets[0].sections:
        for entry in section.entries:
            for text in shown_of(section, entry.question):
                assert paper.count(solid(text)) >= len(sheets), text
    keyed = [] if all(section.on_cards for section in sheets[0].sections) else sheets
    for sheet, own in zip(keyed, by_version(written.files[KEY]) if keyed else [], strict=True):
        check_key(sheet, own)


def solid(text: str) -> str:
    """Text without spaces and hyphens, which PDFium leaves out at the end of a line."""
    return re.sub(r"[-\x02\ufffe]", "", bare(text))


def shown_of(section: Section, question: Question) -> list[str]:
    """What a reader must find of a question in a section."""
    match question:
        case Cloze():
            return [piece for piece in question.pieces if isinstance(piece, str) and len(piece) > 3]
        case Truth():
            return [question.statement]
        case Choice():
            return [question.prompt, *(option.text for option in question.options)]
        case Match():
            return [question.prompt, *question.left, *question.right]
        case Order():
            return list(question.items) if section.draw else [question.prompt, *question.items]
        case _:
            return [question.prompt]


def check_key(sheet: Sheet, key: str) -> None:
    """Whether the key gives the letters that stand, in this version, beside what is right."""
    alphabet = "ABCDEFGHIJ"
    for entry in sheet.entries:
        question = entry.question
        if isinstance(question, Choice):
            letters = "".join(alphabet[i] for i, option in enumerate(question.options) if option.right)
        elif isinstance(question, Order):
            letters = "".join(alphabet[question.shown.index(i)] for i in range(len(question.items)))
        elif isinstance(question, Match):
            letters = "".join(f"{left + 1}{alphabet[right]}" for left, right in sorted(question.pairs))
        elif isinstance(question, Truth):
            letters = "True" if question.verdict else "False"
        else:
            continue
        assert f"{entry.number}{letters}" in key, question


def test_there_are_decks_and_recipes() -> None:
    assert len(DECKS) == 3
    assert len(recipe_names(TEMPLATES)) > 10
    assert Path(DECKS[0]).exists()


@pytest.mark.parametrize(
    "last, stop",
    [
        (" said: “The sea keeps no diary”", "."),
        (" said: “The sea keeps no diary!”", ""),
        (" came first", "."),
        (" came first.", ""),
        (" (1994).", ""),
        (" ist „Brot“", "."),
        ("说：“海不写日记”", "。"),
        ("说：“海不写日记。”", ""),
        ("", "."),
    ],
)
def test_a_sentence_of_a_passage_has_a_stop(last: str, stop: str) -> None:
    assert stop_after(last) == stop


def test_a_sentence_of_a_passage_ends_before_the_next_begins() -> None:
    gap = Gap(slot=1, answers=("Dag Holm",), answer_type="name")
    first = replace(CLOZE, about=about("one", "cloze"), pieces=(gap, " said: “The sea keeps no diary”"))
    second = replace(CLOZE, about=about("two", "cloze"), pieces=("Then came ", gap))
    sheet = sheet_of([first, second])
    passage = replace(sheet, sections=(replace(sheet.sections[0], draw="passage"),))
    assert bare("keeps no diary”. Then came 2.") in bare(text_of(write(job(passage)).files[QUIZ]))
