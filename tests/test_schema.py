"""The JSON Schema of a deck: what is in order passes, typical mistakes do not, and editors find words for every key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from quizgen.deck import DECK_KEYS
from quizgen.kindfiles import read_kinds
from quizgen.schema import deck_schema
from tests.reading import TEMPLATES

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus"


def schema_of(folder: Path | None = None) -> dict[str, Any]:
    kinds, problems = read_kinds(TEMPLATES, "en", folder)
    assert problems == ()
    return deck_schema(kinds)


SCHEMA = schema_of()
SHIPPED = Draft202012Validator(SCHEMA)

GOOD = [
    *sorted((ROOT / "decks").glob("*.yaml")),
    *sorted((ROOT / "decks").glob("*/deck.yaml")),
    *(
        CORPUS / case["file"]
        for case in json.loads((CORPUS / "manifest.json").read_text(encoding="utf-8"))
        if case["exit"] == 0
    ),
]


class _EditorsLoader(yaml.SafeLoader):
    """Types as editors see them (the core schema of YAML 1.2): numbers, true, false, null; no dates, no `no`."""


_EditorsLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in found if tag.endswith((":int", ":float"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_EditorsLoader.add_constructor("tag:yaml.org,2002:int", lambda *_: 1)


@pytest.mark.parametrize("loader", [yaml.BaseLoader, _EditorsLoader], ids=["texts", "typed"])
@pytest.mark.parametrize("path", GOOD, ids=[f"{path.parent.name}/{path.name}" for path in GOOD])
def test_decks_that_build_pass(path: Path, loader: type[yaml.SafeLoader]) -> None:
    known = Draft202012Validator(schema_of(path.parent)) if (path.parent / "kinds").is_dir() else SHIPPED
    deck = yaml.load(path.read_bytes().decode("utf-8-sig"), Loader=loader)  # noqa: S506 - both are safe
    assert [error.message[:300] for error in known.iter_errors(deck)] == []


def test_there_are_decks_to_try() -> None:
    assert len(GOOD) > 60


FACTS = "deck: a\nfacts:\n  x: "
BAD = [
    "facts: {}",
    "deck: a",
    "deck: a\nfacts: [b]",
    "deck: a\nlangauge: en\nfacts: {}",
    "deck: a\nlanguage: English\nfacts: {}",
    "deck: a\nfacts: {}\nsources: {s: {titel: t}}",
    "deck: a\nfacts: {}\nsources: {s: {title: t, url: 'javascript:x'}}",
    "deck: a\nfacts: {}\ntables: {kind: term, file: words.csv}",
    "deck: a\nfacts: {}\ntables: [{kind: term, fiel: words.csv}]",
    "deck: a\nfacts: {}\ntables: [{kind: term, file: ../words.csv}]",
    "deck: a\nfacts: {'a b': {term: a, meaning: b}}",
    "deck: a\nfacts: {a/b: {term: a, meaning: b}}",
    FACTS + "just text",
    FACTS + "{event: A}",
    FACTS + "{event: A, whne: 1994}",
    FACTS + "{event: A, when: [1994, 1995]}",
    FACTS + "{captial: A}",
    FACTS + "{event: A, when: 1994, term: b, meaning: c}",
    FACTS + "{term: a, meaning: ''}",
    FACTS + "{list: a, members: []}",
    FACTS + "{term: a, meaning: b, status: rumoured, by: c}",
    FACTS + "{term: a, meaning: b, status: alleged}",
    FACTS + "{term: a, meaning: b, tags: {c: d}}",
    FACTS + "{term: a, meaning: b, ask: [menaing]}",
    FACTS + "{term: a, meaning: b, ask: {menaing: c}}",
]


@pytest.mark.parametrize("text", BAD)
def test_typical_mistakes_do_not_pass(text: str) -> None:
    assert list(SHIPPED.iter_errors(yaml.load(text, Loader=yaml.BaseLoader)))  # noqa: S506 - it makes texts only


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_described() -> None:
    named = list(keys_of(SCHEMA))
    assert {"deck", "when", "meaning", "ask", "title", "file"} <= {name for name, _ in named}
    assert [name for name, schema in named if not schema.get("description")] == []
    assert set(SCHEMA["properties"]) == set(DECK_KEYS)


def keys_of(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - a tree of JSON
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield from schema.get("properties", {}).items()
        for value in schema.values():
            yield from keys_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys_of(value)


def test_a_kind_of_ones_own_is_in_the_schema() -> None:
    own = schema_of(ROOT / "decks" / "elements")
    assert "fact: element" in own["$defs"]
    deck = {"deck": "a", "facts": {"H": {"name": "hydrogen", "symbol": "H", "number": 1}}}
    assert Draft202012Validator(own).is_valid(deck)
    assert not SHIPPED.is_valid(deck)


def test_the_schema_beside_the_shipped_decks_is_that_of_the_shipped_kinds() -> None:
    """Their first lines name it. When kinds change: `quizgen schema > decks/deck.schema.json`."""
    committed = ROOT / "decks" / "deck.schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == SCHEMA
