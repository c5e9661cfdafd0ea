import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from quizgen.cli import COMMANDS

QUIZGEN = [sys.executable, "-m", "quizgen"]
MAKINGS = {"practice": "quizgen.cli.practice", "show": "quizgen.cli.show", "schema": "quizgen.schema"}
TO_COME = {name for name, module in MAKINGS.items() if not find_spec(module)}
HEAVY = {"genanki", "reportlab", "uharfbuzz", "jinja2", "fsrs", "sqlite3", "asyncio", "importlib.metadata"}


def run(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*QUIZGEN, *args], cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **env}
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with one deck that builds."""
    assert run("new", "history", cwd=tmp_path).stdout == "decks/history.yaml\n"
    return tmp_path


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


# ---- help, and what it costs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - TO_COME))
def test_every_command_teaches_by_example(name: str, tmp_path: Path) -> None:
    told = run(name, "--help", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert re.search(rf"^ +quizgen {name}\b", told.stdout, re.MULTILINE)


def loaded_by(*args: str, cwd: Path) -> set[str]:
    """The modules that a command has loaded when it ends."""
    look = "import sys; from quizgen.cli import main\ntry: main()\nfinally: print('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", look, *args], cwd=cwd, capture_output=True, text=True, check=True)
    modules = set(done.stdout.rpartition("LOADED")[2].split())
    assert "quizgen.cli" in modules
    return modules


def test_help_loads_click_and_nothing_of_ours(tmp_path: Path) -> None:
    modules = loaded_by("--help", cwd=tmp_path)
    assert modules & HEAVY == set()
    assert {name for name in modules if name.startswith("quizgen")} == {
        "quizgen",
        "quizgen.cli",
        "quizgen.cli.stopping",
        "quizgen.collector",
    }


def test_help_of_a_quiz_loads_nothing_that_makes_one(tmp_path: Path) -> None:
    modules = {name for name in loaded_by("quiz", "--help", cwd=tmp_path) if name.startswith("quizgen")}
    assert modules == {"quizgen", *(f"quizgen.{name}" for name in ("cli", "collector", "problems", "templates"))} | {
        f"quizgen.cli.{name}" for name in ("quiz", "shared", "grouped", "stopping")
    }


def test_checking_loads_no_writer(project: Path) -> None:
    assert loaded_by("check", cwd=project) & HEAVY == set()


def test_a_format_loads_no_library_of_another(project: Path) -> None:
    modules = loaded_by("build", "--to", "json", cwd=project)
    assert modules & {"genanki", "reportlab", "uharfbuzz"} == set()


def test_cards_load_nothing_of_sheets_of_grading_or_of_the_network(project: Path) -> None:
    modules = loaded_by("build", "--to", "anki", cwd=project)
    assert "genanki" in modules
    assert modules & {"quizgen.compose", "quizgen.grade", "quizgen.source.broken", "asyncio", "ssl"} == set()


# ---- building --------------------------------------------------------------------------------------------------------


def test_a_build_prints_the_path_of_each_file_and_nothing_else(project: Path) -> None:
    built = run("build", cwd=project)
    assert built.returncode == 0, built.stderr
    names = ["history.apkg", "history-quiz.pdf", "history-key.pdf", "history.html"]
    assert built.stdout.splitlines() == [f"output/{name}" for name in names]
    assert sorted(digests(project / "output")) == sorted([*names, "build.json"])


def test_a_second_build_changes_nothing_on_disk(project: Path) -> None:
    run("build", cwd=project)
    before = {path: path.stat().st_mtime_ns for path in sorted(project.rglob("*"))}
    assert run("build", cwd=project).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in sorted(project.rglob("*"))} == before


def test_a_deck_with_errors_is_left_out_and_all_others_are_built(project: Path) -> None:
    run("build", cwd=project)
    before = digests(project / "output")
    deck = project / "decks/history.yaml"
    text = deck.read_text()
    deck.write_text(text.replace("when: 1802", "whne: 1802"))
    (project / "decks/second.yaml").write_text(text)
    built = run("build", cwd=project)
    assert built.returncode == 1
    line = text[: text.index("when: 1802")].count("\n") + 1
    assert re.search(rf"^decks/history\.yaml:{line}:\d+: unknown key 'whne'", built.stderr, re.MULTILINE)
    assert "Did you mean 'when'?" in built.stderr
    assert all(path.startswith("output/second") for path in built.stdout.splitlines())
    assert len(built.stdout.splitlines()) == 4
    after = digests(project / "output")
    assert {name: after[name] for name in before if name != "build.json"} == {
        name: digest for name, digest in before.items() if name != "build.json"
    }


def test_warnings_stop_a_deck_where_strictness_is_wanted(project: Path) -> None:
    (project / "decks/history.yaml").write_text("deck: One\nlanguage: en\nfacts:\n  a: {event: It rains, when: 1900}\n")
    assert run("build", "--to", "json", cwd=project).returncode == 0
    assert run("build", "--to", "json", "--strict", cwd=project).returncode == 1


def test_two_decks_of_one_id_are_not_built_over_each_other(project: Path) -> None:
    text = (project / "decks/history.yaml").read_text()
    (project / "decks/other.yaml").write_text(text.replace("\nlanguage:", "\nid: History\nlanguage:", 1))
    built = run("build", "--to", "json", cwd=project)
    assert built.returncode == 1
    assert built.stdout == "output/history.json\n"
    assert "which is that of decks/history.yaml as well" in built.stderr


def test_a_quiz_with_the_same_seed_is_the_same_and_stands_beside_what_was_built(project: Path) -> None:
    run("build", cwd=project)
    one = run("quiz", "history", "--seed", "5", "--out", "one", cwd=project)
    assert one.returncode == 0, one.stderr
    run("quiz", "history", "--seed", "5", cwd=project)
    made = digests(project / "one")
    made.pop("build.json")
    assert len(made) == 3
    assert made.items() < digests(project / "output").items()
    assert (project / "output/history.apkg").exists()


# ---- mistakes --------------------------------------------------------------------------------------------------------

USAGE = {
    ("bild",): "No such command 'bild'. Did you mean 'build'?",
    ("build", "--too", "pdf"): "No such option '--too'",
    ("build", "--to", "pfd"): "Did you mean 'pdf'?",
    ("build", "--templates", "nowhere"): "'nowhere' does not exist",
    ("new", "../x"): "the id '../x' has '.' in it",
    ("new",): "Missing argument 'NAME'",
    ("templates", "kinds/evnt.yaml"): "Did you mean 'kinds/event.yaml'?",
    ("quiz",): "Missing argument 'DECK'",
    ("build", "--seed", "-1"): "-1 is not in the range",
}


@pytest.mark.parametrize("args", USAGE, ids=" ".join)
def test_wrong_usage_is_exit_2_and_says_what_would_be_right(args: tuple[str, ...], project: Path) -> None:
    done = run(*args, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert USAGE[args] in done.stderr


@pytest.mark.parametrize("time", ["yesterday", "-1", "1", "99999999999", "٣٠٠٠٠٠٠٠٠٠"])
def test_a_time_that_is_none_is_wrong_usage(time: str, project: Path) -> None:
    done = run("build", "--to", "json", cwd=project, SOURCE_DATE_EPOCH=time)
    assert done.returncode == 2
    assert f"SOURCE_DATE_EPOCH is '{time}'" in done.stderr


def test_no_decks_is_wrong_usage_that_says_how_to_begin(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "quizgen new NAME" in done.stderr


USERS = {
    ("build", "absent"): "there is no deck 'absent'",
    ("check", "absent"): "there is no deck 'absent'",
    ("new", "history"): "decks/history.yaml: there is already a file of this name",
    ("quiz", "history", "--recipe", "tset"): "Did you mean 'test'?",
    ("build", "--out", "decks/history.yaml"): "decks/history.yaml: this is not a folder",
    ("build", "--out", "/proc/x"): "/proc/x: cannot be written: No such file or directory",
}


@pytest.mark.parametrize("args", USERS, ids=" ".join)
def test_what_is_wrong_with_the_users_files_is_exit_1_and_one_message(args: tuple[str, ...], project: Path) -> None:
    done = run(*args, cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert USERS[args] in done.stderr
    assert "Traceback" not in done.stderr


# ---- other commands --------------------------------------------------------------------------------------------------


def test_a_printed_template_is_the_file_in_force(project: Path) -> None:
    (project / "templates/kinds").mkdir(parents=True)
    (project / "templates/kinds/event.yaml").write_text("mine")
    assert run("templates", "kinds/event.yaml", cwd=project).stdout == "mine"
    listed = dict(line.split("\t") for line in run("templates", cwd=project).stdout.splitlines())
    assert listed["kinds/event.yaml"] == "templates"
    assert listed["kinds/term.yaml"] == "shipped"


COMPLETED = {
    "quizgen bu": ["plain,build"],
    "quizgen build hi": ["plain,history", "file,hi"],
    "quizgen build --to anki,p": ["plain,anki,pdf", "plain,anki,page"],
    "quizgen quiz history --recipe te": ["plain,test"],
    "quizgen build --recipe te": ["plain,test"],
    "quizgen templates kinds/ev": ["plain,kinds/event.yaml"],
}


@pytest.mark.parametrize("line", COMPLETED)
def test_a_shell_completes(line: str, project: Path) -> None:
    words = str(len(line.split()) - 1)
    asked = {"_QUIZGEN_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": words}
    command = [str(Path(sys.executable).with_name("quizgen"))]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True, env=os.environ | asked)
    assert done.stdout.splitlines() == COMPLETED[line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_a_shell_is_printed(shell: str, tmp_path: Path) -> None:
    assert "_QUIZGEN_COMPLETE" in run("completion", shell, cwd=tmp_path).stdout


# ---- pipes and signals -----------------------------------------------------------------------------------------------


def test_a_reader_that_has_enough_is_no_mistake(tmp_path: Path) -> None:
    command = [*QUIZGEN, "templates", "languages/en.yaml"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        assert writer.stderr.read() == b""
    assert writer.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a device that is always full")
def test_an_output_that_is_full_is_one_line(tmp_path: Path) -> None:
    for args in (["templates"], ["--help"], ["templates", "languages/en.yaml"]):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run([*QUIZGEN, *args], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
        assert (done.returncode, done.stderr) == (1, b"The output cannot be written: No space left on device.\n")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_build_cleanly_at_any_moment(project: Path, number: signal.Signals) -> None:
    run("build", cwd=project)
    before = digests(project / "output")
    deck = project / "decks/history.yaml"
    deck.write_text(deck.read_text().replace("The mill burns down", "The mill burns to the ground"))
    start = time.monotonic()
    run("build", "--out", "elsewhere", cwd=project)
    lasts = time.monotonic() - start
    after = digests(project / "elsewhere")
    codes = []
    for moment in range(12):
        with subprocess.Popen(
            [*QUIZGEN, "build", "--anew"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as build:
            assert build.stdout is not None
            assert build.stderr is not None
            time.sleep(0.15 + lasts * moment / 12)
            build.send_signal(number)
            said = build.stderr.read().decode()
        if build.returncode not in {0, 128 + number, -number}:  # the last where Python begins or ends
            assert "KeyboardInterrupt" in said
            assert "quizgen/" not in said  # Python was only about to load us
        else:
            assert "Traceback" not in said
        codes.append(build.returncode)
        assert digests(project / "output") in (before, after)
        assert [path.name for path in project.rglob(".quizgen-*")] == []
    assert 128 + number in codes


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_build_under_nohup_outlives_the_terminal(project: Path) -> None:
    ignoring = "trap '' HUP; exec \"$@\""
    with subprocess.Popen(
        ["/bin/sh", "-c", ignoring, "sh", *QUIZGEN, "build"], cwd=project, stdout=subprocess.PIPE
    ) as build:
        time.sleep(0.4)
        build.send_signal(signal.SIGHUP)
        build.communicate()
    assert build.returncode == 0


# ---- checking --------------------------------------------------------------------------------------------------------


def test_check_looks_at_the_facts_as_a_teacher_would_and_build_does_not(project: Path) -> None:
    deck = project / "decks/history.yaml"
    deck.write_text(deck.read_text().replace("The mill burns down", "All mills always burn down"))
    checked = run("check", cwd=project)
    assert checked.returncode == 0
    assert re.search(r"^decks/history\.yaml:\d+:3: warning: .*'All' \[absolutes\]$", checked.stderr, re.MULTILINE)
    assert checked.stderr.endswith("1 warning; by rule: absolutes 1.\n")
    assert run("check", "--strict", cwd=project).returncode == 1
    assert "absolutes" not in run("build", "--to", "json", cwd=project).stderr


def test_the_rules_are_listed_with_their_reasons(tmp_path: Path) -> None:
    listed = run("check", "--rules", cwd=tmp_path)
    assert listed.returncode == 0
    assert re.search(r"^absolutes \(warning\)\n +\S.*\.\n +Haladyna.* 2002", listed.stdout, re.MULTILINE)


SWALLOWED = """
import os, signal, time, weakref
from quizgen.cli.stopping import heed, interruptible
class Thing: pass
def stop(number):
    os.kill(os.getpid(), number)
    [None for _ in range(1000)]
def swallow():
    thing = Thing()
    kept = weakref.ref(thing, lambda _: stop(signal.SIGTERM))
    del thing
def library(number):
    try:
        stop(number)
    except:
        pass
"""


def after(*lines: str) -> tuple[int, str, str]:
    """What comes of lines within `interruptible`, of which the last is not to be reached."""
    body = "".join(f"    {line}\n" for line in (*lines, "print('went on')"))
    done = subprocess.run(
        [sys.executable, "-c", f"{SWALLOWED}with interruptible():\n{body}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_signal_that_python_swallows_is_heeded_all_the_same() -> None:
    assert after("swallow()", "time.sleep(20)") == (128 + signal.SIGTERM, "", "")


def test_so_is_one_that_is_swallowed_again_and_again() -> None:
    assert after("for _ in range(5): swallow()", "time.sleep(20)") == (128 + signal.SIGTERM, "", "")


def test_one_that_a_library_takes_is_heeded_before_anything_is_written() -> None:
    assert after("library(signal.SIGTERM)", "heed()") == (128 + signal.SIGTERM, "", "")
    assert after("library(signal.SIGINT)", "heed()")[:2] == (128 + signal.SIGINT, "")


def test_one_that_nobody_heeds_decides_the_exit_code() -> None:
    assert after("library(signal.SIGTERM)") == (128 + signal.SIGTERM, "went on\n", "")
