"""Note types and what they look like: frozen, without words, and the user's own checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizgen.ledger import Ledger, Line
from quizgen.templates import Templates, shipped
from quizgen.write.anki import look_digests, write
from quizgen.write.anki.models import NOTE_TYPES, SHIPPED, Look, changed, read_looks
from tests.anki_jobs import TEMPLATES, job
from tests.samples import QUESTIONS


def own(folder: Path, name: str, text: str) -> Templates:
    """The shipped templates with one of the user's before them."""
    path = folder / "anki" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Templates((folder, shipped("templates")))


def test_the_shipped_looks_have_nothing_wrong() -> None:
    looks, problems = read_looks(TEMPLATES)
    assert problems == ()
    assert looks.keys() == NOTE_TYPES.keys()


def test_a_changed_look_that_is_shipped_says_when_it_changed() -> None:
    looks, _ = read_looks(TEMPLATES)
    for form, look in looks.items():
        advice = f'in quizgen/write/anki/models.py: "{form}": Line(digest="{look.mark}", changed=<now, in seconds>)'
        assert SHIPPED[form].digest == look.mark, advice


def test_note_types_know_no_language() -> None:
    for form, look in read_looks(TEMPLATES)[0].items():
        for side in (look.front, look.back):
            without = re.sub(r"<script>.*?</script>|<[^>]*>|\{\{.*?\}\}", "", side, flags=re.DOTALL)
            assert without.strip() == "", form


def test_nothing_in_a_look_comes_from_elsewhere() -> None:
    for look in read_looks(TEMPLATES)[0].values():
        for text in (look.front, look.back, look.css):
            assert not re.search(r"https?:|//[a-z]|url\(|@import|\bsrc=|fetch|XMLHttp|innerHTML|eval\(", text)


def test_a_users_own_look_is_newer_than_the_shipped_one() -> None:
    mine = Look(front="{{Prompt}}", back="", css="")
    shipped_at = SHIPPED["recall"].changed
    looks, _ = read_looks(TEMPLATES)
    assert changed("recall", looks["recall"], Ledger()) == shipped_at
    assert changed("recall", mine, Ledger()) == shipped_at + 1
    known = Ledger(looks={"anki/recall": Line(digest=mine.mark, changed=shipped_at + 10_000_000)})
    assert changed("recall", mine, known) == shipped_at + 10_000_000
    assert changed("recall", looks["recall"], known) == shipped_at


def test_the_digests_for_the_ledger_tell_looks_apart(tmp_path: Path) -> None:
    shipped_looks = look_digests(TEMPLATES)
    mine = look_digests(own(tmp_path, "truth.back.html", "{{Answer}}"))
    assert {name for name in mine if mine[name] != shipped_looks[name]} == {"anki/truth"}
    styled = look_digests(own(tmp_path, "style.css", ".card {}"))
    assert all(styled[name] != shipped_looks[name] for name in styled)


@pytest.mark.parametrize(
    "name, text, says, remedy",
    [
        ("recall.front.html", "{{> ../secret}} {{Prompt}}", "'{{> ../secret}}' is nothing that a card", "{{Field}}"),
        ("recall.front.html", "{{=<% %>=}} {{Prompt}}", "is nothing that a card template can hold", "{{Field}}"),
        ("recall.front.html", "{{Promt}} {{Id}}", "'quizgen recall' has no field 'Promt'", "Did you mean 'Prompt'?"),
        ("recall.back.html", "{{#Note}}{{Note}}", "the section of 'Note' is not closed", "{{/Note}}"),
        ("recall.back.html", "{{#Note}}{{#Also}}{{/Note}}{{/Also}}", "'{{/Note}}' closes what is not open", "nest"),
        ("recall.front.html", "When?", "would make notes without a card", "{{Answer}} or {{Id}} or {{Prompt}}"),
        ("recall.front.html", "{{type:Prompt}}", "would make notes without a card", "Put"),
        ("recall.front.html", "{{#Note}}{{Prompt}}{{/Note}}", "would make notes without a card", "outside of"),
        ("recall.front.html", "{{Note}}", "would make notes without a card", "Put"),
        ("cloze.front.html", "{{Text}}", "would make notes without a card", "Put {{cloze:Text}} into it"),
    ],
)
def test_a_users_look_that_anki_would_choke_on_is_a_problem(
    tmp_path: Path, name: str, text: str, says: str, remedy: str
) -> None:
    written = write(job(QUESTIONS, templates=own(tmp_path, name, text)))
    assert written.files == {}
    (problem,) = written.problems
    assert says in problem.says
    assert remedy in problem.remedy
    assert problem.place.file == str(tmp_path / "anki" / name)


def test_a_look_with_a_mistake_in_its_own_language_is_a_problem_too(tmp_path: Path) -> None:
    written = write(job(QUESTIONS, templates=own(tmp_path, "foot.html", "[% if %]")))
    assert written.files == {}
    assert {problem.place.file for problem in written.problems} == {str(tmp_path / "anki" / "foot.html")}
