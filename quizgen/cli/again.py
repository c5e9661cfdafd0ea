"""Again: the quiz of which somebody has a printed sheet, found by the form id at its foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizgen.build import Asked, Composer, Sheets, composer, quiz_name, read_only
from quizgen.cli.shared import decks_in
from quizgen.compose import Sheet
from quizgen.compose.formid import Blueprint, FormId
from quizgen.compose.header import Header, Pupil
from quizgen.compose.recipes import read_recipe, recipe_names
from quizgen.deck import read_deck
from quizgen.facts import Deck
from quizgen.language import read_language
from quizgen.problems import Place, Problem, error, warning
from quizgen.retrace import MOST_TAGS, blueprints
from quizgen.source.textfile import load
from quizgen.templates import Templates, Unusable
from quizgen.write.record import differences, record_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What makes a quiz: the deck's file, the name by which the recipe is called, the seed, what else was asked for."""

    deck: Path
    recipe: str
    seed: int
    blueprint: Blueprint
    minutes: int | None = None  # in place of a count, which the form id has in its place


def find(
    form: FormId, deck: Path | None, templates: Templates, *, recipe: str | None, tags: Sequence[str]
) -> Origin | tuple[Problem, ...]:
    """What made the sheet of that form, looked for among the decks in ./decks unless one is given; or why not."""
    files = [deck] if deck else decks_in(Path("decks"))
    found: list[Origin] = []
    broken: list[Problem] = []
    for file in files:
        try:
            there, problems = read_deck(file, templates)
            if there is None:
                broken.extend(problems)
            else:
                found.extend(_fitting(form, there, file, templates, recipe=recipe, tags=tags))
        except Unusable as unusable:
            broken.append(unusable.problem)
    if len(found) > 1:
        found = [one for one in found if _is(form, one, templates)] or found
    if len(found) == 1:
        return found[0]
    return (_ambiguous(form, found),) if found else (*broken, _none(form, files))


def _fitting(
    form: FormId, deck: Deck, file: Path, templates: Templates, *, recipe: str | None, tags: Sequence[str]
) -> Iterator[Origin]:
    language, _ = read_language(templates, deck.language)
    names = {}
    for name in [recipe] if recipe else recipe_names(templates):
        one, _ = read_recipe(templates, name, language)
        if one is not None:
            names[one.name] = name
    for blueprint in blueprints(form, deck, tuple(names), tags):
        yield Origin(deck=file, recipe=names[blueprint.recipe], seed=form.seed, blueprint=blueprint)


def _is(form: FormId, found: Origin, templates: Templates) -> bool:
    """Whether this makes the very sheet."""
    asked, _ = read_only(found.deck, templates)
    if asked is None:
        return False
    sheets, _ = _composer(found, only=form.version)(asked, templates)
    return any(sheet.form == str(form) for sheet in sheets)


def _composer(
    origin: Origin, *, only: str, versions: int = 1, pupils: tuple[Pupil, ...] = (), header: Header | None = None
) -> Composer:
    return composer(
        origin.recipe,
        seed=origin.seed,
        versions=versions,
        fresh=origin.blueprint.fresh,
        count=origin.blueprint.count,
        minutes=origin.minutes,
        forms=origin.blueprint.forms,
        tags=origin.blueprint.tags,
        only=only,
        pupils=pupils,
        header=header,
    )


def again(
    origin: Origin,
    *,
    form: FormId | None,
    out: Path,
    only: str = "",
    versions: int = 1,
    pupils: tuple[Pupil, ...] = (),
    header: Header | None = None,
) -> Composer:
    """What makes the sheets of a quiz, with a warning where the one of that form comes out otherwise than printed.

    In `out` may be the record of when it was printed.
    """
    sheets_of = _composer(origin, only=only, versions=versions, pupils=pupils, header=header)
    if form is None:
        return sheets_of

    def checked(asked: Asked, templates: Templates) -> Sheets:
        sheets, problems = sheets_of(asked, templates)
        changed = [sheet for sheet in sheets if sheet.version == form.version and sheet.form != str(form)]
        return sheets, (
            *problems,
            *(_changed(form, sheet, asked, _known(origin, form, sheet, out)) for sheet in changed),
        )

    return checked


def _known(origin: Origin, form: FormId, now: Sheet, out: Path) -> str:
    """What is known of how the sheet differs from the printed one, from a record that was kept beside it."""
    for version in ("", form.version):
        path = out / record_name(quiz_name(now.deck, origin.recipe, origin.seed, version))
        data = load(path, Place(str(path)))
        told = "" if isinstance(data, Problem) else differences(data, str(form), now)
        if told:
            return told
    return ""


def _changed(form: FormId, now: Sheet, asked: Asked, known: str) -> Problem:
    says = (
        f"this is not the sheet that was printed as {form}, and so its form id is another, {now.form}: since then the "
        "deck, a template or quizgen has changed"
    )
    known = known or "How it differs is not known, for its record is not in the output folder."
    remedy = (
        f"{known} Do not mark the printed sheet by this key. Its foot names the version that its deck had; now the "
        f"deck has version {now.deck_version}. If that is the same, read the form id once more; else take the deck as "
        "it was then."
    )
    return warning(Place(str(asked.deck.file)), says, remedy, rule="form")


def _none(form: FormId, files: Iterable[Path]) -> Problem:
    where = ", ".join(map(str, files)) or "decks"
    more = f" It was made with --tags: if with more than {MOST_TAGS}, name them again." if form.tagged else ""
    remedy = (
        "Read it once more at the foot of the sheet. A deck that is not in ./decks must be named, and so must the "
        f"folder of a recipe that is not in ./templates (--templates).{more}"
    )
    return error(Place(where), f"no quiz of this has the form id {form}", remedy)


def _ambiguous(form: FormId, found: Sequence[Origin]) -> Problem:
    told = [
        f"{one.deck} --recipe {one.recipe}" + (f" --tags {','.join(one.blueprint.tags)}" if one.blueprint.tags else "")
        for one in found
    ]
    return error(Place("decks"), f"{len(told)} quizzes may have the form id {form}", f"Say which: {'; '.join(told)}.")
