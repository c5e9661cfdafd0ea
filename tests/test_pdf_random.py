"""Sheets of all recipes, papers and options, as the dice fall: solved from what is printed, and measured.

`QUIZGEN_LONG=1` makes a thousand of them.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import pytest

from quizgen.build import Asked, composer, read
from quizgen.compose import Section, Sheet, id_of
from quizgen.compose.leaks import candidates
from quizgen.compose.recipes import recipe_names
from quizgen.questions import Choice, Cloze, Gap, Match, Numeric, Order, Question, Recall, Truth
from quizgen.templates import shipped
from quizgen.write import Job
from quizgen.write.pdf import write
from quizgen.write.pdf.document import Document
from quizgen.write.pdf.flow import Page
from quizgen.write.pdf.look import read_look
from quizgen.write.pdf.paper import PAPERS, paper_of
from tests.pdf_goldens import DECK
from tests.pdf_jobs import TEMPLATES, bare, boxes, job, other_text_of
from tests.test_pdf_layout import assert_apart

COUNT = 1000 if os.environ.get("QUIZGEN_LONG") == "1" else 24
RECIPES = recipe_names(TEMPLATES)
DECKS = (DECK, shipped("decks") / "moon-race")


@cache
def asked_of(deck: Path) -> Asked:
    asked, problems = read(deck, TEMPLATES)
    assert asked is not None, problems
    return asked


def made_up(seed: int) -> tuple[Asked, Job]:
    """A quiz by the next recipe, all else as the dice fall; of a class now and then."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    asked = asked_of(dice.choice(DECKS))
    recipe = RECIPES[seed % len(RECIPES)]
    sheets: Sequence[Sheet] = ()
    while not sheets:
        wanted: dict[str, Any] = {"versions": dice.choice((1, 2, 3)), "fresh": dice.random() < 0.3}
        if dice.random() < 0.4:
            wanted["count"] = dice.randint(1, 40)
        sheets, _ = composer(recipe, seed=dice.randrange(10**6), **wanted)(asked, TEMPLATES)
        asked = asked if sheets else asked_of(DECK)  # which has something for every recipe
    options: dict[str, Any] = {
        "paper": dice.choice(list(PAPERS)),
        "look": dice.choice(("plain", "playful")),
        "key_detail": dice.choice(("full", "short")),
        **{
            name: dice.random() < 0.3
            for name in ("landscape", "two_up", "large_print", "easy_reading", "fillable", "answer_sheet")
        },
    }
    return asked, job(*sheets, language=asked.language, **options)


@pytest.mark.parametrize("seed", range(COUNT))
def test_every_question_is_printed_once_its_key_is_right_and_all_stands_apart_within_the_margins(seed: int) -> None:
    asked, given = made_up(seed)
    known = {id_of(one.question): one.question for one in candidates(asked.bank, asked.language)}
    files = write(given).files
    papers = texts_of(files["sample-quiz.pdf"], given.sheets)
    keys = texts_of(files["sample-key.pdf"], given.sheets) if "sample-key.pdf" in files else {}
    for sheet in given.sheets:
        measure(given, sheet)
        if all(section.on_cards for section in sheet.sections):
            assert_cards(other_text_of(files["sample-quiz.pdf"]), sheet)
        else:
            assert_solved(papers[bare(sheet.form)], keys[bare(sheet.form)], sheet, known)


# ---- what is printed -----------------------------------------------------------------------------------------------


def texts_of(data: bytes, sheets: Sequence[Sheet]) -> dict[str, str]:
    """What is printed of each form, without footers; a page that stands on a sheet twice once."""
    first, last = sheets[0], sheets[-1]
    forms = [*(sheet.form for sheet in sheets), f"{first.form} … {last.version}"]
    any_form = "|".join(map(loosely, forms))
    foot = rf"({any_form})\s*·\s*{loosely(f'seed {first.seed}')}.*?Page\s+(\d+)\s+of\s+\d+"
    parts = re.split(foot, other_text_of(data), flags=re.DOTALL)  # in the order in which it was written
    found: dict[tuple[str, int], str] = {}
    for text, form, page in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        found[bare(form), int(page)] = bare(text)
    return {
        bare(form): "".join(text for (own, _), text in sorted(found.items()) if own == bare(form)) for form in forms
    }


def loosely(text: str) -> str:
    """What finds a text wherever its lines end."""
    return r"\s*".join(map(re.escape, text.replace(" ", "")))


def assert_cards(text: str, sheet: Sheet) -> None:
    for entry in sheet.entries:
        assert bare(entry.question.prompt) in bare(text)


def assert_solved(paper: str, key: str, sheet: Sheet, known: dict[str, Question]) -> None:
    """Each question is on the paper once, in its order, and in the key is what is right for it there."""
    at = told = 0
    stems = {entry.number: stem_of(entry.question, section) for section in sheet.sections for entry in section.entries}
    for entry in sheet.entries:
        stem = stems[entry.number]
        assert len(re.findall(stem, paper)) == list(stems.values()).count(stem), (entry, stem, paper)
        number = "" if isinstance(entry.question, Cloze) else rf"{entry.number}\.?"  # a blank of a passage has it later
        found = re.compile(number + stem).search(paper, at)
        assert found is not None, (entry, stem, paper)
        at = found.end()
        solution = solved(paper[at:], known[id_of(entry.question)], entry.question)
        told = key.find(f"{entry.number}{solution}", told)
        assert told >= 0, (entry, solution, key)


def stem_of(question: Question, section: Section) -> str:
    """What finds a question on its sheet, after its number."""
    match question:
        case Truth():
            return rf"(?:{escaped(question.prompt)})?{escaped(question.statement)}"
        case Cloze():
            shown = "".join("" if isinstance(piece, Gap) else escaped(piece) for piece in question.pieces)
            return shown if section.draw == "passage" else rf"(?:{escaped(question.prompt)})?{shown}"
        case Order() if section.draw:
            return r"From"
        case Recall() | Choice() | Numeric() | Match() | Order():
            return escaped(question.prompt)
        case _:
            assert_never(question)


def escaped(text: str) -> str:
    return re.escape(bare(text))


def solved(paper: str, known: Question, shown: Question) -> str:
    """What the key has to say, found from what stands on paper after the stem by somebody who knows the deck."""
    match known:
        case Choice():
            options = lettered(paper, [option.text for option in known.options])
            right = {bare(option.text) for option in known.options if option.right}
            letters = [letter for letter, text in options if text in right]
            return "".join(letters) + ";".join(text for _, text in options if text in right)
        case Truth():
            assert isinstance(shown, Truth)
            return "True" if bare(shown.statement) == bare(known.correction) else "False"
        case Recall() | Numeric():
            return bare(known.answers[0])
        case Cloze():
            return bare(known.gaps[0].answers[0])
        case Match():
            partner = {bare(known.left[left]): bare(known.right[right]) for left, right in known.pairs}
            lefts, rights = matched(paper, known)
            return "".join(f"{number}{rights[partner[text]]}" for number, text in lefts if text in partner)
        case Order():
            letters_of = {text: letter for letter, text in lettered(paper, known.items)}
            return "".join(letters_of[bare(item)] for item in known.items)
        case _:
            assert_never(known)


def one_of(texts: Sequence[str]) -> str:
    return "|".join(sorted(map(escaped, texts), key=len, reverse=True))


def lettered(paper: str, texts: Sequence[str]) -> list[tuple[str, str]]:
    """The texts in their printed order, each with its letter."""
    letters = [chr(ord("A") + number) for number in range(len(texts))]
    found = re.search("".join(f"{letter}({one_of(texts)})" for letter in letters), paper)
    assert found is not None, (texts, paper)
    assert sorted(found.groups()) == sorted(map(bare, texts))
    return list(zip(letters, found.groups(), strict=True))


def matched(paper: str, known: Match) -> tuple[list[tuple[int, str]], dict[str, str]]:
    """Two columns: what stands at each number, and the letter of each partner. In a narrow measure they are one."""
    left, right = one_of(known.left), one_of(known.right)
    numbers = [f"{number}({left})" for number in range(1, len(known.left) + 1)]
    letters = [f"{chr(ord('A') + number)}({right})" for number in range(len(known.right))]
    rows = max(len(numbers), len(letters))
    beside = "".join("".join((*numbers[row : row + 1], *letters[row : row + 1])) for row in range(rows))
    for pattern in (beside, "".join(numbers + letters)):
        found = re.search(pattern, paper)
        if found is None:
            continue
        groups = iter(found.groups())
        lefts, rights = [], {}
        order = pattern == beside
        for row in range(rows) if order else range(len(numbers)):
            if row < len(numbers):
                lefts.append((row + 1, next(groups)))
            if order and row < len(letters):
                rights[next(groups)] = chr(ord("A") + row)
        if not order:
            rights = {text: chr(ord("A") + row) for row, text in enumerate(groups)}
        return lefts, rights
    raise AssertionError((known, paper))


# ---- where it stands -----------------------------------------------------------------------------------------------


def measure(given: Job, sheet: Sheet) -> None:
    """Nothing leaves the margins, or the paper on which cards are cut, and no text lies on another."""
    document = Document(given, sheet.title)
    look = read_look(TEMPLATES, given.look, large_print=given.large_print, easy_reading=given.easy_reading)[0]
    paper = paper_of(given)
    room = paper.room(look)
    on_cards = all(section.on_cards for section in sheet.sections)
    for page in pages_to_measure(document, sheet, on_cards=on_cards):
        standing = list(boxes(page))
        foot = len(page.placed[-1].block.pieces)
        for left, top, right, bottom, piece in standing[:-foot]:
            if on_cards:
                assert min(left, top) >= -0.01 and right <= paper.width and bottom <= paper.height, piece
                continue
            assert left >= room.left - 0.5 and right <= room.left + room.width + 0.5, piece
            assert top >= room.top - 0.5 and bottom <= room.top + room.height + 0.5, piece
        below = 0.0 if on_cards else room.top + room.height
        assert all(below - 0.5 <= top < bottom < paper.height for _, top, _, bottom, _ in standing[-foot:])
        assert_apart([box for box in standing if box[4].role and box[4].field is None])


def pages_to_measure(document: Document, sheet: Sheet, *, on_cards: bool) -> Iterator[Page]:
    yield from document.sheet(sheet)
    if not on_cards:
        yield from document.key(sheet)
        yield from document.grid([sheet])
