"""Show: a deck as a table or a timeline of plain characters, or one fact with all that is asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from quizgen.columns import safe, width_of, wrapped
from quizgen.facts import Deck, Fact, Status
from quizgen.kinds import Kind
from quizgen.language import Language
from quizgen.problems import Place, Problem, did_you_mean, error, quoted
from quizgen.questions import (
    Bank,
    Choice,
    Cloze,
    Gap,
    Match,
    Numeric,
    Option,
    Order,
    Question,
    Recall,
    Truth,
    form_of,
    one_line,
)
from quizgen.values import Date
from quizgen.values.show import show

WIDTH = 100
_NARROWEST = 10  # columns that a field has at least
_ID = 32  # columns that an id has at most: it is copied, not read
_HEADLINE = 3  # how much more room a headline gets than another field
_AXIS = 24  # columns that a timeline draws on
_LABEL = 24  # columns that its dates have at most
_INDENT = "  "


# ---- a table -----------------------------------------------------------------------------------------------------


def table(deck: Deck, language: Language, *, width: int | None = WIDTH) -> str:
    """All facts of a deck as text: a table for each kind, a column for each field that one of its facts has.

    Without a `width` each fact is one line, for other programs to read.
    """
    parts = [_titled(deck)]
    for kind in dict.fromkeys(fact.kind.name for fact in deck.facts):
        facts = [fact for fact in deck.facts if fact.kind.name == kind]
        parts.append(f"{safe(kind)} ({len(facts)})")
        parts.append(_grid(_rows(facts, language), width))
    return "\n\n".join(parts) + "\n"


def _titled(deck: Deck) -> str:
    return safe(deck.title)


def _rows(facts: Sequence[Fact], language: Language) -> list[list[str]]:
    """The cells of a kind's facts, their headings first."""
    say = language.say
    kind: Kind = facts[0].kind
    fields = [name for name in kind.fields if any(name in fact.values for fact in facts)]
    extra = [name for name in ("status", "source") if any(_extra(fact, name) for fact in facts)]
    rows = [["id", *fields, *(say(f"show.{name}") for name in extra)]]
    for fact in facts:
        values = [show(fact.values[name], language) if name in fact.values else "" for name in fields]
        rows.append([fact.id, *values, *(_extra(fact, name) for name in extra)])
    return [[safe(cell) for cell in row] for row in rows]


def _extra(fact: Fact, name: str) -> str:
    if name == "source":
        return f"{fact.source.source.id} {fact.source.locator}".strip() if fact.source else ""
    return "retired" if fact.retired is not None else _standing(fact)


def _standing(fact: Fact) -> str:
    """How sure a fact is and who says so; nothing for what is established."""
    by = ", ".join(name.text for name in fact.by)
    return "" if fact.status is Status.ESTABLISHED else f"{fact.status.value}: {by}"


def _grid(rows: list[list[str]], width: int | None) -> str:
    """Rows of cells under their headings, cut to columns that fit side by side."""
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    if width is not None:
        widths = _fitted(widths, width)
    lines = list(_row(rows[0], widths))
    lines.append("  ".join("-" * column for column in widths))
    for row in rows[1:]:
        lines.extend(_row(row, widths))
    return "\n".join(lines)


def _fitted(wanted: Sequence[int], width: int) -> list[int]:
    """Widths of columns that fit in `width` where that can be: what one does not want, the others share."""
    widths = [min(wanted[0], _ID), *(min(one, _NARROWEST) for one in wanted[1:])]
    room = max(width - sum(widths) - 2 * (len(wanted) - 1), 0)
    weights = [0, _HEADLINE, *[1] * len(wanted)][: len(wanted)]
    left = sum(weights)
    for number in sorted(range(1, len(wanted)), key=lambda number: (wanted[number] - widths[number]) / weights[number]):
        more = min(wanted[number] - widths[number], room * weights[number] // left)
        widths[number] += more
        room -= more
        left -= weights[number]
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    parts = [list(wrapped(cell, column)) for cell, column in zip(cells, widths, strict=True)]
    for number in range(max(map(len, parts))):
        line = [part[number] if number < len(part) else "" for part in parts]
        yield "  ".join(_filled(text, column) for text, column in zip(line, widths, strict=True)).rstrip()


def _filled(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


# ---- a timeline --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dated:
    """A fact with its first date."""

    fact: Fact
    date: Date


def timeline(deck: Deck, language: Language, *, width: int = WIDTH) -> str:
    """The dated facts in order, each on an axis of time: `*` a date, `=` a span, `~` about, `<` and `>` open ends."""
    dated = sorted(_dated(deck), key=lambda one: (_first(one.date), _last(one.date), one.fact.position))
    if not dated:
        return f"{_titled(deck)}\n\n{language.say('show.no-dates')}\n"
    scale = (min(_first(one.date) for one in dated), max(_last(one.date) for one in dated))
    labels = [safe(show(one.date, language)) for one in dated]
    column = min(max(map(width_of, labels)), _LABEL)
    lines = [_titled(deck), ""]
    for one, label in zip(dated, labels, strict=True):
        standing = _standing(one.fact)
        headline = show(one.fact.values[one.fact.kind.headline], language)
        text = safe(f"{headline} ({standing})" if standing else headline)
        room = max(width - column - _AXIS - 6, _NARROWEST)
        left, right = list(wrapped(label, column)), list(wrapped(text, room))
        for number in range(max(len(left), len(right))):
            axis = _bar(one.date, scale) if number == 0 else " " * _AXIS
            before = _filled(left[number] if number < len(left) else "", column)
            after = right[number] if number < len(right) else ""
            lines.append(f"{before}  |{axis}|  {after}".rstrip())
    return "\n".join(lines) + "\n"


def _dated(deck: Deck) -> Iterator[_Dated]:
    for fact in deck.facts:
        date = next((value for value in fact.values.values() if isinstance(value, Date)), None)
        if date is not None and fact.retired is None:
            yield _Dated(fact, date)


def _first(date: Date) -> int:
    return next(day for day in (date.first, date.last, 0) if day is not None)


def _last(date: Date) -> int:
    return next(day for day in (date.last, date.first, 0) if day is not None)


def _bar(date: Date, scale: tuple[int, int]) -> str:
    """A date on the axis."""
    low, high = scale
    span = max(high - low, 1)
    start, end = ((day - low) * (_AXIS - 1) // span for day in (_first(date), _last(date)))
    if date.last is None:
        return " " * start + "=" * (_AXIS - start - 1) + ">"
    if date.first is None:
        return "<" + "=" * end + " " * (_AXIS - end - 1)
    char = "~" if date.approximate else "=" if date.interval else "*"
    end = end if date.interval or date.approximate else start
    return " " * start + char * (end - start + 1) + " " * (_AXIS - end - 1)


# ---- one fact ----------------------------------------------------------------------------------------------------


def find_fact(deck: Deck, name: str) -> Fact | Problem:
    """The fact of that id, in any case, or that had it before; else a problem with the nearest."""
    folded = name.casefold()
    for fact in deck.facts:
        if folded in (id_.casefold() for id_ in (fact.id, *fact.was)):
            return fact
    remedy = did_you_mean(name, [fact.id for fact in deck.facts], otherwise="`quizgen show DECK` lists all facts.")
    return error(Place(str(deck.file)), f"there is no fact {quoted(name)}", remedy)


def fact_page(fact: Fact, bank: Bank, language: Language, *, width: int = WIDTH) -> str:
    """One fact with its fields, every question that it gives, and what is not asked, with the reasons."""
    say = language.say
    page = _Page(width)
    page.line(f"{fact.id} ({fact.kind.name}), {fact.place}")
    page.gap()
    for name, value in _particulars(fact, language):
        page.line(value, label=f"{safe(name)}: ")
    questions = [one for one in bank.questions if one.about.fact == fact.id]
    page.gap()
    page.line(say("show.questions", count=str(len(questions))))
    for question in questions:
        page.gap()
        page.line(f"{_way(question)}: {one_line(question, _in_brackets)}", indent=_INDENT)
        for line in _keyed(question, language):
            page.line(line, indent=_INDENT * 2)
    skipped = [one for one in bank.skipped if one.fact == fact.id]
    if skipped:
        page.gap()
        page.line(say("show.skipped", count=str(len(skipped))))
    for one in skipped:
        form = say("show.every-form") if one.form == "*" else one.form
        page.line(f"{one.way}, {form}: {one.why}", indent=_INDENT)
    return page.text()


class _Page:
    """Lines of at most some width."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._lines: list[str] = []

    def gap(self) -> None:
        """An empty line."""
        self._lines.append("")

    def line(self, text: str, *, indent: str = "", label: str = "") -> None:
        """A paragraph, indented under its label."""
        later = indent + (" " * width_of(label) if label else _INDENT)
        room = max(self._width - width_of(later), _NARROWEST)
        for number, part in enumerate(wrapped(safe(text), room)):
            self._lines.append(((later if number else indent + label) + part).rstrip())

    def text(self) -> str:
        """All of it."""
        return "\n".join(self._lines) + "\n"


def _particulars(fact: Fact, language: Language) -> Iterator[tuple[str, str]]:
    """What the curator wrote of a fact, by name."""
    yield from ((name, show(value, language)) for name, value in fact.values.items())
    common = {
        "also": ", ".join(fact.also),
        "status": "" if fact.status is Status.ESTABLISHED else fact.status.value,
        "by": ", ".join(name.text for name in fact.by),
        "denied-by": ", ".join(name.text for name in fact.denied_by),
        "as-of": show(fact.as_of, language) if fact.as_of else "",
        "from": str(fact.source or ""),
        "tags": ", ".join(fact.tags),
        "note": fact.note or "",
        "media": f"{fact.picture.path.name}: {fact.picture.alt}" if fact.picture else "",
        "caption": fact.picture.caption if fact.picture else "",
        "credit": fact.picture.credit if fact.picture else "",
        "retired": fact.retired or "",
    }
    yield from ((name, text) for name, text in common.items() if text and name not in fact.values)


def _way(question: Question) -> str:
    """The way and the form, once where they are the same."""
    return ", ".join(dict.fromkeys((question.about.way, form_of(question))))


def _in_brackets(gap: Gap) -> str:
    return f"[{gap.answers[0]}]"


def _keyed(question: Question, language: Language) -> Iterator[str]:
    """The key of a question, and the reasons of what is wrong: `+` right, `-` wrong."""
    match question:
        case Choice():
            yield from map(_option, question.options)
        case Truth():
            yield from _judged(question, language)
        case Recall() | Numeric():
            yield f"+ {' | '.join(question.answers)}"
        case Cloze():
            yield from (f"+ {' | '.join(gap.answers)}" for gap in question.gaps)
        case Match():
            yield from (f"+ {question.left[left]} = {question.right[right]}" for left, right in question.pairs)
        case Order():
            ordered = zip(question.items, question.values, strict=True)
            yield from (f"+ {item} ({value})" for item, value in ordered)
        case _:
            assert_never(question)


def _option(option: Option) -> str:
    why = f" ({option.why})" if option.why else ""
    return f"{'+' if option.right else '-'} {option.text}{why}"


def _judged(question: Truth, language: Language) -> Iterator[str]:
    yield language.say("practice.true" if question.verdict else "practice.false")
    if not question.verdict:
        yield f"+ {question.correction}"
    if question.why:
        yield f"- {question.why}"
