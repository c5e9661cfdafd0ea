"""The few ways in which we touch the disk, and what is said when it will not have it."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import signal
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from quizgen.problems import Place, error

if sys.platform != "win32":
    import fcntl

STAGE = ".quizgen-stage-"  # begins the name of every folder in which files wait to appear
_NO_FOLDER_WITHIN = 2  # links of a folder, where the file system counts them: its name, and the `.` in it
STALE = 3600  # seconds after which a stage is nobody's, where no lock tells


class CannotWrite(Exception):
    """The disk, or its owner, does not allow it. What was there is still there."""

    def __init__(self, path: Path, reason: str, remedy: str = "") -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.remedy = remedy
        self.problem = error(Place(str(path)), reason, remedy)


_ELSEWHERE = "Choose another folder with --out, or change its permissions."
_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room, then run the command again."),
    errno.EDQUOT: ("your share of the disk is used up", "Make room, then run the command again."),
    errno.EROFS: ("this disk can only be read", _ELSEWHERE),
    errno.EACCES: ("writing here is not permitted", _ELSEWHERE),
    errno.EPERM: ("writing here is not permitted", _ELSEWHERE),
    errno.EEXIST: ("a file is in the way", "Move it away, or choose another folder with --out."),
    errno.ENOTDIR: ("a file stands where a folder should be", "Move it away, or choose another folder with --out."),
    errno.ENAMETOOLONG: ("the path is too long", "Choose a shorter one with --out."),
}


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Whatever the system refuses in here comes out as `CannotWrite`, with a remedy where we know one."""
    try:
        yield
    except OSError as failure:
        unknown = f"cannot be written: {failure.strerror or failure}", "Look after the disk, or choose another one."
        reason, remedy = _REASONS.get(failure.errno or 0, unknown)
        raise CannotWrite(path, reason, remedy) from failure


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, down to the disk itself; a full disk may say so only at the end of it."""
    with _opened(path, os.O_EXCL) as handle:
        _fill(handle, data)


def append(path: Path, data: bytes, *, at: int) -> None:
    """Write on from the byte `at` of a file, down to the disk itself; what followed there is cut off."""
    with _opened(path) as handle:
        os.ftruncate(handle, at)
        os.lseek(handle, at, os.SEEK_SET)
        _fill(handle, data)


@contextlib.contextmanager
def _opened(path: Path, how: int = 0) -> Iterator[int]:
    """A file to write, made if it is not there."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | how, 0o666)
    try:
        yield handle
    finally:
        os.close(handle)


def _fill(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def link(old: Path, new: Path) -> None:
    """Another name for a file; a copy of it where the file system has no such thing."""
    try:
        os.link(old, new)
    except OSError:
        write_new(new, old.read_bytes())
        new.chmod(stat.S_IMODE(old.stat().st_mode))


def sync(folder: Path) -> None:
    """Make names in the folder last, where the system knows how."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def stage(where: Path) -> Iterator[Path]:
    """A new folder in which files wait to appear; it is gone afterwards, with whatever is in it then."""
    path = where / f"{STAGE}{secrets.token_hex(6)}"
    path.mkdir()
    try:
        yield path
    finally:
        remove(path)


def remove(path: Path) -> None:
    """Remove a stage; what cannot be removed now is left for the next run."""
    with contextlib.suppress(OSError):
        for name in os.listdir(path):  # noqa: PTH208 - up to a thousand names, for each deck
            os.unlink(os.path.join(path, name))  # noqa: PTH108, PTH118 - as above
        path.rmdir()


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or its file system cannot. Only Linux can."""
    try:
        import ctypes  # noqa: PLC0415 - only for those who publish
    except (ImportError, OSError):  # Python can be built without it, or not be able to read it just now
        return False
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    if rename(here, os.fsencode(one), here, os.fsencode(other), swap) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EPERM, errno.EACCES, errno.EBUSY}:
        return False
    raise OSError(code, os.strerror(code), str(other))


@contextlib.contextmanager
def alone(*folders: Path) -> Iterator[None]:
    """One writer at a time in these folders (an outer one before an inner one), as long as this lasts.

    The locks leave no file behind, and the kernel lets go of them in any event. Stages that killed runs left in the
    folders are swept: under the lock each is nobody's.
    """
    with contextlib.ExitStack() as held:
        for folder in dict.fromkeys(folders):
            locked = _lock(folder, held)
            _sweep(folder, older_than=0 if locked else STALE)
        yield


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """One run of ours at a time in here for that file, where the system has such locks; the others wait."""
    with contextlib.ExitStack() as held:
        _lock(path, held)
        yield


def _lock(path: Path, held: contextlib.ExitStack) -> bool:
    """Whether the file or folder is now locked until `held` is closed; not every system has such locks."""
    if sys.platform == "win32":
        return False
    while True:
        try:
            handle = os.open(path, os.O_RDONLY)
        except (PermissionError, FileNotFoundError):
            return False
        held.callback(os.close, handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # some network file systems
            return False
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return True  # and not one that another run has just put a new one in place of


def _sweep(folder: Path, *, older_than: float) -> None:
    with contextlib.suppress(OSError):
        if folder.stat().st_nlink == _NO_FOLDER_WITHIN:
            return
        for path in folder.glob(STAGE + "*"):
            if time.time() - path.stat().st_mtime >= older_than:
                remove(path)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Signals that would end us wait until this is over. What is written has been made by then: it takes no time."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
