"""Printed quizzes, read back by PDFium, pypdf and PDF/UA's checker."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import page as page_validation
import pypdfium2
import pytest

from quizgen.compose import Layout, Section, Sheet
from quizgen.problems import Level
from quizgen.questions import Choice, Cloze, Match, Order, Question, Truth, form_of
from quizgen.write.pdf import write
from tests.pdf_jobs import bare, choices, drawn, job, pages_of, picture, reader, sheet_of, text_of, versions
from tests.samples import CHOICE, CLOZE, MATCH, NUMERIC, ORDER, QUESTIONS, RECALL, SEVERAL, SHEET, TRUTH, about

QUIZ, KEY = "sample-quiz.pdf", "sample-key.pdf"


def shown_of(question: Question) -> list[str]:
    """The texts that a learner must find on paper."""
    texts = [question.prompt]
    if isinstance(question, Choice):
        texts += [option.text for option in question.options]
    if isinstance(question, Truth):
        texts += [question.statement]
    if isinstance(question, Cloze):
        texts += [piece for piece in question.pieces if isinstance(piece, str)]
    if isinstance(question, Match):
        texts += [*question.left, *question.right]
    if isinstance(question, Order):
        texts += question.items
    return texts


@pytest.mark.parametrize("question", QUESTIONS, ids=form_of)
def test_each_form_shows_all_that_is_to_be_read(question: Question) -> None:
    text = bare(text_of(write(job(sheet_of([question]))).files[QUIZ]))

    assert [shown for shown in shown_of(question) if bare(shown) not in text] == []


def test_each_prompt_and_option_stands_once_in_each_version() -> None:
    sheets = versions(3, questions=12)
    texts = by_version(write(job(*sheets)).files[QUIZ])

    assert len(texts) == len(sheets)
    for sheet, text in zip(sheets, texts, strict=True):
        for entry in sheet.entries:
            assert isinstance(entry.question, Choice)
            assert text.count(bare(entry.question.prompt)) == 1
            assert [text.count(bare(option.text)) for option in entry.question.options] == [1, 1, 1, 1]


def test_the_key_is_right_by_the_letters_that_are_printed() -> None:
    sheets = versions(3, questions=12)
    files = write(job(*sheets)).files
    keys = by_version(files[KEY])

    for sheet, paper, key in zip(sheets, by_version(files[QUIZ]), keys, strict=True):
        for entry in sheet.entries:
            assert isinstance(entry.question, Choice)
            [right] = [option.text for option in entry.question.options if option.right]
            letter = paper[paper.index(bare(right)) - 1]  # as printed before that option
            assert f"{entry.number}{letter}{bare(right)}" in key


def test_the_key_of_several_right_options_lists_their_letters() -> None:
    paper, key = both(SEVERAL)
    printed = dict(
        zip(re.findall(r"([A-D])(?:stone|glass|iron|oak)", paper), ("stone", "glass", "iron", "oak"), strict=True)
    )

    letters = re.search(r"1([A-D]+)stone;iron;oak", key)

    assert letters is not None
    assert [printed[letter] for letter in letters[1]] == ["stone", "iron", "oak"]


def test_the_key_of_matching_pairs_the_printed_numbers_and_letters() -> None:
    paper, key = both(MATCH)
    numbers = {number: left for left in MATCH.left for number in re.findall(rf"(\d){bare(left)}", paper)}
    letters = {letter: right for right in MATCH.right for letter in re.findall(rf"([A-C]){right}", paper)}

    pairs = re.search(r"1((?:\d[A-C]){3})", key)

    assert pairs is not None
    told = {(numbers[pair[0]], letters[pair[1]]) for pair in re.findall(r"\d[A-C]", pairs[1])}
    assert told == {(MATCH.left[left], MATCH.right[right]) for left, right in MATCH.pairs}


def test_the_key_of_ordering_gives_letters_in_order_and_numbers_for_the_boxes() -> None:
    paper, key = both(ORDER)
    letters = {letter: item for item in ORDER.items for letter in re.findall(rf"([A-C]){bare(item)}", paper)}

    found = re.search(r"1([A-C]{3})boxesfromthetop:(\d{3})", key)

    assert found is not None
    assert [letters[letter] for letter in found[1]] == list(ORDER.items)
    assert {letter: ORDER.items[int(number) - 1] for letter, number in zip("ABC", found[2], strict=True)} == letters


def test_no_date_of_an_ordering_is_torn_apart_at_the_end_of_a_line() -> None:
    dates = tuple(f"{day} September {1961 + day}" for day in range(1, 9))
    items = tuple(f"Fair number {number} opens" for number in range(8))
    order = replace(ORDER, items=items, values=dates, shown=tuple(reversed(range(8))))

    lines = [bare(line) for line in text_of(write(job(sheet_of([order]))).files[KEY]).splitlines()]

    assert len([line for line in lines if "September" in line]) > 1
    assert all(any(bare(date) in line for line in lines) for date in dates)


@pytest.mark.parametrize(
    "question, told",
    [
        (RECALL, "1994 In the south, around Kandahar. · Source: Moscow wants back in, 46"),
        (CLOZE.with_one_gap(2), "May 1994 also: 1994-05"),
        (NUMERIC, "about 5 km also: 5 km; 5 · accept 4.5 to 5.5"),
        (replace(NUMERIC, low=None, high=Decimal("15000.50")), "accept 15\u202f000.5 or less"),
        (replace(NUMERIC, low=Decimal(1000), high=None), "accept 1000 or more"),
        (replace(NUMERIC, low=Decimal(5), high=Decimal(5)), "about 5 km also: 5 km; 5 Source:"),
        (
            TRUTH,
            "False According to senior U.S. officials, Russia has given the Taliban small arms. Nobody speaks of",
        ),
        (TRUTH, "Denied by the Russian government."),
        (CHOICE, "B 1996 A: 1994 is when Mohammad Omar establishes the Taliban. C: 2001 is when al-Qaeda attacks"),
    ],
    ids=["recall", "cloze", "range", "at most", "at least", "exact", "truth", "denial", "choice"],
)
def test_the_key_tells_the_answer_why_others_are_wrong_denials_and_the_source(question: Question, told: str) -> None:
    assert bare(told) in both(question)[1]


def test_short_answers_stand_at_a_glance_names_and_pairs_too_and_long_ones_are_dots() -> None:
    names = [replace(RECALL, answers=(f"Lord Ambrose {name}",)) for name in ("Ek", "Lind", "Sel", "Ombra")]
    long = replace(RECALL, answers=("the keeper of the mill who burnt it down himself",))

    key = pages_of(write(job(sheet_of([*names, MATCH]))).files[KEY])[0]
    assert "…" not in key
    assert all(bare(key).count(bare(one.answers[0])) == 2 for one in names)
    key = pages_of(write(job(sheet_of([*names, long]))).files[KEY])[0]
    assert key.count("…") == 1
    assert all(bare(key).count(bare(one.answers[0])) == 2 for one in names)


def test_a_key_comes_apart_at_the_end_or_not_at_all() -> None:
    apart, appended, none = (write(job(SHEET, key=key)).files for key in ("separate", "appended", "none"))

    assert sorted(apart) == [KEY, QUIZ]
    assert list(appended) == list(none) == [QUIZ]
    assert "Answer key" in pages_of(appended[QUIZ])[-1]
    assert "Answer key" not in text_of(none[QUIZ]) + text_of(apart[QUIZ])


def test_nothing_to_print_makes_no_file() -> None:
    assert write(replace(job(), sheets=())).files == {}


def test_a_version_begins_on_a_page_of_its_own_and_counts_from_one() -> None:
    first, second = pages_by_version(write(job(*versions(2, questions=25))).files[QUIZ])

    for pages, version in ((first, "V0"), (second, "V1")):
        assert len(pages) > 1
        for number, text in enumerate(pages, 1):
            assert f"Version {version} · Page {number} of {len(pages)}" in text
            assert f"FORM-{version[1:]} · seed 1" in text


def test_fields_are_labels_of_the_language_or_the_authors_own_words() -> None:
    sheet = replace(SHEET, layout=Layout(fields=("name", "Lab bench", "marks")))

    text = bare(pages_of(write(job(sheet)).files[QUIZ])[0])

    assert "Name" in text
    assert "Labbench" in text
    assert "Marks/13" in text


@pytest.mark.parametrize("heading", ["Part 2", "True or false?"])
def test_a_prompt_that_statements_share_is_said_once_if_not_by_the_heading(heading: str) -> None:
    statements: list[Question] = [replace(TRUTH, statement=f"Statement {i}.") for i in range(4)]
    section = replace(sheet_of(statements).sections[0], heading=heading, instruction="Mark your answer.")

    text = text_of(write(job(replace(SHEET, sections=(section,)))).files[QUIZ])

    assert text.count("True or false?") == 1
    assert "Mark your answer." in text


def test_no_lines_to_write_on_where_the_recipe_wants_none() -> None:
    with_lines, without = (
        write(job(replace(sheet_of([RECALL]), layout=Layout(lines=lines)), key="none")).files[QUIZ]
        for lines in (True, False)
    )

    assert len(with_lines) > len(without)


def test_all_fonts_are_embedded_with_a_map_to_text() -> None:
    data = write(job(sheet_of([*QUESTIONS, replace(RECALL, prompt="✓ → שלום خپلواکۍ Łódź")]))).files[QUIZ]
    fonts = {
        name: font.get_object()
        for page in reader(data).pages
        for name, font in page["/Resources"]["/Font"].items()  # type: ignore[index]  # pypdf's objects
    }

    assert len(fonts) >= 5
    for font in fonts.values():
        assert "/FontFile2" in font["/FontDescriptor"].get_object()
        assert "/ToUnicode" in font


@pytest.mark.parametrize(
    "paper, size", [("a4", (595.28, 841.89)), ("letter", (612, 792)), ("legal", (612, 1008)), ("a5", (419.53, 595.28))]
)
def test_paper(paper: str, size: tuple[float, float]) -> None:
    for data in write(job(SHEET, paper=paper)).files.values():
        for page in reader(data).pages:
            assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(size, abs=0.01)


def test_the_file_tells_its_title_language_and_outline() -> None:
    pdf = reader(write(job(*versions(2))).files[QUIZ])

    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.subject, pdf.metadata.creator) == ("A sample", "Bridges", "quizgen")
    assert pdf.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]  # pypdf's objects
    titles = [str(item["/Title"]) for item in flat(pdf.outline)]
    assert titles == ["Version V0", "All", "Version V1", "All"]


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"large_print": True},
        {"fillable": True},
        {"look": "playful", "easy_reading": True, "two_up": True, "fillable": True},
    ],
    ids="-".join,
)
def test_every_form_passes_the_profile_of_pdf_ua_1(
    how: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with_picture = replace(RECALL, about=about("pictured", "when", picture=picture()))
    mixed = replace(RECALL, prompt="Who said «שלום» (۱۹۱۹) in خپلواکۍ?")
    sheet = sheet_of([*QUESTIONS, with_picture, mixed, *choices(30)])
    sheet = replace(sheet, sections=(*sheet.sections, *drawn(first=len(sheet.entries) + 1).sections))

    file = tmp_path_factory.mktemp("ua") / "quiz.pdf"
    file.write_bytes(write(job(sheet, replace(sheet, version="B"), key="appended", **how)).files[QUIZ])
    report = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)

    assert [str(failure) for failure in report.failures] == []
    assert report.is_compliant


def test_tags_are_packed_and_the_file_stays_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = write(job(*versions(12, questions=30), key="none")).files[QUIZ]
    file = tmp_path_factory.mktemp("ua") / "quiz.pdf"
    file.write_bytes(data)

    assert b"/ObjStm" in data
    assert page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1).is_compliant
    assert len(by_version(data)) == 12


@pytest.mark.parametrize("fillable", [False, True])
def test_without_tags_a_file_is_smaller_and_looks_and_reads_the_same(*, fillable: bool) -> None:
    sheet = sheet_of([*QUESTIONS, replace(RECALL, about=about("pictured", "when", picture=picture())), *choices(20)])
    sheets = (sheet, replace(sheet, version="B"))
    tagged = write(job(*sheets, fillable=fillable, answer_sheet=True)).files
    bare_ = write(job(*sheets, fillable=fillable, answer_sheet=True, tagged=False)).files

    assert [name for name in tagged if tagged[name] == bare_[name]] == ["sample-answers.json"]
    for name in (QUIZ, KEY, "sample-answers.pdf"):
        assert {"/StructTreeRoot", "/MarkInfo"} <= set(catalog(tagged[name]))
        assert not {"/StructTreeRoot", "/MarkInfo"} & set(catalog(bare_[name]))
        assert b"pdfuaid:part" not in bare_[name]
        assert not re.search(rb"/MCID|/Artifact", b"".join(contents(bare_[name])))
        assert len(bare_[name]) < 0.8 * len(tagged[name])
        assert pages_of(bare_[name]) == pages_of(tagged[name])
        assert pictures_of(bare_[name]) == pictures_of(tagged[name])
        assert fields_of(bare_[name]) == fields_of(tagged[name])
    assert bool(fields_of(bare_[QUIZ])) == fillable
    assert b"/StructParent" not in b"".join(unpacked(bare_[QUIZ]))
    assert b"/StructParent" in b"".join(unpacked(tagged[QUIZ]))


def catalog(data: bytes) -> Any:  # noqa: ANN401 - pypdf does not know what it is
    """The root of the file."""
    return reader(data).trailer["/Root"]


def contents(data: bytes) -> list[bytes]:
    """What draws each page."""
    return [page.get_contents().get_data() for page in reader(data).pages]  # type: ignore[union-attr]  # none is empty


def unpacked(data: bytes) -> list[bytes]:
    """All streams of the file that are compressed, those of objects too."""
    found = []
    for start in re.finditer(rb"stream\n", data):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(data[start.end() :]))
    return found


def pictures_of(data: bytes) -> list[bytes]:
    """Each page as it looks, with its fields."""
    pdf = pypdfium2.PdfDocument(data)
    pdf.init_forms()
    return [page.render(scale=1).to_pil().tobytes() for page in pdf]


def fields_of(data: bytes) -> list[str]:
    """The names of all fields."""
    return sorted(reader(data).get_fields() or {})


def test_a_picture_is_drawn_once_in_the_file_and_told_in_words() -> None:
    with_picture = replace(RECALL, about=about("pictured", "when", picture=picture(alt="A level line <1>.")))
    first = sheet_of([with_picture])

    written = write(job(first, replace(first, version="B"), key="none"))
    pages = reader(written.files[QUIZ]).pages

    assert written.problems == ()
    assert [[image.name for image in page.images] for page in pages] != [[], []]
    assert written.files[QUIZ].count(b"/Subtype /Image") == 2  # the picture and its mask
    assert "A level line <1>." in told_in_words(written.files[QUIZ])


@pytest.mark.parametrize("damaged", [False, True])
def test_a_picture_that_cannot_be_drawn_is_told_and_its_words_stand_in_its_place(damaged: bool) -> None:  # noqa: FBT001
    shown = picture(".png" if damaged else ".svg", alt="A plan of the bridge.")
    question = replace(RECALL, about=about("pictured", "when", picture=replace(shown, data=shown.data[:60])))

    written = write(job(sheet_of([question])))
    [problem] = written.problems

    assert problem.says == f"the PDF cannot show the picture '{shown.path.name}'; its description stands in its place"
    assert (problem.place, problem.level) == (question.about.place, Level.WARNING)
    assert "PNG" in problem.remedy
    assert "A plan of the bridge." in text_of(written.files[QUIZ])


def test_the_same_sheets_give_the_same_bytes() -> None:
    given = job(*versions(2), sheet_of([*QUESTIONS, replace(RECALL, prompt="שלום خپلواکۍ ✓")]))

    assert write(given).files == write(given).files


@pytest.mark.slow
def test_bytes_depend_on_no_hash_seed_nor_on_what_was_printed_before() -> None:
    program = (
        "import hashlib, sys\n"
        "from quizgen.write.pdf import write\n"
        "from tests.pdf_jobs import job, sheet_of, versions\n"
        "from tests.samples import QUESTIONS\n"
        "if sys.argv[1] == 'late': write(job(*versions(2)))\n"
        "files = write(job(sheet_of(QUESTIONS))).files\n"
        "print([hashlib.sha256(files[name]).hexdigest() for name in sorted(files)])\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, when],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for when, seed, zone in (("first", "1", "UTC"), ("late", "2", "Asia/Kabul"), ("late", "3", "America/Lima"))
    }

    assert len(digests) == 1


def told_in_words(data: bytes) -> list[str]:
    """The words that stand for pictures, by the tags of the file."""
    found: list[str] = []
    waiting = [reader(data).trailer["/Root"]["/StructTreeRoot"]["/K"]]  # type: ignore[index]  # pypdf's objects
    while waiting:
        element = waiting.pop()
        if hasattr(element, "get_object"):
            element = element.get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            found += [element["/Alt"]] if "/Alt" in element else []
            waiting.append(element.get("/K", []))
    return found


def flat(outline: Any) -> list[Any]:  # noqa: ANN401 - pypdf nests lists in lists
    """All entries of an outline, in order."""
    return [entry for part in outline for entry in (flat(part) if isinstance(part, list) else [part])]


def pages_by_version(data: bytes) -> list[list[str]]:
    """The texts of the pages of each version."""
    found: list[list[str]] = []
    for text in pages_of(data):
        if "all versions at a glance" in text:
            continue
        if re.search(r"Page 1 of \d", text):
            found.append([])
        if found:  # else it is a further page of all versions
            found[-1].append(text)
    return found


def by_version(data: bytes) -> list[str]:
    """The text of each version, without spaces."""
    return ["".join(bare(page) for page in pages) for pages in pages_by_version(data)]


def both(question: Question) -> tuple[str, str]:
    """The texts of a quiz of one question, and of its key."""
    files = write(job(replace(sheet_of([question]), sections=(only(question),)))).files
    return bare(text_of(files[QUIZ])), bare(text_of(files[KEY]))


def only(question: Question) -> Section:
    """A section without words of its own."""
    return replace(sheet_of([question]).sections[0], heading="", instruction="")


def test_every_sheet_prints_without_a_warning() -> None:
    sheets: list[Sheet] = [SHEET, sheet_of(QUESTIONS), *versions(2)]

    assert write(job(*sheets)).problems == ()
