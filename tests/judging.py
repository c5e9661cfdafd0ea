"""Judging: what became of a case of the corpus, against what must become of it (tests/corpus/MANIFEST.md)."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from quizgen.source import Map, read_yaml

CORPUS = Path(__file__).parent / "corpus"
TEXTS_OF_CORPUS: dict[str, list[str]] = json.loads((CORPUS / "scalars" / "scalars.json").read_bytes())
CASES: list[dict[str, Any]] = json.loads((CORPUS / "manifest.json").read_text(encoding="utf-8"))

_MESSAGE = re.compile(r"^(?P<file>[^\n:]+):(?P<line>\d+):(?P<column>\d+): ", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one run of the command left behind."""

    exit: object
    told: str  # what stderr got
    files: dict[str, bytes]  # what the output folder holds

    @property
    def bank(self) -> dict[str, Any]:
        """The JSON question bank."""
        (name,) = (name for name in self.files if name.endswith(".json") and name != "build.json")
        bank: dict[str, Any] = json.loads(self.files[name])
        return bank


def placed(case: dict[str, Any], folder: Path, name: str = "") -> Path:
    """The case's file in a folder of its own, with what belongs to it (or alone, under another name)."""
    file = CORPUS / case["file"]
    if file.name == "deck.yaml":
        top = Path(case["file"]).parts[1]
        shutil.copytree(CORPUS / "deck" / top, folder / top)
        return folder.joinpath(*Path(case["file"]).parts[1:])
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(file, folder / (name or file.name)))


def run(*arguments: str) -> tuple[object, str]:
    """Exit and stderr of `quizgen ...`, run in this process; an exception that the command lets through is raised."""
    from quizgen.__main__ import main  # noqa: PLC0415 - as the command itself does

    told = io.StringIO()
    with (
        patch.object(sys, "argv", ["quizgen", *arguments]),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(told),
    ):
        try:
            main()
        except SystemExit as end:
            return end.code or 0, told.getvalue()
    return 0, told.getvalue()


def built(file: Path, out: Path, to: str = "json") -> Outcome:
    """What `quizgen build` makes of a deck."""
    code, told = run("build", str(file), "--out", str(out), "--to", to)
    found = sorted(out.rglob("*")) if out.exists() else []
    return Outcome(exit=code, told=told, files={p.name: p.read_bytes() for p in found if p.is_file()})


# ---- messages -------------------------------------------------------------------------------------------------------


def wrong_in_messages(case: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    """What is not as the manifest wants it in exit and messages."""
    if case["exit"] is not None and outcome.exit != case["exit"]:
        yield f"exit {outcome.exit}, not {case['exit']}"
    if outcome.exit not in (0, 1):
        yield f"exit {outcome.exit}"
    if outcome.exit == 1 and outcome.files:
        yield "files were made of a deck with errors"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e]", outcome.told):
        yield "a message holds a control character"
    if "Traceback" in outcome.told:
        yield "a traceback"
    if max(map(len, outcome.told.split("\n"))) > 2_000:
        yield "a message of more than 2,000 characters"
    yield from _wrong_places(case, outcome)
    if case["exit"] is not None:
        yield from (f"no word of {piece!r}" for piece in case["says"] if piece not in outcome.told.lower())


def _wrong_places(case: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    places = list(_places(case, outcome.told))
    if outcome.exit == 1 and not places:
        yield "no message says where"
    wanted = case["line"] and (outcome.exit == 1 or case["exit"] == 0)
    if wanted and not any(_fits(case, *place) for place in places):
        yield f"no message at {case['line']}:{case['column']}, but {places}"


def _places(case: dict[str, Any], told: str) -> Iterator[tuple[int, int]]:
    wanted = case.get("in") or Path(case["file"]).name
    for found in _MESSAGE.finditer(told):
        if Path(found["file"]).name == wanted:
            yield int(found["line"]), int(found["column"])


def _fits(case: dict[str, Any], line: int, column: int) -> bool:
    return line == case["line"] and case["column"] in (None, column)


# ---- the question bank ----------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """A text as the manifest compares them."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """A text as no two options may share it."""
    return plain(unicodedata.normalize("NFKC", text).casefold())


def wrong_in_bank(case: dict[str, Any], outcome: Outcome) -> Iterator[str]:
    """What is not as the manifest wants it in the question bank."""
    bank = outcome.bank
    yield from _wrong_everywhere(bank)
    for member, wanted in case.get("bank", {}).items():
        yield from (f"{member}: {wrong}" for wrong in _CHECKS[member](bank, wanted, case))


def _wrong_everywhere(bank: dict[str, Any]) -> Iterator[str]:
    for question in bank["questions"]:
        options = question.get("options", [])
        if question["form"] == "choice":
            if not any(option["right"] for option in options):
                yield f"{question['id']}: no right option"
            if len({folded(option["text"]) for option in options}) < len(options):
                yield f"{question['id']}: options that look the same"
            if not all(option["right"] or option.get("why") for option in options):
                yield f"{question['id']}: a wrong option that does not say why"


def _of(bank: dict[str, Any], fact: str) -> list[dict[str, Any]]:
    return [question for question in bank["questions"] if question["fact"] == fact]


def _answers(questions: Iterable[dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for question in questions:
        found |= {plain(answer) for answer in question.get("answers", ())}
        found |= {plain(answer) for gap in question.get("gaps", ()) for answer in gap["answers"]}
    return found


def _shown(question: dict[str, Any]) -> list[str]:
    """Everything that stands beside one another in a question."""
    shown = [option["text"] for option in question.get("options", ())]
    return [
        plain(text)
        for text in (*shown, *question.get("left", ()), *question.get("right", ()), *question.get("items", ()))
    ]


def _stems(question: dict[str, Any]) -> list[str]:
    return [question[member] for member in ("prompt", "statement", "text") if question.get(member)]


def _asked(bank: dict[str, Any], wanted: list[str], _: dict[str, Any]) -> Iterator[str]:
    yield from (f"no question on {fact}" for fact in wanted if not _of(bank, fact))


def _answered(bank: dict[str, Any], wanted: dict[str, list[str]], _: dict[str, Any]) -> Iterator[str]:
    for fact, texts in wanted.items():
        yield from (
            f"{text!r} answers nothing on {fact}" for text in texts if plain(text) not in _answers(_of(bank, fact))
        )


def _verbatim(bank: dict[str, Any], _: bool, case: dict[str, Any]) -> Iterator[str]:  # noqa: FBT001 - of the manifest
    node, _problems = read_yaml(CORPUS / case["file"])
    assert isinstance(node, Map)
    facts = node["facts"]
    assert isinstance(facts, Map)
    for id_, fact in facts.items():
        assert isinstance(fact, Map)
        meaning = plain(str(fact["meaning"]))
        if meaning not in _answers(_of(bank, id_)):
            yield f"{id_}: {meaning!r} is not among {sorted(_answers(_of(bank, id_)))}"


def _not_wrong(bank: dict[str, Any], wanted: dict[str, list[str]], _: dict[str, Any]) -> Iterator[str]:
    for fact, texts in wanted.items():
        wrong = {plain(o["text"]) for q in _of(bank, fact) for o in q.get("options", ()) if not o["right"]}
        yield from (f"{text!r} is a wrong option on {fact}" for text in texts if plain(text) in wrong)


def _never_both(bank: dict[str, Any], wanted: list[list[str]], _: dict[str, Any]) -> Iterator[str]:
    for question in bank["questions"]:
        shown = _shown(question)
        yield from (
            f"{question['id']} has both {pair}" for pair in wanted if all(plain(text) in shown for text in pair)
        )


def _never_ordered(bank: dict[str, Any], wanted: list[list[str]], _: dict[str, Any]) -> Iterator[str]:
    for question in bank["questions"]:
        items = [plain(item) for item in question["items"]] if question["form"] == "order" else []
        yield from (f"{question['id']} orders {pair}" for pair in wanted if all(plain(text) in items for text in pair))


def _no_option(bank: dict[str, Any], wanted: list[str], _: dict[str, Any]) -> Iterator[str]:
    shown = {plain(option["text"]) for question in bank["questions"] for option in question.get("options", ())}
    yield from (f"{text!r} is an option" for text in wanted if plain(text) in shown)


def _no_forms(bank: dict[str, Any], wanted: dict[str, list[str]], _: dict[str, Any]) -> Iterator[str]:
    for fact, forms in wanted.items():
        yield from (
            f"{fact} is asked as {question['form']}" for question in _of(bank, fact) if question["form"] in forms
        )


def _skipped(bank: dict[str, Any], wanted: list[str], _: dict[str, Any]) -> Iterator[str]:
    told = {entry["fact"] for entry in bank["skipped"] if entry["why"]}
    yield from (f"nothing is told of {fact}" for fact in wanted if fact not in told)


def _says(bank: dict[str, Any], wanted: dict[str, list[str]], _: dict[str, Any]) -> Iterator[str]:
    for fact, pieces in wanted.items():
        for question in _of(bank, fact):
            whole = " ".join([*_stems(question), *_answers([question])]).lower()
            yield from (
                f"{question['id']} ({question['form']}) lacks {piece!r}" for piece in pieces if piece not in whole
            )


def _prompt_not(bank: dict[str, Any], wanted: list[str], _: dict[str, Any]) -> Iterator[str]:
    for question in bank["questions"]:
        for stem in _stems(question):
            for piece in wanted:
                if stem.endswith(piece) if piece.startswith(" ") else piece in stem:
                    yield f"{question['id']}: {stem!r} has {piece!r}"


def _no_leak(bank: dict[str, Any], _: bool, __: dict[str, Any]) -> Iterator[str]:  # noqa: FBT001 - of the manifest
    for question in bank["questions"]:
        for answer in _answers([question]):
            if answer and re.search(rf"(?<!\w){re.escape(folded(answer))}(?!\w)", folded(question["prompt"])):
                yield f"{question['id']}: {answer!r} stands in {question['prompt']!r}"


def _numbers(bank: dict[str, Any], wanted: dict[str, Any], _: dict[str, Any]) -> Iterator[str]:
    for question in bank["questions"]:
        for option in question.get("options", ()):
            for number in re.findall(r"-?\d[\d,]*(?:\.\d+)?", option["text"]):
                value = float(number.replace(",", ""))
                inside = wanted.get("low", value) <= value <= wanted.get("high", value)
                if not inside or (wanted.get("whole") and value != int(value)):
                    yield f"{question['id']}: {option['text']!r}"


_CHECKS: dict[str, Callable[[dict[str, Any], Any, dict[str, Any]], Iterator[str]]] = {
    "asked": _asked,
    "answers": _answered,
    "verbatim": _verbatim,
    "not_wrong": _not_wrong,
    "never_both": _never_both,
    "never_ordered": _never_ordered,
    "no_option": _no_option,
    "no_forms": _no_forms,
    "skipped": _skipped,
    "says": _says,
    "prompt_not": _prompt_not,
    "no_leak": _no_leak,
    "numbers": _numbers,
}
