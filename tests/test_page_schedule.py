"""The page spaces as the terminal does, opens printed sheets as they stand on paper, and draws what it remembers."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from quizgen.build import Printing, build_quiz, composer, read
from quizgen.compose import Sheet, compose
from quizgen.compose.recipes import Part, Recipe
from quizgen.grade import Verdict
from quizgen.practice.schedule import after, due_of
from quizgen.questions import Bank, Choice, Cloze, Match, Order
from quizgen.templates import Templates, shipped
from quizgen.write.page import write
from tests.browsing import visit
from tests.page_samples import english, job
from tests.samples import BANK, ORDER

ROOT = Path(__file__).parent.parent
START = datetime(2026, 3, 2, 18, tzinfo=UTC)


def test_the_page_reckons_the_same_days_as_the_terminal(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=(shipped("templates") / "page" / "schedule.js").read_text(encoding="utf-8"))
    chance = Random(5)  # noqa: S311 - no secret
    for _ in range(150):
        memory, now, answers = None, START, []
        expected = []
        for _ in range(chance.randrange(1, 9)):
            verdict = chance.choice(list(Verdict))
            memory, _ = after(memory, verdict, now)
            answers.append([verdict.value, round(now.timestamp() * 1000)])
            expected.append(round(due_of(memory).timestamp() * 1000))
            now += timedelta(hours=chance.choice([1, 20, 24, 24 * 5, 24 * 90]))
        found = page.evaluate(
            "(answers) => { let m = null; return answers.map(([v, now]) => (m = memoryAfter(m, v, now)).due); }",
            answers,
        )
        assert found == expected, answers
    page.close()


@pytest.fixture(scope="module")
def printed() -> tuple[Sheet, ...]:
    """Two versions of a sheet with every form that can be had from the sample bank."""
    recipe = Recipe(name="all", parts=(Part(forms=("choice", "truth", "cloze", "numeric", "match", "order")),))
    sheets, _ = compose(BANK, recipe, deck_id="sample", title="A sample", language=english(), seed=4, versions=2)
    assert {type(entry.question) for entry in sheets[0].entries} >= {Choice, Cloze, Match, Order}
    return sheets


@pytest.fixture
def sheet_page(printed: tuple[Sheet, ...], tmp_path: Path) -> Path:
    file = tmp_path / "sheet.html"
    file.write_bytes(write(job(sheets=printed)).files["sample.html"])
    return file


@pytest.mark.parametrize("version", [0, 1])
def test_the_form_of_a_printed_sheet_opens_it_as_it_stands_on_paper(
    browser: Browser, printed: tuple[Sheet, ...], sheet_page: Path, version: int
) -> None:
    sheet = printed[version]
    with visit(browser, sheet_page, address=f"#sheet={sheet.form}") as opened:
        page = opened.page
        assert opened.axe() == []
        assert page.get_by_label("Printed sheet").input_value() == sheet.form
        page.get_by_role("button", name="Start").click()
        assert f"sheet={sheet.form}" in page.url
        for entry in sheet.entries:
            assert page.locator("#prompt").inner_text() == entry.question.prompt
            question = entry.question
            if isinstance(question, Choice):
                assert page.locator(".option .words").all_inner_texts() == [o.text for o in question.options]
            elif isinstance(question, Match):
                assert page.locator(".pairs label").all_inner_texts() == list(question.left)
                assert page.locator(".pairs select").first.locator("option").all_inner_texts()[1:] == list(
                    question.right
                )
            elif isinstance(question, Order):
                rows = page.locator(".ordered .words").all_inner_texts()
                assert rows == [question.items[number] for number in question.shown]
            page.get_by_role("button", name=re.compile("Next|Hand in")).click() if entry is not sheet.entries[
                -1
            ] else None
        assert opened.axe() == []


def _order_page(tmp_path: Path) -> Path:
    file = tmp_path / "order.html"
    file.write_bytes(write(job(Bank(questions=(ORDER,), skipped=()))).files["sample.html"])
    return file


def test_events_are_put_onto_a_timeline_with_the_mouse_too(browser: Browser, tmp_path: Path) -> None:
    with visit(browser, _order_page(tmp_path), address="#mode=practise") as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        axis = page.get_by_role("img", name=re.compile("^A timeline from"))
        box = axis.bounding_box()
        assert box is not None
        for (begin, end), mark in zip(ORDER.scale.spans if ORDER.scale else (), axis.locator("b").all(), strict=True):
            at = mark.bounding_box()
            assert at is not None
            middle = (at["x"] + at["width"] / 2 - box["x"]) / box["width"]
            assert middle == pytest.approx((begin + end) / 2, abs=0.01)
        for label in axis.locator("bdi").all():
            text = label.bounding_box()
            assert text is not None
            assert text["y"] + text["height"] <= box["y"] + box["height"] + 1, "in one line, above what follows"
        _drag_right(page)
        assert page.locator(".ordered .words").all_inner_texts() == list(ORDER.items)
        page.get_by_role("button", name="Check").click()
        assert page.locator("[role=status] .verdict-line").inner_text().endswith("Right")
        assert opened.axe() == []


def _drag_right(page: Page) -> None:
    for place, text in enumerate(ORDER.items):
        rows = page.locator(".ordered li")
        if page.locator(".ordered .words").all_inner_texts()[place] != text:
            rows.filter(has_text=text).drag_to(rows.nth(place))


def test_what_is_due_comes_back_and_the_days_are_remembered(browser: Browser, tmp_path: Path) -> None:
    file = _order_page(tmp_path)
    long_ago = {"stability": 2.3, "difficulty": 2.1, "last": 1.7e12, "due": 1.7e12 + 86_400_000}
    entry = json.dumps({"seen": 1, "right": 1, "streak": 1, "memory": long_ago})
    with visit(browser, file) as opened:
        page = opened.page
        page.evaluate("entry => localStorage.setItem('quizgen/1:sample/flood/order', entry)", entry)
        page.reload()
        assert page.get_by_text("Due today: 1").is_visible()
        assert opened.axe() == []
        page.get_by_role("button", name="Practise what is due").click()
        page.get_by_role("button", name="I don\N{RIGHT SINGLE QUOTATION MARK}t know").click()
        page.get_by_role("button", name="Leave").click()
        assert page.get_by_text("Due today").count() == 0, "it was answered today"
        page.get_by_text("Over time").click()
        assert page.get_by_text("answers 1, right 0 %").is_visible()
        assert page.get_by_role("img", name=re.compile("days with answers: .?1")).is_visible()
        assert opened.axe() == []


def test_the_results_of_a_test_can_be_copied(browser: Browser, tmp_path: Path) -> None:
    with visit(
        browser, _order_page(tmp_path), address="#mode=test", permissions=["clipboard-write", "clipboard-read"]
    ) as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        page.get_by_role("button", name="Hand in").click()
        page.get_by_role("button", name="Copy the results").click()
        page.get_by_text("Copied.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("A sample\n")
        assert f"1. \N{BALLOT X} {ORDER.prompt}" in copied
        assert opened.axe() == []


def test_a_page_made_with_a_quiz_opens_every_version_of_it_whatever_each_asks() -> None:
    templates = Templates.found()
    asked, _ = read(ROOT / "decks" / "moon-race", templates)
    assert asked is not None
    sheets_of = composer("test", seed=3, versions=12, fresh=True)
    built = build_quiz(asked, templates, to=("page", "json"), sheets_of=sheets_of, printing=Printing(), name="quiz")
    html = built.files["quiz.html"].decode()
    data = json.loads(html.partition('id="quiz">')[2].partition("</script>")[0])
    assert [sheet["form"] for sheet in data["sheets"]] == [sheet.form for sheet in built.sheets]
    assert len(built.sheets) == 12
    for sheet, printed in zip(data["sheets"], built.sheets, strict=True):
        prompts = [data["questions"][entry["question"]]["prompt"] for entry in sheet["entries"]]
        assert prompts == [entry.question.prompt for entry in printed.entries]
    ids = [(one["id"], one["form"]) for one in json.loads(built.files["quiz.json"])["questions"]]
    assert len(ids) == len(set(ids))
