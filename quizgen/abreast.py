"""Parts of one job, abreast: made in several processes, with the same results as in one.

A process that cannot be started, fails or is killed costs nobody anything but time: its parts are then made here,
where whatever is wrong with them is told as ever. So a process itself says nothing. It ends with whoever started it: a
Ctrl-C, which a terminal sends to all, is for that one to heed; and where that one is killed outright, the next step
finds nobody to tell.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing import Process
    from multiprocessing.connection import Connection

_T = TypeVar("_T")
Part = Callable[[Callable[[], None]], _T]
"""Makes something, and calls what it is given at each of its steps. In a process of its own it has to be picklable."""

_STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def made(parts: Sequence[Part[_T]], *, jobs: int, told: Callable[[int], None]) -> list[_T]:
    """What each part makes, in their order: the first here, and meanwhile the others in up to `jobs - 1` processes.

    `told` hears how many steps are done of all parts together.
    """
    count = min(jobs, len(parts)) - 1
    asides: list[_Aside[_T]] = [_Aside(parts[1 + number :: count]) for number in range(count)]
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        for aside in asides:
            aside.hear()
        told(done + sum(aside.steps for aside in asides))

    with contextlib.ExitStack() as running:
        for aside in asides:
            running.callback(aside.stop)
            aside.start()
        here = [part(step) for part in (parts[:1] if asides else parts)]
        for aside in asides:
            while aside.hear(waiting=True):
                told(done + sum(each.steps for each in asides))
            if not aside.whole:
                aside.steps = 0
                aside.made = [part(step) for part in aside.parts]
    return [*here, *(asides[number % count].made[number // count] for number in range(len(parts) - len(here)))]


class _Aside(Generic[_T]):
    """Some of the parts, in a process of their own."""

    def __init__(self, parts: Sequence[Part[_T]]) -> None:
        self.parts = parts
        self.made: list[_T] = []
        self.steps = 0
        self._process: Process | None = None
        self._hears: Connection[Any, Any] | None = None

    @property
    def whole(self) -> bool:
        """Whether all of its parts are made."""
        return len(self.made) == len(self.parts)

    def start(self) -> None:
        """Begin, if there may be another process."""
        from multiprocessing import Pipe, Process  # noqa: PLC0415 - few need it

        with contextlib.suppress(OSError), _undisturbed():
            self._hears, tells = Pipe(duplex=False)
            with tells:
                self._process = Process(target=_make, args=(self._hears, tells, self.parts), daemon=True)
                self._process.start()

    def hear(self, *, waiting: bool = False) -> bool:
        """Take in what it has told; all of that, or when `waiting` the next. Whether there may be more to come."""
        while self._hears and not self.whole and (waiting or self._hears.poll()):
            try:
                result = self._hears.recv()
            except (EOFError, OSError):  # it is no more
                self._hears = None
                break
            if result is None:
                self.steps += 1
            else:
                self.made.extend(result)
            if waiting:
                return True
        return False

    def stop(self) -> None:
        """End it, wherever it is."""
        if self._process and self._process.pid:
            self._process.kill()
            self._process.join()


def _make(hears: Connection[Any, Any], tells: Connection[Any, Any], parts: Sequence[Part[_T]]) -> None:
    """Make these parts, telling of each step and each result. All that this does in a process of its own."""
    hears.close()
    for number in _STOPS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    with contextlib.suppress(BaseException):  # whoever started this makes the part again, and tells what is wrong
        for part in parts:
            tells.send([part(partial(tells.send, None))])


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait: one that came to a process before it knows what to do with it would be told of."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
