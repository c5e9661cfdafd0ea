"""Picking: which questions stand on one sheet, so that they ask of much and tell nothing of each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from copy import copy
from heapq import heapify, heappop, heapreplace

from quizgen.compose.leaks import Candidate, Given, Told
from quizgen.compose.recipes import Part, Recipe
from quizgen.dice import lots
from quizgen.problems import Problem, warning
from quizgen.questions import Match, Order, form_of

_AT_ONCE = 50  # questions that are picked from one window of candidates before the next is looked at
_WIDTH = 16  # candidates in a window for each of them
_LEAST = 200
_UNTAGGED = 4  # how many groups stand before the tags
_ONE = 1 << 20  # how much a group of all candidates weighs each use
_STRETCHES = 16  # of the deck, at least, over which questions are spread


class Pool:
    """The candidates of one section, in the order of their lots: another seed, another order; a new fact moves few."""

    def __init__(self, members: Sequence[Candidate], *seed: str | int, bank: bool = False) -> None:
        self.bank = bank
        self.members = _by_lot(members, *seed)
        last = max((one.question.about.position for one in members), default=0)
        width = 1 << max((last // _STRETCHES).bit_length() - 1, 0)  # a power of two, which one more fact seldom moves
        self.groups = {one: tuple(_groups(one, width)) for one in self.members}
        self._sizes = Counter(group for groups in self.groups.values() for group in groups)
        self._start = 0

    def again(self, *seed: str | int) -> Pool:
        """The same candidates in the order of other lots."""
        other = copy(self)
        other.members = _by_lot(self.members, *seed)
        other._start = 0  # noqa: SLF001 - its own class
        return other

    def weight(self, one: Candidate, used: Counter[Hashable]) -> int:
        """How much of what the candidate stands for is on the sheet already, as a share of what there is."""
        shares = [used[group] * _ONE // self._sizes[group] for group in self.groups[one]]
        tags = shares[_UNTAGGED:]
        return sum(shares[:_UNTAGGED]) + sum(tags) // len(tags)

    def windows(self, width: int) -> Iterator[list[Candidate]]:
        """The candidates, so many at a time."""
        ring = self.members[self._start :] + self.members[: self._start]
        for at in range(0, len(ring), width):
            yield ring[at : at + width]

    def move_on(self, wanted: int) -> None:
        """Begins the next sheet further on."""
        self._start = (self._start + wanted) % max(len(self.members), 1)


def _by_lot(members: Sequence[Candidate], *seed: str | int) -> list[Candidate]:
    lot_of = lots(*seed)
    return sorted(members, key=lambda one: lot_of(one.id))


_Cost = tuple[int, int, int]  # times used before, times its facts are on the sheet, its weight
_Priced = tuple[_Cost, int, Candidate]
_Heap = list[_Priced]


class Picker:
    """Picks the questions of one sheet. What is picked for one section counts in the next."""

    def __init__(self, used_before: Counter[str]) -> None:
        self._used_before = used_before  # on earlier sheets, by id
        self._told = Told()
        self._facts: Counter[str] = Counter()
        self._used: Counter[Hashable] = Counter()
        self._asked: set[Hashable] = set()
        self._banked: list[Candidate] = []  # whose answers stand to choose from
        self._verdicts: dict[int, Counter[bool]] = defaultdict(Counter)  # of statements, by the pool

    def pick(self, pool: Pool, wanted: int) -> list[Candidate]:
        """Up to `wanted` questions: not of earlier sheets, of facts not yet on this one, spread over the pool."""
        picked: list[Candidate] = []
        at_once = min(wanted, _AT_ONCE)
        width = max(_LEAST, _WIDTH * at_once)
        fair_share = wanted * width // max(len(pool.members), 1) + 1
        for most in (max(fair_share, at_once), wanted):  # a part from each window; then, if need be, all that fit
            for window in pool.windows(width):
                picked.extend(self._pick_from(window, pool, min(most, wanted - len(picked))))
                if len(picked) == wanted:
                    return picked
        return picked

    def _pick_from(self, window: Sequence[Candidate], pool: Pool, wanted: int) -> list[Candidate]:
        picked: list[Candidate] = []
        heaps: dict[bool | None, _Heap] = defaultdict(list)  # by the verdict: each in the order of its costs
        for index, one in enumerate(window):
            heaps[one.verdict].append((self._cost(one, pool), index, one))
        for heap in heaps.values():
            heapify(heap)
        while len(picked) < wanted:
            there = [heap for heap in heaps.values() if self._settle(heap, pool)]
            if not there:
                break
            _, _, one = heappop(min(there, key=lambda heap: self._standing(heap[0], pool)))
            if self._fits(one) and not (pool.bank and self._mistaken(one)):
                self._take(one, pool)
                picked.append(one)
        return picked

    def _settle(self, heap: _Heap, pool: Pool) -> bool:
        """Brings the cheapest to the top, if there is one left: costs only rise, so one that still holds is least."""
        while heap:
            cost, index, one = heap[0]
            now = self._cost(one, pool)
            if now == cost:
                return True
            heapreplace(heap, (now, index, one))
        return False

    def _standing(self, top: _Priced, pool: Pool) -> tuple[int, bool, int, int, int]:
        """In which order the cheapest of each verdict come: one that a section has too many of stands back."""
        (used_before, facts, weight), index, one = top
        return used_before, self._leans_to(one.verdict, pool), facts, weight, index

    def _leans_to(self, verdict: bool | None, pool: Pool) -> bool:  # noqa: FBT001 - what is asked about
        """Whether the section has only that verdict so far, or two more of it than of the other.

        So two statements are never both true, and four never all; but four may be three and one. Whoever is sure of
        three must not know the fourth by counting, as they would if half of each sheet were true.
        """
        if verdict is None:
            return False
        counts = self._verdicts[id(pool)]
        return counts[verdict] - counts[not verdict] > bool(counts[not verdict])

    def _cost(self, one: Candidate, pool: Pool) -> _Cost:
        facts = max(self._facts[fact] for fact in one.question.about.facts)
        return self._used_before[one.id], facts, pool.weight(one, self._used)

    def _fits(self, one: Candidate) -> bool:
        """Whether the sheet does not ask this already, and neither gives the other's answer away."""
        if one.stem in self._asked or not self._asked.isdisjoint(_what(one)):
            return False
        return not self._told.leaks(one)

    def _mistaken(self, one: Candidate) -> bool:
        """Whether its answer and one that stands to choose from could be taken for each other."""
        return any(not _apart(own, other) for there in self._banked for own in one.to_give for other in there.to_give)

    def _take(self, one: Candidate, pool: Pool) -> None:
        self._told.add(one)
        self._facts.update(one.question.about.facts)
        self._used.update(pool.groups[one])
        self._asked.add(one.stem)
        self._asked.update(_what(one))
        if one.verdict is not None:
            self._verdicts[id(pool)][one.verdict] += 1
        if pool.bank:
            self._banked.append(one)


def _apart(one: Given, other: Given) -> bool:
    """Whether neither of two answers is right in the place of the other.

    Of one type, each must be proved wrong for the other's question, or both be bare numbers and not the same; of two
    types, none may say all that the other says.
    """
    (kind, own, wrong), (other_kind, others, other_wrong) = one, other
    if kind == other_kind and all(word.isdecimal() for word in (*own, *others)):
        return own != others
    if kind == other_kind:
        return own in other_wrong and others in wrong
    return not (set(own) <= set(others) or set(others) <= set(own))


def _what(one: Candidate) -> Iterator[Hashable]:
    """What is asked of each fact: one way, and one answer, in whatever form."""
    about = one.question.about
    if isinstance(one.question, Match | Order):
        yield from ((fact, about.way) for fact in about.facts)
        if isinstance(one.question, Match):
            yield from ((about.facts[left], one.words(one.question.right[right])) for left, right in one.question.pairs)
        return
    way = one.id.rsplit("/", 1)[-1] if about.way == "cloze" else ""
    yield (about.fact, about.way, way)
    yield from ((about.fact, answer) for answer in one.told)


def _groups(one: Candidate, width: int) -> Iterator[Hashable]:
    """What a question stands for, in shares of which a sheet is like the deck: its tags last."""
    about = one.question.about
    yield ("kind", about.kind)
    yield ("way", about.kind, about.way)
    yield ("form", form_of(one.question))
    yield ("stretch", about.position // width)
    yield from (("tag", tag) for tag in about.tags or ("",))


Pools = dict[int, Pool]  # by the number of the section in the recipe


def pick_sheets(
    recipe: Recipe, pools: Pools, wanted: dict[int, int], sheets: int
) -> tuple[list[dict[int, list[Candidate]]], tuple[Problem, ...]]:
    """The questions of each section, a sheet at a time, and what there is too little of.

    The section with the least to choose from chooses first.
    """
    scarcest = sorted(pools, key=lambda number: (len(pools[number].members) / max(wanted[number], 1), number))
    used: Counter[str] = Counter()
    picked = []
    for _ in range(sheets):
        picker = Picker(used)
        sheet: dict[int, list[Candidate]] = {number: [] for number in scarcest}
        for rounds in (2, 1):  # half of each section first, so that none takes all that another needs
            for number, ones in sheet.items():
                ones.extend(picker.pick(pools[number], -(-wanted[number] // rounds) - len(ones)))
        used.update(one.id for ones in sheet.values() for one in ones)
        for number in scarcest:
            pools[number].move_on(wanted[number])
        picked.append(sheet)
    return picked, _shortages(recipe, pools, wanted, picked, used)


def _shortages(
    recipe: Recipe,
    pools: Pools,
    wanted: dict[int, int],
    picked: Sequence[dict[int, list[Candidate]]],
    used: Counter[str],
) -> tuple[Problem, ...]:
    problems = []
    for number, pool in pools.items():
        part = recipe.parts[number]
        got = min(len(sheet[number]) for sheet in picked)
        if part.count is None and part.share is None:
            continue  # it asked for all there are
        if got < wanted[number]:
            problems.append(_too_few(part, pool, wanted[number], got))
    most = max(used.values(), default=0)
    if most > 1:
        says = f"there are too few questions for {len(picked)} sheets that share none; some stand on {most} of them"
        problems.append(warning(recipe.place, says, "Ask for fewer versions, or for fewer questions.", rule="fresh"))
    return tuple(problems)


def _too_few(part: Part, pool: Pool, wanted: int, got: int) -> Problem:
    there = Counter(form_of(one.question) for one in pool.members)
    of_forms = ", ".join(f"{count} {form}" for form, count in sorted(there.items())) or "none"
    what = f"the section '{part.heading}'" if part.heading else "a section"
    says = f"{what} wants {wanted} questions and gets {got}; of its forms the deck gives {of_forms}"
    left = len(pool.members) - got
    mistaken = ", or fit a blank that is not theirs" if part.bank else ""
    remedy = (
        f"{left} more would ask the same again or give an answer away{mistaken}. Add facts, or ask for fewer."
        if left
        else "Add facts, or ask for fewer."
    )
    return warning(part.place, says, remedy, rule="few")
