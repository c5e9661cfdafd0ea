"""YAML as located text: what is read, where it stands, and how its mistakes are told."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import source
from quizgen.problems import Level, Place, Problem, render, visible
from quizgen.source import parse_yaml, read_yaml
from quizgen.source.nodes import Map, Node, Seq
from quizgen.source.textfile import FORBIDDEN

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers that PyYAML may have."""
    if request.param == "pure":
        monkeypatch.setattr(source, "_Parser", source._PureParser)
    return str(request.param)


def read(text: str | bytes) -> tuple[Node, tuple[Problem, ...]]:
    return parse_yaml(text.encode() if isinstance(text, str) else text, "d.yaml")


def sound(text: str) -> Map:
    node, problems = read(text)
    assert problems == ()
    assert isinstance(node, Map)
    return node


# ---- what is read ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "written",
    [
        "no",
        "12:30",
        "1.10",
        "012",
        "1_000",
        "1979-02-30",
        "~",
        "null",
        "=",
        "1e999",
        ".nan",
        "0x1F",
        "True",
        "9" * 5000,
    ],
)
def test_every_scalar_stays_the_text_that_was_written(written: str) -> None:
    assert sound(f"a: {written}\n")["a"] == written


@pytest.mark.usefixtures("parser")
def test_a_key_without_a_value_differs_from_an_empty_text() -> None:
    assert sound("a:\nb: ''\n") == {"a": None, "b": ""}


@pytest.mark.usefixtures("parser")
def test_every_key_and_value_knows_its_place() -> None:
    node = sound("a: b\nlist:\n  - x\n  - {k: v}\n")
    assert (node.own, node.key_place("a"), node.place("a")) == (at(1, 1), at(1, 1), at(1, 4))
    members = node["list"]
    assert isinstance(members, Seq)
    assert (members.own, members.place(0), members.place(1)) == (at(3, 3), at(3, 5), at(4, 5))
    inner = members[1]
    assert isinstance(inner, Map)
    assert (inner.own, inner.key_place("k"), inner.place("k")) == (at(4, 5), at(4, 6), at(4, 9))


def at(line: int, column: int) -> Place:
    return Place("d.yaml", line, column)


@pytest.mark.usefixtures("parser")
def test_columns_count_characters_not_bytes() -> None:
    assert sound("{é: 好, 👩‍👧: x}\n").place("👩‍👧") == at(1, 13)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_all_systems_count_alike(end: str) -> None:
    node, problems = read(f"a: x{end}b: *y{end}".encode())
    assert isinstance(node, Map)
    assert [problem.place for problem in problems] == [at(2, 4)]


@pytest.mark.usefixtures("parser")
def test_a_line_within_a_text_ends_alike_whatever_was_written() -> None:
    assert sound('a: "b\\r\\nc\\rd\\ne"\n') == {"a": "b\nc\nd\ne"}


@pytest.mark.usefixtures("parser")
def test_a_byte_order_mark_counts_as_nothing() -> None:
    node, problems = read(b"\xef\xbb\xbfa: b\n")
    assert isinstance(node, Map)
    assert problems == ()
    assert node.place("a") == at(1, 4)


TEXT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda char: not FORBIDDEN.match(char) and char != "\r"),
    max_size=40,
)
KEY = st.text("abcdefghijk-_0123", min_size=1, max_size=8)
NODES = st.recursive(
    TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4), max_leaves=20
)


@given(st.dictionaries(KEY, NODES, max_size=5))
def test_json_without_escapes_reads_as_itself(value: dict[str, object]) -> None:
    written = json.dumps(value, ensure_ascii=False)
    node, problems = parse_yaml(written.encode(), "d.json")
    assert not [problem for problem in problems if problem.level is Level.ERROR]
    assert node == value


@given(st.dictionaries(KEY, NODES, max_size=5))
def test_every_place_is_where_the_value_begins(value: dict[str, object]) -> None:
    written = json.dumps(value, ensure_ascii=False, indent=1)
    node, _ = parse_yaml(written.encode(), "d.json")
    lines = written.split("\n")
    for place, begins in places(node):
        assert lines[place.line - 1][place.column - 1 :].startswith(begins)


def places(node: Node) -> Iterator[tuple[Place, str]]:
    if isinstance(node, Map):
        yield node.own, "{"
        for key in node:
            yield node.key_place(key), json.dumps(key)
            if isinstance(node[key], str):
                yield node.place(key), '"'
            yield from places(node[key])
    elif isinstance(node, Seq):
        yield node.own, "["
        for member in node:
            yield from places(member)


# ---- what is told ---------------------------------------------------------------------------------------------------

TOLD = [  # what is written, where the mistake is told, what is said of it, the remedy (pieces of both)
    ("a: Paris: the capital\n", 1, 9, "': '", "quotes"),
    ("a: x\n   b: y\n", 2, 4, "indentation", "Indent"),
    ("f:\n  a: x\n    b: y\n", 3, 5, "indentation", "Indent"),
    ("f:\n    a: x\n  b: y\n", 3, 3, "indentation", "Indent"),
    ("a:\n - b\n c\n", 3, 2, "'c' is neither", "indent"),
    ("a: |\n   x\n  y\nb: c\n", 3, 3, "indentation", "Indent"),
    ("a:\n\tb: c\n", 2, 1, "tab", "spaces"),
    ("a: b\n\tc: d\n", 2, 1, "tab", "spaces"),
    ("a: - b\n", 1, 4, "list", "line of its own"),
    ("a:\n- b\n-c\n", 3, 1, "space is missing after '-'", "- "),
    ("a: b\n- c\n", 2, 1, "list item", "Indent"),
    ("a:b\nc: d\n", 1, 2, "space is missing after ':'", "a: ..."),
    ("a: 'it's good'\nb: c\n", 1, 8, "ends before 's good''", "apostrophe"),
    ('a: "He said "no" to"\nb: c\n', 1, 14, "ends before", "single quotes"),
    ('a: "x\nb: y\nc: z\n', 1, 4, "never closed", "Close"),
    ("a: 'x\nb: y\nc: z\n", 1, 4, "never closed", "Close"),
    ('a: "x\nb: "y"\nc: z\n', 1, 4, "closed only on line 2", "Close"),
    ('a: "C:\\Users"\n', 1, 7, "'\\U'", "single quotes"),
    ('a: "x\\q"\n', 1, 6, "'\\q'", "double the backslash"),
    ("a: [b, c\nd: e\n", 1, 4, "'[' that opens here", "]"),
    ("a: {b: c\nd: e\n", 1, 4, "'{' that opens here", "}"),
    ("a: {b: [c, d}\ne: f\n", 1, 8, "missing at column 13", "quotes"),
    ("a: [b]c\n", 1, 7, "closed bracket", "quotes"),
    ("a: {b: c}}\n", 1, 10, "never opened", "quotes"),
    ("a: @b\n", 1, 4, "'@'", "quotes"),
    ("a: `b`\n", 1, 4, "'`'", "quotes"),
    ("a: %50\n", 1, 4, "'%'", "quotes"),
    ("a: ,b\n", 1, 4, "','", "quotes"),
    ("a: ]\n", 1, 4, "']'", "quotes"),
    ("a: |b\n", 1, 4, "'|'", "quotes"),
    ("a: ? b\n", 1, 4, "'? '", "quotes"),
    ("a: *b\n", 1, 4, "alias", "quotes"),
    ("a: *b c\nd: e\n", 1, 4, "alias", "quotes"),
    ("a: *Important* b\n", 1, 4, "'*'", "quotes"),
    ("a: &b c\n", 1, 4, "anchor", "quotes"),
    ("a: !b c\n", 1, 4, "tag", "quotes"),
    ("a: !!binary b\n", 1, 4, "tag", "quotes"),
    ("<<: b\n", 1, 1, "merge keys", "Write the keys out"),
    ("a: b\na: c\n", 2, 1, "'a' stands twice; the first is on line 1", "Remove"),
    ("{a: b}: c\n", 1, 1, "a key must be text", "quotes"),
    ("? [a]\n: b\n", 1, 3, "a key must be text", "quotes"),
    ("a: {{b}}\n", 1, 5, "a key must be text", "quotes"),
    (": b\n", 1, 1, "a key is missing", "quotes"),
    ("a: b\n---\nc: d\n", 2, 1, "second document", "two files"),
    ("%YAML 1.2\n---\na: b\n", 1, 1, "directives", "Remove"),
    ("# c\n\n%FOO x\n---\na: b\n", 3, 1, "directives", "Remove"),
    ("a: b\n<<<<<<< ours\nc: d\n=======\nc: e\n>>>>>>> theirs\n", 2, 1, "conflict", "Choose"),
    ("# nothing\n", 1, 1, "nothing in this file", ""),
    ("", 1, 1, "nothing in this file", ""),
    ("---\n", 1, 1, "nothing in this file", ""),
    ("a: \x07\n", 1, 4, "U+0007", "Remove"),
    ("a: x\u2028y\n", 1, 5, "U+2028", "Remove"),
    ("a: x\n\u0085b: y\n", 2, 1, "U+0085", "Remove"),
    ('a: "\\x1b"\n', 1, 4, "U+001B", "escape"),
    ('a: "\\u2028"\n', 1, 4, "U+2028", "escape"),
    ("a: " + "x" * 20_001 + "\n", 1, 4, "20,001 characters", "shorter"),
    ("k" * 201 + ": x\n", 1, 1, "201 characters", "shorter"),
    ("k" * 2000 + ": x\n", 1, 1, "long", "A key"),
    ("a: " + "[" * 500, 1, 35, "nested", "quotes"),
    ("- " * 5_000, 1, 65, "nested", "quotes"),
    ("<!DOCTYPE html><html></html>", 1, 1, "web page", "UTF-8"),
    ("<?xml version='1.0'?><a/>", 1, 1, "XML", "UTF-8"),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("written, line, column, says, remedy", TOLD, ids=[repr(told[0][:24]) for told in TOLD])
def test_a_mistake_is_told_where_it_was_made(written: str, line: int, column: int, says: str, remedy: str) -> None:
    _, problems = read(written)
    assert problems, "nothing was told"
    first = problems[0]
    assert (first.place.line, first.place.column) == (line, column)
    assert says in first.says
    assert remedy in first.remedy


BYTES = [
    (b"a: caf\xe9\n", 1, 7, "0xE9"),
    ("a: é\nb: ".encode() + b"\xed\xa0\x80", 2, 4, "0xED"),
    ("a: b\n".encode("utf-16"), 1, 1, "UTF-16"),
    (b"PK\x03\x04rest", 1, 1, "zip"),
    (b"%PDF-1.7\n", 1, 1, "PDF"),
    (b"\x1f\x8b\x08", 1, 1, "compressed"),
]


@pytest.mark.parametrize("data, line, column, says", BYTES)
def test_what_is_not_utf_8_is_told_at_its_byte(data: bytes, line: int, column: int, says: str) -> None:
    node, problems = read(data)
    assert node is None
    assert [(problem.place.line, problem.place.column) for problem in problems] == [(line, column)]
    assert says in problems[0].says


@pytest.mark.usefixtures("parser")
def test_a_comment_that_cuts_a_text_is_a_warning_and_a_real_comment_is_none() -> None:
    node, problems = read("a: the #1 city\nb: 1994 # about\nc: x #!\nd: 'the #1'\ne: #x\n")
    assert node == {"a": "the", "b": "1994", "c": "x", "d": "the #1", "e": None}
    assert [(problem.place, problem.level) for problem in problems] == [
        (at(1, 8), Level.WARNING),
        (at(5, 4), Level.WARNING),
    ]


@pytest.mark.usefixtures("parser")
def test_a_comment_that_breaks_a_text_over_lines_is_told_once_as_the_cause() -> None:
    _, problems = read("a: some #1 text\n  goes on\nb: c\n")
    assert [(problem.place, problem.level) for problem in problems] == [(at(1, 9), Level.ERROR)]


@pytest.mark.usefixtures("parser")
def test_reading_goes_on_after_a_value_that_is_refused() -> None:
    node, problems = read('a: *x\nb: !y z\nc: "\\0"\nd: d\nd: e\n[f]: g\nh: h\n')
    assert node == {"a": "\ufffd", "b": "z", "c": "\ufffd", "d": "d", "h": "h"}
    assert [problem.place.line for problem in problems] == [1, 2, 3, 5, 6]


def test_many_problems_end_in_reasonable_time() -> None:
    start = time.process_time()
    _, problems = read("a: [" + "*x," * 300_000 + "]\n")
    assert len(problems) == source.MAX_PROBLEMS + 1
    assert "the rest of the file is not read" in problems[-1].says
    assert time.process_time() - start < 2


@pytest.mark.usefixtures("parser")
def test_a_warning_within_a_key_that_is_no_text_hides_no_error() -> None:
    _, problems = read("? [a #x\n]\n: b\n")
    assert [(problem.place, problem.level) for problem in problems] == [
        (at(1, 3), Level.ERROR),
        (at(1, 6), Level.WARNING),
    ]


@pytest.mark.usefixtures("parser")
def test_a_bomb_of_brackets_is_refused_at_once() -> None:
    """200,000 of them kill the process in PyYAML's own loader."""
    start = time.process_time()
    node, (problem,) = read("a: " + "[" * 200_000)
    assert node is None
    assert "nested" in problem.says
    assert problem.place.line == 1
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "text", ["a: b" + " " * 500_000 + "c\n", "\n" * 500_000 + "a: b\n", "a:" + " " * 500_000 + "@"]
)
def test_endless_blanks_take_no_endless_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 1


def test_libyaml_never_speaks_to_the_user() -> None:
    """Of all words that libyaml has for mistakes, none reaches a message."""
    jargon = ("expected", "token", "scalar", "block mapping", "flow", "context", "simple key", "document start")
    for written, *_ in TOLD:
        for problem in read(written)[1]:
            assert not [word for word in jargon if word in (problem.says + problem.remedy).lower()], written


# ---- files ----------------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "no.yaml", "there is no file 'no.yaml'"), (tmp_path, "is a folder")):
        node, (problem,) = read_yaml(path)
        assert node is None
        assert says in problem.says


def test_messages_name_the_file_as_they_are_told_to(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("a: *x\n")
    assert [problem.place for problem in read_yaml(path, "mine.yaml")[1]] == [Place("mine.yaml", 1, 4)]


# ---- anything at all ------------------------------------------------------------------------------------------------


def test_no_damage_to_a_deck_makes_reading_fail_or_linger() -> None:
    """Bytes of the corpus, damaged in 4,000 ways: always an answer, its places within the file, its text printable."""
    dice = random.Random(20)  # noqa: S311 - not for secrets
    seeds = [path.read_bytes() for path in sorted(CORPUS.glob("*/*.yaml")) if path.stat().st_size < 5_000]
    assert len(seeds) > 100
    for _ in range(4_000):
        data = damaged(dice.choice(seeds), dice)
        start = time.process_time()
        _, problems = parse_yaml(data, "d.yaml")
        assert time.process_time() - start < 1, data
        lines = data.count(b"\n") + data.count(b"\r") + 1
        for problem in problems:
            assert 1 <= problem.place.line <= lines, data
            text = render(problem)
            assert visible(text.replace("\n", ""), len(text)) == text.replace("\n", ""), data


def damaged(data: bytes, dice: random.Random) -> bytes:
    pieces = [
        b"[",
        b"{",
        b"}",
        b"]",
        b'"',
        b"'",
        b": ",
        b"- ",
        b"\n",
        b"  ",
        b"\t",
        b"#x",
        b"&a ",
        b"*a",
        b"!t ",
        b"|",
        b"\\",
    ]
    for _ in range(dice.randint(1, 4)):
        spot = dice.randrange(len(data) + 1)
        match dice.randrange(4):
            case 0:
                data = data[:spot] + dice.choice(pieces) + data[spot:]
            case 1:
                data = data[:spot] + data[spot + dice.randint(1, 5) :]
            case 2:
                data = data[:spot] + bytes([dice.randrange(256)]) + data[spot:]
            case _:
                end = spot + dice.randint(1, 40)
                data = data[:end] + data[spot:end] + data[end:]
    return data
