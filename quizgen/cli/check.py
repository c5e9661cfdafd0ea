"""quizgen check: every problem of decks and templates, and of the questions they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from quizgen.build import Asked, read
from quizgen.cli.outcome import summary
from quizgen.cli.shared import (
    DeckPath,
    complete_recipe,
    count_of,
    decks_in,
    each_once,
    stops,
    tell,
    templates_in_force,
    with_templates,
)
from quizgen.compose.recipes import read_recipe, recipe_names
from quizgen.language import read_language
from quizgen.lint import RULES, lint
from quizgen.problems import Problem
from quizgen.templates import Templates, Unusable


@click.command("check")
@click.argument("decks", nargs=-1, type=DeckPath(), metavar="[DECK]...")
@click.option("--skipped", is_flag=True, help="List what is not asked, and why.")
@click.option("--rules", is_flag=True, help="List the rules of item writing, and why each is one.")
@click.option(
    "--stress",
    "seeds",
    type=click.IntRange(1, 100_000),
    metavar="N",
    help="Draw N sheets and every choice over N seeds, and say whether guessing pays.",
)
@click.option(
    "--recipe", shell_complete=complete_recipe, help="The recipe of the sheets that --stress draws.  [default: test]"
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors, and what --stress finds unfair.")
@with_templates
def command(
    decks: tuple[Path, ...],
    *,
    skipped: bool,
    rules: bool,
    seeds: int | None,
    recipe: str | None,
    strict: bool,
    given: Path | None,
) -> None:
    """Say everything that is wrong, at its place, with the remedy. Writes nothing.

    Reads decks and templates as `build` does, and then looks at facts and questions as a teacher would: cues,
    absolute and vague words, conflicts, facts that nobody asks. A deck may set a rule aside, with the reason, for a
    fact or as a whole: `silence: {absolutes: the treaty says so}`.

    \b
      quizgen check
      quizgen check decks/history.yaml --skipped
      quizgen check history --stress 1000
      quizgen check --rules
    """
    if rules:
        _list_rules()
        return
    if recipe is not None and seeds is None:
        raise click.UsageError("--recipe says which sheets --stress draws. Add, for example, `--stress 1000`.")
    templates = templates_in_force(given)
    chosen = each_once(decks or decks_in(Path("decks")))
    if not chosen:
        raise click.UsageError("There are no decks in ./decks. Make one with `quizgen new NAME`, or name a file.")
    problems = list(_of_recipes(templates))
    unfair = False
    for path in chosen:
        asked, found = read(path, templates)
        problems.extend(found)
        if asked is None:
            continue
        problems.extend(lint(asked.deck, asked.bank, asked.language))
        click.echo(f"{path}:\n{summary(asked)}")
        if skipped:
            for one in asked.bank.skipped:
                click.echo(f"      {one.fact}/{one.way} {'' if one.form == '*' else one.form}: {one.why}")
        if seeds is not None:
            fair, more = _stressed(asked, templates, recipe or "test", seeds)
            problems.extend(more)
            unfair |= not fair
    tell(problems)
    click.echo(f"{_verdict(problems)}.", err=True)
    raise click.exceptions.Exit(1 if stops(problems, strict=strict) or (strict and unfair) else 0)


def _stressed(asked: Asked, templates: Templates, name: str, seeds: int) -> tuple[bool, tuple[Problem, ...]]:
    """Whether a deck and a recipe are fair in every respect; prints what was found."""
    from quizgen.stress import drawn, stress, verdict  # noqa: PLC0415 - only for --stress

    try:
        recipe, problems = read_recipe(templates, name, asked.language)
    except Unusable as unusable:
        return True, (unusable.problem,)
    if recipe is None:
        return True, problems
    findings = stress(asked.deck, asked.language, asked.bank, recipe, seeds=seeds)
    for finding in findings:
        click.echo(f"\n{drawn(finding)}")
    click.echo(f"\n{verdict(asked.deck.id, findings)}")
    return all(finding.fair for finding in findings), problems


def _list_rules() -> None:
    for rule in RULES:
        click.echo(f"{rule.name} ({rule.level})\n      {rule.reason}\n      {rule.reference}")


def _verdict(problems: Iterable[Problem]) -> str:
    """'nothing wrong', or how many errors and warnings there are, and by which rules."""
    told = set(problems)
    by_rule = Counter(problem.rule for problem in told if problem.rule)
    rules = ", ".join(f"{rule} {number}" for rule, number in sorted(by_rule.items()))
    return (count_of(told) or "nothing wrong") + (f"; by rule: {rules}" if rules else "")


def _of_recipes(templates: Templates) -> tuple[Problem, ...]:
    try:
        language, _ = read_language(templates, "en")
        return tuple(
            problem for name in recipe_names(templates) for problem in read_recipe(templates, name, language)[1]
        )
    except Unusable as unusable:
        return (unusable.problem,)
