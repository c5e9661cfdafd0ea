"""Items again: the values behind the options of a bank, to say how large and how plausible they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean

from quizgen.ask.agree import singles
from quizgen.ask.invented import invented
from quizgen.ask.items import Asker, Item, Unsound
from quizgen.ask.pool import middle
from quizgen.ask.proof import Proof
from quizgen.ask.wrong import WANTED, absurd
from quizgen.facts import Deck, Fact
from quizgen.language import Language
from quizgen.problems import Place
from quizgen.questions import Bank, Choice
from quizgen.stress.findings import Bar, Finding
from quizgen.stress.options import Ranked, single_choices
from quizgen.values import Date, Quantity, Single, rules_out
from quizgen.values.show import show

_MOST = 2_000  # choices that are looked at; of a larger bank, as many at even steps
_BY_CHANCE = 8  # facts drawn for each, to see what chance would have offered
_LOOKED_AT = 200  # values on each side of a number, to see whether the deck has three
_WORST = 3
_WORSE = 0.02  # than chance, at least, for a verdict
_SIZED = 2  # options that are numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """How plausible the wrong options of a choice are, each, and what chance would have offered."""

    id: str
    place: Place
    key: str
    chosen: tuple[tuple[float, str], ...]
    by_chance: tuple[float, ...]

    @property
    def worst(self) -> tuple[float, str]:
        """The least plausible option."""
        return min(self.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the values behind a bank's choices show."""

    ranked: tuple[Ranked, ...]
    worded: tuple[Choice, ...]
    weighed: tuple[Weighed, ...]


def look(deck: Deck, language: Language, bank: Bank) -> Looked:
    """The choices of a bank with the values behind their options."""
    asker = Asker(deck, language)
    choices = single_choices(bank)
    chosen = choices[:: max(1, -(-len(choices) // _MOST))]
    ranked: list[Ranked] = []
    worded: list[Choice] = []
    weighed: list[Weighed] = []
    for choice in chosen:
        behind = _Behind.of(asker, choice)
        if behind is None:
            continue
        if isinstance(behind.key, Date | Quantity):
            ranked.extend(behind.ranked())
        else:
            worded.append(choice)
        weighed.append(behind.weighed())
    return Looked(ranked=tuple(ranked), worded=tuple(worded), weighed=tuple(weighed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Behind:
    """A choice, its item, and the values of its wrong options with their facts."""

    asker: Asker
    choice: Choice
    item: Item
    key: Single
    wrong: tuple[tuple[Single, Fact | None, str], ...]

    @classmethod
    def of(cls, asker: Asker, choice: Choice) -> _Behind | None:
        fact = asker.facts.get(choice.about.fact)
        if fact is None:
            return None
        try:
            item = asker.item(fact, fact.kind.ways[choice.about.way])
        except Unsound:
            return None
        if item is None:
            return None
        key = singles(item.own)[0]
        behind = cls(asker=asker, choice=choice, item=item, key=key, wrong=())
        return cls(asker=asker, choice=choice, item=item, key=key, wrong=tuple(behind.values()))

    def values(self) -> Iterator[tuple[Single, Fact | None, str]]:
        """The values of the wrong options, found again by what they show."""
        field = self.item.way.answer
        for option in self.choice.options:
            if option.right:
                continue
            fact = self.asker.facts.get(option.fact) if option.fact else None
            among: Sequence[Single] = invented(self.key, None)
            if fact is not None and field in fact.values:
                among = singles(fact.values[field])
            found = next((value for value in among if show(value, self.asker.language) == option.text), None)
            if found is not None:
                yield found, fact, option.text

    def ranked(self) -> Iterator[Ranked]:
        """Where the key stands by size."""
        sizes = [middle(value) for value, _, _ in self.wrong if isinstance(value, Date | Quantity)]
        if len(sizes) + 1 < max(len(self.choice.options), _SIZED) or not isinstance(self.key, Date | Quantity):
            return
        here = middle(self.key)
        free = len(sizes) == WANTED and not self._named_on_one_side(here) and self._free(here)
        yield Ranked(rank=sum(size < here for size in sizes), options=len(sizes) + 1, free=free)

    def _named_on_one_side(self, here: float) -> bool:
        """Whether all values that the author named lie on one side, which the key cannot then be beyond."""
        named = [wrong.value for wrong in self.item.candidates if wrong.unlike]
        return len({middle(value) < here for value in named if isinstance(value, Date | Quantity)}) == 1

    def _free(self, here: float) -> bool:
        """Whether three wrong values were to be had on each side: of the deck, or made up where that has too few."""
        pool, proof = self.item.pool, self.item.proof
        beside = (pool.beside(self.key, self.item.fact, below=below) for below in (True, False))
        near = ([one.value for one in islice(side, _LOOKED_AT) if not absurd(one.value, self.key)] for side in beside)
        sides = [_apart(values, proof) for values in near]
        if sum(sides) >= WANTED:
            return min(sides) >= WANTED
        made = [value for value in invented(self.key, self.asker.latest) if isinstance(value, Date | Quantity)]
        below, above = ([value for value in made if (middle(value) < here) is side] for side in (True, False))
        return all(has + _apart(more, proof) >= WANTED for has, more in zip(sides, (below, above), strict=True))

    def weighed(self) -> Weighed:
        """How plausible its wrong options are."""
        fact, pool = self.item.fact, self.item.pool
        scores = tuple(sorted((pool.score(value, other, self.key, fact), text) for value, other, text in self.wrong))
        return Weighed(
            id=self.choice.about.id,
            place=self.choice.about.place,
            key=self.choice.options[self.choice.key[0]].text,
            chosen=scores,
            by_chance=tuple(self._by_chance()),
        )

    def _by_chance(self) -> Iterator[float]:
        """Scores of values of the same field, of facts taken at random, that are proved wrong."""
        fact, field = self.item.fact, self.item.way.answer
        proof = self.item.proof
        kin = self.asker.by_kind[fact.kind.name]
        dice = self.asker.dice(fact, self.item.way.name, "stress")
        for other in dice.pick(kin, min(len(kin), _BY_CHANCE)):
            if other is not fact and field in other.values:
                value = singles(other.values[field])[0]
                if proof(value):
                    yield self.item.pool.score(value, other, self.key, fact)


def _apart(values: Sequence[Single], proof: Proof) -> int:
    """How many of the values are proved wrong and rule one another out, up to as many as are wanted."""
    found: list[Single] = []
    for value in values:
        if proof(value) and all(rules_out(value, other) for other in found):
            found.append(value)
            if len(found) == WANTED:
                break
    return len(found)


def plausible(weighed: Sequence[Weighed]) -> Finding:
    """How plausible wrong options are, beside what a random choice among all proved wrong would be."""
    chosen = [score for one in weighed for score, _ in one.chosen]
    by_chance = [score for one in weighed for score in one.by_chance]
    respect = "plausible wrong options"
    about = f"{len(chosen):,} wrong options, scored from 0 to 1"
    if not chosen or not by_chance:
        return Finding(respect=respect, about=about)
    mean, random = fmean(chosen), fmean(by_chance)
    bars = (
        Bar(name="chosen", share=mean, figure=f"{mean:.2f}"),
        Bar(name="by chance", share=random, figure=f"{random:.2f}"),
    )
    least = sorted((one for one in weighed if one.chosen), key=lambda one: (one.worst, one.id))[:_WORST]
    lines = [_told(one) for one in least]
    wrong = ""
    if mean < random - _WORSE:
        wrong = f"chosen {mean:.2f}, by chance {random:.2f}: any other values would do better"
    return Finding(respect=respect, about=about, bars=bars, lines=("Least plausible:", *lines), wrong=wrong)


def _told(one: Weighed) -> str:
    score, text = one.worst
    return f"{score:.2f} {one.place}: {one.id}: '{_short(text)}' beside '{_short(one.key)}'"


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
