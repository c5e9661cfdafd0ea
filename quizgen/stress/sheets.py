"""Sheets: what a recipe makes of a bank over many seeds: what comes, what never does, and how much a guess is worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from quizgen.compose import Picked, marks_of, picks
from quizgen.compose.recipes import Recipe
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.questions import Bank, Question, form_of
from quizgen.stress.findings import Bar, Finding, bars_of
from quizgen.stress.guessing import guessed, marks

_GUESSABLE = 0.4  # of the marks of a sheet: more, and passing needs no knowledge
_ROOM = 40  # questions asked for each fact, on all sheets together, before a fact that never comes says anything
_SHOWN = 5
_ALIKE = 0.05  # of the sheets: more that were there before, and a class next door has the same
_FEW = 20  # sheets
_MARKED = 200  # sheets whose marks are counted out


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The sheets of many seeds: the questions of each (with their marks), and what each had too little of."""

    recipe: str
    sheets: tuple[tuple[tuple[Question, int], ...], ...]
    ids: tuple[frozenset[str], ...]
    short: tuple[tuple[str, ...], ...]


def draw(deck: Deck, language: Language, bank: Bank, recipe: Recipe, seeds: int) -> Drawn:
    """The sheets that the recipe makes with the seeds 1 to `seeds`."""
    sheets, ids, short = [], [], []
    for picked, problems in picks(bank, recipe, deck_id=deck.id, language=language, seeds=range(1, seeds + 1)):
        sheets.append(tuple(_marked(recipe, picked)))
        ids.append(frozenset(one.id for ones in picked.values() for one in ones))
        short.append(tuple(problem.says for problem in problems))
    return Drawn(recipe=recipe.name, sheets=tuple(sheets), ids=tuple(ids), short=tuple(short))


def _marked(recipe: Recipe, picked: Picked) -> list[tuple[Question, int]]:
    return [
        (one.question, marks_of(recipe.parts[number], one.question)) for number, ones in picked.items() for one in ones
    ]


def guessing(bank: Bank, drawn: Drawn) -> Finding:
    """What a guess is worth, in each form and on a sheet."""
    worth: dict[str, list[float]] = defaultdict(list)
    for question in bank.questions:
        worth[form_of(question)].append(guessed(question))
    bars = tuple(
        Bar(name=form, share=fmean(found), figure=f"{fmean(found):.0%} of its marks")
        for form, found in sorted(worth.items())
    )
    sheets = [sheet for sheet in drawn.sheets[:_MARKED] if sheet]
    if not sheets:
        return Finding(respect="guessing", about="by the form of a question", bars=bars)
    totals = [sum(worth for _, worth in sheet) for sheet in sheets]
    gained = [sum(guessed(question) * worth for question, worth in sheet) for sheet in sheets]
    share = sum(gained) / (sum(totals) or 1)
    half = fmean(sum(marks(sheet)[-(-total // 2) :]) for sheet, total in zip(sheets, totals, strict=True))
    mean = f"{fmean(gained):.1f} of {fmean(totals):.0f} marks ({share:.0%})"
    lines = (f"A sheet by '{drawn.recipe}': {mean}; half of the marks or more {_once_in(half)}.",)
    wrong = f"a guess is worth {share:.0%} of the marks of a sheet" if share > _GUESSABLE else ""
    return Finding(respect="guessing", about="by the form of a question", bars=bars, lines=lines, wrong=wrong)


def _once_in(chance: float) -> str:
    if chance > 0.5:  # noqa: PLR2004 - more often than not
        return f"in {chance:.0%} of all tries"
    return f"once in {1 / chance:,.0f} tries" if chance > 1e-12 else "never"  # noqa: PLR2004 - 'never'


def coverage(deck: Deck, bank: Bank, drawn: Drawn) -> Finding:
    """Which facts, topics and sources come, and which never do."""
    asked = {fact for question in bank.questions for fact in question.about.facts}
    there = [fact for fact in deck.facts if fact.retired is None]
    coming: Counter[str] = Counter()
    for sheet in drawn.sheets:
        coming.update({fact for question, _ in sheet for fact in question.about.facts})
    never = [fact.id for fact in there if fact.id in asked and fact.id not in coming]
    silent = [fact.id for fact in there if fact.id not in asked]
    questions = sum(len(sheet) for sheet in drawn.sheets)
    enough = questions >= _ROOM * len(asked)
    topics = {tag for fact in there for tag in fact.tags}
    of_tag = Counter(tag for fact in there if fact.id in coming for tag in fact.tags)
    sources = {fact.source.source.id for fact in there if fact.source}
    of_source = Counter(fact.source.source.id for fact in there if fact.source and fact.id in coming)
    lines = [_out_of("topics", topics, of_tag), _out_of("sources", sources, of_source)]
    if coming:
        often = coming.most_common()
        (most, top), (least, low) = often[0], often[-1]
        lines.append(f"most often {most} (on {top:,} sheets), least often {least} (on {low:,}).")
    if silent:
        lines.append(f"{len(silent)} facts give no question at all: {_listed(silent)}.")
    if never and not enough:
        lines.append(f"{len(never)} never came, which so few sheets do not prove.")
    wrong = f"{len(never)} facts never come: {_listed(never)}" if never and enough else ""
    figure = f"{len(coming):,} of {len(there):,}"
    bars = (Bar(name="facts", share=len(coming) / max(len(there), 1), figure=figure),)
    about = f"{len(drawn.sheets):,} sheets with {questions:,} questions"
    return Finding(respect="coverage", about=about, bars=bars, lines=tuple(lines), wrong=wrong)


def _out_of(what: str, there: set[str], coming: Counter[str]) -> str:
    missing = sorted(there - set(coming))
    tail = f"; never {_listed(missing)}" if missing else ""
    return f"{what}: {len(there) - len(missing)} of {len(there)}{tail}."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def variety(drawn: Drawn) -> Finding:
    """How many different sheets there are: those seen are proved, the rest is an estimate, and said to be one.

    Two sheets are the same if they ask the same questions. Of n sheets, n(n-1)/2 pairs could be alike; from how many
    are follows how many equally likely sheets would be (Simpson's index, turned over): the true number is not smaller.
    Where none are, three alike would be likely (95 %) with fewer than a third of the pairs (the rule of three).
    """
    seen = Counter(drawn.ids)
    number, different = len(drawn.ids), len(seen)
    pairs = number * (number - 1) // 2
    alike = sum(count * (count - 1) // 2 for count in seen.values())
    lines = [f"At least {different:,}: so many were seen."]
    if pairs and alike:
        lines.append(f"An estimate: about {max(pairs / alike, different):,.0f}, as if all were equally likely.")
    elif pairs:
        lines.append(f"An estimate: no two were alike, so probably more than {pairs / 3:,.0f}.")
    repeated = number - different
    wrong = ""
    if number >= _FEW and repeated > _ALIKE * number:
        wrong = f"{repeated:,} of {number:,} sheets had been there before: the deck is small for this recipe"
    return Finding(
        respect="different sheets",
        about=f"{different:,} different ones among {number:,}",
        lines=tuple(lines),
        wrong=wrong,
    )


def shortages(drawn: Drawn) -> Finding:
    """What the recipe wanted that was not to be had."""
    lacking = Counter(says for short in drawn.short for says in short)
    number = sum(1 for short, sheet in zip(drawn.short, drawn.sheets, strict=True) if short or not sheet)
    lines = tuple(f"{count:,} times: {says}" for says, count in lacking.most_common(_SHOWN))
    wrong = f"{number:,} of {len(drawn.sheets):,} sheets lack questions" if number else ""
    sizes = Counter(len(sheet) for sheet in drawn.sheets)
    bars = bars_of({f"{size}": sizes[size] for size in sorted(sizes)})
    about = f"how many questions a sheet by '{drawn.recipe}' has"
    return Finding(respect="shortages", about=about, bars=bars, lines=lines, wrong=wrong)
