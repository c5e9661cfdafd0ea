"""Stopping: SIGTERM and SIGHUP end the program as SIGINT does, with all that is under way cleaned up first.

A signal may arrive anywhere, and what it raises be lost. In the midst of an import, whose machinery makes another error
of it, it is remembered, and decides the exit code whatever came of it. Where Python can only swallow it (in the
callback of a weak reference, say), it is sent again until it is heeded. Where a library's `except:` takes it, nobody
tells us: `heed` raises it again before anything is written.
"""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

_SOON = 0.01  # seconds
_stopped: list[int] = []  # signals that came, in order


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """What is done in here is stopped by signals, and the program then ends with their exit code.

    A signal that is ignored (`nohup`) stays ignored.
    """
    _stopped.clear()
    lost = _Lost()
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heeded = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, lost.stop) for number in heeded}
    sys.unraisablehook = lost.swallowed
    try:
        yield
    except BaseException:
        if _stopped:
            sys.exit(128 + _stopped[0])
        raise
    else:
        if _stopped and _stopped[0] != signal.SIGINT:  # `practice` ends with Ctrl-C as with `:quit`
            sys.exit(128 + _stopped[0])
    finally:
        lost.over = True
        sys.unraisablehook = sys.__unraisablehook__
        for number, handler in before.items():
            signal.signal(number, handler)


def heed() -> None:
    """Raise what a signal raised, if one came: for where work is about to be written, whatever swallowed it."""
    if _stopped:
        raise _raised_by(_stopped[0])


def _raised_by(number: int) -> BaseException:
    return KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number)


class _Lost:
    """Signals whose exception Python swallowed: they are sent again."""

    def __init__(self) -> None:
        self.over = False
        self._raised = False  # since it was last swallowed
        self._telling = False

    def stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signal's signature
        """The handler of signals."""
        _stopped.append(number)
        if self._telling:  # what is raised in here would be swallowed too
            return
        self._raised = True
        raise _raised_by(number)

    def swallowed(self, lost: sys.UnraisableHookArgs) -> None:
        """The hook for exceptions that nothing can be raised to."""
        if not _stopped or not isinstance(lost.exc_value, KeyboardInterrupt | SystemExit):
            sys.__unraisablehook__(lost)
            return
        self._telling = True
        try:
            self._raised = False
            threading.Thread(target=self._send, daemon=True).start()
        finally:
            self._telling = False

    def _send(self) -> None:
        while not (self._raised or self.over):
            time.sleep(_SOON)
            _send_to_main(_stopped[0])


def _send_to_main(number: int) -> None:
    """Sends a signal to the main thread: it wakes where it waits, or (on Windows) heeds it at its next step."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        _thread.interrupt_main(signal.Signals(number))
