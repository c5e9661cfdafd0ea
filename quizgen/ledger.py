"""The ledger: identity through time. Which questions a deck has published, and when the content of each last changed.

It stands beside the deck (`<deck>.ledger.json`), is written by `build` and committed with the deck. Keys of questions
are `fact/way/form`. Nothing is ever taken out: a line that nobody asks for any more still says which identities are
spent. A fact that was renamed (`was`) keeps the id under which it was first published in all of this.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from quizgen.facts import Deck, Fact, Picture
from quizgen.problems import Place, Problem, error, quoted, warning
from quizgen.questions import Bank, Cloze, Gap, Question, form_of

FORMAT = "quizgen-ledger/1"
SUFFIX = ".ledger.json"

FIRST = 1_767_225_600
"""When whatever is published for the first time counts as changed, 2026-01-01 00:00 UTC: first builds are the same
bytes on any day, and every later change is newer."""

_LAST = 1 << 35  # no sane clock says more; what does is damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One published thing: the digest of its content, and when (seconds since 1970) that last changed."""

    digest: str
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Lines by `fact/way/form`; slot numbers of cloze blanks by `fact/field`; why facts were withdrawn, by id.

    `looks` are lines of what a deck's output looks like where its readers ask when that changed: Anki's note types.
    """

    lines: Mapping[str, Line] = field(default_factory=dict)
    slots: Mapping[str, int] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, Line] = field(default_factory=dict)


def path_beside(deck_file: Path) -> Path:
    """Where the ledger of the deck in that file stands."""
    return deck_file.with_suffix(SUFFIX)


# ---- who is who ----------------------------------------------------------------------------------------------------


def identities(ledger: Ledger, facts: Iterable[Fact]) -> dict[str, str]:
    """The id under which each fact was first published, by its id of today.

    That is an id in `was` if the ledger knows one, unless it knows today's: then both were published, and each stays.
    """
    known = {key.split("/", 1)[0] for key in ledger.lines}
    return {
        fact.id: fact.id if fact.id in known else next((old for old in fact.was if old in known), fact.id)
        for fact in facts
    }


def key_of(question: Question, identity: Mapping[str, str]) -> str:
    """The question's key in the ledger: `fact/way/form`, by the id under which its fact was first published."""
    about = question.about
    return f"{identity.get(about.fact, about.fact)}/{about.way}/{form_of(question)}"


# ---- what a question's content is ----------------------------------------------------------------------------------

# Where a fact stands, what it is called and what it is compared with are not what the learner reads. If they counted,
# a new fact would change its neighbours, and an update takes a learner's own tags off every note that changed.
_NOT_CONTENT = frozenset({"place", "position", "deck", "kind", "fact", "facts", "answer_type", "rivals"})


def digest_of(question: Question) -> str:
    """A digest of what the question says: its canonical JSON, without places, ids and rivals.

    Members that are empty are left out, so that a member that is added to questions later changes no digest.
    """
    return digest(json.dumps(question, default=_plain, sort_keys=True, ensure_ascii=True, separators=(",", ":")))


def digest(text: str) -> str:
    """The first half of the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(value: object) -> object:
    if isinstance(value, Picture):
        return {"sha256": hashlib.sha256(value.data).hexdigest(), "alt": value.alt}
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((name, getattr(value, name)) for name in _members(type(value)))
        return {name: part for name, part in parts if part or isinstance(part, Decimal)}
    raise TypeError(f"a question holds a {type(value).__name__}, which has no canonical JSON")


@cache
def _members(kind: type[Any]) -> tuple[str, ...]:
    return tuple(member.name for member in fields(kind) if member.name not in _NOT_CONTENT)


# ---- bringing it up to date ----------------------------------------------------------------------------------------


def updated(ledger: Ledger, bank: Bank, now: int, *, deck: Deck, looks: Mapping[str, str] | None = None) -> Ledger:
    """The ledger after this bank has been published at `now` (whole seconds since 1970).

    What is new counts as changed at `FIRST`; what has changed is newer than it was, whatever the clock says; what is
    as it was, or is not asked this time, keeps its line. The lines of a withdrawn fact change when it is withdrawn.
    `looks` are digests by name. The bank has been through `with_slots`.
    """
    identity = identities(ledger, deck.facts)
    retired = {identity[fact.id]: fact.retired for fact in deck.facts if fact.retired is not None}
    digests = {key_of(question, identity): digest_of(question) for question in bank.questions}
    for key in ledger.lines:
        why = retired.get(key.split("/", 1)[0])
        if why is not None:
            digests[key] = digest("retired:" + why)
    back = {identity[fact.id] for fact in deck.facts if fact.retired is None}
    return replace(
        ledger,
        lines=_brought_up(ledger.lines, digests, now),
        retired={**{id_: why for id_, why in ledger.retired.items() if id_ not in back}, **retired},
        looks=_brought_up(ledger.looks, looks or {}, now),
    )


def _brought_up(lines: Mapping[str, Line], digests: Mapping[str, str], now: int) -> dict[str, Line]:
    new = dict(lines)
    for key, now_is in digests.items():
        old = lines.get(key)
        if old is None:
            new[key] = Line(digest=now_is, changed=FIRST)
        elif old.digest != now_is:
            new[key] = Line(digest=now_is, changed=max(old.changed + 1, now))
    return new


def with_slots(ledger: Ledger, deck: Deck, bank: Bank) -> tuple[Ledger, Bank]:
    """Ledger and bank with a slot for every cloze blank that is that blank's for ever.

    A bank from the asking has the number of the blank's field in its kind, which moves when a kind gets another
    field. A blank that the ledger knows keeps its slot; a new one gets its field's number, or, where that is spent, a
    number above all that the fact has ever had.
    """
    identity = identities(ledger, deck.facts)
    slots = dict(ledger.slots)
    spent: dict[str, set[int]] = {}
    for key, slot in slots.items():
        spent.setdefault(key.split("/", 1)[0], set()).add(slot)
    questions: list[Question] = []
    for question in bank.questions:
        if isinstance(question, Cloze):
            about = question.about
            fact = identity.get(about.fact, about.fact)
            names = {part.number: name for name, part in deck.kinds[about.kind].fields.items()}
            used = spent.setdefault(fact, set())
            questions.append(_renumbered(question, fact, names, slots, used))
        else:
            questions.append(question)
    return replace(ledger, slots=slots), replace(bank, questions=tuple(questions))


def _renumbered(cloze: Cloze, fact: str, names: Mapping[int, str], slots: dict[str, int], used: set[int]) -> Cloze:
    """The cloze with its slots for ever; `slots` and `used` learn of the new ones."""
    pieces: list[str | Gap] = []
    for piece in cloze.pieces:
        if isinstance(piece, Gap):
            key = f"{fact}/{names[piece.slot]}"
            if key not in slots:
                free = piece.slot if piece.slot not in used else max(used) + 1
                slots[key] = free
                used.add(free)
            pieces.append(replace(piece, slot=slots[key]))
        else:
            pieces.append(piece)
    return replace(cloze, pieces=tuple(pieces))


def lost(ledger: Ledger, deck: Deck) -> tuple[Problem, ...]:
    """Warnings of facts that were published and are in the deck no more: nobody tells their learners."""
    here = {id_ for fact in deck.facts for id_ in (fact.id, *fact.was)} | set(ledger.retired)
    gone = sorted({key.split("/", 1)[0] for key in ledger.lines} - here)
    remedy = (
        "Keep it with 'retired: why', and its learners are told; or, if it has another id now, say 'was: {}' there."
    )
    place = Place(str(deck.file))
    return tuple(
        warning(place, f"the fact {quoted(id_)} was published and is gone", remedy.format(id_), rule="ledger")
        for id_ in gone
    )


# ---- the file ------------------------------------------------------------------------------------------------------


def to_bytes(ledger: Ledger) -> bytes:
    """The ledger as JSON, sorted, one entry a line: what two people add, git puts together."""
    sections: list[tuple[str, Mapping[str, object]]] = [
        ("lines", {key: [line.digest, line.changed] for key, line in ledger.lines.items()}),
        ("looks", {key: [line.digest, line.changed] for key, line in ledger.looks.items()}),
        ("retired", ledger.retired),
        ("slots", ledger.slots),
    ]
    parts = [f'"format": {json.dumps(FORMAT)}']
    for name, entries in sections:
        rows = [f"{json.dumps(key)}: {json.dumps(entries[key], ensure_ascii=False)}" for key in sorted(entries)]
        parts.append(f'"{name}": {{' + ("\n" + ",\n".join(rows) + "\n" if rows else "") + "}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "surrogatepass")


class _Damaged(ValueError):
    """A ledger that cannot be trusted; `line` is where, 0 for the whole."""

    def __init__(self, says: str, remedy: str = "", line: int = 0) -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy
        self.line = line


_RESTORE = "Restore this file from your version control or a copy: learners' progress hangs on it."
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \n]|\Z)", re.MULTILINE)


def read_ledger(path: Path) -> tuple[Ledger, tuple[Problem, ...]]:
    """The ledger in that file, empty where there is none; a damaged one is a problem, never an empty ledger."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Ledger(), ()
    except OSError as failure:
        return Ledger(), (error(Place(str(path)), f"this ledger cannot be read: {failure.strerror}"),)
    try:
        return _ledger(data), ()
    except _Damaged as damage:
        place = Place(str(path), damage.line, 1 if damage.line else 0)
        return Ledger(), (error(place, f"this ledger {damage.says}", damage.remedy or _RESTORE),)


def _ledger(data: bytes) -> Ledger:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as failure:
        raise _Damaged("is not UTF-8", line=data.count(b"\n", 0, failure.start) + 1) from failure
    conflict = _CONFLICT.search(text)
    if conflict:
        raise _Damaged(
            f"has the mark {quoted(conflict[1])} of a merge that was not finished",
            "Keep the lines of both sides and take out the marks; of two lines for one question keep the one with the "
            "larger number. Then build.",
            text.count("\n", 0, conflict.start()) + 1,
        )
    try:
        read = json.loads(text, object_pairs_hook=_merged)
    except json.JSONDecodeError as failure:
        raise _Damaged(f"is not JSON here: {failure.msg}", line=failure.lineno) from failure
    except RecursionError as failure:
        raise _Damaged("is not a ledger: it is nested too deeply") from failure
    except ValueError as failure:  # a number of thousands of digits
        if isinstance(failure, _Damaged):
            raise
        raise _Damaged("has a number that cannot be read") from failure
    if not isinstance(read, dict) or "format" not in read:
        raise _Damaged(f'does not say \'"format": "{FORMAT}"\'')
    if read["format"] != FORMAT:
        raise _Damaged(f"has the format {quoted(str(read['format']))}", f"This quizgen knows {FORMAT}: is yours old?")
    unknown = sorted(set(read) - {"format", "lines", "looks", "retired", "slots"})
    if unknown:
        raise _Damaged(f"has a part {quoted(unknown[0])} that is not known")
    return Ledger(
        lines=_section(read, "lines", _line, steps=2),
        looks=_section(read, "looks", _line, steps=1),
        retired=_section(read, "retired", _why, steps=0),
        slots=_section(read, "slots", _slot, steps=1),
    )


def _merged(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which a key may come twice, as after a merge by git: of two lines the later change holds."""
    entries: dict[str, object] = {}
    for key, value in pairs:
        old = entries.get(key, value)
        if old != value:
            try:
                value = max((old, value), key=lambda entry: _line(entry).changed)  # noqa: PLW2901 - settled here
            except _Damaged:
                raise _Damaged(f"says two things of {quoted(key)}", "Keep the one that was there first.") from None
        entries[key] = value
    return entries


_T = TypeVar("_T")


def _section(read: dict[str, object], name: str, entry: Callable[[object], _T], *, steps: int) -> dict[str, _T]:
    """One part of the ledger, whose keys have so many slashes."""
    found = read.get(name, {})
    if not isinstance(found, dict):
        raise _Damaged(f"has no entries in {quoted(name)}")
    for key in found:
        if key.count("/") != steps:
            raise _Damaged(f"has {quoted(key)} in {quoted(name)}, which is no key there")
    try:
        return {key: entry(value) for key, value in found.items()}
    except _Damaged as damage:
        raise _Damaged(f"{damage.says} in {quoted(name)}") from damage


def _line(value: object) -> Line:
    match value:
        case [str(mark), int(changed)] if not isinstance(changed, bool) and 0 < changed < _LAST:
            return Line(digest=mark, changed=changed)
        case _:
            raise _Damaged("has something else than a digest and a time")


def _why(value: object) -> str:
    if not isinstance(value, str):
        raise _Damaged("has something else than a reason")
    return value


def _slot(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 500:  # noqa: PLR2004 - Anki's own bound
        raise _Damaged("has something else than a number from 1 to 499")
    return value
