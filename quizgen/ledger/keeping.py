"""Keeping a ledger: who each fact is, what has changed, which slots are spent, what nobody tells learners of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from quizgen.facts import Deck, Fact
from quizgen.frozen import quick_maker
from quizgen.ledger.lines import FIRST, Ledger, Line
from quizgen.problems import Place, Problem, quoted, warning
from quizgen.questions import Bank, Cloze, Gap, Question, form_of

_TOLD = 20  # cards that are not asked any more that are named one by one
_line = quick_maker(Line)


# ---- who is who ----------------------------------------------------------------------------------------------------


def identities(ledger: Ledger, facts: Iterable[Fact]) -> dict[str, str]:
    """The id under which each fact was first published, by its id of today.

    That is an id in `was` if the ledger knows one, unless it knows today's: then both were published, and each stays.
    """
    known = {key.partition("/")[0] for keys in (ledger.lines, ledger.slots) for key in keys}
    return {
        fact.id: fact.id if fact.id in known else next((old for old in fact.was if old in known), fact.id)
        for fact in facts
    }


def key_of(question: Question, identity: Mapping[str, str]) -> str:
    """The question's key in the ledger: `fact/way/form`, by the id under which its fact was first published."""
    about = question.about
    return f"{identity.get(about.fact, about.fact)}/{about.way}/{form_of(question)}"


def brought_up(old: Line | None, digest: str, now: int, *, card: bool) -> Line:
    """The line of what has this digest now (whole seconds since 1970), and had this line, if it had one.

    What is new counts as changed at `FIRST`; what has changed is newer than it was, whatever the clock says; what is as
    it was keeps its line. So a note is newer if, and only if, the note itself is another one.
    """
    if old is None:
        return _line(digest, FIRST, card)
    if old.card != card:  # an earlier quizgen noted questions too: this one becomes a card
        return Line(digest=digest, changed=old.changed, card=card)
    return old if old.digest == digest else Line(digest=digest, changed=max(old.changed + 1, now), card=card)


def with_looks(ledger: Ledger, looks: Mapping[str, str], now: int) -> Ledger:
    """The ledger with these looks, which are digests by name, brought up to date."""
    new = {name: brought_up(ledger.looks.get(name), digest, now, card=False) for name, digest in looks.items()}
    return replace(ledger, looks={**ledger.looks, **new})


def updated(ledger: Ledger, cards: Mapping[str, Line], *, deck: Deck) -> Ledger:
    """The ledger after these cards of the deck have been published.

    `cards` are the lines of the notes that learners get, by key, those of withdrawn facts among them, as `brought_up`
    has them. What is no card this time keeps its line.
    """
    identity = identities(ledger, deck.facts)
    retired = {identity[fact.id]: fact.retired for fact in deck.facts if fact.retired is not None}
    back = {identity[fact.id] for fact in deck.facts if fact.retired is None}
    return replace(
        ledger,
        lines={**ledger.lines, **cards},
        retired={**{id_: why for id_, why in ledger.retired.items() if id_ not in back}, **retired},
    )


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


# ---- what nobody tells learners of ---------------------------------------------------------------------------------


def lost(ledger: Ledger, deck: Deck, asked: Collection[str] = (), cards: Collection[str] = ()) -> tuple[Problem, ...]:
    """Warnings of what was published and reaches learners no more: they keep it as it was.

    That is: facts that are gone; cards whose way is not asked any more; cards that this package leaves out. `asked` are
    the keys of all cards that the deck gives, `cards` those of the notes in this package.
    """
    return (
        *_lost_facts(ledger, deck),
        *_lost_ways(ledger, deck, asked, cards),
        *_left_out(ledger, deck, asked, cards),
    )


def _lost_facts(ledger: Ledger, deck: Deck) -> Iterator[Problem]:
    here = {id_ for fact in deck.facts for id_ in (fact.id, *fact.was)} | set(ledger.retired)
    gone = sorted({key.partition("/")[0] for key in ledger.lines} - here)
    for id_ in gone:
        remedy = (
            f"Keep it with 'retired: why', and its learners are told; or, if it has another id now, say 'was: {id_}' "
            "there."
        )
        yield warning(Place(str(deck.file)), f"the fact {quoted(id_)} was published and is gone", remedy, rule="ledger")


def _lost_ways(ledger: Ledger, deck: Deck, asked: Collection[str], cards: Collection[str]) -> Iterator[Problem]:
    keys = sorted(key for key, line in ledger.lines.items() if line.card and key not in asked and key not in cards)
    if not keys:
        return
    facts = {identity: id_ for id_, identity in identities(ledger, deck.facts).items()}
    places = {fact.id: fact.place for fact in deck.facts}
    parts = [key.split("/") for key in keys]
    gone = [(facts[fact], way) for fact, way, _ in parts if fact in facts and fact not in ledger.retired]
    remedy = "Learners keep it as it is. If it is wrong, withdraw the fact ('retired: why'); its id is not used again."
    for fact, way in gone[:_TOLD]:
        says = f"{quoted(f'{fact}/{way}')} was published as a card and is not asked any more"
        yield warning(places[fact], says, remedy, rule="ledger")
    if len(gone) > _TOLD:
        says = f"more cards were published and are not asked any more: {len(gone) - _TOLD}"
        yield warning(Place(str(deck.file)), says, "`quizgen diff` lists them.", rule="ledger")


def _left_out(ledger: Ledger, deck: Deck, asked: Collection[str], cards: Collection[str]) -> Iterator[Problem]:
    out = [key for key in asked if key not in cards and key in ledger.lines and ledger.lines[key].card]
    if out:
        says = f"cards that were published are left out of this package: {len(out)}"
        yield warning(Place(str(deck.file)), says, "Learners keep them as they are.", rule="ledger")
