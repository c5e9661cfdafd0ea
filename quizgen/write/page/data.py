"""The data of the page: the questions as the JSON bank has them, and what it takes to play them."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import assert_never

from quizgen.facts import Picture
from quizgen.questions import Choice, Cloze, Gap, Match, Numeric, Order, Question, Recall, Truth
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
_GRADING = "grade."  # the lists of words that typed answers are judged by


def page_data(job: Job) -> dict[str, object]:
    """All that the script works on: the deck, its language's words, pictures once each, the questions, the sheets."""
    pictures: dict[Picture, int] = {}
    questions = [played(question, pictures) for question in job.bank.questions]
    return around(job, pictures) | {"questions": questions}


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
        "sheets": sheets_data(job.sheets, job.bank.questions),
    }


def in_script(text: str) -> str:
    """JSON that can stand in a script element: nothing in it opens or ends anything of HTML."""
    for char in "<>&\u2028\u2029":
        if char in text:
            text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def played(question: Question, pictures: dict[Picture, int]) -> dict[str, object]:
    """A question of the bank, with what grading and showing need besides; members without content are left out."""
    data = question_data(question) | _for_play(question)
    data.pop("picture", None)  # the page has its own, with its words
    if question.about.picture is not None:
        data["picture"] = pictures.setdefault(question.about.picture, len(pictures))
    return {name: value for name, value in data.items() if value is not None and value not in ([], (), "")}


def _for_play(question: Question) -> dict[str, object]:
    match question:
        case Recall():
            return {
                "type": question.answer_type,
                "rivals": question.rivals,
                "several": question.several or None,
            }
        case Choice():
            return {"instruction": question.instruction}
        case Cloze():
            return {
                "text": None,  # in pieces: a text may have double braces of its own
                "answers": None,
                "pieces": [piece.slot if isinstance(piece, Gap) else piece for piece in question.pieces],
                "gaps": [_gap(gap) for gap in question.gaps],
            }
        case Order():
            return {"values": question.values}
        case Truth() | Numeric() | Match():
            return {}
        case _:
            assert_never(question)


def _gap(gap: Gap) -> dict[str, object]:
    return {"slot": gap.slot, "answers": gap.answers, "type": gap.answer_type, "rivals": gap.rivals}


def _shown(picture: Picture) -> dict[str, str]:
    """The picture with the words that belong to it, which are shown after answering."""
    words = {"caption": picture.caption, "credit": picture.credit}
    shown = {"src": _embedded(picture), "alt": picture.alt}
    return shown | {name: text for name, text in words.items() if text}


def _embedded(picture: Picture) -> str:
    return f"data:{_TYPES[picture.suffix.lower()]};base64,{base64.b64encode(picture.data).decode()}"
