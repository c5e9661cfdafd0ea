"""Messy decks by chance: aliases, ties, mixed precision, qualifiers, units, several holders, twins, conflicts."""

from __future__ import annotations

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

PEOPLE = ["Ada Lind", "Bo Marr", "Cy Tole", "Dee Hart", "Eli Sand", "Fay Moor", "Gil Oak", "Hal Pine"]
THINGS = ["mill", "bridge", "fair", "army", "comet", "flood", "famine", "guild", "tower", "canal", "school", "market"]
DOINGS = ["burns", "opens", "falls", "comes", "ends", "moves", "is sold", "is built"]
UNITS = ["", "", " km", " m", " mi", " crowns", "%"]
QUALIFIERS = ["", "", "", "about ", "at least ", "up to ", "more than "]


@cache
def kinds() -> dict[str, Kind]:
    """The shipped kinds."""
    found, problems = read_kinds(Templates.found(), "en")
    assert not problems
    return found


def messy_deck(seed: int, facts: int = 60) -> Deck:
    """A deck of invented facts that contradict, repeat and overlap one another; the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - no secret
    known = kinds()
    made = [_fact(chance, known, position) for position in range(facts)]
    return Deck(
        id=f"messy-{seed}", title="Messy", language="en", file=Path("messy.yaml"), kinds=known, facts=tuple(made)
    )


def _fact(chance: Random, known: dict[str, Kind], position: int) -> Fact:
    kind = chance.choice(["event", "event", "figure", "figure", "quote", "person", "term"])
    make = {"event": _event, "figure": _figure, "quote": _quote, "term": _term}.get(kind, _term)
    values: dict[str, Value] = dict(make(chance) if kind != "person" else _person(chance, position))
    disputed = chance.random() < 0.1
    return Fact(
        id=f"f{position}",
        kind=known[kind],
        values=values,
        place=Place("messy.yaml", position + 1, 1),
        position=position,
        status=Status.DISPUTED if disputed else Status.ESTABLISHED,
        by=(Name("the miller"),) if disputed else (),
        tags=(chance.choice("xyz"),),
        unlike=(f"f{chance.randrange(60)}",) if chance.random() < 0.2 else (),
    )


def _date(chance: Random) -> Single:
    year, month, day = chance.randint(1960, 1999), chance.randint(1, 12), chance.randint(1, 28)
    text = chance.choice(
        [
            f"{year}",
            f"{year}",
            f"{year}",
            f"{year}-{month:02d}",
            f"{year}-{month:02d}-{day:02d}",
            f"{year}/{year + chance.randint(1, 12)}",
            f"{year}~",
            f"{year}/..",
        ]
    )
    return read("date", text)


def _event(chance: Random) -> dict[str, Value]:
    headline = f"The {chance.choice(THINGS)} {chance.choice(DOINGS)}"
    if chance.random() < 0.3:
        headline += f" of {chance.choice(['Sel', 'Vell', 'Orm'])}"
    values: dict[str, Value] = {"event": read("text", headline), "when": _date(chance)}
    if chance.random() < 0.5:
        values["where"] = read(
            "place", chance.choice(["Sel", "Vell", "Orm", "Sel, Ombria", "Ombria", "northern Ombria"])
        )
    return values


def _figure(chance: Random) -> dict[str, Value]:
    number = chance.choice([5, 9, 12, 17, 90, 120, 900, 5000, 15_000, 100_000])
    spelled = chance.choice([f"{number:,}", str(number)])
    written = chance.choice(QUALIFIERS) + spelled + chance.choice(UNITS)
    if chance.random() < 0.15:
        written = f"{number}-{number * 2}"
    if written.endswith("%"):
        written = f"{number % 100}%"
    values: dict[str, Value] = {
        "figure": read("text", f"{chance.choice(['dead', 'length', 'cost'])} of the {chance.choice(THINGS)}"),
        "value": read("quantity", written),
    }
    if chance.random() < 0.4:
        values["when"] = _date(chance)
    return values


def _name(chance: Random) -> Name:
    name = chance.choice(PEOPLE)
    first, last = name.split()
    return Name(chance.choice([name, name, name, f"{first[0]}. {last}", last, "a former official", "officials"]))


def _quote(chance: Random) -> dict[str, Value]:
    words = f"Never {chance.choice(['give', 'look', 'come'])} {chance.choice(['up', 'back', 'down', 'again'])}"
    many = Many(
        tuple({name.text: name for name in (_name(chance) for _ in range(chance.choice([1, 1, 1, 2])))}.values())
    )
    return {"quote": read("text", words), "by": many}


def _person(chance: Random, position: int) -> dict[str, Value]:
    name = chance.choice(PEOPLE)
    role = f"{chance.choice(['', 'former ', 'chief '])}{chance.choice(['engineer', 'mayor', 'poet'])}"
    if chance.random() < 0.5:
        role += f" of {chance.choice(['Sel', 'Vell', 'Orm'])}"
    return {"person": Name(name, id=f"f{position}", kind="person"), "role": read("text", role)}


def _term(chance: Random) -> dict[str, Value]:
    return {
        "term": read(
            "text", f"{chance.choice(['city', 'seat', 'port'])} of the {chance.choice(['duke', 'count', 'baron'])}"
        ),
        "meaning": read(
            "text", chance.choice(["Paris", "paris", "PARIS", "Lyon", "Nice", "Lille", "Port of Lille", "Sète"])
        ),
    }
