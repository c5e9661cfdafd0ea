"""Build: from a deck file to the bytes of its outputs. Nothing here touches the disk but to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
class Read:
    """A deck that was read and asked: `deck` is None where errors leave none."""

    file: Path
    problems: tuple[Problem, ...]
    deck: Deck | None = None
    language: Language | None = None
    bank: Bank = field(default_factory=lambda: Bank(questions=(), skipped=()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How sheets are printed."""

    paper: str = "a4"
    large_print: bool = False
    key: str = "separate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What is to be written for one deck: files by name, its ledger (path and bytes), and all that was wrong."""

    owner: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    ledger: tuple[Path, bytes] | None = None


Composer = Callable[[Read, Language, Templates], tuple[tuple[Sheet, ...], tuple[Problem, ...]]]


def read(file: Path, templates: Templates) -> Read:
    """The deck in that file or folder, its language and its bank, with every problem of the deck and its kinds."""
    try:
        deck, problems = read_deck(file, templates)
        if deck is None or has_errors(problems):
            return Read(file=file, problems=problems)
        language, more = read_language(templates, deck.language, Place(str(deck.file), 1, 1))
    except Unusable as unusable:
        return Read(file=file, problems=(unusable.problem,))
    problems += more
    if has_errors(more):
        return Read(file=file, problems=problems)
    return Read(file=file, problems=problems, deck=deck, language=language, bank=ask(deck, language))


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
    read_: Read, templates: Templates, *, to: tuple[str, ...], sheets_of: Composer, printing: Printing, now: int
) -> Built:
    """All that is made of a deck, and its ledger brought up to date. No files where anything is an error.

    `now` (seconds since 1970) is when what has changed counts as changed; it enters only through the ledger.
    """
    deck, language = read_.deck, read_.language
    if deck is None or language is None:
        return Built(owner="", files={}, problems=read_.problems)
    where = ledgers.path_beside(deck.file)
    ledger, problems = ledgers.read_ledger(where)
    problems = (*read_.problems, *problems)
    ledger, bank = ledgers.with_slots(ledger, deck, read_.bank)
    name = safe_name(deck.id)
    try:
        if "anki" in to:
            ledger = ledgers.updated(ledger, bank, now, deck=deck, looks=_looks(templates))
            problems += ledgers.lost(ledger, deck)
        sheets, more = sheets_of(read_, language, templates) if "pdf" in to else ((), ())
        job = _job(
            name=name,
            deck=deck,
            bank=bank,
            sheets=sheets,
            language=language,
            templates=templates,
            ledger=ledger,
            printing=printing,
        )
        files, written = _written(job, to)
    except Unusable as unusable:
        return Built(owner=deck.id, files={}, problems=(*problems, unusable.problem))
    problems += more + written
    if has_errors(problems):
        return Built(owner=deck.id, files={}, problems=problems)
    beside = (where, ledgers.to_bytes(ledger)) if "anki" in to else None
    return Built(owner=deck.id, files=files, problems=problems, ledger=beside)


def build_quiz(
    read_: Read, templates: Templates, *, to: tuple[str, ...], sheets_of: Composer, printing: Printing, name: str
) -> Built:
    """One quiz of a deck, under a name of its own; page and JSON hold its questions alone.

    No files where anything is an error.
    """
    deck, language = read_.deck, read_.language
    if deck is None or language is None:
        return Built(owner=name, files={}, problems=read_.problems)
    try:
        sheets, problems = sheets_of(read_, language, templates)
        asked = {entry.question.about.id: entry.question for sheet in reversed(sheets) for entry in sheet.entries}
        bank = Bank(questions=tuple(asked.values()), skipped=())
        ledger, found = ledgers.read_ledger(ledgers.path_beside(deck.file))
        ledger, bank = ledgers.with_slots(ledger, deck, bank)
        job = _job(
            name=name,
            deck=deck,
            bank=bank,
            sheets=sheets,
            language=language,
            templates=templates,
            ledger=ledger,
            printing=printing,
        )
        files, written = _written(job, to)
    except Unusable as unusable:
        return Built(owner=name, files={}, problems=(*read_.problems, unusable.problem))
    problems = (*read_.problems, *problems, *found, *written)
    return Built(owner=name, files={} if has_errors(problems) else files, problems=problems)


def _looks(templates: Templates) -> Mapping[str, str]:
    from quizgen.write.anki import look_digests  # noqa: PLC0415 - genanki loads slowly

    return look_digests(templates)


def _job(
    *,
    name: str,
    deck: Deck,
    bank: Bank,
    sheets: tuple[Sheet, ...],
    language: Language,
    templates: Templates,
    ledger: ledgers.Ledger,
    printing: Printing,
) -> Job:
    return Job(
        name=name,
        deck=deck,
        bank=bank,
        sheets=sheets,
        language=language,
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

    def make_sheets(
        read_: Read, language: Language, templates: Templates
    ) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        found, problems = read_recipe(templates, recipe, language)
        if found is None or read_.deck is None:
            return (), problems
        sheets, more = compose(
            read_.bank,
            found,
            deck_id=read_.deck.id,
            title=read_.deck.title,
            language=language,
            seed=seed,
            versions=versions,
            fresh=fresh,
            count=count,
            forms=forms,
            tags=tags,
        )
        return sheets, (*problems, *more)

    return make_sheets


def quiz_name(read_: Read, recipe: str, seed: int) -> str:
    """The name of the files of one quiz of a deck, which other quizzes and the build never share."""
    return safe_name(f"{read_.deck.id}-{recipe}-{seed}") if read_.deck else ""
