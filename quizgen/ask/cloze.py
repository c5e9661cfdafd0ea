"""Cloze: a fact's statement with blanks, each of which is sound with all the rest shown."""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.ask.about import about, asks
from quizgen.ask.agree import singles
from quizgen.ask.items import Asker, Item, Unsound, accepted, distinct, is_list, leaked
from quizgen.facts import Fact
from quizgen.frozen import quick_maker
from quizgen.kinds import Kind
from quizgen.questions import Cloze, Gap
from quizgen.wording import Pieces, Shown, plain

_sentence, _blank = quick_maker(Cloze), quick_maker(Gap)
_LONGEST = 8  # words of a blank


def cloze(asker: Asker, fact: Fact, items: Mapping[str, Item]) -> Cloze | None:
    """The kind's statement with a blank for each field that is sound to blank with all the rest shown.

    `items` are those of the fact, by way. None where there is nothing to blank; raises `Unsound` where nothing may be.
    """
    statement = fact.kind.statement
    if statement is None:
        return None
    details = asker.as_of(fact)
    said = asker.speaker.text(statement, fact, details=details)
    if said is None:
        return None
    shown = {piece.field for piece in said if isinstance(piece, Shown)} & set(fact.values)
    wanted = _blanked(fact.kind)
    reasons: list[str] = []
    pieces: list[str | Gap] = []
    for number, piece in enumerate(said):
        if isinstance(piece, str) or piece.field not in wanted or not asks(fact, wanted[piece.field]):
            pieces.append(piece if isinstance(piece, str) else piece.text)
            continue
        rest = plain((*said[:number], " ", *said[number + 1 :]))
        try:
            pieces.append(_gap(asker, fact, piece.field, shown=shown, rest=rest, item=items.get(wanted[piece.field])))
        except Unsound as unsound:
            reasons.append(f"{piece.field}: {unsound}")
            pieces.append(piece.text)
    if not any(isinstance(piece, Gap) for piece in pieces):
        if reasons:
            raise Unsound("; ".join(reasons))
        return None
    return _sentence(
        about=about(asker, fact, "cloze"),
        prompt=asker.language.say("question.fill-in"),
        pieces=_joined(_attributed(asker, fact, tuple(pieces))),
    )


def _attributed(asker: Asker, fact: Fact, pieces: tuple[str | Gap, ...]) -> tuple[str | Gap, ...]:
    """The sentence with who asserts it before it, where its status wants that."""
    statement = fact.kind.statement
    if statement is None:
        return pieces
    hole: Pieces = (Shown("", ""),)
    around = asker.speaker.attributed_text(statement, hole, fact)
    index = around.index(hole[0])
    before = tuple(piece for piece in around[:index] if isinstance(piece, str))
    after = tuple(piece for piece in around[index + 1 :] if isinstance(piece, str))
    return (*before, *pieces, *after)


def _blanked(kind: Kind) -> dict[str, str]:
    """Field -> the way that asks for it as a cloze."""
    found = {way.answer: way.name for way in reversed(tuple(kind.ways.values())) if "cloze" in way.forms}
    return {name: way for name, way in found.items() if name != kind.headline}


def _gap(asker: Asker, fact: Fact, name: str, *, shown: set[str], rest: str, item: Item | None) -> Gap:
    value = fact.values[name]
    if is_list(value):
        raise Unsound("more than one answer is right")
    single = singles(value)[0]
    words = len(asker.speaker.show(single).split())
    if words > _LONGEST:
        raise Unsound(f"the blank would stand for {words} words, which nobody fills in as they were written")
    agreeing = asker.agreeing_in(fact, [field for field in fact.values if field in shown and field != name])
    if len(distinct(fact, agreeing, name)) > 1:
        raise Unsound("more than one answer is right")
    leak = leaked(single, rest, asker.speaker)
    if leak:
        raise Unsound(f"the rest of the sentence contains the answer, '{leak}'")
    answers = accepted(single, rest, asker.speaker)
    return _blank(
        slot=fact.kind.fields[name].number,
        answers=answers,
        answer_type=fact.kind.fields[name].type,
        rivals=asker.rivals(item, answers) if item else (),
    )


def _joined(pieces: tuple[str | Gap, ...]) -> tuple[str | Gap, ...]:
    out: list[str | Gap] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        elif piece != "":
            out.append(piece)
    return tuple(out)
