"""The page is played in a real browser: every form and mode, by mouse and by keys alone, by day and by night."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from quizgen.facts import Picture
from quizgen.questions import FORMS, Bank, form_of
from quizgen.write.page import write
from tests.browsing import DESKTOP, PHONE, Visit, visit
from tests.page_samples import job
from tests.samples import CHOICE, CLOZE, QUESTIONS, RECALL

How = Literal["right", "wrong"]

RESULTS: dict[How, str] = {"right": "1 of 1 right (100 %)", "wrong": "0 of 1 right (0 %)"}
VERDICTS: dict[How, str] = {"right": "Right", "wrong": "Not right"}
MARKS: dict[How, str] = {"right": "✓", "wrong": "✗"}
LOOKS: dict[str, dict[str, Any]] = {
    "desktop by day": {"viewport": DESKTOP, "color_scheme": "light"},
    "phone by night": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True, "is_mobile": True},
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample bank."""
    file = tmp_path_factory.mktemp("page") / "sample.html"
    file.write_bytes(write(job()).files["sample.html"])
    return file


@pytest.fixture
def desk(browser: Browser, sample: Path) -> Iterator[Visit]:
    """The sample page on a desktop."""
    with visit(browser, sample) as opened:
        yield opened


# ---- how a learner answers each form, rightly or wrongly -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Learner:
    """How a form is answered: with the mouse, and with the keys alone, from where the focus stands."""

    mouse: Callable[[Page, How], None]
    keys: Callable[[Page, How], None]


def _tick(*, right: tuple[str, ...], wrong: tuple[str, ...]) -> Learner:
    def mouse(page: Page, how: How) -> None:
        for text in right if how == "right" else wrong:
            page.locator(".option", has_text=text).click()

    def keys(page: Page, how: How) -> None:
        texts = page.locator(".option .words").all_inner_texts()
        for text in right if how == "right" else wrong:
            page.keyboard.press(str(texts.index(text) + 1))

    return Learner(mouse, keys)


def _type(*, right: str, wrong: str) -> Learner:
    return Learner(
        lambda page, how: page.locator("main input[type=text]").fill(right if how == "right" else wrong),
        lambda page, how: page.keyboard.type(right if how == "right" else wrong),
    )


PAIRS = {"A flood takes the mill": "1979", "The fair opens": "1850", "The comet returns": "1910"}


def _pair_by_mouse(page: Page, how: How) -> None:
    for left, year in PAIRS.items():
        page.get_by_label(left).select_option(label=year if how == "right" else "1850")


def _pair_by_keys(page: Page, how: How) -> None:
    for left in page.locator(".pairs label").all_inner_texts():
        page.keyboard.press("Tab")
        page.keyboard.type(PAIRS[left] if how == "right" else "1850")


ITEMS = ["The fair opens", "The comet returns", "A flood takes the mill"]


def _order(press: Callable[[Page, Locator], None]) -> Callable[[Page, How], None]:
    def order(page: Page, how: How) -> None:
        wanted = ITEMS if how == "right" else ITEMS[::-1]
        for place, text in enumerate(wanted):
            for _ in range(page.locator(".ordered .words").all_inner_texts().index(text) - place):
                press(page, page.get_by_role("button", name=f"Move up: {text}"))
        assert page.locator(".ordered .words").all_inner_texts() == wanted

    return order


def _press_by_keys(page: Page, button: Locator) -> None:
    for _ in range(20):
        if button.evaluate("(node) => node === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if button.evaluate("(node) => node === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError("the button cannot be reached with the keys")


LEARNERS = {
    "recall": _type(right="1994", wrong="1996"),
    "choice": _tick(right=("1996",), wrong=("1994",)),
    "several": _tick(right=("stone", "iron", "oak"), wrong=("stone", "glass")),
    "truth": _tick(right=("False",), wrong=("True",)),
    "cloze": _type(right="Sel", wrong="Paris"),
    "numeric": _type(right="5.2 km", wrong="7"),
    "match": Learner(_pair_by_mouse, _pair_by_keys),
    "order": Learner(_order(lambda _, button: button.click()), _order(_press_by_keys)),
}
ANSWERS = {
    "recall": "1994",
    "choice": "1996",
    "several": "stone",
    "truth": "small arms",
    "cloze": "Sel",
    "numeric": "about 5 km",
    "match": "1979",
    "order": "1850",
}
QUESTION = dict(zip(["recall", "choice", "several", *FORMS[2:]], QUESTIONS, strict=True)) | {
    "cloze": CLOZE.with_one_gap(3)
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page for each way of answering, with one question."""
    folder = tmp_path_factory.mktemp("forms")
    for name, question in QUESTION.items():
        (folder / f"{name}.html").write_bytes(write(job(Bank(questions=(question,), skipped=()))).files["sample.html"])
    return {name: folder / f"{name}.html" for name in QUESTION}


def test_every_form_has_a_learner() -> None:
    assert {form_of(question) for question in QUESTION.values()} == set(FORMS)
    assert set(LEARNERS) == set(QUESTION) == set(ANSWERS)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("form", LEARNERS)
def test_practising_tells_at_once_and_brings_back_what_was_missed(
    browser: Browser, files: dict[str, Path], form: str, look: str
) -> None:
    with visit(browser, files[form], address="#mode=practise", **LOOKS[look]) as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        assert opened.axe() == []
        LEARNERS[form].mouse(page, "wrong")
        page.get_by_role("button", name="Check").click()
        assert page.locator("[role=status] .verdict-line").inner_text().endswith("Not right")
        assert ANSWERS[form] in str(page.locator(".feedback").text_content())
        assert "Moscow wants back in, 46" in page.locator(".feedback").inner_text()
        assert page.evaluate("document.activeElement.textContent") == "Next"
        assert opened.axe() == []
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text("Once more: you missed this one.")).to_be_visible()
        LEARNERS[form].mouse(page, "right")
        page.get_by_role("button", name="Check").click()
        assert page.locator("[role=status] .verdict-line").inner_text().endswith("Right")
        page.get_by_role("button", name="Next").click()
        assert page.locator(".marks").inner_text() == "0 of 1 right at the first go"
        assert opened.axe() == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_picture_comes_after_the_answer_with_its_caption_and_its_credit(browser: Browser, tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"/>'
    picture = Picture(
        path=Path("a.svg"), data=drawing, suffix=".svg", alt="A gate", caption="Sel in <1994>", credit="Ada Marr & Co."
    )
    question = replace(RECALL, about=replace(RECALL.about, picture=picture))
    file = tmp_path / "sample.html"
    file.write_bytes(write(job(Bank(questions=(question,), skipped=()))).files["sample.html"])
    with visit(browser, file, address="#mode=practise") as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        assert page.locator("figure").count() == 0
        LEARNERS["recall"].mouse(page, "right")
        page.get_by_role("button", name="Check").click()
        assert page.locator("figure img").get_attribute("alt") == "A gate"
        assert page.locator("figcaption > *").all_inner_texts() == ["Sel in <1994>", "Ada Marr & Co."]
        assert opened.axe() == []


@pytest.mark.parametrize("form", LEARNERS)
def test_practising_with_the_keys_alone(browser: Browser, files: dict[str, Path], form: str) -> None:
    with visit(browser, files[form], address="#mode=practise") as opened:
        page = opened.page
        _press_by_keys(page, page.get_by_role("button", name="Start"))
        LEARNERS[form].keys(page, "right")
        if form in {"match", "order"}:
            _press_by_keys(page, page.get_by_role("button", name="Check"))
        else:
            page.keyboard.press("Enter")
        assert page.locator(".verdict-line").inner_text().endswith("Right")
        page.keyboard.press("Enter")
        assert page.locator(".marks").inner_text() == "1 of 1 right at the first go"


@pytest.mark.parametrize("by", ["mouse", "keys"])
@pytest.mark.parametrize("form", LEARNERS)
def test_a_test_tells_nothing_until_the_end(browser: Browser, files: dict[str, Path], form: str, by: str) -> None:
    for how, marks in RESULTS.items():
        with visit(browser, files[form], address="#mode=test") as opened:
            page = opened.page
            page.get_by_role("button", name="Start").click()
            getattr(LEARNERS[form], by)(page, how)
            assert page.locator(".feedback").first.inner_text() == ""
            page.get_by_role("button", name="Hand in").click()
            assert page.locator(".marks").inner_text() == marks
            assert page.locator(".review .verdict-line").inner_text().removeprefix(MARKS[how]).strip() == VERDICTS[how]
            assert by == "keys" or opened.axe() == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("form", LEARNERS)
def test_a_card_is_turned_over_and_judged_by_the_learner(
    browser: Browser, files: dict[str, Path], form: str, look: str
) -> None:
    with visit(browser, files[form], address="#mode=cards", **LOOKS[look]) as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        assert opened.axe() == []
        page.keyboard.press("Enter")
        assert ANSWERS[form] in page.locator(".back").inner_text()
        assert opened.axe() == []
        page.get_by_role("button", name="Not yet").click()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert page.locator(".marks").inner_text() == "0 of 1 right at the first go"


# ---- the first screen, and what is kept ----------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
def test_the_first_screen_is_accessible(browser: Browser, sample: Path, look: str) -> None:
    with visit(browser, sample, **LOOKS[look]) as opened:
        page = opened.page
        assert opened.axe() == []
        page.get_by_text("More choices").click()
        assert opened.axe() == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _prompts(browser: Browser, file: Path, address: str) -> list[str]:
    with visit(browser, file, address=address) as opened:
        opened.page.get_by_role("button", name="Start").click()
        opened.page.on("dialog", lambda dialog: dialog.accept())
        shown = []
        while opened.page.locator("#prompt").count():
            shown.append(opened.page.locator("form.card").inner_text())
            opened.page.locator("button.main").click()
        return shown


def test_the_same_address_gives_the_same_questions(browser: Browser, sample: Path) -> None:
    once, again, other = (_prompts(browser, sample, f"#seed={seed}&mode=test&count=5") for seed in ("7", "7", "8"))

    assert len(once) == 5
    assert once == again
    assert once != other


def test_choices_go_into_the_address(desk: Visit) -> None:
    page = desk.page
    page.get_by_label("Test").check()
    page.get_by_text("More choices").click()
    page.get_by_label("Ordering").check()
    page.get_by_label("Seed").fill("our class")
    assert page.locator(".start .count").inner_text() == "1 of 1 questions"
    page.get_by_role("button", name="Start").click()

    assert page.evaluate("location.hash") == "#seed=our+class&mode=test&count=all&form=order"


def test_a_round_without_a_question_does_not_start(browser: Browser, sample: Path) -> None:
    with visit(browser, sample, address="#form=order&count=1") as opened:
        page = opened.page
        page.get_by_label("Leave out what I already know").check()
        page.evaluate('localStorage.setItem(\'quizgen/1:sample/flood/order\', \'{"seen":2,"right":2,"streak":2}\')')
        page.reload()
        page.get_by_label("Leave out what I already know").check()
        assert page.locator(".start .count").inner_text() == "No question is left by these choices."
        page.get_by_role("button", name="Start").click(force=True)
        expect(page.locator(".start")).to_be_visible()


def _answer_one(page: Page) -> None:
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="I don\N{RIGHT SINGLE QUOTATION MARK}t know").click()
    page.get_by_role("button", name="Leave").click()


def test_progress_survives_a_reload_and_a_device(browser: Browser, sample: Path, tmp_path: Path) -> None:
    with visit(browser, sample) as opened:
        page = opened.page
        _answer_one(page)
        page.reload()
        assert page.locator(".counts").inner_text().split("\n")[1:] == ["Learning 1", "New 8"]
        with page.expect_download() as download:
            page.get_by_role("button", name="Save to a file").click()
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Forget").click()
        expect(page.get_by_text("New 9")).to_be_visible()
        assert page.evaluate("localStorage.length") == 0

    assert saved.name == "sample-progress.json"
    assert json.loads(saved.read_text("utf-8"))["format"] == "quizgen-progress/1"
    with visit(browser, sample) as opened:
        page = opened.page
        page.locator("input[type=file]").set_input_files(saved)
        page.get_by_text("Entries read").wait_for()
        assert page.locator(".counts").inner_text().split("\n")[1:] == ["Learning 1", "New 8"]
        page.reload()
        expect(page.get_by_text("Learning 1")).to_be_visible()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": "quizgen-progress/1", "deck": "other", "progress": {}}',
        '{"format": "quizgen-progress/1", "deck": "sample", "progress": null}',
    ],
)
def test_a_file_that_holds_no_progress_is_refused(desk: Visit, tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content)
    desk.page.locator("input[type=file]").set_input_files(tmp_path / "other.json")

    desk.page.get_by_text("This file holds no progress for these questions.").wait_for()


def test_entries_that_make_no_sense_are_left_out(desk: Visit, tmp_path: Path) -> None:
    entries = {
        "sample/a/when": {"seen": 3, "right": 2, "streak": 1},
        "sample/b/when": {"seen": 1, "right": 2, "streak": 1},
        "sample/c/when": {"seen": "1", "right": 1, "streak": 1},
        "sample/d/when": None,
        "other/e/when": {"seen": 3, "right": 2, "streak": 1},
    }
    file = {"format": "quizgen-progress/1", "deck": "sample", "progress": entries}
    (tmp_path / "progress.json").write_text(json.dumps(file))
    desk.page.locator("input[type=file]").set_input_files(tmp_path / "progress.json")

    desk.page.get_by_text("Entries read").wait_for()
    assert desk.page.evaluate("Object.keys(localStorage)") == ["quizgen/1:sample/a/when"]


def test_the_page_works_where_storage_is_refused(browser: Browser, sample: Path) -> None:
    with visit(browser, sample) as opened:
        page = opened.page
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
        page.reload()
        expect(page.get_by_text("This browser does not let the page keep anything")).to_be_visible()
        _answer_one(page)
        expect(page.get_by_text("Learning 1")).to_be_visible()


def test_the_page_works_where_storage_is_full(browser: Browser, sample: Path) -> None:
    with visit(browser, sample) as opened:
        page = opened.page
        page.evaluate("localStorage.setItem('x', 'x'.repeat(5 * 1024 * 1024 - 20))")
        _answer_one(page)
        expect(page.get_by_text("Learning 1")).to_be_visible()


# ---- small things that matter --------------------------------------------------------------------------------------


def test_a_misspelt_answer_is_right_and_told(browser: Browser, tmp_path: Path) -> None:
    question = replace(RECALL, answers=("Kandahar",), answer_type="place", rivals=())
    (tmp_path / "page.html").write_bytes(write(job(Bank(questions=(question,), skipped=()))).files["sample.html"])
    with visit(browser, tmp_path / "page.html") as opened:
        opened.page.get_by_role("button", name="Start").click()
        opened.page.keyboard.type("Kandahr")
        opened.page.keyboard.press("Enter")
        assert opened.page.get_by_text("Right, but look how it is written").is_visible()


def test_the_learner_can_overrule_the_grader(browser: Browser, files: dict[str, Path]) -> None:
    with visit(browser, files["recall"]) as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        page.keyboard.type("the year before 1995")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Count mine as right").click()
        assert page.locator(".marks").inner_text() == "1 of 1 right at the first go"


def test_checking_without_an_answer_asks_for_one(browser: Browser, files: dict[str, Path]) -> None:
    for form in ("recall", "choice", "match"):
        with visit(browser, files[form]) as opened:
            opened.page.get_by_role("button", name="Start").click()
            opened.page.get_by_role("button", name="Check").click()
            assert opened.page.get_by_text("Give an answer first.").is_visible()
            assert opened.axe() == []


def test_a_test_keeps_answers_when_going_back(browser: Browser, sample: Path) -> None:
    with visit(browser, sample, address="#mode=test&count=all&form=recall&form=truth&seed=1") as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        typed = page.locator("main input[type=text]").count() == 1
        if typed:
            page.keyboard.type("1994")
        else:
            page.get_by_text("False").click()
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Back").click()
        if typed:
            assert page.locator("main input[type=text]").input_value() == "1994"
        else:
            assert page.get_by_label("False").is_checked()


def test_moving_an_entry_keeps_the_focus_and_is_told(browser: Browser, files: dict[str, Path]) -> None:
    with visit(browser, files["order"]) as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        first = page.locator(".ordered .words").first.inner_text()
        page.get_by_role("button", name=f"Move down: {first}").click()
        assert page.evaluate("document.activeElement.textContent").startswith("↓Move down:")
        said = page.locator("fieldset [role=status]").inner_text()
        assert said.replace("\u2068", "").replace("\u2069", "") == f"{first}: now 2 of 3"


def test_numbers_typed_into_a_text_field_choose_nothing(browser: Browser, files: dict[str, Path]) -> None:
    with visit(browser, files["choice"]) as opened:
        page = opened.page
        page.keyboard.press("1")  # the focus is nowhere: no key means anything
        page.get_by_role("button", name="Start").click()
        page.keyboard.press("Control+1")
        assert page.locator("input:checked").count() == 0


def test_without_scripts_the_questions_can_be_read_and_the_key_is_folded(browser: Browser, sample: Path) -> None:
    for look in LOOKS.values():
        with visit(browser, sample, java_script_enabled=False, **look) as opened:
            page = opened.page
            assert page.locator("h2").all_inner_texts() == [question.prompt for question in QUESTIONS]
            assert page.locator("details").count() == len(QUESTIONS)
            assert not page.locator("details p").first.is_visible()
            page.locator("summary").first.click()
            assert page.locator("details p").first.inner_text() == "1994"


def test_printing_leaves_out_what_cannot_be_pressed(desk: Visit) -> None:
    desk.page.get_by_role("button", name="Start").click()
    desk.page.emulate_media(media="print")

    assert desk.page.locator("#prompt").is_visible()
    assert not desk.page.get_by_role("button", name="Leave").is_visible()


def test_a_page_in_a_language_from_right_to_left_stands_the_other_way_round(browser: Browser, tmp_path: Path) -> None:
    there = job(Bank(questions=(CHOICE,), skipped=()))
    there = replace(there, deck=replace(there.deck, language="fa"), language=replace(there.language, direction="rtl"))
    (tmp_path / "page.html").write_bytes(write(there).files["sample.html"])
    with visit(browser, tmp_path / "page.html", viewport=PHONE) as opened:
        page = opened.page
        page.get_by_role("button", name="Start").click()
        box, text = (
            page.locator(".option input").first.bounding_box(),
            page.locator(".option .words").first.bounding_box(),
        )
        assert box is not None
        assert text is not None
        assert box["x"] > text["x"] + text["width"]
        assert "\N{EXTENDED ARABIC-INDIC DIGIT ONE}" in page.locator("p.count").inner_text()
        assert opened.axe() == []
