"""Banks of any size, of every form, for tests of composing and practising."""

from __future__ import annotations

from decimal import Decimal

from quizgen.dice import Dice
from quizgen.problems import Place
from quizgen.questions import (
    About,
    Bank,
    Choice,
    Cloze,
    Gap,
    Match,
    Numeric,
    Option,
    Order,
    Question,
    Recall,
    Truth,
)

_SYLLABLES = ("ba", "co", "di", "fu", "ga", "ho", "ji", "ku", "la", "mo", "ne", "pi", "ru", "sa", "ti", "vo")


def word(number: int) -> str:
    """A made-up name, another for each number."""
    out = ""
    number += len(_SYLLABLES) ** 2  # three syllables or more
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        out += _SYLLABLES[syllable]
    return out.capitalize()


def about(number: int, way: str, facts: tuple[int, ...] = ()) -> About:
    """What the questions on one fact are about; every third is tagged `third`."""
    return About(
        deck="made",
        fact=f"f{number}",
        way=way,
        kind="event" if number % 4 else "figure",
        facts=tuple(f"f{fact}" for fact in facts or (number,)),
        position=number,
        tags=("third",) if number % 3 == 0 else (),
        source="The chronicle, 7",
        place=Place("made.yaml", number + 3, 3),
    )


def event(number: int) -> str:
    """A sentence on a fact."""
    return f"The fair of {word(number)} opens"


def year(number: int) -> str:
    """The year of a fact, another for each."""
    return str(1000 + number)


def place(number: int) -> str:
    """The place of a fact, another for each."""
    return f"Port {word(number + 5000)}"


def questions(number: int, facts: int) -> list[Question]:
    """All questions on one fact of a deck of so many."""
    dice = Dice("bank", number)
    others = [(number + step) % facts for step in (1, 2, 3)]
    options = [Option(text=year(number), right=True, fact=f"f{number}")] + [
        Option(text=year(one), right=False, fact=f"f{one}", why=f"{year(one)} is when {event(one).lower()}.")
        for one in others
    ]
    verdict = dice.chance()
    correction = f"{event(number)} ({year(number)})."
    out: list[Question] = [
        Recall(
            about=about(number, "when"),
            prompt=f"In which year did this happen? {event(number)}.",
            answers=(year(number),),
            answer_type="date",
            rivals=tuple(map(year, others)),
        ),
        Choice(
            about=about(number, "when"),
            prompt=f"In which year did this happen? {event(number)}.",
            options=dice.shuffled(options),
            answers=(year(number),),
        ),
        Truth(
            about=about(number, "when"),
            prompt="True or false?",
            statement=correction if verdict else f"{event(number)} ({year(others[0])}).",
            verdict=verdict,
            correction=correction,
            why=None if verdict else f"{year(others[0])} is when {event(others[0]).lower()}.",
        ),
        Recall(
            about=about(number, "where"),
            prompt=f"Where did this happen? {event(number)}.",
            answers=(place(number),),
            answer_type="place",
        ),
        Cloze(
            about=about(number, "cloze"),
            prompt="Fill in the blank.",
            pieces=(
                f"{event(number)} in ",
                Gap(slot=2, answers=(year(number),), answer_type="date"),
                " at ",
                Gap(slot=3, answers=(place(number),), answer_type="place"),
                ".",
            ),
        ),
    ]
    if number % 4 == 0:
        out.append(
            Numeric(
                about=about(number, "value"),
                prompt=f"Stalls at the fair of {word(number)}: how many?",
                answers=(f"{300 + number} stalls", str(300 + number)),
                value=Decimal(300 + number),
                low=Decimal(300 + number),
                high=Decimal(300 + number),
                unit="stalls",
            )
        )
    if number % 5 == 0 and facts > 4:
        out.extend(_groups(number, tuple((number + step) % facts for step in range(4))))
    return out


def _groups(number: int, facts: tuple[int, ...]) -> list[Question]:
    ordered = tuple(sorted(facts))
    return [
        Match(
            about=about(number, "match", facts),
            prompt="Match each event with its date.",
            left=tuple(map(event, facts)),
            right=tuple(map(year, facts[::-1])),
            pairs=tuple((i, len(facts) - 1 - i) for i in range(len(facts))),
        ),
        Order(
            about=about(number, "order", ordered),
            prompt="Put these events in order, earliest first.",
            items=tuple(map(event, ordered)),
            values=tuple(map(year, ordered)),
            shown=tuple(reversed(range(len(ordered)))),
        ),
    ]


def bank(facts: int) -> Bank:
    """A bank on so many facts."""
    return Bank(questions=tuple(one for number in range(facts) for one in questions(number, facts)), skipped=())
