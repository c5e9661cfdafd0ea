"""Build: from a deck file to the bytes of its outputs. Nothing here touches the disk but to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from quizgen import ledger as ledgers
from quizgen.ask import ask
from quizgen.compose import Sheet, compose
from quizgen.compose.recipes import read_recipe
from quizgen.deck import read_deck
from quizgen.facts import Deck
from quizgen.files import safe_name
from quizgen.language import Language, read_language
from quizgen.problems import Place, Problem, has_errors
from quizgen.questions import Bank
from quizgen.templates import Templates, Unusable
from quizgen.write import Job, Writer

WRITERS: dict[str, str] = {  # name of a format -> module and function; loaded when it is used
    "anki": "quizgen.write.anki:write",
    "pdf": "quizgen.write.pdf:write",
    "page": "quizgen.write.page:write",
    "json": "quizgen.write.bank_json:write",
}
GROUP = "quizgen.writers"  # entry points by which another package adds a format
DEFAULT = ("anki", "pdf", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A deck that was read without errors, its language, and all questions on it."""

    deck: Deck
    language: Language
    bank: Bank


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How sheets are printed."""

    paper: str = "a4"
    large_print: bool = False
    key: str = "separate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What is to be written for one deck or quiz: files by name, the ledger (path and bytes), and what was wrong."""

    owner: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    ledger: tuple[Path, bytes] | None = None


Sheets = tuple[tuple[Sheet, ...], tuple[Problem, ...]]
Composer = Callable[[Asked, Templates], Sheets]


def read(file: Path, templates: Templates) -> tuple[Asked | None, tuple[Problem, ...]]:
    """The deck in that file or folder, read and asked (None where it has errors), and all that is wrong with it."""
    try:
        deck, problems = read_deck(file, templates)
        if deck is None or has_errors(problems):
            return None, problems
        language, more = read_language(templates, deck.language, Place(str(deck.file), 1, 1))
    except Unusable as unusable:
        return None, (unusable.problem,)
    if has_errors(more):
        return None, problems + more
    return Asked(deck=deck, language=language, bank=ask(deck, language)), problems + more


def writer(name: str) -> Writer:
    """The writer of that format, ours or another package's. Raises KeyError for one that there is not."""
    if name in WRITERS:
        module, function = WRITERS[name].split(":")
        found: Writer = getattr(import_module(module), function)
        return found
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and seldom needed

    return {point.name: point.load() for point in entry_points(group=GROUP)}[name]  # type: ignore[no-any-return]


def formats() -> tuple[str, ...]:
    """The names of all formats that can be written."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - as above

    return (*WRITERS, *sorted({point.name for point in entry_points(group=GROUP)} - WRITERS.keys()))


def build_deck(
    asked: Asked, templates: Templates, *, to: tuple[str, ...], sheets_of: Composer, printing: Printing, now: int
) -> Built:
    """All that is made of a deck, and its ledger brought up to date. No files where anything is an error.

    `now` (seconds since 1970) is when what has changed counts as changed; it enters only through the ledger.
    """
    where = ledgers.path_beside(asked.deck.file)
    ledger, problems = ledgers.read_ledger(where)
    ledger, bank = ledgers.with_slots(ledger, asked.deck, asked.bank)
    asked = replace(asked, bank=bank)
    try:
        if "anki" in to:
            ledger = ledgers.updated(ledger, bank, now, deck=asked.deck, looks=_looks(templates))
            problems += ledgers.lost(ledger, asked.deck)
        sheets, more = sheets_of(asked, templates) if "pdf" in to else ((), ())
        job = _job(asked, templates, printing, name=safe_name(asked.deck.id), sheets=sheets, ledger=ledger)
        files, written = _written(job, to)
    except Unusable as unusable:
        return Built(owner=asked.deck.id, files={}, problems=(*problems, unusable.problem))
    problems += more + written
    if has_errors(problems):
        return Built(owner=asked.deck.id, files={}, problems=problems)
    beside = (where, ledgers.to_bytes(ledger)) if "anki" in to else None
    return Built(owner=asked.deck.id, files=files, problems=problems, ledger=beside)


def build_quiz(
    asked: Asked, templates: Templates, *, to: tuple[str, ...], sheets_of: Composer, printing: Printing, name: str
) -> Built:
    """One quiz of a deck, under a name of its own; page and JSON hold its questions alone.

    No files where anything is an error.
    """
    try:
        sheets, problems = sheets_of(asked, templates)
        chosen = {entry.question.about.id: entry.question for sheet in reversed(sheets) for entry in sheet.entries}
        ledger, found = ledgers.read_ledger(ledgers.path_beside(asked.deck.file))
        bank = Bank(questions=tuple(chosen.values()), skipped=())
        ledger, bank = ledgers.with_slots(ledger, asked.deck, bank)
        job = _job(replace(asked, bank=bank), templates, printing, name=name, sheets=sheets, ledger=ledger)
        files, written = _written(job, to)
    except Unusable as unusable:
        return Built(owner=name, files={}, problems=(unusable.problem,))
    problems += found + written
    return Built(owner=name, files={} if has_errors(problems) else files, problems=problems)


def _looks(templates: Templates) -> Mapping[str, str]:
    from quizgen.write.anki import look_digests  # noqa: PLC0415 - genanki loads slowly

    return look_digests(templates)


def _job(
    asked: Asked,
    templates: Templates,
    printing: Printing,
    *,
    name: str,
    sheets: tuple[Sheet, ...],
    ledger: ledgers.Ledger,
) -> Job:
    return Job(
        name=name,
        deck=asked.deck,
        bank=asked.bank,
        sheets=sheets,
        language=asked.language,
        templates=templates,
        ledger=ledger,
        paper=printing.paper,
        large_print=printing.large_print,
        key=printing.key,
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
    forms: tuple[str, ...] | None = None,
    tags: tuple[str, ...] | None = None,
) -> Composer:
    """What makes the sheets of a deck by the recipe of that name."""

    def sheets_of(asked: Asked, templates: Templates) -> Sheets:
        found, problems = read_recipe(templates, recipe, asked.language)
        if found is None:
            return (), problems
        sheets, more = compose(
            asked.bank,
            found,
            deck_id=asked.deck.id,
            title=asked.deck.title,
            language=asked.language,
            seed=seed,
            versions=versions,
            fresh=fresh,
            count=count,
            forms=forms,
            tags=tags,
        )
        return sheets, problems + more

    return sheets_of


def quiz_name(deck: Deck, recipe: str, seed: int) -> str:
    """The name of the files of one quiz of a deck, which other quizzes and the build never share."""
    return safe_name(f"{deck.id}-{recipe}-{seed}")
