"""The words of a language: months, dates, numbers, attributions, labels of outputs. Languages are data.

One file a language, `templates/languages/<code>.yaml`; English (`en`) is the fallback for what another lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizgen.problems import Place, Problem, did_you_mean, error, quoted, warning
from quizgen.source import Map, Seq, parse_yaml
from quizgen.templates import Templates, shipped

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
    base, problems = _english(templates)
    for wanted in (code, code.split("-", 1)[0]):
        if wanted == "en":
            return base, problems
        if templates.path(f"languages/{wanted}.yaml") is None:
            continue
        (phrases, words), more = _read(templates, wanted, base)
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


def _english(templates: Templates) -> tuple[Language, tuple[Problem, ...]]:
    """English as it is shipped, under what the user's own file says; nothing that is asked for is ever missing."""
    (phrases, words), problems = _read(Templates((shipped("templates"),)), "en", None)
    base = Language(code="en", phrases=phrases, words=words)
    if templates.origin("languages/en.yaml") in (None, "shipped"):
        return base, problems
    (own, own_words), problems = _read(templates, "en", base)
    return Language(code="en", phrases={**phrases, **own}, words={**words, **own_words}), problems


_Said = tuple[dict[str, str], dict[str, tuple[str, ...]]]


def _read(templates: Templates, code: str, base: Language | None) -> tuple[_Said, tuple[Problem, ...]]:
    """Phrases and words of a file that can stand in the place of `base`'s, and what is wrong with the others."""
    name = f"languages/{code}.yaml"
    path = templates.path(name)
    if path is None:
        return ({}, {}), ()
    node, found = parse_yaml(templates.read(name), str(path))
    phrases: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    problems = list(found)
    if not isinstance(node, Map):
        return ({}, {}), found or (error(Place(str(path), 1, 1), "a language is a mapping of phrases"),)
    for key, value, place in _flat(node, ""):
        wrong = _wrong(key, value, place, base) if base else None
        if wrong:
            problems.append(wrong)
        elif isinstance(value, str):
            phrases[key] = value
        else:
            words[key] = value
    return (phrases, words), tuple(problems)


def _wrong(name: str, value: str | tuple[str, ...], place: Place, base: Language) -> Problem | None:
    """Why this cannot stand in the place of what English says there."""
    if name in base.words and isinstance(value, str):
        return error(place, f"'{name}' is a list of words, not one text", "Write it as `[word, word]`.")
    if name in base.phrases and not isinstance(value, str):
        return error(place, f"'{name}' is one text, not a list", "Put quotes around it.")
    if name == "months" and len(value) != len(base.words[name]):
        return error(place, f"'months' names {len(value)} months, and a year has {len(base.words[name])}")
    if name == "direction" and value not in ("ltr", "rtl"):
        return error(place, f"'direction' cannot be {quoted(str(value))}", "Write ltr (left to right) or rtl.")
    if not isinstance(value, str):
        return None
    known = _HOLE.findall(base.phrases.get(name, value))
    strange = next((hole for hole in _HOLE.findall(value) if hole not in known), None)
    if strange is None:
        return None
    listed = ", ".join(f"{{{hole}}}" for hole in dict.fromkeys(known)) or "none"
    remedy = did_you_mean(strange, known, otherwise=f"There are {listed}.")
    return error(place, f"the phrase '{name}' has no {{{strange}}} to fill in", remedy)


def _flat(node: Map, prefix: str) -> Iterator[tuple[str, str | tuple[str, ...], Place]]:
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, Map):
            yield from _flat(value, name + ".")
        elif isinstance(value, Seq):
            yield name, tuple(word for word in value if isinstance(word, str)), node.place(key)
        elif isinstance(value, str):
            yield name, value, node.place(key)
