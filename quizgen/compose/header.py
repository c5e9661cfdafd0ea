"""The header of a sheet: the school, its logo, and the fields to fill in or filled in already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from quizgen.compose.recipes import Layout
from quizgen.facts import Picture
from quizgen.problems import Place

FIELDS = ("name", "class", "date", "marks")  # that have a label in every language
NAME = "name"  # the field that a pupil's name is printed in


class Pupil(NamedTuple):
    """Whose sheet it is, and where a class list says so."""

    name: str
    place: Place = Place("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands in a sheet's head beside its title. `filled` is what is printed in fields, by their names."""

    school: str = ""
    logo: Picture | None = None
    filled: tuple[tuple[str, str], ...] = ()  # '' for a field that is wanted, to be filled in by hand

    def over(self, layout: Layout, pupil: Pupil | None) -> Header:
        """This header with what a recipe says where it says nothing, and with a pupil's name in its field."""
        others = tuple((name, text) for name, text in self.filled if name != NAME)
        return Header(
            school=self.school or layout.school,
            logo=self.logo or layout.logo,
            filled=((NAME, pupil.name), *others) if pupil else self.filled,
        )

    def fields(self, layout: Layout) -> tuple[str, ...]:
        """The fields of a layout and those that are filled in or wanted beside them, each once."""
        added = [name for name, _ in self.filled if name not in layout.fields]
        first = [name for name in added if name == NAME]
        return (*first, *layout.fields, *(name for name in dict.fromkeys(added) if name != NAME))
