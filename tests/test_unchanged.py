"""What has not changed is not made again, and nobody could tell: every build is as one from nothing would have been."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from quizgen.build import build_deck
from quizgen.cli import making
from quizgen.cli.build import command
from quizgen.templates import shipped
from quizgen.write.anki import bundle
from tests.authoring import Author

DECK = "decks/bridge/deck.yaml"
EVERY = "anki,json,pdf,page,anki-text"


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """Somebody in the folder of their deck, who gets a warning for it, and has never built it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    author = Author(tmp_path / "mine")
    author.edits(DECK, "from: chronicle", "cover: whatever\nfrom: chronicle")
    author.edits(DECK, "cover: whatever\n", "")
    monkeypatch.chdir(author.folder)
    return author


Outcome = tuple[int, str, str, dict[str, bytes]]


def builds(author: Author, *args: str) -> tuple[Outcome, bool]:
    """What came of a build, told and written; and whether anything was made for it."""
    made = []

    def built(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as it is called
        made.append(True)
        return real(*args, **kwargs)

    real = getattr(making, "build_deck")  # noqa: B009 - it may have been put there by a test
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "build_deck", built)
        done = CliRunner().invoke(command, ["decks/bridge", *(args or ("--to", "anki,json"))])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return (done.exit_code, done.stdout, done.stderr, content(author.folder)), bool(made)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_has_not_changed_is_not_made_again_and_told_as_before(author: Author) -> None:
    author.edits(DECK, "language: en", "language: en\nretired: {}")
    first, made = builds(author)
    assert first[0] == 1, "a mistake in the deck"
    assert builds(author) == (first, made), "which is found every time"
    author.edits(DECK, "\nretired: {}", "")
    first, made = builds(author, "--to", EVERY)
    assert made
    assert first[0] == 0
    assert builds(author, "--to", EVERY) == (first, False)
    assert builds(author, "--to", EVERY, "--anew") == (first, True)


def test_a_package_that_is_written_by_way_of_a_file_is_not_made_again(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[bundle.__module__ + ".package"], "_MANY", 0)
    first, made = builds(author)
    assert made
    assert builds(author) == (first, False)


def test_warnings_are_told_again(author: Author) -> None:
    author.edits(DECK, "Trams cross the bridge", "Trams cross the bridge 𓀀")
    first, made = builds(author, "--to", "pdf", "--recipe", "worksheet")
    assert made
    assert "warning: " in first[2]
    assert builds(author, "--to", "pdf", "--recipe", "worksheet") == (first, False)


def test_where_nothing_has_changed_next_to_nothing_is_loaded(author: Author) -> None:
    look = "import sys; from quizgen.cli import main\ntry: main()\nfinally: print('LOADED', *sys.modules)"
    loaded = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", look, "build"], cwd=author.folder, capture_output=True, text=True, check=True
        )
        loaded.append(set(done.stdout.rpartition("LOADED")[2].split()))
    assert {"quizgen.build", "genanki", "reportlab"} <= loaded[0]
    assert {"quizgen.build", "quizgen.ask", "genanki", "reportlab", "yaml", "importlib.metadata"} & loaded[1] == set()


# ---- what a build hangs on -------------------------------------------------------------------------------------------


def add(name: str, text: str) -> Callable[[Author], Any]:
    return lambda author: author.write(name, text)


def own(name: str, old: str, new: str) -> Callable[[Author], Any]:
    """A template of one's own, which wins over the shipped one of that name."""
    text = (shipped("templates") / name).read_text(encoding="utf-8")
    assert old in text
    return add(f"templates/{name}", text.replace(old, new))


KIND = "kind: bell\nfields: {bell: text, cast: date}\nstatement: '{bell} was cast {cast:in}.'\nask: {}\n"


def _in_the_way(author: Author) -> None:
    shutil.rmtree(author.folder / "output")
    author.write("output", "")


def _leading_out(author: Author) -> None:
    author.write("templates/quizzes/x.yaml", "")
    (author.folder / "templates/quizzes/y.yaml").symlink_to("/etc/hostname")


CHANGES: dict[str, Callable[[Author], Any]] = {
    "a fact": lambda author: author.edits(DECK, "In the rain.", "In the snow."),
    "a source": lambda author: author.edits(DECK, "A school atlas", "An atlas for schools"),
    "a kind of the deck": lambda author: author.edits("decks/bridge/kinds/treaty.yaml", "was signed", "was sealed"),
    "one more kind": add("decks/bridge/kinds/bell.yaml", KIND),
    "a kind of that name, which was not there": own("kinds/quote.yaml", "Match each quotation", "Put each quotation"),
    "a picture": lambda author: author.paints("marr.png", "blue"),
    "wording": own("languages/en.yaml", "True or false", "Right or wrong"),
    "the look of cards": own("anki/style.css", "font-size", "font-size "),
    "the recipe": own("quizzes/test.yaml", "count: 20 ", "count: 9 "),
    "the look of paper": own("pdf/plain.yaml", "text: 10.5", "text: 11"),
    "the page": own("page/style.css", "color", "color "),
    "an older ledger": lambda author: author.ledger.write_text(author.ledger.read_text().replace("17999", "16999")),
    "no ledger": lambda author: author.ledger.unlink(),
    "a damaged ledger": lambda author: author.ledger.write_text("{"),
    "an output gone": lambda author: (author.folder / "output/bridge.apkg").unlink(),
    "an output touched": lambda author: (author.folder / "output/bridge.json").write_text("{}"),
    "no build.json": lambda author: (author.folder / "output/build.json").unlink(),
    "no output": lambda author: shutil.rmtree(author.folder / "output"),
    "a file in the way": _in_the_way,
    "a template that leads out": _leading_out,
}


ON_PAPER = ("the recipe", "the look of paper", "the page", "wording")


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_build_is_as_one_from_nothing(author: Author, change: str) -> None:
    to = ("--to", EVERY if change in ON_PAPER else "anki,json")
    first, _ = builds(author, *to)
    assert builds(author, *to) == (first, False)
    CHANGES[change](author)
    twin = Path(shutil.copytree(author.folder, author.folder.with_name("twin"), symlinks=True))
    after, made = builds(author, *to)
    assert made or after[0] or after == first
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(twin)
        assert builds(Author(twin), *to, "--anew")[0] == after
    again, made = builds(author, *to)
    if after[0] == 0 and "ledger" not in change and change != "a template that leads out":
        assert (again, made) == (after, False)


OPTIONS = [
    *(("--to", "anki"), ("--to", "pdf"), ("--to", "anki,json,page"), ("--without", "when"), ("--only", "cloze")),
    *(("--seed", "7"), ("--paper", "letter"), ("--no-tags",), ("--recipe", "worksheet"), ("--preset",), ("--strict",)),
]


def test_builds_of_all_sorts_in_any_order_are_as_builds_from_nothing(author: Author) -> None:
    dice = random.Random(5)  # noqa: S311 - not for secrets
    twin = Path(shutil.copytree(author.folder, author.folder.with_name("twin")))
    kept = 0
    for step in range(14):
        if dice.random() < 0.3:
            for one in (author, Author(twin)):
                one.write(DECK, one.deck.read_text().replace("In the ", "In the very ", 1))
        args = dice.choice(OPTIONS[:4])
        outcome, made = builds(author, *args)
        kept += not made
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(twin)
            assert builds(Author(twin), *args, "--anew")[0] == outcome, step
    assert kept > 2


@pytest.mark.parametrize("option", OPTIONS, ids=" ".join)
def test_every_option_counts(author: Author, option: tuple[str, ...]) -> None:
    builds(author)
    outcome, made = builds(author, *option)
    assert made
    assert builds(author, *option)[1] == (outcome[0] != 0)


def test_another_time_counts(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    builds(author)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000001")
    assert builds(author)[1]


def test_a_file_that_changes_while_it_is_built_is_built_again(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    real = build_deck

    def slow(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as it is called
        author.edits(DECK, "In the rain.", "In the snow.")
        return real(*args, **kwargs)

    monkeypatch.setattr(making, "build_deck", slow)
    builds(author)
    monkeypatch.setattr(making, "build_deck", real)
    (_, _, _, files), made = builds(author)
    assert made
    assert b"In the snow." in files["output/bridge.json"]


def test_a_font_that_was_not_there_counts(author: Author) -> None:
    font = author.folder.parent / "late.ttf"
    look = (shipped("templates") / "pdf/plain.yaml").read_text(encoding="utf-8")
    named = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
    assert named in look
    author.write("templates/pdf/plain.yaml", look.replace(named, str(font)))
    author.edits(DECK, "Trams cross the bridge", "Trams cross the bridge \u58eb")
    builds(author, "--to", "pdf", "--recipe", "worksheet")
    assert not builds(author, "--to", "pdf", "--recipe", "worksheet")[1]
    shutil.copy(shipped("templates") / "pdf/fonts/NotoSans-Regular.ttf", font)
    assert builds(author, "--to", "pdf", "--recipe", "worksheet")[1]


def test_a_package_of_several_decks_is_always_made(author: Author) -> None:
    for _ in range(2):
        assert builds(author, "--one-package", "all", "--to", "anki")[1]


# ---- the record ------------------------------------------------------------------------------------------------------


def record(author: Author) -> Path:
    (found,) = (author.folder.parent / "cache/quizgen/builds").iterdir()
    return found


@pytest.mark.parametrize("data", ["", "{", "[]", "[" * 100_000, '{"reads": 1}', "\0"])
def test_a_damaged_record_is_none(author: Author, data: str) -> None:
    first, _ = builds(author)
    record(author).write_text(data)
    assert builds(author) == (first, True)
    assert builds(author) == (first, False)


def test_a_record_tells_what_the_build_hangs_on_and_no_more(author: Author) -> None:
    builds(author)
    reads = json.loads(record(author).read_bytes())["reads"]
    mine = {Path(path).relative_to(author.folder).as_posix() for path in reads if path.startswith(str(author.folder))}
    assert mine == {DECK, "decks/bridge/deck.ledger.json", "decks/bridge/marr.png", *(
        f"decks/bridge/kinds{more}" for more in ("", "/treaty.yaml")
    )}  # fmt: skip


def test_where_no_record_can_be_kept_all_is_made_every_time(author: Author) -> None:
    (author.folder.parent / "cache").write_text("a file")
    first, _ = builds(author)
    assert first[0] == 0
    assert builds(author) == (first, True)
