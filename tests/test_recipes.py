"""Recipes are read with places and remedies, the user's before the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.compose.pace import count_in
from quizgen.compose.recipes import Layout, Part, parse_recipe, read_recipe, recipe_names
from quizgen.language import Language, read_language
from quizgen.problems import Level
from quizgen.templates import Templates

TEMPLATES = Templates.found()
ENGLISH = read_language(TEMPLATES, "en")[0]
SHIPPED = recipe_names(TEMPLATES)


def test_the_usual_recipes_are_shipped() -> None:
    assert {"test", "worksheet", "warm-up", "exit-ticket"} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_recipe_is_without_fault(name: str) -> None:
    recipe, problems = read_recipe(TEMPLATES, name, ENGLISH)
    assert problems == ()
    assert recipe is not None
    assert recipe.name == name
    assert recipe.about
    assert all(part.instruction for part in recipe.parts)


def test_a_recipe_says_which_questions_make_a_quiz() -> None:
    text = """
        recipe: oral
        title: "Oral: {title}"
        intro: Speak up.
        sections:
          - heading: Dates
            forms: [recall, cloze]
            count: 4
            ways: when
            kinds: [event]
            tags: [war, peace]
            marks: each
          - {forms: [truth], count: all}
        layout: {columns: 2, fields: [name, Table number], lines: no}
    """
    recipe, problems = parse_recipe(text.encode(), "oral.yaml", "oral", ENGLISH)
    assert problems == ()
    assert recipe is not None
    dates, truths = recipe.parts
    assert dates == Part(
        heading="Dates",
        forms=("recall", "cloze"),
        count=4,
        marks=None,
        ways=frozenset({"when"}),
        kinds=frozenset({"event"}),
        tags=frozenset({"war", "peace"}),
        place=dates.place,
    )
    assert truths == Part(forms=("truth",), count=None, place=truths.place)
    assert recipe.layout == Layout(columns=2, fields=("name", "Table number"), lines=False)
    assert (recipe.title, recipe.intro) == ("Oral: {title}", "Speak up.")


def test_a_drawn_section_has_the_forms_that_can_be_drawn_so() -> None:
    data = b"sections: [{draw: passage, bank: yes, count: 1}, {draw: timeline, count: 1}, {draw: cards, count: 2}]"
    recipe, problems = parse_recipe(data, "r.yaml", "r", ENGLISH)
    assert problems == ()
    assert recipe is not None
    assert [(part.draw, part.forms, part.bank) for part in recipe.parts] == [
        ("passage", ("cloze",), True),
        ("timeline", ("order",), False),
        ("cards", ("recall", "numeric"), False),
    ]


def test_minutes_stand_for_as_many_questions_as_a_class_answers_in_them() -> None:
    counts = {}
    for form in ("truth", "choice", "match"):
        data = f"{{minutes: 10, sections: [{{forms: [{form}], share: 100%}}]}}".encode()
        recipe, _ = parse_recipe(data, "r.yaml", "r", ENGLISH)
        assert recipe is not None
        counts[form] = count_in(10, recipe.parts)
    assert counts == {"truth": 20, "choice": 10, "match": 4}
    data = b"sections: [{forms: [truth], count: 30}, {forms: [match], count: 10}]"  # one minute each, on the whole
    recipe, _ = parse_recipe(data, "r.yaml", "r", ENGLISH)
    assert recipe is not None
    assert count_in(20, recipe.parts) == 20


def test_a_text_that_names_a_phrase_is_that_phrase() -> None:
    language = Language(code="xx", phrases={"quiz.heading.choose": "Wählen"}, words={})
    data = b"sections: [{heading: quiz.heading.choose, count: 1}, {heading: quiz.heading.chose, count: 1}]"
    recipe, problems = parse_recipe(data, "r.yaml", "r", language)
    assert recipe is not None
    assert [part.heading for part in recipe.parts] == ["Wählen", "quiz.heading.chose"]
    assert [(str(p.place), p.level, p.remedy) for p in problems] == [
        ("r.yaml:1:64", Level.WARNING, "Did you mean 'quiz.heading.choose'?")
    ]


@pytest.mark.parametrize(
    "text, where, says, remedy",
    [
        (
            "sections: [{form: [choice], count: 1}]",
            "r:1:13",
            "unknown key 'form' in a section",
            "Did you mean 'forms'?",
        ),
        ("sections: [{forms: [choise], count: 1}]", "r:1:21", "unknown form 'choise'", "Did you mean 'choice'?"),
        ("sektions: [{count: 1}]", "r:1:1", "unknown key 'sektions' in a recipe", "Did you mean 'sections'?"),
        ("recipe: r", "r:1:1", "'sections' is missing: a list of sections", "Write `sections:` and below it"),
        ("sections: [choice]", "r:1:12", "a section is a mapping with 'forms' and 'count'", ""),
        ("sections: [{forms: [choice]}]", "r:1:12", "a section says how many questions it has", "Write one of them"),
        ("sections: [{count: 5, share: 5%}]", "r:1:12", "a section says how many", "Write one of them"),
        ("sections: [{share: 50%}]", "r:1:13", "a share of what?", "Write `count: 20` or `minutes: 20` at"),
        ("{count: 5, minutes: 5, sections: [{count: 1}]}", "r:1:12", "a recipe says how long it is by", ""),
        ("sections: [{count: 1, draw: timelin}]", "r:1:29", "unknown drawing 'timelin'", "Did you mean 'timeline'?"),
        (
            "sections: [{count: 1, draw: passage, forms: [cloze, truth]}]",
            "r:1:53",
            "a section that is drawn as passage has no truth questions",
            "Its forms are cloze.",
        ),
        ("sections: [{count: 1, arrange: importanse}]", "r:1:32", "'arrange' cannot be 'importanse'", "Did you mean"),
        ("sections: [{count: 1, forms: [choice], bank: yes}]", "r:1:40", "a section with a 'bank' of answers has", ""),
        ("sections: [{count: many}]", "r:1:20", "'count' is a whole number from 1 to 10000, not 'many'", ""),
        ("sections: [{count: {}}]", "r:1:20", "'count' is a whole number", ""),
        ("sections: [{count: 0}]", "r:1:20", "'count' is a whole number from 1 to 10000, not '0'", ""),
        ("sections: [{count: 1, marks: -1}]", "r:1:30", "'marks' is a whole number from 0 to 100, not '-1'", ""),
        ("{sections: [{count: 1}], layout: wide}", "r:1:34", "'layout' is a mapping", "Write `layout:"),
        ("{sections: [{count: 1}], layout: {columns: 9}}", "r:1:44", "'columns' is a whole number from 1 to 3", ""),
        ("{sections: [{count: 1}], layout: {lines: {}}}", "r:1:42", "'lines' is yes or no", ""),
        ("{sections: [{count: 1, tags: {a: b}}]}", "r:1:30", "'tags' is a list of words", "Write `tags: [one, other]`"),
        ("{sections: [{count: 1, heading: [a]}]}", "r:1:33", "'heading' is a text", ""),
        ("[]", "r:1:1", "this is no recipe: a recipe is a mapping with 'recipe' and 'sections'", "`quizgen templates"),
        ("", "r:1:1", "there is nothing in this file", "Is it the right one"),
        ("sections: [{count: 1}", "r:1:11", "the '[' that opens here is not closed", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, where: str, says: str, remedy: str) -> None:
    recipe, problems = parse_recipe(text.encode(), "r", "r", ENGLISH)
    assert recipe is None
    found = [p for p in problems if p.says.startswith(says) and p.remedy.startswith(remedy)]
    assert [str(problem.place) for problem in found] == [where], problems


def test_all_that_is_wrong_is_said_at_once() -> None:
    _, problems = parse_recipe(b"titel: x\nsections: [{forms: [choise], count: no}]", "r", "r", ENGLISH)
    assert [problem.place.column for problem in problems] == [1, 21, 37]


def test_an_unknown_recipe_is_a_problem_with_a_suggestion() -> None:
    recipe, problems = read_recipe(TEMPLATES, "tets", ENGLISH)
    assert recipe is None
    assert [(problem.says, problem.remedy) for problem in problems] == [
        ("there is no recipe 'tets'", "Did you mean 'test'?")
    ]


def test_the_users_recipe_stands_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes/test.yaml").write_text("sections: [{forms: [truth], count: 3}]", encoding="utf-8")
    (tmp_path / "quizzes/mine.yaml").write_text("sections: [{forms: [order], count: 1}]", encoding="utf-8")
    templates = Templates.found(given=tmp_path)
    recipe, _ = read_recipe(templates, "test", ENGLISH)
    assert recipe is not None
    assert recipe.parts[0].forms == ("truth",)
    assert {"mine", "worksheet"} <= set(recipe_names(templates))
