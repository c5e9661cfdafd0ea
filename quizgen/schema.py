"""The JSON Schema of a deck (2020-12), made from the kinds in force: with it editors complete keys and mark mistakes.

It says what an editor can check of one file. Whether a date exists, a source is known, or a picture is whole is for
`quizgen check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from quizgen.deck import DECK_KEYS, ORDERS, RECALLS, TOPICS
from quizgen.deck.asks import NEVER
from quizgen.deck.common import COMMON
from quizgen.deck.ids import LONGEST
from quizgen.deck.sources import SOURCE_KEYS
from quizgen.deck.tables import TABLE_KEYS
from quizgen.facts import Status
from quizgen.kinds import OF_A_FACT, Field, Kind
from quizgen.source import MAX_TEXT

Schema = dict[str, Any]

_TYPES = {
    "text": "A text.",
    "date": "A date: 1994, 2001-09, 2018-10-12, 1979/1989, 1994~ (about), 2014/.. (open), 44 BC.",
    "quantity": "A number, with a qualifier and a unit: at least 15,000; about $1 billion; 40%; up to 3.5 km.",
    "name": "A name, or the id of a fact about a person or a group.",
    "place": "A place, with what it lies in after a comma: Kunduz, Afghanistan.",
}
_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_ID = r"^[^\s./\\:;,'\"()\[\]{}<>|?*!#%&@=+~$^`-][^\s./\\:;,'\"()\[\]{}<>|?*!#%&@=+~$^`]*$"


def deck_schema(kinds: Mapping[str, Kind]) -> Schema:
    """The schema of decks whose facts are of these kinds."""
    head = {key: _described("text", about) for key, about in DECK_KEYS.items()}
    head["id"] = _described("id", DECK_KEYS["id"])
    head["language"] = {"type": "string", "pattern": _LANGUAGE, "description": DECK_KEYS["language"], "default": "en"}
    head["topics"] = {"enum": list(TOPICS), "description": DECK_KEYS["topics"], "default": TOPICS[0]}
    head["recall"] = {"enum": list(RECALLS), "description": DECK_KEYS["recall"], "default": RECALLS[0]}
    ordered = [{"enum": list(ORDERS)}, _list({"$ref": "#/$defs/text"})]
    head["order"] = {"anyOf": ordered, "description": DECK_KEYS["order"], "default": ORDERS[0]}
    head["sources"] = _by_id(_source(), DECK_KEYS["sources"])
    head["facts"] = _by_id(
        {"oneOf": [{"$ref": f"#/$defs/{_def(kind)}"} for kind in kinds.values()]}, DECK_KEYS["facts"]
    )
    head["silence"] = _silence(DECK_KEYS["silence"])
    head["tables"] = {"type": "array", "items": _table(kinds), "description": DECK_KEYS["tables"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "quizgen-deck.schema.json",
        "title": "A deck of curated facts",
        "type": "object",
        "properties": head,
        "required": ["deck"],
        "anyOf": [{"required": ["facts"]}, {"required": ["tables"]}],
        "additionalProperties": False,
        "$defs": _basics() | {_def(kind): _fact(kind) for kind in kinds.values()},
    }


def _basics() -> Schema:
    # Editors type what we leave as text: 1994 is a number to them, `true` a boolean.
    text = {"type": ["string", "number", "boolean"], "maxLength": MAX_TEXT}
    return {
        "text": text | {"minLength": 1},
        "texts": {"anyOf": [{"$ref": "#/$defs/text"}, _list({"$ref": "#/$defs/text"})]},
        "id": {"type": ["string", "number", "boolean"], "pattern": _ID, "maxLength": LONGEST},
    }


def _def(kind: Kind) -> str:
    return f"fact: {kind.name}"


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1}


def _described(name: str, about: str) -> Schema:
    return {"$ref": f"#/$defs/{name}", "description": about}


def _by_id(member: Schema, about: str) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": _ID, "maxLength": LONGEST},
        "additionalProperties": member,
        "description": about,
    }


def _mapping(properties: Schema, required: Iterable[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _source() -> Schema:
    lists = {"authors"}
    members = {key: _described("texts" if key in lists else "text", about) for key, about in SOURCE_KEYS.items()}
    members["url"] = {"type": "string", "pattern": "^https?://\\S+$", "description": SOURCE_KEYS["url"]}
    return _mapping(members, ["title"])


def _table(kinds: Mapping[str, Kind]) -> Schema:
    members = {key: _described("text", about) for key, about in TABLE_KEYS.items()}
    # A deck with kinds of its own may use the schema of the shipped ones: known names complete, others may stand.
    members["kind"] = {"anyOf": [{"enum": list(kinds)}, {"type": "string"}], "description": TABLE_KEYS["kind"]}
    members["file"] = {
        "type": "string",
        "pattern": r"^(?!/)(?!.*\.\./)[^\\:]+\.(csv|tsv|CSV|TSV|txt)$",
        "description": TABLE_KEYS["file"],
    }
    return _mapping(members, ["kind", "file"])


def _fact(kind: Kind) -> Schema:
    members = {name: _field(field) for name, field in kind.fields.items()}
    members |= {name: _common(name, kind) for name in COMMON if name not in kind.fields}
    schema = _mapping(members, (name for name, field in kind.fields.items() if not field.optional))
    schema["title"] = f"{kind.name}: {kind.about}" if kind.about else kind.name
    unsure = {"properties": {"status": {"enum": _unsure()}}, "required": ["status"]}
    schema |= {"if": unsure, "then": {"required": ["by"]}}
    return schema


def _unsure() -> list[str]:
    return [status.value for status in Status if status is not Status.ESTABLISHED]


def _field(field: Field) -> Schema:
    about = _TYPES[field.type]
    return _described("texts", f"A list. Each: {about}") if field.many else _described("text", about)


def _common(name: str, kind: Kind) -> Schema:
    about = COMMON[name].about
    match name:
        case "status":
            return {
                "enum": [status.value for status in Status],
                "description": about,
                "default": Status.ESTABLISHED.value,
            }
        case "ask":
            return {"anyOf": _asks(kind), "description": about}
        case "silence":
            return _silence(about)
        case "tags" | "also" | "by" | "denied-by" | "unlike" | "was":
            return _described("texts", about)
        case _:
            return _described("text", about)


def _silence(about: str) -> Schema:
    reasons = {"$ref": "#/$defs/text"}
    return {"type": "object", "additionalProperties": reasons, "minProperties": 1, "description": about}


def _asks(kind: Kind) -> list[Schema]:
    ways = [*kind.ways, *OF_A_FACT]
    words = {way: _described("text", f"`{way}` in your own words.") for way in kind.ways}
    return [
        {"enum": [NEVER, *ways]},
        _list({"enum": ways}) | {"uniqueItems": True},
        _mapping(words, []) | {"minProperties": 1},
    ]
