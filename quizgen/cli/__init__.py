"""The commands: parse, call, print. Results go to stdout, one path a line; problems and progress to stderr.

Exit 0: fine; 1: problems in the user's files; 2: wrong usage; 130, 143, 129: interrupted. A command's module is
loaded when the command is used, so that `quizgen --help` costs what click costs.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from types import FrameType
from typing import Any

import click

from quizgen import __version__
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


_SOON = 0.01  # seconds


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
    with collector_resting(), _interruptible():  # a command makes what lives until it ends; `practice` wakes it again
        try:
            code = group.main(standalone_mode=False)
        except click.exceptions.Exit as done:
            code = done.exit_code
        except click.Abort:
            click.echo("Stopped.", err=True)
            code = 128 + signal.SIGINT
        except click.ClickException as wrong:
            wrong.show()
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


def _send_to_main(number: int) -> None:
    """Sends a signal to the main thread: it wakes where it waits, or (on Windows) heeds it at its next step."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        _thread.interrupt_main(signal.Signals(number))


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM and SIGHUP end the program as SIGINT does: what is under way is cleaned up first.

    A signal may arrive anywhere, in the midst of an import too, whose machinery makes another error of it: so it is
    remembered, and decides the exit code whatever came of it. Where Python can only swallow it (in the callback of a
    weak reference, say), it is sent once more. One that is ignored (`nohup`) stays ignored.
    """
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal's signature
        stopped.append(number)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)

    def swallowed(lost: sys.UnraisableHookArgs) -> None:
        if stopped and isinstance(lost.exc_value, KeyboardInterrupt | SystemExit):
            again = threading.Timer(_SOON, _send_to_main, (stopped[-1],))
            again.daemon = True
            again.start()
        else:
            sys.__unraisablehook__(lost)

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heeded = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in heeded}
    sys.unraisablehook = swallowed
    try:
        yield
    except BaseException:
        if stopped:
            sys.exit(128 + stopped[0])
        raise
    finally:
        sys.unraisablehook = sys.__unraisablehook__
        for number, handler in before.items():
            signal.signal(number, handler)
