"""What stands in the fields of a note: a question's words as HTML in which nothing runs.

Fields are given in the order that their note type has them in; by name, 40,000 notes take a tenth of a second more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from quizgen.cards import Carded
from quizgen.facts import Picture, Status
from quizgen.language import Language
from quizgen.questions import About, Choice, Cloze, Order, Recall, Scale, Truth
from quizgen.write.anki.axis import bar, timeline
from quizgen.write.anki.models import NoteType
from quizgen.write.anki.text import inert, inert_attribute, inert_blank

SEPARATOR = " · "
SPELT = ("date", "quantity")  # their other answers are other ways to write the same, which teach nothing
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes fields in one language, and gathers the pictures that they show, by name. All may raise `Undrawable`."""

    language: Language
    typed: bool = False  # whether the answer of a recall is to be typed
    media: dict[str, bytes] = field(default_factory=dict)
    parted: dict[str, list[str]] = field(default_factory=dict)  # phrases, parted at their holes

    def own(self, question: Carded) -> tuple[str, ...]:
        """The fields that the question's note type has as its `own`."""
        match question:
            case Recall():
                return self._recall(question)
            case Choice():
                return self._choice(question)
            case Truth():
                return self._truth(question)
            case Cloze():
                return self._cloze(question)
            case Order():
                return self._order(question)

    def spare(self, question: Carded) -> str:
        """The first of the fields that were spare once: an answer to compare with, a timeline."""
        match question:
            case Recall():
                return self._accepted(question) if self.typed else ""
            case Order():
                return self._axis(question.scale)
            case Choice() | Truth() | Cloze():
                return ""

    def withdrawn(self, kind: NoteType, why: str | None, slots: Iterable[int]) -> tuple[str, ...]:
        """The type's own fields, which say that a card was withdrawn and why, or replaced by another one."""
        says = self.phrase("anki.replaced") if why is None else self.phrase("anki.withdrawn", why=inert(why))
        answer = self.phrase("anki.withdrawn-answer")
        blanks = SEPARATOR.join(f"{{{{c{slot}::{answer}}}}}" for slot in slots)
        filled = {"Prompt": says, "Statement": says, "Answer": answer, "Text": blanks}
        return tuple(filled.get(name, "") for name in kind.own)

    def _recall(self, recall: Recall) -> tuple[str, ...]:
        first, *others = map(inert, recall.answers)
        also = self._also(others) if others and (recall.several or recall.answer_type not in SPELT) else ""
        return inert(recall.prompt), first, also

    def _accepted(self, recall: Recall) -> str:
        """What the back compares a typed answer with: all right answers, and words that may stand before them."""
        articles = inert_attribute(" ".join(self.language.words.get("grade.articles", ())))
        items = "".join(f"<li>{inert(answer)}</li>" for answer in recall.answers)
        return (
            f'<span class="mine">{self.phrase("anki.typed")}</span><ul hidden data-articles="{articles}">{items}</ul>'
        )

    def _choice(self, choice: Choice) -> tuple[str, ...]:
        return (
            inert(choice.prompt),
            self._options(choice),
            inert(choice.instruction) if choice.instruction else "",
            SEPARATOR.join([inert(option.text) for option in choice.options if option.right]),
        )

    def _options(self, choice: Choice) -> str:
        """The options as list elements, in the direction of their texts; what is hidden the back brings to light."""
        id_ = choice.about.id
        mine = f'<span class="mine" dir="auto" hidden>{self.phrase("anki.mine")}</span>'
        right = f'<span class="verdict" dir="auto" hidden>{self.phrase("anki.right")}</span>{mine}'
        shown = []
        for option in sorted(choice.options, key=lambda option: _shuffled(id_, option.text)):
            text = f'dir="auto"><span class="option">{inert(option.text)}</span>'
            why = f'<span class="why" dir="auto" hidden>{inert(option.why)}</span></li>' if option.why else "</li>"
            shown.append(
                f'<li class="right" {text}{right}{why}' if option.right else f'<li class="wrong" {text}{mine}{why}'
            )
        return "".join(shown)

    def _truth(self, truth: Truth) -> tuple[str, ...]:
        return (
            inert(truth.prompt),
            inert(truth.statement),
            self.phrase("anki.true" if truth.verdict else "anki.false"),
            "" if truth.verdict else inert(truth.correction),
            inert(truth.why or ""),
        )

    def _cloze(self, cloze: Cloze) -> tuple[str, ...]:
        blanks = [
            inert(piece) if isinstance(piece, str) else f"{{{{c{piece.slot}::{inert_blank(piece.answers[0])}}}}}"
            for piece in cloze.pieces
        ]
        others = [
            f"{inert(gap.answers[0])} = {SEPARATOR.join(inert(answer) for answer in gap.answers[1:])}"
            for gap in cloze.gaps
            if gap.answers[1:] and gap.answer_type not in SPELT
        ]
        return "".join(blanks), inert(cloze.prompt), self._also(others)

    def _order(self, order: Order) -> tuple[str, ...]:
        """The items as they are shown first (each time in another order, where scripts run), and as they are right."""
        shown = "".join(
            f'<li dir="auto"><span class="option">{inert(order.items[number])}</span></li>' for number in order.shown
        )
        bars = order.scale.spans if order.scale and order.scale.measure == "amount" else ()
        right = "".join(
            f'<li dir="auto"><span class="option">{inert(item)}</span> <bdi class="value">{inert(value)}</bdi>'
            f'{bar(span) if span else ""}<span class="mine" dir="auto" hidden>{self.phrase("anki.place")} </span></li>'
            for item, value, span in zip_longest(order.items, order.values, bars)
        )
        return inert(order.prompt), shown, right

    def _axis(self, scale: Scale | None) -> str:
        """A timeline with a numbered place for each item, where they lie on one."""
        if scale is None or scale.measure != "time":
            return ""
        ends = {"first": scale.ticks[0][1], "last": scale.ticks[-1][1], "count": str(len(scale.spans))}
        return timeline(scale, inert_attribute(self.language.say("anki.timeline", **ends)))

    def _also(self, others: Iterable[str]) -> str:
        """Other accepted answers, each kept from the writing direction of its neighbours."""
        answers = SEPARATOR.join(f"<bdi>{other}</bdi>" for other in others)
        return self.phrase("anki.also", answers=answers) if answers else ""

    def common(self, about: About) -> tuple[str, ...]:
        """Who says it, who denies it, what there is to know, where it comes from, what it looks like."""
        return (
            self._status(about),
            self.phrase("anki.denied", denied=inert(about.denied_by)) if about.denied_by else "",
            self._note(about),
            inert(about.source or ""),
            self._picture(about.picture, about.caption) if about.picture else "",
        )

    def _note(self, about: About) -> str:
        """What there is to know, and a caption that is not for the front."""
        held_back = about.picture.caption if about.picture and not about.caption else ""
        return "<br>".join(inert(text) for text in (about.note, held_back) if text)

    def _status(self, about: About) -> str:
        if about.status is Status.ESTABLISHED or not about.by:
            return ""
        return self.phrase(f"anki.status.{about.status}", by=inert(about.by))

    def phrase(self, name: str, **holes: str) -> str:
        """A phrase of the language as field HTML, its holes filled with field HTML."""
        parts = self.parted.get(name)
        if parts is None:
            texts_and_holes = _HOLE.split(self.language.phrases[name])
            parts = [part if i % 2 else inert(part) for i, part in enumerate(texts_and_holes)]
            self.parted[name] = parts
        if len(parts) == 1:
            return parts[0]
        return "".join([f"<bdi>{holes[part]}</bdi>" if i % 2 else part for i, part in enumerate(parts)])

    def _picture(self, picture: Picture, caption: str | None) -> str:
        """The picture, named by its content: another one gets another name, or Anki would keep the old.

        Under it stand the caption, if it is for both sides, and whose picture it is.
        """
        name = hashlib.sha1(picture.data, usedforsecurity=False).hexdigest()[:16] + picture.suffix
        self.media[name] = picture.data
        shown = f'<img src="{name}" alt="{inert_attribute(picture.alt)}">'
        told = [f"<bdi>{inert(caption)}</bdi>"] if caption else []
        told += [f"<small><bdi>{inert(picture.credit)}</bdi></small>"] if picture.credit else []
        return "<br>".join([shown, *told])


def _shuffled(id_: str, text: str) -> bytes:
    """A key that puts options into an order that tells nothing, and in which the others stay when one is added."""
    return hashlib.sha256(f"{id_}/{text}".encode("utf-8", "surrogatepass")).digest()
