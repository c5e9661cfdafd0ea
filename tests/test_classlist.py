"""Class lists: names as schools write them, in their order; whatever is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.classlist import read_class
from quizgen.language import read_language
from quizgen.problems import Level
from quizgen.templates import Templates

ENGLISH = read_language(Templates.found(), "en")[0]


def names_of(tmp_path: Path, data: str | bytes, name: str = "7b.csv") -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """The names of a list, and what is wrong with it: places and sentences."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    names, problems = read_class(path, ENGLISH)
    told = [(str(problem.place).removeprefix(f"{tmp_path}/"), problem.says) for problem in problems]
    assert all(problem.remedy for problem in problems)
    return tuple(pupil.name for pupil in names), told


LISTS = {
    "one name a line": ("list.txt", "Ann Lee\nBo Ek\n", ["Ann Lee", "Bo Ek"]),
    "a comma in a name": ("list.txt", "Lee, Ann\nEk, Bo\n", ["Lee, Ann", "Ek, Bo"]),
    "a header and blank lines": ("list.txt", "\ufeffNAMES\r\n\r\n  Ann\tLee \r\n\r\nBo Ek", ["Ann Lee", "Bo Ek"]),
    "the order of the list": ("list", "Zoë\nÅsa\nAnn\n", ["Zoë", "Åsa", "Ann"]),
    "one column": ("7b.csv", "Ann Lee\nBo Ek\n", ["Ann Lee", "Bo Ek"]),
    "one column with a header": ("7b.csv", "Name\nAnn Lee\n", ["Ann Lee"]),
    "quotes": ("7b.csv", 'name\n"Lee, Ann"\n"Bo ""Bobby"" Ek"\n', ["Lee, Ann", 'Bo "Bobby" Ek']),
    "one of several columns": ("7b.csv", "No;Name;Born\n1;Ann Lee;2011\n2;Bo Ek;2012\n", ["Ann Lee", "Bo Ek"]),
    "last and first names": ("7b.csv", "Last name,First name\nLee,Ann\nEk,Bo\n", ["Ann Lee", "Bo Ek"]),
    "a missing first name": ("7b.csv", "last,first\nLee,Ann\nEk,\n", ["Ann Lee", "Ek"]),
    "bars": ("7b.csv", "id|name\n1|Ann Lee\n", ["Ann Lee"]),
    "empty cells at the end": ("7b.csv", "name\nAnn Lee,,\n", ["Ann Lee"]),
    "tabs": ("7b.tsv", "id\tstudent\n1\tAnn Lee\n", ["Ann Lee"]),
    "a name over two lines": ("7b.csv", 'name\n"Ann\nLee"\n', ["Ann Lee"]),
    "what a spreadsheet would run": ("7b.csv", "name\n=1+1\n@SUM(A1)\n", ["=1+1", "@SUM(A1)"]),
    "markup and paths": ("list.txt", "<b>Ann</b>\n../../etc/passwd", ["<b>Ann</b>", "../../etc/passwd"]),
    "other scripts": ("list.txt", "مریم\nשרה", ["مریم", "שרה"]),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_is_read_as_it_was_meant(case: str, tmp_path: Path) -> None:
    name, text, expected = LISTS[case]

    assert names_of(tmp_path, text, name) == (tuple(expected), [])


WRONG = {
    "no UTF-8": ("7b.csv", b"name\nAnn\nZo\xeb\n", "7b.csv:3:3", "the byte 0xEB is not UTF-8"),
    "UTF-16": ("7b.csv", "name\n".encode("utf-16"), "7b.csv:1:1", "the file is UTF-16, not UTF-8 text"),
    "a spreadsheet": ("7b.csv", b"PK\x03\x04...", "7b.csv:1:1", "the file is a zip file (or a spreadsheet or document"),
    "a web page": ("7b.txt", b"<html>", "7b.txt:1:1", "the file is a web page"),
    "a control character": ("7b.txt", b"Ann\nBo\x07 Ek", "7b.txt:2:3", "the character U+0007 cannot stand in a class"),
    "a comma without quotes": (
        "7b.csv",
        b"name\nLee, Ann",
        "7b.csv:2:5",
        "this row goes on where the header ends, after 1 column",
    ),
    "two names": (
        "7b.csv",
        b"name,x,student\nAnn,1,Bo",
        "7b.csv:1:8",
        "'student' heads a second column of names, after 'name'",
    ),
    "no end": (
        "7b.csv",
        b"name\n" + b"x" * 30_000,
        "7b.csv:2:1",
        "a text of 30,000 characters; at most 20,000 are",
    ),
    "no header": ("7b.csv", b"1,Ann\n2,Bo", "7b.csv:1:1", "this list has 2 columns, and no header says which of them"),
    "no name": ("7b.txt", b"\n\n", "7b.txt:1:1", "there is no name in this list"),
    "nothing at all": ("7b.csv", b"", "7b.csv:1:1", "there is no name in this list"),
    "only a header": ("7b.csv", b"name\n", "7b.csv:1:1", "there is no name in this list"),
    "a novel": ("7b.txt", b"Ann\n" + b"x" * 200, "7b.txt:2:1", "a name of 200 characters; at most 100 are printed"),
    "a crowd": ("7b.txt", b"\n".join(b"P%d" % n for n in range(1200)), "7b.txt:1001:1", "1,200 names; at most 1,000"),
    "an open quote": ("7b.csv", b'name\n"Ann\nBo', "7b.csv:2:1", "the quote that opens here is never closed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_read_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    name, data, where, says = WRONG[case]

    names, told = names_of(tmp_path, data, name)

    assert names == ()
    assert [(place, text[: len(says)]) for place, text in told] == [(where, says)]


def test_a_name_that_stands_twice_and_a_row_without_one_are_told(tmp_path: Path) -> None:
    path = tmp_path / "7b.csv"
    path.write_text("no,name\n1,Ann Lee\n2,\n3,ANN  LEE\n", encoding="utf-8")

    names, problems = read_class(path, ENGLISH)

    assert [(pupil.name, pupil.place.line, pupil.place.column) for pupil in names] == [
        ("Ann Lee", 2, 3),
        ("ANN LEE", 4, 3),
    ]
    assert [(problem.place.line, problem.place.column, problem.level, problem.says) for problem in problems] == [
        (3, 1, Level.WARNING, "there is no name in this row"),
        (4, 3, Level.WARNING, "'ANN LEE' stands here again; first on line 2"),
    ]


@pytest.mark.parametrize("what", ["absent", "folder"])
def test_a_list_that_is_no_file_is_one_problem(what: str, tmp_path: Path) -> None:
    path = tmp_path / "7b.csv"
    if what == "folder":
        path.mkdir()

    names, [problem] = read_class(path, ENGLISH)

    assert names == ()
    assert problem.says == {"absent": "there is no file '7b.csv'", "folder": "'7b.csv' is a folder, not a file"}[what]
