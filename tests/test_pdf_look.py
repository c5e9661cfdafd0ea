"""The look of printed quizzes is data, and its mistakes are told with their places."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from quizgen.problems import Place
from quizgen.templates import Templates, shipped
from quizgen.write.pdf import write
from quizgen.write.pdf.colours import contrast
from quizgen.write.pdf.document import Document
from quizgen.write.pdf.look import MM, Look, look_names, read_look
from tests.pdf_jobs import TEMPLATES, bare, job, sheet_of, text_of
from tests.samples import QUESTIONS, RECALL
from tests.test_pdf import QUIZ


def templates(tmp_path: Path, look: str, name: str = "plain") -> Templates:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / f"{name}.yaml").write_text(look, "utf-8")
    return Templates.found(tmp_path, project=Path("/nonexistent"))


def test_the_shipped_look_says_what_is_usual() -> None:
    look, problems = read_look(TEMPLATES)

    assert problems == ()
    assert (look.sizes, look.margins, look.distances, look.shapes, look.colours) == (
        (usual := Look()).sizes,
        usual.margins,
        usual.distances,
        usual.shapes,
        usual.colours,
    )
    assert (look.spacing, look.fonts) == (usual.spacing, usual.fonts)


@pytest.mark.parametrize("name", look_names(TEMPLATES))
@pytest.mark.parametrize("large_print, easy_reading", [(False, False), (True, False), (False, True), (True, True)])
def test_in_every_shipped_look_all_text_stands_out_from_the_page(
    name: str,
    large_print: bool,  # noqa: FBT001 - of a table
    easy_reading: bool,  # noqa: FBT001 - the same
) -> None:
    look, problems = read_look(TEMPLATES, name, large_print=large_print, easy_reading=easy_reading)
    colours = look.colours

    assert problems == ()
    for ground in (colours.page, colours.tint):
        assert contrast(colours.ink, ground) >= 7
        assert contrast(colours.accent, ground) >= 4.5
    assert contrast(colours.quiet, colours.page) >= 4.5
    assert contrast(colours.rule, colours.page) >= 3


def test_looks_are_found_by_name_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    given = templates(tmp_path, "sizes: {text: 13}", name="mine")

    assert look_names(given) == ("mine", "plain", "playful")
    assert read_look(given, "mine")[0].sizes.text == 13
    written = write(job(templates=given, look="playfull"))
    [problem] = written.problems
    assert (written.files, problem.remedy) == ({}, "Did you mean 'playful'?")


def test_overlays_for_readers_change_the_look_only_where_they_are_wanted(tmp_path: Path) -> None:
    overlays = "easy-reading: {sizes: {text: 14}, spacing: {letters: 0.1}}\nlarge-print: {sizes: {text: 24}}\n"
    given = templates(tmp_path, "sizes: {text: 12}\n" + overlays)
    looks = [
        read_look(given, large_print=large, easy_reading=easy)[0] for large in (False, True) for easy in (False, True)
    ]

    assert [(look.sizes.text, look.spacing.letters) for look in looks] == [(12, 0), (14, 0.1), (24, 0), (24, 0.1)]


def test_a_look_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    look, problems = read_look(templates(tmp_path, "sizes: {text: 12}\nmargins: {side: 25 mm}\n"))

    assert problems == ()
    assert (look.sizes.text, look.sizes.title, look.margins.side) == (12.0, Look().sizes.title, 25 * MM)


@pytest.mark.parametrize(
    "look, line, column, says, remedy",
    [
        ("size: {text: 12}", 1, 1, "unknown key 'size' in a look", "Did you mean 'sizes'?"),
        ("sizes:\n  txt: 12", 2, 3, "unknown key 'txt' in 'sizes' of a look", "Did you mean 'text'?"),
        ("sizes:\n  text: big", 2, 9, "'big' is no value for 'text'", "Write a number of points"),
        ("sizes:\n  text: 99999", 2, 9, "'99999' is no value for 'text'", "Write a number of points"),
        ("colours: {ink: 2}", 1, 16, "'2' is no value for 'ink'", "Write a grey from 0"),
        ("sizes: 12", 1, 8, "'sizes' is a mapping", ""),
        ("fonts: {fallback: x.ttf}", 1, 19, "'x.ttf' is no value for 'fallback'", "Write a list of TrueType files."),
        ("large-print: yes", 1, 14, "'large-print' is a mapping of what it changes", ""),
        ("large-print: {size: {}}", 1, 15, "unknown key 'size' in a look", "Did you mean 'sizes'?"),
        ("- a", 1, 1, "this is no look: a look is a mapping", "`quizgen templates pdf/plain.yaml` prints one."),
    ],
)
def test_a_mistake_in_a_look_is_told_with_its_place(  # noqa: PLR0917 - a table
    tmp_path: Path, look: str, line: int, column: int, says: str, remedy: str
) -> None:
    _, [problem] = read_look(templates(tmp_path, look))

    assert problem.place == Place(str(tmp_path / "pdf" / "plain.yaml"), line, column)
    assert problem.says == says
    assert problem.remedy.startswith(remedy)


def test_a_mistake_in_a_look_is_a_problem_of_the_output(tmp_path: Path) -> None:
    written = write(job(templates=templates(tmp_path, "sizes: {text: big}")))

    assert [problem.says for problem in written.problems] == ["'big' is no value for 'text'"]


@pytest.mark.parametrize("content", [None, b"no font at all", b""])
def test_a_font_that_cannot_be_used_is_told(tmp_path: Path, content: bytes | None) -> None:
    given = templates(tmp_path, "fonts: {regular: Mine.ttf}")
    if content is not None:
        (tmp_path / "pdf" / "fonts").mkdir()
        (tmp_path / "pdf" / "fonts" / "Mine.ttf").write_bytes(content)

    written = write(job(templates=given))

    assert written.files == {}
    [problem] = written.problems
    assert problem.says.startswith("the PDF cannot use the font 'Mine.ttf': ")
    assert problem.place == Place(str(tmp_path / "pdf/plain.yaml"), 1, 18)


def test_a_font_is_told_where_it_is_named_for_those_who_need_it(tmp_path: Path) -> None:
    given = templates(tmp_path, "fonts: {bold: DejaVuSans.ttf}\nlarge-print:\n  fonts: {bold: Big.ttf}")

    assert write(job(templates=given)).problems == ()
    [problem] = write(job(templates=given, large_print=True)).problems
    assert problem.place == Place(str(tmp_path / "pdf/plain.yaml"), 3, 17)


def test_a_font_of_the_users_own_is_used(tmp_path: Path) -> None:
    given = templates(tmp_path, "fonts: {regular: Mine.ttf}")
    (tmp_path / "pdf" / "fonts").mkdir()
    shutil.copy(shipped("templates") / "pdf" / "fonts" / "DejaVuSans.ttf", tmp_path / "pdf" / "fonts" / "Mine.ttf")

    assert b"DejaVuSans" in write(job(templates=given)).files["sample-quiz.pdf"]


def test_every_font_has_its_licence_beside_it() -> None:
    fonts = shipped("templates") / "pdf" / "fonts"
    names = sorted(path.name for path in fonts.glob("*.ttf"))

    assert len(names) >= 5
    families = {name.name.removesuffix("-LICENSE.txt") for name in fonts.glob("*-LICENSE.txt")}
    assert {family for family in families if any(name.startswith(family) for name in names)} == families
    assert [name for name in names if not name.startswith(tuple(families))] == []


def test_wider_letters_change_no_text_and_tear_nothing_that_joins() -> None:
    narrow, wide = (Document(job(easy_reading=easy), "x").kit for easy in (False, True))
    scale = wide.styles.text.size / narrow.styles.text.size

    def wider(text: str) -> float:
        own = narrow.setter.natural_width(text, narrow.styles.text) * scale
        return (wide.setter.natural_width(text, wide.styles.text) - own) / wide.styles.text.size

    spacing = read_look(TEMPLATES, easy_reading=True)[0].spacing
    assert wider("bridge") == pytest.approx(6 * spacing.letters, abs=0.01)
    assert wider("a b") == pytest.approx(3 * spacing.letters + spacing.words, abs=0.01)
    assert wider("q\u0308a") == pytest.approx(2 * spacing.letters, abs=0.01)  # a letter and its mark are one
    assert wider("خپلواکي") == pytest.approx(0, abs=0.01)
    texts = ["Łódź (1915) q\u0308a", "שלום عالم", "a-b 12"]
    found = bare(
        text_of(write(job(sheet_of([replace(RECALL, prompt=text) for text in texts]), easy_reading=True)).files[QUIZ])
    )
    assert [text for text in texts[::2] if bare(text) not in found] == []


@pytest.mark.parametrize("name", look_names(TEMPLATES))
def test_a_page_in_black_and_white_tells_the_same(name: str) -> None:
    """Whatever is drawn in a colour is as dark as what can be read, or is a mere ground: nothing pale is a mark."""
    data = write(job(sheet_of(QUESTIONS), look=name)).files[QUIZ]
    grey = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    proof = grey.point(lambda value: 0 if value < 160 else 255)  # what a copier makes of it

    dark = sum(grey.histogram()[:200])
    assert sum(proof.histogram()[:1]) > 0.75 * dark  # the rest are soft edges
