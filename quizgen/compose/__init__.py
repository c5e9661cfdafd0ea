"""Sheets: a recipe, a bank and a seed become the versions of a quiz.

On one sheet no fact is asked twice in one way, nor for one answer; no two questions read the same; and none gives
away another's answer (the rule is in `leaks`). Versions of a quiz have the same questions in another order, within
their sections, and with their options, columns and items in another order; `fresh` ones have other questions by the
same recipe. All of it follows from the seed and the identities of the questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizgen.compose.boxed import bank_of
from quizgen.compose.formid import Blueprint, form_id, parse_form, spelt
from quizgen.compose.header import Header, Pupil
from quizgen.compose.leaks import Candidate, candidates, id_of
from quizgen.compose.picking import pick_sheets
from quizgen.compose.recipes import Layout, Part, Recipe
from quizgen.compose.shuffling import Shuffling, order_of, rank, things
from quizgen.compose.wanted import pools_of, wanted_of
from quizgen.dice import Dice, lot
from quizgen.language import Language
from quizgen.ledger.content import digest_of
from quizgen.problems import Problem, error, warning
from quizgen.questions import Bank, Question

__all__ = [
    "Entry",
    "Header",
    "Layout",
    "Picked",
    "Pupil",
    "Section",
    "Sheet",
    "compose",
    "deck_version",
    "id_of",
    "marks_of",
    "picks",
    "read_form",
    "version_name",
    "version_number",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A numbered question of a sheet, with its marks. Options, columns and items stand in this version's order."""

    number: int
    question: Question
    marks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a sheet under one heading ('' for none), with one instruction.

    `draw` is how it is set: '' for one question after the other, or one of `recipes.DRAWN`. In `bank` are the answers
    that stand above the questions to choose from, in an order that tells nothing.
    """

    heading: str
    instruction: str
    entries: tuple[Entry, ...]
    draw: str = ""
    bank: tuple[str, ...] = ()

    @property
    def on_cards(self) -> bool:
        """Whether it is flashcards, which tell their answers themselves."""
        return self.draw == "cards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One version (A, B, ...) of a composed quiz. `form` identifies it: deck, recipe, seed and version in short.

    `deck_version` changes when anything does that the quiz could ask. `pupil` is whose sheet it is, if it has one.
    """

    deck: str
    title: str
    language: str
    recipe: str
    version: str
    seed: int
    form: str
    intro: str
    sections: tuple[Section, ...]
    layout: Layout
    deck_version: str = ""
    pupil: Pupil | None = None
    header: Header = field(default_factory=Header)

    @property
    def marks(self) -> int:
        """The marks of all questions together."""
        return sum(entry.marks for section in self.sections for entry in section.entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All questions, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def last(self) -> int:
        """The number of the last question; 0 where there is none."""
        return max((section.entries[-1].number for section in self.sections if section.entries), default=0)

    def handed_to(self, pupil: Pupil | None, header: Header) -> Sheet:
        """This sheet with that header, and with the pupil's name, if any, in its field."""
        own = header.over(self.layout, pupil)
        return replace(self, pupil=pupil, header=own, layout=replace(self.layout, fields=own.fields(self.layout)))


def compose(
    bank: Bank,
    recipe: Recipe,
    *,
    deck_id: str,
    title: str,
    language: Language,
    seed: int,
    versions: int = 1,
    fresh: bool = False,
    count: int | None = None,
    forms: Collection[str] | None = None,
    tags: Collection[str] | None = None,
    importance: Sequence[str] = (),
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """The versions of a quiz by that recipe, and what it wanted that the bank does not have.

    `count` replaces the recipe's number of questions, which its sections share as before. `forms` and `tags` leave
    out all other questions. No sheet is made where there is no question for it.
    """
    pools = pools_of(recipe, candidates(bank, language), (deck_id, recipe.name, seed), forms=forms, tags=tags)
    if not pools:
        return (), (_no_section(recipe, forms or ()),)
    wanted = wanted_of(recipe, pools, count)
    picked, problems = pick_sheets(recipe, pools, wanted, versions if fresh else 1)
    if not any(picked[0].values()):
        return (), problems or (_nothing(recipe),)
    blueprint = Blueprint.of(recipe.name, count=count, forms=forms, tags=tags, fresh=fresh)
    heading = recipe.title.replace("{title}", title)
    asked_of = deck_version(bank)
    digests = {one.id: digest_of(one.question) for sheet in picked for ones in sheet.values() for one in ones}
    shuffling = Shuffling()
    sheets = []
    for number in range(versions):
        version = version_name(number)
        sections = _sections(recipe, picked[number if fresh else 0], (deck_id, seed, version), shuffling, importance)
        shown = (heading, recipe.intro, *_shown(sections, digests))
        sheet = Sheet(
            deck=deck_id,
            title=heading,
            language=language.code,
            recipe=recipe.name,
            version=version,
            seed=seed,
            form=form_id(deck_id, blueprint, seed=seed, version=version, shown=shown),
            intro=recipe.intro,
            sections=sections,
            layout=recipe.layout,
            deck_version=asked_of,
        )
        sheets.append(sheet)
    return tuple(sheets), problems


Picked = dict[int, list[Candidate]]  # by the number of the section in the recipe


def picks(
    bank: Bank, recipe: Recipe, *, deck_id: str, language: Language, seeds: Iterable[int]
) -> Iterator[tuple[Picked, tuple[Problem, ...]]]:
    """What `compose` picks for each of many seeds, and what there is too little of, in a fraction of the time."""
    pools = pools_of(recipe, candidates(bank, language), (deck_id, recipe.name, 0), forms=None, tags=None)
    wanted = wanted_of(recipe, pools, None)
    for seed in seeds:
        shuffled_pools = {number: pool.again(deck_id, recipe.name, seed) for number, pool in pools.items()}
        picked, problems = pick_sheets(recipe, shuffled_pools, wanted, 1)
        yield picked[0], problems


def version_name(number: int) -> str:
    """The name of a version, from 0: A, B, ..., Z, AA, AB, ..."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def version_number(name: str) -> int:
    """The number of the version of that name, from 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def read_form(form: str) -> tuple[int, str] | None:
    """The seed and the version that a sheet's form names; None if it is no form."""
    found = parse_form(form)
    return (found.seed, found.version) if found else None


def deck_version(bank: Bank) -> str:
    """Four letters that stand for all questions of a bank: one word of one question changed, and they are others."""
    return spelt(lot("deck", *(f"{one.about.id} {digest_of(one)}" for one in bank.questions)), 4)


def _shown(sections: tuple[Section, ...], digests: Mapping[str, str]) -> Iterator[str]:
    """What a sheet shows, in its order, shortened: two sheets that have this in common read the same."""
    for section in sections:
        yield from (section.heading, section.instruction, section.draw)
        for entry in section.entries:
            yield f"{entry.marks} {digests[id_of(entry.question)]}"
            yield order_of(entry.question)


def _sections(
    recipe: Recipe,
    picked: dict[int, list[Candidate]],
    version: tuple[str, int, str],
    shuffling: Shuffling,
    importance: Sequence[str],
) -> tuple[Section, ...]:
    """The sections of one version, numbered through; those without a question are left out."""
    sections = []
    numbered = 1
    for number in sorted(picked):
        part = recipe.parts[number]
        ones = sorted(picked[number], key=lambda one: lot("order", *version, one.id))
        ones.sort(key=lambda one: rank(one.question.about, part.arrange, importance))
        entries = []
        for one in ones:
            question = shuffling.shuffled(one.question, Dice("version", *version, one.id))
            marks = marks_of(part, question)
            entries.append(Entry(number=numbered, question=question, marks=marks))
            numbered += 1
        if entries:
            bank = bank_of([entry.question for entry in entries]) if part.bank else ()
            section = Section(
                heading=part.heading,
                instruction=part.instruction,
                entries=tuple(entries),
                draw=part.draw,
                bank=bank,
            )
            sections.append(section)
    return tuple(sections)


def marks_of(part: Part, question: Question) -> int:
    """The marks of a question in that section."""
    return things(question) if part.marks is None else part.marks


def _nothing(recipe: Recipe) -> Problem:
    """Why there is no sheet, where no section says that it lacks anything."""
    says = "nothing is printed: this recipe comes to no question of the deck"
    return warning(recipe.place, says, "Add facts, or ask for more.", rule="few")


def _no_section(recipe: Recipe, forms: Collection[str]) -> Problem:
    there = sorted({form for part in recipe.parts for form in part.forms})
    says = f"the recipe '{recipe.name}' has no section for {' or '.join(sorted(forms))} questions"
    return error(recipe.place, says, f"Its forms are {', '.join(there)}.")
