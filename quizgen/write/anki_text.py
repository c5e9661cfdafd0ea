"""The Anki text writer: notes as a table that Anki imports, and that a spreadsheet or a script can read.

The first lines say how it is to be read (docs.ankiweb.net/importing/text-files.html#file-headers). Each row has the
guid of the note in the package, so that both ways update the same note. It brings no note types, pictures or
schedule: who imports it has imported the package before.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.problems import Place, warning
from quizgen.write import Job, Written
from quizgen.write.anki import part_of
from quizgen.write.anki.models import NOTE_TYPES

_COLUMNS = ("GUID", "Note type", "Deck", "Tags")
_WIDEST = max(len(kind.fields) for kind in NOTE_TYPES.values())


def write(job: Job) -> Written:
    """The deck's notes as `<name>-anki.txt`; no file where something in it cannot be written."""
    part, problems, published = part_of(job)
    if part is None:
        return Written(files={}, problems=problems, published=published)
    if part.media:
        says = f"pictures are not in the text file for Anki: {len(part.media)}"
        remedy = "Learners who have imported the package have them."
        problems += (warning(Place(str(job.deck.file)), says, remedy),)
    names = {number: name for number, (name, _) in part.decks.items()}
    rows = [[note.guid, note.type.name, names[note.deck], " ".join(note.tags), *note.fields] for note in part.notes]
    lines = [*_headers(), *(_row(row) for row in rows)]
    files = {f"{job.name}-anki.txt": ("\n".join(lines) + "\n").encode()}
    return Written(files=files, problems=problems, published=published)


def _headers() -> Iterator[str]:
    """What Anki is told of the file. What is not told it takes from the import before."""
    fields = [f"Field {number}" for number in range(1, _WIDEST + 1)]
    yield from (
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:4",
    )
    yield from ("#if matches:update current", "#match scope:notetype")
    yield "#columns:" + "\t".join([*_COLUMNS, *fields])


def _row(cells: list[str]) -> str:
    """A row, each cell in quotes: Anki drops one that begins with # without them."""
    padded = [*cells, *[""] * (len(_COLUMNS) + _WIDEST - len(cells))]
    return "\t".join('"' + cell.replace('"', '""') + '"' for cell in padded)
