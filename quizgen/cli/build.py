"""quizgen build: every deck in ./decks -> ./output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from quizgen.cli.shared import (
    PAPERS,
    DeckPath,
    FilePath,
    Names,
    Text,
    complete_recipe,
    decks_in,
    each_once,
    note,
    now,
    templates_in_force,
    with_no_tags,
    with_templates,
    words_of,
)
from quizgen.cli.twins import Twins
from quizgen.collector import let_go_of_circles
from quizgen.formats import DEFAULT, WRITERS, formats
from quizgen.places import cache_folder
from quizgen.problems import Place
from quizgen.unchanged import Made, hangs_on, recalled, record_of


@click.command("build")
@click.argument("decks", nargs=-1, type=DeckPath(), metavar="[DECK]...")
@click.option(
    "--to",
    type=Names(formats, known=WRITERS),
    default=",".join(DEFAULT),
    show_default=True,
    help="Formats to write: anki, pdf, page, json, anki-text.",
)
@click.option("--out", type=FilePath(), default="output", show_default=True, help="The folder for what is made.")
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
@with_no_tags
@click.option(
    "--only", type=Text(listed=True), help="Only Anki cards of these ways or forms, parted by commas: when,cloze."
)
@click.option("--without", type=Text(listed=True), help="No Anki cards of these ways or forms.")
@click.option(
    "--one-package",
    "together",
    type=Text(listed=True),
    metavar="NAME",
    help="Put all decks into one Anki package of that name.",
)
@click.option("--preset", is_flag=True, help="Put an options preset into the Anki package.")
@click.option("--strict", is_flag=True, help="Let warnings stop a deck as errors do.")
@click.option("--anew", is_flag=True, help="Make also what has not changed since it was made.")
@with_templates
def command(
    decks: tuple[Path, ...],
    *,
    to: tuple[str, ...],
    out: Path,
    recipe: str,
    seed: int,
    paper: str,
    no_tags: bool,
    only: str | None,
    without: str | None,
    together: str | None,
    preset: bool,
    strict: bool,
    anew: bool,
    given: Path | None,
) -> None:
    """Turn decks into an Anki package, a printed quiz with its key, and a self-check page.

    Without DECK: every deck in ./decks. A deck with errors is left out, and what was made of it before stays as it is;
    all others are built. Where nothing has changed, what is there is kept.

    \b
      quizgen build
      quizgen build decks/history.yaml --to anki,json
      quizgen build --paper letter --seed 7
      quizgen build --to anki --without choice --one-package history
    """
    templates = templates_in_force(given)
    moment = now()
    chosen = each_once(decks or decks_in(Path("decks")))
    if not chosen:
        raise click.UsageError("There are no decks in ./decks. Make one with `quizgen new NAME`, or name a file.")
    options = {
        "to": to,
        "recipe": recipe,
        "seed": seed,
        "paper": paper,
        "no-tags": no_tags,
        "only": sorted(words_of(only)),
        "without": sorted(words_of(without)),
        "preset": preset,
        "strict": strict,
        "now": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    alone = together is None and WRITERS.keys() >= set(to)  # what another package writes may hang on anything
    cache = cache_folder(os.environ, sys.platform, Path.home())
    run = hangs_on(out, templates, options) if alone else None
    done = True
    twins = Twins()
    parts = []
    for number, path in enumerate(chosen, 1):
        note(f"[{number}/{len(chosen)}] {path}")
        record = record_of(cache, path, run) if run else None
        made = recalled(record, out) if record and not anew else None
        if made and not twins.of(made.owner, path, Place(str(path))):
            _retold(made, out)
            continue
        from quizgen.cli.making import Wanted, make  # noqa: PLC0415 - where nothing has changed, little is loaded

        wanted = Wanted(
            to=to,
            out=out,
            recipe=recipe,
            seed=seed,
            paper=paper,
            tagged=not no_tags,
            only=frozenset(words_of(only)),
            without=frozenset(words_of(without)),
            preset=preset,
            together=together is not None,
            strict=strict,
            now=moment,
        )
        built = make(path, templates, wanted, twins=twins, record=record)
        done &= built is not None
        if built and together is not None:
            parts.append(built)
        del built  # it is on the disk: of ten thousand decks no other is held, and nothing that went in circles
        let_go_of_circles()
    if together is not None:
        from quizgen.cli.making import bundle  # noqa: PLC0415 - as above

        done &= bundle(together, [built for built in parts if built.part], out)
    raise click.exceptions.Exit(0 if done else 1)


def _retold(made: Made, out: Path) -> None:
    """Say of a deck that has not changed what was said when it was built."""
    if made.told:
        click.echo(made.told, err=True)
    for name in made.files:
        click.echo(out / name)
    note(f"{made.summary}, unchanged")
