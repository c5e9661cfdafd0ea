"""The self-check page: one HTML file that asks, judges, explains and remembers, and needs nothing but a browser.

The frame (`templates/page/page.html`), the style and the scripts are looks; what is asked is data beside them. The
page's own policy lets nothing in but those, by their digests: no text of a deck can run, and nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib

from quizgen.collector import collector_resting
from quizgen.looks import Ready, draw
from quizgen.problems import Place, error
from quizgen.source.textfile import place_of_byte
from quizgen.templates import Templates, Unusable
from quizgen.write import Job, Written
from quizgen.write.page.plain import plain_html
from quizgen.write.page.quick import page_script

# Each script has one subject and builds on those before it; in the page they are one.
SCRIPTS = (
    *("random", "text", "fold", "numerals", "spelling", "names", "words", "dates", "amounts", "grade"),
    *("schedule", "store", "again", "bank", "address"),
    *(
        "axis",
        "forms",
        "judge",
        "feedback",
        "results",
        "round",
        "practise",
        "test",
        "cards",
        "standing",
        "start",
        "main",
    ),
)

_QUIZ = "\0quiz\0"  # stands for the data while the page is drawn; no text of a deck or a template has these characters


def write(job: Job) -> Written:
    """`{name}.html`: the page of a deck, the same bytes for the same bank. Raises `Unusable` for a broken look."""
    style = _text(job.templates, "page/style.css", closing="</style")
    script = '"use strict";\n' + "\n".join(
        _text(job.templates, f"page/{name}.js", closing="</script") for name in SCRIPTS
    )
    html = draw(
        job.templates,
        "page/page.html",
        {
            "language": job.deck.language,
            "direction": job.language.direction,
            "policy": _policy(style=style, script=script),
            "title": job.deck.title,
            "about": job.deck.about or "",
            "license": job.deck.license or "",
            "labels": job.language.labels("page"),
            "plain": Ready(plain_html(job.bank, job.language)),
            "style": Ready(style),
            "script": Ready(script),
            "quiz": Ready(_QUIZ),
        },
    )
    with collector_resting():
        data = page_script(job)  # put in last: it is long, and Jinja would copy it again and again
    return Written(files={f"{job.name}.html": html.encode().replace(_QUIZ.encode(), data)})


def _text(templates: Templates, name: str, *, closing: str) -> str:
    """A style or script in force, fit to stand between its tags; line ends as a browser sees them."""
    data = templates.read(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        place = place_of_byte(data, failure.start, str(templates.path(name)))
        raise Unusable(error(place, "this is not UTF-8 text", "Save the file as UTF-8.")) from failure
    lowered = text.lower()
    marks = [mark for mark in (closing, "<!--") if mark in lowered]
    for line, content in enumerate(text.splitlines() if marks else (), start=1):
        for mark in marks:
            if mark in content.lower():
                place = Place(str(templates.path(name)), line, content.lower().index(mark) + 1)
                says = f"'{mark}' cannot stand here: it would end or upset the page around it"
                raise Unusable(error(place, says, f"Write '{mark[0]}\\{mark[1:]}' within a text, or remove it."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _policy(*, style: str, script: str) -> str:
    """The content security policy: this style, this script, pictures from the page itself, and nothing else."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
