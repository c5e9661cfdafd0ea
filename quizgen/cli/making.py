"""One deck of a build: read, asked, made, written, and remembered for the next time."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from quizgen.build import Built, Packing, Printing, build_deck, build_package, composer, read
from quizgen.cards import Selection
from quizgen.cli.outcome import summary, written
from quizgen.cli.shared import count_of, note, say, stops, tell
from quizgen.cli.twins import Twins
from quizgen.files import MORE, RECORD, one_at_a_time
from quizgen.formats import PACKING
from quizgen.problems import Place, Problem, report
from quizgen.templates import Templates
from quizgen.unchanged import Made, Reads, digest, remember


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What every deck of a build is to become, where, and `now`: when what has changed counts as changed."""

    to: tuple[str, ...]
    out: Path
    recipe: str
    seed: int
    paper: str
    tagged: bool
    only: frozenset[str]
    without: frozenset[str]
    preset: bool
    together: bool
    strict: bool
    now: int


def make(path: Path, templates: Templates, wanted: Wanted, *, twins: Twins, record: Path | None) -> Built | None:
    """What was made of a deck, and is on the disk; None where nothing was: why has been told.

    In `record`, if it is given, it is kept what came of it, and what it hangs on.
    """
    selection = Selection(only=wanted.only, without=wanted.without)
    built = None
    only_cards = set(wanted.to) <= PACKING
    reads = Reads()
    with reads:
        asked, problems = read(path, templates, only_cards=only_cards)
    if asked is not None:
        problems += twins.of(asked.deck.id, path, Place(str(asked.deck.file), 1, 1))
    with one_at_a_time(asked.deck.file) if asked else nullcontext():  # from reading the ledger to writing it
        if asked is not None and not stops(problems, strict=wanted.strict):
            with reads:
                built = build_deck(
                    asked,
                    templates,
                    to=wanted.to,
                    sheets_of=composer(wanted.recipe, seed=wanted.seed),
                    printing=Printing(paper=wanted.paper, tagged=wanted.tagged),
                    now=wanted.now,
                    packing=Packing(cards=selection, preset=wanted.preset, together=wanted.together),
                    out=wanted.out,
                )
            problems += built.problems
            if wanted.together and built.part:
                titles = (title for title, _ in built.part.decks.values())
                problems += twins.titled(titles, path, Place(str(asked.deck.file), 1, 1))
        tell(problems)
        if asked is None or built is None or stops(problems, strict=wanted.strict):
            say(f"{path}: nothing was made of this deck: {count_of(problems)}.")
            return None
        if not written(built, wanted.out):
            return None
    said = summary(asked, selection, only_cards=only_cards)
    note(said)
    if record is not None and _same_again(built, problems, reads, wanted.out):
        files = {name: digest(data) for name, data in built.files.items()}
        told = report(problems) if problems else ""
        remember(record, Made(owner=built.owner, files=files, told=told, summary=said), reads.states)
    return built


def _same_again(built: Built, problems: tuple[Problem, ...], reads: Reads, out: Path) -> bool:
    """Whether the next build would make the same, and say the same, if nothing changes from now on.

    It would not say the same of a ledger that has just changed; and it must not rest on a file that changed under us.
    """
    after: dict[str, str] = {}
    if built.ledger:
        path, data = built.ledger
        after[os.path.abspath(path)] = digest(data)  # noqa: PTH100 - as it was read
    changed = any(reads.states.get(path) != now for path, now in after.items())
    if changed and any(problem.rule == "ledger" for problem in problems):
        return False
    beside = {os.path.join(os.path.abspath(out), name) for name in (RECORD, MORE, *built.files)}  # noqa: PTH100, PTH118
    return reads.last(after, beside=beside)


def bundle(name: str, built: list[Built], out: Path) -> bool:
    """Whether one package of all these decks was written."""
    if not built:
        return True
    package = build_package(name, built)
    tell(package.problems)
    return not package.problems and written(package, out)
