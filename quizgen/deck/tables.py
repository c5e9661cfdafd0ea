"""Tables: facts from a spreadsheet beside the deck, a row each, every cell with its place."""

from __future__ import annotations

from pathlib import Path

from quizgen.deck.common import COMMON, LISTS
from quizgen.deck.entries import Entries
from quizgen.deck.rows import Cell, Row, read_rows
from quizgen.deck.texts import Texts
from quizgen.kinds import Kind
from quizgen.problems import Problem, quoted
from quizgen.source.nodes import Map, Node, Seq, place_of
from quizgen.source.textfile import beside, decode

TABLE_KEYS = {
    "kind": "The kind of all facts in the table.",
    "file": "The table: a CSV (or TSV) file beside the deck.",
    "id": "The column that holds the ids, where it is not called `id`.",
}


def read_tables(deck: Map, folder: Path, shown: Path, entries: Entries, texts: Texts) -> None:
    """Add the rows of all tables of a deck to its entries. `shown` is how messages name the deck's folder."""
    node = deck.get("tables")
    if node is None:
        return
    if not isinstance(node, Seq):
        remedy = "Write `- {kind: element, file: elements.csv}` below it."
        texts.wrong(deck.place("tables"), "'tables' is a list of tables", remedy)
        return
    for table, spot in zip(node, node.at, strict=True):
        if isinstance(table, Map):
            _read_table(table, folder, shown, entries, texts)
        else:
            remedy = "Write `- {kind: element, file: elements.csv}`."
            texts.wrong(place_of(node.file, spot), "a table is a mapping with 'kind' and 'file'", remedy)


def _read_table(table: Map, folder: Path, shown: Path, entries: Entries, texts: Texts) -> None:
    texts.only(table, TABLE_KEYS, "a table")
    for key in ("kind", "file"):
        if key not in table:
            texts.wrong(table.own, f"'{key}' is missing in a table", "Write `{kind: element, file: elements.csv}`.")
    kind = _kind(table, entries, texts)
    name = texts.maybe(table, "file")
    if name is None:
        return
    data = beside(folder, name, table.place("file"))
    if isinstance(data, Problem):
        texts.problems.append(data)
        return
    file = str(shown / name)
    text, problems = decode(data, file, save_as="'CSV UTF-8'")
    texts.problems.extend(problems)
    if text is None or kind is None:
        return
    rows = read_rows(text, file, "\t" if name.lower().endswith(".tsv") else ",", texts.problems)
    before = len(texts.problems)
    header = next(rows, None)
    if header is None and len(texts.problems) > before:
        return
    if header is None:
        texts.wrong(
            place_of(file, 0), "the table is empty", "Its first row names the columns: id, and fields of the kind."
        )
        return
    columns = _Columns(table, kind, header, file, texts)
    for row in rows if columns.usable else ():
        columns.add(row, entries)


def _kind(table: Map, entries: Entries, texts: Texts) -> Kind | None:
    name = texts.maybe(table, "kind")
    if name is None:
        return None
    kind = entries.kinds.get(name)
    if kind is None and entries.kinds_are_whole:
        remedy = texts.nearest(name, entries.kinds, f"The kinds are {', '.join(entries.kinds)}.")
        texts.wrong(table.place("kind"), f"unknown kind {quoted(name)}", remedy)
    return kind


class _Columns:
    """The header of a table: which column holds what."""

    def __init__(self, table: Map, kind: Kind, header: Row, file: str, texts: Texts) -> None:
        self.id = "id"
        self.kind = kind
        self.file = file
        self.texts = texts
        self.names = [cell.text for cell in header]
        while self.names and not self.names[-1]:  # spreadsheets leave empty columns behind
            self.names.pop()
        self.lists = {name for name, field in kind.fields.items() if field.many}
        self.lists |= LISTS - kind.fields.keys()
        before = len(texts.problems)
        if len(self.names) == 1 and (";" in self.names[0] or "\t" in self.names[0]):
            remedy = "Save it with commas between the cells (a file that ends in .tsv: with tabs)."
            texts.wrong(
                place_of(file, header[0].spot), "the table has a single column: no commas part its cells", remedy
            )
        else:
            self.id = self._id_column(table)
            self._check(header)
        self.usable = len(texts.problems) == before

    def _id_column(self, table: Map) -> str:
        name = (self.texts.maybe(table, "id") if "id" in table else None) or "id"
        if name in self.names:
            return name
        if "id" in table:
            remedy = self.texts.nearest(name, self.names, f"The columns are {', '.join(filter(None, self.names))}.")
            self.texts.wrong(table.place("id"), f"the table has no column {quoted(name)}", remedy)
        else:
            remedy = "Add one, or name the column that holds the ids: `id: symbol`, beside `file`."
            self.texts.wrong(place_of(self.file, 0), "the table has no column 'id'", remedy)
        return name

    def _check(self, header: Row) -> None:
        known = [*self.kind.fields, *COMMON, self.id if self.id in self.names else "id"]
        for number, (name, cell) in enumerate(zip(self.names, header, strict=False)):
            place = place_of(self.file, cell.spot)
            if not name:
                self.texts.wrong(place, f"column {number + 1} has no name", "Name it, or remove it.")
            elif name in self.names[:number]:
                self.texts.wrong(place, f"{quoted(name)} heads two columns", "Remove one of them.")
            elif name not in known:
                remedy = self.texts.nearest(name, known, f"The columns may be {', '.join(dict.fromkeys(known))}.")
                self.texts.wrong(place, f"unknown column {quoted(name)} in a table of {self.kind.name}s", remedy)

    def add(self, row: Row, entries: Entries) -> None:
        """One row as an entry."""
        where = row[0].spot
        filled = [number for number, cell in enumerate(row) if cell.text]
        if not filled:
            return
        if filled[-1] >= len(self.names):
            says = f"{filled[-1] + 1} cells under {len(self.names)} headers"
            self.texts.wrong(place_of(self.file, where), says, "Put quotes around text with commas in it.")
            return
        cells = {self.names[number]: row[number] for number in filled}
        id_ = cells.get(self.id)
        if id_ is None:
            says = f"the row has no id: its cell under {quoted(self.id)} is empty"
            self.texts.wrong(place_of(self.file, where), says, "Write one, which no other fact has.")
            return
        if self.id not in self.kind.fields:
            del cells[self.id]
        node = Map.of(self.file, where, [(name, self._value(name, cell), cell.spot) for name, cell in cells.items()])
        entries.add(id_.text, node, self.file, id_.spot, self.kind)

    def _value(self, name: str, cell: Cell) -> Node:
        if name not in self.lists or ";" not in cell.text:
            return cell.text
        parts = [part.strip() for part in cell.text.split(";")]
        return Seq.of(self.file, cell.spot, [(part, cell.spot) for part in parts if part])
