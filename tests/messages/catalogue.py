"""The catalogue: what was said by which site while the samples ran, what nobody said, and the page about all of it."""

from __future__ import annotations

import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import click
import jinja2

from quizgen.problems import LONGEST, visible
from tests.messages.samples import ROOT, Sample, read_samples, run
from tests.messages.sites import Key, Site, all_sites, classes_in, is_said_by, trees

PAGE = ROOT / "docs" / "messages.md"
_LINE = re.compile(r" *\d* \| ")  # of an excerpt

AREAS = {  # folder -> title, in the order of the page
    "yaml": "A file that cannot be read as YAML",
    "files": "Files that are not there, not text, or somewhere else",
    "deck": "Decks: their keys, ids and sources",
    "facts": "Facts: their kinds, fields and values",
    "tables": "Tables",
    "media": "Pictures",
    "kinds": "Kinds of your own",
    "lint": "Rules of `quizgen check`",
    "recipes": "Recipes and quizzes",
    "classes": "Class lists",
    "templates": "Languages, looks and other templates",
    "ledgers": "Ledgers: what learners have",
    "diff": "Packages and `quizgen diff`",
    "outputs": "What is written, and where",
    "commands": "Commands and their options",
}

_HUGE = "would take a gigabyte of memory, or a minute"
_ROOT = "takes a file that cannot be read, and who runs the tests may read all"
_WHOLE = "takes a quizgen of which a part is missing"
_GUARD = "what is written is safe whoever calls a writer: a deck of which this can be said is not read"
_RULE = "asking makes no such question: the rule would say so if it ever did"
UNSAID = {
    ("quizgen/build.py", "the decks {} and {} have one title: to Anki they are one"): _GUARD,
    ("quizgen/apkg.py", "reading the database in this package takes far too long"): _HUGE,
    ("quizgen/apkg.py", "the database in this package is too large"): _HUGE,
    ("quizgen/templates.py", "cannot be read: {}"): _ROOT,
    ("quizgen/templates.py", "there is no such template in {}"): _WHOLE,
    ("quizgen/write/anki/__init__.py", "{} (in what is said about the deck as a whole)"): _GUARD,
    ("quizgen/write/anki/__init__.py", "Anki would take {} for a copy of the learner's whole collection"): _GUARD,
    ("quizgen/write/anki/__init__.py", "Anki cannot have a deck without a title"): _GUARD,
    ("quizgen/write/anki/notes.py", "{} (asked {})"): _GUARD,
    ("quizgen/write/anki/notes.py", "there is nothing to stand on the card"): _GUARD,
    ("quizgen/lint/banks.py", "the longest option is the right one in {} of {} choices"): _RULE,
    ("quizgen/lint/banks.py", "{} of {} statements are true"): _RULE,
    ("quizgen/lint/blanks.py", "a blank of {} stands for {} words: {}"): _RULE,
    ("quizgen/lint/blanks.py", "the rest of {} says {}, which a blank asks for"): _RULE,
    ("quizgen/lint/options.py", "the right option of {} is by far the longest"): _RULE,
    ("quizgen/lint/options.py", "{}, differs from all others in {}"): _RULE,
    ("quizgen/lint/options.py", "an option of {} is made up, {}: {}"): _RULE,
}
"""Wordings that no sample brings about, by file and text, each with the reason."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text that a site said in a sample, and the message in which a user reads it: a line, and its remedy."""

    site: Site
    wording: str
    sample: Sample
    line: str
    remedy: str


@dataclass(slots=True)
class Outcome:
    """What came of running all samples."""

    samples: dict[str, Sample] = field(default_factory=dict)  # as they are today
    stale: list[Sample] = field(default_factory=list)  # those whose file says something else
    said: dict[tuple[Key, str], Said] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()

    @property
    def wordings(self) -> list[tuple[Site, str]]:
        """All wordings of all sites."""
        return [(site, wording) for site in self.sites for wording in site.wordings]

    @property
    def unsaid(self) -> list[tuple[Site, str]]:
        """The wordings that no sample shows."""
        return [(site, wording) for site, wording in self.wordings if (site.key, wording) not in self.said]


def run_all(samples: Iterable[Sample] | None = None) -> Outcome:
    """Run all samples, each in a folder of its own."""
    outcome = Outcome(sites=all_sites())
    by_key = {site.key: site for site in outcome.sites}
    with listening(classes_in(trees())) as heard:
        for sample in read_samples() if samples is None else samples:
            heard.clear()
            with tempfile.TemporaryDirectory() as folder:
                now = _run(sample, Path(folder).resolve())
            outcome.samples[sample.name] = now
            if now != sample:
                outcome.stale.append(now)
            for key, texts in heard.items():
                if key in by_key:
                    _note(outcome.said, by_key[key], texts, now)
    return outcome


def _run(sample: Sample, folder: Path) -> Sample:
    try:
        return run(sample, folder)
    except BaseException as failure:
        failure.add_note(f"in {sample.path}")
        raise


def _note(said: dict[tuple[Key, str], Said], site: Site, texts: Iterable[str], sample: Sample) -> None:
    """Note which wordings of a site a user can read in the output of a sample."""
    for wording in site.wordings:
        if (site.key, wording) not in said:
            for text in texts:
                shown = _shown(text, sample.told) if is_said_by(wording, text) else None
                if shown:
                    said[site.key, wording] = Said(site, wording, sample, *shown)
                    break


def _shown(text: str, told: str) -> tuple[str, str] | None:
    """The line of an output in which the text stands, and the remedy that stands below it."""
    lines = told.splitlines()
    for number, line in enumerate(lines):
        if visible(text, LONGEST).rstrip(".") in line:
            below = []
            for after in islice(lines, number + 1, None):
                if not after.startswith("  ") and not _LINE.match(after):
                    break
                below.append(after)
            remedies = [after.strip() for after in below if not _LINE.match(after)]
            return line, remedies[-1] if remedies else ""
    return None


# ---- listening ------------------------------------------------------------------------------------------------------


@contextmanager
def listening(classes: Mapping[str, int]) -> Iterator[dict[Key, dict[str, None]]]:
    """What is handed to anything that carries a text, by the calls that lead there; as long as this lasts."""
    heard: dict[Key, dict[str, None]] = defaultdict(dict)

    def hear(text: object) -> None:
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            key = _call_in(frame.f_code, frame.f_lasti)
            if key:
                heard[key][str(text)] = None
            frame = frame.f_back

    carriers = [(found, classes[found.__name__]) for found in _found(classes)]
    carriers += [(click.ClickException, 0), (jinja2.TemplateError, 0)]
    before = []
    for carrier, number in carriers:
        name = "__new__" if issubclass(carrier, tuple) else "__init__"
        before.append((carrier, name, carrier.__dict__.get(name)))
        setattr(carrier, name, _heard(getattr(carrier, name), number + 1, hear))
    try:
        yield heard
    finally:
        for carrier, name, own in before:
            if own is None:
                delattr(carrier, name)
            else:
                setattr(carrier, name, own)


def _heard(made: Callable[..., Any], number: int, hear: Callable[[object], None]) -> Callable[..., Any]:
    def making(*args: object, **named: object) -> object:
        if len(args) > number or "message" in named:
            hear(args[number] if len(args) > number else named["message"])
        return made(*args, **named)

    return making


def _found(classes: Mapping[str, int]) -> Iterator[type]:
    """The classes of these names, wherever in quizgen they are."""
    for path in trees():
        module = import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        yield from (
            thing
            for name, thing in vars(module).items()
            if name in classes and isinstance(thing, type) and thing.__module__ == module.__name__
        )


@cache
def _call_in(code: CodeType, at: int) -> Key | None:
    """The call that a piece of code is in the midst of, if it is one of quizgen's."""
    path = Path(code.co_filename)
    if not path.is_relative_to(ROOT / "quizgen"):
        return None
    _, line, _, column = next(islice(code.co_positions(), at // 2, None))
    return (path.relative_to(ROOT).as_posix(), line, column) if line is not None and column is not None else None


# ---- the page -------------------------------------------------------------------------------------------------------


def page(outcome: Outcome) -> str:
    """`docs/messages.md`: all messages, by area."""
    rows: dict[str, dict[str, tuple[str, str]]] = {area: {} for area in AREAS}
    for said in outcome.said.values():
        rows[said.sample.area].setdefault(said.line, (said.remedy, said.sample.name))
    total = sum(map(len, rows.values()))
    parts = [_HEAD.format(total=total, samples=len(outcome.samples))]
    for area, title in AREAS.items():
        parts.append(f"## {title}\n\n| what is said | what to do | sample |\n|---|---|---|\n")
        parts.extend(
            f"| {_cell(line)} | {_cell(remedy)} | [{name.split('/')[1]}](../tests/messages/{name}.txt) |\n"
            for line, (remedy, name) in rows[area].items()
        )
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


_HEAD = """\
# What quizgen says

All {total} messages, each as it is told of one of {samples} [samples](../tests/messages): the place, what is wrong
there, and what to do. A sample is a small project with a mistake in it, the command, and the exact output, which shows
the line with a mark under the place as well. This page is made from them (`python -m tests.messages`); a test fails
where a message has no sample.

"""


def _cell(text: str) -> str:
    """A cell of a table in which a text stands as it is."""
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", text)
