"""Decks by chance as a curator might write them, with every key that there is, and slips here and there.

Where mutation breaks nearly every file, these get through reading: they are about what comes after it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.mutating import TEXTS

PNG = base64.b64decode(  # one point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="3" height="4"/></svg>'
WORDS = [
    *("mill", "bridge", "fair", "army", "comet", "flood", "famine", "guild", "tower", "canal", "school", "market"),
    *("Sel", "Vell", "Orm", "Ombria", "the", "of", "no", "true"),
]
_FORBIDDEN = {*map(chr, (*range(9), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF))}
HOSTILE = [
    text
    for text in (raw.decode("utf-8", "replace") for raw in TEXTS)
    if text.strip() and not _FORBIDDEN & set(text) and "\ufffd" not in text
]
NAMES = [
    "Ada Lind",
    "A. Lind",
    "Bo Marr",
    "Cy Tole",
    "George Oak II",
    "George Oak III",
    "the miller",
    "Łukasz Żak",
    "张三",
    "פלוני",
]
DATES = [
    "1994",
    "2001-09",
    "2018-10-12",
    "1979/1989",
    "1994~",
    "2014/..",
    "../1900",
    "198X",
    "44 BC",
    "1900",
    "1901-01",
    "5000 BC",
]
NUMBERS = [
    "15,000",
    "at least 15,000 soldiers",
    "about $1 billion",
    "40%",
    "up to 3.5 km",
    "10,000-20,000",
    "3",
    "0",
    "312 m",
    "-4",
    "€5",
]
STATUSES = ["attributed", "estimated", "alleged", "denied", "disputed"]
SLIPS = [
    "",
    "[]",
    "{}",
    "[[a]]",
    "null",
    "1994-13",
    "xx",
    "{a: b}",
    "at least",
    "*a",
    "!!int 3",
    "[a, a]",
    "'",
    "9" * 300,
]


@dataclass
class Draft:
    """A deck's files in the making; `slips` is how likely any one value is a slip."""

    chance: Random
    slips: float
    ids: list[str]
    files: dict[str, bytes] = field(default_factory=dict)

    def text(self) -> str:
        """A text in quotes: words, now and then a hostile one, now and then a long one."""
        roll = self.chance.random()
        if roll < 0.12:
            text = self.chance.choice(HOSTILE)
        elif roll < 0.14:
            text = " ".join(self.chance.choices(WORDS, k=self.chance.randint(50, 900)))
        else:
            text = " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 7)))
        return self.or_slip(json.dumps(text, ensure_ascii=max(text) > "\uffff" and self.chance.random() < 0.5))

    def or_slip(self, written: str) -> str:
        """What was written, or a slip."""
        return self.chance.choice(SLIPS) if self.chance.random() < self.slips else written

    def one(self, *of: str) -> str:
        """One of these, in quotes."""
        return self.or_slip(json.dumps(self.chance.choice(of), ensure_ascii=False))

    def some(self, make: Callable[[], str], most: int = 4) -> str:
        """A list."""
        return self.or_slip("[" + ", ".join(make() for _ in range(self.chance.randint(1, most))) + "]")

    def distinct(self, *of: str, most: int = 4) -> str:
        """A list without repetitions."""
        chosen = self.chance.sample(of, min(len(of), self.chance.randint(1, most))) or ["f0"]
        return self.or_slip("[" + ", ".join(json.dumps(one, ensure_ascii=False) for one in chosen) + "]")

    def name(self) -> str:
        """Somebody: a name, or the id of a fact."""
        return self.one(*NAMES)

    def maybe(self, share: float, key: str, value: Callable[[], str]) -> str:
        """A key that may be absent."""
        return f", {key}: {value()}" if self.chance.random() < share else ""


def invented(chance: Random) -> dict[str, bytes]:
    """The files of a deck in a folder; half of all decks have no slip on purpose."""
    count = chance.choice((1, 2, 5, 8, 12, 20))
    draft = Draft(chance=chance, slips=chance.choice((0, 0, 0.01, 0.1)), ids=[f"f{number}" for number in range(count)])
    head = [f"deck: {draft.one('The bridge at Sel', 'Flüsse', '橋', '<b>A</b> & {{B}}', 'A::B', '=1+1', 'x' * 300)}"]
    head += [line for share, line in _head(draft) if chance.random() < share]
    head += [
        "sources:",
        f"  book: {{title: {draft.text()}{_source(draft)}}}",
        "  atlas: {title: An atlas}",
        "from: book",
    ]
    makers = _KINDS if chance.random() < 0.8 else [chance.choice(_KINDS)]
    facts = [f"  {id_}: {{{_fact(draft, id_, chance.choice(makers))}}}" for id_ in draft.ids]
    table = _table(draft) if chance.random() < 0.15 else []
    draft.files["deck.yaml"] = ("\n".join([*head, "facts:", *facts, *table]) + "\n").encode("utf-8", "replace")
    if chance.random() < 0.15:
        draft.files["kinds/treaty.yaml"] = _kind(draft).encode()
    draft.files["pictures/a.png"] = PNG
    draft.files["pictures/b.svg"] = SVG
    return draft.files


def _head(draft: Draft) -> list[tuple[float, str]]:
    return [
        (1.0, f"id: {draft.one('bridge', 'Bridge-1', 'a_b', 'x' * 60)}"),
        (0.5, f"language: {draft.one('en', 'en-GB', 'en')}"),
        (0.4, f"about: {draft.text()}"),
        (0.4, f"license: {draft.one('CC-BY-4.0', 'MIT')}"),
        (0.3, f"topics: {draft.one('tags', 'subdecks')}"),
        (0.3, f"recall: {draft.one('typed', 'thought')}"),
        (0.3, f"order: {draft.or_slip(draft.chance.choice(('deck', 'timeline', '[x, y]')))}"),
        (0.1, f"silence: {{one-source: {draft.text()}}}"),
    ]


def _source(draft: Draft) -> str:
    return (
        draft.maybe(0.4, "authors", lambda: draft.distinct(*NAMES))
        + draft.maybe(0.4, "date", lambda: draft.one("1998", "2001-09", "1999/2001"))
        + draft.maybe(0.2, "url", lambda: draft.one("https://example.org/a?b=c&d", "http://example.org/<x>"))
        + draft.maybe(0.3, "note", draft.text)
    )


def _fact(draft: Draft, id_: str, kind: Callable[[Draft], str]) -> str:
    written = kind(draft)
    own = written.startswith(("quote", "claim"))
    return (
        written
        + (_status(draft, own=own) if draft.chance.random() < 0.2 else "")
        + draft.maybe(0.2, "from", lambda: draft.one("atlas", "book 46", "atlas p. 3-5", "book <46>"))
        + draft.maybe(0.4, "tags", lambda: draft.distinct("x", "y", "a-topic", "ß", "x/y", most=3))
        + draft.maybe(0.2, "note", draft.text)
        + draft.maybe(0.15, "also", lambda: draft.distinct("Old Tom", "Tom", "the mill", "№ 5", most=2))
        + draft.maybe(0.1, "as-of", lambda: draft.one("2020", "2018-10-12"))
        + draft.maybe(0.1, "unlike", lambda: draft.distinct(*(one for one in draft.ids if one != id_), most=2))
        + draft.maybe(0.06, "retired", draft.text)
        + draft.maybe(0.06, "was", lambda: f"[{draft.or_slip(f'old-{draft.chance.getrandbits(60):x}')}]")
        + draft.maybe(0.06, "ask", lambda: draft.or_slip(draft.chance.choice(("never", "[cloze]"))))
        + draft.maybe(0.1, "media", lambda: draft.one("pictures/a.png", "pictures/b.svg") + f", alt: {draft.text()}")
        + draft.maybe(0.03, "silence", lambda: f"{{absolutes: {draft.text()}}}")
    )


def _status(draft: Draft, *, own: bool) -> str:
    denied = draft.maybe(0.4, "denied-by", draft.name)
    return f", status: {draft.one(*STATUSES)}" + ("" if own else f", by: {draft.name()}") + denied


def _event(draft: Draft) -> str:
    return (
        f"event: {draft.text()}, when: {draft.one(*DATES)}"
        + draft.maybe(0.5, "where", lambda: draft.one("Sel", "Sel, Ombria", "Vell", "northern Ombria"))
        + draft.maybe(0.3, "who", draft.name)
    )


def _figure(draft: Draft) -> str:
    return f"figure: {draft.text()}, value: {draft.one(*NUMBERS)}" + draft.maybe(0.3, "when", lambda: draft.one(*DATES))


def _quote(draft: Draft) -> str:
    return f"quote: {draft.text()}, by: {draft.name()}" + draft.maybe(0.3, "about", draft.text)


def _claim(draft: Draft) -> str:
    return f"claim: {draft.text()}, by: {draft.name()}" + draft.maybe(0.3, "when", lambda: draft.one(*DATES))


def _person(draft: Draft) -> str:
    return (
        f"person: {draft.name()}"
        + draft.maybe(0.7, "role", draft.text)
        + draft.maybe(0.4, "born", lambda: draft.one("1801", "1850~", "1861-02-03"))
        + draft.maybe(0.3, "died", lambda: draft.one("1899", "1950", "1912-04"))
    )


def _group(draft: Draft) -> str:
    return f"group: {draft.one('the guild', 'the council', 'the army of Sel')}" + draft.maybe(0.8, "what", draft.text)


def _term(draft: Draft) -> str:
    return f"term: {draft.text()}, meaning: {draft.text()}"


def _list(draft: Draft) -> str:
    return f"list: {draft.text()}, members: {draft.distinct('stone', 'oak', 'iron', 'glass', 'a;b', 'x, y')}"


_KINDS: list[Callable[[Draft], str]] = [_event, _event, _figure, _quote, _claim, _person, _group, _term, _list]


def _table(draft: Draft) -> list[str]:
    """A table beside the deck, and the key that names it."""
    comma = draft.chance.choice(",,;\t")
    rows = [["id", "term", "meaning", "tags", "note"]]
    rows += [
        [f"t{number}", f"term {number}", f"meaning {draft.chance.choice(WORDS)} {number}", "x; y", ""]
        for number in range(6)
    ]
    rows += [["t9", '"a ""quoted"" term"', '"two\nlines"', "", "=1+1"]]
    suffix = "tsv" if comma == "\t" else "csv"
    draft.files[f"words.{suffix}"] = "".join(comma.join(row) + "\n" for row in rows).encode()
    return ["tables:", f"  - {{kind: term, file: words.{suffix}}}"]


def _kind(draft: Draft) -> str:
    date, place = draft.one("date", "date", "text"), draft.one("place", "name", "list of name", "quantity")
    return (
        f"kind: treaty\nfields: {{treaty: text, signed: {date}, at?: {place}}}\n"
        'statement: "{treaty} was signed {signed:in}[ at {at}]."\n'
        f'ask:\n  signed: {{prompt: "{{signed:asks}} was {{treaty}} signed?", answer: {draft.or_slip("signed")}}}\n'
        f"  at: {{prompt: {draft.or_slip(json.dumps('Where was {treaty:mid} signed?'))}, answer: at}}\n"
        'order: {prompt: "Put these in order.", by: signed}\ncards: {signed: choice, cloze: cloze}\n'
    )
