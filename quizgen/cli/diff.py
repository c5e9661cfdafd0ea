"""quizgen diff: what an import of one package does for learners who have another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.build import Printing, build_deck, composer, read
from quizgen.cli.shared import DeckPath, now, tell, templates_in_force, with_templates
from quizgen.problems import Place, Problem, has_errors
from quizgen.templates import Templates

if TYPE_CHECKING:
    from quizgen.apkg import Package


@click.command("diff")
@click.argument("old", type=DeckPath(), metavar="OLD")
@click.argument("new", type=DeckPath(), metavar="NEW")
@click.option("--markdown", is_flag=True, help="As release notes for learners.")
@with_templates
def command(old: Path, new: Path, *, markdown: bool, given: Path | None) -> None:
    """Say what an import of NEW will do for learners who have OLD.

    That is: notes that are new, updated (field by field), retired, untouched, left out; and what Anki would not take.
    OLD and NEW are packages (.apkg), or decks, which are built for this without being written. Keep the packages that
    you publish, to compare with.

    \b
      quizgen diff published/history.apkg output/history.apkg
      quizgen diff published/history.apkg history
      quizgen diff old.apkg new.apkg --markdown > notes.md
    """
    from quizgen import diff  # noqa: PLC0415 - sqlite3 is loaded only now

    templates = templates_in_force(given)
    moment = now()
    before, problems = _package(old, templates, moment)
    after, more = _package(new, templates, moment)
    problems = (*problems, *more)
    if before is None or after is None:
        tell(problems)
        raise click.exceptions.Exit(1)
    found = diff.compare(before, after, Place(str(new)))
    tell((*problems, *found.problems))
    click.echo(diff.markdown(found) if markdown else diff.plain(found), nl=False)
    raise click.exceptions.Exit(1 if has_errors((*problems, *found.problems)) else 0)


def _package(path: Path, templates: Templates, moment: int) -> tuple[Package | None, tuple[Problem, ...]]:
    """The package in that file, or the one that the deck there would make, and what is wrong with it."""
    from quizgen.apkg import read_package, unpacked  # noqa: PLC0415 - as above

    if path.suffix.casefold() in {".apkg", ".colpkg", ".zip"}:
        found = read_package(path)
        return (None, (found,)) if isinstance(found, Problem) else (found, ())
    asked, problems = read(path, templates)
    if asked is None:
        return None, problems
    sheets_of, printing = composer("test", seed=1), Printing()
    built = build_deck(asked, templates, to=("anki",), sheets_of=sheets_of, printing=printing, now=moment)
    problems += built.problems
    for data in built.files.values():
        made = unpacked(data, Place(str(path)))
        return (None, (*problems, made)) if isinstance(made, Problem) else (made, problems)
    return None, problems
