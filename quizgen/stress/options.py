"""Options: whether where the right one stands, how long or how large it is, or how often it is seen, tells it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizgen.compose.shuffling import shuffled
from quizgen.dice import Dice
from quizgen.questions import Bank, Choice, Truth
from quizgen.stress.chance import SIGMAS, UNLIKELY, chi_square, spread
from quizgen.stress.findings import Bar, Finding, bars_of

_DRAWS = 40_000  # of a bank, at most: more would find a lean of less than one in a hundred
_LEAST = 20  # items below which nothing is said
_OFTEN = 0.5  # of a way's choices: an option that stands in more is known for what it is
_SHOWN = 3
_USUAL = 4  # options


def single_choices(bank: Bank) -> tuple[Choice, ...]:
    """The choices with one right option."""
    return tuple(question for question in bank.questions if isinstance(question, Choice) and not question.several)


def position(bank: Bank, seeds: int) -> Finding:
    """Whether the right option stands anywhere as often as elsewhere: in the bank, and as sheets shuffle it."""
    choices = single_choices(bank)
    times = max(1, min(seeds, _DRAWS // max(len(choices), 1)))
    own: dict[int, Counter[int]] = defaultdict(Counter)
    drawn: dict[int, Counter[int]] = defaultdict(Counter)
    for choice in choices:
        own[len(choice.options)][choice.key[0]] += 1
        for seed in range(1, times + 1):
            dice = Dice("version", choice.about.deck, seed, "A", f"{choice.about.id}/choice")
            again = shuffled(choice, dice)
            drawn[len(choice.options)][again.key[0] if isinstance(again, Choice) else 0] += 1
    bars: list[Bar] = []
    wrong: list[str] = []
    for told, counts in (("in the bank", own), ("drawn", drawn)):
        for size in sorted(counts):
            wrong += _leaning(counts[size], range(size), f"of {size} {told}, the right one stands")
    for size in sorted(drawn):
        named = {f"{place + 1} of {size}": drawn[size][place] for place in range(size)}
        bars += bars_of(named)
    about = f"{len(choices):,} choices with one right option, each drawn {times:,} times"
    return Finding(respect="position of the key", about=about, bars=tuple(bars), wrong="; ".join(wrong))


def _leaning(counts: Mapping[int, int], places: Iterable[int], told: str) -> list[str]:
    """What is wrong where counts are not as even as chance makes them."""
    seen = [counts.get(place, 0) for place in places]
    total = sum(seen)
    if total < _LEAST or len(seen) < 2:  # noqa: PLR2004 - one place is no choice
        return []
    p = chi_square(seen, [total / len(seen)] * len(seen))
    if p > UNLIKELY:
        return []
    most = max(range(len(seen)), key=lambda place: seen[place])
    return [f"{told} as number {most + 1} in {seen[most] / total:.0%}, where {1 / len(seen):.0%} is fair ({_odds(p)})"]


def _odds(p: float) -> str:
    return f"chance does that once in {1 / p:,.0f} times" if p > 1e-9 else "chance never does that"  # noqa: PLR2004 - 'never'


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Where the right one of a choice among numbers or dates stands by size, from 0; `free` if it may be anywhere."""

    rank: int
    options: int
    free: bool


def rank(ranked: Sequence[Ranked]) -> Finding:
    """Whether the right number is the smallest, a middle one or the largest as often as the deck allows."""
    free: dict[int, Counter[int]] = defaultdict(Counter)
    bound = 0
    for one in ranked:
        if one.free:
            free[one.options][one.rank] += 1
        else:
            bound += 1
    bars: list[Bar] = []
    wrong: list[str] = []
    for size in sorted(free):
        bars += bars_of({f"{place + 1} of {size}": free[size][place] for place in range(size)})
        wrong += _leaning(free[size], range(size), f"of {size} numbers by size, the right one is")
    able = len(ranked) - bound
    lines = []
    if 0 < able < _LEAST:
        lines.append(f"{able} are too few to say more.")
    if bound:
        lines.append(
            f"{bound:,} more cannot have every rank: they stand at an end of what the deck has, have fewer options, or "
            "all that the author named lies on one side."
        )
    every = Counter(one.rank for one in ranked if one.options == _USUAL)
    if every:
        shares = ", ".join(f"{every[place] / every.total():.0%}" for place in range(_USUAL))
        lines.append(f"All {every.total():,} with {_USUAL} options, from the smallest: {shares}.")
    about = f"{able:,} choices among numbers or dates whose right one may have any rank"
    return Finding(respect="rank by size", about=about, bars=tuple(bars), lines=tuple(lines), wrong="; ".join(wrong))


def length(worded: Sequence[Choice]) -> Finding:
    """Whether the right one of texts is the longest more often than one of so many is; ties are shared."""
    hits = 0.0
    chances = []
    for choice in worded:
        lengths = [len(option.text) for option in choice.options]
        longest = max(lengths)
        if lengths[choice.key[0]] == longest:
            hits += 1 / lengths.count(longest)
        chances.append(1 / len(lengths))
    due, sigma = spread(chances)
    wrong = ""
    if len(worded) >= _LEAST and hits > due + SIGMAS * sigma:
        share = hits / len(worded)
        wrong = f"the right one is the longest in {share:.0%}, where {due / len(worded):.0%} is fair: learners notice"
    bars: tuple[Bar, ...] = ()
    if worded:
        most = max(hits, due)
        bars = (
            Bar(name="longest", share=hits / most, figure=f"{hits:,.1f} ({hits / len(worded):.1%})"),
            Bar(name="fair", share=due / most, figure=f"{due:,.1f} ± {SIGMAS * sigma:,.1f}"),
        )
    return Finding(
        respect="longest is right", about=f"{len(worded):,} choices among texts or names", bars=bars, wrong=wrong
    )


def truth(bank: Bank) -> Finding:
    """Whether about half of the statements are true."""
    verdicts = [question.verdict for question in bank.questions if isinstance(question, Truth)]
    true, total = sum(verdicts), len(verdicts)
    due, sigma = spread([0.5] * total)
    off = abs(true - due) > SIGMAS * sigma
    wrong = f"{true / total:.0%} are true: whoever always says {'true' if true > due else 'false'} gains" if off else ""
    bars = bars_of({"true": true, "false": total - true}) if total else ()
    return Finding(respect="true or false", about=f"{total:,} statements", bars=bars, wrong=wrong)


def reuse(bank: Bank) -> Finding:
    """Which facts serve as wrong options, and whether one is seen so often that it is known to be wrong."""
    serving: Counter[str] = Counter()
    made_up = options = 0
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    right: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    choices: Counter[tuple[str, str]] = Counter()
    for question in (one for one in bank.questions if isinstance(one, Choice)):
        way = (question.about.kind, question.about.way)
        choices[way] += 1
        for option in question.options:
            if option.right:
                right[way][option.text] += 1
                continue
            options += 1
            seen[way][option.text] += 1
            if option.fact is None:
                made_up += 1
            else:
                serving[option.fact] += 1
    wrong = []
    for way, number in choices.items():
        text, most = max(seen[way].items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
        if number >= _LEAST and most > _OFTEN * number and right[way][text] < most / len(seen[way]):
            wrong.append(f"'{text}' is a wrong option in {most} of the {number} choices of {way[0]}/{way[1]}")
    most_used = serving.most_common(_SHOWN)
    top = most_used[0][1] if most_used else 1
    lines = []
    if made_up:
        lines.append(f"{made_up:,} wrong options are made up, for want of others.")
    average = (options - made_up) / max(len(serving), 1)
    about = f"{options:,} wrong options come from {len(serving):,} facts, each serving {average:.1f} times on average"
    bars = tuple(Bar(name=name, share=count / top, figure=f"{count:,} times") for name, count in most_used)
    respect = "reuse of wrong options"
    return Finding(respect=respect, about=about, bars=bars, lines=tuple(lines), wrong="; ".join(wrong))
