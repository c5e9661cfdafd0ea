"""Fields to fill in on a screen: there is one for all that is asked, it says what it is for, and it takes an answer."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pypdfium2
import pytest

from quizgen.compose import Sheet
from quizgen.write.pdf import write
from tests.pdf_jobs import drawn, job, reader, sheet_of, text_of
from tests.samples import CHOICE, CLOZE, MATCH, NUMERIC, ORDER, QUESTIONS, RECALL, SEVERAL, TRUTH
from tests.test_pdf import KEY, QUIZ


def fields(sheet: Sheet) -> dict[str, Any]:
    """The fields of a sheet by their names, those of its head aside."""
    found = reader(write(job(sheet, fillable=True)).files[QUIZ]).get_fields() or {}
    return {name: one for name, one in found.items() if name.count("-") > 1}


@pytest.mark.parametrize(
    "question, count, told",
    [
        (RECALL, 1, "Question 1: answer"),
        (NUMERIC, 1, "Question 1: answer"),
        (CHOICE, 1, "Question 1: answer"),
        (TRUTH, 1, "Question 1: answer"),
        (SEVERAL, 4, "Question 1: stone"),
        (CLOZE.with_one_gap(2), 1, "Question 1: answer"),
        (MATCH, 3, "Question 1: the letter for A flood takes the mill"),
        (ORDER, 3, "Question 1: the place of A flood takes the mill"),
    ],
    ids=["recall", "numeric", "choice", "truth", "several", "cloze", "match", "order"],
)
def test_each_form_has_its_fields_and_each_field_its_words(question: Any, count: int, told: str) -> None:  # noqa: ANN401
    found = fields(sheet_of([question]))

    assert len(found) == count
    assert told in [one["/TU"] for one in found.values()]
    assert all(one["/TU"] for one in found.values())


def test_drawings_passages_and_the_head_have_fields_and_a_key_has_none() -> None:
    files = write(job(drawn(), fillable=True)).files
    told = [one.get("/TU") for one in (reader(files[QUIZ]).get_fields() or {}).values()]

    assert [words for words in told if words.startswith("Blank")] == [f"Blank {i}" for i in range(1, 5)]
    assert [words for words in told if "box" in words] == [
        *(f"Question 5: the letter in box {i}" for i in range(1, 5)),
        *(f"Question 6: the letter in box {i}" for i in range(1, 4)),
    ]
    assert {"Name", "Class", "Date", "Marks"} <= set(told)
    assert not reader(files[KEY]).get_fields()


def test_what_is_filled_in_shows_and_of_a_choice_one_option_at_most() -> None:
    data = write(job(sheet_of(QUESTIONS), fillable=True)).files[QUIZ]
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    names = {one["/TU"]: name for name, one in fields(sheet_of(QUESTIONS)).items()}
    answers = {names["Question 1: answer"]: "long ago", names["Question 2: answer"]: "/o2"}
    before = ink(data)

    for page in writer.pages:
        writer.update_page_form_field_values(page, answers, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)

    assert ink(out.getvalue()) > before + 50
    states = [
        annotation.get_object()["/AS"]
        for page in reader(out.getvalue()).pages
        for annotation in page["/Annots"]  # type: ignore[attr-defined]  # pypdf's objects
        if "/AP" in annotation.get_object() and "/Parent" in annotation.get_object()
    ]
    assert states[:3] == ["/Off", "/o2", "/Off"]


def ink(data: bytes) -> int:
    """Dark pixels of all pages, with their forms."""
    pdf = pypdfium2.PdfDocument(data)
    pdf.init_forms()
    return sum(sum(page.render(scale=1).to_pil().convert("L").histogram()[:128]) for page in pdf)


def test_a_sheet_for_the_screen_shows_what_the_printed_one_does() -> None:
    sheet = sheet_of(QUESTIONS)

    assert text_of(write(job(sheet, fillable=True)).files[QUIZ]) == text_of(write(job(sheet)).files[QUIZ])
