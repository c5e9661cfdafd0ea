"""The page as a file: self-contained, the same bytes every time, in the words of its language, open to other looks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.facts import Picture
from quizgen.questions import Bank
from quizgen.templates import Templates, Unusable, shipped
from quizgen.write.page import SCRIPTS, write
from quizgen.write.page.data import in_script, page_data
from quizgen.write.page.plain import MOST, plain_html
from tests.page_samples import english, every_form, hostile_texts, job
from tests.samples import BANK, CHOICE, QUESTIONS, RECALL

LOOKS = shipped("templates") / "page"


def page(bank: Bank = BANK, **more: object) -> str:
    (data,) = write(job(bank, **more)).files.values()
    return data.decode()


def test_everything_but_the_data_is_under_150_kilobytes() -> None:
    assert len(page(Bank(questions=(), skipped=())).encode()) < 150_000


def test_nothing_in_the_page_leads_out_of_it() -> None:
    html = page()

    assert re.findall(r"(?:src|href|action)\s*=", html.partition("<script")[0]) == []
    assert re.findall(r"https?:", html) == []


def test_the_policy_lets_in_the_style_and_the_script_alone() -> None:
    html = page()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)

    assert re.fullmatch(
        r"default-src &#39;none&#39;; script-src &#39;sha256-[\w+/=]{44}&#39;; style-src &#39;sha256-[\w+/=]{44}&#39;; "
        r"img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;",
        policy,
    )


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import sys; from tests.page_samples import job; from quizgen.write.page import write; "
        "sys.stdout.buffer.write(write(job()).files['sample.html'])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }

    assert len(outputs) == 1


def test_every_phrase_of_the_page_is_in_the_language_and_every_one_there_is_used() -> None:
    code = "".join((LOOKS / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    python = (Path(__file__).parent.parent / "quizgen" / "write" / "page" / "plain.py").read_text("utf-8")
    frame = (LOOKS / "page.html").read_text("utf-8")
    used = set(re.findall(r'"([a-z-]+)"', code)) | set(re.findall(r'labels\["([a-z-]+)"\]', python + frame))
    built = {f"{group}-{name}" for group, names in BUILT.items() for name in names}
    called = set(re.findall(r'\b(?:wording|say|phrase|button|group|fact)\("([a-z-]+)"', code)) | built
    labels = set(english().labels("page"))

    assert len(called) > 50
    assert called - labels == set()
    assert labels - used - built == set()


BUILT = {
    "about": ("practise", "test", "cards"),
    "form": ("recall", "choice", "truth", "cloze", "numeric", "match", "order"),
    "status": ("attributed", "estimated", "alleged", "denied", "disputed"),
}


def test_every_script_has_its_place_in_the_page() -> None:
    assert {path.stem for path in LOOKS.glob("*.js")} == set(SCRIPTS)


@pytest.mark.parametrize("text", [*hostile_texts(), "</script><script>", "<!--<script>", "a\u2028b\u2029c"])
def test_data_in_a_script_element_is_the_same_data_and_no_html(text: str) -> None:
    written = in_script({text: [text]})

    assert json.loads(written) == {text: [text]}
    assert not set("<>&\u2028\u2029") & set(written)


def test_a_picture_is_in_the_page_once_with_its_words() -> None:
    picture = Picture(path=Path("a.svg"), data=b"<svg/>", suffix=".svg", alt="A <bridge>")
    about = replace(RECALL.about, picture=picture)
    bank = Bank(questions=(replace(RECALL, about=about), replace(CHOICE, about=about)), skipped=())
    data = page_data(job(bank))

    assert data["pictures"] == [{"src": "data:image/svg+xml;base64,PHN2Zy8+", "alt": "A <bridge>"}]
    assert [question["picture"] for question in data["questions"]] == [0, 0]  # type: ignore[attr-defined]  # a list


def test_a_user_can_replace_one_file_of_the_look(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "style.css").write_bytes(b"p { color: teal }\r\n")
    html = page(templates=Templates((tmp_path, shipped("templates"))))

    assert "<style>p { color: teal }\n</style>" in html


@pytest.mark.parametrize(
    "name, content, line, column, says",
    [
        ("style.css", b"p {}\n/* </STYLE> */", 2, 4, "'</style' cannot stand here"),
        ("text.js", b"x;\ny; '</script>'", 2, 5, "'</script' cannot stand here"),
        ("text.js", b"'<!--'", 1, 2, "'<!--' cannot stand here"),
        ("main.js", b"\xff", 1, 1, "this is not UTF-8 text"),
        ("page.html", b"{{ nothing }}", 1, 0, "'nothing' is undefined"),
    ],
)
def test_a_broken_look_is_told_with_its_place(
    tmp_path: Path, *, name: str, content: bytes, line: int, column: int, says: str
) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / name).write_bytes(content)
    with pytest.raises(Unusable) as told:
        page(templates=Templates((tmp_path, shipped("templates"))))

    problem = told.value.problem
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.place.file == str(tmp_path / "page" / name)
    assert problem.says.startswith(says)


def test_of_many_questions_the_first_can_be_read_without_a_script_and_the_page_says_so() -> None:
    bank = Bank(questions=(CHOICE,) * (MOST + 1), skipped=())
    html = plain_html(bank, english())

    assert html.count("<article") == MOST
    assert f"These are the first {MOST} questions. The others need JavaScript." in html


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '" onload="x', "a\rb", "&amp;"])
def test_what_is_read_without_a_script_is_escaped_once(text: str) -> None:
    html = plain_html(Bank(questions=every_form("a", text), skipped=()), english())
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    assert escaped.replace("\r", "&#13;") in html
    assert "<script" not in html


def test_every_form_has_its_key_where_there_is_no_script() -> None:
    html = plain_html(Bank(questions=QUESTIONS, skipped=()), english())

    for key in ("1994", "1996", "stone", "small arms", "<mark><bdi>Sel</bdi></mark>", "about 5 km", "1910", "1850"):
        assert key in html.partition("<summary>")[2]
