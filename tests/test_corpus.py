"""Every deck of the corpus, good, wrong and hostile, through the command itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.judging import CASES, CORPUS, built, placed, run, wrong_in_bank, wrong_in_messages
from tests.reading import read, told, with_facts, write_deck


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_a_deck_yields_what_the_manifest_says(case: dict[str, Any], tmp_path: Path) -> None:
    start = time.monotonic()
    outcome = built(placed(case, tmp_path / "case"), tmp_path / "out", case.get("to", "json"))
    assert time.monotonic() - start < case["timeout_s"]
    assert list(wrong_in_messages(case, outcome)) == [], outcome.told[:3_000]
    if outcome.exit == 0 and "json" in case.get("to", "json"):
        assert list(wrong_in_bank(case, outcome)) == []


ERRORS = [case for case in CASES if case["exit"] == 1]


@pytest.mark.parametrize("case", ERRORS, ids=[case["file"] for case in ERRORS])
def test_check_says_of_a_wrong_deck_what_build_says(case: dict[str, Any], tmp_path: Path) -> None:
    file = placed(case, tmp_path / "case")
    build = built(file, tmp_path / "out")
    code, said = run("check", str(file))
    assert code == 1
    assert places(said) == places(build.told)


def places(text: str) -> list[str]:
    return re.findall(r"^\S.*?:\d+:\d+: .*$", text, re.MULTILINE)


SAME = [case for case in CASES if case["same_as"]]


@pytest.mark.parametrize("case", SAME, ids=[case["file"] for case in SAME])
def test_decks_that_differ_only_as_yaml_make_the_same_bytes(case: dict[str, Any], tmp_path: Path) -> None:
    made = []
    for number, file in enumerate((case["file"], case["same_as"])):
        deck = placed({"file": file}, tmp_path / str(number), "same.yaml")
        made.append(built(deck, tmp_path / f"out{number}", "anki,pdf,page,json"))
    assert made[0].exit == made[1].exit == 0
    assert len(made[0].files) >= 5
    assert made[0].files == made[1].files


DEADLY = [
    "yaml/050_billion_laughs.yaml",
    "yaml/090_deep_flow_500.yaml",
    "yaml/092_deep_block_dash.yaml",
    "yaml/094_long_text.yaml",
]


@pytest.mark.parametrize("file", DEADLY)
def test_what_kills_other_readers_is_refused_in_little_memory(file: str, tmp_path: Path) -> None:
    """In a process of its own with 600 MB, by `python -m quizgen`."""
    limited = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20));"
        "sys.argv = ['quizgen', 'build', *sys.argv[1:]]; runpy.run_module('quizgen', run_name='__main__')"
    )
    deck = placed({"file": file}, tmp_path / "case")
    done = subprocess.run(
        [sys.executable, "-c", limited, str(deck), "--out", str(tmp_path / "out")],
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_message_of_every_kind_is_shown_with_its_line_and_a_caret(tmp_path: Path) -> None:
    case = {"file": "deck/206_unknown_field.yaml"}
    outcome = built(placed(case, tmp_path / "case"), tmp_path / "out")
    assert (
        f"{tmp_path}/case/206_unknown_field.yaml:6:32: unknown key 'whne' in an event\n"
        "   6 |   x: {event: The bridge opens, whne: 1994}\n"
        "     |                                ^\n"
        "  Did you mean 'when'?\n"
    ) in outcome.told


# ---- names ----------------------------------------------------------------------------------------------------------

IDS: list[str] = json.loads((CORPUS / "names" / "ids.json").read_text(encoding="utf-8"))
_LEGAL = re.compile(r"[a-z0-9][a-z0-9-]{0,59}(\.key)?\.[a-z]{2,4}")


@pytest.mark.parametrize("id_", IDS)
def test_a_hostile_id_of_a_deck_is_told_or_makes_safe_files(id_: str, tmp_path: Path) -> None:
    deck = write_deck(
        tmp_path / "case", f"deck: A\nid: {json.dumps(id_)}\nfacts:\n  a: {{term: b, meaning: c}}\n", "d.yaml"
    )
    outcome = built(deck, tmp_path / "out", "json")
    assert outcome.exit in (0, 1)
    if outcome.exit == 1:
        assert "d.yaml:2:5: " in outcome.told
        assert not outcome.files
    for name in outcome.files:
        assert _LEGAL.fullmatch(name), name
        assert not re.match(r"collection\.|backup-|(con|nul|aux|prn|com\d|lpt\d)\.", name)
    assert {path.name for path in tmp_path.iterdir()} <= {"case", "out"}


@pytest.mark.parametrize("id_", IDS)
def test_a_hostile_id_of_a_fact_or_a_source_is_told_or_taken(id_: str, tmp_path: Path) -> None:
    written = json.dumps(id_)
    for text in (
        f"deck: A\nfacts:\n  {written}: {{term: b, meaning: c}}\n",
        f"deck: A\nsources:\n  {written}: {{title: b}}\nfacts: {{a: {{term: b, meaning: c}}}}\n",
    ):
        outcome = built(write_deck(tmp_path / "case", text, "d.yaml"), tmp_path / "out")
        assert outcome.exit == 0 or "d.yaml:3:3: " in outcome.told
    assert {path.name for path in tmp_path.iterdir()} <= {"case", "out"}


def test_ids_that_people_would_confuse_are_never_side_by_side(tmp_path: Path) -> None:
    """All hostile ids in one deck: each is told, or unlike every other without regard to case and width."""
    written = [json.dumps(id_, ensure_ascii=False) for id_ in IDS]
    facts = "".join(f"{id_}: {{term: t{n}, meaning: m{n}}}\n" for n, id_ in enumerate(written))
    found = told(with_facts(tmp_path, facts))
    lines = {line for line, _, _ in found}
    taken = [id_ for n, id_ in enumerate(IDS) if n + 5 not in lines]
    assert len(taken) > 10, taken
    assert len({id_.casefold() for id_ in taken}) == len(taken)


# ---- texts ----------------------------------------------------------------------------------------------------------

TEXTS: dict[str, list[str]] = json.loads((CORPUS / "scalars" / "scalars.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", TEXTS)
def test_any_text_in_any_text_field_stays_as_it_was_written_or_is_told(group: str, tmp_path: Path) -> None:
    fields = ("term", "meaning", "note")
    for number, text in enumerate(TEXTS[group]):
        written = json.dumps(text, ensure_ascii=not text.isascii() and max(text) <= "\uffff")
        for field in fields:
            values = {"term": "a", "meaning": "b", "note": "c"} | {field: None}
            body = ", ".join(f"{key}: {written if value is None else value}" for key, value in values.items())
            deck, problems = read(with_facts(tmp_path, f"x: {{{body}}}", f"d{number}{field}.yaml"))
            if deck is None:
                assert {problem.place.line for problem in problems} == {5}, text
                continue
            fact = deck.facts[0]
            got = fact.note if field == "note" else getattr(fact.values[field], "text", None)
            assert got == text.strip().replace("\r", "\n"), text
