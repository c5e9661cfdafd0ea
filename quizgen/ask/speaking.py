"""Speaking of a fact: its texts filled with its values, attributed where its status asks for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from quizgen.ask.memo import Memo
from quizgen.facts import Fact, Status
from quizgen.language import Language
from quizgen.values import Date, Quantity, Text, Value, Worded
from quizgen.values.show import capitalised, joined, lowered, show, spellings
from quizgen.wording import Hole, Pieces, Shown, Template, fill, plain

_SAID = Hole("status", "said")


class Speaker:
    """Fills templates for facts in one language, and shows their values."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts: Memo[tuple[Value, str], str] = Memo()
        self._fact: Fact | None = None  # the one that is spoken of, and what has been said of it
        self._said: dict[tuple[int, tuple[str, ...]], Pieces | None] = {}
        self._spellings: Memo[Value, tuple[str, ...]] = Memo()
        self._whys: Memo[tuple[int | Value | None, ...], str | None] = Memo()
        self._looks: Memo[str, str] = Memo()
        self._dates: Memo[tuple[Hole, Date], Pieces] = Memo()

    def show(self, value: Value, style: str = "") -> str:
        """The value as text, as `show` of values has it."""
        if not style:
            if isinstance(value, Worded):
                return value.text
            if isinstance(value, Quantity):
                return value.written
        known = self._texts.get((value, style))
        return self._texts.keep((value, style), show(value, self.language, style)) if known is None else known

    def spellings(self, value: Value) -> tuple[str, ...]:
        """All ways in which a right answer may be typed, as `spellings` of values has them."""
        if isinstance(value, Text):
            return (value.text,)
        return self._spellings.get(value) or self._spellings.keep(value, spellings(value, self.language))

    def look_alike(self, texts: Collection[str]) -> bool:
        """Whether a reader takes two of the texts for one: but for capitals and spaces they are."""
        known = self._looks
        looks = {known.get(text) or known.keep(text, " ".join(text.split()).casefold()) for text in texts}
        return len(looks) < len(texts)

    def text(
        self,
        template: Template,
        fact: Fact,
        *,
        details: tuple[str, ...] = (),
        instead: Mapping[str, Value] | None = None,
    ) -> Pieces | None:
        """The template filled with the fact's values; None where it lacks one that must be there.

        `details` are said in brackets after the headline, to tell it apart from others ('Dead of the flood (1979)').
        `instead` puts other values in the place of the fact's own.
        """
        if instead:
            return self._filled(template, fact, {**fact.values, **instead}, details)
        if fact is not self._fact:
            self._fact, self._said = fact, {}
        said = id(template), details  # the fact's kind holds its templates
        if said not in self._said:
            self._said[said] = self._filled(template, fact, fact.values, details)
        return self._said[said]

    def _filled(
        self, template: Template, fact: Fact, values: Mapping[str, Value], details: tuple[str, ...]
    ) -> Pieces | None:
        return fill(template, lambda hole: self._value(hole, fact, values, details))

    def why(self, template: Template, fact: Fact, answer: str) -> str | None:
        """Why a wrong option is wrong, told of the fact that it comes from: the same of all that say the same."""
        told = self._tells(template, fact)
        if told is None:
            return self._why(template, fact, answer)
        known = self._whys.get(told)
        return self._whys.keep(told, self._why(template, fact, answer)) if known is None else known

    def _tells(self, template: Template, fact: Fact) -> tuple[int | Value | None, ...] | None:
        """What a text tells of a fact; None where that is its own: of the answer, its headline, or who asserts it."""
        if not template.fields.isdisjoint(("answer", "status", "attribution", fact.kind.headline)):
            return None
        return id(template), *[fact.values.get(name) for name in template.fields]  # the fact's kind holds it

    def _why(self, template: Template, fact: Fact, answer: str) -> str | None:
        def value(hole: Hole) -> Pieces | None:
            if hole.field == "answer":
                return (Shown("answer", capitalised(answer, self.language) if hole.style == "start" else answer),)
            return self._value(hole, fact, fact.values, ())

        pieces = fill(template, value)
        return None if pieces is None else capitalised(plain(pieces), self.language)

    def _value(self, hole: Hole, fact: Fact, values: Mapping[str, Value], details: tuple[str, ...]) -> Pieces | None:
        if hole.field == "status":
            return (self.language.say(f"{hole.style}.{fact.status}"),)
        if hole.field == "attribution":
            return self._attribution(fact, values, hole.style)
        value = values.get(hole.field)
        if value is None:
            return None
        if hole.style == "in" and isinstance(value, Date):
            said = hole, value
            return self._dates.get(said) or self._dates.keep(said, self._date_in(hole.field, value))
        text = self.show(value, hole.style)
        if hole.style == "asks":
            return (text,)
        if details and hole.field == fact.kind.headline:
            detail = joined(list(details), self.language)
            return (Shown(hole.field, self.language.say("question.told-apart", text=text, detail=detail)),)
        return (Shown(hole.field, text),)

    def _date_in(self, field: str, date: Date) -> Pieces:
        """'in ' and the date, a value of its own that a cloze can blank; a phrase that parts the date is one text."""
        whole, bare = self.show(date, "in"), self.show(date)
        before, found, after = whole.partition(bare)
        return tuple(part for part in (before, Shown(field, bare), after) if part) if found else (whole,)

    def _attribution(self, fact: Fact, values: Mapping[str, Value], style: str) -> Pieces:
        by = values.get("by")
        names = self.show(by) if by is not None else self.by(fact) or ""
        phrase, denied = self._attribution_phrase(fact)
        before, _, after = phrase.partition("{by}")
        after = after.replace("{denied}", denied)
        if style == "start":
            before = before[:1].upper() + before[1:] if before else before
            names = names if before else capitalised(names, self.language)
        return tuple(part for part in (before, Shown("by", names) if names else "", after) if part)

    def _attribution_phrase(self, fact: Fact) -> tuple[str, str]:
        denied = self.denied_by(fact)
        name = "attribution.denied-by" if fact.status is Status.DENIED and denied else f"attribution.{fact.status}"
        return self.language.phrases[name], denied or ""

    def by(self, fact: Fact) -> str | None:
        """Who asserts the fact, ready to show; nobody, where `by` names whom a doubtful quotation is put to."""
        if not fact.by:
            return None
        statement = fact.kind.statement
        if fact.status is not Status.ESTABLISHED and statement and _SAID in statement.holes:
            return None
        return joined([name.text for name in fact.by], self.language) or None

    def denied_by(self, fact: Fact) -> str | None:
        """Who denies the fact, ready to show."""
        return joined([name.text for name in fact.denied_by], self.language) or None if fact.denied_by else None

    def attributed_question(self, template: Template, asked: Pieces, fact: Fact) -> Pieces:
        """A question with who asserts the fact before it, where its status wants that and it is not said yet."""
        if not self._wants_attribution(template, fact):
            return asked
        attribution = plain(self._attribution(fact, {}, "start"))
        first = asked[0]
        if isinstance(first, str) and first.split(" ", 1)[0].lower() in self.language.words["question-words"]:
            asked = (first[0].lower() + first[1:], *asked[1:])
            return self._around("attributed.question", "{asking}", attribution, asked)
        return self._around("attributed.text", "{text}", attribution, asked)

    def attributed_text(self, template: Template, said: Pieces, fact: Fact) -> Pieces:
        """A statement with who asserts the fact before it, where its status wants that and it is not said yet."""
        if not self._wants_attribution(template, fact):
            return said
        return self._around("attributed.text", "{text}", plain(self._attribution(fact, {}, "start")), said)

    def attributed_aside(self, template: Template, said: str, fact: Fact) -> str:
        """A sentence with who asserts it in brackets at its end, where the fact's status wants that."""
        if not self._wants_attribution(template, fact):
            return said
        attribution = plain(self._attribution(fact, {}, ""))
        return self.language.say("attributed.aside", text=said.removesuffix("."), attribution=attribution)

    def _wants_attribution(self, template: Template, fact: Fact) -> bool:
        if fact.status is Status.ESTABLISHED or template.shows("attribution") or template.shows("by"):
            return False
        return not (template.shows("status") and "by" in fact.values)

    def _around(self, phrase: str, hole: str, attribution: str, inner: Pieces) -> Pieces:
        before, _, after = self.language.phrases[phrase].replace("{attribution}", attribution).partition(hole)
        return tuple(part for part in (before, *inner, after) if part)

    def in_sentence(self, text: str) -> str:
        """`text` as it stands within a sentence."""
        return lowered(text, self.language)
