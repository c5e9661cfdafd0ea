"""quizgen build: every deck in ./decks -> ./output."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from quizgen.build import (
    DEFAULT,
    Asked,
    Built,
    Packing,
    Printing,
    build_deck,
    build_package,
    composer,
    formats,
    read,
)
from quizgen.cards import Selection
from quizgen.cli.outcome import summary, written
from quizgen.cli.shared import (
    PAPERS,
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
    words_of,
)
from quizgen.files import one_at_a_time
from quizgen.problems import Place, Problem, error


@click.command("build")
@click.argument("decks", nargs=-1, type=DeckPath(), metavar="[DECK]...")
@click.option(
    "--to",
    type=Names(formats),
    default=",".join(DEFAULT),
    show_default=True,
    help="Formats to write: anki, pdf, page, json, anki-text.",
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
@click.option("--only", help="Only Anki cards of these ways or forms, parted by commas: when,cloze.")
@click.option("--without", help="No Anki cards of these ways or forms.")
@click.option("--one-package", "together", metavar="NAME", help="Put all decks into one Anki package of that name.")
@click.option("--preset", is_flag=True, help="Put an options preset into the Anki package.")
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
    only: str | None,
    without: str | None,
    together: str | None,
    preset: bool,
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
      quizgen build --to anki --without choice --one-package history
    """
    templates = templates_in_force(given)
    selection = Selection(only=frozenset(words_of(only)), without=frozenset(words_of(without)))
    packing = Packing(cards=selection, preset=preset, together=together is not None)
    chosen = decks or tuple(decks_in(Path("decks")))
    if not chosen:
        raise click.UsageError("There are no decks in ./decks. Make one with `quizgen new NAME`, or name a file.")
    done = True
    owners: dict[str, Path] = {}
    parts: list[Built] = []
    for number, path in enumerate(chosen, 1):
        note(f"[{number}/{len(chosen)}] {path}")
        asked, problems = read(path, templates)
        problems += _twins(asked, path, owners)
        built = None
        with one_at_a_time(asked.deck.file) if asked else nullcontext():  # from reading the ledger to writing it
            if asked is not None and not stops(problems, strict=strict):
                built = build_deck(
                    asked,
                    templates,
                    to=to,
                    sheets_of=composer(recipe, seed=seed),
                    printing=Printing(paper=paper),
                    now=now(),
                    packing=packing,
                    out=out,
                )
                problems += built.problems
            tell(problems)
            if asked is None or built is None or stops(problems, strict=strict):
                click.echo(f"{path}: nothing was made of this deck: {count_of(problems)}.", err=True)
                done = False
                continue
            if written(built, out):
                parts.append(built)
            else:
                done = False
        note(summary(asked, selection))
    if together is not None and any(built.part for built in parts):
        package = build_package(together, parts)
        tell(package.problems)
        done &= not package.problems and written(package, out)
    raise click.exceptions.Exit(0 if done else 1)


def _twins(asked: Asked | None, path: Path, owners: dict[str, Path]) -> tuple[Problem, ...]:
    """An error where another deck of this run has the same id: one would overwrite the other."""
    if asked is None:
        return ()
    other = owners.setdefault(asked.deck.id.casefold(), path)
    if other == path:
        return ()
    says = f"this deck has the id '{asked.deck.id}', which is that of {other} as well"
    return (error(Place(str(asked.deck.file), 1, 1), says, "Give one of them another: `id: ...` below the title."),)
