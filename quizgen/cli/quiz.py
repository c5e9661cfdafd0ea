"""quizgen quiz: a new quiz for a class, or a printed one again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from quizgen.cli.grouped import Grouped
from quizgen.cli.shared import (
    PAPERS,
    DeckPath,
    FilePath,
    Names,
    Text,
    complete_look,
    complete_recipe,
    with_no_tags,
    with_templates,
)

GROUPS = {
    "Which questions": ("recipe", "count", "minutes", "forms", "tags", "seed", "form"),
    "For whom": ("versions", "class_list", "fresh"),
    "The key": ("key", "key_detail", "answer_sheet"),
    "The head of the sheet": ("school", "logo", "fields"),
    "On paper": ("paper", "landscape", "two_up", "look", "large_print", "easy_reading", "fillable", "no_tags"),
}
MOST = 9_999  # questions: in a form id there is room for four digits


def _forms() -> Iterable[str]:
    from quizgen.questions import FORMS  # noqa: PLC0415 - what `--help` does not need is loaded when it is used

    return FORMS


def _formats() -> Iterable[str]:
    from quizgen.formats import formats  # noqa: PLC0415 - as above

    return [name for name in formats() if not name.startswith("anki")]


@click.command("quiz", cls=Grouped, groups=GROUPS)
@click.argument("deck", type=DeckPath(), metavar="DECK", required=False)
@click.option(
    "--recipe",
    metavar="NAME",
    show_default="test",
    shell_complete=complete_recipe,
    help="What questions in what sections: `quizgen templates` lists recipes.",
)
@click.option(
    "--count",
    type=click.IntRange(1, MOST),
    metavar="N",
    help="How many questions; otherwise the recipe says.",
)
@click.option(
    "--minutes",
    type=click.IntRange(1, 600),
    metavar="N",
    help="As many questions as a class answers in that time; not with --count.",
)
@click.option("--forms", type=Names(_forms), help="Only these: recall, choice, truth, cloze, numeric, match, order.")
@click.option("--tags", type=Text(listed=True), help="Only facts with one of these tags, parted by commas.")
@click.option(
    "--seed", type=click.IntRange(0, 10**9), metavar="N", help="The same seed gives the same quiz. It is printed on it."
)
@click.option("--form", metavar="ID", help="The sheet of this form id again, as printed at its foot.")
@click.option(
    "--versions", type=click.IntRange(1, 1000), metavar="N", help="How many versions: A, B, ...  [default: 1]"
)
@click.option(
    "--class",
    "class_list",
    type=FilePath(),
    metavar="FILE",
    help="A version for each name of a list: a CSV file, or one name a line.",
)
@click.option("--fresh", is_flag=True, help="Other questions in each version, not the same ones in another order.")
@click.option(
    "--key",
    type=click.Choice(["separate", "appended", "none"]),
    default="separate",
    show_default=True,
    help="Where the key goes.",
)
@click.option(
    "--key-detail",
    type=click.Choice(["full", "short", "grid"]),
    help="With reasons and sources; answers alone; or only all versions at a glance.  [default: full; beyond six "
    "versions, grid]",
)
@click.option("--answer-sheet", is_flag=True, help="A page of bubbles for each version too, and where they are.")
@click.option("--school", type=Text(), help="The school's name, over the title.")
@click.option("--logo", type=FilePath(), metavar="FILE", help="The school's logo, a picture.")
@click.option(
    "--field",
    "fields",
    type=Text(listed=True),
    multiple=True,
    metavar="NAME[=TEXT]",
    help="A field to fill in, or filled in already: date, 'class=7b', 'Room=12'. As often as you like.",
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
@with_no_tags
@click.option(
    "--to",
    type=Names(_formats),
    default="pdf",
    show_default=True,
    help="Formats: pdf; also page and json, with these questions alone.",
)
@click.option("--out", type=FilePath(), default="output", show_default=True, help="The folder for what is made.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    metavar="N",
    help="Make quiz, key and answer sheets at once, in up to N processes: for hundreds of versions.  [default: 1]",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Let warnings stop it as errors do: a quiz with fewer questions than asked for is one.",
)
@with_templates
def command(**options: Any) -> None:  # noqa: ANN401 - they are typed where they are used
    """Make a quiz from a deck: a sheet to hand out, and its key.

    Every call makes another quiz. The form id at the foot of each sheet makes that sheet again.

    \b
      quizgen quiz decks/history.yaml --versions 4
      quizgen quiz history --recipe warm-up --tags kings,wars
      quizgen quiz history --class 7b.csv --answer-sheet --field class=7b
      quizgen quiz history --count 10 --forms choice,truth --large-print
      quizgen quiz history --to pdf,page --seed 4711
      quizgen quiz --form BKMT-HQR-4711-A
    """
    from quizgen.cli.quizzing import make  # noqa: PLC0415 - as above

    raise click.exceptions.Exit(0 if make(**options) else 1)
