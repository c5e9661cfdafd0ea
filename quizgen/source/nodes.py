"""Located text: mappings and lists of texts that know where each of them stands in its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeAlias

from quizgen.frozen import quick_maker
from quizgen.problems import Place

# A spot is one int: line * LINE + column, both from 0. Two of them, of a key and of its value, are one int again.
LINE = 1 << 26
PAIR = 52
_MASK = (1 << PAIR) - 1

Node: TypeAlias = "Map | Seq | str | None"


class Map(dict[str, "Node"]):
    """A mapping that knows the places of itself, its keys and its values."""

    __slots__ = ("at", "file", "spot")
    file: str
    spot: int
    at: dict[str, int]  # the spots of a key and its value, as one int

    @property
    def own(self) -> Place:
        """Where the mapping begins."""
        return place_of(self.file, self.spot)

    def place(self, key: str) -> Place:
        """Where the value of `key` begins."""
        return place_of(self.file, self.spot_of(key))

    def key_place(self, key: str) -> Place:
        """Where `key` stands."""
        return place_of(self.file, self.spot_of_key(key))

    def spot_of_key(self, key: str) -> int:
        """Where `key` stands, as a spot."""
        return self.at[key] >> PAIR

    def spot_of(self, key: str) -> int:
        """Where the value of `key` begins, as a spot."""
        return self.at[key] & _MASK

    @classmethod
    def of(cls, file: str, spot: int, members: Iterable[tuple[str, Node, int]]) -> Self:
        """A mapping that was not read from YAML: keys, values, and the spots of both (where they stand is the same)."""
        made = cls()
        made.file, made.spot, made.at = file, spot, {}
        for key, value, where in members:
            made[key] = value
            made.at[key] = where << PAIR | where
        return made


class Lined(Map):
    """A mapping with a key on each line and its value a space after it, which tells where each of them stands."""

    __slots__ = ()

    def spot_of_key(self, key: str) -> int:
        """Where `key` stands, as a spot."""
        return self.spot + list(self).index(key) * LINE

    def spot_of(self, key: str) -> int:
        """Where the value of `key` begins, as a spot."""
        return self.spot_of_key(key) + len(key) + len(": ")


class Seq(list["Node"]):
    """A list that knows the places of itself and its members."""

    __slots__ = ("at", "file", "spot")
    file: str
    spot: int
    at: list[int]

    @classmethod
    def of(cls, file: str, spot: int, members: Iterable[tuple[Node, int]]) -> Self:
        """A list that was not read from YAML: values and their spots."""
        made = cls()
        made.file, made.spot, made.at = file, spot, []
        for value, where in members:
            made.append(value)
            made.at.append(where)
        return made

    @property
    def own(self) -> Place:
        """Where the list begins."""
        return place_of(self.file, self.spot)

    def place(self, index: int) -> Place:
        """Where that member begins."""
        return place_of(self.file, self.at[index])


def place_of(file: str, spot: int) -> Place:
    """The place that a spot stands for."""
    return _place(file, spot // LINE + 1, spot % LINE + 1)


_place = quick_maker(Place)  # one for each fact
