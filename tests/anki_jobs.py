"""Jobs for the Anki writer: the sample bank, or questions of a test's own, with a deck around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from quizgen.facts import Deck, Fact, Source
from quizgen.kinds import Field, Kind
from quizgen.language import Language, read_language
from quizgen.ledger import FIRST, Ledger, updated, with_looks
from quizgen.problems import Place
from quizgen.questions import Bank, Question
from quizgen.templates import Templates, shipped
from quizgen.write import Job
from quizgen.write.anki import look_digests, part_of, write

TEMPLATES = Templates((shipped("templates"),))
NOW = FIRST + 1_000_000


def english() -> Language:
    language, problems = read_language(TEMPLATES, "en")
    assert not problems
    return language


def kind(name: str, *fields: str, **cards: str) -> Kind:
    return Kind(
        name=name,
        fields={
            field: Field(name=field, type="text", many=False, optional=False, number=number)
            for number, field in enumerate(fields, 1)
        },
        ways={},
        cards=cards,
    )


KINDS = {
    found.name: found
    for found in (
        kind("event", "event", "when", "where", cloze="cloze"),
        kind("list", "list", "members"),
        kind("claim", "claim", claim="truth"),
        kind("figure", "figure", "value"),
    )
}


def fact(id_: str, of: str = "event", **more: object) -> Fact:
    known: dict[str, object] = {"values": {}, "place": Place("deck.yaml", 9, 3), "position": 0}
    return Fact(id=id_, kind=KINDS[of], **(known | more))  # type: ignore[arg-type]  # by hand


def deck(*facts: Fact, **more: object) -> Deck:
    known: dict[str, object] = {
        "id": "sample",
        "title": "A sample",
        "language": "en",
        "file": Path("sample.yaml"),
        "kinds": KINDS,
        "sources": {"article": Source(id="article", title="Moscow wants back in", place=Place("deck.yaml"))},
        "about": "What a learner sees.",
        "license": "CC-BY-4.0",
    }
    return Deck(facts=facts, **(known | more))  # type: ignore[arg-type]  # by hand


def job(
    questions: Iterable[Question],
    *,
    of: Deck | None = None,
    ledger: Ledger | None = None,
    now: int = NOW,
    **more: object,
) -> Job:
    """A job with its ledger brought up to date, as `build` does it."""
    of = of or deck()
    bank = Bank(questions=tuple(questions), skipped=())
    templates = more.get("templates", TEMPLATES)
    assert isinstance(templates, Templates)
    before = ledger or Ledger()
    plain = Job(name="sample", deck=of, bank=bank, sheets=(), language=english(), templates=templates, ledger=before)
    known: Job = replace(plain, **more)  # type: ignore[arg-type]  # by hand
    known = replace(known, ledger=with_looks(before, look_digests(templates), now), now=now)
    *_, published = part_of(known)
    return replace(known, ledger=updated(known.ledger, published.lines, deck=of))


def package_of(job_: Job) -> bytes:
    """The package that the writer makes of it, without any problem."""
    written = write(job_)
    assert written.problems == ()
    return written.files[f"{job_.name}.apkg"]
