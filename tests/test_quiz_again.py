"""A printed sheet is made again by the form id at its foot; and what else `quizgen quiz` makes and says."""

from __future__ import annotations

import json
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.cli import group
from quizgen.compose import version_name, version_number
from quizgen.compose.formid import Blueprint, form_id, parse_form
from quizgen.questions import FORMS
from quizgen.templates import shipped
from tests.pdf_jobs import pages_of, picture

FORM = re.compile(r"^([A-Z]{4}-[A-Z]{3}-\S+) · seed")
MOON = "decks/moon-race/deck.yaml"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the shipped decks and a recipe of its own."""
    here = tmp_path_factory.mktemp("school")
    shutil.copytree(shipped("decks"), here / "decks")
    (here / "templates/quizzes").mkdir(parents=True)
    (here / "templates/quizzes/friday.yaml").write_text("sections: [{forms: [choice, truth], count: 6}]")
    return here


@pytest.fixture(autouse=True)
def _in_school(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(school)


def quiz(*args: str | Path) -> Result:
    """What `quizgen quiz` does, in this process."""
    return CliRunner().invoke(group, ["quiz", *map(str, args)], catch_exceptions=False)


def made(*args: str | Path) -> tuple[dict[str, bytes], str]:
    """The files that it makes, by the ends of their names, and what it says of them."""
    done = quiz(*args)
    assert done.exit_code == 0, done.output
    files = {path.rpartition("-")[2]: Path(path).read_bytes() for path in done.stdout.splitlines()}
    assert len(files) == len(done.stdout.splitlines())
    return files, done.stderr


def sheets(data: bytes) -> dict[str, list[str]]:
    """The pages of each sheet by the form id that is printed at the foot of all of them."""
    found: dict[str, list[str]] = {}
    for page in pages_of(data):
        footer = page.replace("\r\n", "\n").rpartition("\n")[2]
        if "…" not in footer:  # which is of all of them
            form = FORM.search(footer)
            assert form
            found.setdefault(form[1], []).append(page)
    return found


QUIZZES = {
    "plain": ("moon-race",),
    "another deck": ("elements", "--recipe", "warm-up"),
    "by minutes": ("moon-race", "--recipe", "warm-up", "--minutes", "8"),
    "an own recipe": ("russia-afghanistan", "--recipe", "friday"),
    "all that can be asked for": (
        *("moon-race", "--recipe", "worksheet", "--count", "10", "--forms", "order,recall,cloze", "--fresh"),
        *("--tags", "apollo,crews,robots"),
    ),
}


@pytest.mark.parametrize("case", QUIZZES)
def test_a_sheet_is_made_again_by_nothing_but_its_printed_form_id(case: str, tmp_path: Path) -> None:
    first, _ = made(*QUIZZES[case], "--versions", "3", "--out", tmp_path / "first")
    printed = sheets(first["quiz.pdf"])
    keys = sheets(first["key.pdf"])

    assert len(printed) == 3
    form, pages = list(printed.items())[2]
    again, said = made("--form", form.lower().replace("-", " "), "--out", tmp_path / "again")

    assert said == ""
    assert sheets(again["quiz.pdf"]) == {form: pages}
    assert sheets(again["key.pdf"]) == {form: keys[form]}


def test_what_is_made_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    first, _ = made("moon-race", "--recipe", "friday", "--out", tmp_path / "first")
    [form] = sheets(first["quiz.pdf"])

    assert made("--form", form, "--out", tmp_path / "again")[0] == first


def test_all_versions_of_a_form_can_be_made_again(tmp_path: Path) -> None:
    first, _ = made("moon-race", "--recipe", "friday", "--versions", "3", "--answer-sheet", "--out", tmp_path / "first")
    form = list(sheets(first["quiz.pdf"]))[1]

    again, _ = made("--form", form, "--versions", "3", "--answer-sheet", "--out", tmp_path / "again")

    assert sorted(again) == ["answers.json", "answers.pdf", "forms.json", "key.pdf", "quiz.pdf"]
    assert again == first


@pytest.mark.parametrize(
    "was, becomes, where, known",
    [
        ("The race to the Moon", "The long race", "first", "Its questions are the same; their order, a heading or"),
        ("Moon", "Luna", "first", r"Of its 5 questions, by their printed numbers, [\w ]+: \d"),
        ("Moon", "Luna", "again", "How it differs is not known, for its record is not in the output folder"),
    ],
)
def test_a_sheet_that_comes_out_otherwise_says_so_and_has_another_form_id(  # noqa: PLR0917 - what is changed
    was: str, becomes: str, where: str, known: str, school: Path, tmp_path: Path
) -> None:
    first, _ = made("moon-race", "--seed", "7", "--recipe", "warm-up", "--out", tmp_path / "first")
    [form] = sheets(first["quiz.pdf"])
    deck = school / MOON
    before = deck.read_text("utf-8")
    try:
        deck.write_text(before.replace(was, becomes), "utf-8")
        again = quiz("--form", form, "--out", tmp_path / where)
        strict = quiz("--form", form, "--strict", "--out", tmp_path / "strict")
    finally:
        deck.write_text(before, "utf-8")

    [changed] = sheets(next((tmp_path / where).glob("*-a-quiz.pdf")).read_bytes())
    assert again.exit_code == 0
    assert re.search(known, again.stderr)
    assert f"this is not the sheet that was printed as {form}, and so its form id is another, {changed}" in again.stderr
    assert "Do not mark the printed sheet by this key." in again.stderr
    assert changed != form
    assert parse_form(changed) is not None
    assert (strict.exit_code, strict.stdout) == (1, "")


def test_a_change_that_does_not_touch_the_sheet_is_none(school: Path, tmp_path: Path) -> None:
    first, _ = made("moon-race", "--seed", "7", "--recipe", "warm-up", "--out", tmp_path / "first")
    [(form, pages)] = sheets(first["quiz.pdf"]).items()
    deck = school / MOON
    before = deck.read_text("utf-8")
    try:
        deck.write_text(before + "\n  late: {quote: Not on this sheet, by: Nobody in particular}\n", "utf-8")
        again = quiz("--form", form, "--out", tmp_path / "again")
    finally:
        deck.write_text(before, "utf-8")

    [(now, after)] = sheets(next((tmp_path / "again").glob("*-quiz.pdf")).read_bytes()).items()
    assert "form" not in again.stderr
    assert now == form
    was, is_ = (re.findall(r"deck ([A-Z]{4})", page) for page in (pages[0], after[0]))
    assert was != is_  # the version of the deck tells that it was changed somewhere


@pytest.mark.parametrize(
    "args, code, says",
    [
        (("--form", "BKMT-4711-A"), 2, "'BKMT-4711-A' is no form id; one looks like BKMT-HQR-4711-A."),
        (("--form", "BKMT-HQR-4711-A"), 1, "no quiz of this has the form id BKMT-HQR-4711-A"),
        (("--form", "BKMT-HQR-G-4711-A"), 1, "if with more than 3, name them again"),
        (
            ("--form", "BKMT-HQR-4711-A", "--seed", "1", "--fresh"),
            2,
            "says this already; leave out --seed and --fresh.",
        ),
        (("nowhere", "--form", "BKMT-HQR-4711-A"), 1, "there is no deck 'nowhere'"),
        (
            ("moon-race", "--class", "absent.csv", "--versions", "3"),
            2,
            "for each name of the list; leave out --versions.",
        ),
        (("moon-race", "--class", "absent.csv"), 1, "there is no file 'absent.csv'"),
        (("moon-race", "--logo", "absent.png"), 1, "there is no file 'absent.png' beside the logo"),
    ],
)
def test_what_cannot_be_made_is_told(args: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    done = quiz(*args, "--out", tmp_path)

    assert (done.exit_code, done.stdout) == (code, "")
    assert says in " ".join(done.stderr.split())


def test_a_class_gets_a_version_each_in_the_order_of_the_list(tmp_path: Path) -> None:
    names = ["Zoë Lee", "Łukasz Żółć", "Ann Ek"]
    (tmp_path / "7b.csv").write_text("name;class\n" + "".join(f"{name};7b\n" for name in names), "utf-8")
    (tmp_path / "logo.png").write_bytes(picture().data)
    head = ("--field", "Class = 7b", "--school", "Sel", "--logo", tmp_path / "logo.png", "--field", "Lab bench")

    files, _ = made("moon-race", "--class", tmp_path / "7b.csv", *head, "--answer-sheet", "--out", tmp_path)
    printed = sheets(files["quiz.pdf"])

    assert [parsed.version for form in printed if (parsed := parse_form(form))] == ["A", "B", "C"]
    for name, pages in zip(names, printed.values(), strict=True):
        first = " ".join(pages[0].split())
        assert f"Name {name} Class 7b" in first
        assert "Lab bench" in first
        assert all(f"{name} · Version" in page for page in pages)
    grid = " ".join(pages_of(files["key.pdf"])[0].split()) + " ".join(pages_of(files["key.pdf"])[1].split())
    assert [f"{form} · {name}" in grid for form, name in zip(printed, names, strict=True)] == [True] * 3


def test_too_few_sound_questions_are_counted_by_form_and_stop_a_strict_quiz(tmp_path: Path) -> None:
    done = quiz("moon-race", "--count", "90", "--forms", "order", "--seed", "1", "--out", tmp_path)
    strict = quiz("moon-race", "--count", "90", "--forms", "order", "--strict", "--out", tmp_path / "strict")

    assert done.exit_code == 0
    assert re.search(r"wants \d+ questions and gets \d+; of its forms the deck gives \d+ order", done.stderr)
    assert (strict.exit_code, strict.stdout) == (1, "")


def test_help_tells_every_option_under_a_heading() -> None:
    told = CliRunner().invoke(group, ["quiz", "--help"]).stdout
    options = [
        name
        for parameter in import_module("quizgen.cli.quiz").command.params
        for name in parameter.opts
        if name[:2] == "--"
    ]

    assert len(options) > 15
    assert [name for name in options if f"  {name} " not in told] == []
    assert told.count("\n\n") >= 8
    assert ", ".join(FORMS) in " ".join(told.split())


blueprints = st.builds(
    Blueprint.of,
    st.text(),
    count=st.none() | st.integers(1, 9999),
    forms=st.none() | st.sets(st.sampled_from(FORMS), min_size=1),
    tags=st.none() | st.sets(st.text(min_size=1), min_size=1),
    fresh=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(blueprint=blueprints, deck=st.text(), seed=st.integers(-(10**18), 10**18), version=st.integers(0, 18_000))
def test_a_form_id_tells_all_but_names(blueprint: Blueprint, deck: str, seed: int, version: int) -> None:
    text = form_id(deck, blueprint, seed=seed, version=version_name(version), shown=["a", "b"])

    read = parse_form(text)

    assert read is not None
    assert str(read) == text
    assert parse_form(f"  {text.lower().replace('-', ' – ', 2)} ") == read
    assert (read.seed, version_number(read.version)) == (seed, version)
    assert (read.count, read.forms, read.fresh) == (blueprint.count, blueprint.forms, blueprint.fresh)
    assert read.tagged == (blueprint.tags is not None)


@settings(max_examples=40, deadline=None)
@given(one=blueprints, other=blueprints, seed=st.integers(0, 10**9))
def test_quizzes_that_differ_have_letters_that_differ(one: Blueprint, other: Blueprint, seed: int) -> None:
    letters = {form_id("d", each, seed=seed, version="A", shown=())[:4] for each in (one, other)}

    assert len(letters) == len({one, other})


def test_a_blank_keeps_the_number_that_the_ledger_gives_it(tmp_path: Path) -> None:
    deck = tmp_path / "mills.yaml"
    deck.write_text(
        "deck: Mills\nfacts:\n"
        + "".join(
            f"  mill-{n}: {{event: Mill {n} burns down, when: {1800 + 9 * n}, where: Town {n}}}\n" for n in range(9)
        ),
        encoding="utf-8",
    )
    spent = {f"mill-{n}/when": 3 + 20 * n for n in range(9)}  # of the first, what is else the number of its place
    ledger = {"format": "quizgen-ledger/1", "lines": {}, "looks": {}, "retired": {}, "slots": spent}
    (tmp_path / "mills.ledger.json").write_text(json.dumps(ledger), encoding="utf-8")
    done = quiz(deck, "--forms", "cloze", "--count", "9", "--to", "pdf,json", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    [file] = (tmp_path / "out").glob("mills-test-*[0-9].json")
    questions = json.loads(file.read_text("utf-8"))["questions"]
    gaps = [(question["fact"], gap) for question in questions for gap in question["gaps"]]
    dates = {f"{fact}/when": gap["slot"] for fact, gap in gaps if gap["answers"][0].isdigit()}
    assert dates and dates == {name: spent[name] for name in dates}
    assert all(f"{{{{{gap['slot']}}}}}" in question["text"] for question in questions for gap in question["gaps"])
