import html
from pathlib import Path

import pytest

from quizgen.looks import CURLY, SQUARE, Brackets, Ready, draw
from quizgen.problems import Place, Problem
from quizgen.templates import Templates, Unusable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def drawn(folder: Path, look: str, brackets: Brackets = CURLY, **values: object) -> str:
    (folder / "look.html").write_text(look, encoding="utf-8")
    return draw(Templates((folder,)), "look.html", values, brackets=brackets)


def refused(folder: Path, look: str, a: object) -> Problem:
    with pytest.raises(Unusable) as caught:
        drawn(folder, look, a=a)
    return caught.value.problem


def test_a_look_escapes_text_and_leaves_what_is_ready(folder: Path) -> None:
    assert drawn(folder, "{{ a }} {{ b }} {{ 3 }}", a="<b> & '", b=Ready("<hr>")) == "&lt;b&gt; &amp; &#39; <hr> 3"


def test_a_look_escapes_what_it_joins(folder: Path) -> None:
    assert drawn(folder, "{{ a | join('<br>') }}", a=["<", Ready("<hr>")]) == "&lt;&lt;br&gt;<hr>"


def test_the_escape_of_a_format_holds_in_macros_filters_and_constants(folder: Path) -> None:
    (folder / "card.html").write_text(
        "[% macro bold(x) %]<b>[[ x ]]</b>[% endmacro %][[ bold(a) ]][[ a | upper ]][[ '{' ]][[ [a, a] | join('{') ]]"
        "[% autoescape false %][[ a ]][% endautoescape %]"
    )

    def escape(text: str) -> str:
        return html.escape(text).replace("{", "&#123;")

    assert (
        draw(Templates((folder,)), "card.html", {"a": "{<"}, escape=escape, brackets=SQUARE)
        == "<b>&#123;&lt;</b>&#123;&lt;&#123;&#123;&lt;&#123;&#123;&lt;&#123;&lt;"
    )


def test_square_brackets_leave_ankis_own_alone(folder: Path) -> None:
    look = "{{#Hint}}{{Hint}}{{/Hint}} [% if a %][[ a ]][% endif %][# a note #]"
    assert drawn(folder, look, brackets=SQUARE, a="x") == "{{#Hint}}{{Hint}}{{/Hint}} x"


def test_a_look_includes_another_from_any_of_the_folders(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for folder, name, text in ((mine, "part.html", "mine"), (theirs, "part.html", "theirs"), (theirs, "all.html", "")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text or "{% include 'part.html' %}!\n")
    assert draw(Templates((mine, theirs)), "all.html", {}) == "mine!\n"


MISTAKES = {
    "{{ a": (1, "unexpected end of template, expected 'end of print statement'"),
    "\n{{ nobody }}": (2, "'nobody' is undefined"),
    "\n\n{{ a.b }}": (3, "'str object' has no attribute 'b'"),
    "{{ a | safe }}": (1, "No filter named 'safe'"),
    "{{ none }}": (1, "what is to be shown here is neither a text nor a number"),
    "{% include 'absent.html' %}": (1, "there is no look 'absent.html'"),
    "{% include '../secret' %}": (1, "there is no look '../secret'"),
    "{{ a ~ a }}": (1, "~ has no use in a look: write one value after the other"),
    "{{ 2 ** 1000000000 }}": (1, "a look cannot reckon with **, except + - * of whole numbers"),
    "{{ 'x' * 1000000000 }}": (1, "a look cannot reckon with *, except + - * of whole numbers"),
    "{{ '%1000000000d' % 1 }}": (1, "a look cannot reckon with %, except + - * of whole numbers"),
    "{{ 1 / 0 }}": (1, "a look cannot reckon with /, except + - * of whole numbers"),
    "{% for x in range(99999) %}{% endfor %}": (1, "'range' is undefined"),
    "{{ 'a'.ljust(1000000000) }}": (1, "access to attribute 'ljust' of 'str' object is unsafe"),
    "{{ 1 .to_bytes(1000000000) }}": (1, "access to attribute 'to_bytes' of 'int' object is unsafe"),
    "{{ a.__class__ }}": (1, "access to attribute '__class__' of 'str' object is unsafe"),
    "{{ a['format'] }}": (1, "access to attribute 'format' of 'str' object is unsafe"),
    "{{ '{:1000000000}'.format(1) }}": (1, "access to attribute 'format' of 'str' object is unsafe"),
    "{{ a | center(1000000000) }}": (1, "No filter named 'center'"),
    "{% for x in 5 %}{% endfor %}": (1, "'int' object is not iterable"),
    "{{ 1 < 'x' }}": (1, "'<' not supported between instances of 'int' and 'str'"),
    "{{ [1, 'x'] | sort }}": (1, "'<' not supported between instances of 'str' and 'int'"),
    "{{ lipsum(n=10000000) }}": (1, "'lipsum' is undefined"),
    "{% macro f(x) %}{{ f(x) }}{% endmacro %}\n{{ f(1) }}": (1, "maximum recursion depth exceeded"),
    "{% extends 'look.html' %}": (1, "maximum recursion depth exceeded"),
}


@pytest.mark.parametrize("look", MISTAKES)
def test_a_mistake_in_a_look_is_a_problem_at_its_line(folder: Path, look: str) -> None:
    line, says = MISTAKES[look]
    problem = refused(folder, look, a="text")
    assert problem.place == Place(str(folder / "look.html"), line)
    assert problem.says.startswith(says)


def test_a_look_that_is_absent_is_a_problem(folder: Path) -> None:
    with pytest.raises(Unusable, match=r"there is no look 'absent\.html'"):
        draw(Templates((folder,)), "absent.html", {})


def test_a_look_that_is_not_utf8_is_a_problem_at_its_line(folder: Path) -> None:
    (folder / "look.html").write_bytes(b"fine\ncaf\xe9")
    with pytest.raises(Unusable) as caught:
        draw(Templates((folder,)), "look.html", {})
    assert caught.value.problem.place == Place(str(folder / "look.html"), 2)


def test_a_bug_of_ours_keeps_its_traceback(folder: Path) -> None:
    def escape(text: str) -> str:
        raise TypeError(f"a bug with {text}")

    (folder / "look.html").write_text("{{ a }}")
    with pytest.raises(TypeError, match="a bug with x"):
        draw(Templates((folder,)), "look.html", {"a": "x"}, escape=escape)


def test_a_look_cannot_change_the_values_it_shows(folder: Path) -> None:
    values: list[int] = []
    refused(folder, "{{ a.append(1) }}", a=values)
    assert values == []
