"""quizgen build: every deck in ./decks -> ./output."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.ask import counts
from quizgen.build import DEFAULT, Built, Printing, Read, build_deck, composer, formats, read
from quizgen.cli.shared import (
    DeckPath,
    Names,
    complete_recipe,
    count_of,
    decks_in,
    note,
    now,
    stops,
    tell,
    templates_in_force,
    with_templates,
)
from quizgen.files import CannotWrite, publish, write_file
from quizgen.problems import Place, error
from quizgen.templates import Templates

PAPERS = ("a4", "letter", "legal", "a5")


@click.command("build")
@click.argument("decks", nargs=-1, type=DeckPath(), metavar="[DECK]...")
@click.option(
    "--to",
    type=Names(formats),
    default=",".join(DEFAULT),
    show_default=True,
    help="Formats to write: anki, pdf, page, json.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default="output", show_default=True, help="The folder for what is made."
)
@click.option(
    "--recipe",
    default="test",
    show_default=True,
    shell_complete=complete_recipe,
    help="The recipe of the printed quiz.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 10**9),
    default=1,
    show_default=True,
    help="The seed of the printed quiz; the same seed gives the same quiz.",
)
@click.option(
    "--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="The paper of the printed quiz."
)
@click.option("--strict", is_flag=True, help="Let warnings stop a deck as errors do.")
@with_templates
def command(
    decks: tuple[Path, ...],
    *,
    to: tuple[str, ...],
    out: Path,
    recipe: str,
    seed: int,
    paper: str,
    strict: bool,
    given: Path | None,
) -> None:
    """Turn decks into an Anki package, a printed quiz with its key, and a self-check page.

    Without DECK: every deck in ./decks. A deck with errors is left out, and what was made of it before stays as it is;
    all others are built.

    \b
      quizgen build
      quizgen build decks/history.yaml --to anki,json
      quizgen build --paper letter --seed 7
    """
    templates = templates_in_force(given)
    chosen = decks or tuple(decks_in(Path("decks")))
    if not chosen:
        raise click.UsageError("There are no decks in ./decks. Make one with `quizgen new NAME`, or name a file.")
    failed = False
    owners: dict[str, Path] = {}
    for number, path in enumerate(chosen, 1):
        note(f"[{number}/{len(chosen)}] {path}")
        read_ = read(path, templates)
        read_ = _unique(read_, path, owners)
        built = build_deck(
            read_, templates, to=to, sheets_of=composer(recipe, seed=seed), printing=Printing(paper=paper), now=now()
        )
        tell(built.problems)
        if stops(built.problems, strict=strict):
            click.echo(f"{path}: nothing was made of this deck: {count_of(built.problems)}.", err=True)
            failed = True
            continue
        failed |= not written(built, out)
        note(summary(read_))
    raise click.exceptions.Exit(1 if failed else 0)


def _unique(read_: Read, path: Path, owners: dict[str, Path]) -> Read:
    """The deck, with an error where another one of this run has its id: one would overwrite the other."""
    if read_.deck is None:
        return read_
    other = owners.setdefault(read_.deck.id.casefold(), path)
    if other == path:
        return read_
    says = f"this deck has the id '{read_.deck.id}', which is that of {other} as well"
    problem = error(Place(str(read_.deck.file), 1, 1), says, "Give one of them another: `id: ...` below the title.")
    return Read(file=read_.file, problems=(*read_.problems, problem))


def written(built: Built, out: Path) -> bool:
    """Whether all was written: the files, then the ledger. Prints their paths, or what kept us from it."""
    try:
        paths = publish(out, built.files, owner=built.owner)
        if built.ledger and _differs(*built.ledger):
            write_file(*built.ledger)
    except CannotWrite as cannot:
        tell((cannot.problem,))
        return False
    for path in paths:
        click.echo(path)
    return True


def _differs(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except OSError:
        return True


def summary(read_: Read) -> str:
    """How many facts and questions a deck has."""
    facts = len(read_.deck.facts) if read_.deck else 0
    made = ", ".join(f"{number} {form}" for form, number in counts(read_.bank).items())
    skipped = len(read_.bank.skipped)
    tail = f"; {skipped} not asked (`quizgen check --skipped` says why)" if skipped else ""
    return f"      {facts} facts, {len(read_.bank.questions)} questions ({made}){tail}"


__all__ = ["Templates", "command", "summary", "written"]
