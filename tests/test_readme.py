"""The README is the manual: its commands run, its decks build, its tables hold."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizgen.cli import COMMANDS, group
from quizgen.compose.recipes import recipe_names
from quizgen.kindfiles import read_kinds
from quizgen.templates import Templates
from tests.benchmarks.table import BEGIN, END, markdown

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:<!-- (?P<mark>[^\n]+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)```\n", re.DOTALL)


def blocks(kind: str, mark: str = "") -> Iterator[tuple[str, str]]:
    """The mark and the text of each block of that kind whose mark begins so."""
    for found in BLOCK.finditer(README):
        if found["kind"] == kind and (found["mark"] or "").startswith(mark):
            yield found["mark"] or "", found["text"]


def run(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """What a line of a shell that begins with `quizgen` does; a `>` sends its output to a file."""
    line, _, target = (part.strip() for part in line.partition(">"))
    words = shlex.split(line, comments=True)
    assert words[0] == "quizgen"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        input="",
        env=os.environ | {"XDG_DATA_HOME": str(cwd / "home")},
    )
    if target:
        path = cwd / shlex.split(target, comments=True)[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(done.stdout, encoding="utf-8")
    return done


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert run("quizgen new history", tmp_path).returncode == 0
    return tmp_path


def test_what_the_readme_shows_of_a_terminal_is_what_a_terminal_shows(tmp_path: Path) -> None:
    shown = list(blocks("console", "run"))
    assert shown
    for number, (_, text) in enumerate(shown):
        here = tmp_path / str(number)
        here.mkdir()
        for step in text.split("$ ")[1:]:
            line, _, output = step.partition("\n")
            done = run(line, here)
            assert done.returncode == 0, done.stderr
            assert done.stdout == output


LINES = [line for _, text in blocks("sh") for line in text.splitlines() if line.startswith("quizgen ")]


def test_the_readme_has_commands() -> None:
    assert len(LINES) >= 8


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_readme_runs(line: str, project: Path) -> None:
    deck = project / "decks/history.yaml"
    for tag in re.findall(r"--tags (\S+)", line):
        deck.write_text(deck.read_text().replace("when: 1", f"tags: [{tag}], when: 1"))
    if "--recipe friday" in line:
        run(next(before for before in LINES if "friday.yaml" in before), project)
    if "--look mine" in line:
        run(next(before for before in LINES if "mine.yaml" in before), project)
    if "published/history.apkg" in line:
        run(next(before for before in LINES if "--out published" in before), project)
    for mark, text in blocks("csv", "file "):
        (project / mark.removeprefix("file ")).write_text(text, encoding="utf-8")
    done = run(line, project)
    assert done.returncode == 0, done.stderr


def test_the_files_of_the_readme_make_decks_that_build_without_a_problem(tmp_path: Path) -> None:
    written = list(blocks("yaml", "file "))
    assert len(written) >= 2
    for mark, text in written:
        path = tmp_path / mark.removeprefix("file ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = run("quizgen check", tmp_path)
    assert (done.returncode, done.stderr) == (0, "nothing wrong.\n")
    built = run("quizgen build --to anki,page,json", tmp_path)
    assert built.returncode == 0, built.stderr
    assert len(built.stdout.splitlines()) == 3


def test_the_recipe_of_the_readme_is_without_fault(tmp_path: Path) -> None:
    mark, text = next(found for found in blocks("yaml", "file templates/quizzes/"))
    path = tmp_path / mark.removeprefix("file ")
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    done = run(f"quizgen quiz {ROOT / 'decks/moon-race'} --recipe {path.stem} --seed 7 --strict", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_table_of_recipes_names_all_that_are_shipped() -> None:
    table = README[README.index("| recipe | what it makes |") :].partition("\n\n")[0]
    listed = {
        name for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)
    }
    assert listed == set(recipe_names(Templates.found(project=ROOT / "templates")))


def test_a_question_that_the_readme_promises_is_asked(tmp_path: Path) -> None:
    (_, deck) = next(blocks("yaml", "file decks/bridge.yaml"))
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks/bridge.yaml").write_text(deck, encoding="utf-8")
    assert run("quizgen build --to json", tmp_path).returncode == 0
    bank = json.loads((tmp_path / "output/bridge.json").read_text(encoding="utf-8"))
    prompts = [
        question["prompt"].translate({ord(mark): '"' for mark in "\u201c\u201d"}) for question in bank["questions"]
    ]
    promised = README[README.index("makes questions such as") :].partition("\n\n")[0]
    questions = [re.sub(r"\s+", " ", found) for found in re.findall(r"\*([^*]+)\*", promised)]
    assert len(questions) >= 3
    assert [question for question in questions if question not in prompts] == []


def test_every_option_in_the_readme_exists() -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    context = group.make_context("quizgen", ["build"])
    commands = [command for name in COMMANDS if (command := group.get_command(context, name))]
    known = {option for command in commands for parameter in command.params for option in parameter.opts}
    assert len(named) > 8
    assert named - known - {"--version", "--help"} == set()


def test_the_table_of_kinds_is_that_of_the_shipped_kinds() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", README, re.MULTILINE)
    listed = {name: re.findall(r"`([\w-]+)`", fields) for name, fields in rows}
    kinds, problems = read_kinds(Templates.found(project=ROOT / "templates"), "en")
    assert kinds
    assert problems == ()
    assert {name: listed.get(name) for name in kinds} == {name: list(kind.fields) for name, kind in kinds.items()}


def test_every_picture_and_file_that_the_readme_leads_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    named = re.findall(r"`((?:quizgen|tests|templates|decks)/[\w./-]+)`", README)
    assert targets
    made = {"templates/quizzes/friday.yaml"}
    absent = [name for name in (*targets, *named) if name not in made and not (ROOT / name).exists()]
    assert absent == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^)make\s+([a-z]+)", README, re.MULTILINE))))
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_table_of_speeds_has_the_rows_that_are_measured() -> None:
    table = README.partition(BEGIN)[2].partition(END)[0].strip()
    rows = [line.rsplit("|", 2) for line in table.splitlines()]
    assert [row[0] for row in rows] == [line.rsplit("|", 2)[0] for line in markdown({}).splitlines()]
    assert all(row[1].strip() for row in rows)
