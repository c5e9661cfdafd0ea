"""Jobs for tests of the JSON writer and of the page: the sample bank, hostile banks, large banks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from quizgen.facts import Deck
from quizgen.language import Language, read_language
from quizgen.ledger import Ledger
from quizgen.questions import (
    Bank,
    Choice,
    Cloze,
    Gap,
    Match,
    Option,
    Order,
    Question,
    Recall,
    Truth,
)
from quizgen.templates import Templates, shipped
from quizgen.write import Job
from tests.samples import BANK, NUMERIC, QUESTIONS, RECALL

SCALARS = Path(__file__).parent / "corpus" / "scalars" / "scalars.json"


def job(bank: Bank = BANK, **more: object) -> Job:
    """A job with that bank, in English, with the shipped templates."""
    deck = Deck(id="sample", title="A sample", language="en", file=Path("decks/sample.yaml"), kinds={}, facts=())
    known: dict[str, object] = {
        "name": "sample",
        "deck": deck,
        "bank": bank,
        "sheets": (),
        "language": english(),
        "templates": Templates((shipped("templates"),)),
        "ledger": Ledger(),
    }
    return Job(**(known | more))  # type: ignore[arg-type]  # by hand


def english() -> Language:
    """English as it is shipped."""
    language, problems = read_language(Templates((shipped("templates"),)), "en")
    assert not problems
    return language


def hostile_texts() -> list[str]:
    """Texts that break programs, as a deck may hold them: not empty, without what reading refuses or trims."""
    groups: dict[str, list[str]] = json.loads(SCALARS.read_text(encoding="utf-8"))
    texts = [text for group in groups.values() for text in group]
    assert len(texts) == 283
    return [text for text in texts if text.strip()]


def hostile_bank() -> Bank:
    """Every hostile text in every part of every form."""
    questions = [question for i, text in enumerate(hostile_texts()) for question in every_form(f"fact-{i}", text)]
    return Bank(questions=tuple(questions), skipped=())


def every_form(fact: str, text: str) -> tuple[Question, ...]:
    """All forms, with `text` wherever a text can stand."""
    about = replace(RECALL.about, fact=fact, facts=(fact,), by=text, denied_by=text, source=text, note=text)
    wrong = Option(text=f"{text} no", right=False, why=text)
    return (
        Recall(about=about, prompt=text, answers=(text,), answer_type="text"),
        Choice(about=about, prompt=text, options=(Option(text=text, right=True), wrong), answers=(text,)),
        Truth(about=about, prompt=text, statement=text, verdict=False, correction=text, why=text),
        Cloze(about=about, prompt=text, pieces=(text, Gap(slot=1, answers=(text,), answer_type="text"), text)),
        replace(NUMERIC, about=about, prompt=text, unit=text),
        Match(about=about, prompt=text, left=(text, "b"), right=("c", text), pairs=((0, 1), (1, 0))),
        Order(about=about, prompt=text, items=(text, "b"), values=("1", text), shown=(1, 0)),
    )


def large_bank(count: int) -> Bank:
    """A bank of that many questions, of all forms, in some fifty topics."""
    questions = []
    for i in range(count):
        question = QUESTIONS[i % len(QUESTIONS)]
        about = replace(question.about, fact=f"fact-{i}", facts=(f"fact-{i}",), tags=(f"topic {i % 53}",))
        questions.append(replace(question, about=about))
    return Bank(questions=tuple(questions), skipped=())
