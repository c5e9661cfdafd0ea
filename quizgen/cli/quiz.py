"""quizgen quiz: a new quiz for a class."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from quizgen.build import Printing, build_quiz, composer, formats, quiz_name, read
from quizgen.cli.outcome import written
from quizgen.cli.shared import (
    PAPERS,
    DeckPath,
    Names,
    complete_look,
    complete_recipe,
    count_of,
    stops,
    tell,
    templates_in_force,
    with_templates,
    words_of,
)
from quizgen.questions import FORMS


@click.command("quiz")
@click.argument("deck", type=DeckPath(), metavar="DECK")
@click.option(
    "--recipe",
    default="test",
    show_default=True,
    shell_complete=complete_recipe,
    help="Which questions in which sections: `quizgen templates` lists recipes.",
)
@click.option("--count", type=click.IntRange(1, 1000), help="How many questions; otherwise the recipe says.")
@click.option(
    "--minutes",
    type=click.IntRange(1, 600),
    help="As many questions as a class answers in that time; not with --count.",
)
@click.option("--forms", type=Names(lambda: FORMS), help=f"Only these forms: {', '.join(FORMS)}.")
@click.option("--tags", help="Only facts with one of these tags, parted by commas.")
@click.option(
    "--versions", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many versions: A, B, ..."
)
@click.option("--fresh", is_flag=True, help="Other questions in each version, not the same ones in another order.")
@click.option(
    "--key",
    type=click.Choice(["separate", "appended", "none"]),
    default="separate",
    show_default=True,
    help="Where the key goes.",
)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="The paper.")
@click.option("--landscape", is_flag=True, help="The paper on its side.")
@click.option("--two-up", is_flag=True, help="Two pages of half the size on each: two A5 pages on an A4.")
@click.option(
    "--look",
    default="plain",
    show_default=True,
    shell_complete=complete_look,
    help="How it looks: plain, playful, or a file NAME.yaml of your own in templates/pdf/.",
)
@click.option("--large-print", is_flag=True, help="18 pt, wide spacing.")
@click.option("--easy-reading", is_flag=True, help="More air between letters, words and lines, for dyslexia.")
@click.option("--fillable", is_flag=True, help="Fields to fill in on a screen.")
@click.option(
    "--seed", type=click.IntRange(0, 10**9), help="The seed, printed on the sheet; the same seed gives the same sheet."
)
@click.option(
    "--to",
    type=Names(lambda: [name for name in formats() if not name.startswith("anki")]),
    default="pdf",
    show_default=True,
    help="Formats: pdf; also page and json, with these questions alone.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default="output", show_default=True, help="The folder for what is made."
)
@click.option(
    "--strict",
    is_flag=True,
    help="Let warnings stop it as errors do: a quiz with fewer questions than asked for is one.",
)
@with_templates
def command(
    deck: Path,
    *,
    recipe: str,
    count: int | None,
    minutes: int | None,
    forms: tuple[str, ...] | None,
    tags: str | None,
    versions: int,
    fresh: bool,
    key: str,
    paper: str,
    landscape: bool,
    two_up: bool,
    look: str,
    large_print: bool,
    easy_reading: bool,
    fillable: bool,
    seed: int | None,
    to: tuple[str, ...],
    out: Path,
    strict: bool,
    given: Path | None,
) -> None:
    """Make a quiz from a deck: a sheet to hand out, and its key.

    Every call without --seed makes another quiz. The seed stands on the sheet, and makes the same sheet again.

    \b
      quizgen quiz decks/history.yaml --versions 4
      quizgen quiz history --recipe warm-up --tags kings,wars
      quizgen quiz history --count 10 --forms choice,truth --large-print
      quizgen quiz history --to pdf,page --seed 4711
    """
    templates = templates_in_force(given)
    seed = secrets.randbelow(9000) + 1000 if seed is None else seed
    if count and minutes:
        raise click.UsageError("--count and --minutes both say how long the quiz is; give one of them.")
    sheets_of = composer(
        recipe,
        seed=seed,
        versions=versions,
        fresh=fresh,
        count=count,
        minutes=minutes,
        forms=forms,
        tags=words_of(tags) or None,
    )
    asked, problems = read(deck, templates)
    built = None
    if asked is not None:
        printing = Printing(
            paper=paper,
            landscape=landscape,
            two_up=two_up,
            look=look,
            large_print=large_print,
            easy_reading=easy_reading,
            fillable=fillable,
            key=key,
        )
        name = quiz_name(asked.deck, recipe, seed)
        built = build_quiz(asked, templates, to=to, sheets_of=sheets_of, printing=printing, name=name)
        problems += built.problems
    tell(problems)
    if built is None or stops(problems, strict=strict):
        click.echo(f"{deck}: no quiz was made: {count_of(problems)}.", err=True)
        raise click.exceptions.Exit(1)
    raise click.exceptions.Exit(0 if written(built, out) else 1)
