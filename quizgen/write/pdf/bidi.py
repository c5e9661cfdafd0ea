"""The order of mixed directions: levels of characters by the Unicode Bidirectional Algorithm (UAX #9, revision 46)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

DEEPEST = 125  # BD2
_EMBEDDINGS = {"LRE": (0, ""), "RLE": (1, ""), "LRO": (0, "L"), "RLO": (1, "R")}
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_REMOVED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})  # X9
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})

# Opening brackets and what closes them (BidiBrackets.txt): most stand side by side.
_SIDE_BY_SIDE = (
    *(0x28, 0xF3A, 0xF3C, 0x169B, 0x2045, 0x207D, 0x208D, 0x2308, 0x230A, 0x2329),
    *range(0x2768, 0x2775, 2),
    0x27C5,
    *range(0x27E6, 0x27EF, 2),
    *range(0x2983, 0x298D, 2),
    *range(0x2991, 0x2998, 2),
    *(0x29D8, 0x29DA, 0x29FC, 0x2E22, 0x2E24, 0x2E26, 0x2E28, 0x2E55, 0x2E57, 0x2E59, 0x2E5B),
    *range(0x3008, 0x3011, 2),
    *range(0x3014, 0x301B, 2),
    *(0xFE59, 0xFE5B, 0xFE5D, 0xFF08, 0xFF5F, 0xFF62),
)
_CLOSING = {code: code + 1 for code in _SIDE_BY_SIDE} | {
    0x5B: 0x5D, 0x7B: 0x7D, 0x298D: 0x2990, 0x298F: 0x298E, 0xFF3B: 0xFF3D, 0xFF5B: 0xFF5D,
}  # fmt: skip
_SAME = {0x2329: 0x3008, 0x232A: 0x3009}  # canonically equal brackets


def needs_order(text: str) -> bool:
    """Whether anything in the text runs from right to left, or asks for it."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRO"} for char in text
    )


def first_strong(text: str, otherwise: int) -> int:
    """The level of a paragraph by its first strong character outside isolates (P2, P3)."""
    return _first_strong((unicodedata.bidirectional(char) or "L" for char in text), otherwise)


def levels(text: str, base: int) -> list[int]:
    """The level of each character of one paragraph of level `base`; invisible controls have their neighbour's."""
    types = [unicodedata.bidirectional(char) or "L" for char in text]
    found, resolved = _explicit(types, base)
    for sequence in list(_sequences(types, found, base)):  # before any level changes
        _weak(sequence, resolved)
        _brackets(sequence, resolved, text)
        _neutral(sequence, resolved)
        for i in sequence.members:
            found[i] += _IMPLICIT[found[i] % 2].get(resolved[i], 0)
    last = base
    for i, kind in enumerate(types):
        if kind in _REMOVED:
            found[i] = last
        last = found[i]
    _separators(types, found, base)
    return found


_IMPLICIT = ({"R": 1, "AN": 2, "EN": 2}, {"L": 1, "EN": 1, "AN": 1})  # I1, I2


class _Levelled(Protocol):
    @property
    def level(self) -> int: ...


_Run = TypeVar("_Run", bound=_Levelled)


def visual_order(runs: Sequence[_Run]) -> list[_Run]:
    """The runs of one line as they stand from left to right (L2)."""
    out = list(runs)
    highest = max((run.level for run in out), default=0)
    lowest_odd = min((run.level for run in out if run.level % 2), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        i = 0
        while i < len(out):
            j = i
            while j < len(out) and out[j].level >= level:
                j += 1
            out[i:j] = reversed(out[i:j])
            i = max(j, i + 1)
    return out


def _first_strong(types: Iterable[str], otherwise: int) -> int:
    depth = 0
    for kind in types:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in {"L", "R", "AL"}:
            return 0 if kind == "L" else 1
    return otherwise


def _explicit(types: Sequence[str], base: int) -> tuple[list[int], list[str]]:
    """Levels and types after the explicit rules (X1 to X8)."""
    stack = _Stack(base)
    found, resolved = [], []
    for i, kind in enumerate(types):
        if kind == "PDI":
            stack.close_isolate()
        level, override, _ = stack.entries[-1]
        found.append(base if kind == "B" else level)
        resolved.append(kind if kind in {"B", "BN"} else override or kind)
        if kind in _ISOLATES:
            stack.open_isolate(_isolate_level(kind, types, i))
        elif kind in _EMBEDDINGS:
            stack.open_embedding(*_EMBEDDINGS[kind])
        elif kind == "PDF":
            stack.close_embedding()
    return found, resolved


class _Stack:
    """The directional status stack of X1: entries of level, override, and whether an isolate began them."""

    def __init__(self, base: int) -> None:
        self.entries: list[tuple[int, str, bool]] = [(base, "", False)]
        self._isolates = self._lost_isolates = self._lost_embeddings = 0

    def open_isolate(self, odd: int) -> None:
        """X5a to X5c."""
        inner = self._inner(odd)
        if inner is None:
            self._lost_isolates += 1
        else:
            self._isolates += 1
            self.entries.append((inner, "", True))

    def open_embedding(self, odd: int, override: str) -> None:
        """X2 to X5."""
        inner = self._inner(odd)
        if inner is not None:
            self.entries.append((inner, override, False))
        elif not self._lost_isolates:
            self._lost_embeddings += 1

    def close_isolate(self) -> None:
        """X6a."""
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._isolates:
            self._lost_embeddings = 0
            self._isolates -= 1
            while not self.entries.pop()[2]:
                pass

    def close_embedding(self) -> None:
        """X7."""
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif not self.entries[-1][2] and len(self.entries) > 1:
            self.entries.pop()

    def _inner(self, odd: int) -> int | None:
        """The next level up of that oddness; None where it would be too deep."""
        level = self.entries[-1][0]
        inner = level + 1 + (level + 1 + odd) % 2
        return inner if inner <= DEEPEST and not self._lost_isolates and not self._lost_embeddings else None


def _isolate_level(kind: str, types: Sequence[str], i: int) -> int:
    if kind != "FSI":
        return int(kind == "RLI")
    depth = 1
    for j in range(i + 1, len(types)):
        if types[j] in _ISOLATES:
            depth += 1
        elif types[j] == "PDI":
            depth -= 1
            if depth == 0:
                return _first_strong(types[i + 1 : j], 0)
    return _first_strong(types[i + 1 :], 0)


@dataclass(frozen=True, slots=True)
class _Sequence:
    """An isolating run sequence (BD13): its members, its level, and the types before and after it."""

    members: list[int]
    level: int
    before: str
    after: str


def _sequences(types: Sequence[str], found: Sequence[int], base: int) -> Iterator[_Sequence]:
    kept = [i for i, kind in enumerate(types) if kind not in _REMOVED]
    runs: list[list[int]] = []
    for i in kept:
        if runs and found[runs[-1][-1]] == found[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    partner = _partners(types, kept)
    closes = {end: start for start, end in partner.items()}
    by_first = {run[0]: run for run in runs}
    where = {i: n for n, i in enumerate(kept)}
    for run in runs:
        if run[0] in closes:
            continue  # goes on a sequence that began before
        members = list(run)
        while members[-1] in partner and partner[members[-1]] in by_first:
            members += by_first[partner[members[-1]]]
        level = found[members[0]]
        first, last = where[members[0]], where[members[-1]]
        previous = found[kept[first - 1]] if first else base
        open_isolate = types[members[-1]] in _ISOLATES
        following = base if open_isolate or last + 1 == len(kept) else found[kept[last + 1]]
        yield _Sequence(members, level, _direction(max(level, previous)), _direction(max(level, following)))


def _partners(types: Sequence[str], kept: Sequence[int]) -> dict[int, int]:
    """Isolate initiators and the PDIs that match them (BD9)."""
    waiting: list[int] = []
    out = {}
    for i in kept:
        if types[i] in _ISOLATES:
            waiting.append(i)
        elif types[i] == "PDI" and waiting:
            out[waiting.pop()] = i
    return out


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _weak(sequence: _Sequence, types: list[str]) -> None:
    """Rules W1 to W7."""
    members = sequence.members
    _marks_and_numbers(sequence, types)
    for before, i, after in zip(members, members[1:], members[2:], strict=False):  # W4
        around = types[before]
        single = types[i] == "CS" or (types[i] == "ES" and around == "EN")
        if single and around == types[after] and around in {"EN", "AN"}:
            types[i] = around
    _terminators(members, types)
    strong = sequence.before
    for i in members:  # W7
        if types[i] in {"L", "R"}:
            strong = types[i]
        elif types[i] == "EN" and strong == "L":
            types[i] = "L"


def _marks_and_numbers(sequence: _Sequence, types: list[str]) -> None:
    """Rules W1 to W3."""
    members = sequence.members
    previous, strong = sequence.before, sequence.before
    for i in members:
        if types[i] == "NSM":
            types[i] = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        previous = types[i]
        if types[i] == "EN" and strong == "AL":
            types[i] = "AN"
        elif types[i] in {"L", "R", "AL"}:
            strong = types[i]
    for i in members:
        if types[i] == "AL":
            types[i] = "R"


def _terminators(members: Sequence[int], types: list[str]) -> None:
    """Rules W5 and W6."""
    n = 0
    while n < len(members):
        end = n
        while end < len(members) and types[members[end]] == "ET":
            end += 1
        if end > n:
            beside = (n > 0 and types[members[n - 1]] == "EN") or (end < len(members) and types[members[end]] == "EN")
            for i in members[n:end]:
                types[i] = "EN" if beside else "ON"
        n = max(end, n + 1)
    for i in members:
        if types[i] in {"ES", "CS"}:
            types[i] = "ON"


_MOST_OPEN = 63  # BD16


def _brackets(sequence: _Sequence, types: list[str], text: str) -> None:
    """Rule N0: a pair of brackets goes with what is in it, or before it."""
    own = _direction(sequence.level)
    for start, end in sorted(_pairs(sequence.members, types, text)):
        members = sequence.members
        inside = {_strong(types[i]) for i in members[start + 1 : end]} - {""}
        if own in inside:
            side = own
        elif inside:
            context = next((_strong(types[i]) for i in reversed(members[:start]) if _strong(types[i])), sequence.before)
            side = context if context != own and context in inside else own
        else:
            continue
        for bracket in (start, end):
            types[members[bracket]] = side
            for i in members[bracket + 1 :]:  # marks follow what they stand on
                if unicodedata.bidirectional(text[i]) != "NSM":
                    break
                types[i] = side


def _strong(kind: str) -> str:
    return "R" if kind in {"R", "EN", "AN"} else "L" if kind == "L" else ""


def _pairs(members: Sequence[int], types: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    waiting: list[tuple[int, int]] = []
    found: list[tuple[int, int]] = []
    for n, i in enumerate(members):
        if types[i] != "ON":
            continue
        code = ord(text[i])
        if code in _CLOSING:
            if len(waiting) == _MOST_OPEN:
                break
            waiting.append((_SAME.get(_CLOSING[code], _CLOSING[code]), n))
            continue
        code = _SAME.get(code, code)
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == code:
                found.append((waiting[depth][1], n))
                del waiting[depth:]
                break
    return iter(found)


def _neutral(sequence: _Sequence, types: list[str]) -> None:
    """Rules N1 and N2."""
    members = sequence.members
    own = _direction(sequence.level)
    n = 0
    while n < len(members):
        end = n
        while end < len(members) and types[members[end]] in _NEUTRAL:
            end += 1
        if end > n:
            before = _strong(types[members[n - 1]]) if n else sequence.before
            after = _strong(types[members[end]]) if end < len(members) else sequence.after
            for i in members[n:end]:
                types[i] = before if before == after else own
        n = max(end, n + 1)


def _separators(types: Sequence[str], found: list[int], base: int) -> None:
    """Rule L1, for the paragraph as one line: separators, and white space before them or at the end, have its level."""
    trailing = True
    for i in range(len(types) - 1, -1, -1):
        kind = types[i]
        if kind in {"B", "S"}:
            trailing = True
            found[i] = base
        elif kind == "WS" or kind in _ISOLATES or kind == "PDI" or kind in _REMOVED:
            if trailing:
                found[i] = base
        else:
            trailing = False
