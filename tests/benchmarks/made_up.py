"""Made-up decks of any size, from a seed."""

from __future__ import annotations

import random


def charters(facts: int, seed: int = 1) -> bytes:
    """A deck of events, as YAML: six keys a fact, names and sources that come again."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    rows = ["deck: Made up\nsources: {book: {title: A book}}\nfacts:\n"]
    for number in range(facts):
        who = f"[Person {dice.randrange(50)}, 'Person: {dice.randrange(50, 99)}']"
        rows.append(
            f"  fact-{number}:\n    event: The council of region {dice.randrange(97)} adopts charter number {number}\n"
            f"    when: {dice.randrange(1000, 2000)}\n    where: Town {dice.randrange(300)}\n"
            f"    who: {who}\n    from: book {dice.randrange(700)}\n"
        )
    return "".join(rows).encode()
