"""A project of hostile decks and templates, and what a program did to the world while it built them, by strace.

`python -m tests.sealing FOLDER` builds the project that `lay_out` has put into that folder, in one process.
"""

# ruff: noqa: E501 - vectors and folders are lists, to be read across
from __future__ import annotations

import json
import os
import re
import site
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.inventing import PNG
from tests.judging import CORPUS, run

ROOT = Path(__file__).parent.parent
NAMES = CORPUS / "names"
FORMATS = "anki,anki-text,pdf,page,json"

# What might make a reader, a writer or a browser open, fetch or run something; SECRET stands for a file outside.
VECTORS = [
    *("SECRET", "file://SECRET", "../outside/secret.txt", "http://127.0.0.1:9/x.png", "//127.0.0.1:9/x", "ftp://127.0.0.1/x"),
    *('<img src="file://SECRET"/>', '<img src="SECRET" width="9"/>', '<para><img src="http://127.0.0.1:9/x.png"/></para>'),
    *('<link rel="stylesheet" href="http://127.0.0.1:9/x.css">', '<iframe src="file://SECRET"></iframe>', "<a href='file://SECRET'>a</a>"),
    *('<font face="SECRET">a</font>', '<onDraw name="os.system" label="id"/>', "<seq template='%(x)s'/>", "<evalString>1+1</evalString>"),
    *("{{ ''.__class__.__mro__ }}", "{{> ../outside/secret }}", "{% include 'SECRET' %}", "[[ config ]]", "{event.__init__.__globals__}"),
    *("{0.__class__}", "%(x)s", "${HOME}", "$(id)", "`id`", "| id", "; id", "[sound:../outside/secret.txt]", "[latex]\\input{SECRET}[/latex]"),
    *("\\input{SECRET}", "<xi:include href='file://SECRET'/>", "&xxe;", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file://SECRET'>]>", "=cmd|'/C calc'!A0"),
    *("@import url(http://127.0.0.1:9/x)", "url(file://SECRET)", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>"),
]  # fmt: skip

TAGGED = [  # what would run if YAML were loaded as YAML may be; nothing of it may be in a deck
    '!!python/object/apply:os.system ["touch SECRET"]',
    '!!python/object/new:subprocess.Popen [["touch", "SECRET"]]',
    "!!python/name:os.system",
    "!!python/module:antigravity",
    '!!python/object/apply:builtins.open ["SECRET"]',
    "!include SECRET",
]

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
DRAWINGS = [
    '<image href="file://SECRET"/>',
    '<image xlink:href="http://127.0.0.1:9/x.png"/>',
    '<use href="../outside/secret.svg#a"/>',
    "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    '<rect fill="url(file://SECRET#a)"/>',
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="file://SECRET"/></foreignObject>',
    "<script>fetch('http://127.0.0.1:9/')</script>",
]

LOOKS = [  # each in place of the look of the page
    "{% include 'SECRET' %}",
    "{% include '../../outside/secret.txt' %}",
    "{% include 'linked.html' %}",
    "{% import 'SECRET' as a %}{{ a }}",
    "{% extends '/etc/passwd' %}",
    "{{ self.__init__.__globals__['os'].system('id') }}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].system('id') }}",
    "{{ title.format.__self__ }}{{ '{0.__class__}'.format(title) }}",
    "{% set x = title|attr('__class__') %}{{ x }}",
    "{{ [].__class__.__mro__[1].__subclasses__()[104].__init__.__globals__ }}",
]

_FIELDS = (  # every text field of a deck, in facts of one line; X is the hostile text
    "term: X, meaning: b, note: X, also: [X]",
    "term: a, meaning: X, from: X",
    "term: a, meaning: b, ask: {meaning: X}",
    "event: X, when: 1994, where: X, who: X",
    "figure: X, value: 3",
    "quote: X, by: X, about: X",
    "claim: X, by: X, about: X, status: alleged, denied-by: X",
    "person: X, role: X",
    "group: X, what: X",
    "list: X, members: [X, b]",
    "term: old, meaning: b, retired: X",
    "term: p, meaning: q, media: a.png, alt: X",
)


TOGETHER = 10  # vectors in one deck


def hostile_deck(id_: str, texts: list[str]) -> str:
    """A deck with each of these texts in every text field of a fact, a field a fact; the first of them is its title."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    head = "".join(f"{key}: {quoted(texts[0])}\n" for key in ("deck", "about", "license"))
    sources, facts = "", ""
    for i, text in enumerate(texts):
        written = quoted(text)
        sources += f"  s{i}: {{title: {written}, authors: [{written}], note: {written}}}\n"
        for n, field in enumerate(_FIELDS):
            cited = field.replace("from: X", f"from: {quoted(f's{i} {text}')}")
            facts += f"  f{i}-{n}: {{{cited.replace('X', written)}}}\n"
    return f"{head}id: {id_}\nsources:\n{sources}from: s0\nfacts:\n{facts}"


def lay_out(folder: Path) -> None:
    """The project, with its secrets beside it: files that no deck and no template may reach."""
    outside = folder / "outside"
    outside.mkdir()
    secret = str(outside / "secret.txt")
    for name, data in {"secret.txt": b"secret", "secret.png": PNG, "secret.csv": b"id,term,meaning\ns,a,b\n"}.items():
        (outside / name).write_bytes(data)
    (outside / "secret.yaml").write_text(
        "kind: secret\nfields: {secret: text}\nask: {a: {prompt: b, answer: secret}}\n"
    )
    (outside / "secret.svg").write_text(_SVG.format('<g id="a"/>'))
    project = folder / "project"
    vectors = [vector.replace("SECRET", secret) for vector in VECTORS]
    for number in range(0, len(vectors), TOGETHER):
        deck = project / "decks" / f"text-{number}"
        _write(deck / "deck.yaml", hostile_deck(deck.name, vectors[number : number + TOGETHER]))
        (deck / "a.png").write_bytes(PNG)
    for number, tag in enumerate(TAGGED):
        _write(project / f"decks/tag-{number}.yaml", _one_fact(f"term: a, meaning: {tag.replace('SECRET', secret)}"))
    for number, inside in enumerate(DRAWINGS):
        deck = project / f"decks/drawing-{number}"
        _write(deck / "deck.yaml", _one_fact("term: a, meaning: b, media: a.svg, alt: c"))
        _write(deck / "a.svg", _SVG.format(inside.replace("SECRET", secret)))
    media = [
        *json.loads((NAMES / "media.json").read_bytes()),
        "../../../outside/secret.png",
        str(outside / "secret.png"),
    ]
    for number, name in enumerate(media):
        deck = project / f"decks/media-{number}"
        _write(deck / "deck.yaml", _one_fact(f"term: a, meaning: b, media: {json.dumps(name)}, alt: c"))
    for number, id_ in enumerate(json.loads((NAMES / "ids.json").read_bytes())):
        _write(project / f"decks/id-{number}.yaml", f"id: {json.dumps(id_)}\n" + _one_fact("term: a, meaning: b"))
    _links(project, outside)
    for number, look in enumerate(LOOKS):
        _write(folder / f"templates/{number}/page/page.html", look.replace("SECRET", secret))
        (folder / f"templates/{number}/linked.html").symlink_to(outside / "secret.txt")


def _links(project: Path, outside: Path) -> None:
    """Links that lead out of a deck's folder: a picture, a table, a kind, and a whole folder of pictures."""
    fact = "term: a, meaning: b, media: {}, alt: c"
    for name, body in (
        ("linked-picture", _one_fact(fact.format("a.png"))),
        ("linked-folder", _one_fact(fact.format("pictures/secret.png"))),
        ("linked-table", _one_fact("term: a, meaning: b") + "tables: [{kind: term, file: t.csv}]\n"),
        ("linked-kind", _one_fact("term: a, meaning: b")),
    ):
        _write(project / "decks" / name / "deck.yaml", body)
    (project / "decks/linked-picture/a.png").symlink_to(outside / "secret.png")
    (project / "decks/linked-folder/pictures").symlink_to(outside, target_is_directory=True)
    (project / "decks/linked-table/t.csv").symlink_to(outside / "secret.csv")
    (project / "decks/linked-kind/kinds").mkdir()
    (project / "decks/linked-kind/kinds/secret.yaml").symlink_to(outside / "secret.yaml")


def _one_fact(fact: str) -> str:
    return f"deck: A\nsources: {{s: {{title: B}}}}\nfrom: s\nfacts:\n  f: {{{fact}}}\n  g: {{term: g, meaning: h}}\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main(folder: Path) -> None:
    """Build everything, and once more with each hostile look; say which runs made something."""
    os.chdir(folder / "project")
    told = {"decks": run("build", "--to", FORMATS)[1]}
    for number in range(len(LOOKS)):
        templates = str(folder / f"templates/{number}")
        told[f"look {number}"] = run(
            "build", "decks/text-0", "--templates", templates, "--to", "page", "--out", "looks"
        )[1]
    print(json.dumps(told))  # noqa: T201 - for the test


# ---- what strace saw ------------------------------------------------------------------------------------------------

CALLS = "network,execve,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"
_CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<given>.*)$")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CHANGES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")


@dataclass(frozen=True, slots=True)
class Deed:
    """One call: `net`, `run`, `read` or `change`, and the path or whatever else it was given."""

    what: str
    given: str


def deeds(log: Path) -> Iterator[Deed]:
    """What the program did. Paths are made absolute by the folder that the calls were made in last (one process)."""
    for line in log.read_text("utf-8", "replace").splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        name, given = found["name"], found["given"]
        paths = [
            path.encode("latin-1", "replace")
            .decode("unicode_escape")
            .encode("latin-1", "replace")
            .decode("utf-8", "replace")
            for path in _PATH.findall(given)
        ]
        if name == "execve":
            yield Deed("run", paths[0])
        elif not paths or name in {"socket", "connect", "bind", "sendto", "sendmsg", "listen"}:
            yield Deed("net", f"{name}({given}")
        elif name.startswith("open") and not any(flag in given for flag in _CHANGES):
            yield Deed("read", paths[0])
        else:
            yield from (Deed("change", path) for path in paths)


def allowed_to_read(folder: Path) -> tuple[str, ...]:
    """Where a build may read: the project, quizgen's cache (what it built before), our own code and templates, Python, fonts, and what the loader needs."""
    python = {sys.prefix, sys.base_prefix, *site.getsitepackages(), *sysconfig.get_paths().values()}
    own = {str(ROOT), *(str(folder / name) for name in ("project", "templates", "cache"))}
    loader = {
        "/usr/lib",
        "/lib",
        "/lib64",
        "/usr/local/lib",
        "/etc/ld.so.cache",
        "/dev/null",
        "/dev/urandom",
        "/etc/ssl",
    }
    loader |= {"/sys/devices/system/cpu", f"/etc/python3.{sys.version_info.minor}"}
    words = {"/usr/share/locale", "/usr/lib/locale", "/usr/share/zoneinfo", "/etc/localtime", "/etc/locale.alias"}
    home = {"/nonexistent/.reportlab_settings", "/nonexistent/.reportlab_mods"}  # the user's own settings of reportlab
    who = {"/proc"}  # who else is at work in the output folder
    return tuple(sorted(python | own | loader | words | home | who | {"/usr/share/fonts"}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
