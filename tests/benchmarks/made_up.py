"""Made-up decks of any size, from a seed."""

from __future__ import annotations

import random


def charters(facts: int, seed: int = 1, *, days: bool = False) -> bytes:
    """A deck of events, as YAML: six keys a fact, names and sources that come again.

    Dates are years, of which there are a thousand; or `days`: where each year is soon the answer to something, nothing
    can be said of it any more on the same sheet.
    """
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    rows = ["deck: Made up\nsources: {book: {title: A book}}\nfacts:\n"]
    for number in range(facts):
        who = f"[Person {dice.randrange(50)}, 'Person: {dice.randrange(50, 99)}']"
        day = f"-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}" if days else ""
        rows.append(
            f"  fact-{number}:\n    event: The council of region {dice.randrange(97)} adopts charter number {number}\n"
            f"    when: {dice.randrange(1000, 2000)}{day}\n    where: Town {dice.randrange(300)}\n"
            f"    who: {who}\n    from: book {dice.randrange(700)}\n"
        )
    return "".join(rows).encode()


def small(number: int) -> bytes:
    """A deck of three to five facts of several kinds, as YAML: one of very many in a folder."""
    dice = random.Random(number)  # noqa: S311 - not for secrets
    facts = [
        f"  opened: {{event: Bridge {number} opens, when: {dice.randrange(1700, 1800)}, who: lind}}",
        f"  burns: {{event: Mill {number} burns down, when: {dice.randrange(1800, 1900)}}}",
        f"  lind: {{person: Ada Lind {number}, role: engineer of bridge {number}, born: {dice.randrange(1600, 1700)}}}",
        f"  length: {{figure: length of bridge {number}, value: {dice.randrange(100, 900)} m}}",
        f"  weir: {{term: weir {number}, meaning: a low dam across river {dice.randrange(99)}}}",
    ]
    own = "\n".join(facts[: 3 + number % 3])
    return f"deck: Place {number}\nsources: {{book: {{title: A book}}}}\nfrom: book\nfacts:\n{own}\n".encode()
