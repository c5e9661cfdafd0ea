"""The words of a language: months, dates, numbers, attributions, labels of outputs. Languages are data.

One file a language, `templates/languages/<code>.yaml`; English (`en`) is the fallback for what another lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from quizgen.problems import Place, Problem, did_you_mean, error, quoted, warning
from quizgen.source import Map, Seq, parse_yaml
from quizgen.templates import Templates, Unusable, shipped

_ITS_OWN = "lint."  # words to look for in what authors write: English ones mean nothing, or another thing, elsewhere
_HOLE = re.compile(r"\{(\w+)\}")
_COUNTED = {"months": 12, "stats.weekdays": 7}  # lists of which every word has its place


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
    """The language of a deck: its file over English. Unknown languages are English, with a warning at `place`.

    A file of one's own for English has to say only what it says otherwise. What is wrong in a file is an error, and is
    as in English. Raises `Unusable` where the shipped English is no language.
    """
    shipped_english, problems = _shipped_english(templates)
    english, more = _over(shipped_english, shipped_english, templates, "en")
    problems += more
    for wanted in (code, code.split("-", 1)[0]):
        if wanted == "en":
            return english, problems
        if templates.path(f"languages/{wanted}.yaml") is not None:
            general = {name: words for name, words in english.words.items() if not name.startswith(_ITS_OWN)}
            base = replace(english, code=wanted, words=general, direction="ltr")
            found, more = _over(base, shipped_english, templates, wanted)
            return found, problems + more
    says = f"there are no words for the language '{code}'; the questions are asked in English"
    remedy = (
        f"Add a file templates/languages/{code}.yaml (`quizgen templates languages/en.yaml` prints one to start from)."
    )
    return english, (*problems, *((warning(place, says, remedy),) if place else ()))


def _shipped_english(templates: Templates) -> tuple[Language, tuple[Problem, ...]]:
    """English as it is shipped, which has everything that is said; and what is wrong with it as YAML."""
    path = shipped("templates") / "languages/en.yaml"
    own = templates.path("languages/en.yaml")
    file = str(own if own and own.resolve() == path.resolve() else path)
    node, problems = _parsed(path.read_bytes(), file)
    if not isinstance(node, Map):
        raise Unusable(problems[0] if problems else _no_language(file))
    entries = {name: value for name, value, _ in _flat(node, "")}
    phrases = {name: value for name, value in entries.items() if isinstance(value, str)}
    words = {name: value for name, value in entries.items() if isinstance(value, tuple)}
    return Language(code="en", phrases=phrases, words=words), problems


_parsed = lru_cache(maxsize=16)(parse_yaml)  # a build of many decks reads the same words for each


def _no_language(file: str) -> Problem:
    says = "this is no language: a language is a mapping of phrases"
    return error(Place(file, 1, 1), says, "`quizgen templates languages/en.yaml` prints one to start from.")


def _over(base: Language, english: Language, templates: Templates, code: str) -> tuple[Language, tuple[Problem, ...]]:
    """The language with what its file says otherwise, and what is wrong in that; `english` is as it is shipped."""
    path = templates.path(f"languages/{code}.yaml")
    if path is None or path.resolve() == (shipped("templates") / "languages/en.yaml").resolve():
        return base, ()
    node, found = _parsed(templates.read(f"languages/{code}.yaml"), str(path))
    if not isinstance(node, Map):
        return base, found or (_no_language(str(path)),)
    problems = list(found)
    phrases, words = dict(base.phrases), dict(base.words)
    groups = {name.split(".")[0] for name in (*english.phrases, *english.words)}
    for key in node:
        if key not in groups:
            listed = "`quizgen templates languages/en.yaml` shows all that there are."
            remedy = did_you_mean(key, groups, otherwise=listed)
            problems.append(error(node.key_place(key), f"unknown key {quoted(key)} in a language", remedy))
    for name, value, place in _flat(node, ""):
        problem = _fault(name, value, place, english)
        if problem:
            problems.append(problem)
        elif isinstance(value, str):
            phrases[name] = value
        else:
            words[name] = value
    language = replace(base, phrases=phrases, words=words, direction=phrases.get("direction", "ltr"))
    return language, tuple(sorted(problems))


def _fault(name: str, value: str | tuple[str, ...], place: Place, english: Language) -> Problem | None:
    """What keeps an entry from being used in the place of the English one; other names are the author's own."""
    if isinstance(value, str):
        if name in english.words:
            return error(place, f"'{name}' is a list of words", f"Write `[{', '.join(english.words[name][:2])}, ...]`.")
        if name not in english.phrases:
            return None
        holes = dict.fromkeys(_HOLE.findall(english.phrases[name]))
        unknown = [hole for hole in _HOLE.findall(value) if hole not in holes]
        if unknown:
            there = f"There is {' and '.join(f'{{{hole}}}' for hole in holes)}." if holes else "Write it without."
            return error(place, f"nothing is known of {{{unknown[0]}}} in the phrase '{name}'", there)
    elif name in english.phrases:
        return error(place, f"'{name}' is one text, not a list", "Write one.")
    elif name in _COUNTED and len(value) != _COUNTED[name]:
        return error(
            place, f"'{name}' is a list of {_COUNTED[name]} words, not of {len(value)}", "Write one for each, in order."
        )
    return None


def _flat(node: Map, prefix: str) -> Iterator[tuple[str, str | tuple[str, ...], Place]]:
    """The phrases and the lists of words by their names, each with its place."""
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, Map):
            yield from _flat(value, name + ".")
        elif isinstance(value, Seq):
            yield name, tuple(word for word in value if isinstance(word, str)), node.place(key)
        elif isinstance(value, str):
            yield name, value, node.place(key)
