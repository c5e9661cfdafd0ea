"""Kind files: the kinds in force, read from templates, with all that is wrong in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from quizgen.kinds import OF_A_FACT, Field, Kind, Matching, Ordering, Way
from quizgen.problems import Place, Problem, did_you_mean, error, has_errors, lines_of, quoted
from quizgen.source import Map, Node, Seq, parse_yaml
from quizgen.source.textfile import beside
from quizgen.templates import Templates
from quizgen.values.reading import TYPES
from quizgen.values.show import STYLES
from quizgen.wording import Hole, Malformed, Template, parse

FORMS_OF = {  # the forms in which an answer of each type may be asked, unless the kind says fewer
    "text": ("recall", "choice", "truth", "cloze"),
    "date": ("recall", "choice", "truth", "cloze"),
    "quantity": ("recall", "choice", "truth", "cloze", "numeric"),
    "name": ("recall", "choice", "truth", "cloze"),
    "place": ("recall", "choice", "truth", "cloze"),
    "list": ("recall", "choice", "truth", "cloze"),  # truth and cloze where there is one member
}
_EXAMPLE = "`quizgen templates kinds/event.yaml` prints one to start from."
_CARDS = ("recall", "choice", "truth", "cloze", "order", "none")
_ANY = "any-status"
_KEYS = ("kind", "about", "fields", "statement", "ask", "order", "match", "shared", "cards")
_WAY_KEYS = ("prompt", "answer", "forms", "statement", "why", "picture")
_PSEUDO = {"status": ("says", "said"), "attribution": ("", "start"), "answer": ("", "start", "mid")}


def read_kinds(
    templates: Templates, language: str, folder: Path | None = None
) -> tuple[dict[str, Kind], tuple[Problem, ...]]:
    """The kinds in force, by name: the shipped ones (in that language, or English), the user's own, the deck's own.

    A later file replaces an earlier one of the same name. `folder` is the deck's folder, where it has one of its own:
    a stranger's, perhaps, so no link in it is followed out of it.
    """
    files = {name.rsplit("/", 1)[-1]: _template(templates, name) for name in _names(templates, language)}
    for path in sorted((folder / "kinds").glob("*.yaml")) if folder else ():
        files[path.name] = (str(path), beside(path.parent.parent, f"kinds/{path.name}", Place(str(path))))
    kinds: dict[str, Kind] = {}
    problems: list[Problem] = []
    for file, data in files.values():
        if isinstance(data, Problem):
            problems.append(data)
            continue
        kind, found = read_kind(data, file)
        problems.extend(found)
        if kind:
            clash = _clash(kind, kinds)
            problems.extend(clash)
            if not clash:  # else its facts would be read as those of the other
                kinds[kind.name] = kind
    return kinds, tuple(problems)


def _template(templates: Templates, name: str) -> tuple[str, bytes | Problem]:
    path = templates.path(name)
    return str(path), templates.read(name)


def _names(templates: Templates, language: str) -> list[str]:
    folders = ["kinds", f"kinds/{language.split('-', 1)[0]}", f"kinds/{language}"]
    return [name for folder in folders for name in templates.names(folder, ".yaml")]


def _clash(kind: Kind, kinds: Mapping[str, Kind]) -> list[Problem]:
    """Two kinds with one headline: no fact could tell which it is."""
    other = next((k for k in kinds.values() if k.headline == kind.headline and k.name != kind.name), None)
    if other is None:
        return []
    says = f"the headline '{kind.headline}' is that of the kind '{other.name}' as well"
    return [error(kind.place, says, f"Give one of them another first field ({other.place}).")]


@lru_cache(maxsize=256)  # a build of many decks reads the same kinds for each
def read_kind(data: bytes, file: str) -> tuple[Kind | None, tuple[Problem, ...]]:
    """The kind that a file describes (None where it cannot be used), and all that is wrong with it."""
    node, found = parse_yaml(data, file)
    if not isinstance(node, Map):
        says = "this is no kind: a kind is a mapping with 'kind', 'fields' and 'ask'"
        wrong = error(Place(file, 1, 1), says, _EXAMPLE)
        return None, found if has_errors(found) else (wrong, *found)
    reader = _Reader(node, file, lines_of(data), list(found))
    kind = reader.kind()
    return kind, tuple(reader.problems)


class _Reader:
    """Reads one kind file; collects what is wrong."""

    def __init__(self, node: Map, file: str, lines: list[str], problems: list[Problem]) -> None:
        self.node = node
        self.file = file
        self.lines = lines
        self.problems = problems
        self.fields: dict[str, Field] = {}

    def wrong(self, place: Place, says: str, remedy: str = "") -> None:
        self.problems.append(error(place, says, remedy))

    def kind(self) -> Kind | None:
        node = self.node
        self._known(node, _KEYS, "a kind")
        name = node.get("kind")
        if not isinstance(name, str) or not name.strip():
            self.wrong(node.own, "'kind' is missing: the name of the kind", "Write `kind: treaty`, for example.")
            return None
        self.fields = self._fields()
        if not self.fields:
            return None
        about = node.get("about")
        kind = Kind(
            name=name.strip(),
            fields=self.fields,
            ways=self._ways(),
            about=about if isinstance(about, str) else "",
            statement=self._template(node, "statement"),
            order=self._order(),
            match=self._match(),
            shared=self._shared(),
            cards=self._cards(),
            place=node.place("kind"),
        )
        return None if has_errors(self.problems) else kind

    def _known(self, node: Map, known: tuple[str, ...], what: str) -> None:
        for key in node:
            if key not in known:
                says = f"unknown key {quoted(key)} in {what}"
                self.wrong(
                    node.key_place(key), says, did_you_mean(key, known, otherwise=f"The keys are {', '.join(known)}.")
                )

    def _fields(self) -> dict[str, Field]:
        node = self.node.get("fields")
        if not isinstance(node, Map) or not node:
            self.wrong(
                self._at("fields"),
                "'fields' is missing: a mapping of names to types",
                "Write `fields: {treaty: text, when: date}`.",
            )
            return {}
        fields: dict[str, Field] = {}
        for number, (key, written) in enumerate(node.items(), 1):
            name, optional = key.rstrip("?"), key.endswith("?")
            type_ = written.strip() if isinstance(written, str) else ""
            many = type_.startswith("list of ")
            type_ = type_.removeprefix("list of ").strip()
            if not name.replace("-", "_").isidentifier():
                self.wrong(node.key_place(key), f"{quoted(key)} cannot name a field", "Use letters, digits and '-'.")
            elif type_ not in TYPES:
                remedy = did_you_mean(type_, TYPES, otherwise=f"The types are {', '.join(TYPES)} and `list of` these.")
                self.wrong(node.place(key), f"unknown type {quoted(str(written))}", remedy)
            elif number == 1 and optional:
                self.wrong(
                    node.key_place(key), "the first field is the headline: it cannot be absent", "Take the '?' away."
                )
            else:
                fields[name] = Field(name=name, type=type_, many=many, optional=optional, number=number)
        return fields

    def _shared(self) -> frozenset[str]:
        node = self.node.get("shared", Seq())
        if not isinstance(node, Seq):
            self.wrong(self._at("shared"), "'shared' is a list of fields", "Write `shared: [role]`, for example.")
            return frozenset()
        for number, name in enumerate(node):
            if not isinstance(name, str) or name not in self.fields or self.fields[name].type != "text":
                texts = [field.name for field in self.fields.values() if field.type == "text"]
                remedy = did_you_mean(str(name), texts, otherwise=f"Its text fields are {', '.join(texts)}.")
                self.wrong(node.place(number), f"{quoted(str(name))} is not a text field of this kind", remedy)
        return frozenset(name for name in node if isinstance(name, str))

    def _at(self, key: str) -> Place:
        return self.node.place(key) if key in self.node else self.node.own

    def _ways(self) -> dict[str, Way]:
        node = self.node.get("ask")
        if not isinstance(node, Map) or not node:
            self.wrong(
                self._at("ask"),
                "'ask' is missing: the ways to ask such a fact",
                _EXAMPLE,
            )
            return {}
        ways = {name: self._way(name, node) for name in node}
        return {name: way for name, way in ways.items() if way}

    def _way(self, name: str, asks: Map) -> Way | None:
        node = asks[name]
        if name in OF_A_FACT:
            self.wrong(
                asks.key_place(name), f"'{name}' cannot name a way: it is the name of a form", "Choose another name."
            )
            return None
        if not isinstance(node, Map):
            self.wrong(asks.place(name), f"the way '{name}' is a mapping", "Write `{prompt: ..., answer: a field}`.")
            return None
        self._known(node, _WAY_KEYS, "a way to ask")
        answer = node.get("answer")
        prompt = self._template(node, "prompt")
        if prompt is None and "prompt" not in node:
            self.wrong(asks.key_place(name), f"the way '{name}' has no 'prompt'", "Write the question: `prompt: ...`.")
        if not isinstance(answer, str) or answer not in self.fields:
            at = node.place("answer") if "answer" in node else asks.key_place(name)
            remedy = did_you_mean(str(answer), self.fields, otherwise=f"The fields are {', '.join(self.fields)}.")
            self.wrong(at, f"the answer of '{name}' is the name of a field", remedy)
            return None
        if prompt is None:
            return None
        if any(hole.field == answer and hole.style not in ("in", "asks") for hole in prompt.holes):
            says = f"the prompt of '{name}' shows its answer, '{answer}'"
            self.wrong(self._within(node, "prompt", "{" + answer), says, "Show other fields of the fact.")
        return Way(
            name=name,
            prompt=prompt,
            answer=answer,
            forms=self._forms(node, self.fields[answer]),
            statement=self._template(node, "statement"),
            why=self._template(node, "why"),
            pictured=self._pictured(node),
            place=asks.key_place(name),
        )

    def _forms(self, node: Map, answer: Field) -> frozenset[str]:
        possible = FORMS_OF["list" if answer.many else answer.type]
        forms = node.get("forms")
        if forms is None:
            return frozenset(possible)
        names = [name for name in forms if isinstance(name, str)] if isinstance(forms, Seq) else []
        if not names:
            self.wrong(
                node.place("forms"),
                "'forms' is a list of forms",
                f"Such an answer may be asked as {', '.join(possible)}.",
            )
        for i, name in enumerate(names):
            if name not in possible:
                at = forms.place(i) if isinstance(forms, Seq) else node.place("forms")
                remedy = did_you_mean(name, possible, otherwise=f"It may be asked as {', '.join(possible)}.")
                self.wrong(at, f"{quoted(name)} is no form for an answer of type '{answer.type}'", remedy)
        return frozenset(names)

    def _pictured(self, node: Map) -> bool:
        return self._yes(
            node, "picture", "yes", "Write `picture: no` where a picture of the fact would tell the answer."
        )

    def _yes(self, node: Map, key: str, usual: str, remedy: str) -> bool:
        written = node.get(key, usual)
        if written not in ("yes", "no", "true", "false"):
            self.wrong(node.place(key), f"'{key}' is yes or no", remedy)
        return written in ("yes", "true")

    def _template(self, node: Map, key: str) -> Template | None:
        written = node.get(key)
        if written is None and key not in node:
            return None
        if not isinstance(written, str) or not written.strip():
            self.wrong(node.place(key), f"'{key}' is a text with {{field}}s", "Put quotes around it.")
            return None
        try:
            template = parse(written)
        except Malformed as malformed:
            remedy = "Write `{field}` for a value, and `[...]` around what is left out where a field in it is absent."
            self.wrong(self._within(node, key, written, malformed.at), f"'{key}' has {malformed}", remedy)
            return None
        for hole in template.holes:
            self._hole(hole, self._within(node, key, "{" + hole.field))
        return template

    def _within(self, node: Map, key: str, words: str, after: int = 0) -> Place:
        """Where words stand in the text of a key (and `after` characters on), if they are on its line; or its begin."""
        place = node.place(key)
        line = self.lines[place.line - 1]
        found = line.find(words, place.column - 1)
        return Place(place.file, place.line, found + 1 + after) if found >= 0 else place

    def _hole(self, hole: Hole, place: Place) -> None:
        known = self.fields.get(hole.field)
        if known is None and hole.field not in _PSEUDO:
            remedy = did_you_mean(hole.field, self.fields, otherwise=f"The fields are {', '.join(self.fields)}.")
            self.wrong(place, f"there is no field {quoted(hole.field)}", remedy)
            return
        styles = ("", *STYLES[known.type]) if known else _PSEUDO[hole.field]
        if hole.style not in styles:
            remedy = did_you_mean(
                hole.style, styles, otherwise=f"It may be {', '.join(style or 'plain' for style in styles)}."
            )
            self.wrong(place, f"'{hole.field}' cannot be shown as {quoted(hole.style)}", remedy)

    def _part(self, key: str, wanted: tuple[str, ...], *also: str) -> dict[str, str] | None:
        """The texts of `order` or `match`: a prompt and the names of fields."""
        node = self.node.get(key)
        if node is None:
            return None
        if not isinstance(node, Map):
            example = ", ".join(f"{name}: ..." for name in wanted)
            self.wrong(
                self._at(key), f"'{key}' is a mapping with {', '.join(wanted)}", f"Write `{key}: {{{example}}}`."
            )
            return None
        self._known(node, (*wanted, *also), f"'{key}'")
        out: dict[str, str] = {}
        for name in wanted:
            text = node.get(name)
            if not isinstance(text, str) or (name != "prompt" and text not in self.fields):
                at = node.place(name) if name in node else node.own
                if name == "prompt":
                    self.wrong(at, f"'prompt' of '{key}' is a text", "Write the words that ask for it.")
                else:
                    remedy = did_you_mean(str(text), self.fields, otherwise=f"The fields are {', '.join(self.fields)}.")
                    self.wrong(at, f"'{name}' of '{key}' is the name of a field", remedy)
                return None
            out[name] = text
        return out

    def _order(self) -> Ordering | None:
        part = self._part("order", ("prompt", "by"))
        return Ordering(**part) if part else None

    def _match(self) -> Matching | None:
        part = self._part("match", ("prompt", "left", "right"), _ANY)
        node = self.node.get("match")
        if part is None or not isinstance(node, Map):
            return None
        remedy = f"Write `{_ANY}: yes` where the match itself tells who asserts what."
        return Matching(**part, any_status=self._yes(node, _ANY, "no", remedy))

    def _cards(self) -> dict[str, str]:
        node: Node = self.node.get("cards")
        if node is None:
            return {}
        if not isinstance(node, Map):
            self.wrong(
                self._at("cards"),
                "'cards' is a mapping of ways to forms",
                "Write `cards: {when: recall, cloze: cloze}`.",
            )
            return {}
        asks = self.node.get("ask")
        ways = (*(asks if isinstance(asks, Map) else ()), "cloze", *(["order"] if "order" in self.node else []))
        cards: dict[str, str] = {}
        for way, form in node.items():
            if way not in ways:
                remedy = did_you_mean(way, ways, otherwise=f"The ways are {', '.join(ways)}.")
                self.wrong(node.key_place(way), f"unknown way {quoted(way)}", remedy)
            elif form not in _CARDS:
                remedy = did_you_mean(str(form), _CARDS, otherwise=f"There are {', '.join(_CARDS)}.")
                self.wrong(node.place(way), f"a card cannot be {quoted(str(form))}", remedy)
            else:
                cards[way] = str(form)
        return cards
