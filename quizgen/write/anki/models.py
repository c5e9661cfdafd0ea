"""The note types: their fields and ids for ever, and what they look like.

**Frozen.** A field or template more, less or reordered makes the notes of learners conflict with ours for good. What
may change: the text of templates and of the style sheet, and the *name* of a field or template, which Anki follows by
its id. Four spare fields of each type wait for what we do not foresee.

A note type is one for all decks in a collection, whatever their language: so there are no words in the templates, and
labels stand in the fields, in the language of their deck.

**When a look changes**, its note type must say so (`mod`), or Anki ignores it. The ledger sees to it for the user's own
looks. For the shipped ones `SHIPPED` says when each last changed: a test compares, and prints the line to put here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from quizgen.ledger import FIRST, Ledger, Line, digest
from quizgen.looks import SQUARE, draw
from quizgen.problems import Place, Problem, did_you_mean, error, lines_of, quoted
from quizgen.templates import Templates, Unusable

_COMMON = (
    "Status",
    "Denied",
    "Note",
    "Source",
    "Picture",
    "Spare5",  # has the place of a field that no look ever showed: Anki knows the deck's title itself, as {{Deck}}
    "Language",
    "Spare1",
    "Spare2",
    "Spare3",
    "Spare4",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteType:
    """A note type. `number` is its id, and the base of the ids of its fields and of its one template.

    `always` are fields that every note fills: a front with one of them plainly in it always makes a card.
    """

    form: str
    number: int
    fields: tuple[str, ...]
    always: frozenset[str]
    cloze: bool = False

    @property
    def own(self) -> tuple[str, ...]:
        """Its fields between the first, which is the note's id, and those that all note types have."""
        return self.fields[1 : -len(_COMMON)]

    @property
    def name(self) -> str:
        """What Anki calls it."""
        return f"quizgen {self.form}"

    def field_id(self, index: int) -> int:
        """The id of the field at that index."""
        return self.number * 100 + index

    @property
    def template_id(self) -> int:
        """The id of the template."""
        return self.number * 100 + 99


RECALL = NoteType(
    form="recall",
    number=1_742_190_331,
    fields=("Id", "Prompt", "Answer", "Also", *("Typed" if name == "Spare1" else name for name in _COMMON)),
    always=frozenset({"Id", "Prompt", "Answer"}),
)
CHOICE = NoteType(
    form="choice",
    number=1_742_190_332,
    fields=("Id", "Prompt", "Options", "Instruction", "Answer", *_COMMON),
    always=frozenset({"Id", "Prompt"}),
)
TRUTH = NoteType(
    form="truth",
    number=1_742_190_333,
    fields=("Id", "Prompt", "Statement", "Answer", "Correction", "Why", *_COMMON),
    always=frozenset({"Id", "Prompt", "Statement", "Answer"}),
)
CLOZE = NoteType(
    form="cloze",
    number=1_742_190_334,
    fields=("Id", "Text", "Prompt", "Also", *_COMMON),
    always=frozenset({"Id", "Text"}),
    cloze=True,
)
ORDER = NoteType(
    form="order",
    number=1_742_190_335,
    fields=("Id", "Prompt", "Items", "Ordered", *("Axis" if name == "Spare1" else name for name in _COMMON)),
    always=frozenset({"Id", "Prompt"}),
)
NOTE_TYPES = {kind.form: kind for kind in (RECALL, CHOICE, TRUTH, CLOZE, ORDER)}

SHIPPED: Mapping[str, Line] = {
    "recall": Line(digest="feaffc5f6b4d31f58499cbe52b01b574", changed=1_795_680_284),
    "choice": Line(digest="5547e5c336fb608d3dec4b45da4949b0", changed=1_795_680_284),
    "truth": Line(digest="83464266702d6a9edeee9452519047da", changed=1_795_680_284),
    "cloze": Line(digest="a20b853e727d80afa0767cbb9ee634a3", changed=1_795_680_284),
    "order": Line(digest="f2461124e8500a1099b57e2bc7f5cc5f", changed=1_795_680_284),
}


# ---- looks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The text of a note type's two sides and of its style sheet."""

    front: str
    back: str
    css: str

    @property
    def mark(self) -> str:
        """What tells this look from another."""
        return digest(f"{self.front}\0{self.back}\0{self.css}")


_MOST_TEXT = 500_000  # characters of a side of a card: every learner loads them; the shipped ones have some thousand


def read_looks(templates: Templates) -> tuple[dict[str, Look], tuple[Problem, ...]]:
    """The looks in force by form, and what is wrong with them."""
    looks, problems = _looks(templates)
    faults = (_faults(kind, looks[kind.form], templates) for kind in NOTE_TYPES.values() if kind.form in looks)
    return looks, (*problems, *chain.from_iterable(faults))


def look_digests(templates: Templates) -> dict[str, str]:
    """Digests of the looks in force, for the ledger: `updated(..., looks=look_digests(templates))`."""
    looks, _ = _looks(templates)
    return {f"anki/{form}": look.mark for form, look in looks.items()}


def _looks(templates: Templates) -> tuple[dict[str, Look], list[Problem]]:
    """The looks by form, and why there is none of a form."""
    drawn = cache(partial(_drawn, templates))  # the note types have one style sheet
    looks: dict[str, Look] = {}
    problems: list[Problem] = []
    for kind in NOTE_TYPES.values():
        try:
            front, back, css = map(drawn, _files(kind))
        except Unusable as unusable:
            problems.append(unusable.problem)
        else:
            looks[kind.form] = Look(front=front, back=back, css=css)
    return looks, problems


def changed(form: str, look: Look, ledger: Ledger) -> int:
    """When a note type's look last changed, in seconds since 1970. A user's own is newer than the shipped one."""
    shipped = SHIPPED.get(form, Line(digest="", changed=FIRST))
    line = ledger.looks.get(f"anki/{form}")
    known = line.changed if line and line.digest == look.mark else FIRST
    return max(known, shipped.changed + (look.mark != shipped.digest))


def _files(kind: NoteType) -> tuple[str, str, str]:
    return f"anki/{kind.form}.front.html", f"anki/{kind.form}.back.html", "anki/style.css"


def _drawn(templates: Templates, name: str) -> str:
    return draw(templates, name, {}, brackets=SQUARE, most_text=_MOST_TEXT)


# ---- what Anki would make of a template ------------------------------------------------------------------------------

_MOST_TOKENS = 200  # in a side of a card: genanki copies the side for each; the shipped ones have some ten
_SPECIAL_FIELDS = frozenset({"FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"})


@dataclass(frozen=True, slots=True)
class _Token:
    """One `{{..}}` as written: its sign (`#`, `^`, `/`, `>`, `=`, `!` or ''), filters, field, how deep it stands."""

    written: str
    sign: str
    filters: tuple[str, ...]
    field: str
    depth: int


def _tokens(text: str) -> Iterator[_Token]:
    """All of a side. A section has no filters: what stands in it is the name of a field."""
    depth = 0
    for start, end in _braced(text):
        inside = text[start + 2 : end - 2].strip()
        sign = inside[0] if inside[:1] in tuple("#^/>=!&") else ""
        *filters, name = [inside[1:]] if sign else inside.split(":")
        depth -= sign == "/"
        yield _Token(text[start:end], sign, tuple(word.strip() for word in filters), name.strip(), depth)
        depth += sign in {"#", "^"}


def _braced(text: str) -> Iterator[tuple[int, int]]:
    """Where each `{{..}}` begins and ends."""
    end = 0
    while (start := text.find("{{", end)) >= 0 and (close := text.find("}}", start + 2)) >= 0:
        end = close + 2
        yield start, end


def _faults(kind: NoteType, look: Look, templates: Templates) -> Iterator[Problem]:
    """What Anki or genanki would choke on, or read from elsewhere."""
    front, back, _ = _files(kind)
    for name, text in ((front, look.front), (back, look.back)):
        yield from _faults_of_side(kind, text, _finder(templates, name))
    if not _makes_cards(kind, look.front):
        place = Place(str(templates.path(front) or front))
        wanted = "{{cloze:Text}}" if kind.cloze else " or ".join(f"{{{{{name}}}}}" for name in sorted(kind.always))
        yield error(
            place, "this front would make notes without a card", f"Put {wanted} into it, outside of {{{{#..}}}}."
        )


def _finder(templates: Templates, name: str) -> Callable[[str], Place]:
    """What finds a token in the file of a look; the file as a whole where the token is from another, included one."""

    def find(written: str) -> Place:
        file, lines = str(templates.path(name) or name), lines_of(templates.read(name))
        columns = ((number, line.find(written) + 1) for number, line in enumerate(lines, 1))
        return next((Place(file, number, column) for number, column in columns if column), Place(file))

    return find


def _faults_of_side(kind: NoteType, text: str, find: Callable[[str], Place]) -> Iterator[Problem]:
    known = frozenset(kind.fields) | _SPECIAL_FIELDS
    opened: list[_Token] = []
    for number, token in enumerate(_tokens(text)):
        if number == _MOST_TOKENS:
            says = f"this side of a card has more than {_MOST_TOKENS} fields and sections"
            yield error(find(token.written), says, "Show each field once.")
            return
        whole = quoted(token.written)
        if token.sign in {">", "=", "&"}:
            says = f"{whole} is nothing that a card template can hold"
            yield error(find(token.written), says, "Anki knows {{Field}}, {{#Field}}, {{^Field}}.")
            continue
        if token.sign == "!":
            continue
        if token.field not in known:
            says = f"the note type {quoted(kind.name)} has no field {quoted(token.field)}"
            remedy = did_you_mean(token.field, known, otherwise=f"Its fields are {', '.join(kind.fields)}.")
            yield error(find(token.written), says, remedy)
        if token.sign in {"#", "^"}:
            opened.append(token)
        elif token.sign == "/" and (not opened or opened.pop().field != token.field):
            says = f"{whole} closes what is not open"
            yield error(find(token.written), says, "Close sections in the order in which they nest.")
            return
    _, left, rest = text[max((end for _, end in _braced(text)), default=0) :].partition("{{")
    if left:
        yield error(find(left + rest.partition("\n")[0]), "a '{{' is never closed", "Write }} where it ends.")
    if opened:
        last = opened[-1]
        says = f"the section of {quoted(last.field)} is not closed"
        yield error(find(last.written), says, f"Write {{{{/{last.field}}}}} where it ends.")


def _makes_cards(kind: NoteType, front: str) -> bool:
    """Whether every note of the type gets its card: a field that is always filled stands plainly on the front."""
    plain = (token for token in _tokens(front) if not token.sign and token.depth == 0)
    if kind.cloze:
        return any(token.field == "Text" and "cloze" in token.filters for token in plain)
    return any(token.field in kind.always and not token.filters for token in plain)
