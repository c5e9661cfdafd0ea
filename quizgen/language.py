"""The words of a language: months, dates, numbers, attributions, labels of outputs. Languages are data.

One file a language, `templates/languages/<code>.yaml`; English (`en`) is the fallback for what another lacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Phrases by dotted name (`label.name`, `date.in.year`, ...), each a text with `{hole}`s; lists of words by name."""

    code: str
    phrases: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    direction: str = "ltr"

    def say(self, name: str, **holes: str) -> str:
        """The phrase of that name, its holes filled. A missing name or hole is our bug: KeyError."""
        phrase = self.phrases[name]
        if not holes:
            return phrase
        return _HOLE.sub(lambda found: holes[found[1]], phrase)

    def labels(self, group: str) -> dict[str, str]:
        """All phrases of one group, by the rest of their names: `labels("page")["check"]`."""
        prefix = group + "."
        return {name[len(prefix) :]: phrase for name, phrase in self.phrases.items() if name.startswith(prefix)}
