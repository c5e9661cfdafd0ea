"""Messy decks by chance: aliases, ties, mixed precision, qualifiers, units, several holders, twins, conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from quizgen.facts import Deck, Fact, Status
from quizgen.kindfiles import read_kinds
from quizgen.kinds import Kind
from quizgen.problems import Place
from quizgen.templates import Templates
from quizgen.values import Many, Name, Value, read
from quizgen.values.many import Single

PEOPLE = {  # name -> other right names
    "Ada Lind": ("Countess Ada", "A. Lind"),
    "Bo Marr": (),
    "Cy Tole": ("Old Cyrus",),
    "Dee Hart": (),
    "Eli Sand": (),
    "Fay Moor": ("Fay of the Moor",),
    "George Oak II": (),
    "George Oak III": (),
}
THINGS = ["mill", "bridge", "fair", "army", "comet", "flood", "famine", "guild", "tower", "canal", "school", "market"]
DOINGS = ["burns", "opens", "falls", "comes", "ends", "moves", "is sold", "is built"]
TOWNS = ["Sel", "Vell", "Orm"]
PLACES = [*TOWNS, "Sel, Ombria", "Vell, Ombria", "Orm, Ombria", "Ombria", "northern Ombria"]
UNITS = ["", "", "", " km", " m", " mi", " crowns"]
QUALIFIERS = ["", "", "", "about ", "at least ", "up to ", "more than ", "nearly "]
STATUSES = [Status.DISPUTED, Status.ALLEGED, Status.ATTRIBUTED, Status.DENIED]
RIVERS = ["Sel", "Vell", "Orm", "Ax", "Tarn", "Ruk", "Bree", "sel"]


@cache
def kinds() -> dict[str, Kind]:
    """The shipped kinds."""
    found, problems = read_kinds(Templates.found(), "en")
    assert not problems
    return found


@dataclass(frozen=True, slots=True)
class Draft:
    """What a maker made: the kind, its values, other right names."""

    kind: str
    values: dict[str, Value]
    also: tuple[str, ...] = field(default=())


def messy_deck(seed: int, facts: int = 60) -> Deck:
    """A deck of invented facts that contradict, repeat and overlap one another; the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - no secret
    made = tuple(_fact(chance, position, facts) for position in range(facts))
    return Deck(id=f"messy-{seed}", title="Messy", language="en", file=Path("messy.yaml"), kinds=kinds(), facts=made)


def _fact(chance: Random, position: int, facts: int) -> Fact:
    makers = [_event, _event, _event, _figure, _figure, _figure, _quote, _quote, _term, _list]
    draft = _person(chance, position) if chance.random() < 0.12 else chance.choice(makers)(chance)
    doubtful = chance.random() < 0.12
    return Fact(
        id=f"f{position}",
        kind=kinds()[draft.kind],
        values=draft.values,
        also=draft.also,
        place=Place("messy.yaml", position + 1, 1),
        position=position,
        status=chance.choice(STATUSES) if doubtful else Status.ESTABLISHED,
        by=(Name("the miller"),) if doubtful else (),
        tags=(chance.choice("xyz"),),
        unlike=(f"f{chance.randrange(facts)}",) if chance.random() < 0.2 else (),
        retired="It was wrong" if chance.random() < 0.05 else None,
    )


def _date(chance: Random) -> Single:
    year, month, day = chance.randint(1960, 1999), chance.randint(1, 12), chance.randint(1, 28)
    written = [
        *[f"{year}"] * 6,
        f"{year}-{month:02d}",
        f"{year}-{month:02d}",
        f"{year}-{month:02d}-{day:02d}",
        f"{year}-{month:02d}-{day:02d}",
        f"{year}/{year + chance.randint(1, 12)}",
        f"{year}~",
        f"{year}/..",
        f"{year // 10}X",
        f"{chance.randint(1, 60)} BC",
    ]
    return read("date", chance.choice(written))


def _event(chance: Random) -> Draft:
    headline = f"The {chance.choice(THINGS)} {chance.choice(DOINGS)}"
    if chance.random() < 0.3:
        headline += f" of {chance.choice(TOWNS)}"
    values: dict[str, Value] = {"event": read("text", headline), "when": _date(chance)}
    if chance.random() < 0.5:
        values["where"] = read("place", chance.choice(PLACES))
    return Draft("event", values)


def _figure(chance: Random) -> Draft:
    number = chance.choice([3, 5, 9, 12, 17, 90, 120, 900, 5000, 15_000, 100_000])
    spelled = chance.choice([f"{number:,}", str(number)])
    written = chance.choice(
        [
            *[chance.choice(QUALIFIERS) + spelled + chance.choice(UNITS)] * 8,
            f"{number}-{number * 2}",
            f"{number % 100 + 1}%",
            f"${spelled}",
            f"€{spelled}",
        ]
    )
    values: dict[str, Value] = {
        "figure": read("text", f"{chance.choice(['dead', 'length', 'cost'])} of the {chance.choice(THINGS)}"),
        "value": read("quantity", written),
    }
    if chance.random() < 0.4:
        values["when"] = _date(chance)
    return Draft("figure", values)


def _name(chance: Random) -> Name:
    """A speaker: a name, one of its other names, a part of it, its initial, or a description."""
    name = chance.choice(list(PEOPLE))
    first, *_, last = name.split()
    spelled = [name, name, name, name, *PEOPLE[name], f"{first[0]}. {last}", last, "a former official", "officials"]
    text = chance.choice(spelled)
    known = text in PEOPLE or any(text in also for also in PEOPLE.values())
    whole = next((one for one, also in PEOPLE.items() if text == one or text in also), text)
    return Name(whole, PEOPLE[whole], f"id-{whole}", "person") if known else Name(text)


def _quote(chance: Random) -> Draft:
    words = f"Never {chance.choice(['give', 'look', 'come'])} {chance.choice(['up', 'back', 'down', 'again'])}"
    speakers = {name.text: name for name in (_name(chance) for _ in range(chance.choice([1, 1, 1, 2])))}
    return Draft("quote", {"quote": read("text", words), "by": Many(tuple(speakers.values()))})


def _person(chance: Random, position: int) -> Draft:
    name = chance.choice(list(PEOPLE))
    role = f"{chance.choice(['', 'former ', 'chief '])}{chance.choice(['engineer', 'mayor', 'poet'])}"
    if chance.random() < 0.5:
        role += f" of {chance.choice(TOWNS)}"
    person = Name(name, PEOPLE[name], f"f{position}", "person")
    return Draft("person", {"person": person, "role": read("text", role.strip())}, PEOPLE[name])


def _term(chance: Random) -> Draft:
    term = f"{chance.choice(['city', 'seat', 'port'])} of the {chance.choice(['duke', 'count', 'baron'])}"
    meaning = chance.choice(["Paris", "paris", "PARIS", "Lyon", "Nice", "Lille", "Port of Lille", "Sète"])
    also = ("the old city",) if chance.random() < 0.1 else ()
    return Draft("term", {"term": read("text", term), "meaning": read("text", meaning)}, also)


def _list(chance: Random) -> Draft:
    members = tuple(read("text", text) for text in chance.sample(RIVERS, chance.randint(1, 3)))
    title = f"rivers of the {chance.choice(['west', 'east', 'north', 'south', 'far north'])}"
    return Draft("list", {"list": read("text", title), "members": Many(members)})
