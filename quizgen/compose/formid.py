"""The form id of a sheet: what is printed at its foot, and what can be typed to make that sheet again.

`BKMT-HQR-4711-A` is: four letters that belong to the deck, the blueprint and the seed; three that check what is printed
on the sheet; the seed; the version. What was asked for beside the recipe stands between them, `BKMT-HQR-10CT-4711-A`:
ten questions, only choice and truth. Names of deck, recipe and tags do not fit; they are found again by their letters
(`quizgen.retrace`), which a mistyped number does not fit either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from quizgen.dice import lot

LETTERS = "BCDFGHJKMNPQRSTVWXZ"  # no vowels, no words; no L, which looks like 1
FORM_LETTERS = {  # of the forms that a quiz was kept to; cloze is B, blank
    "recall": "R",
    "choice": "C",
    "truth": "T",
    "cloze": "B",
    "numeric": "N",
    "match": "M",
    "order": "P",
}
_FRESH, _TAGGED = "X", "G"
_OPTIONS = rf"([0-9]{{0,4}})([{''.join(FORM_LETTERS.values())}]*)({_FRESH}?)({_TAGGED}?)"
_FORM = re.compile(
    rf"([{LETTERS}]{{4}})-([{LETTERS}]{{3}})(?:-(?=[0-9A-Z]){_OPTIONS})?-(-?[0-9]{{1,20}})-?([A-Z]{{1,3}})", re.ASCII
)
_DASH = re.compile(r"\s*[-_\u2010-\u2015\u2212]\s*|\s+")  # whatever somebody types for a hyphen


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """All that makes a quiz of a deck but the dice: the recipe, and what was asked for beside it."""

    recipe: str
    count: int | None = None
    forms: tuple[str, ...] | None = None  # sorted
    tags: tuple[str, ...] | None = None  # sorted
    fresh: bool = False

    @classmethod
    def of(
        cls,
        recipe: str,
        *,
        count: int | None = None,
        forms: Collection[str] | None = None,
        tags: Collection[str] | None = None,
        fresh: bool = False,
    ) -> Blueprint:
        """The blueprint of these options, in whatever order they were given."""
        return cls(
            recipe=recipe,
            count=count,
            forms=tuple(sorted(set(forms))) if forms else None,
            tags=tuple(sorted(set(tags))) if tags else None,
            fresh=fresh,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FormId:
    """A form id, taken apart."""

    letters: str
    check: str
    count: int | None
    forms: tuple[str, ...] | None
    tagged: bool
    fresh: bool
    seed: int
    version: str

    def __str__(self) -> str:
        names = self.forms or ()
        kept = "".join(letter for name, letter in FORM_LETTERS.items() if name in names)
        count = "" if self.count is None else str(self.count)
        options = count + kept + (_FRESH if self.fresh else "") + (_TAGGED if self.tagged else "")
        return "-".join((self.letters, self.check, *([options] if options else ()), str(self.seed), self.version))


def form_id(deck: str, blueprint: Blueprint, *, seed: int, version: str, shown: Iterable[str]) -> str:
    """The id of a sheet on which `shown` is printed."""
    made = FormId(
        letters=deck_letters(deck, blueprint, seed),
        check=spelt(lot("check", *shown), 3),
        count=blueprint.count,
        forms=blueprint.forms,
        tagged=blueprint.tags is not None,
        fresh=blueprint.fresh,
        seed=seed,
        version=version,
    )
    return str(made)


def parse_form(text: str) -> FormId | None:
    """The form id that somebody typed, in capitals or not, with whatever dashes; None if it is none."""
    found = _FORM.fullmatch(_DASH.sub("-", text.strip().upper()))
    if found is None:
        return None
    letters, check, count, kept, fresh, tagged, seed, version = found.groups()
    forms = tuple(sorted(name for name, letter in FORM_LETTERS.items() if letter in (kept or "")))
    return FormId(
        letters=letters,
        check=check,
        count=int(count) if count else None,
        forms=forms or None,
        tagged=bool(tagged),
        fresh=bool(fresh),
        seed=int(seed),
        version=version,
    )


def deck_letters(deck: str, blueprint: Blueprint, seed: int) -> str:
    """The four letters that belong to a quiz: all versions of it have them."""
    options = (str(blueprint.count), *(",".join(names or ()) for names in (blueprint.forms, blueprint.tags)))
    return spelt(lot("form", deck, blueprint.recipe, *options, str(blueprint.fresh), seed), 4)


def spelt(number: int, length: int) -> str:
    """So many letters that stand for a number."""
    letters = ""
    for _ in range(length):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return letters
