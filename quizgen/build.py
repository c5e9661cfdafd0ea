"""Build: from a deck file to the bytes of its outputs. Nothing here touches the disk but to read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen import ledger as ledgers
from quizgen.ask import ask
from quizgen.cards import ALL, Selection
from quizgen.deck import read_deck
from quizgen.facts import Deck
from quizgen.files import owned, safe_name
from quizgen.formats import PACKING, writer
from quizgen.language import Language, read_language
from quizgen.problems import Place, Problem, error, has_errors, quoted, warning
from quizgen.questions import Bank, Cloze, Question, form_of
from quizgen.templates import Templates, Unusable
from quizgen.write import Job, Progress, Written, unheeded

if TYPE_CHECKING:
    from quizgen.compose import Header, Pupil, Sheet
    from quizgen.write.anki import Part


@dataclass(slots=True, kw_only=True)
class Asked:
    """A deck that was read without errors, its language, and the questions on it, which are asked when they are wanted.

    `every` are all of them, once they have been asked. Blanks have the numbers that a `ledger`, if any, gives them.
    """

    deck: Deck
    language: Language
    every: Bank | None = None
    ledger: ledgers.Ledger | None = None

    @property
    def bank(self) -> Bank:
        """All questions."""
        if self.every is None:
            self.every = self._numbered(ask(self.deck, self.language))
        return self.every

    def bank_of(self, facts: Collection[str] | None) -> Bank:
        """All questions of the facts with these ids, and no others are asked; None: of all facts."""
        if facts is None:
            return self.bank
        if self.every is None:
            return self._numbered(ask(self.deck, self.language, of=facts))
        return Bank(
            questions=tuple(question for question in self.every.questions if question.about.fact in facts),
            skipped=tuple(skipped for skipped in self.every.skipped if skipped.fact in facts),
        )

    def numbered(self, ledger: ledgers.Ledger) -> Asked:
        """The same with the numbers that the ledger gives to blanks, where these have none as yet."""
        every = None if self.every is None else ledgers.with_slots(ledger, self.deck, self.every)[1]
        return Asked(deck=self.deck, language=self.language, every=every, ledger=ledger)

    def _numbered(self, bank: Bank) -> Bank:
        return bank if self.ledger is None else ledgers.with_slots(self.ledger, self.deck, bank)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How sheets are printed."""

    paper: str = "a4"
    landscape: bool = False
    two_up: bool = False
    look: str = "plain"
    large_print: bool = False
    easy_reading: bool = False
    fillable: bool = False
    tagged: bool = True
    key: str = "separate"
    key_detail: str = "full"
    answer_sheet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """What goes into Anki packages; `together` where several decks are to be in one, made by `build_package`."""

    cards: Selection = ALL
    preset: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What is to be written for one deck or quiz: files by name, the ledger (path and bytes), and what was wrong."""

    owner: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    ledger: tuple[Path, bytes] | None = None
    part: Part | None = None  # of a package of several decks
    sheets: tuple[Sheet, ...] = ()  # of a quiz


Sheets = tuple[tuple["Sheet", ...], tuple[Problem, ...]]
Composer = Callable[[Asked, Templates], Sheets]


def read(file: Path, templates: Templates, *, only_cards: bool = False) -> tuple[Asked | None, tuple[Problem, ...]]:
    """The deck in that file or folder, read and asked (None where it has errors), and all that is wrong with it.

    With `only_cards` it is asked only for what becomes Anki cards.
    """
    asked, problems = read_only(file, templates)
    if asked is not None:
        asked.every = ask(asked.deck, asked.language, only_cards=only_cards)
    return asked, problems


def read_only(file: Path, templates: Templates) -> tuple[Asked | None, tuple[Problem, ...]]:
    """The deck in that file or folder, read and as yet not asked (None where it has errors), and what is wrong."""
    try:
        deck, problems = read_deck(file, templates)
        if deck is None or has_errors(problems):
            return None, problems
        language, more = read_language(templates, deck.language, Place(str(deck.file), 1, 1))
    except Unusable as unusable:
        return None, (unusable.problem,)
    if has_errors(more):
        return None, problems + more
    return Asked(deck=deck, language=language), problems + more


def build_deck(
    asked: Asked,
    templates: Templates,
    *,
    to: tuple[str, ...],
    sheets_of: Composer,
    printing: Printing,
    now: int,
    packing: Packing | None = None,
    out: Path | None = None,
) -> Built:
    """All that is made of a deck, and its ledger brought up to date. No files where anything is an error.

    `now` (seconds since 1970) is when what has changed counts as changed; it enters only through the ledger. In `out`
    may be what was built before: a lost ledger is rebuilt from it.
    """
    packing = packing or Packing()
    where = ledgers.path_beside(asked.deck.file)
    on_cards = bool(PACKING & set(to))
    try:
        job = _job(asked, templates, printing, name=safe_name(asked.deck.id), packing=packing)
        ledger, problems = ledgers.read_ledger(where)
        if on_cards and out is not None and not where.exists():
            ledger, problems = _rebuilt_ledger(job, out)
        job = _with_ledger(job, ledger, now, on_cards=on_cards)
        sheets, more = sheets_of(replace(asked, every=job.bank), templates) if "pdf" in to else ((), ())
        written, part = _made(replace(job, sheets=sheets), to, together=packing.together)
    except Unusable as unusable:
        return Built(owner=asked.deck.id, files={}, problems=(unusable.problem,))
    ledger = job.ledger
    if on_cards:
        ledger, lost = _published(job, written)
        problems += (*packing.cards.unknown(asked.deck), *lost)
    problems += (*more, *(problem for one in written for problem in one.problems))
    if has_errors(problems):
        return Built(owner=asked.deck.id, files={}, problems=problems)
    files = {name: data for one in written for name, data in one.files.items()}
    beside = (where, ledgers.to_bytes(ledger)) if on_cards else None
    return Built(owner=asked.deck.id, files=files, problems=problems, ledger=beside, part=part)


def _made(job: Job, to: tuple[str, ...], *, together: bool) -> tuple[list[Written], Part | None]:
    """What all formats give, and the part of a package of several decks, where that is wanted."""
    if not together or "anki" not in to:
        return [writer(name)(job) for name in to], None
    from quizgen.write.anki import part_of  # noqa: PLC0415 - genanki loads slowly

    part, problems, published = part_of(job)
    others = [writer(name)(job) for name in to if name != "anki"]
    return [Written(files={}, problems=problems, published=published), *others], part


def build_package(name: str, built: Sequence[Built]) -> Built:
    """One Anki package of the parts of several decks, which are never empty; no file where anything is an error."""
    from quizgen.write.anki import bundle  # noqa: PLC0415 - as above

    owner = f"{name}.apkg"  # no deck's id has a dot
    parts = [one.part for one in built if one.part is not None]
    titles: dict[str, str] = {}
    for one in built:
        for title, _ in one.part.decks.values() if one.part else ():
            other = titles.setdefault(title.casefold(), one.owner)
            if other != one.owner:
                says = f"the decks {quoted(other)} and {quoted(one.owner)} have one title: to Anki they are one"
                return Built(owner=owner, files={}, problems=(error(Place(owner), says, "Give one another title."),))
    return Built(owner=owner, files={f"{safe_name(name)}.apkg": bundle(parts)}, problems=())


def build_quiz(
    asked: Asked,
    templates: Templates,
    *,
    to: tuple[str, ...],
    sheets_of: Composer,
    printing: Printing,
    name: str,
    progress: Progress = unheeded,
    jobs: int = 1,
) -> Built:
    """One quiz of a deck, under a name of its own; page and JSON hold its questions alone.

    No files where anything is an error. `progress` hears how far it is; `jobs` processes at most work at it.
    """
    try:
        ledger, found = ledgers.read_ledger(ledgers.path_beside(asked.deck.file))
        numbered = asked.numbered(ledger)
        sheets, problems = sheets_of(numbered, templates)  # as the build has it: its seed is ours
        bank = Bank(questions=_asked_on(sheets, numbered), skipped=())
        job = _job(replace(asked, every=bank), templates, printing, name=name)
        job = replace(job, sheets=sheets, ledger=ledger, progress=progress, jobs=jobs)
        files, written = _written(job, to)
        if sheets:
            from quizgen.write.record import record, record_name  # noqa: PLC0415 - as below

            files[record_name(job.name)] = record(job)
    except Unusable as unusable:
        return Built(owner=name, files={}, problems=(unusable.problem,))
    problems += found + written
    return Built(owner=name, files={} if has_errors(problems) else files, problems=problems, sheets=sheets)


def _asked_on(sheets: Sequence[Sheet], asked: Asked) -> tuple[Question, ...]:
    """The questions of these sheets, each once, as the first of them shows it.

    A sentence has all its blanks where sheets blank different ones.
    """
    chosen: dict[tuple[str, str], Question] = {}
    parted: set[str] = set()
    for question in (entry.question for sheet in reversed(sheets) for entry in sheet.entries):
        name = (question.about.id, form_of(question))
        other = chosen.get(name)
        if isinstance(other, Cloze) and isinstance(question, Cloze) and other.gaps != question.gaps:
            parted.add(question.about.fact)
        chosen[name] = question
    if parted:
        whole = [question for question in asked.bank_of(parted).questions if isinstance(question, Cloze)]
        chosen |= {(question.about.id, form_of(question)): question for question in whole}
    return tuple(chosen.values())


# ---- the ledger ----------------------------------------------------------------------------------------------------


def _with_ledger(job: Job, ledger: ledgers.Ledger, now: int, *, on_cards: bool) -> Job:
    """The job with this ledger, which knows every blank and the looks of cards, and with its numbers of blanks."""
    ledger, bank = ledgers.with_slots(ledger, job.deck, job.bank)
    if on_cards:
        from quizgen.write.anki import look_digests  # noqa: PLC0415 - as above

        ledger = ledgers.with_looks(ledger, look_digests(job.templates), now)
    return replace(job, ledger=ledger, bank=bank, now=now)


def _published(job: Job, written: Sequence[Written]) -> tuple[ledgers.Ledger, tuple[Problem, ...]]:
    """The ledger as it is once the deck's cards are published, and what nobody tells learners of."""
    cards = next(one.published for one in written if one.published is not None)
    ledger = ledgers.updated(job.ledger, cards.lines, deck=job.deck)
    return ledger, ledgers.lost(ledger, job.deck, cards.asked, cards.lines)


def _rebuilt_ledger(job: Job, out: Path) -> tuple[ledgers.Ledger, tuple[Problem, ...]]:
    """The ledger of a deck that has none, from the package that an earlier build has left in `out`, if there is one."""
    for path in owned(out, job.deck.id):
        if path.suffix != ".apkg":
            continue
        from quizgen.apkg import read_package  # noqa: PLC0415 - sqlite3 loads slowly
        from quizgen.write.anki.rebuilding import rebuilt  # noqa: PLC0415 - as above

        package = read_package(path)
        if isinstance(package, Problem):
            continue
        ledger = rebuilt(package, job)
        if ledger is not None:
            says = f"the deck's ledger is lost, and was rebuilt from {path}"
            remedy = (
                "If you can, restore it from your version control instead: what was published before that package is "
                "forgotten. Commit it with the deck."
            )
            place = Place(str(ledgers.path_beside(job.deck.file)))
            return ledger, (warning(place, says, remedy, rule="ledger"),)
    return ledgers.Ledger(), ()


def _job(asked: Asked, templates: Templates, printing: Printing, *, name: str, packing: Packing | None = None) -> Job:
    """The job of a deck, as yet without sheets and ledger."""
    packing = packing or Packing()
    return Job(
        name=name,
        deck=asked.deck,
        bank=asked.bank,
        sheets=(),
        language=asked.language,
        templates=templates,
        ledger=ledgers.Ledger(),
        paper=printing.paper,
        landscape=printing.landscape,
        two_up=printing.two_up,
        look=printing.look,
        large_print=printing.large_print,
        easy_reading=printing.easy_reading,
        fillable=printing.fillable,
        tagged=printing.tagged,
        key=printing.key,
        key_detail=printing.key_detail,
        answer_sheet=printing.answer_sheet,
        cards=packing.cards,
        preset=packing.preset,
    )


def _written(job: Job, to: tuple[str, ...]) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of all formats, and what could not be written."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for format_ in to:
        result = writer(format_)(job)
        files |= result.files
        problems.extend(result.problems)
    return files, tuple(problems)


def composer(
    recipe: str,
    *,
    seed: int,
    versions: int = 1,
    fresh: bool = False,
    count: int | None = None,
    minutes: int | None = None,
    forms: tuple[str, ...] | None = None,
    tags: tuple[str, ...] | None = None,
    only: str = "",
    header: Header | None = None,
    pupils: tuple[Pupil, ...] = (),
) -> Composer:
    """What makes the sheets of a deck by the recipe of that name; `minutes` stand for a count.

    `only` is the one version that is wanted, where not all are. `pupils` are whose sheets the versions are, in order.
    """

    def sheets_of(asked: Asked, templates: Templates) -> Sheets:
        from quizgen.compose import Header, compose, version_number  # noqa: PLC0415 - who makes cards needs no sheets
        from quizgen.compose.enough import enough_for  # noqa: PLC0415 - as above
        from quizgen.compose.pace import count_in  # noqa: PLC0415 - as above
        from quizgen.compose.recipes import read_recipe  # noqa: PLC0415 - as above

        found, problems = read_recipe(templates, recipe, asked.language)
        if found is None:
            return (), problems
        number = count_in(minutes, found.parts) if minutes else count
        enough = enough_for(found, asked.deck, seed=seed, fresh=fresh, count=number, forms=forms, tags=tags)

        def drawn(bank: Bank) -> Sheets:
            return compose(
                bank,
                found,
                deck_id=asked.deck.id,
                title=asked.deck.title,
                language=asked.language,
                seed=seed,
                versions=version_number(only) + 1 if only else len(pupils) or versions,
                fresh=fresh,
                count=number,
                forms=forms,
                tags=tags,
                importance=() if asked.deck.order in (("deck",), ("timeline",)) else asked.deck.order,
            )

        sheets, more = drawn(asked.bank_of(enough))
        if enough is not None and more and not has_errors(more):  # they were too few
            sheets, more = drawn(asked.bank)
        wanted = (sheet for sheet in sheets if only in ("", sheet.version))
        handed = zip(wanted, pupils or repeat(None), strict=False)
        return tuple(sheet.handed_to(pupil, header or Header()) for sheet, pupil in handed), problems + more

    return sheets_of


def quiz_name(deck_id: str, recipe: str, seed: int, version: str = "") -> str:
    """The name of the files of one quiz of a deck, which other quizzes and the build never share.

    `version` is for a quiz of that version alone.
    """
    return safe_name("-".join((deck_id, recipe, str(seed), *([version] if version else ()))))
