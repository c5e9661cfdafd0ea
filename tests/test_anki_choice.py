"""The cards in a real browser: what they do, how they look, whom they leave out.

Each side is drawn by the real Anki, and put into a page that goes on living between the sides, as Anki's own does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from quizgen.facts import Picture
from quizgen.questions import Option, Question, Scale
from quizgen.write.anki.axis import timeline
from quizgen.write.anki.models import read_looks
from tests.anki_jobs import KINDS, TEMPLATES, deck, job, kind, package_of
from tests.learner import learner
from tests.samples import CHOICE, CLOZE, ORDER, RECALL, SEVERAL, TRUTH
from tests.test_anki_import import PNG, SCALARS, _hostile, _refused

pytestmark = pytest.mark.slow

ARABIC = replace(
    CHOICE,
    about=replace(CHOICE.about, fact="arabic"),
    prompt="متى افتتح الجسر في سيل؟",
    options=(
        Option(text="سنة 1994", right=True),
        Option(text="سنة 1996", right=False, why="سنة 1996 هي سنة الفيضان."),
    ),
    answers=("سنة 1994",),
)
LONG = replace(
    RECALL,
    about=replace(RECALL.about, fact="long", picture=Picture(path=Path("p.png"), data=PNG, suffix=".png", alt="a dot")),
    prompt="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2 + "  two  spaces",
    answers=("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2,),
)
QUESTIONS: tuple[Question, ...] = (RECALL, CHOICE, SEVERAL, TRUTH, CLOZE, ARABIC, LONG, ORDER)
TYPED = replace(
    RECALL,
    answer_type="name",
    about=replace(RECALL.about, fact="typed"),
    prompt="Who founded the movement?",
    answers=("Mullah Mohammad Omar", "Omar", "the 'one-eyed' Émir (b. 1960)"),
)
DECK = deck(kinds=KINDS | {"event": kind("event", "event", "when", "where", cloze="cloze", order="order")})

# What Anki's reviewer does with a side: replace the content of one element, then run the scripts in it.
SHOW = """([html, night]) => {
  document.documentElement.classList.toggle("night-mode", night);
  document.body.className = night ? "card card1 nightMode night_mode" : "card card1";
  const qa = document.getElementById("qa");
  qa.innerHTML = html;
  for (const old of qa.querySelectorAll("script")) {
    const script = document.createElement("script");
    script.textContent = old.textContent;
    old.replaceWith(script);
  }
}"""
PAGE = (
    '<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">'
    "<title>Anki</title><body><div id=qa></div>"
)

Sides = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Sides:
    """Front and back of the sample cards by fact (and slot), as Anki draws them."""
    with learner(tmp_path_factory.mktemp("anki")) as someone:
        someone.imports(package_of(job(QUESTIONS, of=DECK)))
        someone.imports(package_of(job([TYPED], of=deck(title="Typed", recall="typed"))))
        return {
            f"{card.note()['Id'].split('/')[1]}{card.ord or ''}": (card.question(), card.answer())
            for card in someone.cards()
        }


@contextmanager
def reviewer(browser: Browser, width: int = 900) -> Iterator[Page]:
    """An empty page to show sides in. An error in it, or a dialog, fails at its end."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    found = context.new_page()
    found.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    found.goto("http://anki.test/")
    amiss: list[str] = []
    found.on("pageerror", lambda error: amiss.append(str(error)))
    found.on("dialog", lambda dialog: amiss.append(dialog.message))  # which a page waits for until it is closed
    yield found
    context.close()
    assert amiss == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with reviewer(browser) as found:
        yield found


def show(page: Page, side: str, *, night: bool = False) -> None:
    page.evaluate(SHOW, [side, night])


def options(page: Page) -> list[str]:
    return page.locator(".options .option").all_inner_texts()


def items(page: Page) -> list[str]:
    return page.locator(".items .option").all_inner_texts()


def picked(page: Page) -> list[str]:
    return page.locator(".options li.picked .option").all_inner_texts()


def test_options_are_shuffled_at_each_showing_and_the_back_keeps_their_order(page: Page, sides: Sides) -> None:
    orders: Counter[tuple[str, ...]] = Counter()
    for _ in range(120):
        show(page, sides["kabul-captured"][0])
        front = options(page)
        show(page, sides["kabul-captured"][1])
        assert options(page) == front
        orders[tuple(front)] += 1
    assert len(orders) == 6
    assert min(orders.values()) >= 5  # of 20 expected


def test_one_option_can_be_picked_and_the_back_says_what_was_right(page: Page, sides: Sides) -> None:
    show(page, sides["kabul-captured"][0])
    page.get_by_text("1996", exact=True).click()
    page.get_by_text("1994", exact=True).click()
    assert page.get_by_role("radio", checked=True).count() == 1
    assert not page.get_by_text("al-Qaeda").is_visible()
    assert not page.get_by_text("Right", exact=True).is_visible()
    show(page, sides["kabul-captured"][1])
    assert picked(page) == ["1994"]
    expect(page.get_by_text("Right", exact=True)).to_be_visible()
    assert page.get_by_text("Your choice", exact=True).locator("visible=true").count() == 1
    expect(page.get_by_text("2001 is when al-Qaeda attacks New York.")).to_be_visible()


def test_several_options_can_be_picked_where_several_are_right(page: Page, sides: Sides) -> None:
    show(page, sides["piers"][0])
    for text in ("oak", "glass", "iron"):
        page.get_by_text(text, exact=True).click()
    page.get_by_text("iron", exact=True).click()
    assert page.get_by_role("checkbox", checked=True).count() == 2
    show(page, sides["piers"][1])
    assert sorted(picked(page)) == ["glass", "oak"]
    assert page.get_by_text("Right", exact=True).locator("visible=true").count() == 3


def test_keys_pick_options_by_their_number(page: Page, sides: Sides) -> None:
    show(page, sides["kabul-captured"][0])
    second = options(page)[1]
    page.keyboard.press("2")
    page.keyboard.press("9")
    page.keyboard.press("Control+1")
    show(page, sides["kabul-captured"][1])
    assert picked(page) == [second]


def test_options_can_be_reached_and_picked_by_keyboard_alone(page: Page, sides: Sides) -> None:
    show(page, sides["kabul-captured"][0])
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    outline = page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle")
    assert outline == "solid"
    second = options(page)[1]
    show(page, sides["kabul-captured"][1])
    assert picked(page) == [second]


def test_several_options_can_be_ticked_with_the_keys_that_anki_leaves_to_cards(page: Page, sides: Sides) -> None:
    show(page, sides["piers"][0])
    shown = options(page)
    for key in ("Tab", "x", "ArrowUp", "x", "ArrowUp", "x", "x"):
        page.keyboard.press(key)
    show(page, sides["piers"][1])
    assert picked(page) == [shown[0], shown[3]]


def test_a_card_leaves_nothing_behind_on_the_page(page: Page, sides: Sides) -> None:
    before = page.evaluate("Object.keys(window).sort()")
    show(page, sides["kabul-captured"][0])
    page.keyboard.press("1")
    show(page, sides["kabul-captured"][1])
    show(page, sides["taliban-founded"][0])
    page.keyboard.press("2")  # must not reach the card before
    assert page.evaluate("Object.keys(window).sort()") == before
    assert page.evaluate("document.body.children.length") == 1
    kept = page.evaluate("JSON.parse(sessionStorage.getItem('quizgen')).picked.length")
    show(page, sides["kabul-captured"][1])
    assert kept == len(picked(page)) == 1


def test_the_back_never_takes_the_picks_of_another_card(page: Page, sides: Sides) -> None:
    show(page, sides["kabul-captured"][0])
    page.keyboard.press("1")
    show(page, sides["piers"][1])
    assert picked(page) == []


@pytest.mark.parametrize("kept", ["null", "{", "[]", '{"card": "sample/kabul-captured/when"}', "7"])
def test_a_back_that_finds_nonsense_stands_as_it_was_written(page: Page, sides: Sides, kept: str) -> None:
    page.evaluate("kept => sessionStorage.setItem('quizgen', kept)", kept)
    show(page, sides["kabul-captured"][1])
    assert options(page) == ["1994", "1996", "2001"]
    expect(page.get_by_text("Right", exact=True)).to_be_visible()


def test_where_nothing_can_be_kept_both_sides_stand_as_they_were_written(page: Page, sides: Sides) -> None:
    page.evaluate("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('denied'); }})")
    for side in sides["kabul-captured"]:
        show(page, side)
        assert options(page) == ["1994", "1996", "2001"]
    show(page, sides["kabul-captured"][0])
    page.keyboard.press("1")
    assert page.get_by_role("radio", checked=True).count() == 1


def test_without_javascript_the_list_is_plain_and_gives_nothing_away(browser: Browser, sides: Sides) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    front, back = sides["kabul-captured"]
    page.set_content(f"<body class=card>{front}")
    assert options(page) == ["1994", "1996", "2001"]
    assert not page.get_by_text("Right", exact=True).is_visible()
    assert not page.get_by_text("al-Qaeda").is_visible()
    page.set_content(f"<body class=card>{back}")
    expect(page.get_by_text("Right", exact=True)).to_be_visible()
    expect(page.get_by_text("2001 is when al-Qaeda attacks New York.")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "typed, right",
    [
        ("Omar", True),
        ("  the OMAR. ", True),
        ("mullah mohammad omar", True),
        ("one eyed emir b 1960", True),
        ("Mohammad", False),
        ("the", False),
        ("...", False),
        ("<b>Omar</b><script>alert(1)</script>", False),
    ],
)
def test_a_typed_answer_is_compared_with_all_that_are_right(
    page: Page,
    sides: Sides,
    typed: str,
    right: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    show(page, sides["typed"][0])
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.type(typed)
    show(page, sides["typed"][1])
    said = page.locator(".typed")
    expect(said).to_be_visible()
    assert page.locator(".said").text_content() == typed
    assert page.locator(".typed.right").count() == right
    expect(page.get_by_text("Also right: Omar")).to_be_visible()
    assert page.locator(".typed ul").is_hidden()


def test_a_back_says_nothing_of_an_answer_that_was_not_typed(page: Page, sides: Sides) -> None:
    show(page, sides["typed"][0])
    show(page, sides["typed"][1])
    assert page.locator(".typed").is_hidden()
    page.evaluate("sessionStorage.setItem('quizgen', JSON.stringify({card: 'another', typed: 'Omar'}))")
    show(page, sides["typed"][1])
    assert page.locator(".typed").is_hidden()
    page.evaluate("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('denied'); }})")
    for side in sides["typed"]:
        show(page, side)
    expect(page.locator(".answer")).to_be_visible()


def test_enter_turns_over_a_card_whose_answer_was_typed(page: Page, sides: Sides) -> None:
    page.evaluate("window.pycmd = (command) => { window.asked = command; }")
    show(page, sides["typed"][0])
    page.keyboard.type("Omar")
    page.keyboard.press("Enter")
    assert page.evaluate("window.asked") == "ans"


def test_things_to_put_in_order_are_shuffled_at_each_showing_and_the_back_has_them_right(
    page: Page, sides: Sides
) -> None:
    orders: Counter[tuple[str, ...]] = Counter()
    for _ in range(60):
        show(page, sides["flood"][0])
        orders[tuple(items(page))] += 1
    assert len(orders) == 6
    show(page, sides["flood"][1])
    right = [f"{item} {value}" for item, value in zip(ORDER.items, ORDER.values, strict=True)]
    assert page.locator(".ordered li").all_inner_texts() == right
    assert page.evaluate("document.body.children.length") == 1


def test_without_javascript_things_to_put_in_order_do_not_stand_in_it(browser: Browser, sides: Sides) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(f"<body class=card>{sides['flood'][0]}")
    assert items(page) == [ORDER.items[number] for number in ORDER.shown]
    expect(page.get_by_role("img", name="A timeline from 1850 to 2000 with 3 numbered places.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("way", ["mouse", "keys", "tab"])
def test_items_are_given_places_and_the_back_says_which_were_right(page: Page, sides: Sides, way: str) -> None:
    show(page, sides["flood"][0])
    rows = items(page)
    fair, comet, flood = (rows.index(item) for item in ORDER.items)
    for row in (comet, fair, comet, flood, comet):  # the comet is taken back, so that the flood gets place 1
        match way:
            case "mouse":
                page.locator(".items button").nth(row).click()
            case "keys":
                page.keyboard.press(str(row + 1))
            case _:
                page.locator(".items button").nth(row).focus()
                page.keyboard.press("x")
    assert page.locator(".items .place").nth(flood).inner_text() == "1"
    assert page.locator(".items button[aria-pressed=true]").count() == 3
    show(page, sides["flood"][1])
    told = page.locator(".ordered li")
    assert [told.nth(row).get_attribute("class") for row in range(3)] == ["wrong", "wrong", "wrong"]
    said = ["Your place: 2", "Your place: 3", "Your place: 1"]
    assert page.locator(".ordered .mine").all_inner_texts() == said


# What Anki's desktop says of every button on its pages.
ANKI_BUTTONS = """<style>
button { margin: 1em .5em; padding: 8px 10px; border: 1px solid red; outline: none !important; }
.fancy button { box-shadow: 0 2px 1px -1px red; }
.fancy button:hover { background: red; box-shadow: 0 3px 1px -2px red; }
</style>"""


def test_an_item_fits_its_row_and_shows_its_focus_under_the_style_of_anki(page: Page, sides: Sides) -> None:
    show(page, ANKI_BUTTONS + sides["flood"][0])
    page.evaluate("document.documentElement.classList.add('fancy')")
    button, row = page.locator(".items button").first, page.locator(".items li").first
    button.hover()
    page.keyboard.press("Tab")
    look = button.evaluate("b => (({outlineStyle, boxShadow}) => [outlineStyle, boxShadow])(getComputedStyle(b))")
    assert look == ["solid", "none"]
    inner, outer = button.bounding_box(), row.bounding_box()
    assert inner is not None and outer is not None
    assert outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"]


def test_items_in_their_places_are_right_and_those_without_one_are_left_alone(page: Page, sides: Sides) -> None:
    show(page, sides["flood"][0])
    for item in ORDER.items[:2]:
        page.get_by_text(item).click()
    show(page, sides["flood"][1])
    assert page.locator(".ordered .right .option").all_inner_texts() == list(ORDER.items[:2])
    assert page.locator(".ordered .wrong").count() == 0
    assert page.locator(".ordered .mine").locator("visible=true").count() == 0


@pytest.mark.parametrize("kept", ["null", "{", "[]", '{"card": "sample/flood/order", "places": 3}', "7"])
def test_an_order_that_finds_nonsense_shows_the_right_order_alone(page: Page, sides: Sides, kept: str) -> None:
    page.evaluate("kept => sessionStorage.setItem('quizgen', kept)", kept)
    show(page, sides["flood"][1])
    assert page.locator(".ordered .option").all_inner_texts() == list(ORDER.items)


def test_a_timeline_shows_each_item_where_it_belongs_and_no_mark_covers_another(page: Page, sides: Sides) -> None:
    for side in sides["flood"]:
        show(page, side)
        axis = page.locator(".axis").bounding_box()
        assert axis is not None
        marks = page.locator(".axis .mark b")
        assert marks.all_inner_texts() == ["1", "2", "3"]
        for row, (begin, end) in enumerate(ORDER.scale.spans if ORDER.scale else ()):
            box = marks.nth(row).bounding_box()
            assert box is not None
            there = (box["x"] + box["width"] / 2 - axis["x"]) / axis["width"]
            assert there == pytest.approx((begin + end) / 2, abs=0.005)


def test_marks_that_are_near_each_other_stand_one_above_the_other(browser: Browser) -> None:
    spans = ((0.50, 0.50), (0.53, 0.53), (0.56, 0.56), (0.61, 0.61), (0.99, 1.0))
    drawn = timeline(Scale(measure="time", spans=spans, ticks=((0, "1 July 1969"), (1, "3 July 1969"))), "days")
    css = read_looks(TEMPLATES)[0]["order"].css
    with reviewer(browser, 320) as page:
        show(page, f"<style>{css}</style><div class=quizgen>{drawn}</div>")
        boxes = [mark.bounding_box() for mark in page.locator(".axis .mark b").all()]
        for one, other in combinations([box for box in boxes if box], 2):
            beside = abs(one["x"] - other["x"]) >= one["width"]
            assert beside or abs(one["y"] - other["y"]) >= one["height"]
        assert page.locator(".axis").evaluate("axis => axis.parentElement.scrollWidth") <= 320


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [320, 900])
def test_every_card_is_accessible_and_fits(browser: Browser, sides: Sides, width: int, night: bool) -> None:  # noqa: FBT001 - pytest gives it
    judged: set[str] = set()
    with reviewer(browser, width) as page:
        for name, side in ((name, side) for name, both in sides.items() for side in both):
            show(page, side, night=night)
            page.keyboard.press("1")
            found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
            assert found.response["violations"] == [], name
            judged |= {rule["id"] for rule in found.response["passes"]}
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert {"color-contrast", "label", "list", "image-alt"} <= judged


def test_text_grows_with_the_learners_own_size(page: Page, sides: Sides) -> None:
    show(page, sides["taliban-founded"][1])
    sizes = "[...document.querySelectorAll('.quizgen p')].map(p => parseFloat(getComputedStyle(p).fontSize))"
    usual = page.evaluate(sizes)
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert page.evaluate(sizes) == [2 * size for size in usual]


def test_a_card_in_arabic_runs_from_right_to_left(page: Page, sides: Sides) -> None:
    show(page, sides["arabic"][0])
    texts = page.locator(".prompt, .options li, .option")
    assert texts.evaluate_all("found => found.map(e => getComputedStyle(e).direction)") == ["rtl"] * 5


def test_spaces_are_shown_as_they_were_written(page: Page, sides: Sides) -> None:
    show(page, sides["long"][0])
    assert page.locator(".prompt").inner_text().endswith("  two  spaces")


def test_nothing_in_a_hostile_text_runs(page: Page, tmp_path: Path) -> None:
    texts = [text for texts in SCALARS.values() for text in texts if text and not _refused(text)]
    questions = [
        replace(question, about=replace(question.about, fact=f"f{number}"))
        for number, text in enumerate(texts)
        for question in _hostile(text)
    ]
    with learner(tmp_path / "anki") as someone:
        someone.imports(package_of(job(questions)))
        drawn = [side for card in someone.cards() for side in (card.question(), card.answer())]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for side in drawn:
        show(page, side)
    page.wait_for_timeout(200)
    assert {url.rsplit("/", 1)[-1][20:] for url in asked} <= {""}  # only the picture, whose name is a digest
    assert page.url == "http://anki.test/"
    assert len(drawn) == 8 * len(texts)
