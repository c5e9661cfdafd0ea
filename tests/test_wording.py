"""Wording: the little language of prompts."""

from __future__ import annotations

import pytest

from quizgen.wording import Hole, Malformed, Pieces, Shown, fill, parse, plain

VALUES = {"event": "The Taliban capture Kabul", "when": "1996", "question": "Who won?"}


def value_of(hole: Hole) -> Pieces | None:
    text = VALUES.get(hole.field)
    return None if text is None else (Shown(hole.field, text),)


@pytest.mark.parametrize(
    "written, expected",
    [
        ("{event} ({when}).", "The Taliban capture Kabul (1996)."),
        ("{event}[ in {where}].", "The Taliban capture Kabul."),
        ("{event}[ in {when}].", "The Taliban capture Kabul in 1996."),
        ("{{{event}}} [[1]]", "{The Taliban capture Kabul} [1]"),
        ("{question}.", "Who won?"),
        ("no hole", "no hole"),
    ],
)
def test_a_template_is_filled(written: str, expected: str) -> None:
    pieces = fill(parse(written), value_of)
    assert pieces is not None
    assert plain(pieces) == expected


def test_a_field_that_must_be_there_and_is_not_leaves_no_text() -> None:
    assert fill(parse("{event} in {where}."), value_of) is None


@pytest.mark.parametrize(
    "written", ["{event", "event}", "[{event}", "{event}]", "[nothing]", "[a [b {event}]]", "{a{b}}"]
)
def test_a_broken_template_is_refused(written: str) -> None:
    with pytest.raises(Malformed):
        parse(written)


@pytest.mark.parametrize("written", ["{event.__class__}", "{event!r}", "{0}", "{event:>10}"])
def test_nothing_is_evaluated(written: str) -> None:
    pieces = fill(parse(written), value_of)
    assert pieces is None or "class" not in plain(pieces)
