"""Telling: a difference in plain words, for the author on a terminal, and for learners as release notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from quizgen.apkg import PackedNote
from quizgen.columns import safe
from quizgen.diff.compare import WITHDRAWN, Change, Difference, Update
from quizgen.diff.texts import lines_of

_ASKING = ("Statement", "Text", "Prompt")  # fields of quizgen's note types that tell a card best
_INNER = re.compile(r"Id|Spare\d")  # fields that nobody sees
_TOLD = 200  # notes of a kind that are told one by one


def title_of(note: PackedNote) -> str:
    """What a note asks, in one line; of a stranger's note its first field that says something."""
    fields = dict(note.named)
    chosen = [fields[name] for name in _ASKING if fields.get(name)] if "Id" in fields else []
    lines = next((lines for text in (*chosen, *note.fields) if (lines := lines_of(text))), ("(nothing)",))
    return safe(" ".join(lines))


def _name(note: PackedNote) -> str:
    """The deck's own name for it, `fact/way`, where it is ours."""
    fields = dict(note.named)
    return fields.get("Id", "").partition("/")[2]


def _seen(changes: Iterable[Change]) -> list[Change]:
    return [change for change in changes if not _INNER.fullmatch(change.field)]


def _several(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


# ---- plain ---------------------------------------------------------------------------------------------------------


def plain(difference: Difference) -> str:
    """All of a difference as lines for a terminal."""
    lines: list[str] = []
    for heading, notes in (("new", difference.new), ("left out, and stay as they are", difference.left_out)):
        if notes:
            lines += [f"{heading}: {len(notes):,}", *_listed(notes)]
    if difference.updated:
        lines.append(f"updated: {len(difference.updated):,}")
        lines += [line for update in difference.updated[:_TOLD] for line in _plain_update(update)]
        lines += _rest(difference.updated)
    if difference.retired:
        lines.append(f"retired: {len(difference.retired):,}")
        for update in difference.retired[:_TOLD]:
            lines += [f"  {_label(update.old)}", f"      {title_of(update.note)}"]
        lines += _rest(difference.retired)
    if difference.refused:
        lines += [f"not taken by Anki: {len(difference.refused):,}", *_listed(difference.refused)]
    if difference.looks:
        lines.append(f"another look: {', '.join(map(safe, difference.looks))}")
    lines.append(f"untouched: {difference.untouched:,}")
    return "\n".join(lines) + "\n"


def _label(note: PackedNote) -> str:
    name = _name(note)
    return f"{safe(name)}: {title_of(note)}" if name else title_of(note)


def _listed(notes: Sequence[PackedNote]) -> list[str]:
    return [*(f"  {_label(note)}" for note in notes[:_TOLD]), *_rest(notes)]


def _rest(told: Sequence[object], sign: str = " ") -> list[str]:
    return [f"{sign} ... and {len(told) - _TOLD:,} more"] if len(told) > _TOLD else []


def _plain_update(update: Update) -> Iterator[str]:
    yield f"  {_label(update.note)}"
    for change in _seen(update.changes):
        if len(change.old) <= 1 and len(change.new) <= 1:
            yield f"      {safe(change.field)}: {_told(change.old)} -> {_told(change.new)}"
        else:
            yield f"      {safe(change.field)}:"
            yield from (f"        - {safe(line)}" for line in change.old)
            yield from (f"        + {safe(line)}" for line in change.new)
    if update.tags_gone or update.tags_new:
        signs = [*(f"-{tag}" for tag in update.tags_gone), *(f"+{tag}" for tag in update.tags_new)]
        yield f"      tags: {safe(' '.join(signs))}"
    if update.cards_new:
        yield f"      {_several(update.cards_new, 'new card')}"
    if update.cards_gone:
        yield f"      {_several(update.cards_gone, 'card')} with nothing on it any more"


def _told(lines: Sequence[str]) -> str:
    return safe(lines[0]) if lines else "(nothing)"


# ---- Markdown ------------------------------------------------------------------------------------------------------


def markdown(difference: Difference) -> str:
    """A difference as release notes for learners: what comes with the update, and what there is to do."""
    parts = [_summary(difference), *_before(difference)]
    if difference.new:
        parts.append(_section("New", [f"- {_md(title_of(note))}" for note in difference.new[:_TOLD]], difference.new))
    if difference.updated:
        rows = [_md_update(update) for update in difference.updated[:_TOLD]]
        parts.append(_section("Corrected", rows, difference.updated))
    if difference.retired:
        rows = [
            f"- {_md(title_of(update.old))}\n  - {_md(title_of(update.note))}" for update in difference.retired[:_TOLD]
        ]
        parts += [_section("Withdrawn", rows, difference.retired), _WITHDRAWN]
    if difference.emptied:
        parts.append(
            f"{_several(difference.emptied, 'card')} will have nothing on them any more: *Tools > Empty Cards* finds "
            "and deletes them."
        )
    return "\n\n".join(parts) + "\n"


_WITHDRAWN = f"""Withdrawn cards stay in your collection and say so. To be rid of them, search the browser for

    tag:{WITHDRAWN}

select all of them (`Ctrl+A`), and choose *Cards > Toggle Suspend* to keep them out of your reviews, or *Notes >
Delete* to delete them."""


def _summary(difference: Difference) -> str:
    parts = [
        (_several(len(difference.new), "new note"), difference.new),
        (_several(len(difference.updated), "correction"), difference.updated),
        (_several(len(difference.retired), "withdrawal"), difference.retired),
    ]
    said = ", ".join(text for text, there in parts if there) or "Nothing new"
    looks = " The cards look different." if difference.looks else ""
    return (
        f"{said}.{looks} Import the package over what you have (*File > Import*), with the options as they are. "
        "Your scheduling stays, and so do your own tags and edits on all other notes."
    )


def _before(difference: Difference) -> Iterator[str]:
    """What learners must know before they import."""
    if difference.frames:
        yield (
            "**This time only:** the note types changed. In the import window tick *Merge note types*, and choose "
            "*Update notes: Always*; otherwise these corrections do not arrive."
        )
    for old, new in difference.moves:
        yield (
            f"**Before you import:** the deck “{_md(old)}” is now called “{_md(new)}”. Rename yours, or new cards go "
            "into a deck of their own."
        )


def _section(heading: str, rows: list[str], told: Sequence[object]) -> str:
    return f"## {heading}\n\n" + "\n".join([*rows, *_rest(told, "-")])


def _md_update(update: Update) -> str:
    rows = [f"- {_md(title_of(update.note))}"]
    for change in _seen(update.changes):
        if len(change.old) == 1 and len(change.new) == 1:
            rows.append(f"  - {_md(safe(change.field))}: ~~{_md(safe(change.old[0]))}~~ {_md(safe(change.new[0]))}")
        else:
            rows += [f"  - {_md(safe(change.field))}: ~~{_md(safe(line))}~~" for line in change.old]
            rows += [f"  - {_md(safe(change.field))}: {_md(safe(line))}" for line in change.new]
    return "\n".join(rows)


_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def _md(text: str) -> str:
    """Text in which Markdown finds no marks of its own."""
    return _MARKS.sub(r"\\\1", text)
