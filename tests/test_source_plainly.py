"""Facts read by lines mean what libyaml's events make of them: the same texts and places, or the same messages."""

from __future__ import annotations

from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import source
from quizgen.problems import Problem
from quizgen.source import parse_yaml
from quizgen.source.nodes import Lined, Map, Node, Seq
from tests.mutating import mutated

ROOT = Path(__file__).parents[1]
DECKS = [path.read_bytes() for path in sorted(ROOT.glob("decks/**/*.yaml")) if b"\nfacts:\n" in path.read_bytes()]

Read = tuple[object, tuple[Problem, ...]]


def by_events(text: bytes) -> Read:
    """What the reference makes of a text, with the place of everything."""
    with patch.object(source, "read_plainly", lambda *_: None):
        return in_full(text)


def in_full(text: bytes) -> Read:
    node, problems = parse_yaml(text, "d.yaml")
    return located(node), problems


def located(node: Node) -> object:
    """A node with the places of all that is in it."""
    if isinstance(node, Map):
        members = [(key, node.key_place(key), node.place(key), located(value)) for key, value in node.items()]
        return node.own, node.file, members
    if isinstance(node, Seq):
        return node.own, node.file, [(node.place(index), located(member)) for index, member in enumerate(node)]
    return node


def read_by_lines(node: Node) -> list[str]:
    """The facts that were read by lines."""
    facts = node.get("facts") if isinstance(node, Map) else None
    return [id_ for id_, fact in facts.items() if isinstance(fact, Lined)] if isinstance(facts, Map) else []


def plain(text: str) -> list[str]:
    return read_by_lines(parse_yaml(text.encode(), "d.yaml")[0])


# ---- any text -------------------------------------------------------------------------------------------------------

# What surrounds plain facts, and what makes a fact another than it looks.
LINES = st.sampled_from(
    [
        *("  a:", "  b:", "  c:", "  d:", "  é-1:", "    k: v", "    k: v", "    l: some text", "    m: 1994-05-12"),
        *("    n: [x, 'y: z', \"w\"]", "    o: 'it is'", '    p: "so"', "    q: 12:30 and a#b", "    r: -43", "", ""),
        *("    k: v ", "    k:  v", "    k: it's", "    k: a: b", "    k: v # note", "    k: the #1", "    k: 'open"),
        *("    k: |", "    k: |+", "    k: >-", "    k: [x,", "    k: {x: y}", "    k: [x, y: z]", "    k: [a?b, -]"),
        *(
            "      text",
            "      more: text",
            "   k: v",
            "      k: v",
            " k: v",
            "  text",
            "k: v",
            "tables:",
            "]",
            "}",
            "'",
        ),
        *(
            "    k: close'",
            '    k: close"',
            '  e: close"',
            "  - x",
            "    - x",
            "    k:",
            "    k: ''",
            "    ? k",
            "    : v",
        ),
        *("# comment", "  # comment", "    # comment", "    k: &x v", "    k: *x", "    k: !t v", "  {f: {k: v}}"),
        *(
            "  f: {k: v, l: w}",
            "  g: text",
            "  |",
            "  {",
            "  'h':",
            "---",
            "...",
            "%YAML 1.2",
            "facts:",
            "\tk: v",
            "    k:\tv",
        ),
        *(
            "    k: \ufeffv",
            "    k: v\ufeff",
            "    k: ,x",
            "    k: \u00a0v",
            "    k: v\u00a0",
            "    k: a\tb",
            "    k: - x",
        ),
        *(
            "    k: 'a' b",
            "    k: [x] y",
            "    k: [x , y]",
            "    k: [x,y]",
            "    k: [ x]",
            "    k: ['a''b']",
            '    k: "\\n"',
        ),
    ]
)
HEADS = st.sampled_from(
    ["deck: x\n", "deck: x\n", 'deck: "x\n', "deck: |\n", "deck: |+\n  x\n\n", "{deck: x,\n", "--- |\n", "- x\n"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A deck with facts, most of them plain, and lines of any sort between."""
    out = [draw(HEADS), "facts:\n"]
    for number in range(draw(st.integers(1, 5))):
        if draw(st.integers(0, 2)):
            out.append(f"  fact-{number}:\n    k: some text\n    l: [x, 'y: z']\n")
        out += [line + "\n" for line in draw(st.lists(LINES, max_size=4))]
    return "".join(out) + draw(st.sampled_from(["", "", "tables: x\n", "\n\n# end", "  z:\n    k: v"]))


@given(texts())
def test_a_text_of_any_lines_means_what_events_make_of_it(text: str) -> None:
    assert in_full(text.encode()) == by_events(text.encode())


@given(st.integers(0, 1 << 32))
def test_a_damaged_deck_means_what_events_make_of_it(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - not for secrets
    data = mutated(chance.choice(DECKS), chance, DECKS)
    assert in_full(data) == by_events(data)


def test_the_shipped_decks_mean_the_same_and_many_facts_are_plain() -> None:
    found = 0
    for data in DECKS:
        assert in_full(data) == by_events(data)
        found += len(read_by_lines(parse_yaml(data, "d.yaml")[0]))
    assert found > 20


# ---- what is plain --------------------------------------------------------------------------------------------------

HEAD = "deck: x\nfacts:\n"


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "some text",
        "12:30",
        "a#b",
        "-43",
        "it's",
        "AT&T, 50% (or so)",
        "好",
        "'a: b'",
        '"a # b"',
        "''",
        "[x, 'y: z']",
    ],
)
def test_a_plain_value_is_read_by_lines(value: str) -> None:
    assert plain(f"{HEAD}  a:\n    k: {value}\n") == ["a"]


@pytest.mark.parametrize(
    "value",
    ["", "a: b", "a #b", "a # b", "'a''b'", '"\\n"', "{x: y}", "[[x]]", "|", ">", "&x a", "*x", "!x a", "- x", "a:"],
)
def test_any_other_is_left_to_events(value: str) -> None:
    text = f"{HEAD}  a:\n    k: {value}\n  b:\n    k: v\n"
    assert "a" not in plain(text)
    assert in_full(text.encode()) == by_events(text.encode())


def test_one_fact_of_another_sort_leaves_those_around_it_plain() -> None:
    facts = (
        "  a:\n    k: v\n\n  # so\n  b: {k: 'x\n    y'}\n  c:\n    k: v\n  d:\n    k: |\n      t\n\n  e:\n    k: v\n"
    )
    text = f"{HEAD}{facts}tables: x\n"
    assert plain(text) == ["a", "c", "e"]
    assert in_full(text.encode()) == by_events(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        'deck: x\nfacts:\n  a: {x: "foo\n  b:\n    k: v\n  c: d"}\n',  # all of it within quotes
        "deck: x\nfacts:\n  a: {x: 1,\n  b:\n    k: v\n  c: d}\n",  # within brackets
        "deck: x\nfacts:\n  {a: 1,\n  b:\n    k: v\n  c: d}\n",
        'deck: "x\nfacts:\n  a:\n    k: v\n"\n',
        "--- |\nfacts:\n  a:\n    k: v\n",
        "deck: x\nfacts:\n  |\n  a:\n    k: v\n",  # a text
        "deck: x\nfacts:\n  a: |+\n    t\n  b:\n    k: v\n\n  c: d\n",  # a text to which the lines after it belong
        "deck: x\nfacts:\n  a:\n    ? k\n  b:\n    k: v\n",  # a key whose value would stand where the next key does
        "deck: x\nfacts:\n  a:\n    k: v\n# so\n    l: w\n",  # a fact that goes on
        "deck: x\nfacts:\n  a:\n    k: v\n  a:\n    k: v\n",
        "deck: x\nfacts:\n  a:\n    k: v\n    k: w\n",
        "deck: x\nfacts:\n  a:\n    k: v\n b: {k: v}\n",
        "deck: x\nfacts:\n  a:\n    k: v\n...\n",
        "deck: x\nfacts:\n  a:\n    k: v\nfacts:\n  b:\n    k: v\n",
        "deck: x\nfacts:\n  text\n  a:\n    k: v\n",
    ],
)
def test_what_only_looks_like_plain_facts_is_none(text: str) -> None:
    assert in_full(text.encode()) == by_events(text.encode())


def test_line_by_line_every_place_is_told() -> None:
    root, _ = parse_yaml(f"{HEAD}  a:\n    key: v\n    list: [x, 'y: z']\n".encode(), "d.yaml")
    assert isinstance(root, Map) and isinstance(facts := root["facts"], Map) and isinstance(fact := facts["a"], Lined)
    assert str(facts.own) == "d.yaml:3:3" and str(fact.own) == "d.yaml:4:5"
    assert str(fact.key_place("list")) == "d.yaml:5:5" and str(fact.place("list")) == "d.yaml:5:11"
