"""The data of the page as JSON, its questions written out: the text that `json` makes of `page_data`, in half the time.

To build a dictionary for each question and have `json` walk it takes most of the time of the page. The forms of which a
deck has few go the plain way. `test_page_quick` holds both to be equal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring as _quoted
from typing import Any

from quizgen.questions import About, Choice, Cloze, Gap, Match, Option, Order, Question, Recall, Scale, Truth
from quizgen.write import Job
from quizgen.write.page.data import Again, around, background_key, in_script, played

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def page_script(job: Job) -> bytes:
    """`data.page_data` of the job as JSON that can stand in a script element."""
    again = _Again()
    questions = ",".join(_written(job.bank.questions, again))
    long = {"questions": questions, "again": ",".join(again.written)}
    parts: list[str] = []
    for name, value in around(job, again.pictures).items():
        written = ("[", in_script(long[name]), "]") if name in long else (in_script(as_json(value)),)
        parts += (",", _quoted(name), ":", *written)
    told = (
        "{",
        *parts[1:],
        "}",
    )  # encoded each: one sign beyond ASCII would have all questions copied letter by letter
    return b"".join([part.encode() for part in told])


def as_json(data: object) -> str:
    """`data` as JSON, without a space that it does not need."""
    return _JSON.encode(data)


class _Again(Again):
    """What comes again, written out.

    `same` has the numbers of wrong options and of rivals by the identity of the very thing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.same: dict[int, str] = {}  # of what the bank holds, so that no other thing gets its identity

    def number(self, key: Hashable, value: object) -> int:
        """As in `Again`."""
        number = self.numbers.get(key)
        return self.add(key, as_json(value)) if number is None else number

    def add(self, key: Hashable, written: str) -> int:
        """The number of a value that is new, as it is written."""
        number = self.numbers[key] = len(self.written)
        self.written.append(written)
        return number


def _written(questions: Iterable[Question], again: _Again) -> list[str]:
    numbers = again.numbers
    written: list[str] = []
    told_last: About | None = None  # which the forms of one way share
    number: int | None = None
    for question in questions:
        told = _FORMS.get(type(question))
        if told is None:
            written.append(as_json(played(question, again)))
            continue
        about = question.about
        more = told(question, again)
        if about.picture is not None:
            more += f',"picture":{again.pictures.setdefault(about.picture, len(again.pictures))}'
        if about is not told_last:
            told_last, key = about, background_key(about)
            number = numbers.get(key)
            if number is None:
                number = again.add(key, _background(about))
        written.append(f'{{"id":{_quoted(f"{about.fact}/{about.way}")},"form":{more},"about":{number}}}')
    return written


def _recall(recall: Recall, again: _Again) -> str:
    several = ',"several":true' if recall.several else ""
    return (
        f'"recall","prompt":{_quoted(recall.prompt)},"answers":{_list(recall.answers)}'
        f',"type":{_quoted(recall.answer_type)}{_rivals(recall.rivals, again)}{several}'
    )


def _choice(choice: Choice, again: _Again) -> str:
    same = again.same
    options = [
        _quoted(option.text) if option.right else same.get(id(option)) or _named(option, again)
        for option in choice.options
    ]
    answers = f',"answers":{_list(choice.answers)}' if choice.answers else ""
    more = _member("instruction", choice.instruction) if choice.instruction else ""
    return f'"choice","prompt":{_quoted(choice.prompt)}{answers},"options":[{",".join(options)}]{more}'


def _named(wrong: Option, again: _Again) -> str:
    """The number of a wrong option."""
    key = wrong.text, wrong.why
    number = again.numbers.get(key)
    if number is None:
        number = again.add(key, _wrong(wrong))
    named = again.same[id(wrong)] = str(number)
    return named


def _wrong(option: Option) -> str:
    why = "null" if option.why is None else _quoted(option.why)
    return f'{{"text":{_quoted(option.text)},"right":false,"why":{why}}}'


def _truth(truth: Truth, _: _Again) -> str:
    head = f'"truth","prompt":{_quoted(truth.prompt)},"statement":{_quoted(truth.statement)}'
    more = _member("correction", truth.correction) + _member("why", truth.why)
    return f'{head},"verdict":{"true" if truth.verdict else "false"}{more}'


def _cloze(cloze: Cloze, again: _Again) -> str:
    pieces, gaps = [], []
    for piece in cloze.pieces:
        if isinstance(piece, Gap):
            pieces.append(str(piece.slot))
            kind, rivals = _quoted(piece.answer_type), _rivals(piece.rivals, again)
            gaps.append(f'{{"slot":{piece.slot},"answers":{_list(piece.answers)},"type":{kind}{rivals}}}')
        else:
            pieces.append(_quoted(piece))
    gapped = f'"gaps":[{",".join(gaps)}],"pieces":[{",".join(pieces)}]'
    return f'"cloze","prompt":{_quoted(cloze.prompt)},{gapped}'


def _rivals(rivals: tuple[str, ...], again: _Again) -> str:
    if not rivals:
        return ""
    known = again.same.get(id(rivals))
    if known is None:
        number = again.numbers.get((rivals,))
        if number is None:
            number = again.add((rivals,), _list(rivals))
        known = again.same[id(rivals)] = f',"rivals":{number}'
    return known


def _match(match: Match, _: _Again) -> str:
    pairs = ",".join([f"[{left},{right}]" for left, right in match.pairs])
    columns = f'"left":{_list(match.left)},"right":{_list(match.right)}'
    return f'"match","prompt":{_quoted(match.prompt)},{columns},"pairs":[{pairs}]'


def _order(order: Order, _: _Again) -> str:
    scale = f',"scale":{_scale(order.scale)}' if order.scale else ""
    values = f',"values":{_list(order.values)}' if order.values else ""
    return f'"order","prompt":{_quoted(order.prompt)},"items":{_list(order.items)}{scale}{values}'


def _scale(scale: Scale) -> str:
    spans = ",".join([f"[{start!r},{end!r}]" for start, end in scale.spans])
    ticks = ",".join([f'{{"at":{at!r},"label":{_quoted(label)}}}' for at, label in scale.ticks])
    return f'{{"measure":{_quoted(scale.measure)},"spans":[{spans}],"ticks":[{ticks}]}}'


def _background(about: About) -> str:
    tags = f',"tags":{_list(about.tags)}' if about.tags else ""
    said = _member("by", about.by) + _member("denied_by", about.denied_by) if about.by or about.denied_by else ""
    source = f',"source":{_quoted(about.source)}' if about.source else ""
    note = _member("note", about.note) if about.note else ""
    return f'{{"fact":{_quoted(about.fact)},"status":"{about.status!s}"{said}{source}{note}{tags}}}'


def _member(name: str, text: str | None) -> str:
    """A member that is left out where it has no content."""
    return f',"{name}":{_quoted(text)}' if text else ""


def _list(texts: Sequence[str]) -> str:
    return f"[{_quoted(texts[0])}]" if len(texts) == 1 else f"[{','.join(map(_quoted, texts))}]"  # most hold one


_FORMS: Mapping[type, Callable[[Any, _Again], str]] = {
    Recall: _recall,
    Choice: _choice,
    Truth: _truth,
    Cloze: _cloze,
    Match: _match,
    Order: _order,
}
