"""Build: from a deck file to the bytes of its outputs. Nothing here touches the disk but to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from quizgen import ledger as ledgers
from quizgen.ask import ask
from quizgen.compose import Sheet, compose
from quizgen.deck import read_deck
from quizgen.facts import Deck
from quizgen.files import safe_name
from quizgen.language import Language, read_language
from quizgen.problems import Place, Problem, did_you_mean, error, has_errors
from quizgen.questions import Bank
from quizgen.recipes import read_recipe
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


def build(
    read_: Read,
    templates: Templates,
    *,
    to: tuple[str, ...],
    make_sheets: Composer,
    printing: Printing,
    now: int,
    name: str = "",
) -> Built:
    """The outputs of a deck that was read without errors. No files where anything is an error.

    `now` (seconds since 1970) is when what has changed counts as changed; it enters only through the ledger.
    """
    deck, language = read_.deck, read_.language
    if deck is None or language is None:
        return Built(owner="", files={}, problems=read_.problems)
    try:
        return _built(read_, deck, language, templates, to=to, make_sheets=make_sheets, printing=printing, now=now, name=name)
    except Unusable as unusable:
        return Built(owner=deck.id, files={}, problems=(*read_.problems, unusable.problem))


def _built(
    read_: Read,
    deck: Deck,
    language: Language,
    templates: Templates,
    *,
    to: tuple[str, ...],
    make_sheets: Composer,
    printing: Printing,
    now: int,
    name: str,
) -> Built:
    problems = list(read_.problems)
    where = ledgers.path_beside(deck.file)
    ledger, found = ledgers.read_ledger(where)
    problems.extend(found)
    ledger, bank = ledgers.with_slots(ledger, deck, read_.bank)
    if "anki" in to:
        from quizgen.write.anki import look_digests  # noqa: PLC0415 - genanki loads slowly

        ledger = ledgers.updated(ledger, bank, now, deck=deck, looks=look_digests(templates))
        problems.extend(ledgers.lost(ledger, deck))
    sheets: tuple[Sheet, ...] = ()
    if "pdf" in to:
        sheets, more = make_sheets(read_, language, templates)
        problems.extend(more)
    job = Job(
        name=name or safe_name(deck.id),
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
    files: dict[str, bytes] = {}
    for format_ in to:
        written = _writer_or_problem(format_, deck, problems)
        if written is not None:
            result = written(job)
            files |= result.files
            problems.extend(result.problems)
    if has_errors(problems):
        return Built(owner=deck.id, files={}, problems=tuple(problems))
    beside = (where, ledgers.to_bytes(ledger)) if "anki" in to else None
    return Built(owner=deck.id, files=files, problems=tuple(problems), ledger=beside)


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


def _writer_or_problem(name: str, deck: Deck, problems: list[Problem]) -> Writer | None:
    try:
        return writer(name)
    except KeyError:
        known = formats()
        remedy = did_you_mean(name, known, otherwise=f"The formats are {', '.join(known)}.")
        problems.append(error(Place(str(deck.file)), f"there is no format '{name}'", remedy))
        return None
