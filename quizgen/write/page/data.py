"""The data of the page: the questions as the JSON bank has them, and what it takes to play them.

What comes again in many questions stands once, in `again`, and is named by its number: what is told of a fact, options
with their reasons, answers that leniency must not accept. `again.js` puts it back. That makes the page of 10,000
questions smaller by two fifths; it takes as long to write.
"""

from __future__ import annotations

import base64
from collections.abc import Hashable, Iterable
from typing import assert_never

from quizgen.facts import Picture
from quizgen.questions import About, Choice, Cloze, Gap, Match, Numeric, Option, Order, Question, Recall, Truth
from quizgen.write import Job
from quizgen.write.bank_json import question_data
from quizgen.write.page.sheets import sheets_data

_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
UNUSED = ("kind", "way")  # by the page, of what the bank tells
BACKGROUND = ("fact", "status", "by", "denied_by", "source", "note", "tags")
_GRADING = "grade."  # the lists of words that typed answers are judged by


def page_data(job: Job) -> dict[str, object]:
    """All that the script works on: the deck, its language's words, pictures once each, the questions, the sheets."""
    again = Again()
    questions = [played(question, again) for question in job.bank.questions]
    return around(job, again.pictures) | {"questions": questions, "again": list(again.values)}


def around(job: Job, pictures: Iterable[Picture]) -> dict[str, object]:
    """All that the script works on but the questions."""
    return {
        "name": job.name,
        "deck": {"id": job.deck.id, "language": job.deck.language},
        "labels": job.language.labels("page"),
        "words": {
            name.removeprefix(_GRADING): words
            for name, words in job.language.words.items()
            if name.startswith(_GRADING)
        },
        "pictures": [_shown(picture) for picture in pictures],
        "questions": [],
        "again": [],
        "sheets": sheets_data(job.sheets, job.bank.questions),
    }


def in_script(text: str) -> str:
    """JSON that can stand in a script element: nothing in it opens or ends anything of HTML."""
    for char in "<>&\u2028\u2029":
        if char in text:
            text = text.replace(char, f"\\u{ord(char):04x}")
    return text


class Again:
    """What comes again: each value once, with its number.

    Values are found by what they are made from: backgrounds by seven things, wrong options by two, rivals by one.
    """

    def __init__(self) -> None:
        self.pictures: dict[Picture, int] = {}
        self.numbers: dict[Hashable, int] = {}
        self.values: list[object] = []

    def number(self, key: Hashable, value: object) -> int:
        """The number of a value, which is kept where it is new."""
        number = self.numbers.setdefault(key, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


def background_key(about: About) -> Hashable:
    """What is told of a fact in each of its questions, as what it is made from."""
    return about.fact, about.status, about.tags, about.by, about.denied_by, about.source, about.note


def played(question: Question, again: Again) -> dict[str, object]:
    """A question of the bank, with what grading and showing need besides; members without content are left out."""
    about = question.about
    data = question_data(question) | _for_play(question, again)
    data.pop("picture", None)  # the page has its own, with its words
    if about.picture is not None:
        data["picture"] = again.pictures.setdefault(about.picture, len(again.pictures))
    for name in UNUSED:
        del data[name]
    background = {name: data.pop(name) for name in BACKGROUND if name in data}
    data["about"] = again.number(background_key(about), _with_content(background))
    return _with_content(data)


def _with_content(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value is not None and value not in ([], (), "")}


def _for_play(question: Question, again: Again) -> dict[str, object]:
    match question:
        case Recall():
            return {
                "type": question.answer_type,
                "rivals": _rivals(question.rivals, again),
                "several": question.several or None,
            }
        case Choice():
            options = [_option(option, again) for option in question.options]
            return {"options": options, "instruction": question.instruction}
        case Cloze():
            return {
                "text": None,  # in pieces: a text may have double braces of its own
                "answers": None,
                "pieces": [piece.slot if isinstance(piece, Gap) else piece for piece in question.pieces],
                "gaps": [_gap(gap, again) for gap in question.gaps],
            }
        case Order():
            return {"values": question.values}
        case Truth() | Numeric() | Match():
            return {}
        case _:
            assert_never(question)


def _gap(gap: Gap, again: Again) -> dict[str, object]:
    rivals = _rivals(gap.rivals, again)
    return _with_content({"slot": gap.slot, "answers": gap.answers, "type": gap.answer_type, "rivals": rivals})


def _rivals(rivals: tuple[str, ...], again: Again) -> int | None:
    return again.number((rivals,), rivals) if rivals else None


def _option(option: Option, again: Again) -> str | int:
    """The text of a right option, the number of a wrong one."""
    if option.right:
        return option.text
    return again.number((option.text, option.why), {"text": option.text, "right": False, "why": option.why})


def _shown(picture: Picture) -> dict[str, str]:
    """The picture with the words that belong to it, which are shown after answering."""
    words = {"caption": picture.caption, "credit": picture.credit}
    shown = {"src": _embedded(picture), "alt": picture.alt}
    return shown | {name: text for name, text in words.items() if text}


def _embedded(picture: Picture) -> str:
    return f"data:{_TYPES[picture.suffix.lower()]};base64,{base64.b64encode(picture.data).decode()}"
