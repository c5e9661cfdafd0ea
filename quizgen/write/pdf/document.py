"""The documents: the quiz with all its versions and the key, as files."""

from __future__ import annotations

import contextlib
import gc
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from quizgen.abreast import made
from quizgen.compose import Sheet
from quizgen.problems import Place, Problem, warning
from quizgen.templates import Unusable
from quizgen.write import Job, Written, unheeded
from quizgen.write.pdf.answers import AnswerSheets
from quizgen.write.pdf.breaks import one_thing
from quizgen.write.pdf.cards import all_card_pages
from quizgen.write.pdf.closed import rows_of, to_mark
from quizgen.write.pdf.drawing import Drawing
from quizgen.write.pdf.flow import Page
from quizgen.write.pdf.fonts import Fonts
from quizgen.write.pdf.geometry import Geometry
from quizgen.write.pdf.glyphs import Encoder, stand_in
from quizgen.write.pdf.grid import grid_pages
from quizgen.write.pdf.key import key_pages
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Setter
from quizgen.write.pdf.look import read_look
from quizgen.write.pdf.paper import Imposing, paper_of
from quizgen.write.pdf.sheet import sheet_pages


def write(job: Job) -> Written:
    """The quiz, and its key as the job wants it; with what could not be drawn."""
    if not job.sheets:
        return Written(files={})
    try:
        with _all_in_use():
            return _write(job)
    except Unusable as stop:  # a font without which nothing can be set
        return Written(files={}, problems=(stop.problem,))


@contextlib.contextmanager
def _all_in_use() -> Iterator[None]:
    """No garbage is looked for in here: there is none that goes in circles, and looking takes an eighth longer."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _write(job: Job) -> Written:
    keyed = [sheet for sheet in job.sheets if not all(section.on_cards for section in sheet.sections)]
    whole_keys = job.key != "none" and job.key_detail != "grid"
    total = len(job.sheets) + len(keyed) * (whole_keys + job.answer_sheet)
    wanted: Sequence[tuple[Callable[..., _Part], bool]] = (
        (_quiz, True),
        (_key, job.key == "separate" and bool(keyed)),
        (_answers, job.answer_sheet),
    )
    alone = replace(job, progress=unheeded)
    parts = [partial(make, alone, keyed) for make, is_wanted in wanted if is_wanted]
    # Without other processes one after the other: what setting the one took is free before the next begins.
    results = made(parts, jobs=job.jobs, told=lambda done: job.progress(done, total))
    files = {name: data for made_of, _ in results for name, data in made_of.items()}
    return Written(files=files, problems=tuple(dict.fromkeys(problem for _, told in results for problem in told)))


_Part = tuple[dict[str, bytes], tuple[Problem, ...]]  # files, and what could not be drawn in them
_Step = Callable[[], None]


def _each(sheets: Iterable[Sheet], step: _Step) -> Iterator[Sheet]:
    """These sheets; a step is done when the next is asked for."""
    for sheet in sheets:
        yield sheet
        step()


def _quiz(job: Job, keyed: Sequence[Sheet], step: _Step) -> _Part:
    """The sheets of all versions, and their keys, if those are to be appended."""
    quiz = Document(job, job.sheets[0].title)
    for sheet in _each(job.sheets, step):
        quiz.add(quiz.sheet(sheet))
    if job.key == "appended":
        quiz.add_key(keyed, step)
    return {f"{job.name}-quiz.pdf": quiz.finish()}, quiz.problems()


def _key(job: Job, sheets: Sequence[Sheet], step: _Step) -> _Part:
    """The keys of all versions."""
    key = Document(job, f"{job.language.say('pdf.key')} · {job.sheets[0].title}")
    key.add_key(sheets, step)
    return {f"{job.name}-key.pdf": key.finish()}, key.problems()


def _answers(job: Job, sheets: Sequence[Sheet], step: _Step) -> _Part:
    """The answer sheets and their geometry, if any question has bubbles."""
    title = f"{job.language.say('pdf.answer-sheet')} · {job.sheets[0].title}"
    answers = Document(replace(job, two_up=False, fillable=False), title)
    if not any(rows_of(answers.kit, entry.question) for sheet in sheets for entry, _ in to_mark(sheet)):
        says = "there is no answer sheet: no question of this quiz is answered by a bubble"
        return {}, (
            warning(Place(str(job.deck.file)), says, "Choose another recipe, or other --forms.", rule="bubbles"),
        )
    geometry = answers.add_answers(sheets, step)
    files = {f"{job.name}-answers.pdf": answers.finish(), f"{job.name}-answers.json": geometry}
    return files, answers.problems()


class Document:
    """One PDF file of a job: pages are laid out, and then drawn. Laid out, they keep the boxes of what is on them."""

    def __init__(self, job: Job, title: str) -> None:
        self._job = job
        self._paper = paper_of(job)
        self._imposing = Imposing(self._paper)
        self._handed_out = False  # whether it has pages for learners
        look, self._problems = read_look(
            job.templates, job.look, large_print=job.large_print, easy_reading=job.easy_reading
        )
        file = Place(str(job.templates.path(f"pdf/{job.look}.yaml")))
        fonts = Fonts(job.templates, look.fonts, lambda name: look.named.get(name, file))
        self._drawing = Drawing(
            self._paper.sheet,
            title=title,
            subject=job.deck.title,
            language=job.language.code,
            background=look.colours.page,
            leftward=job.language.direction == "rtl",
            tagged=job.tagged,
        )
        setter = Setter(
            Encoder(fonts, self._drawing.document, look.spacing),
            one_thing(job.language),
            leftward=job.language.direction == "rtl",
        )
        setter.place = Place(str(job.deck.file))
        self.kit = Kit(look, setter, job.language, fillable=job.fillable)

    def sheet(self, sheet: Sheet) -> list[Page]:
        """The pages of one version."""
        self._handed_out = True
        pages = sheet_pages(self.kit, self._paper, sheet, title=self._job.deck.title)
        return [*pages, *all_card_pages(self.kit, self._paper, sheet)]

    def key(self, sheet: Sheet) -> list[Page]:
        """The pages of one version's key."""
        return key_pages(self.kit, self._paper, sheet, full=self._job.key_detail == "full")

    def grid(self, sheets: Sequence[Sheet]) -> Iterator[Page]:
        """The pages of all versions' keys at a glance."""
        return grid_pages(self.kit, self._paper, sheets)

    def add_key(self, sheets: Sequence[Sheet], step: _Step) -> None:
        """Draw the keys of all versions: at a glance, where there are several, and then one by one."""
        detail = self._job.key_detail
        if sheets and (len(sheets) > 1 or detail == "grid"):  # flashcards have no key
            self.add(self.grid(sheets))
        for sheet in _each(sheets, step) if detail != "grid" else ():
            self.add(self.key(sheet))

    def add(self, pages: Iterable[Page]) -> None:
        """Draw pages after those that are there."""
        for page in self._imposing.sheets(pages):
            self._drawing.add(page)

    def add_answers(self, sheets: Sequence[Sheet], step: _Step) -> bytes:
        """Draw the answer sheets of all versions; returns where on them what is, as JSON."""
        made = AnswerSheets(self.kit, self._paper)
        told = Geometry(key=self._job.key != "none")
        for sheet in _each(sheets, step):
            own = made.pages(sheet, title=self._job.deck.title)
            self.add([each.page for each in own])
            told.add(sheet, own)
        return told.finish(self._job, self._paper, made)

    def finish(self) -> bytes:
        """The file."""
        for page in self._imposing.last(twice=self._handed_out):
            self._drawing.add(page)
        return self._drawing.finish()

    def problems(self) -> tuple[Problem, ...]:
        """What could not be drawn, each with the place where it first stood."""
        setter = self.kit.setter
        return (
            *self._problems,
            *self.kit.problems,
            *(_no_glyph(char, place) for char, place in setter.missing.items()),
        )


def _no_glyph(char: str, place: Place) -> Problem:
    name = unicodedata.name(char, "")
    called = f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"
    says = f"no font of the PDF has the character {called}; '{stand_in(char)}' is printed in its place"
    remedy = "Write it another way, or name a font that has it under 'fallback' in a look of your own (templates/pdf/)."
    return warning(place, says, remedy, rule="glyph")
