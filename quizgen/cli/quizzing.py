"""What `quizgen quiz` does: from its options to the files of a quiz."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from quizgen.build import Printing, build_quiz, quiz_name, read_only
from quizgen.classlist import read_class
from quizgen.cli.again import Origin, again, find
from quizgen.cli.outcome import written
from quizgen.cli.progress import progress
from quizgen.cli.shared import count_of, known_tags, note, say, stops, tell, templates_in_force, words_of
from quizgen.compose import Sheet
from quizgen.compose.formid import Blueprint, FormId, parse_form
from quizgen.compose.header import FIELDS, Header
from quizgen.deck.media import read_picture
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.problems import Place, Problem, has_errors, quoted

OVER = 6  # versions: for more, nobody prints a key of several pages for each


def make(
    deck: Path | None,
    *,
    recipe: str | None,
    count: int | None,
    minutes: int | None,
    forms: tuple[str, ...] | None,
    tags: str | None,
    seed: int | None,
    form: str | None,
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
    no_tags: bool,
    to: tuple[str, ...],
    out: Path,
    jobs: int,
    strict: bool,
    given: Path | None,
) -> bool:
    """Make a quiz and write it; whether that was done."""
    templates = templates_in_force(given)
    words = words_of(tags)
    if count and minutes:
        raise click.UsageError("--count and --minutes both say how long the quiz is; give one of them.")
    if class_list and versions:
        raise click.UsageError("--class makes a version for each name of the list; leave out --versions.")
    printed = _parsed(form) if form is not None else None
    if printed is not None:
        told = {"--count": count, "--minutes": minutes, "--forms": forms, "--seed": seed, "--fresh": fresh or None}
        _alone(printed, told)
        found = find(printed, deck, templates, recipe=recipe, tags=words)
        if not isinstance(found, Origin):
            tell(found)
            return False
        origin = found
    elif deck is None:
        raise click.MissingParameter(param_type="argument", param_hint="'DECK'")
    else:
        blueprint = Blueprint.of("", count=count, forms=forms, tags=words, fresh=fresh)
        seed = secrets.randbelow(9000) + 1000 if seed is None else seed
        origin = Origin(
            deck=deck, recipe="test" if recipe is None else recipe, seed=seed, blueprint=blueprint, minutes=minutes
        )
    asked, problems = read_only(origin.deck, templates)
    built = None
    if asked is not None:
        known_tags(words, asked.deck.facts)
        header, more = _header(school, logo, _fields(fields, asked.language))
        problems += more
        pupils, more = read_class(class_list, asked.language) if class_list else ((), ())
        problems += more
        alone = printed.version if printed and not versions and not class_list else ""
        number = len(pupils) or versions or 1
        sheets_of = again(origin, form=printed, out=out, only=alone, versions=number, pupils=pupils, header=header)
        printing = Printing(
            paper=paper,
            landscape=landscape,
            two_up=two_up,
            look=look,
            large_print=large_print,
            easy_reading=easy_reading,
            fillable=fillable,
            tagged=not no_tags,
            key=key,
            key_detail=key_detail or ("full" if number <= OVER else "grid"),
            answer_sheet=answer_sheet,
        )
        if not has_errors(problems):
            name = quiz_name(asked.deck.id, origin.recipe, origin.seed, alone)
            with progress("Setting") as heard:
                built = build_quiz(
                    asked,
                    templates,
                    to=to,
                    sheets_of=sheets_of,
                    printing=printing,
                    name=name,
                    progress=heard,
                    jobs=jobs,
                )
            problems += built.problems
    tell(problems)
    if asked is None or built is None or not built.sheets or stops(problems, strict=strict):
        say(f"{origin.deck}: no quiz was made: {count_of(problems)}.")
        return False
    done = written(built, out)
    note(_summary(asked.deck, built.sheets))
    return done


def _parsed(form: str) -> FormId:
    """The form id that was typed, taken apart."""
    found = parse_form(form)
    if found is None:
        says = f"{quoted(form)} is no form id; one looks like BKMT-HQR-4711-A."
        raise click.BadParameter(says, param_hint="'--form'")
    return found


def _alone(form: FormId, others: Mapping[str, object]) -> None:
    """Refuses options whose values stand in the form id."""
    given = [option for option, value in others.items() if value is not None]
    if given:
        raise click.UsageError(f"The form id {form} says this already; leave out {' and '.join(given)}.")


def _fields(written: tuple[str, ...], language: Language) -> Iterator[tuple[str, str]]:
    """Fields by their names, and what is filled in; one that a recipe may have already is known by its label too."""
    labels = {language.say(f"pdf.{name}").casefold(): name for name in FIELDS}
    seen: set[str] = set()
    for one in written:
        name, _, text = (" ".join(part.split()) for part in one.partition("="))
        folded = name.casefold()
        name = labels.get(folded, folded if folded in FIELDS else name)
        if not name:
            raise click.BadParameter(
                f"{quoted(one)} names no field; one is 'class' or 'class=7b'.", param_hint="'--field'"
            )
        if name.casefold() in seen:
            raise click.BadParameter(f"the field {quoted(name)} is given twice.", param_hint="'--field'")
        seen.add(name.casefold())
        yield name, text


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
