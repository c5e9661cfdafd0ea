"""The page, measured beside a plain Jinja2 page of the same questions."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import escape

from quizgen.build import read
from quizgen.questions import Bank
from quizgen.write.bank_json import question_data
from quizgen.write.page import write
from tests.benchmarks.made_up import charters
from tests.benchmarks.measuring import in_process
from tests.benchmarks.plain_jinja import page
from tests.benchmarks.stages import SHIPPED
from tests.benchmarks.table import record
from tests.page_samples import job

NUMBER = 10_000


def bank(folder: Path) -> Bank:
    """The questions of a made-up deck."""
    deck = folder / "made-up.yaml"
    deck.write_bytes(charters(1_300))
    asked, problems = read(deck, SHIPPED)
    assert asked is not None and not problems
    return Bank(questions=asked.bank.questions[:NUMBER], skipped=())


def test_a_page_is_made_faster_than_by_a_template(tmp_path: Path) -> None:
    asked = bank(tmp_path)
    of_them = job(asked)
    told = [question_data(question) for question in asked.questions]
    [ours] = write(of_them).files.values()
    begins = '<script type="application/json" id="quiz">'
    data = json.loads(ours.decode().partition(begins)[2].partition("</script>")[0])
    theirs = page("A sample", told).decode()
    assert [question["prompt"] for question in data["questions"]] == [one.prompt for one in asked.questions]
    assert all(str(escape(question.prompt)) in theirs for question in asked.questions[::50])
    assert len(told) == theirs.count("<article") == NUMBER
    own, other = in_process({"quizgen": lambda: write(of_them), "Jinja2": lambda: page("A sample", told)}).values()
    record("page", other.cpu / own.cpu)
