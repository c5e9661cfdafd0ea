"""The catalogue of messages: complete, exact, and shown in docs/messages.md."""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path

from tests.messages.catalogue import AREAS, PAGE, UNSAID, Outcome, page, run_all
from tests.messages.samples import FOLDER, parsed, read_samples, run
from tests.messages.sites import ROOT, all_sites, sites_in

ACCEPT = "`python -m tests.messages` writes it anew, for review"


def test_every_message_has_a_sample_with_its_exact_output_and_stands_on_the_page() -> None:
    """All samples run once, in this process; what is found is told at once."""
    start = time.process_time()
    outcome = run_all()
    checks = (_stale, _without_a_sample, _without_a_remedy, _not_as_the_page, _unlike_a_message)
    assert [wrong for check in checks for wrong in check(outcome)] == []
    assert time.process_time() - start < 30  # twice what it may take on a machine that has nothing else to do


def _stale(outcome: Outcome) -> list[str]:
    return [f"{sample.path} has another output now; {ACCEPT}" for sample in outcome.stale]


def _without_a_sample(outcome: Outcome) -> list[str]:
    unsaid = {(site.key[0], wording): site for site, wording in outcome.unsaid}
    missing = [f"{site}: no sample says: {says}" for (file, says), site in unsaid.items() if (file, says) not in UNSAID]
    needless = [f"a sample says by now, or nobody does: {file}: {says}" for file, says in UNSAID.keys() - unsaid.keys()]
    return [*missing, *needless]


def _without_a_remedy(outcome: Outcome) -> list[str]:
    """Those that say in one sentence what was wrong with a command say what to do there."""
    bare = [said for said in outcome.said.values() if not said.remedy and not said.line.startswith("Error: ")]
    return [f"{said.site}: no remedy: {said.line}" for said in bare]


def _not_as_the_page(outcome: Outcome) -> list[str]:
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return [] if written == page(outcome) else [f"{PAGE} is not what the samples say; {ACCEPT}"]


def _unlike_a_message(outcome: Outcome) -> list[str]:
    """No sample shows a traceback; what a user reads is a sentence in which no code is left."""
    shown = [(sample, line) for sample in outcome.samples.values() for line in sample.told.splitlines()]
    assert len(shown) > 1_000
    code = re.compile(r"Traceback|<(?:class|function|module|quizgen\.)|\bNone\b|object at 0x")
    return [f"{sample.path}: {line}" for sample, line in shown if code.search(line)]


def test_there_are_far_more_than_eighty_messages() -> None:
    assert sum(len(site.wordings) for site in all_sites()) > 300
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) - len(AREAS) > 300  # as the README says


def test_a_sample_is_its_file_again_and_belongs_to_an_area() -> None:
    samples = read_samples()
    assert len(samples) > 80
    for sample in samples:
        assert sample.path.read_text(encoding="utf-8") == sample.written()
        assert sample.area in AREAS
        assert sample.about.strip().endswith(".")
        assert any(part.command for part in sample.parts)
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"} == set(AREAS)


def test_an_error_has_its_place_in_a_file_wherever_a_line_is_to_blame() -> None:
    """Messages of files that are read line by line point into them; those of a file as a whole are few."""
    told = [line for sample in read_samples() for line in sample.told.splitlines()]
    placed = [line for line in told if re.match(r"\S.*?\.\w+:\d+(:\d+)?: ", line)]
    whole = [line for line in told if re.match(r"[\w/.<>-]+\.\w+: ", line)]
    assert len(placed) > 3 * len(whole) > 0


# ---- what keeps the catalogue honest --------------------------------------------------------------------------------

CODE = """class Broken(ValueError):
    def __init__(self, says): ...

class Reader:
    def wrong(self, place, says, remedy=""):
        self.problems.append(error(place, says, remedy))

    def within(self, says):
        return error(0, f"the store {says}")

def read(self, key):
    says = "one" if key else f"two of {key}"
    self.wrong(0, says)
    if key:
        says = "three"
    else:
        says, remedy = "four", "Mend it."
    self.wrong(0, says, remedy)
    self.within("five")
    raise Broken("six")

def error(place, says, remedy=""):
    return Problem(place, says, remedy)

class Problem:
    place: int
    says: str
"""


def test_every_text_that_may_be_said_is_found_in_the_code() -> None:
    sites = sites_in({"code.py": ast.parse(CODE)})
    found = {(site.line, wording) for site in sites for wording in site.wordings}
    said = {
        (9, "the store {}"),
        (13, "one"),
        (13, "two of {}"),
        (18, "three"),
        (18, "four"),
        (19, "five"),
        (20, "six"),
    }
    assert found == said


def test_a_message_without_its_sample_is_missed() -> None:
    (quotes,) = (sample for sample in read_samples() if sample.name == "yaml/quotes")
    outcome = run_all([quotes])
    assert {said.wording for said in outcome.said.values()} >= {"the quote that opens here is never closed"}
    assert len(outcome.unsaid) > 300
    assert ("quizgen/deck/tables.py", "the table is empty") in {(site.key[0], says) for site, says in outcome.unsaid}


def test_a_sample_whose_output_is_another_is_stale(tmp_path: Path) -> None:
    text = "A key.\n\n=== decks/a.yaml\ndeck: a\nfats: {}\n\n=== $ quizgen check\nnothing wrong.\n"
    sample = parsed("deck/a", text)
    assert sample.written() == text
    now = run(sample, tmp_path)
    assert now != sample
    assert "decks/a.yaml:2:1: unknown key 'fats' in a deck\n" in now.told
    assert now.parts[-1].head == "exit 1"


def test_samples_name_no_folder_of_this_machine() -> None:
    text = PAGE.read_text(encoding="utf-8") + "".join(sample.written() for sample in read_samples())
    assert str(ROOT) not in text
    assert "<here>/" in text
