"""The words of a language: months, dates, numbers, attributions, labels of outputs. Languages are data.

One file a language, `templates/languages/<code>.yaml`; English (`en`) is the fallback for what another lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizgen.problems import Place, Problem, error, warning
from quizgen.source import Map, Seq, parse_yaml
from quizgen.templates import Templates

_ITS_OWN = "lint."  # words to look for in what authors write: English ones mean nothing, or another thing, elsewhere
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Phrases by dotted name (`date.in.year`, ...), each a text with `{hole}`s, and lists of words by name."""

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


def read_language(templates: Templates, code: str, place: Place | None = None) -> tuple[Language, tuple[Problem, ...]]:
    """The language of a deck: its file over English. Unknown languages are English, with a warning at `place`."""
    english, problems = _read(templates, "en")
    base = Language(code="en", phrases=english[0], words=english[1])
    for wanted in (code, code.split("-", 1)[0]):
        if wanted == "en":
            return base, problems
        if templates.path(f"languages/{wanted}.yaml") is None:
            continue
        (phrases, words), more = _read(templates, wanted)
        direction = phrases.get("direction", "ltr")
        general = {name: words for name, words in base.words.items() if not name.startswith(_ITS_OWN)}
        merged = Language(
            code=wanted, phrases={**base.phrases, **phrases}, words={**general, **words}, direction=direction
        )
        return merged, problems + more
    says = f"there are no words for the language '{code}'; the questions are asked in English"
    remedy = (
        f"Add a file templates/languages/{code}.yaml (`quizgen templates languages/en.yaml` prints one to start from)."
    )
    return base, (*problems, *((warning(place, says, remedy),) if place else ()))


def _read(
    templates: Templates, code: str
) -> tuple[tuple[dict[str, str], dict[str, tuple[str, ...]]], tuple[Problem, ...]]:
    name = f"languages/{code}.yaml"
    path = templates.path(name)
    if path is None:
        return ({}, {}), ()
    node, problems = parse_yaml(path.read_bytes(), str(path))
    phrases: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    if isinstance(node, Map):
        for key, value in _flat(node, ""):
            if isinstance(value, str):
                phrases[key] = value
            else:
                words[key] = value
    elif not problems:
        problems = (error(Place(str(path), 1, 1), "a language is a mapping of phrases"),)
    return (phrases, words), tuple(problems)


def _flat(node: Map, prefix: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, Map):
            yield from _flat(value, name + ".")
        elif isinstance(value, Seq):
            yield name, tuple(word for word in value if isinstance(word, str))
        elif isinstance(value, str):
            yield name, value
