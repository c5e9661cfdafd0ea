"""Every hostile text in every text field of a deck, through the whole of quizgen, read back from every output.

By readers that know nothing of us: a JSON parser, the real Anki, Chromium's DOM, pdftotext. Equal after NFC, white
space at the ends apart, which no deck keeps; what cannot be shown is refused where it is written.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quizgen.build import Built, Printing, build_deck, composer, read
from quizgen.problems import Level, has_errors
from quizgen.questions import Question, Recall, form_of
from quizgen.templates import Templates
from quizgen.write.bank_json import question_data
from tests.browsing import visit
from tests.inventing import PNG
from tests.judging import TEXTS_OF_CORPUS
from tests.learner import Learner, learner
from tests.pdf_jobs import bare
from tests.test_page_hostile import PLAY, STRANGE, WATCH
from tests.test_pdf import told_in_words


def _seen(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) != "Cf"


FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
ALL = list(dict.fromkeys(text for group in TEXTS_OF_CORPUS.values() for text in group))
REFUSED = [text for text in ALL if FORBIDDEN.search(text) or not any(map(_seen, text))]
TEXTS = [text for text in ALL if text not in REFUSED]

# What runs from right to left comes out of pdftotext in the order of sight: test_pdf_text looks at it by words.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Field:
    """A text field: a fact with the text in it (X; N is its number), and where the text comes out in each output.

    `json` is a member of the fact's questions, `anki` a field of its notes; `whole` says that it stands there alone.
    """

    name: str
    fact: str
    json: str
    anki: str = ""
    whole: bool = True
    starts: bool = False  # whether it begins a sentence there


FIELDS = [
    Field("headline", "term: X, meaning: meaning N", "answers", "Answer"),
    Field("value", "term: term N, meaning: X", "answers", "Answer"),
    Field("own-words", "claim: claim N, by: speaker N, ask: {who: X}", "prompt", "Prompt"),
    Field("note", "term: term N, meaning: meaning N, note: X", "note", "Note"),
    Field("also", "term: term N, meaning: meaning N, also: [X], ask: [term]", "answers", "Also", whole=False),
    Field("citation", "term: term N, meaning: meaning N, from: FROM", "source", "Source", whole=False),
    Field("source", "term: term N, meaning: meaning N, from: sN", "source", "Source", whole=False),
    Field("quotation", "quote: X, by: speaker N", "prompt", "Prompt", whole=False),
    Field("speaker", "quote: words N, by: X", "answers", "Answer"),
    Field("subject", "quote: words N, by: speaker N, about: X", "prompt", "Prompt", whole=False),
    Field("claim", "claim: X, by: speaker N", "prompt", "Prompt", whole=False),
    Field("asserted-by", "term: term N, meaning: meaning N, status: alleged, by: X", "by", "Status", whole=False),
    Field(
        "denied-by", "claim: claim N, by: speaker N, status: alleged, denied-by: X", "denied_by", "Denied", whole=False
    ),
    Field("event", "event: X, when: 1900, ask: [when]", "prompt", "Prompt", whole=False),
    Field("place", "event: event N, when: 1900, where: X", "answers"),
    Field("actor", "event: event N, when: 1900, who: X", "answers"),
    Field("figure", "figure: X, value: 900", "prompt", "Text", whole=False, starts=True),
    Field("person", "person: X, role: role N", "answers", "Answer"),
    Field("role", "person: person N, role: X", "answers", "Answer"),
    Field("group", "group: X, what: what N", "answers", "Answer"),
    Field("description", "group: group N, what: X", "answers", "Answer"),
    Field("list", "list: X, members: [member N]", "prompt", "Prompt", whole=False),
    Field("member", "list: list N, members: [X]", "answers", "Answer"),
    Field("picture", "term: term N, meaning: meaning N, media: a.png, alt: X", "", "Picture"),
]


LONG = bool(os.environ.get("QUIZGEN_LONG"))
Rows = list[tuple[int, Field, str]]  # number, field, text


def _quoted(text: str) -> str:
    """In double quotes, as YAML has them."""
    return json.dumps(text, ensure_ascii=False)


def filled(field: Field, values: Mapping[str, str]) -> str:
    """The fact of a field with these values."""
    return re.sub(r"\b(?:X|FROM|N|sN)\b", lambda found: values[found[0]], field.fact)


def rows_of(field: Field) -> Rows:
    """Every text in that field; in the everyday run each field has another third of them."""
    shift = FIELDS.index(field)
    return [(number, field, text) for number, text in enumerate(TEXTS) if LONG or (number + shift) % 3 == 0]


def mixed(shift: int) -> Rows:
    """Every text in one field or another, between marks by which it is found wherever it is shown.

    The mark is no number: `«&»7` would give itself away to grading in "What is group 7?", and not be asked.
    """
    fields = [(number, FIELDS[(number + shift) % len(FIELDS)]) for number in range(len(TEXTS))]
    return [(number, field, f"«{TEXTS[number]}»m{number}") for number, field in fields]


def made(name: str, rows: Rows, folder: Path, *to: str, recipe: str = "test") -> Built:
    """What is made of a deck with a fact for each of these."""
    sources, facts = [], []
    for number, field, text in rows:
        values = {"X": _quoted(text), "FROM": _quoted(f"book {text}"), "N": str(number), "sN": f"s{number}"}
        sources.append(f"  s{number}: {{title: {values['X']}}}\n")
        facts.append(f"  f{number}: {{{filled(field, values)}}}\n")
    deck = folder / name / "deck.yaml"
    deck.parent.mkdir(exist_ok=True)
    head = f"deck: The deck {name}\nid: {name}\nsources:\n  book: {{title: B}}\n"
    deck.write_text(f"{head}{''.join(sources)}from: book\nfacts:\n{''.join(facts)}", encoding="utf-8", newline="")
    (deck.parent / "a.png").write_bytes(PNG)
    templates = Templates.found(folder / "templates", project=Path("no-project"))
    asked, problems = read(deck, templates)
    assert asked is not None, [problem for problem in problems if problem.level is Level.ERROR][:3]
    built = build_deck(
        asked, templates, to=to, sheets_of=composer(recipe, seed=1), printing=Printing(), now=1_700_000_000
    )
    assert not has_errors(built.problems), built.problems[:3]
    return built


def asked_at_all(name: str, folder: Path, forms: Iterable[str]) -> set[int]:
    """The numbers of the facts on which there is a question of one of these forms."""
    asked, _ = read(folder / name / "deck.yaml", Templates.found(folder / "templates", project=Path("no-project")))
    assert asked is not None
    return {int(question.about.fact[1:]) for question in asked.bank.questions if form_of(question) in forms}


def asked_on(name: str, folder: Path, recipe: str) -> dict[int, Question]:
    """The question on each fact of that deck that stands on its sheet."""
    templates = Templates.found(folder / "templates", project=Path("no-project"))
    asked, _ = read(folder / name / "deck.yaml", templates)
    assert asked is not None
    (sheet,), _ = composer(recipe, seed=1)(asked, templates)
    return {int(entry.question.about.fact[1:]): entry.question for entry in sheet.entries}


def same(text: str) -> str:
    """A text as it may be compared: composed, without white space at its ends, with the line ends of decks."""
    return unicodedata.normalize("NFC", text.strip().replace("\r\n", "\n").replace("\r", "\n"))


def missing(rows: Rows, found: Mapping[int, Iterable[str]]) -> list[tuple[str, list[str]]]:
    """The texts that do not stand in what was found for their fact, and what was."""
    out = []
    for number, field, text in rows:
        shown = [same(one) for one in found.get(number, ())]
        wanted = {same(text)} | ({capital(same(text))} if field.starts else set())
        if not any(one in wanted if field.whole else any(text in one for text in wanted) for one in shown):
            out.append((text, shown[:3]))
    return out


def capital(text: str) -> str:
    """As a sentence begins, which the templates ask for where a phrase begins one."""
    return text[:1].upper() + text[1:]


def test_the_corpus_is_there() -> None:
    assert len(TEXTS) > 270
    assert len(REFUSED) >= 4


@pytest.mark.parametrize("field", FIELDS, ids=[field.name for field in FIELDS])
def test_a_json_parser_reads_every_text_as_it_was_written(field: Field, tmp_path: Path) -> None:
    rows = rows_of(field)
    data = json.loads(made(field.name, rows, tmp_path, "json").files[f"{field.name}.json"])
    found: dict[int, list[str]] = {}
    for question in data["questions"]:
        values = question.get(field.json) or []
        found.setdefault(int(question["fact"][1:]), []).extend([values] if isinstance(values, str) else values)

    assert len(rows) > 80
    assert field.json == "" or missing(rows, found) == []


@pytest.fixture(scope="module")
def someone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    with learner(tmp_path_factory.mktemp("anki")) as found:
        yield found


class _Reader(HTMLParser):
    """The text of a field as a browser would have it; line breaks and the words for pictures are text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text += {"br": "\n", "img": dict(attrs).get("alt") or ""}.get(tag, "")

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


ON_CARDS = [field for field in FIELDS if field.anki]


@pytest.mark.parametrize("field", ON_CARDS, ids=[field.name for field in ON_CARDS])
def test_anki_has_every_text_as_it_was_written(field: Field, tmp_path: Path, someone: Learner) -> None:
    rows = rows_of(field)
    package = made(field.name, rows, tmp_path, "anki").files[f"{field.name}.apkg"]
    outcome = someone.imports(package)
    notes = [someone.collection.get_note(id_) for id_ in someone.collection.find_notes(f'"Id:{field.name}/*"')]
    found: dict[int, list[str]] = {}
    for note in notes:
        if field.anki in note:
            found.setdefault(int(note["Id"].split("/")[1][1:]), []).append(plain(note[field.anki]))

    assert outcome.keys() == {"new"}
    assert missing(rows, found) == []


FORMS = ("recall", "cloze", "choice", "numeric")
SHIFTS = range(len(FIELDS)) if LONG else [1]


@pytest.mark.parametrize("shift", SHIFTS)
def test_chromium_shows_every_text_as_it_was_written(shift: int, tmp_path: Path, browser: Browser) -> None:
    """Every question is played, and missed, so that all that it has is shown; without the page's policy."""
    rows = mixed(shift)
    html = made("mixed", rows, tmp_path, "page").files["mixed.html"].decode()
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    file = tmp_path / "mixed.html"
    file.write_text(html.replace("const BACK_AFTER = 3;", "const BACK_AFTER = 1e9;"), encoding="utf-8", newline="")
    with visit(browser, file, address="&".join(["#count=all&seed=1", *(f"form={form}" for form in FORMS)])) as opened:
        opened.page.evaluate(WATCH)
        seen = opened.page.evaluate(PLAY.replace("STRANGE", repr(STRANGE)))
        pictures = opened.page.evaluate("JSON.parse(document.querySelector('#quiz').textContent).pictures")
        ran = opened.page.evaluate("window.ran")
    shown = [same(text) for text in _texts_in([seen, pictures])]

    asked = asked_at_all("mixed", tmp_path, FORMS)
    assert [text for number, _, text in rows if number not in asked] == []
    assert ran == []
    assert [text for _, _, text in rows if not any(same(text) in one for one in shown)] == []


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts_in(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def holds(question: Question, text: str) -> bool:
    """Whether paper has that text of the question; other spellings of an answer stand with those that it recalls."""
    data = question_data(question)
    answers = data.pop("answers")
    assert isinstance(answers, list)
    picture = question.about.picture
    known = [data, answers if isinstance(question, Recall) else answers[:1], picture.alt if picture else ""]
    return any(text.strip() in one for one in _texts_in(known))


ALL_OF_IT = """\
recipe: all
sections:
  - {heading: All, instruction: Answer all., forms: [recall], count: all}
  - {heading: The rest, instruction: Answer all., forms: [cloze, choice, numeric], count: all}
"""


@pytest.mark.parametrize("shift", SHIFTS)
def test_pdftotext_finds_every_text_as_it_was_written(
    shift: int, tmp_path: Path, program: Callable[[str], str]
) -> None:
    """White space apart, which PDF has none of; words for pictures are read from its tags.

    A character that no font has is told, and stands as its number.
    """
    (tmp_path / "templates/quizzes").mkdir(parents=True)
    (tmp_path / "templates/quizzes/all.yaml").write_text(ALL_OF_IT)
    rows = [(number, field, text) for number, field, text in mixed(shift) if not RIGHT_TO_LEFT.search(text)]
    built = made("mixed", rows, tmp_path, "pdf", recipe="all")
    told = [re.search(r"U\+([0-9A-F]{4,6})", problem.says) for problem in built.problems]
    absent = {chr(int(found[1], 16)) for found in told if found}
    printed = ""
    for name, data in built.files.items():
        (tmp_path / name).write_bytes(data)
        ran = subprocess.run([program("pdftotext"), "-raw", tmp_path / name, "-"], capture_output=True, check=True)
        printed += bare(ran.stdout.decode() + " ".join(told_in_words(data)))

    def drawn(text: str) -> str:
        return bare("".join(f"[U+{ord(char):04X}]" if char in absent else char for char in text))

    asked = asked_on("mixed", tmp_path, "all")
    wanted = [text for number, _, text in rows if number in asked and holds(asked[number], text)]
    assert len(wanted) > 0.85 * len(rows) > 220  # the sheet leaves out what would give an answer away
    assert [text for text in wanted if drawn(text) not in printed] == []


@pytest.mark.parametrize("field", FIELDS, ids=[field.name for field in FIELDS])
def test_what_cannot_be_shown_is_refused_where_it_is_written(field: Field, tmp_path: Path) -> None:
    for text in REFUSED:
        written = json.dumps(text)
        fact = filled(field, {"X": written, "FROM": written, "N": "1", "sN": "s1"})
        source = written if "sN" in field.fact else "B"
        head = f"deck: A\nsources: {{book: {{title: B}}, s1: {{title: {source}}}}}\nfrom: book\nfacts:\n"
        (tmp_path / "deck.yaml").write_text(f"{head}  f1: {{{fact}}}\n")
        (tmp_path / "a.png").write_bytes(PNG)
        asked, problems = read(tmp_path / "deck.yaml", Templates.found(project=Path("no-project")))

        assert asked is None, text
        errors = {problem.place.line for problem in problems if problem.level is Level.ERROR}
        assert errors == ({2} if "sN" in field.fact else {5}), text
