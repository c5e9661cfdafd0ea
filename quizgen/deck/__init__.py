"""Decks: a YAML file, or a folder with a `deck.yaml`, becomes a deck, or all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from quizgen.collector import collector_resting
from quizgen.deck.common import COMMON, GIVEN_UP
from quizgen.deck.entries import Entries
from quizgen.deck.ids import deck_id_problem
from quizgen.deck.reading import read_facts
from quizgen.deck.silences import read_silence
from quizgen.deck.sources import read_citation, read_sources
from quizgen.deck.tables import read_tables
from quizgen.deck.texts import Texts, Told, TooMany
from quizgen.deck.typed import Known
from quizgen.facts import Citation, Deck, Fact, Silence, Source
from quizgen.kindfiles import read_kinds
from quizgen.kinds import Kind
from quizgen.language import read_language
from quizgen.problems import Level, Place, Problem, did_you_mean, error, has_errors, quoted
from quizgen.source import read_yaml
from quizgen.source.nodes import Map, Seq
from quizgen.templates import Templates, Unusable

DECK_KEYS = {
    "deck": "The title.",
    "id": "The deck's id, where its file's name is not: learners' progress hangs on it, so it never changes.",
    "language": "The language of the facts: en, de, pt-BR (a code of BCP 47).",
    "about": "A sentence or two for whoever opens the deck.",
    "license": "How others may use it: CC-BY-4.0, for example.",
    "topics": "What Anki has topics as: tags (the default), or subdecks by the first tag of each fact.",
    "recall": "How Anki cards that ask to recall are answered: thought (the default), or typed.",
    "order": "Of new Anki cards: deck (as the facts stand, the default), timeline, or tags, the most important first.",
    "sources": "Where the facts come from, by id.",
    "from": "The source of every fact that names none: its id, then where in it.",
    "facts": "The facts, by id. An id is written once and never changes: learners' progress hangs on it.",
    "tables": "Spreadsheets of facts beside the deck.",
    "silence": "Rules of `quizgen check` that do not fit the deck, each with the reason.",
}
TOPICS = ("tags", "subdecks")
RECALLS = ("thought", "typed")
ORDERS = ("deck", "timeline")
_WHAT_A_DECK_IS = "A deck is a YAML file, or a folder with a `deck.yaml`."
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as decks need it


def deck_file(path: Path) -> Path:
    """The YAML file of a deck, which is that file or a folder with a `deck.yaml`."""
    return path / "deck.yaml" if path.is_dir() else path


def read_deck(path: Path, templates: Templates) -> tuple[Deck | None, tuple[Problem, ...]]:
    """The deck in a file or a folder (None where it has errors), and all that is wrong with it, sorted."""
    file = deck_file(path)
    if not file.exists() and not file.is_symlink():
        return None, (_absent(path),)
    with collector_resting():
        node, found = read_yaml(file)
        if not isinstance(node, Map):
            says = "this is no deck: a deck is a mapping of keys to values"
            wrong = error(Place(str(file), 1, 1), says, "Begin it with `deck: its title`.")
            return None, found if has_errors(found) else (wrong, *found)
        told = {problem.place for problem in found if problem.level is Level.ERROR}
        reader = _Reader(node, file, templates)
        try:
            deck = reader.deck()
        except TooMany:
            deck = None
    problems = (*found, *(problem for problem in reader.problems if problem.place not in told))
    return None if has_errors(problems) else deck, tuple(sorted(problems))


def _absent(path: Path) -> Problem:
    """There is no deck at that path; the remedy is one beside it, or in ./decks, that is called nearly so."""
    if path.is_dir():
        return error(Place(str(path)), "there is no file 'deck.yaml' in this folder", _WHAT_A_DECK_IS)
    folders = [folder for folder in (path.parent, Path("decks")) if folder.is_dir()]
    files = [file for folder in folders for file in folder.iterdir()]
    there = [file.name if (file / "deck.yaml").is_file() else file.stem for file in files if file.suffix != ".json"]
    remedy = did_you_mean(path.stem, there, otherwise=_WHAT_A_DECK_IS)
    return error(Place(str(path)), f"there is no deck {quoted(path.name)}", remedy)


class _Reader:
    """Reads one deck's file."""

    def __init__(self, node: Map, file: Path, templates: Templates) -> None:
        self.node = node
        self.file = file
        self.templates = templates
        self.problems: list[Problem] = Told()
        self.texts = Texts(self.problems)

    def deck(self) -> Deck:
        """The deck; of use only if there are no errors."""
        node, texts = self.node, self.texts
        texts.only(node, DECK_KEYS, "a deck")
        title = texts.maybe(node, "deck")
        if "deck" not in node:
            texts.wrong(
                node.own, "'deck' is missing: the deck's title", "Write `deck: The rivers of Ombria`, for example."
            )
        language = self._language()
        kinds, kinds_are_whole = self._kinds(language)
        sources = read_sources(node, texts)
        silence = read_silence(node, texts) if "silence" in node else ()
        entries = Entries(kinds, texts, kinds_are_whole=kinds_are_whole)
        return Deck(
            id=self._id(),
            title=title or "",
            language=language,
            file=self.file,
            kinds=kinds,
            facts=self._facts(entries, sources, silence),
            sources=sources,
            about=texts.maybe(node, "about"),
            license=texts.maybe(node, "license"),
            topics=self._one_of("topics", TOPICS),
            recall=self._one_of("recall", RECALLS),
            order=self._order(),
            silence=silence,
        )

    def _one_of(self, key: str, words: tuple[str, ...]) -> str:
        """The word of that key, the first of those that there are where it is absent."""
        written = self.texts.maybe(self.node, key) or words[0]
        if written not in words:
            remedy = self.texts.nearest(written, words, f"There are {' and '.join(words)}.")
            self.texts.wrong(self.node.place(key), f"'{key}' cannot be {quoted(written)}", remedy)
        return written

    def _order(self) -> tuple[str, ...]:
        """How new cards follow each other: one word, or tags."""
        if "order" not in self.node:
            return (ORDERS[0],)
        found = tuple(text for text, _ in self.texts.some(self.node, "order"))
        if not isinstance(self.node["order"], Seq) and found and found[0] not in ORDERS:
            remedy = self.texts.nearest(found[0], ORDERS, "Write deck, timeline, or a list of tags: [basic, more].")
            self.texts.wrong(self.node.place("order"), f"'order' cannot be {quoted(found[0])}", remedy)
        return found or (ORDERS[0],)

    def _id(self) -> str:
        if "id" in self.node:
            place = self.node.place("id")
            text = self.node["id"]
            id_ = text.strip() if isinstance(text, str) else self.texts.maybe(self.node, "id")
            problem = None if id_ is None else deck_id_problem(id_, place)
        else:
            stem = self.file.stem if self.file.name != "deck.yaml" else self.file.resolve().parent.name
            id_, place = stem, Place(str(self.file), 1, 1)
            problem = deck_id_problem(stem, place)
            if problem:
                remedy = f"Write `id: ...` below the title, or give the file another name. {problem.remedy}".rstrip()
                problem = error(
                    place, f"the deck has no `id`, and its file's name cannot be one: {problem.says}", remedy
                )
        if problem:
            self.problems.append(problem)
        return id_ or ""

    def _language(self) -> str:
        code = self.texts.maybe(self.node, "language") or "en"
        place = self.node.place("language") if "language" in self.node else self.node.own
        if not LANGUAGE.fullmatch(code):
            self.texts.wrong(
                place, f"{quoted(code)} is not the code of a language", "Write one of BCP 47: en, de, pt-BR."
            )
            return "en"
        language = "-".join(_cased(part, number) for number, part in enumerate(code.split("-")))
        try:
            self.problems.extend(read_language(self.templates, language, place)[1])
        except Unusable as unusable:
            self.problems.append(unusable.problem)
        return language

    def _kinds(self, language: str) -> tuple[Mapping[str, Kind], bool]:
        """The kinds in force, and whether all of them could be read."""
        folder = self.file.parent if self.file.name == "deck.yaml" else None
        try:
            kinds, found = read_kinds(self.templates, language, folder)
        except Unusable as unusable:
            kinds, found = {}, (unusable.problem,)
        self.problems.extend(found)
        for kind in kinds.values():
            for name in kind.fields.keys() & COMMON.keys() - GIVEN_UP:
                says = f"the kind '{kind.name}' has a field '{name}', which is a key of every fact"
                self.texts.wrong(kind.place, says, "Give the field another name.")
        return kinds, not has_errors(found)

    def _facts(self, entries: Entries, sources: Mapping[str, Source], silence: tuple[Silence, ...]) -> tuple[Fact, ...]:
        node, texts = self.node, self.texts
        default = read_citation(node, "from", sources, texts) if "from" in node else None
        facts = node.get("facts")
        before = len(self.problems)
        if isinstance(facts, Map):
            entries.add_facts(facts)
        elif facts is not None:
            texts.wrong(
                node.place("facts"), "'facts' is a mapping of ids to facts", "Write `weir: {term: ..., meaning: ...}`."
            )
        read_tables(node, self.file.parent, self.file.parent, entries, texts)
        if not entries.places and len(self.problems) == before:
            place = node.key_place("facts") if "facts" in node else node.own
            texts.wrong(
                place, "the deck has no facts", "Write them below `facts:`, or name a table of them in `tables`."
            )
        known = Known(texts=texts, ids=entries.places, sources=sources, folder=self.file.parent, silence=silence)
        return read_facts(entries.all, default or self._stand_in(), known)

    def _stand_in(self) -> Citation | None:
        """The source of facts without one where the deck's own `from` is wrong: one mistake, one message."""
        if "from" not in self.node:
            return None
        return Citation(source=Source(id="", title="", place=self.node.place("from")))


def _cased(part: str, number: int) -> str:
    """A part of a language's code in its usual case: `pt-BR`, `zh-Hant`."""
    if number == 0:
        return part.lower()
    return part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower()  # noqa: PLR2004
