"""Pictures beside a deck: taken whole and harmless, or told."""

from __future__ import annotations

import contextlib
import io
import json
import random
from pathlib import Path

import pytest
from PIL import Image

from quizgen.deck.media import MAX_BYTES, _look, read_picture
from quizgen.deck.rasters import Torn
from quizgen.facts import Picture
from quizgen.problems import Place, Problem
from tests.reading import read, told, with_facts

CORPUS = Path(__file__).parent / "corpus"
HERE = Place("d.yaml", 5, 9)


def saved(format_: str, size: tuple[int, int] = (31, 17), **options: object) -> bytes:
    """A picture as Pillow writes it, with some noise in it."""
    dice = random.Random(1)  # noqa: S311 - not for secrets
    picture = Image.new("RGB", size)
    picture.putdata([(dice.randrange(256), i % 256, 7) for i in range(min(1_000, size[0] * size[1]))])
    stream = io.BytesIO()
    picture.save(stream, format_, **options)
    return stream.getvalue()


def animated(format_: str) -> bytes:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "green", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, format_, save_all=True, append_images=frames[1:], duration=50)
    return stream.getvalue()


WHOLE = {
    "a.png": saved("PNG"),
    "b.png": saved("PNG", optimize=True),
    "c.jpg": saved("JPEG"),
    "d.jpeg": saved("JPEG", progressive=True, quality=30),
    "e.gif": saved("GIF"),
    "f.gif": animated("GIF"),
    "g.webp": saved("WEBP"),
    "h.webp": saved("WEBP", lossless=True),
    "i.webp": animated("WEBP"),
    "J.PNG": saved("PNG"),
}
SUFFIXES = {".png": ".png", ".PNG": ".png", ".jpg": ".jpg", ".jpeg": ".jpg", ".gif": ".gif", ".webp": ".webp"}


def taken(folder: Path, name: str, data: bytes) -> Picture | Problem:
    """What becomes of a file with that content. A test must not write outside its folder, whatever name it tries."""
    assert (folder / name).resolve().is_relative_to(folder.resolve())
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return read_picture(folder, name, "what it shows", HERE)


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_picture_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    picture = taken(tmp_path, name, WHOLE[name])
    assert picture == Picture(
        path=tmp_path / name, data=WHOLE[name], suffix=SUFFIXES[Path(name).suffix], alt="what it shows"
    )


@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_breaks_off_anywhere_is_not_whole(name: str) -> None:
    data = WHOLE[name]
    for length in {*range(16, len(data), max(1, len(data) // 500)), len(data) - 1}:
        with pytest.raises(Torn):
            _look(data[:length], ".png")


def test_a_png_with_a_changed_byte_is_not_whole() -> None:
    data = WHOLE["a.png"]
    for spot in range(8, len(data)):
        with pytest.raises(Torn):
            _look(data[:spot] + bytes([data[spot] ^ 1]) + data[spot + 1 :], ".png")


@pytest.mark.parametrize("name", WHOLE)
def test_no_damage_makes_looking_at_a_picture_fail(name: str) -> None:
    dice = random.Random(5)  # noqa: S311 - not for secrets
    for _ in range(1_000):
        data = bytearray(WHOLE[name])
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with contextlib.suppress(Torn):
            assert _look(bytes(data), ".png")[0] in ("", ".png", ".jpg", ".gif", ".webp")


def test_a_torn_picture_is_told_where_the_deck_names_it(tmp_path: Path) -> None:
    problem = taken(tmp_path, "a.png", WHOLE["a.png"][:-1])
    assert isinstance(problem, Problem)
    assert problem.place == HERE
    assert "'a.png' is not whole" in problem.says


def test_the_content_tells_the_format_where_the_name_is_wrong(tmp_path: Path) -> None:
    picture = taken(tmp_path, "a.png", WHOLE["c.jpg"])
    assert isinstance(picture, Picture)
    assert picture.suffix == ".jpg"


@pytest.mark.parametrize(
    "name, data, says",
    [
        ("notes.png", b"just text\n", "'notes.png' is not a picture"),
        ("x.html", WHOLE["a.png"], "'x.html' is not a picture"),
        ("x", WHOLE["a.png"], "'x' is not a picture"),
        ("empty.png", b"", "'empty.png' is not a picture"),
        ("page.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "'page.svg' is not a picture"),
        ("text.svg", b"just text", "'text.svg' is not whole"),
        ("large.png", b"\x89PNG\r\n\x1a\n" + b"\0" * MAX_BYTES, "'large.png' is larger than 5 MB"),
        ("wide.png", saved("PNG", (50_000, 1_000)), "50,000,000 pixels"),
    ],
)
def test_what_is_no_picture_is_told(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    problem = taken(tmp_path, name, data)
    assert isinstance(problem, Problem)
    assert says in problem.says
    assert problem.remedy


# ---- drawings -------------------------------------------------------------------------------------------------------

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'

HARMLESS = [
    '<rect width="9" height="9" fill="url(#a)" style="stroke: red; fill: url(\'#b\')"/>',
    '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><use href="#a"/><use xlink:href="#a"/>',
    "<title>Script: onload, javascript</title><desc>https://a.example</desc><text>data: 5</text>",
    "<style>.a { fill: url(#b); clip-path: url('#c') }</style>",
    '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:li r:resource="http://a.b/"/></r:RDF></metadata>',
    '<i:view xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:cx="1"/>',
    '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>',
]


@pytest.mark.parametrize("inside", HARMLESS)
def test_a_harmless_drawing_is_taken(tmp_path: Path, inside: str) -> None:
    picture = taken(tmp_path, "x.svg", f'<?xml version="1.0" encoding="UTF-8"?>\n{OPEN}{inside}</svg>'.encode())
    assert isinstance(picture, Picture), picture
    assert picture.suffix == ".svg"


def use(part: str) -> str:
    return f'<use href="#{part}"/>'


COPIES = "".join(f'<g id="g{n}">{use(f"g{n - 1}") * 4}</g>' for n in range(1, 10))
HARMFUL = [
    (f'<rect id="g0"/>{COPIES}', "more than 100,000 shapes, counting copies"),
    (f'{COPIES}<g id="g0"><use href="#g9"/></g>', "draw each other again without end"),
    ("<script>alert(1)</script>", "'script'"),
    ("<g><script href='x.js'/></g>", "'script'"),
    ('<rect onload="alert(1)"/>', "'onload'"),
    ('<rect ONCLICK="alert(1)"/>', "'ONCLICK'"),
    ("<foreignObject/>", "'foreignObject'"),
    ('<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>', "'iframe'"),
    ('<image href="x.png"/>', "'image'"),
    ('<a href="javascript:alert(1)"/>', "'a'"),
    ('<animate attributeName="href" to="javascript:alert(1)"/>', "'animate'"),
    ('<set attributeName="onload" to="alert(1)"/>', "'set'"),
    ('<use href="http://a.example/x.svg#a"/>', "outside"),
    ('<use href="x.svg#a"/>', "outside"),
    ('<use xlink:href="data:image/svg+xml,x"/>', "outside"),
    ('<rect fill="url(http://a.example/#a)"/>', "outside"),
    ('<rect fill="url( x.svg#a)"/>', "outside"),
    ('<rect style="fill:u\\72l(x)"/>', "outside"),
    ("<style>@import 'x.css';</style>", "outside"),
    ("<style>a{b:url(//a.example)}</style>", "outside"),
    ("<style>a{b:ur<![CDATA[l(x)]]>}</style>", "outside"),
    ("<style>a{b:image-set('//a.example/x.png' 1x)}</style>", "outside"),
    ("<style>@font-face{src:src('x.woff')}</style>", "outside"),
    ("<rect style=\"background:cross-fade('x.png',red)\"/>", "outside"),
    ("<?xml-stylesheet href='x.css'?>", "instruction"),
]


def test_copies_of_parts_are_taken_in_reason(tmp_path: Path) -> None:
    parts = f'<defs><path id="leaf"/><g id="twig">{use("leaf") * 9}</g></defs>'
    inside = parts + use("twig") * 900
    assert isinstance(taken(tmp_path, "x.svg", f"{OPEN}{inside}</svg>".encode()), Picture)


@pytest.mark.parametrize("inside, says", HARMFUL)
def test_what_runs_or_leads_out_of_a_drawing_is_told(tmp_path: Path, inside: str, says: str) -> None:
    problem = taken(tmp_path, "x.svg", f"{OPEN}{inside}</svg>".encode())
    assert isinstance(problem, Problem)
    assert says in problem.says
    assert "PNG" in problem.remedy


def test_a_drawing_with_entities_is_refused_before_any_is_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + OPEN + "&b;</svg>"
    problem = taken(tmp_path, "x.svg", bomb.encode())
    assert isinstance(problem, Problem)
    assert "a DOCTYPE" in problem.says


@pytest.mark.parametrize("data", ["", "<svg", OPEN, OPEN + "</svg", OPEN + "&b;</svg>", OPEN + "</svg></svg>"])
def test_a_drawing_that_breaks_off_is_not_whole(tmp_path: Path, data: str) -> None:
    problem = taken(tmp_path, "x.svg", data.encode())
    assert isinstance(problem, Problem)
    assert "not whole" in problem.says


# ---- in a deck ------------------------------------------------------------------------------------------------------


def test_a_fact_has_its_picture(tmp_path: Path) -> None:
    taken(tmp_path, "pictures/a.png", WHOLE["a.png"])
    deck, problems = read(with_facts(tmp_path, "x: {term: a, meaning: b, media: pictures/a.png, alt: A square}"))
    assert problems == ()
    assert deck is not None
    picture = deck.facts[0].picture
    assert picture is not None
    assert (picture.data, picture.alt) == (WHOLE["a.png"], "A square")


def test_a_picture_without_words_is_a_warning(tmp_path: Path) -> None:
    taken(tmp_path, "a.png", WHOLE["a.png"])
    ((line, column, text),) = told(with_facts(tmp_path, "x: {term: a, meaning: b, media: a.png}"))
    assert (line, column) == (5, 28)
    assert text.startswith("warning: the picture of 'x' has no `alt`")


HOSTILE = json.loads((CORPUS / "names" / "media.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_takes_a_file_of_the_decks_folder_or_none(tmp_path: Path, name: str) -> None:
    """With a picture of that very name beside the deck, if there can be one, and another outside."""
    folder = tmp_path / "deck"
    folder.mkdir()
    (tmp_path / "x.png").write_bytes(WHOLE["b.png"])
    if (folder / name).resolve().is_relative_to(folder.resolve()):
        with contextlib.suppress(OSError):  # where no file can have this name
            taken(folder, name, WHOLE["a.png"])
    deck, problems = read(with_facts(folder, f"x: {{term: a, meaning: b, media: {json.dumps(name)}, alt: c}}"))
    if deck is None:
        assert {problem.place.line for problem in problems} == {5}
    else:
        picture = deck.facts[0].picture
        assert picture is not None
        assert picture.data == WHOLE["a.png"]
        assert picture.path.resolve().is_relative_to(folder.resolve())


def test_hostile_names_are_there() -> None:
    assert len(HOSTILE) == 27
