"""Text on paper is the curator's text: nothing is markup, nothing is lost in silence, and any script is set right."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.problems import Level, Place
from quizgen.questions import Choice, Option, Question
from quizgen.write.pdf import write
from quizgen.write.pdf.bidi import first_strong, levels, visual_order
from tests.pdf_jobs import ENGLISH, bare, job, other_text_of, sheet_of, text_of
from tests.samples import CLOZE, RECALL, about

CORPUS = Path(__file__).parent / "corpus"
SCALARS = json.loads((CORPUS / "scalars" / "scalars.json").read_text("utf-8"))
NASTY = sorted({text for texts in SCALARS.values() for text in texts if text.strip()})
RIGHT_TO_LEFT = {"שלום", "مرحبا", "\u202eabc\u202c"}  # found in visual order by some readers; see below
QUIZ, KEY = "sample-quiz.pdf", "sample-key.pdf"


def test_the_corpus_is_there() -> None:
    assert len(NASTY) > 200


@pytest.mark.parametrize("name", SCALARS)
def test_hostile_text_comes_out_as_that_text(name: str) -> None:
    texts = [text for text in SCALARS[name] if text.strip() and text not in RIGHT_TO_LEFT]
    questions: list[Question] = []
    for i, text in enumerate(texts):
        options = (Option(text=text, right=True), Option(text=f"other {i}", right=False, why=text))
        questions.append(
            Choice(about=about(f"f{i}", "w", note=text), prompt=f"«{text}»", options=options, answers=(text,))
        )
        questions.append(replace(CLOZE, pieces=("<", text, "> and ", CLOZE.gaps[0])))
    sheet = sheet_of(questions, title=f"[{texts[0]}]", intro=texts[-1])

    written = write(job(sheet))
    quiz, key = (bare(text_of(data) + other_text_of(data)) for data in (written.files[QUIZ], written.files[KEY]))

    missing = {chr(int(problem.says.split("U+")[1].split()[0].rstrip(";"), 16)) for problem in written.problems}
    for text in texts:
        shown = bare("".join(f"[U+{ord(char):04X}]" if char in missing else char for char in text))
        assert f"«{shown}»" in quiz
        assert f"<{shown}>and" in quiz
        assert quiz.count(shown) >= 3
        assert key.count(shown) >= 3
    assert "\u25a0" not in quiz
    assert "\ufffd" not in quiz.replace(bare("".join(texts)), "") or "\ufffd" in "".join(texts)


def test_a_character_without_a_glyph_is_named_once_and_printed_as_its_number() -> None:
    first = replace(RECALL, prompt="हिन्दी or ह?", about=about("a", "w", place=Place("deck.yaml", 7, 5)))
    second = replace(RECALL, prompt="ह again", about=about("b", "w", place=Place("deck.yaml", 9, 5)))

    written = write(job(sheet_of([first, second])))
    text = text_of(written.files[QUIZ])

    [ha] = [problem for problem in written.problems if "U+0939" in problem.says]
    assert ha.place == Place("deck.yaml", 7, 5)
    assert ha.level is Level.WARNING
    assert (
        ha.says
        == "no font of the PDF has the character U+0939 (DEVANAGARI LETTER HA); '[U+0939]' is printed in its place"
    )
    assert "templates/pdf/" in ha.remedy
    assert "[U+0939]" in text
    assert "[U+0939] again" in text


def test_text_names_no_file_and_no_address(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from tests.pdf_jobs import job, sheet_of\n"
        "from tests.samples import RECALL\n"
        "from tests.test_pdf_text import NASTY, replace\n"
        "from quizgen.write.pdf import write\n"
        "write(job())\n"
        "seen = []\n"
        "watched = {'open', 'socket.connect'}\n"
        "sys.addaudithook(lambda event, given: seen.append(given[0]) if event in watched else None)\n"
        "write(job(sheet_of([replace(RECALL, prompt=text) for text in NASTY])))\n"
        "print(sorted({str(name) for name in seen}))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd())
    opened = [name for name in ran.stdout.split("'") if "/" in name]

    assert tmp_path.is_dir()
    assert [name for name in opened if not name.endswith((".ttf", ".ttc", ".yaml", ".py", ".pyc"))] == []
    assert not any("passwd" in name for name in opened)


WORDS = ["خپلواکۍ", "افغانستان", "پښتو", "ולנצח", "ירושלים", "大憲章", "Łódź", "Когда", "ἀρχή"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_words_of_any_script_can_be_found_in_the_file(
    direction: str, program: Callable[[str], str], tmp_path: Path
) -> None:
    if not Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc").exists():
        WORDS[:] = [word for word in WORDS if word != "大憲章"]
    language = replace(ENGLISH, direction=direction)
    file = tmp_path / "quiz.pdf"
    file.write_bytes(
        write(job(sheet_of([replace(RECALL, prompt=word) for word in WORDS]), language=language)).files[QUIZ]
    )

    ran = subprocess.run([program("pdftotext"), file, "-"], capture_output=True, check=True)
    text = bare(ran.stdout.decode())

    assert [word for word in WORDS if bare(word) not in text] == []
    found = bare(text_of(file.read_bytes()))
    assert [word for word in WORDS if bare(word) not in found and bare(word)[::-1] not in found] == []


def cases() -> list[list[str]]:
    lines = (CORPUS / "bidi" / "cases.txt").read_text("utf-8").splitlines()
    return [line.split(";") for line in lines if not line.startswith("#")]


def test_directions_are_mixed_as_unicode_says() -> None:
    assert len(cases()) > 400
    for characters, direction, base, wanted, order in cases():
        text = "".join(chr(int(code, 16)) for code in characters.split())
        own = first_strong(text, 0) if direction == "2" else int(direction)
        found = levels(text, own)

        assert own == int(base)
        kept = [i for i, level in enumerate(wanted.split()) if level != "x"]
        assert [found[i] for i in kept] == [int(level) for level in wanted.split() if level != "x"]
        assert [at.number for at in visual_order([At(i, found[i]) for i in kept])] == [int(i) for i in order.split()]


class At:
    """A character of a case."""

    def __init__(self, number: int, level: int) -> None:
        self.number = number
        self.level = level


def test_a_blank_stands_in_its_place_in_a_sentence_that_runs_to_the_left() -> None:
    from quizgen.write.pdf.document import Document  # noqa: PLC0415 - only here
    from quizgen.write.pdf.lines import Blank  # noqa: PLC0415 - the same

    kit = Document(job(), "x").kit
    paragraph = kit.setter.paragraph(("שלום ", Blank(50), " עולם ועוד"), kit.styles.text, 400)
    [rule] = paragraph.rules

    before = kit.setter.natural_width("שלום ", kit.styles.text)
    assert rule.x + rule.width == pytest.approx(paragraph.width - before, abs=4)
