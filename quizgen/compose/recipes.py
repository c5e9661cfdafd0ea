"""Recipes: which questions make a quiz, in which sections, with what marks and layout. Recipes are data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quizgen.deck.media import read_picture
from quizgen.facts import Picture
from quizgen.language import Language
from quizgen.problems import Place, Problem, did_you_mean, error, has_errors, quoted, warning
from quizgen.questions import FORMS
from quizgen.source import Map, Node, Seq, parse_yaml
from quizgen.templates import Templates

MOST = 10_000  # questions that a section, or a quiz, may have
MOST_MARKS = 100
MOST_COLUMNS = 3
MOST_MINUTES = 600
_KEYS = ("recipe", "about", "title", "intro", "count", "minutes", "sections", "layout")
_SECTION_KEYS = (
    "heading",
    "instruction",
    "forms",
    "count",
    "share",
    "marks",
    "ways",
    "kinds",
    "tags",
    "draw",
    "bank",
    "arrange",
)
_LAYOUT_KEYS = ("columns", "fields", "lines", "school", "logo")
DRAWN = {  # how a section may be drawn, other than as a list; and of which forms its questions are then
    "passage": ("cloze",),
    "timeline": ("order",),
    "bars": ("order",),
    "cards": ("recall", "numeric"),
}
ARRANGED = ("shuffled", "deck", "importance")  # how a section may be arranged; or a list of tags
_BANKED = frozenset({"recall", "cloze"})  # forms whose answers can stand in a box to choose from
_PHRASE = re.compile(r"quiz(\.[a-z0-9-]+)+")  # a text that names a phrase of the language


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a recipe wants its sheet set: columns of questions, fields of the header, room to write."""

    columns: int = 1
    fields: tuple[str, ...] = ("name", "class", "date", "marks")  # labels of the language, or the author's own text
    lines: bool = True  # lines to write on under questions that are answered in writing
    school: str = ""  # over the title
    logo: Picture | None = None  # it stands beside the recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a recipe says of one section.

    It wants `count` questions (None: all there are), or a `share` of the whole quiz in percent. `marks` is for each
    question; None is one mark for each thing to give (a pair of a match, an item of an order, a right option).
    Empty filters let everything in. `draw` is how the section is set: '' one question after the other, or one of
    `DRAWN`. With `bank` the answers stand above it, to choose from.
    """

    heading: str = ""
    instruction: str = ""
    forms: tuple[str, ...]
    count: int | None = None
    share: int | None = None
    marks: int | None = 1
    ways: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    draw: str = ""
    bank: bool = False
    arrange: tuple[str, ...] = ("shuffled",)  # one of `ARRANGED`, or tags: what has the first comes first
    place: Place = Place("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Which questions make a quiz. Texts are plain, or the names of phrases of the language (`quiz.title.test`)."""

    name: str
    parts: tuple[Part, ...]
    about: str = ""
    title: str = "{title}"
    intro: str = ""
    count: int | None = None  # of which sections have shares
    minutes: int | None = None  # in place of a count: as many as a class answers in that time
    layout: Layout = field(default_factory=Layout)
    place: Place = Place("")


def recipe_names(templates: Templates) -> tuple[str, ...]:
    """The names of all recipes, sorted."""
    return tuple(name.removeprefix("quizzes/").removesuffix(".yaml") for name in templates.names("quizzes", ".yaml"))


def read_recipe(templates: Templates, name: str, language: Language) -> tuple[Recipe | None, tuple[Problem, ...]]:
    """The recipe of that name (None where it cannot be used), and all that is wrong with it."""
    path = templates.path(f"quizzes/{name}.yaml")
    if path is None:
        known = recipe_names(templates)
        remedy = did_you_mean(name, known, otherwise=f"There are {', '.join(known)}.")
        return None, (error(Place(f"quizzes/{name}.yaml"), f"there is no recipe {quoted(name)}", remedy),)
    return parse_recipe(templates.read(f"quizzes/{name}.yaml"), str(path), name, language)


def parse_recipe(data: bytes, file: str, name: str, language: Language) -> tuple[Recipe | None, tuple[Problem, ...]]:
    """The recipe that these bytes of a file describe (None where it cannot be used), and all that is wrong with it."""
    node, found = parse_yaml(data, file)
    if not isinstance(node, Map):
        says = "this is no recipe: a recipe is a mapping with 'recipe' and 'sections'"
        wrong = error(Place(file, 1, 1), says, "`quizgen templates quizzes/test.yaml` prints one to start from.")
        return None, found if has_errors(found) else (wrong, *found)
    reader = _Reader(language, list(found))
    recipe = reader.recipe(node, name)
    return None if has_errors(reader.problems) else recipe, tuple(sorted(reader.problems))


class _Reader:
    """Reads one recipe; collects what is wrong."""

    def __init__(self, language: Language, problems: list[Problem]) -> None:
        self.language = language
        self.problems = problems

    def recipe(self, node: Map, name: str) -> Recipe:
        self._known(node, _KEYS, "a recipe")
        sections = node.get("sections")
        if not isinstance(sections, Seq) or not sections:
            remedy = "Write `sections:` and below it `- {forms: [choice], count: 10}`, for example."
            self._wrong(_at(node, "sections"), "'sections' is missing: a list of sections", remedy)
            sections = Seq()
        count = self._number(node, "count", most=MOST) if "count" in node else None
        minutes = self._number(node, "minutes", most=MOST_MINUTES) if "minutes" in node else None
        if count and minutes:
            says = "a recipe says how long it is by 'count' or by 'minutes', not by both"
            self._wrong(node.key_place("minutes"), says, "Remove one of them.")
        return Recipe(
            name=self._text(node, "recipe") or name,
            parts=tuple(self._part(sections, index, shared=bool(count or minutes)) for index in range(len(sections))),
            about=self._text(node, "about"),
            title=self._phrase(node, "title") or "{title}",
            intro=self._phrase(node, "intro"),
            count=count,
            minutes=minutes,
            layout=self._layout(node),
            place=node.own,
        )

    def _part(self, sections: Seq, index: int, *, shared: bool) -> Part:
        node = sections[index]
        if not isinstance(node, Map):
            says = "a section is a mapping with 'forms' and 'count'"
            self._wrong(sections.place(index), says, "Write `- {forms: [choice], count: 10}`, for example.")
            return Part(forms=FORMS)
        self._known(node, _SECTION_KEYS, "a section")
        if ("count" in node) == ("share" in node):
            says = "a section says how many questions it has: by 'count', or by 'share' of the whole"
            self._wrong(node.own, says, "Write one of them: `count: 10`, `count: all`, or `share: 50%`.")
        if "share" in node and not shared:
            remedy = "Write `count: 20` or `minutes: 20` at the top of the recipe."
            self._wrong(node.key_place("share"), "a share of what? The recipe has no 'count' of its own", remedy)
        draw = self._drawn(node)
        bank = self._yes(node, "bank", default=False)
        forms = self._forms(node, draw)
        if bank and not _BANKED.issuperset(forms):
            says = f"a section with a 'bank' of answers has {' and '.join(sorted(_BANKED))} questions only"
            self._wrong(node.key_place("bank"), says, "Write `forms: [cloze]`, for example.")
        return Part(
            heading=self._phrase(node, "heading"),
            instruction=self._phrase(node, "instruction"),
            forms=forms,
            count=None if node.get("count") in (None, "all") else self._number(node, "count", most=MOST),
            share=self._number(node, "share", most=100, suffix="%") if "share" in node else None,
            marks=None
            if node.get("marks") == "each"
            else self._number(node, "marks", most=MOST_MARKS, least=0, default=1),
            ways=frozenset(self._words(node, "ways")),
            kinds=frozenset(self._words(node, "kinds")),
            tags=frozenset(self._words(node, "tags")),
            draw=draw,
            bank=bank,
            arrange=self._arranged(node, draw),
            place=node.own,
        )

    def _drawn(self, node: Map) -> str:
        """How the section is drawn; '' for a list of questions."""
        draw = self._text(node, "draw")
        if draw and draw not in DRAWN:
            remedy = did_you_mean(draw, DRAWN, otherwise=f"A section is drawn as {', '.join(DRAWN)}, or as a list.")
            self._wrong(node.place("draw"), f"unknown drawing {quoted(draw)}", remedy)
            return ""
        return draw

    def _arranged(self, node: Map, draw: str) -> tuple[str, ...]:
        """How the section's questions are arranged: a passage reads as the deck runs, all else is shuffled."""
        written = self._words(node, "arrange")
        if written and not isinstance(node["arrange"], Seq) and written[0] not in ARRANGED:
            remedy = did_you_mean(written[0], ARRANGED, otherwise="Write `arrange: [easy, hard]` for tags.")
            self._wrong(node.place("arrange"), f"'arrange' cannot be {quoted(written[0])}", remedy)
        return written or (("deck",) if draw == "passage" else ("shuffled",))

    def _forms(self, node: Map, draw: str) -> tuple[str, ...]:
        drawn = DRAWN.get(draw, FORMS)
        if "forms" not in node:
            return drawn
        written = self._words(node, "forms")
        listed = node["forms"]
        for number, form in enumerate(written):
            whole = isinstance(listed, Seq) and len(listed) == len(written)
            place = listed.place(number) if isinstance(listed, Seq) and whole else node.place("forms")
            if form not in FORMS:
                remedy = did_you_mean(form, FORMS, otherwise=f"The forms are {', '.join(FORMS)}.")
                self._wrong(place, f"unknown form {quoted(form)}", remedy)
            elif form not in drawn:
                says = f"a section that is drawn as {draw} has no {form} questions"
                self._wrong(place, says, f"Its forms are {', '.join(drawn)}.")
        return tuple(form for form in dict.fromkeys(written) if form in FORMS)

    def _layout(self, node: Map) -> Layout:
        layout = node.get("layout")
        if layout is None and "layout" not in node:
            return Layout()
        if not isinstance(layout, Map):
            self._wrong(node.place("layout"), "'layout' is a mapping", "Write `layout: {columns: 2}`, for example.")
            return Layout()
        self._known(layout, _LAYOUT_KEYS, "a layout")
        plain = Layout()
        return Layout(
            columns=self._number(layout, "columns", most=MOST_COLUMNS, default=plain.columns),
            fields=self._words(layout, "fields") if "fields" in layout else plain.fields,
            lines=self._yes(layout, "lines", default=plain.lines),
            school=self._text(layout, "school"),
            logo=self._logo(layout),
        )

    def _logo(self, layout: Map) -> Picture | None:
        """The school's logo, a picture beside the recipe."""
        name = self._text(layout, "logo")
        if not name:
            return None
        place = layout.place("logo")
        alt = self._text(layout, "school") or self.language.phrases.get("pdf.logo", "")
        found = read_picture(Path(place.file).parent, name, alt, place, what="recipe")
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found

    def _number(self, node: Map, key: str, *, most: int, least: int = 1, default: int = 1, suffix: str = "") -> int:
        if key not in node:
            return default
        written = node[key]
        digits = written.removesuffix(suffix).strip() if isinstance(written, str) else ""
        if re.fullmatch("[0-9]{1,9}", digits) and least <= int(digits) <= most:
            return int(digits)
        says = f"'{key}' is a whole number from {least} to {most}"
        if isinstance(written, str):
            says = f"{says}, not {quoted(written)}"
        self._wrong(node.place(key), says, f"Write `{key}: {least or 1}{suffix}`, for example.")
        return default

    def _yes(self, node: Map, key: str, *, default: bool) -> bool:
        written = node.get(key, "")
        if written in ("yes", "true", "no", "false"):
            return written in ("yes", "true")
        if key in node:
            self._wrong(node.place(key), f"'{key}' is yes or no", f"Write `{key}: yes`, or remove it.")
        return default

    def _text(self, node: Map, key: str) -> str:
        written = node.get(key)
        if written is not None and not isinstance(written, str):
            self._wrong(node.place(key), f"'{key}' is a text", "Put quotes around text with { }, [ ] or ': ' in it.")
        return written.strip() if isinstance(written, str) else ""

    def _phrase(self, node: Map, key: str) -> str:
        """A text, or the phrase of the language that it names."""
        written = self._text(node, key)
        if not _PHRASE.fullmatch(written):
            return written
        phrase = self.language.phrases.get(written)
        if phrase is None:
            known = [name for name in self.language.phrases if name.startswith("quiz.")]
            says = f"the language has no phrase {quoted(written)}"
            self.problems.append(warning(node.place(key), says, did_you_mean(written, known), rule="phrase"))
        return phrase or written

    def _words(self, node: Map, key: str) -> tuple[str, ...]:
        """A list of words, or one alone."""
        written = node.get(key)
        members: list[Node] = (
            [written] if isinstance(written, str) else list(written) if isinstance(written, Seq) else []
        )
        words = [member.strip() for member in members if isinstance(member, str) and member.strip()]
        if key in node and len(words) < max(len(members), 1) and not (isinstance(written, Seq) and not written):
            self._wrong(node.place(key), f"'{key}' is a list of words", f"Write `{key}: [one, other]`.")
        return tuple(words)

    def _known(self, node: Mapping[str, Node], known: Iterable[str], what: str) -> None:
        for key in node:
            if key not in known and isinstance(node, Map):
                remedy = did_you_mean(key, known, otherwise=f"The keys are {', '.join(known)}.")
                self._wrong(node.key_place(key), f"unknown key {quoted(key)} in {what}", remedy)

    def _wrong(self, place: Place, says: str, remedy: str = "") -> None:
        self.problems.append(error(place, says, remedy))


def _at(node: Map, key: str) -> Place:
    return node.place(key) if key in node else node.own
