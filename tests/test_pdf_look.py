"""The look of printed quizzes is data, and its mistakes are told with their places."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quizgen.problems import Place
from quizgen.templates import Templates, shipped
from quizgen.write.pdf import write
from quizgen.write.pdf.look import MM, Look, read_look
from tests.pdf_jobs import TEMPLATES, job


def templates(tmp_path: Path, look: str) -> Templates:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "look.yaml").write_text(look, "utf-8")
    return Templates.found(tmp_path, project=Path("/nonexistent"))


def test_the_shipped_look_says_what_is_usual() -> None:
    look, problems = read_look(TEMPLATES)

    assert problems == ()
    assert (look.sizes, look.margins, look.distances, look.shapes, look.greys) == (
        (usual := Look()).sizes,
        usual.margins,
        usual.distances,
        usual.shapes,
        usual.greys,
    )
    assert look.fonts.fallback == usual.fonts.fallback


def test_a_look_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    look, problems = read_look(templates(tmp_path, "sizes: {text: 12}\nmargins: {side: 25 mm}\n"))

    assert problems == ()
    assert (look.sizes.text, look.sizes.title, look.margins.side) == (12.0, Look().sizes.title, 25 * MM)


def test_large_print_changes_the_look_only_where_it_is_wanted(tmp_path: Path) -> None:
    given = templates(tmp_path, "sizes: {text: 12}\nlarge-print: {sizes: {text: 24}}\n")

    assert read_look(given)[0].sizes.text == 12
    assert read_look(given, large_print=True)[0].sizes.text == 24


@pytest.mark.parametrize(
    "look, line, column, says, remedy",
    [
        ("size: {text: 12}", 1, 1, "unknown key 'size' in a look", "Did you mean 'sizes'?"),
        ("sizes:\n  txt: 12", 2, 3, "unknown key 'txt' in 'sizes' of a look", "Did you mean 'text'?"),
        ("sizes:\n  text: big", 2, 9, "'big' is no value for 'text'", "Write a number of points"),
        ("sizes:\n  text: 99999", 2, 9, "'99999' is no value for 'text'", "Write a number of points"),
        ("greys: {ink: 2}", 1, 14, "'2' is no value for 'ink'", "Write a number"),
        ("sizes: 12", 1, 8, "'sizes' is a mapping", ""),
        ("fonts: {fallback: x.ttf}", 1, 19, "'x.ttf' is no value for 'fallback'", "Write a list of TrueType files."),
        ("large-print: yes", 1, 14, "'large-print' is a mapping of what it changes", ""),
        ("large-print: {size: {}}", 1, 15, "unknown key 'size' in a look", "Did you mean 'sizes'?"),
        ("- a", 1, 1, "a look is a mapping", "`quizgen templates pdf/look.yaml` prints one."),
    ],
)
def test_a_mistake_in_a_look_is_told_with_its_place(  # noqa: PLR0917 - a table
    tmp_path: Path, look: str, line: int, column: int, says: str, remedy: str
) -> None:
    _, [problem] = read_look(templates(tmp_path, look))

    assert problem.place == Place(str(tmp_path / "pdf" / "look.yaml"), line, column)
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


def test_a_font_of_the_users_own_is_used(tmp_path: Path) -> None:
    given = templates(tmp_path, "fonts: {regular: Mine.ttf}")
    (tmp_path / "pdf" / "fonts").mkdir()
    shutil.copy(shipped("templates") / "pdf" / "fonts" / "DejaVuSans.ttf", tmp_path / "pdf" / "fonts" / "Mine.ttf")

    assert b"DejaVuSans" in write(job(templates=given)).files["sample-quiz.pdf"]


def test_every_font_has_its_licence_beside_it() -> None:
    fonts = shipped("templates") / "pdf" / "fonts"
    names = sorted(path.name for path in fonts.glob("*.ttf"))

    assert len(names) >= 5
    assert {name[:8] for name in names} == {name.name[:8] for name in fonts.glob("*-LICENSE.txt")}
