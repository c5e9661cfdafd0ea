"""quizgen quiz: a new quiz for a class, or a printed one again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from quizgen.build import Printing, build_quiz, count_for, formats, quiz_name, read
from quizgen.classlist import read_class
from quizgen.cli.again import Form, Origin, again, find
from quizgen.cli.grouped import Grouped
from quizgen.cli.outcome import written
from quizgen.cli.shared import (
    PAPERS,
    DeckPath,
    Names,
    complete_look,
    complete_recipe,
    count_of,
    note,
    stops,
    tell,
    templates_in_force,
    with_templates,
    words_of,
)
from quizgen.compose import Sheet
from quizgen.compose.formid import Blueprint, FormId
from quizgen.compose.header import FIELDS, Header
from quizgen.deck.media import read_picture
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.problems import Place, Problem, has_errors
from quizgen.questions import FORMS

GROUPS = {
    "Which questions": ("recipe", "count", "minutes", "forms", "tags", "seed", "form"),
    "For whom": ("versions", "class_list", "fresh"),
    "The key": ("key", "key_detail", "answer_sheet"),
    "The head of the sheet": ("school", "logo", "fields"),
    "On paper": ("paper", "landscape", "two_up", "look", "large_print", "easy_reading", "fillable"),
}
OVER = 6  # versions: for more, nobody prints a key of several pages for each


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
    "--count", type=click.IntRange(1, 1000), metavar="N", help="How many questions; otherwise the recipe says."
)
@click.option(
    "--minutes",
    type=click.IntRange(1, 600),
    metavar="N",
    help="As many as a class answers in that time, in place of --count.",
)
@click.option("--forms", type=Names(lambda: FORMS), help=f"Only these forms: {', '.join(FORMS)}.")
@click.option("--tags", help="Only facts with one of these tags, parted by commas.")
@click.option(
    "--seed", type=click.IntRange(0, 10**9), metavar="N", help="The same seed gives the same quiz. It is printed on it."
)
@click.option("--form", type=Form(), help="The sheet of this form id again, as printed at its foot.")
@click.option(
    "--versions", type=click.IntRange(1, 1000), metavar="N", help="How many versions: A, B, ...  [default: 1]"
)
@click.option(
    "--class",
    "class_list",
    type=click.Path(path_type=Path),
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
    help=f"With reasons and sources; answers alone; or only all versions at a glance.  [default: full; beyond {OVER} "
    "versions, grid]",
)
@click.option("--answer-sheet", is_flag=True, help="A page of bubbles for each version too, and where they are.")
@click.option("--school", help="The school's name, over the title.")
@click.option("--logo", type=click.Path(path_type=Path), metavar="FILE", help="The school's logo, a picture.")
@click.option(
    "--field",
    "fields",
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
    deck: Path | None,
    *,
    recipe: str | None,
    count: int | None,
    minutes: int | None,
    forms: tuple[str, ...] | None,
    tags: str | None,
    seed: int | None,
    form: FormId | None,
    versions: int | None,
    class_list: Path | None,
    fresh: bool,
    key: str,
    key_detail: str | None,
    answer_sheet: bool,
    school: str | None,
    logo: Path | None,
    fields: tuple[str, ...],
    paper: str,
    landscape: bool,
    two_up: bool,
    look: str,
    large_print: bool,
    easy_reading: bool,
    fillable: bool,
    to: tuple[str, ...],
    out: Path,
    strict: bool,
    given: Path | None,
) -> None:
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
    templates = templates_in_force(given)
    words = words_of(tags)
    if form is not None:
        _alone(
            form, {"--count": count, "--minutes": minutes, "--forms": forms, "--seed": seed, "--fresh": fresh or None}
        )
        found = find(form, deck, templates, recipe=recipe, tags=words)
        if not isinstance(found, Origin):
            tell(found)
            raise click.exceptions.Exit(1)
        origin = found
    elif deck is None:
        raise click.MissingParameter(param_type="argument", param_hint="'DECK'")
    else:
        if count and minutes:
            raise click.UsageError("--count and --minutes both say how long the quiz is; give one of them.")
        count = count_for(templates, recipe or "test", minutes) if minutes else count
        blueprint = Blueprint.of("", count=count, forms=forms, tags=words, fresh=fresh)
        seed = secrets.randbelow(9000) + 1000 if seed is None else seed
        origin = Origin(deck=deck, recipe=recipe or "test", seed=seed, blueprint=blueprint)
    asked, problems = read(origin.deck, templates)
    built = None
    if asked is not None:
        header, more = _header(school, logo, _fields(fields, asked.language))
        problems += more
        pupils, more = read_class(class_list, asked.language) if class_list else ((), ())
        problems += more
        alone = form.version if form and not versions and not class_list else ""
        number = len(pupils) or versions or 1
        sheets_of = again(origin, form=form, out=out, only=alone, versions=number, pupils=pupils, header=header)
        printing = Printing(
            paper=paper,
            landscape=landscape,
            two_up=two_up,
            look=look,
            large_print=large_print,
            easy_reading=easy_reading,
            fillable=fillable,
            key=key,
            key_detail=key_detail or ("full" if number <= OVER else "grid"),
            answer_sheet=answer_sheet,
        )
        if not has_errors(problems):
            name = quiz_name(asked.deck.id, origin.recipe, origin.seed, alone)
            built = build_quiz(asked, templates, to=to, sheets_of=sheets_of, printing=printing, name=name)
            problems += built.problems
    tell(problems)
    if asked is None or built is None or not built.sheets or stops(problems, strict=strict):
        click.echo(f"{origin.deck}: no quiz was made: {count_of(problems)}.", err=True)
        raise click.exceptions.Exit(1)
    done = written(built, out)
    note(_summary(asked.deck, built.sheets))
    raise click.exceptions.Exit(0 if done else 1)


def _alone(form: FormId, others: Mapping[str, object]) -> None:
    """Refuses options whose values stand in the form id."""
    given = [option for option, value in others.items() if value is not None]
    if given:
        raise click.UsageError(f"The form id {form} says this already; leave out {' and '.join(given)}.")


def _fields(written: tuple[str, ...], language: Language) -> Iterator[tuple[str, str]]:
    """Fields by their names, and what is filled in; one that a recipe may have already is known by its label too."""
    labels = {language.say(f"pdf.{name}").casefold(): name for name in FIELDS}
    for one in written:
        name, _, text = (" ".join(part.split()) for part in one.partition("="))
        folded = name.casefold()
        if name:
            yield labels.get(folded, folded if folded in FIELDS else name), text


def _header(
    school: str | None, logo: Path | None, fields: Iterable[tuple[str, str]]
) -> tuple[Header, tuple[Problem, ...]]:
    """The header that the options describe, and what is wrong with the logo."""
    filled = tuple(fields)
    if logo is None:
        return Header(school=school or "", filled=filled), ()
    picture = read_picture(logo.parent, logo.name, school or "Logo", Place(str(logo)), what="logo")
    if isinstance(picture, Problem):
        return Header(), (picture,)
    return Header(school=school or "", logo=picture, filled=filled), ()


def _summary(deck: Deck, sheets: Sequence[Sheet]) -> str:
    """What was made, from what, and how to make it again."""
    first, last = sheets[0], sheets[-1]
    which = (
        f"version {first.version}" if first is last else f"{len(sheets)} versions, {first.version} to {last.version}"
    )
    marks = f"{len(first.entries)} questions, {first.marks} marks"
    return (
        f"      {which} of '{deck.title}' by the recipe {first.recipe}: {marks}; deck version {first.deck_version}.\n"
        f"      The same again: quizgen quiz --form {first.form}"
        + (f" --versions {len(sheets)}" if len(sheets) > 1 else "")
    )
