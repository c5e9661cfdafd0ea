"""What commands share: finding decks and templates, telling problems, options that mean the same everywhere."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from quizgen.problems import LONGEST, Level, Problem, has_errors, quoted, report, visible
from quizgen.templates import Templates

PAPERS = ("a4", "letter", "legal", "a5")

if TYPE_CHECKING:
    from quizgen.facts import Fact

F = TypeVar("F", bound=Callable[..., Any])


class DeckPath(click.Path):
    """A deck: a YAML file, or a folder with a deck.yaml. A bare name is looked for in ./decks."""

    name = "deck"

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 - click's
        """The path of the deck, which need not be one: reading says what is wrong with it."""
        if not str(value):
            self.fail("a deck is named, and the name is empty", param, ctx)
        path = Path(str(super().convert(value, param, ctx)))
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as failure:
            if failure.errno != errno.ELOOP:  # a name that no disk can have, a folder that we may not look into
                self.fail(f"{quoted(str(path))} cannot be looked for: {failure.strerror}", param, ctx)
        else:
            return path
        found = [deck for deck in decks_in(Path("decks")) if name_of(deck) == str(path)]
        return found[0] if found else path

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's
        """The decks of ./decks by name, and any file."""
        names = [name_of(deck) for deck in decks_in(Path("decks")) if name_of(deck).startswith(incomplete)]
        return [*map(CompletionItem, names), CompletionItem(incomplete, type="file")]


class FilePath(click.Path):
    """A file or folder that is read, or made; whoever uses it says what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 - click's
        """The path; its name may be printed as one line."""
        if not str(value):
            self.fail("a path is wanted, and this is empty", param, ctx)
        if found := re.search(r"[\x00-\x1f\x7f]", str(value)):  # what is made is told as one path a line
            self.fail(f"the character U+{ord(found[0]):04X} cannot stand in a path", param, ctx)
        return Path(str(super().convert(value, param, ctx)))


class Text(click.ParamType[str]):
    """Text that is printed or looked for; where it is `listed`, one word or more, parted by commas."""

    name = "text"

    def __init__(self, *, listed: bool = False) -> None:
        self._listed = listed

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's
        """The text as it was given."""
        text = str(value)
        if not text.isprintable():
            from quizgen.source.textfile import FORBIDDEN  # noqa: PLC0415 - only for a mistake

            if found := FORBIDDEN.search(text):
                self.fail(f"the character U+{ord(found[0]):04X} cannot be printed", param, ctx)
        if self._listed and not words_of(text):
            self.fail(f"{quoted(text)} names nothing; leave the option out, or name something", param, ctx)
        return text


class Names(click.ParamType[tuple[str, ...]]):
    """Names parted by commas, each of a known few."""

    name = "names"

    def __init__(self, all_: Callable[[], Iterable[str]], *, known: Collection[str] = ()) -> None:
        self._known = all_
        self._surely = frozenset(known)  # without asking for all, which may take a while

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401 - click's
        """The names, each once, in the order given."""
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(part.strip() for part in str(value).split(",") if part.strip()))
        for name in names:
            if name not in self._surely and name not in (known := tuple(self._known())):
                from quizgen.problems import did_you_mean  # noqa: PLC0415 - only for a mistake

                remedy = did_you_mean(name, known, otherwise=f"There are {', '.join(known)}.")
                self.fail(f"{quoted(name)} is not one of them. {remedy}", param, ctx)
        if not names:
            self.fail(f"at least one is wanted of {', '.join(self._known())}", param, ctx)
        return names

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's
        """What may come after the last comma."""
        before, comma, last = incomplete.rpartition(",")
        return [CompletionItem(before + comma + name) for name in self._known() if name.startswith(last)]


def decks_in(folder: Path) -> list[Path]:
    """The decks of a folder, sorted: its YAML files, and its folders with a deck.yaml."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if not path.name.startswith(".")]
    return sorted(path for path in found if path.suffix in (".yaml", ".yml") or (path / "deck.yaml").is_file())


def each_once(decks: Iterable[Path]) -> tuple[Path, ...]:
    """The decks without those that are named again, by whatever path; links are decks of their own."""
    files = {deck: deck / "deck.yaml" if deck.is_dir() else deck for deck in decks}
    first: dict[str, Path] = {}
    for deck, file in files.items():
        first.setdefault(os.path.abspath(file), deck)  # noqa: PTH100 - links are not followed, `..` is
    return tuple(first.values())


def name_of(deck: Path) -> str:
    """The name by which a deck in ./decks may be called."""
    return deck.name if deck.is_dir() else deck.stem


def templates_in_force(given: Path | None) -> Templates:
    """The templates: `--templates`, then ./templates, then the shipped ones."""
    return Templates.found(given)


def with_templates(function: F) -> F:
    """The option --templates."""
    option = click.option(
        "--templates",
        "given",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A folder of templates that win over ./templates and the shipped ones.",
    )
    decorated: F = option(function)
    return decorated


def with_no_tags(function: F) -> F:
    """The option --no-tags."""
    option = click.option(
        "--no-tags", is_flag=True, help="A PDF that no screen reader can follow: smaller, sooner made."
    )
    decorated: F = option(function)
    return decorated


def words_of(written: str | None) -> tuple[str, ...]:
    """The words of an option (tags, ways), which are parted by commas."""
    return tuple(word.strip() for word in (written or "").split(",") if word.strip())


def known_tags(tags: tuple[str, ...], facts: Iterable[Fact]) -> tuple[str, ...]:
    """These tags; wrong usage where no fact has one of them."""
    if tags:
        known = {tag for fact in facts for tag in fact.tags}
        for tag in tags:
            if tag not in known:
                from quizgen.problems import did_you_mean  # noqa: PLC0415 - only for a mistake

                remedy = did_you_mean(tag, known, otherwise=f"There are {', '.join(sorted(known))}." if known else "")
                raise click.UsageError(f"No fact of this deck has the tag {quoted(tag)}. {remedy}".strip())
    return tags


def tell(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, all at once, sorted, with excerpts."""
    told = tuple(problems)
    if told:
        click.echo(report(told), err=True)


def stops(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a deck; says how many there are."""
    return has_errors(tuple(problems), strict=strict)


def say(text: str) -> None:
    """One line to stderr, safe to print whatever names are in it."""
    click.echo(visible(text, LONGEST), err=True)


def count_of(problems: Iterable[Problem]) -> str:
    """'2 errors, 1 warning'."""
    told = set(problems)
    errors = sum(problem.level is Level.ERROR for problem in told)
    parts = [(errors, "error"), (len(told) - errors, "warning")]
    return ", ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in parts if number)


def note(text: str) -> None:
    """A remark for whoever sits at a terminal; nobody else reads it."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def now() -> int:
    """The time in whole seconds since 1970; SOURCE_DATE_EPOCH where that is set (reproducible-builds.org)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not given:
        return int(time.time())
    if not re.fullmatch(r"[0-9]{9,10}", given):  # from 1973 on, as far as the ledger goes
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {quoted(given)}; it must be a time in seconds since 1970.")
    return int(given)


def complete_recipe(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - as above
    incomplete: str,
) -> list[CompletionItem]:
    """The recipes in force that begin so."""
    from quizgen.compose.recipes import recipe_names  # noqa: PLC0415 - only for a shell

    return [CompletionItem(name) for name in recipe_names(templates_in_force(None)) if name.startswith(incomplete)]


def complete_look(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - as above
    incomplete: str,
) -> list[CompletionItem]:
    """The looks in force that begin so."""
    from quizgen.write.pdf.look import look_names  # noqa: PLC0415 - only for a shell

    return [CompletionItem(name) for name in look_names(templates_in_force(None)) if name.startswith(incomplete)]
