"""The page for browsers without scripts: the questions to read, each with its key folded away."""

from __future__ import annotations

import re
from html import escape
from typing import assert_never

from quizgen.facts import Status
from quizgen.language import Language
from quizgen.questions import Bank, Choice, Cloze, Gap, Match, Numeric, Order, Question, Recall, Truth

_SPECIAL = re.compile("[&<>\"'\r]")  # most texts have none of these, which is sooner seen than each replaced

MOST = 300  # questions: nobody reads more without a script, and every reader would have to load them


def plain_html(bank: Bank, language: Language) -> str:
    """The first questions of a bank as HTML, escaped; where there are more, it says so."""
    labels = language.labels("page")
    shown = bank.questions[:MOST]
    left = len(bank.questions) - len(shown)
    rows = [_article(question, labels) for question in shown]
    if left:
        rows.append(f'<p class="hint">{_text(labels["only-first"]).replace("{n}", str(len(shown)))}</p>')
    return "\n".join(rows)


def _article(question: Question, labels: dict[str, str]) -> str:
    prompt, body, key = _text(question.prompt), _body(question), _key(question, labels)
    return (
        f'<article class="card"><h2 class="prompt" dir="auto">{prompt}</h2>{body}'
        f"<details><summary>{_text(labels['answer'])}</summary>{key}{_background(question, labels)}</details></article>"
    )


def _body(question: Question) -> str:
    match question:
        case Recall() | Numeric():
            return ""
        case Choice():
            return _list("ul", [option.text for option in question.options])
        case Truth():
            return _statement(_text(question.statement))
        case Cloze():
            return _statement("".join("____" if isinstance(piece, Gap) else _text(piece) for piece in question.pieces))
        case Match():
            return _list("ul", question.left) + _list("ul", question.right)
        case Order():
            return _list("ul", [question.items[number] for number in question.shown])
        case _:
            assert_never(question)


def _key(question: Question, labels: dict[str, str]) -> str:
    match question:
        case Recall() | Numeric():
            return _block(question.answers[0])
        case Choice():
            wrong = [option.why for option in question.options if option.why is not None]
            return _list("ul", [question.options[number].text for number in question.key], "right") + _list("ul", wrong)
        case Truth():
            return f"<p><strong>{_text(labels['true' if question.verdict else 'false'])}</strong></p>" + (
                "" if question.verdict else _block(question.correction)
            )
        case Cloze():
            return _statement(
                "".join(
                    f"<mark>{_inline(piece.answers[0])}</mark>" if isinstance(piece, Gap) else _text(piece)
                    for piece in question.pieces
                )
            )
        case Match():
            rows = (f"<li>{_inline(question.left[i])} → {_inline(question.right[j])}</li>" for i, j in question.pairs)
            return f"<ul>{''.join(rows)}</ul>"
        case Order():
            rows = (
                f"<li>{_inline(item)} — {_inline(value)}</li>"
                for item, value in zip(question.items, question.values, strict=True)
            )
            return f"<ol>{''.join(rows)}</ol>"
        case _:
            assert_never(question)


def _background(question: Question, labels: dict[str, str]) -> str:
    about = question.about
    asserted = about.by is not None and about.status is not Status.ESTABLISHED
    status = _filled(labels[f"status-{about.status.value}"], "by", about.by or "") if asserted else ""
    denied = _filled(labels["denied-by"], "denied", about.denied_by) if about.denied_by else ""
    note = _block(about.note) if about.note else ""
    source = _filled(labels["source"], "source", about.source) if about.source else ""
    return status + denied + note + source


def _filled(label: str, hole: str, text: str) -> str:
    return f"<p>{_text(label).replace(f'{{{hole}}}', _inline(text))}</p>"


def _list(tag: str, texts: tuple[str, ...] | list[str], kind: str = "shown") -> str:
    if not texts:
        return ""
    rows = "".join(f'<li dir="auto">{_text(text)}</li>' for text in texts)
    return f'<{tag} class="{kind}">{rows}</{tag}>'


def _statement(html: str) -> str:
    return f'<p class="statement" dir="auto">{html}</p>'


def _block(text: str) -> str:
    return f'<p dir="auto">{_text(text)}</p>'


def _inline(text: str) -> str:
    return f"<bdi>{_text(text)}</bdi>"


def _text(text: str) -> str:
    """`text` escaped, a carriage return too: a browser would read it as a new line."""
    return escape(text).replace("\r", "&#13;") if _SPECIAL.search(text) else text
