"""Tables: facts from a spreadsheet beside the deck."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.deck.rows import read_rows
from quizgen.facts import Fact
from quizgen.problems import Problem
from quizgen.source.textfile import FORBIDDEN
from quizgen.values import Many, Text
from tests.reading import read, write_deck

DECK = """\
deck: Words
sources: {book: {title: A book}}
from: book
facts:
  weir: {term: weir, meaning: a low dam}
tables:
  - {kind: KIND, file: words.csv}
"""


def written(folder: Path, table: str | bytes, kind: str = "term", extra: str = "", name: str = "words.csv") -> Path:
    """A deck with that table beside it."""
    (folder / name).write_bytes(table.encode() if isinstance(table, str) else table)
    text = DECK.replace("KIND", kind).replace("words.csv", name).replace(".csv}", f".csv{extra}}}")
    return write_deck(folder, text)


def facts_of(path: Path) -> tuple[Fact, ...]:
    deck, problems = read(path)
    assert problems == ()
    assert deck is not None
    return deck.facts[1:]


def told(path: Path) -> list[tuple[str, int, int, str]]:
    _, problems = read(path)
    return [(Path(p.place.file).name, p.place.line, p.place.column, f"{p.says}. {p.remedy}") for p in problems]


# ---- what is read ---------------------------------------------------------------------------------------------------


def test_every_row_is_a_fact_at_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,term,meaning\nford,ford,a shallow place\nquay,quay,"a place, to land"\n')
    facts = facts_of(path)
    assert [(fact.id, fact.values["meaning"], fact.position) for fact in facts] == [
        ("ford", Text("a shallow place"), 1),
        ("quay", Text("a place, to land"), 2),
    ]
    assert [(Path(fact.place.file).name, fact.place.line, fact.place.column) for fact in facts] == [
        ("words.csv", 2, 1),
        ("words.csv", 3, 1),
    ]


def test_cells_of_lists_are_parted_by_semicolons_and_others_are_not(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "id,list,members,tags,also,note,ask\na,b; c,d; e;,f;g,h,i; j,cloze;which\n",
        "list",
    )
    (fact,) = facts_of(path)
    assert fact.values == {"list": Text("b; c"), "members": Many((Text("d"), Text("e")))}
    assert (fact.tags, fact.also, fact.note) == (("f", "g"), ("h",), "i; j")
    assert fact.only_ways == frozenset({"cloze", "which"})


def test_an_empty_cell_is_an_absent_field(tmp_path: Path) -> None:
    path = written(tmp_path, "id,event,when,where,note\na,b,1994,,\nc,d,1995,Sel,e\n", "event")
    assert [list(fact.values) for fact in facts_of(path)] == [["event", "when"], ["event", "when", "where"]]


def test_a_named_column_holds_the_ids_and_may_be_a_field_as_well(tmp_path: Path) -> None:
    path = written(tmp_path, "term,meaning\nford,a shallow place\n", extra=", id: term")
    (fact,) = facts_of(path)
    assert (fact.id, fact.values["term"]) == ("ford", Text("ford"))


def test_names_in_tables_and_in_the_deck_are_joined(tmp_path: Path) -> None:
    path = written(tmp_path, "id,person,role,also\nlind,Ada Lind,engineer,A. Lind\n", "person")
    path.write_text(path.read_text().replace("facts:", "facts:\n  q: {quote: Count twice, by: A. Lind}"))
    deck, _ = read(path)
    assert deck is not None
    assert [(name.text, name.also, name.id) for name in deck.facts[0].by] == [("Ada Lind", ("A. Lind",), "lind")]


@pytest.mark.parametrize(
    "table",
    [
        b"\xef\xbb\xbfid,term,meaning\r\nford,ford,a ford\r\n",
        b"id,term,meaning\rford,ford,a ford\r",
        b"id,term,meaning\nford,ford,a ford",
        b" id , term ,meaning\nford, ford ,  a ford  \n",
        b'"id","term","meaning"\n"ford", "ford" ,"a ford"\n',
        b"id,term,meaning,,\nford,ford,a ford,,\n,,,,\n\n",
        b"meaning,id,term\na ford,ford,ford\n",
    ],
)
def test_spreadsheets_of_all_programs_read_the_same(tmp_path: Path, table: bytes) -> None:
    (fact,) = facts_of(written(tmp_path, table))
    assert (fact.id, fact.values) == ("ford", {"term": Text("ford"), "meaning": Text("a ford")})


def test_a_file_that_ends_in_tsv_has_tabs(tmp_path: Path) -> None:
    (fact,) = facts_of(written(tmp_path, "id\tterm\tmeaning\na\tb\tc, d\n", name="words.tsv"))
    assert fact.values["meaning"] == Text("c, d")


def test_cells_that_a_spreadsheet_would_run_are_text(tmp_path: Path) -> None:
    (fact,) = facts_of(written(tmp_path, 'id,term,meaning\na,b,"=HYPERLINK(""x"",""y"")"\n'))
    assert fact.values["meaning"] == Text('=HYPERLINK("x","y")')


CELL = st.text(st.characters(exclude_categories=["Cs"]).filter(lambda char: not FORBIDDEN.match(char)), max_size=10)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_whatever_csv_writes_is_read_back_at_its_place(rows: list[list[str]], end: str) -> None:
    """The csv module of the standard library as the writer."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    problems: list[Problem] = []
    found = list(read_rows(stream.getvalue(), "t.csv", ",", problems))
    assert problems == []
    assert [[cell.text for cell in row] for row in found] == [[lines(cell).strip() for cell in row] for row in rows]


def lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text('ab,"\n\r \t;', max_size=40))
def test_no_table_makes_reading_fail_or_lose_its_way(text: str) -> None:
    problems: list[Problem] = []
    rows = list(read_rows(text, "t.csv", ",", problems))
    assert len(problems) <= 1
    if not problems:
        assert sum(len(row) for row in rows) >= 1 or not text


# ---- what is told ---------------------------------------------------------------------------------------------------

TOLD = [  # the table, and each message: line, column, pieces
    ("id,term,meaning,meaning\na,b,c,d\n", [(1, 17, "'meaning' heads two columns", "Remove")]),
    ("id,term,meanign\na,b,c\n", [(1, 9, "unknown column 'meanign' in a table of terms", "'meaning'")]),
    ("id;term;meaning\na;b;c\n", [(1, 1, "a single column", "commas")]),
    ("term,meaning\na,b\n", [(1, 1, "no column 'id'", "`id: symbol`")]),
    ("id,term,,meaning\na,b,c,d\n", [(1, 9, "column 3 has no name", "")]),
    ("id,term,meaning\na,b,c, d\n", [(2, 1, "4 cells under 3 headers", "quotes")]),
    ("id,term,meaning\n,b,c\n", [(2, 1, "no id", "")]),
    ("id,term,meaning\na,b\n", [(2, 1, "'meaning' is missing in a term", "")]),
    ('id,term,meaning\na,b,"c\nd"\ne,f\n', [(4, 1, "'meaning' is missing", "")]),
    ('id,term,meaning\na,b,"c\ne,f,g\n', [(2, 5, "never closed", "")]),
    ('id,term,meaning\na,b,"c" d\ne,f,g\n', [(2, 9, "text follows a closed quote", '""')]),
    ("id,term,meaning\nweir,b,c\n", [(2, 1, "'weir' stands twice; the first is at", "another id")]),
    ("id,term,meaning\na,b,c\nA,d,e\n", [(3, 1, "'a' (on line 2) and 'A' look the same", "")]),
    ("id,term,meaning\na b,b,c\n", [(2, 1, "the id 'a b' has a space", "'a-b'")]),
    ("id,term,meaning,status\na,b,c,alleged\n", [(2, 1, "'alleged' needs `by`", "")]),
    ("id,term,meaning,unlike\na,b,c,weir;wear\n", [(2, 7, "no fact 'wear'", "'weir'")]),
    ("id,term,meaning,as-of\na,b,c,soon\n", [(2, 7, "'soon' is not a date", "")]),
    (f"id,term,meaning\na,b,{'c' * 20_001}\n", [(2, 5, "20,001 characters", "")]),
    ("id,term,meaning\na,b,c\u2028\n", [(2, 6, "U+2028", "")]),
    ("", [(1, 1, "the table is empty", "first row")]),
    (b"id,term,meaning\na,b,caf\xe9\n", [(2, 8, "0xE9 is not UTF-8", "'CSV UTF-8'")]),
    ("id,term,meaning\na,b,c\n".encode("utf-16"), [(1, 1, "UTF-16", "'CSV UTF-8'")]),
    (b"PK\x03\x04", [(1, 1, "zip", "'CSV UTF-8'")]),
]


@pytest.mark.parametrize("table, expected", TOLD, ids=[repr(table[:30]) for table, _ in TOLD])
def test_mistakes_in_a_table_are_told_in_it(
    tmp_path: Path, table: str | bytes, expected: list[tuple[int, int, str, str]]
) -> None:
    found = told(written(tmp_path, table))
    assert [place for *place, _ in found] == [["words.csv", line, column] for line, column, _, _ in expected]
    for (*_, text), (_, _, says, remedy) in zip(found, expected, strict=True):
        assert says in text
        assert remedy in text


ENTRIES = [  # an entry of `tables`, and the message in the deck, on line 7: column, pieces
    ("{kind: trem, file: words.csv}", 12, "unknown kind 'trem'", "'term'"),
    ("{file: words.csv}", 5, "'kind' is missing", ""),
    ("{kind: term}", 5, "'file' is missing", ""),
    ("{kind: term, file: words.csv, idd: id}", 35, "unknown key 'idd' in a table", "'id'"),
    ("{kind: term, file: words.csv, id: symbol}", 39, "no column 'symbol'", "id, term, meaning"),
    ("{kind: term, file: none.csv}", 24, "there is no file 'none.csv' beside the deck", "beside"),
    ("{kind: term, file: .}", 24, "is a folder", ""),
    ("{kind: term, file: ../words.csv}", 24, "'../words.csv' is outside", "beside"),
    ("{kind: term, file: a/../../words.csv}", 24, "is outside", "beside"),
    ("{kind: term, file: /etc/passwd}", 24, "is outside", "beside"),
    ("{kind: term, file: 'C:\\words.csv'}", 24, "is outside", "beside"),
    ("{kind: term, file: 'file:///etc/passwd'}", 24, "is an address", "beside"),
    ("{kind: term, file: 'https://a.example/words.csv'}", 24, "is an address", "beside"),
    ("{kind: term, file: link.csv}", 24, "is a link that leads out", "beside"),
    ("{kind: term, file: folder/words.csv}", 24, "is a link that leads out", "beside"),
    ("{kind: term, file: loop.csv}", 24, "'loop.csv'", ""),
    ("{kind: term, file: pipe.csv}", 24, "'pipe.csv' is not a file that can be read", ""),
    ("words.csv", 5, "a table is a mapping", ""),
]


@pytest.mark.parametrize("entry, column, says, remedy", ENTRIES, ids=[entry for entry, *_ in ENTRIES])
def test_mistakes_about_a_table_are_told_in_the_deck(
    tmp_path: Path, entry: str, column: int, says: str, remedy: str
) -> None:
    (tmp_path / "words.csv").write_text("id,term,meaning\nhidden,xyzzy,plugh\n")
    folder = tmp_path / "deck"
    path = written(folder_made(folder), "id,term,meaning\na,b,c\n")
    (folder / "link.csv").symlink_to(tmp_path / "words.csv")
    (folder / "folder").symlink_to(tmp_path)
    (folder / "loop.csv").symlink_to("loop.csv")
    os.mkfifo(folder / "pipe.csv")
    path.write_text(path.read_text().replace("{kind: term, file: words.csv}", entry))
    ((file, line, at, text),) = told(path)
    assert (file, line, at) == ("ombria.yaml", 7, column)
    assert says in text
    assert remedy in text
    assert "xyzzy" not in text


def folder_made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_tables_that_are_no_list_are_told(tmp_path: Path) -> None:
    path = write_deck(tmp_path, DECK.replace("- {kind: KIND", "{kind: term"))
    ((_, line, column, text),) = told(path)
    assert (line, column) == (7, 3)
    assert "'tables' is a list" in text


def test_a_deck_of_tables_alone_is_a_deck(tmp_path: Path) -> None:
    path = written(tmp_path, "id,term,meaning\na,b,c\n")
    path.write_text(path.read_text().replace("facts:\n  weir: {term: weir, meaning: a low dam}\n", ""))
    deck, problems = read(path)
    assert problems == ()
    assert deck is not None
    assert [fact.id for fact in deck.facts] == ["a"]


def test_a_deck_of_an_empty_table_has_no_facts(tmp_path: Path) -> None:
    path = written(tmp_path, "id,term,meaning\n")
    path.write_text(path.read_text().replace("  weir: {term: weir, meaning: a low dam}\n", ""))
    ((file, line, column, text),) = told(path)
    assert (file, line, column) == ("ombria.yaml", 4, 1)
    assert "no facts" in text
