"""The commands: parse, call, print. Results go to stdout, one path a line; problems and progress to stderr.

Exit 0: fine; 1: problems in the user's files; 2: wrong usage; 130, 143, 129: interrupted. A command's module is
loaded when the command is used, so that `quizgen --help` costs what click costs.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import click

from quizgen import __version__
from quizgen.cli.stopping import interruptible
from quizgen.collector import collector_resting

COMMANDS = {  # name -> what `quizgen --help` says of it; each is a module here with a `command`
    "build": "Turn decks into Anki packages, a printed quiz with its key, and a page.",
    "quiz": "Make a new quiz for a class: versions, keys, large print.",
    "practice": "Test yourself in the terminal, spaced over days.",
    "stats": "Say how you stand: what is due, what you remember, what you miss most often.",
    "check": "Say everything that is wrong with decks, templates and their questions.",
    "diff": "Say what an import of a new version does for learners; release notes.",
    "show": "Show the facts of a deck, or one fact with all its questions.",
    "new": "Make a starter deck that builds.",
    "templates": "List the templates in force, or print one to start from.",
    "schema": "Print the JSON Schema of a deck, for editors.",
    "completion": "Print what makes your shell complete quizgen's commands.",
}

HELP = """Turn decks of curated facts into Anki packages, printed quizzes and self-check pages.

\b
  quizgen new history       make decks/history.yaml, a deck that builds
  quizgen build             every deck in ./decks -> ./output
  quizgen quiz DECK         a new quiz for a class, with its key
  quizgen practice DECK     test yourself here

A deck is a YAML file of facts and their sources, or a folder with a deck.yaml. `quizgen COMMAND --help` says more.
"""


class _Enough(Exception):
    """Whoever reads our output has enough of it, which is no failure; click would make exit code 1 of it."""


@contextlib.contextmanager
def _until_enough() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as closed:
        raise _Enough from closed


class _Commands(click.Group):
    """A group that loads a command when it is used."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - as click declares it
    ) -> click.Context:
        with _until_enough():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        with _until_enough():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"quizgen.cli.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as wrong:
            from quizgen.problems import did_you_mean  # noqa: PLC0415 - only for a mistake

            remedy = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f"{wrong.message} {remedy}".strip(), ctx) from wrong


@click.group(
    cls=_Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="quizgen", message="%(prog)s %(version)s")
def group() -> None:
    """All commands."""


def main() -> None:
    """Run the command line; never returns."""
    with collector_resting(), interruptible():  # a command makes what lives until it ends; `practice` wakes it again
        try:
            code = group.main(standalone_mode=False)
        except click.exceptions.Exit as done:
            code = done.exit_code
        except click.Abort:
            click.echo("Stopped.", err=True)
            code = 128 + signal.SIGINT
        except click.ClickException as wrong:
            _say(wrong)
            code = wrong.exit_code
        except _Enough:
            _to_nowhere(sys.stdout)
            code = 0
        except OSError as failure:
            if failure.filename is not None:  # about a file: nothing but our own bug comes here
                raise
            with contextlib.suppress(OSError):
                click.echo(f"The output cannot be written: {failure.strerror}.", err=True)
            _to_nowhere(sys.stdout)
            code = 1
        code = _flushed(code if isinstance(code, int) else 0)
    sys.exit(code)


def _say(wrong: click.ClickException) -> None:
    """Say what is wrong with the arguments, safe to print whatever was given, and not endless."""
    from quizgen.problems import LONGEST, visible  # noqa: PLC0415 - only for a mistake

    click.UsageError(visible(wrong.format_message(), LONGEST), getattr(wrong, "ctx", None)).show()


def _flushed(code: int) -> int:
    """`code`, once all output is out; 1 where it cannot be written (a full disk says so only here)."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _to_nowhere(sys.stdout)
    except OSError as failure:
        _to_nowhere(sys.stdout)
        click.echo(f"The output cannot be written: {failure.strerror}.", err=True)
        return 1
    return code


def _to_nowhere(stream: object) -> None:
    """Let Python's own flush at the end find somewhere to write."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]  # AttributeError is suppressed
        os.close(nowhere)
